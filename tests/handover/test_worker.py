"""A worker tries again what may arrive, gives up what cannot, and loses nothing to a locked database."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handover.conftest import CONSENT, CONTACT, DOSSIER, MAILBOX, NOON, Answering, Cast, partner
from wegwijzer.errors import DatabaseUnavailableError
from wegwijzer.handover.channels.channel import NotDeliveredError
from wegwijzer.handover.contact import ContactCipher
from wegwijzer.handover.outbox import MOST_ATTEMPTS, Claim, Outbox
from wegwijzer.handover.pauses import Pauses
from wegwijzer.handover.worker import Worker


def fails(message: str = "status 503", **more: Any) -> Callable[[], str]:
    """An attempt that fails."""

    def fail() -> str:
        raise NotDeliveredError(message, **more)

    return fail


def until_nothing_is_open(worker: Worker, cast: Cast) -> None:
    """Let the worker run until every row is closed or failed; its pauses let time go by."""
    worker.run(lambda: all(row.state in ("closed", "failed") for row in cast.parcels()))


def test_it_delivers_what_was_sent(cast: Cast) -> None:
    handover, channel = cast.sent(), Answering()

    assert cast.worker(channel).send_all() == 1

    assert cast.store.get(handover).state == "delivered"
    [got] = channel.got
    assert (got.dossier, got.contact, got.partner.id) == (DOSSIER, CONTACT, "qredits")
    assert got.reference == cast.store.get(handover).reference
    assert got.key == cast.parcels()[0].idempotency_key


def test_the_partner_decides_the_channel(cast: Cast) -> None:
    cast.sent()
    cast.sent(partner=MAILBOX, consent=replace(CONSENT, partner="kvk"))
    webhook, email = Answering(), Answering()

    cast.worker(webhook, channels={"webhook": webhook, "email": email}).send_all()

    assert [got.partner.id for got in webhook.got] == ["qredits"]
    assert [got.partner.id for got in email.got] == ["kvk"]


def test_what_fails_comes_again_after_growing_pauses(cast: Cast) -> None:
    cast.sent()

    until_nothing_is_open(cast.worker(Answering([fails()] * 3)), cast)

    starts = [(row.started_at - NOON).total_seconds() for row in cast.attempts()]
    pauses = [later - earlier for earlier, later in zip(starts, starts[1:], strict=False)]
    assert [row.outcome for row in cast.attempts()] == ["again", "again", "again", "delivered"]
    assert [60 <= pauses[0] < 63, 240 <= pauses[1] < 243, 960 <= pauses[2] < 963] == [True] * 3


def test_it_gives_up_after_the_last_attempt(cast: Cast) -> None:
    handover = cast.sent()

    until_nothing_is_open(cast.worker(Answering([fails()] * 99)), cast)

    assert len(cast.attempts()) == MOST_ATTEMPTS
    assert cast.store.get(handover).state == "failed"


def test_a_refusal_is_never_tried_again(cast: Cast) -> None:
    handover, channel = cast.sent(), Answering([fails("status 400", permanent=True)])

    until_nothing_is_open(cast.worker(channel), cast)

    assert len(channel.got) == 1
    assert cast.store.get(handover).state == "failed"


def test_a_partner_is_left_alone_for_as_long_as_it_wants(cast: Cast) -> None:
    cast.sent()
    worker = cast.worker(Answering([fails("status 429", retry_after=7200)]))

    worker.send_all()

    assert (cast.parcels()[0].due_at - NOON).total_seconds() == 7200


def test_every_attempt_of_a_handover_is_the_same(cast: Cast) -> None:
    cast.sent()
    channel = Answering([fails()] * 2)

    until_nothing_is_open(cast.worker(channel), cast)

    assert channel.got[0] == channel.got[1] == channel.got[2]


def test_a_fault_in_a_channel_is_survived_and_told_without_its_words(cast: Cast) -> None:
    cast.sent()

    def breaks() -> str:
        raise ValueError("mail of sanne@bakkerij.nl cannot be read")

    until_nothing_is_open(cast.worker(Answering([breaks])), cast)

    assert [row.outcome for row in cast.attempts()] == ["again", "delivered"]
    assert cast.attempts()[0].detail == "a fault in the program: ValueError"


@pytest.mark.parametrize("loss", ["partner", "key"])
def test_what_lacks_a_partner_or_a_key_waits_until_that_is_mended(cast: Cast, loss: str) -> None:
    who = "lost" if loss == "partner" else "qredits"
    cast.sent(partner=partner(id=who), consent=replace(CONSENT, partner=who))
    worker = cast.worker(Answering())
    if loss == "key":
        strange = ContactCipher(["c3RyYW5nZSBzdHJhbmdlIHN0cmFuZ2Ugc3RyYW5nZSE="])
        worker = replace(worker, deliveries=replace(worker.deliveries, cipher=strange))

    worker.send_all()

    assert [(row.outcome, row.ended_at) for row in cast.attempts()] == [("again", NOON)]
    assert cast.parcels()[0].state == "waiting"


@dataclass
class Locked(Outbox):
    """An outbox whose database is locked for some calls."""

    real: Outbox
    times: int
    calls: list[str] = field(default_factory=list)

    def claim(self) -> Claim | None:
        """Locked at first."""
        self._try("claim")
        return self.real.claim()

    def delivered(self, claim: Claim, detail: str) -> None:
        """Locked at first."""
        self._try("delivered")
        self.real.delivered(claim, detail)

    def _try(self, name: str) -> None:
        self.calls.append(name)
        if self.calls.count(name) <= self.times:
            raise DatabaseUnavailableError("the database is locked")


def test_a_locked_database_is_waited_for_and_what_was_delivered_is_not_sent_again(cast: Cast) -> None:
    handover, channel = cast.sent(), Answering()
    locked = Locked(cast.outbox, times=5)

    until_nothing_is_open(cast.worker(channel, outbox=locked), cast)

    assert locked.calls.count("claim") == 6
    assert locked.calls.count("delivered") == 6
    assert len(channel.got) == 1
    assert cast.store.get(handover).state == "delivered"


def test_it_stops_between_two_handovers(cast: Cast) -> None:
    for _ in range(3):
        cast.sent()
    channel = Answering()

    cast.worker(channel).run(lambda: len(channel.got) == 2)

    assert sorted(row.state for row in cast.parcels()) == ["closed", "closed", "waiting"]


@given(st.integers(1, 8), st.none() | st.floats(0, 1e12), st.floats(0, 1))
def test_a_pause_is_never_longer_than_the_longest(attempt: int, retry_after: float | None, chance: float) -> None:
    pauses = Pauses(60, 43_200, draw=lambda least, most: least + chance * (most - least))

    pause = pauses.after(attempt, retry_after)

    assert min(retry_after or 0, 43_200) <= pause <= 43_200


def test_pauses_are_drawn_anew_each_time() -> None:
    assert len({Pauses(60, 43_200).after(3) for _ in range(20)}) == 20
