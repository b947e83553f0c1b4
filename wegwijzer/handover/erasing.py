"""What is erased of handovers: on request all of a conversation, and in time what is kept no longer."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update

from wegwijzer.database import empty_log, transaction
from wegwijzer.handover.clock import Clock, utc_now
from wegwijzer.handover.tables import AttemptRow, HandoverRow, OutboxRow, State

OVER: tuple[State, ...] = ("failed", "declined", "done")


class HandoverErasure:
    """Erases handovers in one database. Every method raises DatabaseUnavailableError when that is locked or away."""

    def __init__(self, engine: Engine, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._clock = clock

    def erase_of(self, connection: Connection, conversation: str) -> dict[str, int]:
        """Erase all that a conversation sent; how many rows, by table. What is on its way to a partner may arrive."""
        return _erase(connection, HandoverRow.conversation_id == conversation)

    def purge(self, contact_days: int, days: int) -> dict[str, int]:
        """Erase contact details so many days after a handover was over, and handovers so many days after they were
        sent; how many of each went."""
        return {"contacts": self._purge_contacts(contact_days), "handovers": self._purge_handovers(days)}

    def _purge_contacts(self, days: int) -> int:
        old = update(HandoverRow).where(
            HandoverRow.state.in_(OVER),
            HandoverRow.changed_at < self._clock() - timedelta(days=days),
            HandoverRow.contact.is_not(None),
        )
        with transaction(self._engine) as connection:
            gone = connection.execute(old.values(contact=None)).rowcount
        if gone:
            empty_log(self._engine)
        return gone

    def _purge_handovers(self, days: int) -> int:
        with transaction(self._engine) as connection:
            gone = _erase(connection, HandoverRow.created_at < self._clock() - timedelta(days=days))["handovers"]
        if gone:
            empty_log(self._engine)
        return gone


def _erase(connection: Connection, *which: Any) -> dict[str, int]:
    handovers = select(HandoverRow.id).where(*which)
    parcels = select(OutboxRow.id).where(OutboxRow.handover_id.in_(handovers))
    # Workers change the outbox before the attempts as well; in another order the two could wait for each other.
    connection.execute(parcels.with_for_update()).all()
    attempts = connection.execute(delete(AttemptRow).where(AttemptRow.outbox_id.in_(parcels))).rowcount
    outbox = connection.execute(delete(OutboxRow).where(OutboxRow.handover_id.in_(handovers))).rowcount
    gone = connection.execute(delete(HandoverRow).where(*which)).rowcount
    return {"handovers": gone, "outbox": outbox, "attempts": attempts}
