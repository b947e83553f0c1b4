"""The tables of the handover. Times are UTC, without a zone in the column."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wegwijzer.conversations.tables import CONVERSATION
from wegwijzer.database import Base

State = Literal["queued", "delivered", "failed", "accepted", "declined", "done"]
OutboxState = Literal["waiting", "claimed", "closed", "failed"]
# Written out and not as parameters: otherwise no database sees that the index on open rows will do.
IS_OPEN = text("state IN ('waiting', 'claimed')")
Outcome = Literal["delivered", "again", "refused", "cut_off"]


class HandoverRow(Base):
    """A request that somebody agreed to send; it may outlive its conversation.

    `draft` is the id of what was agreed to, so that the same thing is never sent twice; `contact` is encrypted, and
    null once its time is over.
    """

    __tablename__ = "handovers"
    __table_args__ = (
        UniqueConstraint("conversation_id", "draft"),
        CheckConstraint("consent_text <> ''", name="with_consent"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str] = mapped_column(String(11), unique=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey(CONVERSATION, ondelete="SET NULL"), index=True)
    draft: Mapped[str] = mapped_column(String(64))
    partner: Mapped[str] = mapped_column(String(60))
    topic: Mapped[str | None] = mapped_column(String(80))
    dossier: Mapped[dict[str, Any]] = mapped_column(JSON)
    contact: Mapped[str | None] = mapped_column(Text)
    consent_text: Mapped[str] = mapped_column(Text)
    consent_version: Mapped[str] = mapped_column(String(64))
    consented_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(String(10), index=True)
    reason: Mapped[str | None] = mapped_column(String(500))
    next_partner: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(index=True)
    changed_at: Mapped[datetime]


class OutboxRow(Base):
    """What is to be sent of a handover; open until it arrived or never will. The same key goes with every attempt.

    Whoever sends it claims it for a limited time: when the sender dies, the claim runs out and another takes over.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "due_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    handover_id: Mapped[str] = mapped_column(ForeignKey("handovers.id", ondelete="CASCADE"), unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    idempotency_key: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[OutboxState] = mapped_column(String(10))
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(100))


class AttemptRow(Base):
    """One attempt to send, written before it begins; `detail` tells what happened, without personal data."""

    __tablename__ = "attempts"

    outbox_id: Mapped[str] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(String(10))
    detail: Mapped[str | None] = mapped_column(String(200))
