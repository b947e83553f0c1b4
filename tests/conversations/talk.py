"""A visitor who talks with the running system over its public door, as the widget does."""

import json
import secrets
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpx


@dataclass
class Turn:
    """What came back: the bot messages of one turn."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """All text of the turn, in lower case."""
        return "\n".join(message.get("text", "") for message in self.messages).lower()

    @property
    def offers(self) -> list[dict[str, Any]]:
        """The offer cards of the turn, in order."""
        return self._cards("offers")

    @property
    def contacts(self) -> list[dict[str, Any]]:
        """The contact cards of the turn, in order."""
        return self._cards("contacts")

    @property
    def levels(self) -> dict[str, str | None]:
        """The level of each theme in the result of the assessment, by the theme's label."""
        return {theme["label"]: theme["level"] for theme in self._cards("result", "themes")}

    @property
    def buttons(self) -> dict[str, str]:
        """The ids of all buttons under the messages, by title."""
        return {button["title"]: button["id"] for message in self.messages for button in message.get("buttons", [])}

    def _cards(self, kind: str, part: str = "") -> list[dict[str, Any]]:
        blocks = [block for message in self.messages for block in message.get("blocks", [])]
        return [card for block in blocks if block["type"] == kind for card in block[part or kind]]


@dataclass
class Visitor:
    """One conversation."""

    address: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))
    greeting: Turn = field(init=False)

    def __post_init__(self) -> None:
        self.client.headers["Origin"] = self.address
        session = self.client.post(f"{self.address}/v1/session", json={"partner": "demo"}).raise_for_status().json()
        self.client.headers["Authorization"] = f"Bearer {session['token']}"
        self.greeting = Turn(session["messages"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def say(self, text: str) -> Turn:
        """Type `text`."""
        return self._send(text=text)

    def press(self, turn: Turn, title: str) -> Turn:
        """Press the button of `turn` with this title."""
        return self._send(button=turn.buttons[title])

    def press_id(self, button: str) -> Turn:
        """Press the button with this id."""
        return self._send(button=button)

    def _send(self, **content: str) -> Turn:
        body = {"cid": secrets.token_hex(8), **content}
        answer = self.client.post(f"{self.address}/v1/messages", json=body).raise_for_status()
        return Turn(list(messages_in(answer.text)))


def messages_in(stream: str) -> list[dict[str, Any]]:
    """The bot messages in the frames of an event stream."""
    found = []
    for frame in stream.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in frame.splitlines() if ": " in line)
        if lines.get("data") and lines.get("event") != "done":
            found.append(json.loads(lines["data"]))
    return found
