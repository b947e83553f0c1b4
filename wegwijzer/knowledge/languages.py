"""Hears in which language something is typed, by the small words that only that language has.

Libraries for this are made for longer texts: of the 488 Dutch lines in `tests/understanding/questions.csv`
langdetect takes 72 for another language and py3langid 13, this none. It pays with 3 of 50 lines in English and German
that it does not hear.
"""

from collections.abc import Iterable

from wegwijzer.knowledge.phrases import words_of
from wegwijzer.knowledge.records import Record

FEWEST_WORDS = 2


class Language(Record):
    """A language with small words of its own, and `line`: what is said in it when somebody types it.

    Dutch has no line.
    """

    id: str
    words: tuple[str, ...]
    line: str | None = None


class Languages:
    """All languages that are heard."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._words = {
            language: {word for words in language.words for word in words_of(words)} for language in languages
        }

    def line_for(self, text: str) -> str | None:
        """What to say in the language of `text`; None for Dutch, for what has too few words, and in doubt."""
        typed = set(words_of(text))
        counts = {language: len(words & typed) for language, words in self._words.items()}
        most = max(counts.values(), default=0)
        leaders = [language for language, count in counts.items() if count == most]
        return leaders[0].line if most >= FEWEST_WORDS and len(leaders) == 1 else None
