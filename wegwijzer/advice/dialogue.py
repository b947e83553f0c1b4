"""What is remembered between two turns of a conversation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from wegwijzer.knowledge.profile import Profile


@dataclass(frozen=True)
class Dialogue:
    """The state of a conversation, as small as it can be.

    `topic` is what it is about; `shown` the offers named for it so far, in order; `offer` the one that was
    told about last; `offered` the topics of an open choice; `asked` the part of the profile just asked for,
    and `already_asked` all of them; `misses` counts questions in a row that were not understood.
    """

    topic: str | None = None
    shown: tuple[str, ...] = ()
    offer: str | None = None
    offered: tuple[str, ...] = ()
    asked: str | None = None
    already_asked: tuple[str, ...] = ()
    misses: int = 0
    profile: Profile = field(default_factory=Profile)

    def with_(self, **changes: Any) -> Self:
        """This state with `changes`."""
        return replace(self, **changes)

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Self:
        """The state that `slots` (as `to_slots` made them) describe; missing slots are empty."""
        headcount = slots.get("medewerkers")
        profile = Profile(
            gemeente=slots.get("gemeente"),
            sector=slots.get("sector"),
            medewerkers=None if headcount is None else int(headcount),
            fase=slots.get("fase"),
            rechtsvorm=slots.get("rechtsvorm"),
            bedrag=slots.get("bedrag"),
        )
        return cls(
            topic=slots.get("topic"),
            shown=tuple(slots.get("shown") or ()),
            offer=slots.get("offer"),
            offered=tuple(slots.get("offered") or ()),
            asked=slots.get("asked"),
            already_asked=tuple(slots.get("already_asked") or ()),
            misses=int(slots.get("misses") or 0),
            profile=profile,
        )

    def to_slots(self) -> dict[str, Any]:
        """The state as plain values by slot name."""
        state = asdict(self)
        profile = state.pop("profile")
        lists = {name: list(state[name]) for name in ("shown", "offered", "already_asked")}
        return {**state, **lists, **profile}
