"""A visitor who speaks the public contract over bare HTTP, with every answer as it came."""

import json
import secrets
import ssl
from dataclasses import dataclass, field
from typing import Any

import httpx

# No log may hold it, and every question does.
RARE_WORD = "kwispelzwam"
QUESTION = f"Hoe kom ik aan geld voor een nieuwe oven? {RARE_WORD}"
PATIENT_SECONDS = 90
# Reading those of the machine takes a tenth of a second for each visitor, and loopback needs none.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

Message = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """One event of a stream: `id` and `event` are empty when the frame has none."""

    id: str
    event: str
    data: dict[str, Any]


@dataclass
class Caller:
    """One conversation on the demo site; it stands in no browser, so it can send anything."""

    address: str
    token: str = field(init=False)
    greeting: list[Message] = field(init=False)
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = connect(self.address, Origin=self.address)
        session = self.client.post("/v1/session", json={"partner": "demo"}).raise_for_status().json()
        self.token, self.greeting = session["token"], session["messages"]
        self.client.headers["Authorization"] = f"Bearer {self.token}"

    def second_window(self) -> httpx.Client:
        """Another connection with the same token."""
        return connect(self.address, Origin=self.client.headers["Origin"], Authorization=f"Bearer {self.token}")

    def send(self, cid: str | None = None, **content: Any) -> httpx.Response:
        """A message, as it is answered."""
        return self.client.post("/v1/messages", json={"cid": cid or new_cid(), **content})

    def ask(self, text: str = QUESTION, cid: str | None = None) -> list[Message]:
        """Type `text`; the messages of the answer, which must be complete."""
        return answer_in(self.send(cid, text=text))

    def press(self, button: str) -> list[Message]:
        """Press the button with this id; the messages of the answer, which must be complete."""
        return answer_in(self.send(button=button))

    def history(self, after: int = 0) -> list[Message]:
        """The messages after number `after`."""
        return list(self._read(after)["messages"])

    def pending(self) -> str | None:
        """The cid of the turn that is being answered."""
        pending: str | None = self._read(0)["pending"]
        return pending

    def said(self) -> list[str]:
        """What the visitor said, as the history tells it."""
        return [message["text"] for message in self.history() if message["role"] == "visitor"]

    def erase(self) -> dict[str, int]:
        """Erase the conversation; the receipt."""
        erased: dict[str, int] = self.client.delete("/v1/session").raise_for_status().json()["erased"]
        return erased

    def _read(self, after: int) -> dict[str, Any]:
        read: dict[str, Any] = self.client.get("/v1/messages", params={"after": after}).raise_for_status().json()
        return read


def connect(address: str, **headers: str) -> httpx.Client:
    """A connection that waits longer than anything may take."""
    return httpx.Client(base_url=address, headers=headers, timeout=PATIENT_SECONDS, verify=NO_CERTIFICATES)


def new_cid() -> str:
    """A cid that nobody has used."""
    return secrets.token_hex(8)


def frames_in(response: httpx.Response) -> list[Frame]:
    """The frames of an event stream, comments left out."""
    frames = []
    for block in response.text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            frames.append(Frame(lines.get("id", ""), lines.get("event", ""), json.loads(lines["data"])))
    return frames


def answer_in(response: httpx.Response) -> list[Message]:
    """The messages of an answer; fails unless it was given to its end."""
    assert response.status_code == httpx.codes.OK, response.text
    *frames, last = frames_in(response)
    assert last.event == "done"
    return [frame.data for frame in frames]


def error_of(response: httpx.Response) -> str:
    """The code of an error; fails when it has another shape than the one that all errors have."""
    assert response.headers["content-type"] == "application/json"
    error = response.json()["error"]
    assert response.json().keys() == {"error"}
    assert error.keys() == {"code", "message"}
    assert error["message"].endswith(".")
    return str(error["code"])


def buttons_of(messages: list[Message]) -> dict[str, str]:
    """The ids of the buttons under the messages, by title."""
    return {button["title"]: button["id"] for message in messages for button in message.get("buttons", [])}


def is_apology(messages: list[Message]) -> bool:
    """Whether these messages say sorry, name a person to talk to and offer to ask again."""
    text = " ".join(message.get("text", "") for message in messages)
    people = [block for message in messages for block in message.get("blocks", []) if block["type"] == "contacts"]
    return "Sorry, er ging iets mis" in text and bool(people) and "Vraag het opnieuw" in buttons_of(messages)
