"""Hears words of despair in whatever is typed, also with other words between them or a letter mistyped."""

from collections.abc import Iterable, Sequence

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
        # The first letter of a word is never the mistyped one.
        initials = {word[0] for word in words}
        may_be_heard = ((signal, topic) for signal, topic in self._signals if signal[0][0] in initials)
        return next((topic for signal, topic in may_be_heard if _heard(signal, words)), None)


def _without(phrase: tuple[str, ...], words: list[str]) -> list[str]:
    for start in range(len(words) - len(phrase) + 1):
        if tuple(words[start : start + len(phrase)]) == phrase:
            return _without(phrase, words[:start] + words[start + len(phrase) :])
    return words


def _heard(signal: Sequence[str], words: list[str]) -> bool:
    ends = [at for at, word in enumerate(words) if mistyped(signal[0], word)]
    for known in signal[1:]:
        near = {at for end in ends for at in range(end + 1, min(end + WORDS_BETWEEN + 2, len(words)))}
        ends = [at for at in near if mistyped(known, words[at])]
    return bool(ends)
