"""The questions of an evaluation: a CSV file of what people asked and which theme is right for it."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from wegwijzer.errors import WegwijzerError
from wegwijzer.knowledge.records import OUT_OF_SCOPE

COLUMNS = ("id", "text", "theme", "topic", "second_theme")


class QuestionsError(WegwijzerError):
    """The file of questions cannot be used; the message names every fault with its line."""


@dataclass(frozen=True)
class Question:
    """A question with its right theme and topic; `second_theme` is as right as `theme`, or empty."""

    id: str
    text: str
    theme: str
    topic: str
    second_theme: str = ""

    @property
    def themes(self) -> set[str]:
        """The themes that are right."""
        return {self.theme, self.second_theme} - {""}


def read_questions(file: Path, themes: Collection[str]) -> list[Question]:
    """The questions in `file`, a CSV file in UTF-8 with the columns of COLUMNS; others are left alone.

    `themes` are those that exist, besides out of scope. Raises QuestionsError.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise QuestionsError(f"{file}: the first line must name the columns {', '.join(missing)}")
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QuestionsError(f"{file} cannot be read as a CSV file in UTF-8: {error}") from None
    questions = [Question(*((row[column] or "").strip() for column in COLUMNS)) for _, row in rows]
    numbers = [number for number, _ in rows]
    faults = list(_faults(dict(zip(numbers, questions, strict=True)), {*themes, OUT_OF_SCOPE}))
    if faults:
        raise QuestionsError("\n".join(f"{file}:{fault}" for fault in faults))
    return questions


def _faults(questions: dict[int, Question], themes: Collection[str]) -> Iterator[str]:
    if not questions:
        yield "1: there are no questions below the names of the columns"
    seen: dict[str, int] = {}
    for line, question in questions.items():
        if not question.text:
            yield f"{line}: the text is empty"
        for theme in sorted({question.theme, *question.themes} - set(themes)):
            yield f"{line}: there is no theme {theme!r}; there are {', '.join(sorted(themes))}"
        if question.id in seen:
            yield f"{line}: the id {question.id!r} stands in line {seen[question.id]} too"
        seen.setdefault(question.id, line)
