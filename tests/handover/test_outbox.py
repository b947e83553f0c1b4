"""A row of the outbox is claimed by one worker, closes only after success, and outlives a worker that dies."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.handover.conftest import LEASE_SECONDS, NOON, Cast
from wegwijzer.database import transaction
from wegwijzer.handover.outbox import MOST_ATTEMPTS, Claim


def claimed(cast: Cast) -> Claim:
    """What is claimed now; there is something."""
    claim = cast.outbox.claim()
    assert claim is not None
    return claim


def outcomes(cast: Cast) -> list[str | None]:
    """What became of each attempt."""
    return [row.outcome for row in cast.attempts()]


def test_the_attempt_is_there_before_anything_is_sent(cast: Cast) -> None:
    handover = cast.sent()

    claim = claimed(cast)

    assert (claim.handover, claim.number) == (handover, 1)
    assert [(row.number, row.started_at, row.ended_at, row.outcome) for row in cast.attempts()] == [
        (1, NOON, None, None)
    ]
    assert [row.state for row in cast.parcels()] == ["claimed"]


def test_what_is_claimed_is_claimed_by_nobody_else(cast: Cast) -> None:
    cast.sent()
    claimed(cast)

    assert cast.outbox.claim() is None


def test_what_is_due_for_longest_comes_first(cast: Cast) -> None:
    first = cast.sent()
    cast.time.pass_by(1)
    second = cast.sent()

    assert [claimed(cast).handover, claimed(cast).handover] == [first, second]


def test_of_many_at_once_each_gets_another(cast: Cast) -> None:
    sent = {cast.sent() for _ in range(40)}

    with ThreadPoolExecutor(8) as threads:
        claims = list(threads.map(lambda _: cast.outbox.claim(), range(60)))

    found = [claim.handover for claim in claims if claim]
    assert len(found) == len(set(found)) == 40
    assert set(found) == sent


def test_what_arrived_is_closed(cast: Cast) -> None:
    handover = cast.sent()

    cast.outbox.delivered(claimed(cast), "status 204")

    assert cast.store.get(handover).state == "delivered"
    assert [(row.state, row.claimed_by) for row in cast.parcels()] == [("closed", None)]
    assert [(row.outcome, row.detail) for row in cast.attempts()] == [("delivered", "status 204")]
    assert cast.outbox.claim() is None


def test_what_was_refused_is_visibly_failed(cast: Cast) -> None:
    handover = cast.sent()

    cast.outbox.refused(claimed(cast), "status 400")

    assert cast.store.get(handover).state == "failed"
    assert [row.state for row in cast.parcels()] == ["failed"]
    assert [one.id for one in cast.store.in_state("failed")] == [handover]
    assert cast.outbox.claim() is None


def test_what_is_to_come_again_waits_until_then(cast: Cast) -> None:
    handover = cast.sent()
    cast.outbox.again(claimed(cast), "status 503", NOON + timedelta(seconds=60))
    cast.time.pass_by(59)
    assert cast.outbox.claim() is None
    cast.time.pass_by(1)

    again = claimed(cast)

    assert (again.number, cast.store.get(handover).state) == (2, "queued")


def test_the_key_is_the_same_in_every_attempt(cast: Cast) -> None:
    cast.sent()
    first = claimed(cast)
    cast.outbox.again(first, "status 503", NOON)

    assert claimed(cast).key == first.key


def test_it_fails_after_the_last_attempt(cast: Cast) -> None:
    handover = cast.sent()

    for _ in range(MOST_ATTEMPTS):
        cast.outbox.again(claimed(cast), "status 503", NOON)

    assert cast.outbox.claim() is None
    assert cast.store.get(handover).state == "failed"
    assert outcomes(cast) == ["again"] * MOST_ATTEMPTS


def test_another_takes_over_when_a_claim_runs_out(cast: Cast) -> None:
    cast.sent()
    dead = claimed(cast)
    cast.time.pass_by(LEASE_SECONDS - 1)
    assert cast.outbox.claim() is None
    cast.time.pass_by(1)

    heir = claimed(cast)

    assert (heir.number, heir.key) == (2, dead.key)
    assert outcomes(cast) == ["cut_off", None]


def test_a_worker_that_dies_in_the_last_attempt_leaves_a_visible_failure(cast: Cast) -> None:
    handover = cast.sent()
    for _ in range(MOST_ATTEMPTS):
        claimed(cast)
        cast.time.pass_by(LEASE_SECONDS)

    assert cast.outbox.claim() is None
    assert cast.store.get(handover).state == "failed"
    assert outcomes(cast) == ["cut_off"] * MOST_ATTEMPTS


def test_what_a_slow_worker_gives_back_stays_with_its_heir(cast: Cast) -> None:
    handover = cast.sent()
    slow = claimed(cast)
    cast.time.pass_by(LEASE_SECONDS)
    claimed(cast)

    cast.outbox.refused(slow, "status 400")

    assert [row.state for row in cast.parcels()] == ["claimed"]
    assert cast.store.get(handover).state == "queued"


def test_what_a_slow_worker_delivered_is_delivered(cast: Cast) -> None:
    handover = cast.sent()
    slow = claimed(cast)
    cast.time.pass_by(LEASE_SECONDS)
    heir = claimed(cast)

    cast.outbox.delivered(slow, "status 204")
    cast.outbox.again(heir, "status 503", NOON)

    assert cast.store.get(handover).state == "delivered"
    assert [row.state for row in cast.parcels()] == ["closed"]
    assert outcomes(cast) == ["delivered", "again"]


def test_a_delivery_that_is_told_late_does_not_undo_an_answer(cast: Cast) -> None:
    handover = cast.sent()
    claim = claimed(cast)
    cast.store.answer(handover, "accepted")

    cast.outbox.delivered(claim, "status 204")

    assert cast.store.get(handover).state == "accepted"


@pytest.mark.parametrize("told", ["refused", "again"])
def test_an_answer_is_not_undone_by_a_failure_either(cast: Cast, told: str) -> None:
    handover = cast.sent()
    claim = claimed(cast)
    cast.store.answer(handover, "accepted")

    if told == "refused":
        cast.outbox.refused(claim, "status 400")
    else:
        cast.outbox.again(claim, "status 503", NOON)

    assert cast.outbox.claim() is None
    assert cast.store.get(handover).state == "accepted"


def test_what_is_open_is_found_by_its_index(cast: Cast) -> None:
    if cast.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a table as small as this as a whole")
    plan = (
        "EXPLAIN QUERY PLAN SELECT id FROM outbox "
        "WHERE state IN ('waiting', 'claimed') AND due_at <= '2026' ORDER BY due_at LIMIT 1"
    )

    with transaction(cast.engine) as connection:
        assert "ix_outbox_due" in str(connection.execute(text(plan)).all())
