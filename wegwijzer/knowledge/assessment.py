"""The guided assessment: its format (`knowledge/assessment.yml`), and what answers to it say of a business.

Facts are the answers given; each gives points to themes; the share of the points decides the level of a theme, and the
steps behind the answers are what can help next. Everything that people read stands in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Self

from pydantic import Field, model_validator

from wegwijzer.knowledge.addresses import PublicUrl
from wegwijzer.knowledge.records import Identifier, Name, Prose, Record, TopicReference

SKIPPED = ""
"""Stands for an answer when a question was skipped, or when whoever was asked does not know."""
MOST_POINTS = 3
STEPS_AT_ONCE = 3


class Framework(Record):
    """A public framework that questions lean on; `year` is of the edition."""

    id: Identifier
    name: Name
    url: PublicUrl
    year: int = Field(ge=2000, le=2100)


class Level(Record):
    """How far a business is on a theme: from this share of the points on."""

    id: Identifier
    label: str = Field(min_length=3, max_length=30)
    from_share: float = Field(ge=0, le=1)


class Step(Record):
    """Something to do next, the topic whose offers help with it, and which of those come first when they fit."""

    text: Prose
    topic: TopicReference
    offers: tuple[Identifier, ...] = ()


class Answer(Record):
    """One of the answers to choose from: what it says of each theme, and why that stands in the result."""

    id: Identifier
    label: str = Field(min_length=2, max_length=40)
    points: Mapping[str, Annotated[int, Field(ge=0, le=MOST_POINTS)]]
    reason: Prose
    words: tuple[str, ...] = Field(min_length=1)
    step: Step | None = None

    @model_validator(mode="after")
    def _steps_have_a_place(self) -> Self:
        if self.step and not self.points:
            raise ValueError("a step is ranked by the theme of the answer, so `points` should name one")
        return self


class Commands(Record):
    """What is typed to find one's way through the assessment, as whole messages."""

    begin: tuple[str, ...]
    back: tuple[str, ...]
    skip: tuple[str, ...]
    unknown: tuple[str, ...]
    none: tuple[str, ...]
    """Says that no answer fits, or that another one was meant, and not which."""
    pause: tuple[str, ...]
    stop: tuple[str, ...]
    explain: tuple[str, ...]
    correction: tuple[str, ...]
    """Begins what corrects the answer before: nee, ik bedoel op papier."""
    polite: tuple[str, ...]
    """Words around a command that change nothing."""

    @model_validator(mode="after")
    def _commands_differ(self) -> Self:
        said = (self.begin, self.back, self.skip, self.unknown, self.none, self.pause, self.stop, self.explain)
        _differ("commands", [words for command in said for words in command])
        return self


class Question(Record):
    """A question with three to five answers, why it is asked and on which framework it leans."""

    id: Identifier
    text: Prose
    why: Prose
    framework: Identifier
    answers: tuple[Answer, ...] = Field(min_length=3, max_length=5)

    @model_validator(mode="after")
    def _answers_differ(self) -> Self:
        _differ("answers", [answer.id for answer in self.answers])
        _differ("answers", [words for answer in self.answers for words in answer.words])
        return self

    def answer(self, name: str) -> Answer | None:
        """The answer with this id."""
        return next((answer for answer in self.answers if answer.id == name), None)

    def most_points(self, theme: str) -> int:
        """The most that an answer gives to `theme`."""
        return max(answer.points.get(theme, 0) for answer in self.answers)


class Assessment(Record):
    """The file `assessment.yml`. Levels begin with one that needs no points and rise from there."""

    name: str = Field(min_length=3, max_length=40)
    frameworks: tuple[Framework, ...]
    levels: tuple[Level, ...] = Field(min_length=2)
    commands: Commands
    questions: tuple[Question, ...] = Field(min_length=1, max_length=10)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _differ("questions", [question.id for question in self.questions])
        _differ("levels", [level.id for level in self.levels])
        _differ("frameworks", [framework.id for framework in self.frameworks])
        frameworks = {framework.id for framework in self.frameworks}
        for question in self.questions:
            if question.framework not in frameworks:
                raise ValueError(f"question {question.id}: {question.framework} is none of `frameworks`; add it there")
        shares = [level.from_share for level in self.levels]
        if shares[0] != 0 or sorted(set(shares)) != shares:
            raise ValueError("levels should begin with from_share: 0 and rise")
        return self

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that it tells about, in the order in which it asks about them."""
        named = (theme for question in self.questions for answer in question.answers for theme in answer.points)
        return tuple(dict.fromkeys(named))

    def level(self, share: float) -> Level:
        """The level of a theme with this share of its points."""
        return [level for level in self.levels if level.from_share <= share][-1]

    def question(self, name: str) -> Question | None:
        """The question with this id."""
        return next((question for question in self.questions if question.id == name), None)

    def framework(self, question: Question) -> Framework:
        """The framework that `question` leans on."""
        return next(framework for framework in self.frameworks if framework.id == question.framework)


@dataclass(frozen=True)
class Progress:
    """How far somebody is: pairs of question and answer (ids) in the order in which they were given.

    `paused` while something else is talked about; `finished` once the result was shown.
    """

    given: tuple[tuple[str, str], ...] = ()
    paused: bool = False
    finished: bool = False

    @property
    def is_asking(self) -> bool:
        """Whether a question is open."""
        return not self.paused and not self.finished

    @property
    def answered(self) -> int:
        """How many questions were answered and not skipped."""
        return sum(answer != SKIPPED for _, answer in self.given)

    def with_answer(self, question: str, answer: str) -> Self:
        """After this answer; a question that was answered already keeps its place."""
        if question in dict(self.given):
            return replace(
                self, given=tuple((asked, answer if asked == question else old) for asked, old in self.given)
            )
        return replace(self, given=(*self.given, (question, answer)))

    def without(self, question: str) -> Self:
        """Before the answer to this question, with all others."""
        return replace(self, given=tuple(pair for pair in self.given if pair[0] != question))

    def back(self) -> Self:
        """Before the last answer."""
        return replace(self, given=self.given[:-1])


def next_question(assessment: Assessment, progress: Progress) -> Question | None:
    """The first question that was neither answered nor skipped; None at the end."""
    given = dict(progress.given)
    return next((question for question in assessment.questions if question.id not in given), None)


@dataclass(frozen=True)
class Standing:
    """Where a business stands on a theme: points of the most that its answers could give, and why.

    `level` is None when nothing is known of the theme.
    """

    theme: str
    points: int
    most: int
    level: Level | None
    reasons: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of the points, from 0 to 1."""
        return self.points / self.most if self.most else 0.0


@dataclass(frozen=True)
class Result:
    """What the answers say: a standing for each theme, and what would help first."""

    standings: tuple[Standing, ...]
    steps: tuple[Step, ...]
    answered: int
    asked: int


def result(assessment: Assessment, progress: Progress) -> Result:
    """The result of the answers so far; of skipped questions nothing is concluded.

    The steps of the theme that is least far come first, each topic once.
    """
    given = dict(progress.given)
    chosen = [
        (question, answer)
        for question in assessment.questions
        if (answer := question.answer(given.get(question.id, SKIPPED)))
    ]
    standings = tuple(_standing(assessment, theme, chosen) for theme in assessment.themes)
    return Result(standings, _steps(standings, chosen), len(chosen), len(assessment.questions))


def _standing(assessment: Assessment, theme: str, chosen: list[tuple[Question, Answer]]) -> Standing:
    telling = [(question, answer) for question, answer in chosen if theme in answer.points]
    points = sum(answer.points[theme] for _, answer in telling)
    most = sum(question.most_points(theme) for question, _ in telling)
    level = assessment.level(points / most) if most else None
    return Standing(theme, points, most, level, tuple(answer.reason for _, answer in telling))


def _steps(standings: tuple[Standing, ...], chosen: list[tuple[Question, Answer]]) -> tuple[Step, ...]:
    share = {standing.theme: standing.share for standing in standings}
    gaps = [(min(share[theme] for theme in answer.points), answer) for _, answer in chosen if answer.step]
    ranked = sorted(gaps, key=lambda gap: (gap[0], sum(gap[1].points.values())))
    by_topic = {answer.step.topic: answer.step for _, answer in reversed(ranked) if answer.step}
    ordered = dict.fromkeys(answer.step.topic for _, answer in ranked if answer.step)
    return tuple(by_topic[topic] for topic in ordered)[:STEPS_AT_ONCE]


def _differ(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{what}: {name} stands twice")
