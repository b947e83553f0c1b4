"""Finds known phrases in what people type: whole words, longest first, also when mistyped by a letter."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*", re.UNICODE)
SHORTEST_FUZZY = 6
TWO_SLIPS_FROM = 10


@dataclass(frozen=True)
class Found:
    """A phrase that was found: its value, and the words `start` to `end` (exclusive) that it covers."""

    value: str
    start: int
    end: int


class PhraseBook:
    """Values by the phrases that name them."""

    def __init__(self, phrases: Iterable[tuple[str, str]], needing_preposition: Collection[str] = ()) -> None:
        """`phrases` are pairs of phrase and value; those in `needing_preposition` count only after one."""
        self._values: dict[tuple[str, ...], str] = {}
        for phrase, value in phrases:
            self._values.setdefault(tuple(words_of(phrase)), value)
        self._values.pop((), None)
        self._careful = {tuple(words_of(phrase)) for phrase in needing_preposition}
        self._longest = max((len(words) for words in self._values), default=0)
        self._fuzzy = [words[0] for words in self._values if len(words) == 1 and len(words[0]) >= SHORTEST_FUZZY]

    def find(self, text: str) -> list[Found]:
        """The phrases in `text` in reading order, none overlapping another."""
        return list(self._find(words_of(text)))

    def _find(self, words: list[str]) -> Iterator[Found]:
        start = 0
        while start < len(words):
            found = self._exact_at(words, start) or self._fuzzy_at(words, start)
            if found:
                yield found
            start = found.end if found else start + 1

    def _exact_at(self, words: list[str], start: int) -> Found | None:
        for length in range(min(self._longest, len(words) - start), 0, -1):
            phrase = tuple(words[start : start + length])
            value = self._values.get(phrase)
            if value and (phrase not in self._careful or _after_preposition(words, start)):
                return Found(value, start, start + length)
        return None

    def _fuzzy_at(self, words: list[str], start: int) -> Found | None:
        word = words[start]
        if len(word) < SHORTEST_FUZZY:
            return None
        for known in self._fuzzy:
            slips = 2 if len(known) >= TWO_SLIPS_FROM else 1
            if known[0] == word[0] and OSA.distance(known, word, score_cutoff=slips) <= slips:
                return Found(self._values[(known,)], start, start + 1)
        return None


PREPOSITIONS = frozenset("in uit te bij van rond gemeente vanuit naar nabij near from aus nach um oet".split())


def _after_preposition(words: list[str], start: int) -> bool:
    # A message of one word ("Beek") answers a question, so it needs no preposition either.
    return len(words) == 1 or (start > 0 and words[start - 1] in PREPOSITIONS)


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case, without accents."""
    return [word.replace("’", "'") for word in WORD.findall(plain(text))]


def plain(text: str) -> str:
    """`text` in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


ORDINALS = {
    word: place
    for place, words in enumerate(["1 1e eerste bovenste first", "2 2e tweede middelste second", "3 3e derde third"])
    for word in words.split()
}
AROUND_AN_ORDINAL = frozenset(
    "de het die doe maar graag over meer vertel van optie nummer nr the more about tell me".split()
)


def ordinal(text: str) -> int | None:
    """The place, counted from 0, that a short text points at ("de tweede graag"); None when it does not."""
    words = words_of(text)
    places = [ORDINALS[word] for word in words if word in ORDINALS]
    others = [word for word in words if word not in ORDINALS and word not in AROUND_AN_ORDINAL]
    return places[0] if len(places) == 1 and not others else None
