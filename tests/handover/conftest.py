"""Handovers in a real database, with an entrepreneur, a partner, and channels that tests replace."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, select

from wegwijzer.conversations.messages import Content
from wegwijzer.conversations.store import ConversationStore
from wegwijzer.database import engine_for, migrate, transaction
from wegwijzer.handover.answers import AnswerLinks
from wegwijzer.handover.channels.channel import Channel, Delivery
from wegwijzer.handover.consent import Consent
from wegwijzer.handover.contact import Contact, ContactCipher
from wegwijzer.handover.deliveries import Deliveries
from wegwijzer.handover.dossier import Dossier
from wegwijzer.handover.erasing import HandoverErasure
from wegwijzer.handover.outbox import Outbox
from wegwijzer.handover.partners import EmailWay, Partner, Partners, WebhookWay
from wegwijzer.handover.pauses import Pauses
from wegwijzer.handover.store import HandoverStore, Request
from wegwijzer.handover.tables import AttemptRow, OutboxRow
from wegwijzer.handover.worker import Worker

NOON = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - moments are UTC without a zone
SECRET = "whsec_c2VjcmV0IG9mIGEgcGFydG5lciBpbiBhIHRlc3Q="
LEASE_SECONDS = 60
NAME, EMAIL, PHONE = "Voorbeeld Naam", "sanne@bakkerij.nl", "06 12345678"
DOSSIER = Dossier.from_data(
    {
        "question": "Hoe betaal ik een nieuwe oven?",
        "facts": [{"label": "Gemeente", "value": "Heerlen"}],
        "assessment": [{"theme": "Financiering", "level": "Op weg"}],
        "offers": [{"name": "Qredits", "url": "https://qredits.nl"}],
        "remarks": "Liefst na sluitingstijd.",
    }
)
CONTACT = Contact.from_data({"name": NAME, "email": EMAIL, "phone": PHONE})


def partner(**changes: Any) -> Partner:
    """A partner that gets requests by webhook."""
    way = WebhookWay.model_validate(
        {"kind": "webhook", "url": "https://partner.example.nl/in", "secret": "WEGWIJZER_PARTNER_QREDITS"}
    )
    values = {
        "id": "qredits",
        "name": "Qredits",
        "way": way,
        "hours": "Op werkdagen van 9 tot 17 uur.",
        "reply_days": 2,
    }
    return Partner.model_validate({**values, "checked_on": date(2026, 3, 1), **changes})


MAILBOX = partner(id="kvk", name="KVK", way=EmailWay(kind="email", to="balie@kvk.example.nl"))
CONSENT = Consent("qredits", "Je vindt het goed dat dit naar Qredits gaat.", "1", NOON)
REQUEST = Request("draft-0001", partner(), "financiering/microkrediet", DOSSIER, CONTACT, CONSENT)


@dataclass
class Time:
    """A clock that only tests move."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float = 0, **span: float) -> None:
        """Let so much time go by."""
        self.now += timedelta(seconds=seconds, **span)


@dataclass
class Cast:
    """Everything around one database."""

    engine: Engine
    time: Time
    store: HandoverStore
    erasure: HandoverErasure
    outbox: Outbox
    conversations: ConversationStore
    key: str

    @property
    def cipher(self) -> ContactCipher:
        """Encrypts contact details with the one key."""
        return ContactCipher([self.key])

    def conversation(self) -> str:
        """One more conversation."""
        token, _ = self.conversations.start("demo", "https://example.nl", [Content({"text": "Hoi!"})])
        return self.conversations.enter(token).id

    def sent(self, **changes: Any) -> str:
        """The id of a handover of a new conversation."""
        return self.store.send(self.conversation(), replace(REQUEST, **changes)).id

    def worker(self, channel: Channel, **changes: Any) -> Worker:
        """A worker whose pauses take no time but on the clock."""
        links = AnswerLinks([b"key of the links"], "https://wegwijzer.example.nl", 60)
        deliveries = Deliveries(self.engine, self.cipher, Partners([partner(), MAILBOX], demo=False), links)
        pauses = Pauses(60, 43_200, draw=lambda _least, most: most)
        channels = {"webhook": channel, "email": channel}
        worker = Worker(self.outbox, deliveries, channels, pauses, self.pause, self.time)
        return replace(worker, **changes)

    def pause(self, seconds: float) -> None:
        """Let so much time go by, or as much as it takes until something is due."""
        self.time.pass_by(seconds)
        due = [row.due_at for row in self.parcels() if row.state == "waiting"]
        self.time.now = max([self.time.now, *due[:1]])

    def parcels(self) -> list[Any]:
        """Every row of the outbox."""
        with transaction(self.engine) as connection:
            return list(connection.execute(select(OutboxRow)).all())

    def attempts(self) -> list[Any]:
        """Every attempt, in order."""
        with transaction(self.engine) as connection:
            return list(connection.execute(select(AttemptRow).order_by(AttemptRow.number)).all())


@pytest.fixture
def cast(database_url: str) -> Cast:
    """The cast on an empty database: a SQLite file, and PostgreSQL where that runs."""
    migrate(database_url)
    return cast_on(engine_for(database_url))


def cast_on(engine: Engine, now: datetime = NOON) -> Cast:
    """The cast on a database that has its tables."""
    time, key = Time(now), Fernet.generate_key().decode()
    return Cast(
        engine,
        time,
        HandoverStore(engine, ContactCipher([key]), time),
        HandoverErasure(engine, time),
        Outbox(engine, LEASE_SECONDS, time),
        ConversationStore(engine, session_minutes=60),
        key,
    )


@dataclass
class Answering:
    """A channel that does as it is told, one thing for each attempt; then it delivers."""

    todo: list[Callable[[], str]] = field(default_factory=list)
    got: list[Delivery] = field(default_factory=list)

    def send(self, delivery: Delivery) -> str:
        """Note the delivery, and do what comes next."""
        self.got.append(delivery)
        return self.todo.pop(0)() if self.todo else "status 204"


def delivery(**changes: Any) -> Delivery:
    """What a channel gets to send."""
    answers = AnswerLinks([b"key of the links"], "https://wegwijzer.example.nl", 60).of("h-1", NOON)
    known = ("handover_1", "WW-7K3QX9ZD", partner(), REQUEST.topic, DOSSIER, CONTACT, CONSENT.text, NOON, NOON)
    return replace(Delivery(*known, answers=answers), **changes)
