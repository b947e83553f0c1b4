"""The dossier: what a partner needs to know to help, as the entrepreneur saw it and changed it.

Nobody is in it by name or number: every text is redacted on the way in. Contact details are kept apart.
"""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError

from wegwijzer.conversations.redaction import redact
from wegwijzer.handover.fields import length, one_line, paragraphs, read, refused

ADDRESS = TypeAdapter(HttpUrl)


def _public(url: str) -> str:
    try:
        is_https = ADDRESS.validate_python(url).scheme == "https"
    except ValidationError:
        is_https = False
    # Redaction would break an address that holds a number of somebody; it is refused instead.
    if not is_https or redact(url) != url:
        raise refused("Dit is geen openbaar https-adres.")
    return url


Line = Annotated[str, AfterValidator(one_line), AfterValidator(redact), length(1, 160)]
Question = Annotated[str, AfterValidator(paragraphs), AfterValidator(redact), length(3, 600)]
Remarks = Annotated[str, AfterValidator(paragraphs), AfterValidator(redact), length(0, 600)]
Link = Annotated[str, AfterValidator(one_line), length(1, 300), AfterValidator(_public)]


@dataclass(frozen=True)
class Fact:
    """Something that is known of the company: `Gemeente`, `Heerlen`."""

    label: Line
    value: Line


@dataclass(frozen=True)
class Standing:
    """Where the company stands on a theme of the assessment."""

    theme: Line
    level: Line


@dataclass(frozen=True)
class Discussed:
    """An offer that was talked about; `url` is None when its record has none."""

    name: Line
    url: Link | None = None


@dataclass(frozen=True)
class Dossier:
    """The question in the entrepreneur's own words, and what is known around it.

    `assessment` is empty when none was done.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    question: Question
    facts: Annotated[tuple[Fact, ...], Field(max_length=20)] = ()
    assessment: Annotated[tuple[Standing, ...], Field(max_length=12)] = ()
    offers: Annotated[tuple[Discussed, ...], Field(max_length=12)] = ()
    remarks: Remarks = ""

    @classmethod
    def from_data(cls, data: object) -> "Dossier":
        """The dossier that `data` (from JSON) describes, cleaned and redacted; doing it twice changes nothing.

        Raises InvalidFieldError with the field and a Dutch sentence.
        """
        return read(FORM, data)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data for JSON; `from_data` takes it back."""
        return asdict(self)


FORM = TypeAdapter(Dossier)
