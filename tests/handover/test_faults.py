"""The fault run: whatever goes wrong, each handover is delivered once by its key or visibly failed; none is lost.

Real processes that send are killed, a real partner misbehaves, and the database is locked. `FAULT_SEED=7` runs it with
another seed, `FAULT_HANDOVERS=200` with fewer handovers.
"""

import os
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, inspect, select
from standardwebhooks import Webhook

from tests.handover.conftest import EMAIL, NAME, REQUEST, SECRET, Cast, cast_on
from tests.handover.faults import WEIGHTS, FaultyPartner, Locker, Machine, chances, now_and_then
from tests.handover.peers import HttpPeer, listening
from tests.handover.test_commands import of_a_partner
from wegwijzer.database import Base, engine_for, migrate, transaction
from wegwijzer.errors import DatabaseUnavailableError
from wegwijzer.handover.clock import utc_now
from wegwijzer.handover.consent import NoConsentError
from wegwijzer.handover.outbox import MOST_ATTEMPTS
from wegwijzer.handover.tables import IS_OPEN, AttemptRow, HandoverRow, OutboxRow

SEED = int(os.environ.get("FAULT_SEED", "20260302"))
HANDOVERS = int(os.environ.get("FAULT_HANDOVERS", "1000"))
PROCESSES = 3
LIMIT_SECONDS = 300
SECRETS = (NAME, EMAIL, "612345678", "oven")


@dataclass
class Run:
    """Everything in one fault run."""

    cast: Cast
    partner: FaultyPartner
    inside: HttpPeer
    machine: Machine
    locker: Locker
    refused_without_consent: int = 0

    def send(self) -> set[str]:
        """Send all handovers, some of them first without consent; their ids."""
        sent = set()
        for number in range(HANDOVERS):
            if number % 10 == 0:
                self._send_without_consent()
            conversation = self._insist(self.cast.conversation)
            sent.add(self._insist(lambda here=conversation: self.cast.store.send(here, REQUEST).id))  # type: ignore[misc]
        return sent

    def _send_without_consent(self) -> None:
        request = replace(REQUEST, consent=None)
        with pytest.raises(NoConsentError):
            self.cast.store.send(self._insist(self.cast.conversation), request)
        self.refused_without_consent += 1

    def _insist(self, act: Callable[[], str]) -> str:
        # As a visitor does who is told to come back in a moment.
        while True:
            try:
                return act()
            except DatabaseUnavailableError:
                continue

    def is_over(self) -> bool:
        """Whether nothing is open any more."""
        try:
            with transaction(self.cast.engine) as connection:
                return not connection.scalar(select(func.count()).select_from(OutboxRow).where(IS_OPEN))
        except DatabaseUnavailableError:
            return False


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Iterator[Run]:
    """A fault run on an empty database, with peers that listen until its end."""
    migrate(database_url)
    cast, application = cast_on(engine_for(database_url), utc_now()), f"fault-run-{os.getpid()}"
    with ExitStack() as stack:
        inside = stack.enter_context(listening(HttpPeer()))
        partner = FaultyPartner(chances(SEED), Webhook(SECRET), inside.url)
        peer = stack.enter_context(listening(HttpPeer(partner)))
        variables = {
            **of_a_partner(tmp_path, peer.url),
            "database_url": _named(database_url, application),
            "contact_keys": cast.key,
            "answer_keys": cast.key,
            "demo": "false",
            "partner_private_addresses": "true",
            "delivery_timeout_seconds": "0.4",
            "delivery_pause_seconds": "0.02",
            "delivery_longest_pause_seconds": "0.3",
            "log_format": "json",
        }
        machine = Machine(chances(SEED + 1), variables, tmp_path / "deliver.log")
        stack.callback(machine.kill_all)
        yield Run(cast, partner, inside, machine, Locker(cast.engine, chances(SEED + 2), application))


def _named(url: str, application: str) -> str:
    return f"{url}&application_name={application}" if url.startswith("postgresql") else url


def test_each_handover_is_delivered_once_by_its_key_or_visibly_failed(run: Run) -> None:
    drawn, began = chances(SEED + 3), time.monotonic()
    run.machine.start(PROCESSES)
    with (
        now_and_then(run.machine.kill_one, lambda: drawn.uniform(1.5, 3)),
        now_and_then(run.locker.lock, lambda: drawn.uniform(0.5, 2)),
    ):
        sent = run.send()
        while not run.is_over():
            assert time.monotonic() - began < LIMIT_SECONDS, "handovers are still open"
            time.sleep(0.2)
    codes = run.machine.stop()
    # Shown when it fails, or with `pytest -s`.
    print(f"seed {SEED}: {time.monotonic() - began:.0f} s; {summary(run)}")  # noqa: T201

    # One that was killed a moment before the end is only just starting, and has nothing to finish.
    assert set(codes) <= {0, -signal.SIGTERM}
    check_that_nothing_is_lost(run, sent)
    check_that_each_is_delivered_or_visibly_failed(run)
    check_that_everything_went_wrong(run)
    check_that_nothing_leaked(run)


def check_that_nothing_is_lost(run: Run, sent: set[str]) -> None:
    """What was sent is there, with its consent and one parcel, and nothing else is."""
    rows = everything(run.cast, HandoverRow)
    assert {row.id for row in rows} == sent
    assert all(row.consent_text and row.consent_version and row.consented_at for row in rows)
    assert run.refused_without_consent == -(-HANDOVERS // 10)
    parcels = everything(run.cast, OutboxRow)
    assert Counter(row.handover_id for row in parcels) == dict.fromkeys(sent, 1)
    assert len({row.idempotency_key for row in parcels}) == HANDOVERS


def check_that_each_is_delivered_or_visibly_failed(run: Run) -> None:
    """The state of each is what the partner knows of its key; what failed was refused, or tried as often as may be."""
    states = {row.id: row.state for row in everything(run.cast, HandoverRow)}
    attempts = defaultdict(list)
    for row in everything(run.cast, AttemptRow):
        attempts[row.outbox_id].append(row)
    for parcel in everything(run.cast, OutboxRow):
        key, made = parcel.idempotency_key, attempts[parcel.id]
        outcomes = Counter(attempt.outcome for attempt in made)
        assert all(attempt.ended_at and attempt.outcome for attempt in made)
        assert [attempt.number for attempt in made] == list(range(1, len(made) + 1))
        assert len(made) <= MOST_ATTEMPTS
        assert run.partner.accepted[key] <= len(made)
        assert not outcomes["refused"] or key in run.partner.refused
        if states[parcel.handover_id] == "delivered":
            assert parcel.state == "closed"
            assert outcomes["delivered"] >= 1 and run.partner.accepted[key] >= 1
        else:
            assert (states[parcel.handover_id], parcel.state) == ("failed", "failed")
            assert outcomes["refused"] or len(made) == MOST_ATTEMPTS
    known = {parcel.idempotency_key for parcel in everything(run.cast, OutboxRow)}
    assert set(run.partner.accepted) <= known


def check_that_everything_went_wrong(run: Run) -> None:
    """The run was no idle one."""
    assert set(run.partner.seen) == set(WEIGHTS)
    assert run.machine.killed >= HANDOVERS // 250
    assert run.locker.locked >= HANDOVERS // 250
    outcomes = Counter(row.outcome for row in everything(run.cast, AttemptRow))
    assert set(outcomes) == {"delivered", "again", "refused", "cut_off"}


def check_that_nothing_leaked(run: Run) -> None:
    """No request was unsigned, none followed a redirect, and no log tells of anybody."""
    assert run.partner.forged == 0
    assert run.inside.got == []
    log = run.machine.log.read_text()
    assert not [secret for secret in SECRETS if secret in log]
    assert "Traceback" not in log
    if run.cast.engine.dialect.name == "sqlite":
        files = Path(run.cast.engine.url.database or "").parent.glob("test.sqlite3*")
        stored = b"".join(file.read_bytes() for file in files)
        assert not [secret for secret in SECRETS[:3] if secret.encode() in stored]


def everything(cast: Cast, table: type[Base]) -> Sequence[Row[Any]]:
    """Every row of a table, in the order of its keys."""
    with transaction(cast.engine) as connection:
        return connection.execute(select(table).order_by(*inspect(table).primary_key)).all()


def summary(run: Run) -> str:
    """What happened, in figures."""
    states = Counter(row.state for row in everything(run.cast, HandoverRow))
    outcomes = Counter(row.outcome for row in everything(run.cast, AttemptRow))
    repeats = sum(count - 1 for count in run.partner.accepted.values() if count > 1)
    return (
        f"{dict(states)}, attempts {dict(outcomes)}, partner {dict(run.partner.seen)}, repeats {repeats}, "
        f"killed {run.machine.killed}, locked {run.locker.locked}"
    )
