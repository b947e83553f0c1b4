"""Whether what was heard is right for the question: at once, within one turn, or not."""

from dataclasses import dataclass

from wegwijzer.advice.decision import MOST_CHOICES, theme_of
from wegwijzer.evaluation.interview import GREETING, UNCLEAR, Heard
from wegwijzer.evaluation.questions import Question
from wegwijzer.knowledge.records import OUT_OF_SCOPE

# To greet, or to say that a question is not clear, is right only for a greeting or what is not clear.
SELDOM_AN_ANSWER = (GREETING, UNCLEAR)
CHOICE = "(keuze)"
NOTHING = "(niets)"


@dataclass(frozen=True)
class Judged:
    """A question with what was heard on it."""

    question: Question
    heard: Heard

    @property
    def topic(self) -> str | None:
        """What was gone straight on with (`theme/topic`); None when there was a choice, or nothing."""
        kind = self.heard.kind
        if kind in SELDOM_AN_ANSWER and kind != self.question.topic:
            return None
        return f"{OUT_OF_SCOPE}/{kind}" if kind else self.heard.dialogue.topic

    @property
    def theme(self) -> str | None:
        """The theme of `topic`."""
        return theme_of(self.topic) if self.topic else None

    @property
    def choices(self) -> tuple[str, ...]:
        """The themes of the topics that were offered, alone or beside an answer: a menu of more than three is none."""
        offered = self.heard.offered
        return tuple(theme_of(topic) for topic in offered) if len(offered) <= MOST_CHOICES else ()

    @property
    def right_at_once(self) -> bool:
        """Whether the assistant went straight on with a right theme, or said rightly that it cannot help."""
        return self.theme in self.question.themes

    @property
    def within_one_turn(self) -> bool:
        """Whether that, or a right theme is among the choices."""
        return self.right_at_once or not self.question.themes.isdisjoint(self.choices)

    @property
    def topic_right(self) -> bool:
        """Whether the assistant went straight on with the very topic."""
        return self.topic == f"{self.question.theme}/{self.question.topic}"

    @property
    def outcome(self) -> str:
        """In a word what was gone on with: a theme, a choice, or nothing."""
        return self.theme or (CHOICE if self.choices else NOTHING)

    @property
    def confidence(self) -> float:
        """The probability of the leading theme."""
        return max(self.heard.ranking.values(), default=0.0)

    @property
    def leader_right(self) -> bool:
        """Whether the leading theme is a right one, whatever was decided."""
        ranking = self.heard.ranking
        return bool(ranking) and max(ranking, key=lambda name: ranking[name]) in self.question.themes
