"""Hears words of despair in whatever is typed, also with other words between them or a letter mistyped."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from wegwijzer.knowledge.phrases import mistyped, words_of

# "Wil ik eigenlijk liever dood": so many words may stand between two words of a signal.
WORDS_BETWEEN = 3


class Signals:
    """Topics by the words that call for them, whatever else is said."""

    def __init__(self, signals: Iterable[tuple[str, str]], harmless: Iterable[str]) -> None:
        """`signals` are pairs of words, which count in this order, and topic; `harmless` are words that they
        never count in ("dood hout")."""
        self._signals = [(tuple(words_of(signal)), topic) for signal, topic in signals]
        self._harmless = [tuple(words_of(phrase)) for phrase in harmless]

    def topic(self, text: str) -> str | None:
        """The topic that `text` calls for, or None."""
        words = words_of(text)
        for phrase in self._harmless:
            words = _without(phrase, words)
        return next((topic for signal, topic in self._signals if _heard(signal, words)), None)


def _without(phrase: tuple[str, ...], words: list[str]) -> list[str]:
    for start in range(len(words) - len(phrase) + 1):
        if tuple(words[start : start + len(phrase)]) == phrase:
            return _without(phrase, words[:start] + words[start + len(phrase) :])
    return words


def _heard(signal: Sequence[str], words: list[str]) -> bool:
    places: list[list[int]] = [[at for at, word in enumerate(words) if mistyped(known, word)] for known in signal]
    reached = set(places[0])
    for _, here in pairwise(places):
        reached = {at for at in here if any(0 < at - before <= WORDS_BETWEEN + 1 for before in reached)}
    return bool(reached)
