"""What Wegwijzer says in one turn, as plain data that any channel can carry."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wegwijzer.advice.dialogue import Dialogue


@dataclass(frozen=True)
class Button:
    """A reply that the visitor can press: `payload` is what the engine gets."""

    title: str
    payload: str

    def as_data(self) -> dict[str, str]:
        """The button as the channel carries it."""
        return {"title": self.title, "payload": self.payload}


@dataclass(frozen=True)
class Message:
    """One bubble: text, blocks such as offer cards, and buttons under it; at least one of them."""

    text: str | None = None
    blocks: Sequence[dict[str, Any]] = ()
    buttons: Sequence[Button] = ()

    def as_data(self) -> dict[str, Any]:
        """The message as the channel carries it, without its empty parts."""
        data: dict[str, Any] = {}
        if self.text:
            data["text"] = self.text.strip()
        if self.blocks:
            data["blocks"] = list(self.blocks)
        if self.buttons:
            data["buttons"] = [button.as_data() for button in self.buttons]
        return data


@dataclass(frozen=True)
class Reply:
    """The messages of one turn and the state of the conversation after it."""

    messages: Sequence[Message]
    dialogue: Dialogue = field(default_factory=Dialogue)
