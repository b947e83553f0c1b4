"""Conversations in the database: who speaks, what was said, and which turn is being answered.

Every method is one short transaction and raises DatabaseUnavailableError when the database is locked or
away. Of a visitor's token only the hash is kept.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast
from uuid import uuid4

from sqlalchemy import CursorResult, Engine, delete, func, select, update
from sqlalchemy.orm import Session

from wegwijzer.conversations.messages import Content
from wegwijzer.conversations.tables import ButtonRow, ConversationRow, MessageRow, TurnRow
from wegwijzer.database import empty_log, transaction
from wegwijzer.errors import WegwijzerError

TOKEN_BYTES = 32
GREETING_CID = "greeting"
Shown = dict[str, Any]
"""A message as the widget shows it: `id`, `role`, and what its `Content` says."""


class SessionExpiredError(WegwijzerError):
    """The token is unknown, or its conversation has been silent for too long; a new session is needed."""


class TurnInProgressError(WegwijzerError):
    """Another turn of this conversation is being answered; the same request may come again in a second."""


class UnknownButtonError(WegwijzerError):
    """The conversation has no button with this id."""


class UnknownTurnError(WegwijzerError):
    """The conversation has no turn with this cid, and nothing was asked to start one."""


class UnknownMessageError(WegwijzerError):
    """The conversation has no message of the assistant with this number."""


class ConversationErasedError(WegwijzerError):
    """The conversation was erased while it was being answered; nothing of it may be stored any more."""


@dataclass(frozen=True)
class Conversation:
    """A conversation that a visitor proved to be theirs."""

    id: str
    origin: str | None


@dataclass(frozen=True)
class Question:
    """What a visitor does: type a text (redacted), or press a button; neither when only an answer is awaited."""

    text: str | None = None
    button: str | None = None


@dataclass(frozen=True)
class Turn:
    """A turn as it stands: `new` has a `message` for the engine, `open` was begun before, `closed` is answered."""

    conversation: str
    cid: str
    state: Literal["new", "open", "closed"]
    message: str = ""


class ConversationStore:
    """All conversations in one database."""

    def __init__(self, engine: Engine, session_minutes: int) -> None:
        self._engine = engine
        self._patience = timedelta(minutes=session_minutes)

    def check(self) -> None:
        """Do nothing when the database can be read."""
        with transaction(self._engine) as session:
            session.execute(select(ConversationRow.id).limit(1))

    def start(self, site: str, origin: str, greeting: Iterable[Content]) -> tuple[str, list[Shown]]:
        """A new conversation with its first messages; its token is told here and never again."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        identifier, now = str(uuid4()), _now()
        row = ConversationRow(
            id=identifier, token_hash=_hash(token), partner=site, origin=origin, started_at=now, active_at=now
        )
        with transaction(self._engine) as session:
            session.add(row)
            session.flush()
            session.add(TurnRow(conversation_id=identifier, cid=GREETING_CID, started_at=now, closed_at=now))
            return token, [_append(session, identifier, GREETING_CID, "assistant", content) for content in greeting]

    def enter(self, token: str) -> Conversation:
        """The conversation that `token` belongs to. Raises SessionExpiredError."""
        with transaction(self._engine) as session:
            row = session.scalar(select(ConversationRow).where(ConversationRow.token_hash == _hash(token)))
            if row is None or row.active_at < _now() - self._patience:
                raise SessionExpiredError("the session is unknown or expired")
            return Conversation(row.id, row.origin)

    def open_turn(self, conversation: str, cid: str, question: Question) -> Turn:
        """Begin the turn `cid` with `question`, or find it when it was begun before.

        Raises TurnInProgressError, UnknownButtonError, UnknownTurnError and ConversationErasedError.
        """
        with transaction(self._engine) as session:
            known = session.get(TurnRow, (conversation, cid))
            if known and known.closed_at:
                return Turn(conversation, cid, "closed")
            if known:
                return _open_turns(session, TurnRow.conversation_id == conversation, TurnRow.cid == cid)[0]
            said, message = _asked(session, conversation, question)
            _claim(session, conversation, cid)
            session.add(TurnRow(conversation_id=conversation, cid=cid, started_at=_now()))
            _append(session, conversation, cid, "visitor", Content({"text": said}))
        return Turn(conversation, cid, "new", message)

    def append(self, turn: Turn, content: Content) -> Shown:
        """Store one message of the answer. Raises ConversationErasedError."""
        with transaction(self._engine) as session:
            _hold(session, turn.conversation)
            return _append(session, turn.conversation, turn.cid, "assistant", content)

    def close_turn(self, turn: Turn, last: Content) -> Shown:
        """Store the last message of the answer: the next question may come. Raises ConversationErasedError."""
        with transaction(self._engine) as session:
            _hold(session, turn.conversation, open_turn=None)
            session.get_one(TurnRow, (turn.conversation, turn.cid)).closed_at = _now()
            return _append(session, turn.conversation, turn.cid, "assistant", last)

    def open_turns(self, conversation: str | None = None) -> list[Turn]:
        """The turns that were begun and not closed, of all conversations or of one."""
        which = () if conversation is None else (TurnRow.conversation_id == conversation,)
        with transaction(self._engine) as session:
            return _open_turns(session, *which)

    def answer(self, conversation: str, cid: str) -> list[Shown]:
        """The assistant's messages of one turn."""
        return self._messages(conversation, MessageRow.cid == cid, MessageRow.role == "assistant")

    def history(self, conversation: str, after: int) -> tuple[list[Shown], str | None]:
        """The messages numbered above `after`, and the cid of the turn that is being answered."""
        with transaction(self._engine) as session:
            row = session.get(ConversationRow, conversation)
            pending = row.open_turn if row else None
        return self._messages(conversation, MessageRow.number > after), pending

    def rate(self, conversation: str, number: int, helpful: bool, reason: str | None) -> None:
        """Keep what the visitor thinks of a message. Raises UnknownMessageError."""
        rating = (
            update(MessageRow)
            .where(
                MessageRow.conversation_id == conversation,
                MessageRow.number == number,
                MessageRow.role == "assistant",
            )
            .values(helpful=helpful, reason=reason)
        )
        with transaction(self._engine) as session:
            if _changed(session, rating) != 1:
                raise UnknownMessageError("there is no such message")

    def erase(self, conversation: str) -> dict[str, int]:
        """Erase all that is stored of a conversation; how many rows, by table."""
        with transaction(self._engine) as session:
            counts = {
                str(table.__tablename__): _changed(session, delete(table).where(table.conversation_id == conversation))
                for table in (ButtonRow, MessageRow, TurnRow)
            }
            gone = _changed(session, delete(ConversationRow).where(ConversationRow.id == conversation))
        return {"conversations": gone, **counts}

    def empty_log(self) -> None:
        """Leave nothing of what was erased in the files of the database."""
        empty_log(self._engine)

    def conversations(self) -> set[str]:
        """All conversations that there are."""
        with transaction(self._engine) as session:
            return set(session.scalars(select(ConversationRow.id)))

    def silent_since(self, moment: datetime) -> list[str]:
        """The conversations in which nothing was said since `moment` (UTC)."""
        with transaction(self._engine) as session:
            limit = moment.astimezone(UTC).replace(tzinfo=None)
            return list(session.scalars(select(ConversationRow.id).where(ConversationRow.active_at < limit)))

    def _messages(self, conversation: str, *which: Any) -> list[Shown]:
        with transaction(self._engine) as session:
            rows = session.scalars(
                select(MessageRow).where(MessageRow.conversation_id == conversation, *which).order_by(MessageRow.number)
            )
            return [_shown(row) for row in rows]


def _asked(session: Session, conversation: str, question: Question) -> tuple[str, str]:
    """What the log says that the visitor said, and what the engine gets."""
    if question.button is not None:
        button = session.get(ButtonRow, question.button)
        if button is None or button.conversation_id != conversation:
            raise UnknownButtonError("there is no such button")
        return button.title, button.payload
    if question.text is None:
        raise UnknownTurnError("there is no such turn")
    return question.text, question.text


def _open_turns(session: Session, *which: Any) -> list[Turn]:
    rows = session.execute(
        select(TurnRow.conversation_id, TurnRow.cid, MessageRow.content).where(
            TurnRow.closed_at.is_(None),
            MessageRow.conversation_id == TurnRow.conversation_id,
            MessageRow.cid == TurnRow.cid,
            MessageRow.role == "visitor",
            *which,
        )
    )
    return [Turn(conversation, cid, "open", content["text"]) for conversation, cid, content in rows]


def _claim(session: Session, conversation: str, cid: str) -> None:
    # A conditional update whose result is counted: of two requests at once only one gets the turn.
    claim = (
        update(ConversationRow)
        .where(ConversationRow.id == conversation, ConversationRow.open_turn.is_(None))
        .values(open_turn=cid, active_at=_now())
    )
    if _changed(session, claim) == 1:
        return
    if session.get(ConversationRow, conversation) is None:
        raise ConversationErasedError("the conversation is gone")
    raise TurnInProgressError("another turn is being answered")


def _hold(session: Session, conversation: str, **values: Any) -> None:
    # The first write of its transaction: from here to its end nobody else can erase the conversation.
    hold = update(ConversationRow).where(ConversationRow.id == conversation).values(active_at=_now(), **values)
    if _changed(session, hold) != 1:
        raise ConversationErasedError("the conversation is gone")


def _append(session: Session, conversation: str, cid: str, role: str, content: Content) -> Shown:
    last = session.scalar(select(func.max(MessageRow.number)).where(MessageRow.conversation_id == conversation))
    row = MessageRow(conversation_id=conversation, number=(last or 0) + 1, cid=cid, role=role, content=content.shown)
    session.add(row)
    session.add_all(
        ButtonRow(id=key, conversation_id=conversation, title=title, payload=payload)
        for key, (title, payload) in content.payloads.items()
    )
    session.flush()
    return _shown(row)


def _shown(row: MessageRow) -> Shown:
    rated = {"helpful": row.helpful} if row.helpful is not None else {}
    return {"id": row.number, "role": row.role, **row.content, **rated}


def _changed(session: Session, statement: Any) -> int:
    return cast(CursorResult[Any], session.execute(statement)).rowcount


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    # Columns hold UTC without a zone, which every database stores alike.
    return datetime.now(UTC).replace(tzinfo=None)
