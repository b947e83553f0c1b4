"""The messages that the widget shows: their format, and the step from the engine's answer to it.

A block that does not fit its format is left out rather than shown half; what was wrong goes to the log
by field, never by value.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

import structlog
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError

log = structlog.get_logger()
BUTTON_BYTES = 9


ADDRESS = TypeAdapter(HttpUrl)


def _https(text: str) -> str:
    if ADDRESS.validate_python(text).scheme != "https":
        raise ValueError("only https links are shown")
    return text


Link = Annotated[str, AfterValidator(_https)]


class Part(BaseModel):
    """A part of a message; a key that is not described is an error."""

    model_config = ConfigDict(extra="forbid")


class Button(Part):
    """A reply to press; `id` stands for what the engine will get."""

    id: str
    title: str


class Source(Part):
    """Where the facts of an offer come from; `year` is null when the source bears none."""

    url: Link
    year: int | None


class OfferCard(Part):
    """An offer, why it can fit, what is still unknown and what speaks against it."""

    id: str
    name: str
    provider: str
    summary: str
    why: list[str]
    unknown: list[str]
    not_met: list[str] = []
    amounts: list[str]
    state: Literal["open", "check", "ended", "later", "closed"]
    state_text: str
    checked_on: date
    source: Source
    url: Link | None
    buttons: list[Button]


class ContactCard(Part):
    """An organisation with the people to talk to."""

    id: str
    name: str
    role: str
    contact: str | None
    url: Link | None


class Offers(Part):
    """A block of offer cards."""

    type: Literal["offers"]
    offers: list[OfferCard]


class Contacts(Part):
    """A block of contact cards."""

    type: Literal["contacts"]
    contacts: list[ContactCard]


class Progress(Part):
    """How many questions of the assessment are done."""

    type: Literal["progress"]
    done: int = Field(ge=0)
    of: int = Field(ge=1)


class ResultTheme(Part):
    """Where a business stands on a theme, and why; level and percent are null when nothing is known."""

    id: str
    label: str
    level: str | None
    percent: int | None = Field(ge=0, le=100)
    reasons: list[str]


class ResultStep(Part):
    """Something to do next, with a button to its topic."""

    text: str
    topic: str
    buttons: list[Button]


class Result(Part):
    """The result of the assessment: a standing for each theme and what can help first."""

    type: Literal["result"]
    name: str
    answered: int = Field(ge=0)
    asked: int = Field(ge=1)
    levels: list[str]
    themes: list[ResultTheme]
    steps: list[ResultStep]


class Fact(Part):
    """A line of a request: what it is and what it says."""

    label: str
    value: str


class Level(Part):
    """Where a business stands on a theme of the assessment."""

    theme: str
    level: str


class Discussed(Part):
    """An offer that was talked about."""

    name: str
    url: Link | None


class Handover(Part):
    """What a request to a partner would say, and the organisations that could get it, the best first."""

    type: Literal["handover"]
    topic: str | None
    partners: list[str]
    question: str
    facts: list[Fact]
    assessment: list[Level]
    offers: list[Discussed]


class Receipt(Part):
    """A request that was sent: its number, to whom, until when a reply was promised, and what it says."""

    type: Literal["receipt"]
    reference: str
    partner: str
    reply_by: date | None
    sent: list[Fact]


class Erase(Part):
    """A way to have everything erased."""

    type: Literal["erase"]


AnyBlock = Offers | Contacts | Progress | Result | Handover | Receipt | Erase
Block = Annotated[AnyBlock, Field(discriminator="type")]
BLOCK: TypeAdapter[AnyBlock] = TypeAdapter(Block)


@dataclass
class Content:
    """What a message says, and by button id the (title, payload) that stay with us."""

    shown: dict[str, Any]
    payloads: dict[str, tuple[str, str]] = field(default_factory=dict)


def content_of(answer: dict[str, Any]) -> Content:
    """The message in one line of the engine's answer; empty when nothing in it can be shown."""
    said = {**answer, **(answer.get("custom") or {})}
    content = Content({})
    if said.get("text"):
        content.shown["text"] = str(said["text"])
    blocks = [block for given in said.get("blocks") or () if (block := _block(given, content.payloads))]
    if blocks:
        content.shown["blocks"] = blocks
    if said.get("buttons"):
        content.shown["buttons"] = _with_ids(said["buttons"], content.payloads)
    return content


def _block(given: dict[str, Any], payloads: dict[str, tuple[str, str]]) -> dict[str, Any] | None:
    behind: dict[str, tuple[str, str]] = {}
    try:
        block = BLOCK.validate_python(_with_button_ids(given, behind)).model_dump(mode="json")
    except ValidationError as error:
        faults = [f"{'/'.join(map(str, fault['loc']))}: {fault['type']}" for fault in error.errors()]
        log.error("block left out", faults=faults)
        return None
    payloads.update(behind)
    return block


def _with_button_ids(part: Any, payloads: dict[str, tuple[str, str]]) -> Any:
    if isinstance(part, dict):
        return {
            key: _with_ids(value, payloads) if key == "buttons" else _with_button_ids(value, payloads)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [_with_button_ids(value, payloads) for value in part]
    return part


def _with_ids(buttons: Sequence[dict[str, str]], payloads: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    shown = []
    for button in buttons:
        key = f"b_{secrets.token_urlsafe(BUTTON_BYTES)}"
        payloads[key] = (button["title"], button["payload"])
        shown.append({"id": key, "title": button["title"]})
    return shown
