"""Questions whose topic a visitor confirmed by picking it from what was offered: examples for maintainers to review."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, select

from wegwijzer.conversations.tables import TurnRow
from wegwijzer.database import transaction

COMMAND_SIGN = "/"


@dataclass(frozen=True)
class Confirmed:
    """What was typed (redacted) and the topic that was picked next, as `theme/topic`."""

    conversation: str
    text: str
    topic: str


def confirmed(engine: Engine) -> Iterator[Confirmed]:
    """All that the conversations hold, those of one conversation in their order.

    They go when their conversation goes (erased by the visitor, or after the days that history is kept).
    """
    turns = select(TurnRow.conversation_id, TurnRow.message).order_by(TurnRow.conversation_id, TurnRow.started_at)
    with transaction(engine) as connection:
        rows = connection.execute(turns).all()
    for asked, picked in zip(rows, rows[1:], strict=False):
        topic = _topic_of(picked.message)
        typed = asked.message and not asked.message.startswith(COMMAND_SIGN)
        if topic and typed and asked.conversation_id == picked.conversation_id:
            yield Confirmed(asked.conversation_id, asked.message, topic)


def _topic_of(message: str) -> str | None:
    """The topic behind a pressed button; None when something was typed, or the button was for something else."""
    _, brace, rest = message.partition("{")
    if not (brace and message.startswith(COMMAND_SIGN)):
        return None
    topic = json.loads(brace + rest).get("topic", "")
    # A whole theme says little of what was asked: those buttons stand under the greeting too.
    return topic if "/" in topic else None
