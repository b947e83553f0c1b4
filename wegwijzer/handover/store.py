"""Handovers in the database: sent with consent, asked after by whoever sent them, and answered by partners.

Every method is one short transaction and raises DatabaseUnavailableError when the database is locked or away.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, Update, insert, select, update

from wegwijzer.conversations.store import hold
from wegwijzer.database import transaction
from wegwijzer.errors import WegwijzerError
from wegwijzer.handover.answers import Reply
from wegwijzer.handover.clock import Clock, utc_now
from wegwijzer.handover.consent import Consent, NoConsentError
from wegwijzer.handover.contact import Contact, ContactCipher
from wegwijzer.handover.dossier import Dossier
from wegwijzer.handover.fields import InvalidFieldError, one_line
from wegwijzer.handover.partners import Partner
from wegwijzer.handover.references import as_written, new_reference
from wegwijzer.handover.tables import IS_OPEN, HandoverRow, OutboxRow, State

# A partner that answers has got it, whatever we know of that: the answer to its delivery may have been lost.
ANSWERABLE: dict[Reply, tuple[State, ...]] = {
    "accepted": ("queued", "delivered", "failed"),
    "declined": ("queued", "delivered", "failed", "accepted"),
    "done": ("queued", "delivered", "failed", "accepted"),
}
LONGEST_REASON = 500
DRAFT = re.compile(r"[A-Za-z0-9_-]{8,64}")
HANDOVERS = select(HandoverRow)


class UnknownHandoverError(WegwijzerError):
    """There is no such handover, or not for whoever asks."""


class AnswerNotPossibleError(WegwijzerError):
    """The handover is closed already, or was answered in another way."""


@dataclass(frozen=True)
class Request:
    """What somebody wants to be sent; `draft` is the id of the draft that was shown, the same if it is sent again."""

    draft: str
    partner: Partner
    topic: str | None
    dossier: Dossier
    contact: Contact
    consent: Consent | None


@dataclass(frozen=True)
class Handover:
    """A handover as it stands. `reason` and `next_partner` are what a partner said when it declined."""

    id: str
    reference: str
    partner: str
    topic: str | None
    dossier: Dossier
    consent: Consent
    state: State
    reason: str | None
    next_partner: str | None
    created_at: datetime
    changed_at: datetime


class HandoverStore:
    """All handovers in one database."""

    def __init__(self, engine: Engine, cipher: ContactCipher, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._cipher = cipher
        self._clock = clock

    def send(self, conversation: str, request: Request) -> Handover:
        """Store a request and queue it for its partner; a draft that was sent before is not sent again.

        Raises NoConsentError, InvalidFieldError and ConversationErasedError; nothing is stored then.
        """
        consent = request.consent
        if consent is None or not consent.text.strip() or consent.partner != request.partner.id:
            raise NoConsentError("there is no consent for sending this to this partner")
        if not DRAFT.fullmatch(request.draft):
            raise InvalidFieldError("draft", "Deze aanvraag kennen we niet.")
        now = self._clock()
        with transaction(self._engine) as connection:
            # From here on nobody else sends its draft either.
            hold(connection, conversation)
            known = _found(connection, HandoverRow.conversation_id == conversation, HandoverRow.draft == request.draft)
            if known:
                return known
            row = self._row(conversation, request, consent, now)
            connection.execute(insert(HandoverRow).values(**row, reference=_free_reference(connection)))
            connection.execute(insert(OutboxRow).values(**_parcel(row["id"], request.partner, now)))
            return _one(connection, HandoverRow.id == row["id"])

    def of(self, conversation: str, reference: str) -> Handover:
        """The handover with this reference, as somebody typed it. Raises UnknownHandoverError, also for another's."""
        with transaction(self._engine) as connection:
            mine = HandoverRow.conversation_id == conversation
            return _one(connection, mine, HandoverRow.reference == as_written(reference))

    def all_of(self, conversation: str) -> list[Handover]:
        """All that a conversation sent, the newest first."""
        mine = HANDOVERS.where(HandoverRow.conversation_id == conversation)
        with transaction(self._engine) as connection:
            return [_handover(row) for row in connection.execute(mine.order_by(HandoverRow.created_at.desc()))]

    def get(self, handover: str) -> Handover:
        """The handover with this id, for whoever proved to be its partner. Raises UnknownHandoverError."""
        with transaction(self._engine) as connection:
            return _one(connection, HandoverRow.id == handover)

    def conversation_of(self, handover: str) -> str | None:
        """The conversation that sent the handover with this id; None when it is there no longer."""
        with transaction(self._engine) as connection:
            return connection.scalar(select(HandoverRow.conversation_id).where(HandoverRow.id == handover))

    def in_state(self, *states: State) -> list[Handover]:
        """All handovers in one of these states, the one that changed last first: `failed` is for staff to look at."""
        which = HANDOVERS.where(HandoverRow.state.in_(states)).order_by(HandoverRow.changed_at.desc())
        with transaction(self._engine) as connection:
            return [_handover(row) for row in connection.execute(which)]

    def answer(
        self, handover: str, reply: Reply, reason: str | None = None, next_partner: str | None = None
    ) -> Handover:
        """Keep what its partner answered; the same answer again changes nothing. The caller checks `next_partner`.

        Raises UnknownHandoverError and AnswerNotPossibleError.
        """
        said = one_line(reason or "")[:LONGEST_REASON] if reply == "declined" else ""
        known = {"reason": said or None, "next_partner": next_partner if reply == "declined" else None}
        change = (
            update(HandoverRow)
            .where(HandoverRow.id == handover, HandoverRow.state.in_(ANSWERABLE[reply]))
            .values(state=reply, changed_at=self._clock(), **known)
        )
        with transaction(self._engine) as connection:
            # In the order in which a worker changes these rows; in another, the two could wait for each other.
            connection.execute(_closing(handover))
            changed = connection.execute(change).rowcount == 1
            found = _one(connection, HandoverRow.id == handover)
            if not changed and found.state != reply:
                raise AnswerNotPossibleError(f"it is {found.state} already")
            return found

    def rotate(self) -> int:
        """Encrypt all contact details with the newest key; how many. Raises ContactUnreadableError."""
        with transaction(self._engine) as connection:
            stored = connection.execute(
                select(HandoverRow.id, HandoverRow.contact).where(HandoverRow.contact.is_not(None))
            ).all()
        return sum(self._rotate(row.id, row.contact) for row in stored)

    def _rotate(self, handover: str, stored: str) -> int:
        # Only what it was a moment ago is replaced: meanwhile it may have been erased.
        same = update(HandoverRow).where(HandoverRow.id == handover, HandoverRow.contact == stored)
        with transaction(self._engine) as connection:
            return connection.execute(same.values(contact=self._cipher.rotate(stored))).rowcount

    def _row(self, conversation: str, request: Request, consent: Consent, now: datetime) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "conversation_id": conversation,
            "draft": request.draft,
            "partner": request.partner.id,
            "topic": request.topic,
            # Once more, because whoever made the dossier may have forgotten it.
            "dossier": Dossier.from_data(request.dossier.as_data()).as_data(),
            "contact": self._cipher.encrypt(request.contact),
            "consent_text": consent.text,
            "consent_version": consent.version,
            "consented_at": consent.given_at,
            "state": "queued",
            "created_at": now,
            "changed_at": now,
        }


def _parcel(handover: str, partner: Partner, now: datetime) -> dict[str, Any]:
    parcel = {"id": str(uuid4()), "handover_id": handover, "idempotency_key": f"handover_{uuid4().hex}"}
    return {**parcel, "channel": partner.way.kind, "state": "waiting", "due_at": now}


def _free_reference(connection: Connection) -> str:
    while True:
        reference = new_reference()
        if not connection.scalar(select(HandoverRow.id).where(HandoverRow.reference == reference)):
            return reference


def _closing(handover: str) -> Update:
    return (
        update(OutboxRow)
        .where(OutboxRow.handover_id == handover, IS_OPEN)
        .values(state="closed", claimed_by=None, claimed_until=None)
    )


def _one(connection: Connection, *which: Any) -> Handover:
    found = _found(connection, *which)
    if found is None:
        raise UnknownHandoverError("there is no such handover")
    return found


def _found(connection: Connection, *which: Any) -> Handover | None:
    row = connection.execute(HANDOVERS.where(*which)).one_or_none()
    return _handover(row) if row else None


def _handover(row: Row[Any]) -> Handover:
    consent = Consent(row.partner, row.consent_text, row.consent_version, row.consented_at)
    known = (row.id, row.reference, row.partner, row.topic, Dossier.from_data(row.dossier), consent)
    return Handover(*known, row.state, row.reason, row.next_partner, row.created_at, row.changed_at)
