"""What a visitor typed or pressed, as the engine understood it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wegwijzer.knowledge.matching import Likeness

ABOUT_THE_TALK = frozenset(
    """
    greet goodbye thank ask_human ask_bot ask_help ask_privacy ask_profile forget complain start_over why what_if
    """.split()
)
SURELY = 0.6


@dataclass(frozen=True)
class Said:
    """What a visitor typed or pressed: the text and the probability of each topic (`theme/topic`) or plain intent.

    `parts` are the same probabilities for each part of a text that has several; `likeness` tells by offer id how much
    the offer is like the text and `answers` the same of each answer of the assessment (see
    `wegwijzer.knowledge.likeness`), `pressed` by name what a button carries; `conversation` is its id in the engine.
    """

    text: str
    topics: Mapping[str, float] = field(default_factory=dict)
    parts: tuple[Mapping[str, float], ...] = ()
    likeness: Likeness = field(default_factory=dict)
    answers: Likeness = field(default_factory=dict)
    pressed: Mapping[str, str] = field(default_factory=dict)
    conversation: str = ""

    @property
    def is_about_the_talk(self) -> bool:
        """Whether it is surely thanks, a call for a person or the like, and so no answer to anything."""
        return any(self.topics.get(intent, 0.0) >= SURELY for intent in ABOUT_THE_TALK)
