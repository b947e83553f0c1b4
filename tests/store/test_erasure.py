"""Erasing takes a conversation out of every table, the engine's too, and counts what went."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.store.conftest import Talk, begin
from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.reports import ReportStore
from wegwijzer.conversations.store import ConversationStore, SessionExpiredError
from wegwijzer.conversations.tables import ButtonRow, ConversationRow, MessageRow, ReportRow, TurnRow
from wegwijzer.database import engine_for


def noted(database: Engine, talk: Talk, events: int) -> None:
    """Let the engine have noted so many events of a conversation."""
    with database.begin() as connection:
        first = connection.execute(text("SELECT count(*) FROM events")).scalar_one()
        for number in range(events):
            values = {"id": first + number, "sender": talk.id}
            connection.execute(text("INSERT INTO events (id, sender_id, data) VALUES (:id, :sender, 'x')"), values)


def counts(database: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with Session(database) as session:
        ours = {
            str(table.__tablename__): session.query(table).count()
            for table in (ConversationRow, TurnRow, MessageRow, ButtonRow, ReportRow)
        }
        events = session.execute(text("SELECT count(*) FROM events")).scalar_one()
    return {**ours, "engine_events": events}


def test_the_receipt_counts_every_row(erasure: Erasure, database: Engine, talk: Talk) -> None:
    talk.answered("cid-0001")
    noted(database, talk, events=5)
    before = counts(database)

    assert erasure.erase(talk.id) == before
    assert set(counts(database).values()) == {0}


def test_erasing_twice_finds_nothing(erasure: Erasure, talk: Talk) -> None:
    erasure.erase(talk.id)

    assert set(erasure.erase(talk.id).values()) == {0}


def test_the_token_opens_nothing_afterwards(erasure: Erasure, talk: Talk) -> None:
    erasure.erase(talk.id)

    with pytest.raises(SessionExpiredError):
        talk.store.enter(talk.token)


def test_another_conversation_stays_whole(erasure: Erasure, database: Engine, talk: Talk) -> None:
    other = begin(talk.store)
    other.answered("cid-0001")
    noted(database, other, events=2)
    before = counts(database)

    erased = erasure.erase(talk.id)

    assert counts(database) == {table: count - erased[table] for table, count in before.items()}
    assert other.store.enter(other.token).id == other.id


def test_an_engine_that_never_ran_has_nothing_to_erase(
    store: ConversationStore, reports: ReportStore, talk: Talk, tmp_path: Path
) -> None:
    tracker = engine_for(f"sqlite:///{tmp_path / 'tracker.sqlite3'}")

    erasure = Erasure(store, [reports], tracker)

    assert erasure.erase_remains() == 0
    assert erasure.erase(talk.id)["engine_events"] == 0
    tracker.dispose()


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_a_conversation_is_erased_once_it_was_silent_for_long(
    erasure: Erasure, database: Engine, talk: Talk, days: int, left: int
) -> None:
    noted(database, talk, events=1)
    with Session(database) as session, session.begin():
        session.get_one(ConversationRow, talk.id).active_at -= timedelta(days=days)

    assert erasure.erase_older_than(30) == 1 - left
    assert counts(database)["conversations"] == counts(database)["engine_events"] == left


def test_only_the_old_ones_are_erased(erasure: Erasure, database: Engine, talk: Talk) -> None:
    recent = begin(talk.store)
    with Session(database) as session, session.begin():
        session.get_one(ConversationRow, talk.id).active_at -= timedelta(days=40)

    assert erasure.erase_older_than(30) == 1
    assert erasure.erase_older_than(30) == 0
    assert recent.store.enter(recent.token).id == recent.id


def test_what_the_engine_notes_after_an_erasure_is_erased_with_the_remains(
    erasure: Erasure, database: Engine, talk: Talk
) -> None:
    gone = begin(talk.store)
    erasure.erase(gone.id)
    for each in (gone, talk):
        noted(database, each, events=3)

    assert erasure.erase_remains() == 1
    assert erasure.erase_remains() == 0
    assert counts(database)["engine_events"] == 3


def test_silence_is_measured_from_the_last_question(store: ConversationStore, talk: Talk) -> None:
    before = datetime.now(UTC)
    talk.answered("cid-0001")

    assert store.silent_since(before) == []
    assert store.silent_since(datetime.now(UTC)) == [talk.id]


def test_silence_is_the_same_moment_in_every_zone(store: ConversationStore, talk: Talk) -> None:
    moment = datetime.now(UTC) + timedelta(minutes=1)

    for hours in (-11, 0, 13):
        assert store.silent_since(moment.astimezone(timezone(timedelta(hours=hours)))) == [talk.id]
