"""Takes a conversation out of every store that has something of it, and counts what went."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, column, delete, inspect, select, table

from wegwijzer.conversations.store import ConversationStore, Outliving
from wegwijzer.database import empty_log, transaction

# The engine's own table: all that it remembers of a conversation. `tests/conversations` holds this against a real one.
TRACKER_EVENTS = table("events", column("sender_id"))


class Erasure:
    """Erases in our own tables and in the engine's tracker."""

    def __init__(self, store: ConversationStore, outliving: Sequence[Outliving], tracker: Engine) -> None:
        """`outliving` is erased when a visitor wants it, and has days of its own otherwise."""
        self._store = store
        self._outliving = outliving
        self._tracker = tracker

    def erase(self, conversation: str) -> dict[str, int]:
        """Erase `conversation` everywhere; how many records went, by store. Raises DatabaseUnavailableError."""
        return self._erase(conversation, self._outliving)

    def _erase(self, conversation: str, outliving: Sequence[Outliving] = ()) -> dict[str, int]:
        # The engine's part first: when it fails the visitor can still ask again.
        events = self._forget(conversation)
        erased = self._store.erase(conversation, outliving)
        self._empty_logs()
        return {**erased, "engine_events": events}

    def erase_older_than(self, days: int) -> int:
        """Erase the conversations that have been silent for `days` days; how many. What outlives them stays."""
        old = self._store.silent_since(datetime.now(UTC) - timedelta(days=days))
        for conversation in old:
            self._erase(conversation)
        return len(old)

    def erase_remains(self) -> int:
        """Erase what is left of erased conversations; of how many the engine had noted something afterwards.

        It may be busy with a turn for longer than anybody waits for its answer.
        """
        # In this order: a conversation is there before the engine hears of it.
        noted = self._noted()
        remains = noted - self._store.conversations()
        for conversation in remains:
            self._forget(conversation)
        self._empty_logs()
        return len(remains)

    def _empty_logs(self) -> None:
        self._store.empty_log()
        empty_log(self._tracker)

    def _noted(self) -> set[str]:
        with transaction(self._tracker) as connection:
            if not _has_events(connection):
                return set()
            return set(connection.scalars(select(TRACKER_EVENTS.c.sender_id).distinct()))

    def _forget(self, conversation: str) -> int:
        with transaction(self._tracker) as connection:
            if not _has_events(connection):
                return 0
            statement = delete(TRACKER_EVENTS).where(TRACKER_EVENTS.c.sender_id == conversation)
            return connection.execute(statement).rowcount


def _has_events(connection: Connection) -> bool:
    # Not before the engine has been started for the first time.
    return inspect(connection).has_table(TRACKER_EVENTS.name)
