"""Results of the assessment that visitors keep: a page behind a link, for a limited time and without a name.

Only what the assistant showed is kept, nothing that was typed. Of the link's token only the hash is kept.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from wegwijzer.conversations.store import UnknownMessageError, hold
from wegwijzer.conversations.tables import MessageRow, ReportRow
from wegwijzer.database import transaction

TOKEN_BYTES = 32
DAYS_KEPT = 30
SHOWN = ("result", "offers", "contacts")
Block = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """A result with the offers and people that were shown with it; readable until `expires_on`, that day included."""

    made_on: date
    expires_on: date
    result: Block
    offers: list[Block]
    contacts: list[Block]


class ReportStore:
    """All reports in one database. Every method raises DatabaseUnavailableError when that is locked or away."""

    def __init__(self, engine: Engine, today: Callable[[], date]) -> None:
        self._engine = engine
        self._today = today

    def keep(self, conversation: str, number: int) -> tuple[str, date]:
        """Keep the result in message `number` with what was shown in the same turn: its token, told only here, and
        its last day. Raises ConversationErasedError, and UnknownMessageError when that message has no result."""
        with transaction(self._engine) as connection:
            hold(connection, conversation)
            of_conversation = MessageRow.conversation_id == conversation
            cid = connection.scalar(select(MessageRow.cid).where(of_conversation, MessageRow.number == number))
            of_turn = select(MessageRow.number, MessageRow.content).where(of_conversation, MessageRow.cid == cid)
            messages: dict[int, dict[str, Any]] = dict(connection.execute(of_turn.order_by(MessageRow.number)).all())
            if not any(block["type"] == "result" for block in _blocks(messages.get(number, {}))):
                raise UnknownMessageError("there is no result in this message")
            blocks = [block for content in messages.values() for block in _blocks(content) if block["type"] in SHOWN]
            token, day = secrets.token_urlsafe(TOKEN_BYTES), self._today()
            row = {"token_hash": _hash(token), "conversation_id": conversation, "blocks": blocks}
            expires = day + timedelta(days=DAYS_KEPT)
            connection.execute(insert(ReportRow).values(**row, made_on=day, expires_on=expires))
        return token, expires

    def read(self, token: str) -> Report | None:
        """The report behind `token`; None when there is none, or no longer."""
        readable = (ReportRow.token_hash == _hash(token), ReportRow.expires_on >= self._today())
        columns = (ReportRow.made_on, ReportRow.expires_on, ReportRow.blocks)
        with transaction(self._engine) as connection:
            row = connection.execute(select(*columns).where(*readable)).one_or_none()
        return _report(row.made_on, row.expires_on, row.blocks) if row else None

    def erase(self, token: str) -> bool:
        """Erase the report behind `token`; whether there was one."""
        with transaction(self._engine) as connection:
            return connection.execute(delete(ReportRow).where(ReportRow.token_hash == _hash(token))).rowcount == 1

    def erase_of(self, connection: Connection, conversation: str) -> dict[str, int]:
        """Erase the reports of a conversation; how many."""
        gone = connection.execute(delete(ReportRow).where(ReportRow.conversation_id == conversation))
        return {"reports": gone.rowcount}

    def erase_expired(self) -> int:
        """Erase what nobody may read any more; how many."""
        with transaction(self._engine) as connection:
            return connection.execute(delete(ReportRow).where(ReportRow.expires_on < self._today())).rowcount


def _report(made_on: date, expires_on: date, blocks: list[Block]) -> Report:
    return Report(
        made_on,
        expires_on,
        result=next(block for block in blocks if block["type"] == "result"),
        offers=[offer for block in blocks if block["type"] == "offers" for offer in block["offers"]],
        contacts=[contact for block in blocks if block["type"] == "contacts" for contact in block["contacts"]],
    )


def _blocks(content: dict[str, Any]) -> list[Block]:
    return list(content.get("blocks", []))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
