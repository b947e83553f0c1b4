"""The outbox: which handover is to be sent next, who is sending it, and what became of each attempt.

A row is claimed by one conditional update, together with the attempt that is about to begin, and both are there before
anything is sent. It closes only after success: a crash means a repeat with the same key, never a loss. Every method is
one short transaction and raises DatabaseUnavailableError when the database is locked or away.
"""

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Connection, Engine, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from wegwijzer.database import transaction
from wegwijzer.handover.clock import Clock, utc_now
from wegwijzer.handover.tables import IS_OPEN, AttemptRow, HandoverRow, OutboxRow, OutboxState, Outcome, State

MOST_ATTEMPTS = 8
CUT_OFF: Outcome = "cut_off"
LONGEST_DETAIL = 200

_NOW: BindParameter[datetime] = bindparam("now")
_next = aliased(OutboxRow)
# On PostgreSQL workers pass by what another is claiming; SQLite lets one write at a time, and leaves the words out.
_NEXT = (
    select(_next.id)
    .where(IS_OPEN, _next.due_at <= _NOW, or_(_next.claimed_until.is_(None), _next.claimed_until <= _NOW))
    .order_by(_next.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
CLAIM = (
    update(OutboxRow)
    .where(
        OutboxRow.id == _NEXT,
        IS_OPEN,
        or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until <= _NOW),
    )
    .values(state="claimed", claimed_by=bindparam("holder"), claimed_until=bindparam("until"))
    .returning(OutboxRow.id, OutboxRow.handover_id, OutboxRow.idempotency_key)
)
"""Claims the row that is due for longest, unless another holds it; no row when nothing is due."""


@dataclass(frozen=True)
class Claim:
    """The right to send one handover for a while, and the number of the attempt that it is for."""

    outbox: str
    handover: str
    key: str
    holder: str
    number: int


class Outbox:
    """All that is to be sent, in one database."""

    def __init__(self, engine: Engine, lease_seconds: float, clock: Clock = utc_now) -> None:
        """`lease_seconds` is how long a claim holds: longer than any attempt takes."""
        self._engine = engine
        self._lease = timedelta(seconds=lease_seconds)
        self._clock = clock

    def claim(self) -> Claim | None:
        """What is to be sent now, its attempt written already; None when nothing is due."""
        while True:
            with transaction(self._engine) as connection:
                claim = self._claimed(connection)
                if claim is None or claim.number <= MOST_ATTEMPTS:
                    return claim
                # The sender died in the last attempt, so that nobody else has told of its end.
                self._fail(connection, claim)

    def delivered(self, claim: Claim, detail: str) -> None:
        """It arrived: close it, also when the claim ran out meanwhile."""
        with transaction(self._engine) as connection:
            arrived = update(OutboxRow).where(OutboxRow.id == claim.outbox, OutboxRow.state != "closed")
            connection.execute(arrived.values(state="closed", claimed_by=None, claimed_until=None))
            self._end(connection, claim, "delivered", detail)
            self._tell(connection, claim, "delivered", "queued", "failed")

    def refused(self, claim: Claim, detail: str) -> None:
        """It will never arrive."""
        with transaction(self._engine) as connection:
            self._fail(connection, claim)
            self._end(connection, claim, "refused", detail)

    def again(self, claim: Claim, detail: str, due_at: datetime) -> None:
        """It did not arrive this time; after the last attempt it never will."""
        with transaction(self._engine) as connection:
            if claim.number >= MOST_ATTEMPTS:
                self._fail(connection, claim)
            else:
                _release(connection, claim, "waiting", due_at)
            self._end(connection, claim, "again", detail)

    def _claimed(self, connection: Connection) -> Claim | None:
        now, holder = self._clock(), _new_holder()
        row = connection.execute(CLAIM, {"now": now, "holder": holder, "until": now + self._lease}).one_or_none()
        if row is None:
            return None
        mine = AttemptRow.outbox_id == row.id
        connection.execute(
            update(AttemptRow).where(mine, AttemptRow.ended_at.is_(None)).values(ended_at=now, outcome=CUT_OFF)
        )
        number = connection.scalar(select(func.coalesce(func.max(AttemptRow.number), 0) + 1).where(mine)) or 1
        if number <= MOST_ATTEMPTS:
            connection.execute(insert(AttemptRow).values(outbox_id=row.id, number=number, started_at=now))
        return Claim(row.id, row.handover_id, row.idempotency_key, holder, number)

    def _fail(self, connection: Connection, claim: Claim) -> None:
        if _release(connection, claim, "failed", None):
            self._tell(connection, claim, "failed", "queued")

    def _end(self, connection: Connection, claim: Claim, outcome: Outcome, detail: str) -> None:
        attempt = update(AttemptRow).where(AttemptRow.outbox_id == claim.outbox, AttemptRow.number == claim.number)
        told = {"ended_at": self._clock(), "outcome": outcome, "detail": detail[:LONGEST_DETAIL]}
        connection.execute(attempt.values(**told))

    def _tell(self, connection: Connection, claim: Claim, state: State, *before: State) -> None:
        told = update(HandoverRow).where(HandoverRow.id == claim.handover, HandoverRow.state.in_(before))
        connection.execute(told.values(state=state, changed_at=self._clock()))


def _release(connection: Connection, claim: Claim, state: OutboxState, due_at: datetime | None) -> bool:
    # Nobody gives back what another holds by now.
    mine = update(OutboxRow).where(OutboxRow.id == claim.outbox, OutboxRow.claimed_by == claim.holder)
    due = {"due_at": due_at} if due_at else {}
    return connection.execute(mine.values(state=state, claimed_by=None, claimed_until=None, **due)).rowcount == 1


def _new_holder() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
