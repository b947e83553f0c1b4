"""The tables of the conversations. Times are UTC, without a zone in the column."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wegwijzer.database import Base

CONVERSATION = "conversations.id"


class ConversationRow(Base):
    """A conversation: `id` is what the engine knows it by, `token_hash` what the visitor proves it with.

    `open_turn` is the turn that is being answered; it is claimed by a conditional update, so that there
    is never more than one.
    """

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    partner: Mapped[str] = mapped_column(String(60))
    origin: Mapped[str | None] = mapped_column(String(200))
    started_at: Mapped[datetime]
    active_at: Mapped[datetime] = mapped_column(index=True)
    open_turn: Mapped[str | None] = mapped_column(String(64))


class TurnRow(Base):
    """One message of the visitor and its answer, by the `cid` that the widget gave it.

    `message` is what the engine was asked: what was typed, or what stands behind the button that was pressed.
    """

    __tablename__ = "turns"

    conversation_id: Mapped[str] = mapped_column(ForeignKey(CONVERSATION, ondelete="CASCADE"), primary_key=True)
    cid: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    message: Mapped[str] = mapped_column(Text, default="", server_default="")


class MessageRow(Base):
    """What was said, numbered in its conversation; `role` is `visitor` or `assistant`."""

    __tablename__ = "messages"

    conversation_id: Mapped[str] = mapped_column(ForeignKey(CONVERSATION, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cid: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(10))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    helpful: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(String(300))


class ButtonRow(Base):
    """What the engine gets when a button is pressed; the visitor only ever sees the id."""

    __tablename__ = "buttons"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(CONVERSATION, ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)


class ReportRow(Base):
    """A result that a visitor keeps, by the hash of its link's token; it may outlive its conversation."""

    __tablename__ = "reports"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey(CONVERSATION, ondelete="SET NULL"), index=True)
    made_on: Mapped[date]
    expires_on: Mapped[date] = mapped_column(index=True)
    blocks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
