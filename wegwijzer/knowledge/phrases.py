"""Finds known phrases in what people type: whole words, longest first, also when mistyped by a letter."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*", re.UNICODE)
ABBREVIATION = re.compile(r"(?:[^\W_]\.)+[^\W_]")
SHORTEST_FUZZY = 6
# The other words of a longer name make up for a slip in a short one: "mkb grean deal".
SHORTEST_FUZZY_IN_A_NAME = 5
TWO_SLIPS_FROM = 10
MOST_SLIPS = 2
SHORTEST_SWAPPED = 4

T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """A phrase that was found: its value, and the words `start` to `end` (exclusive) that it covers."""

    value: str
    start: int
    end: int


class PhraseBook:
    """Values by the phrases that name them."""

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        needing_preposition: Collection[str] = (),
        ordinary: Collection[str] = (),
    ) -> None:
        """`phrases` are pairs of phrase and value; those in `needing_preposition` count only after one.

        A phrase that begins with a hyphen counts at the end of a longer word too. `ordinary` words look like a phrase
        with a slip, but are none.
        """
        self._ordinary = {plain(word) for word in ordinary}
        self._values: dict[tuple[str, ...], str] = {}
        self._endings: dict[str, str] = {}
        for phrase, value in phrases:
            self._values.setdefault(tuple(words_of(phrase)), value)
            if phrase.startswith("-"):
                self._endings[plain(phrase[1:])] = value
        self._values.pop((), None)
        self._careful = {tuple(words_of(phrase)) for phrase in needing_preposition}
        self._longest = max((len(words) for words in self._values), default=0)
        # What may be meant by a mistyped word at the beginning of a phrase; the longest phrases come first.
        self._near: dict[Hashable, list[tuple[str, ...]]] = defaultdict(list)
        fuzzy = [phrase_words for phrase_words in self._values if phrase_words not in self._careful]
        for phrase_words in sorted(fuzzy, key=len, reverse=True):
            for key in _keys_of(phrase_words[0]):
                self._near[key].append(phrase_words)

    def find(self, text: str) -> list[Found]:
        """The phrases in `text` in reading order, none overlapping another."""
        return list(self._find(words_of(text)))

    def first(self, words: list[str]) -> str | None:
        """The value of the first phrase in `words` (see `words_of`), or None."""
        return next((found.value for found in self._find(words)), None)

    def _find(self, words: list[str]) -> Iterator[Found]:
        start = 0
        while start < len(words):
            found = self._exact_at(words, start) or self._fuzzy_at(words, start) or self._ending_at(words, start)
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
        if words[start] in self._ordinary:
            return None
        for phrase in self._near.get(_key_of(words[start]), ()):
            end = start + len(phrase)
            if _alike(phrase, words[start:end]):
                return Found(self._values[phrase], start, end)
        return None

    def _ending_at(self, words: list[str], start: int) -> Found | None:
        endings = (value for ending, value in self._endings.items() if words[start].endswith(ending))
        value = next(endings, None)
        return Found(value, start, start + 1) if value else None


def _key_of(word: str) -> Hashable:
    # In a short word nothing can be mistyped; in others the first letter is right, and few are left out or added.
    return word if len(word) < SHORTEST_SWAPPED else (word[0], len(word))


def _keys_of(known: str) -> Iterable[Hashable]:
    if len(known) < SHORTEST_SWAPPED:
        return [known]
    lengths = range(max(SHORTEST_SWAPPED, len(known) - MOST_SLIPS), len(known) + MOST_SLIPS + 1)
    return [(known[0], length) for length in lengths]


def _alike(phrase: tuple[str, ...], words: list[str]) -> bool:
    if len(phrase) == 1:
        return mistyped(phrase[0], words[0])
    return len(words) == len(phrase) and all(
        mistyped(known, word, SHORTEST_FUZZY_IN_A_NAME) for known, word in zip(phrase, words, strict=True)
    )


def mistyped(known: str, word: str, shortest: int = SHORTEST_FUZZY) -> bool:
    """Whether `word` is `known`, or that with a slip: one letter, two in a long word.

    Of a word shorter than `shortest` letters only two neighbours that changed places count as a slip.
    """
    if known == word:
        return True
    if known[0] != word[0] or min(len(known), len(word)) < SHORTEST_SWAPPED:
        return False
    longer = abs(len(known) - len(word))
    if len(word) < shortest:
        return not longer and OSA.distance(known, word, score_cutoff=1) == 1 and sorted(known) == sorted(word)
    slips = MOST_SLIPS if len(known) >= TWO_SLIPS_FROM else 1
    return longer <= slips and OSA.distance(known, word, score_cutoff=slips) <= slips


PREPOSITIONS = frozenset("in uit te bij van rond gemeente vanuit naar nabij near from aus nach um oet".split())


def _after_preposition(words: list[str], start: int) -> bool:
    # A message of one word ("Beek") answers a question, so it needs no preposition either.
    return len(words) == 1 or (start > 0 and words[start - 1] in PREPOSITIONS)


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case, without accents; abbreviations without their dots ("l.i.o.f.")."""
    words = (word.replace("’", "'") for word in WORD.findall(plain(text)))
    return [word.replace(".", "") if ABBREVIATION.fullmatch(word) else word for word in words]


def plain(text: str) -> str:
    """`text` in lower case and without accents."""
    lowered = text.lower()
    if lowered.isascii():  # most texts are, and this is asked a dozen times of each
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


ORDINALS = {
    word: place
    for place, words in (
        (0, "1 1e eerste bovenste first"),
        (1, "2 2e tweede middelste second"),
        (2, "3 3e derde third"),
        (3, "4 4e vierde fourth"),
        (4, "5 5e vijfde fifth"),
        (-1, "laatste onderste last"),
    )
    for word in words.split()
}
AROUND_AN_ORDINAL = frozenset(
    """
    de het die dat deze doe maar graag over meer vertel van optie nummer nr wat iets is en houdt in zeg eens mij me
    ik wil kies neem bedoel wel dan the one more about tell me and what
    """.split()
)


def pick(text: str, among: Sequence[T]) -> T | None:
    """The one `among` that a short text points at by its place ("de tweede graag"); None when it does not."""
    words = words_of(text)
    places = [ORDINALS[word] for word in words if word in ORDINALS]
    others = [word for word in words if word not in ORDINALS and word not in AROUND_AN_ORDINAL]
    if len(places) != 1 or others or not -1 <= places[0] < len(among) or not among:
        return None
    return among[places[0]]
