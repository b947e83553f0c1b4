"""The statements that every turn needs, made once: SQLAlchemy takes longer to make one than SQLite to carry it out.

Their parameters: `conversation` and `turn` (its cid) say which row, `now` is a moment in UTC without a zone.
"""

from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, insert, select, update

from wegwijzer.conversations.tables import ButtonRow, ConversationRow, MessageRow, TurnRow

CONVERSATION: BindParameter[str] = bindparam("conversation")
TURN: BindParameter[str] = bindparam("turn")
NOW: BindParameter[datetime] = bindparam("now")
THIS_TURN = (TurnRow.conversation_id == CONVERSATION, TurnRow.cid == TURN)

OWNED = select(ConversationRow.id, ConversationRow.origin, ConversationRow.active_at).where(
    ConversationRow.token_hash == bindparam("token")
)
"""The conversation of the token with this hash."""

TURN_STATE = select(TurnRow.closed_at, TurnRow.message).where(*THIS_TURN)

CLAIM = (
    update(ConversationRow)
    .where(ConversationRow.id == CONVERSATION, ConversationRow.open_turn.is_(None))
    .values(open_turn=TURN, active_at=NOW)
)
"""Changes one row when no turn is being answered, and none when one is."""

ADD_TURN = insert(TurnRow).values(conversation_id=CONVERSATION, cid=TURN, started_at=NOW, message=bindparam("asked"))
CLOSE_TURN = update(TurnRow).where(*THIS_TURN).values(closed_at=NOW)

HOLD = update(ConversationRow).where(ConversationRow.id == CONVERSATION).values(active_at=NOW)
RELEASE = HOLD.values(open_turn=None)

ADD_MESSAGE = (
    insert(MessageRow)
    .values(
        conversation_id=CONVERSATION,
        number=select(func.coalesce(func.max(MessageRow.number), 0) + 1)
        .where(MessageRow.conversation_id == CONVERSATION)
        .scalar_subquery(),
        cid=TURN,
        role=bindparam("speaker"),
        content=bindparam("said"),
    )
    .returning(MessageRow.number)
)
"""Numbered after the last one of its conversation."""

ADD_BUTTONS = insert(ButtonRow)
