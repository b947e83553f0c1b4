"""What the public API takes in."""

from typing import Annotated, Self

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
