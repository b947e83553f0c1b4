"""Finds offers and organisations by the names that people use for them."""

from dataclasses import dataclass

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import PhraseBook, words_of
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
        phrases += [(phrase, JUST_WORDS) for offer in knowledge.offers.values() for phrase in offer.not_meant]
        self._book = PhraseBook(phrases)
        self._asking = {word for phrase in knowledge.vocabulary.asking for word in words_of(phrase)}

    def find(self, text: str) -> Named | None:
        """The record that `text` names, the longest name first; None when it names none."""
        found = [one for one in self._book.find(text) if one.value != JUST_WORDS]
        if not found:
            return None
        best = max(found, key=lambda candidate: candidate.end - candidate.start)
        naming = {place for one in found if one.value == best.value for place in range(one.start, one.end)}
        rest = (word for place, word in enumerate(words_of(text)) if place not in naming)
        return Named(self._records[best.value], alone=all(word in self._asking for word in rest))
