"""What is remembered between two turns of a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Self

from pydantic import TypeAdapter

from wegwijzer.knowledge.assessment import Progress
from wegwijzer.knowledge.profile import Profile

SLOT = "dialogue"
"""All that is remembered stands in one slot of the engine: Rasa checks and stores each slot that changes by itself."""

MOST_ALIKE = 24


@dataclass(frozen=True)
class Dialogue:
    """The state of a conversation, as small as it can be.

    `topic` is what it is about; `shown` the offers named for it so far, in order, and `in_sight` those of the last
    block; `offer` the one that was told about last; `alike` the offers that are most like the question, each with
    how much, and `chances` the topics with how probable each was, empty when that is settled; `offered` the topics
    of an open choice; `instead` those that may be meant instead of what was just answered; `asked` the part of the
    profile just asked for, and `already_asked` all of them; `misses` counts questions in a row that were not
    understood; `language_told` when it was said that answers are in Dutch; `question` is what was asked last, in
    the visitor's own words, redacted before it came here; `assessment` is how far the guided assessment is, None
    when it was not begun.
    """

    topic: str | None = None
    shown: tuple[str, ...] = ()
    in_sight: tuple[str, ...] = ()
    offer: str | None = None
    offered: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    asked: str | None = None
    already_asked: tuple[str, ...] = ()
    misses: int = 0
    language_told: bool = False
    question: str | None = None
    alike: tuple[tuple[str, float], ...] = ()
    chances: tuple[tuple[str, float], ...] = ()
    profile: Profile = field(default_factory=Profile)
    assessment: Progress | None = None

    @property
    def is_assessing(self) -> bool:
        """Whether a question of the assessment is open."""
        return self.assessment is not None and self.assessment.is_asking

    def likened(self, likeness: Mapping[str, float]) -> Self:
        """This state when the question is like offers so much (see `knowledge.matching`)."""
        most = sorted(likeness.items(), key=lambda pair: -pair[1])[:MOST_ALIKE]
        return self.with_(alike=tuple((name, round(score, 2)) for name, score in most), chances=())

    def perhaps_about(self, chances: Mapping[str, float]) -> Self:
        """This state when the question is about each topic with such a probability."""
        rounded = ((topic, round(chance, 3)) for topic, chance in chances.items())
        return replace(self, chances=tuple((topic, chance) for topic, chance in rounded if chance))

    def turned_to(self, topic: str) -> Self:
        """This state when the talk turns to `topic`: nothing was shown, offered or asked about that."""
        return self.with_(topic=topic, shown=(), in_sight=(), offer=None, offered=(), asked=None, misses=0)

    def with_(self, **changes: Any) -> Self:
        """This state with `changes`. What may be meant instead was so of one answer only, and does not outlive it."""
        return replace(self, **{"instead": (), **changes})

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """The state that `data` (as `as_data` made it) describes; the empty one for None."""
        return cls() if data is None else _dialogues().validate_python(data)

    def as_data(self) -> dict[str, Any]:
        """The state as plain values, as a slot holds it."""
        data: dict[str, Any] = _dialogues().dump_python(self, mode="json")
        return data


@cache
def _dialogues() -> TypeAdapter[Any]:
    return TypeAdapter(Dialogue)
