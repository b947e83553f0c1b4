"""Takes a conversation out of every store that has something of it, and counts what went."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Engine, column, delete, inspect, table

from wegwijzer.conversations.store import ConversationStore
from wegwijzer.database import transaction

# The engine's own table: all that it remembers of a conversation. `tests/conversations` holds this against a real one.
TRACKER_EVENTS = table("events", column("sender_id"))


class Erasure:
    """Erases in our own tables and in the engine's tracker."""

    def __init__(self, store: ConversationStore, tracker: Engine) -> None:
        self._store = store
        self._tracker = tracker

    def erase(self, conversation: str) -> dict[str, int]:
        """Erase `conversation` everywhere; how many records went, by store. Raises DatabaseUnavailableError."""
        # The engine's part first: when it fails the visitor can still ask again.
        events = self._forget(conversation)
        return {**self._store.erase(conversation), "engine_events": events}

    def erase_older_than(self, days: int) -> int:
        """Erase the conversations that have been silent for `days` days; how many."""
        old = self._store.silent_since(datetime.now(UTC) - timedelta(days=days))
        for conversation in old:
            self.erase(conversation)
        return len(old)

    def _forget(self, conversation: str) -> int:
        if not inspect(self._tracker).has_table(TRACKER_EVENTS.name):
            return 0  # the engine has not been started yet
        with transaction(self._tracker) as session:
            statement = delete(TRACKER_EVENTS).where(TRACKER_EVENTS.c.sender_id == conversation)
            return cast(CursorResult[Any], session.execute(statement)).rowcount
