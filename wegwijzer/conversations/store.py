"""Conversations in the database: who speaks, what was said, and which turn is being answered.

Every method is one short transaction and raises DatabaseUnavailableError when the database is locked or
away. Of a visitor's token only the hash is kept.
"""

import hashlib
import secrets
from collections import ChainMap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, Update, delete, insert, select, update

from wegwijzer.conversations.messages import Content
from wegwijzer.conversations.statements import (
    ADD_BUTTONS,
    ADD_MESSAGE,
    ADD_TURN,
    CLAIM,
    CLOSE_TURN,
    HOLD,
    OWNED,
    RELEASE,
    TURN_STATE,
)
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
    """A turn as it stands: `new` has a `message` for the engine, `open` had it before, `closed` is answered."""

    conversation: str
    cid: str
    state: Literal["new", "open", "closed"]
    message: str = ""


class Outliving(Protocol):
    """Keeps what may outlive the conversation that it came from."""

    def erase_of(self, connection: Connection, conversation: str) -> dict[str, int]:
        """Erase what came from a conversation; how many rows, by table."""


class ConversationStore:
    """All conversations in one database."""

    def __init__(self, engine: Engine, session_minutes: int) -> None:
        self._engine = engine
        self._patience = timedelta(minutes=session_minutes)

    def check(self) -> None:
        """Do nothing when the database can be read."""
        with transaction(self._engine) as connection:
            connection.execute(select(ConversationRow.id).limit(1))

    def start(self, site: str, origin: str, greeting: Iterable[Content]) -> tuple[str, list[Shown]]:
        """A new conversation with its first messages; its token is told here and never again."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        identifier, now = str(uuid4()), _now()
        row = {"id": identifier, "token_hash": _hash(token), "partner": site, "origin": origin}
        with transaction(self._engine) as connection:
            connection.execute(insert(ConversationRow).values(**row, started_at=now, active_at=now))
            connection.execute(
                insert(TurnRow).values(conversation_id=identifier, cid=GREETING_CID, started_at=now, closed_at=now)
            )
            return token, [_append(connection, identifier, GREETING_CID, "assistant", content) for content in greeting]

    def enter(self, token: str) -> Conversation:
        """The conversation that `token` belongs to. Raises SessionExpiredError."""
        with transaction(self._engine) as connection:
            row = connection.execute(OWNED, {"token": _hash(token)}).one_or_none()
            if row is None or row.active_at < _now() - self._patience:
                raise SessionExpiredError("the session is unknown or expired")
            return Conversation(row.id, row.origin)

    def open_turn(self, conversation: str, cid: str, question: Question) -> Turn:
        """Begin the turn `cid` with `question`, or find it when it was begun before.

        Raises TurnInProgressError, UnknownButtonError, UnknownTurnError and ConversationErasedError.
        """
        with transaction(self._engine) as connection:
            this_turn = {"conversation": conversation, "turn": cid}
            known = connection.execute(TURN_STATE, this_turn).one_or_none()
            if known:
                return Turn(conversation, cid, "closed" if known.closed_at else "open", known.message)
            said, message = _asked(connection, conversation, question)
            _claim(connection, conversation, cid)
            connection.execute(ADD_TURN, {**this_turn, "now": _now(), "asked": message})
            _append(connection, conversation, cid, "visitor", Content({"text": said}))
        return Turn(conversation, cid, "new", message)

    def append(self, turn: Turn, content: Content) -> Shown:
        """Store one message of the answer. Raises ConversationErasedError."""
        with transaction(self._engine) as connection:
            hold(connection, turn.conversation, HOLD)
            return _append(connection, turn.conversation, turn.cid, "assistant", content)

    def close_turn(self, turn: Turn, last: Content) -> Shown:
        """Store the last message of the answer: the next question may come. Raises ConversationErasedError."""
        with transaction(self._engine) as connection:
            hold(connection, turn.conversation, RELEASE)
            connection.execute(CLOSE_TURN, {"conversation": turn.conversation, "turn": turn.cid, "now": _now()})
            return _append(connection, turn.conversation, turn.cid, "assistant", last)

    def note(self, conversation: str, cid: str, content: Content) -> Shown:
        """Say something that nobody asked for, as an answered turn of its own; once for each `cid`.

        Raises ConversationErasedError.
        """
        with transaction(self._engine) as connection:
            hold(connection, conversation, HOLD)
            said = (MessageRow.conversation_id == conversation, MessageRow.cid == cid)
            columns = (MessageRow.number, MessageRow.role, MessageRow.content, MessageRow.helpful)
            before = connection.execute(select(*columns).where(*said)).first()
            if before:
                return _shown(before)
            row = {"conversation_id": conversation, "cid": cid, "started_at": _now(), "closed_at": _now()}
            connection.execute(insert(TurnRow).values(**row))
            return _append(connection, conversation, cid, "assistant", content)

    def message(self, conversation: str, number: int) -> Shown:
        """One message of the assistant. Raises UnknownMessageError."""
        found = self._messages(conversation, MessageRow.number == number, MessageRow.role == "assistant")
        if not found:
            raise UnknownMessageError("there is no such message")
        return found[0]

    def open_turns(self, conversation: str | None = None) -> list[Turn]:
        """The turns that were begun and not closed, of all conversations or of one."""
        which = () if conversation is None else (TurnRow.conversation_id == conversation,)
        with transaction(self._engine) as connection:
            rows = connection.execute(
                select(TurnRow.conversation_id, TurnRow.cid, TurnRow.message).where(TurnRow.closed_at.is_(None), *which)
            )
            return [Turn(row.conversation_id, row.cid, "open", row.message) for row in rows]

    def answer(self, conversation: str, cid: str) -> list[Shown]:
        """The assistant's messages of one turn."""
        return self._messages(conversation, MessageRow.cid == cid, MessageRow.role == "assistant")

    def history(self, conversation: str, after: int) -> tuple[list[Shown], str | None]:
        """The messages numbered above `after`, and the cid of the turn that is being answered."""
        with transaction(self._engine) as connection:
            pending = connection.scalar(select(ConversationRow.open_turn).where(ConversationRow.id == conversation))
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
        with transaction(self._engine) as connection:
            if connection.execute(rating).rowcount != 1:
                raise UnknownMessageError("there is no such message")

    def erase(self, conversation: str, outliving: Sequence[Outliving] = ()) -> dict[str, int]:
        """Erase a conversation, and what these keep of it; how many rows, by table."""
        with transaction(self._engine) as connection:
            # Held first: whatever is kept of it at the same moment is kept before this, and erased, or is refused.
            connection.execute(HOLD, {"conversation": conversation, "now": _now()})
            counts = dict(ChainMap(*(one.erase_of(connection, conversation) for one in outliving)))
            for table in (ButtonRow, MessageRow, TurnRow):
                gone = connection.execute(delete(table).where(table.conversation_id == conversation))
                counts[str(table.__tablename__)] = gone.rowcount
            gone = connection.execute(delete(ConversationRow).where(ConversationRow.id == conversation))
        return {"conversations": gone.rowcount, **counts}

    def empty_log(self) -> None:
        """Leave nothing of what was erased in the files of the database."""
        empty_log(self._engine)

    def conversations(self) -> set[str]:
        """All conversations that there are."""
        with transaction(self._engine) as connection:
            return set(connection.scalars(select(ConversationRow.id)))

    def silent_since(self, moment: datetime) -> list[str]:
        """The conversations in which nothing was said since `moment` (UTC)."""
        with transaction(self._engine) as connection:
            limit = moment.astimezone(UTC).replace(tzinfo=None)
            return list(connection.scalars(select(ConversationRow.id).where(ConversationRow.active_at < limit)))

    def _messages(self, conversation: str, *which: Any) -> list[Shown]:
        with transaction(self._engine) as connection:
            rows = connection.execute(
                select(MessageRow.number, MessageRow.role, MessageRow.content, MessageRow.helpful)
                .where(MessageRow.conversation_id == conversation, *which)
                .order_by(MessageRow.number)
            )
            return [_shown(row) for row in rows]


def _asked(connection: Connection, conversation: str, question: Question) -> tuple[str, str]:
    """What the log says that the visitor said, and what the engine gets."""
    if question.button is not None:
        button = connection.execute(
            select(ButtonRow.title, ButtonRow.payload).where(
                ButtonRow.id == question.button, ButtonRow.conversation_id == conversation
            )
        ).one_or_none()
        if button is None:
            raise UnknownButtonError("there is no such button")
        return button.title, button.payload
    if question.text is None:
        raise UnknownTurnError("there is no such turn")
    return question.text, question.text


def _claim(connection: Connection, conversation: str, cid: str) -> None:
    # A conditional update whose result is counted: of two requests at once only one gets the turn.
    if connection.execute(CLAIM, {"conversation": conversation, "turn": cid, "now": _now()}).rowcount == 1:
        return
    if connection.scalar(select(ConversationRow.id).where(ConversationRow.id == conversation)) is None:
        raise ConversationErasedError("the conversation is gone")
    raise TurnInProgressError("another turn is being answered")


def hold(connection: Connection, conversation: str, statement: Update = HOLD) -> None:
    """As the first write of a transaction: from here to its end nobody else can erase the conversation.

    Raises ConversationErasedError.
    """
    if connection.execute(statement, {"conversation": conversation, "now": _now()}).rowcount != 1:
        raise ConversationErasedError("the conversation is gone")


def _append(connection: Connection, conversation: str, cid: str, role: str, content: Content) -> Shown:
    message = {"conversation": conversation, "turn": cid, "speaker": role, "said": content.shown}
    number = connection.scalar(ADD_MESSAGE, message)
    buttons = [
        {"id": key, "conversation_id": conversation, "title": title, "payload": payload}
        for key, (title, payload) in content.payloads.items()
    ]
    if buttons:
        connection.execute(ADD_BUTTONS, buttons)
    return {"id": number, "role": role, **content.shown}


def _shown(row: Row[Any]) -> Shown:
    rated = {"helpful": row.helpful} if row.helpful is not None else {}
    return {"id": row.number, "role": row.role, **row.content, **rated}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    # Columns hold UTC without a zone, which every database stores alike.
    return datetime.now(UTC).replace(tzinfo=None)
