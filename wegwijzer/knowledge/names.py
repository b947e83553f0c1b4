"""Finds offers and organisations by the names that people use for them."""

from collections import defaultdict
from dataclasses import dataclass

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import WORD, PhraseBook, words_of
from wegwijzer.knowledge.records import Offer, Organisation

JUST_WORDS = "just words"


@dataclass(frozen=True)
class Named:
    """What a message asks for by name; `alone` when it holds no subject besides the name."""

    record: Offer | Organisation
    alone: bool


class NameIndex:
    """All names and aliases of offers and organisations."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._records: dict[str, Offer | Organisation] = {}
        phrases: list[tuple[str, str]] = []
        # Offers first: where both bear a name ("ECCW"), the offer says more and names its organisation.
        for kind, records in (("offer", knowledge.offers), ("organisation", knowledge.organisations)):
            for record in records.values():
                key = f"{kind}:{record.id}"
                self._records[key] = record
                phrases += [(name, key) for name in (record.name, *record.aliases)]
        self._others = _same_names(phrases)
        phrases += [(phrase, JUST_WORDS) for offer in knowledge.offers.values() for phrase in offer.not_meant]
        self._book = PhraseBook(phrases)
        self._asking = {word for phrase in knowledge.vocabulary.asking for word in words_of(phrase)}
        self._words_too = frozenset(knowledge.vocabulary.words_too)

    def find(self, text: str, gemeente: str | None = None) -> Named | None:
        """The record that `text` names, the longest name first; None when it names none.

        Of several with the same name ("Regio Deal") it is the one for `gemeente`. A name that is a word too ("slim") is
        one in capitals, and when nothing else is said.
        """
        words = words_of(text)
        found = [one for one in self._book.find(text) if one.value != JUST_WORDS]
        for best in sorted(found, key=lambda candidate: candidate.start - candidate.end):
            naming = {place for one in found if one.value == best.value for place in range(one.start, one.end)}
            alone = all(word in self._asking for place, word in enumerate(words) if place not in naming)
            if alone or self._is_a_name(words[best.start : best.end], text):
                return Named(self._one_for(gemeente, [best.value, *self._others[best.value]]), alone)
        return None

    def _is_a_name(self, words: list[str], text: str) -> bool:
        name = " ".join(words)
        return name not in self._words_too or name.upper() in WORD.findall(text)

    def _one_for(self, gemeente: str | None, keys: list[str]) -> Offer | Organisation:
        records = [self._records[key] for key in keys]
        return next((record for record in records if gemeente in record.regio), records[0])


def _same_names(phrases: list[tuple[str, str]]) -> dict[str, list[str]]:
    """By record the other records of its kind that bear one of its names."""
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, key in phrases:
        holders[tuple(words_of(name))].append(key)
    others: dict[str, list[str]] = defaultdict(list)
    for keys in holders.values():
        for key in keys:
            others[key] += [one for one in keys if one != key and one.partition(":")[0] == key.partition(":")[0]]
    return others
