"""The partners that take requests: how each gets them, when it can be reached, and how soon it replies."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, HttpUrl

from wegwijzer.errors import KnowledgeError
from wegwijzer.handover.contact import is_email
from wegwijzer.knowledge.reading.yaml_files import Read, Reader
from wegwijzer.knowledge.records import Identifier, Name, Prose, Record
from wegwijzer.settings import Settings

SATURDAY = 5


def _address(text: str) -> str:
    if not is_email(text):
        raise ValueError("is not an e-mail address")
    return text


def _without_password(url: HttpUrl) -> HttpUrl:
    if url.username or url.password:
        raise ValueError("a name or password does not belong in the address; requests are signed")
    return url


class WebhookWay(Record):
    """Requests go to an address, signed; `secret` is the environment variable that holds the secret of this partner."""

    kind: Literal["webhook"]
    url: Annotated[HttpUrl, AfterValidator(_without_password)]
    secret: Annotated[str, Field(pattern=r"^WEGWIJZER_PARTNER_[A-Z0-9_]+$")]


class EmailWay(Record):
    """Requests go to a mailbox."""

    kind: Literal["email"]
    to: Annotated[str, AfterValidator(_address)]


class SandboxWay(Record):
    """Requests go to `wegwijzer partner-sandbox` on this machine: the demo's stand-in for every partner."""

    kind: Literal["sandbox"]


Way = Annotated[WebhookWay | EmailWay | SandboxWay, Field(discriminator="kind")]


class Partner(Record):
    """An organisation that agreed to take requests; `id` is that of its record in `knowledge/organisations`.

    `hours` says when somebody is there, `reply_days` within how many working days it promises to reply, `checked_on`
    when that was last asked of it.
    """

    id: Identifier
    name: Name
    way: Way
    hours: Prose
    reply_days: int = Field(ge=1, le=20)
    checked_on: date

    def reply_by(self, day: date) -> date:
        """The last day for a reply to what is sent on `day`, weekends left out; holidays are not known."""
        left = self.reply_days
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < SATURDAY
        return day


class Partners:
    """The partners of this installation. In a demo everything goes to the sandbox, whoever it is meant for."""

    def __init__(self, records: Iterable[Partner], demo: bool) -> None:
        records = list(records)
        sandbox = next((record for record in records if record.way.kind == "sandbox"), None)
        self._real = {record.id: record for record in records if record is not sandbox}
        self._stand_in = sandbox if demo else None

    @classmethod
    def of(cls, settings: Settings) -> "Partners":
        """Those in the knowledge folder. Raises KnowledgeError with file, line and field of every fault."""
        return cls(read_partners(settings.knowledge_folder / "partners"), settings.demo)

    def find(self, organisation: str) -> Partner | None:
        """Who takes the requests for `organisation`; None when it takes none. In a demo the sandbox, under its id."""
        if self._stand_in:
            return self._stand_in.model_copy(update={"id": organisation})
        return self._real.get(organisation)

    def among(self, organisations: Iterable[str]) -> list[Partner]:
        """Those of `organisations` that take requests, in the same order."""
        return [partner for organisation in organisations if (partner := self.find(organisation))]


def read_partners(folder: Path, organisations: Collection[str] | None = None) -> list[Partner]:
    """The records in `folder`, one file each; none when there are no files.

    Raises KnowledgeError with file, line and field of every fault; also of ids that are not in `organisations`, when
    those are given.
    """
    reader = Reader()
    reads = reader.folder(folder, Partner) if any(folder.glob("*.yml")) else []
    for read in reads:
        if organisations is not None and _is_nobody(read, organisations):
            reader.faults.append(read.fault(("id",), f"{read.record.id} has no record in knowledge/organisations"))
    if reader.faults:
        raise KnowledgeError("\n".join(str(fault) for fault in reader.faults))
    return [read.record for read in reads]


def _is_nobody(read: Read[Partner], organisations: Collection[str]) -> bool:
    return read.record.way.kind != "sandbox" and read.record.id not in organisations
