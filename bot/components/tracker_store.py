"""Rasa's SQL tracker store, with the two things that every turn does written for it: reading and adding events.

Rasa composes its queries anew for every turn and adds events one by one. That took longer than anything else
in a turn but the encoding of the message. The table stays Rasa's own, and so does everything else.
"""

from __future__ import annotations

import json
from typing import Any, Dict, Optional, Text

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

EVENTS = SQLTrackerStore.SQLEvent.__table__
SENDER = sa.bindparam("sender")
SESSION_START = (
    sa.select(sa.func.max(EVENTS.c.timestamp))
    .where(EVENTS.c.sender_id == SENDER, EVENTS.c.type_name == SessionStarted.type_name)
    .scalar_subquery()
)
OF_THE_SESSION = (
    EVENTS.c.sender_id == SENDER,
    sa.or_(EVENTS.c.timestamp >= SESSION_START, SESSION_START.is_(None)),
)
DATA = sa.select(EVENTS.c.data).where(*OF_THE_SESSION).order_by(EVENTS.c.id)
COUNT = sa.select(sa.func.count()).select_from(EVENTS).where(*OF_THE_SESSION)
ADD = sa.insert(EVENTS)


class TurnTrackerStore(SQLTrackerStore):
    """Events of conversations in SQL, read and added with statements that are made once."""

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The tracker of the latest session of `sender_id`; None when there are no events."""
        with self.engine.begin() as connection:
            events = [json.loads(data) for data in connection.execute(DATA, {"sender": sender_id}).scalars()]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots) if events else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events of `tracker` that are not stored yet."""
        await self.stream_events(tracker)
        with self.engine.begin() as connection:
            stored = connection.execute(COUNT, {"sender": tracker.sender_id}).scalar_one()
            rows = [_row(tracker.sender_id, event) for event in list(tracker.events)[stored:]]
            if rows:
                connection.execute(ADD, rows)


def _row(sender: Text, event: Event) -> Dict[Text, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
