"""What the public API takes in."""

from typing import Annotated, Any, Self
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from wegwijzer.conversations.redaction import redact
from wegwijzer.conversations.store import Question
from wegwijzer.conversations.typed import fit_for_engine, on_one_line

Cid = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
ButtonId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
LONGEST_REASON = 300


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StartSession(_Request):
    """A conversation on the site of `partner`."""

    partner: str = Field(min_length=1, max_length=60)


class SendMessage(_Request):
    """A turn: a text or a button's id. With only the cid it asks for the answer of a turn begun before."""

    cid: Cid
    text: str | None = None
    button: ButtonId | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.text is not None and self.button is not None:
            raise ValueError("give a text or a button, not both")
        return self

    def question(self) -> Question:
        """What is asked, redacted. Raises EmptyTextError, TextTooLongError."""
        return Question(None if self.text is None else fit_for_engine(self.text), self.button)


class GiveFeedback(_Request):
    """What the visitor thinks of message `id`; `reason` is in their own words."""

    id: int = Field(ge=1, le=2**31 - 1)
    helpful: bool
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] | None = None

    def redacted_reason(self) -> str | None:
        """The reason on one line without personal data; None when nothing is said in it."""
        return redact(on_one_line(self.reason or ""))[:LONGEST_REASON] or None


class KeepReport(_Request):
    """Keep the result that stands in message `message`."""

    message: int = Field(ge=1, le=2**31 - 1)


class SendHandover(_Request):
    """Send the request that message `message` drafted, as it was changed, to `partner`.

    `contact` and `draft` are read where they are used, so that whoever fills them in hears which part is wrong.
    `consent` is the version of the text that was agreed to.
    """

    message: int = Field(ge=1, le=2**31 - 1)
    partner: Annotated[str, Field(max_length=60)]
    draft: dict[str, Any]
    contact: dict[str, Any]
    consent: Annotated[str, Field(max_length=64)]


class AnswerHandover(_Request):
    """What a partner says beside its answer."""

    reason: Annotated[str, Field(max_length=500)] = ""
    next_partner: Annotated[str, Field(max_length=60)] = ""

    @classmethod
    async def of_form(cls, request: Request) -> Self:
        """The fields of a form that was sent; fields that are none of ours are left alone."""
        fields = parse_qs((await request.body()).decode(errors="replace"))
        known = {
            name: fields[name][0][:limit] for name, limit in (("reason", 500), ("next_partner", 60)) if name in fields
        }
        return cls(**known)
