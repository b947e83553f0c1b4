"""Our tracker store reads and writes what Rasa's own does, in the same table."""

import asyncio
from pathlib import Path
from typing import List

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.tracker_store import TurnTrackerStore

FIRST = [
    SessionStarted(timestamp=1.1),
    UserUttered("hoi", {"name": "greet"}, timestamp=1.2),
    BotUttered("Dag!", timestamp=1.3),
]
MORE = [ActionExecuted("action_greet", timestamp=2.0), UserUttered("dag", timestamp=2.1)]
NEW_SESSION = [SessionStarted(timestamp=9.0), UserUttered("daar ben ik weer", timestamp=9.1)]
MORE_LATER = [BotUttered("Welkom terug.", timestamp=9.2)]


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty database file."""
    return f"sqlite:///{tmp_path / 'tracker.sqlite3'}"


def ours(database: str) -> TurnTrackerStore:
    """The store as the engine makes it."""
    return TurnTrackerStore(Domain.empty(), host=database)


def rasas_own(database: str) -> SQLTrackerStore:
    """Rasa's store on the same database."""
    return SQLTrackerStore(Domain.empty(), host=database)


def save(store: SQLTrackerStore, events: List[Event], sender: str = "anna") -> None:
    """Save a conversation with `events`."""
    asyncio.run(store.save(DialogueStateTracker.from_events(sender, events)))


def events_in(store: SQLTrackerStore, sender: str = "anna") -> List[Event]:
    """The events of a conversation as the store gives them back."""
    return list(asyncio.run(store.retrieve(sender)).events)


def test_a_conversation_that_nobody_knows_is_none(database: str) -> None:
    assert asyncio.run(ours(database).retrieve("nobody")) is None


def test_what_was_saved_comes_back_with_what_was_added(database: str) -> None:
    store = ours(database)

    save(store, FIRST)
    save(store, [UserUttered("iets anders", timestamp=1.5)], sender="ben")
    save(store, [*FIRST, *MORE])
    save(store, [*FIRST, *MORE])

    assert events_in(store) == [*FIRST, *MORE]
    assert events_in(store, "ben") == [UserUttered("iets anders", timestamp=1.5)]


def test_rasas_own_store_reads_what_ours_wrote_and_the_other_way_round(database: str) -> None:
    save(ours(database), FIRST)
    assert events_in(rasas_own(database)) == FIRST

    save(rasas_own(database), [*FIRST, *MORE])
    assert events_in(ours(database)) == [*FIRST, *MORE]


def test_only_the_latest_session_is_read_and_added_to(database: str) -> None:
    store = ours(database)
    save(store, FIRST)
    save(store, [*FIRST, *NEW_SESSION])
    latest = events_in(store)
    save(store, [*latest, *MORE_LATER])

    assert latest == NEW_SESSION == events_in(rasas_own(database))[: len(NEW_SESSION)]
    assert events_in(store) == events_in(rasas_own(database)) == [*NEW_SESSION, *MORE_LATER]


def test_every_column_is_filled_as_rasa_does(database: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    save(ours(database), [*FIRST, *MORE])
    save(rasas_own(other), [*FIRST, *MORE])

    assert rows_of(database) == rows_of(other)


def rows_of(database: str) -> List[tuple]:
    """All that is in the table of events."""
    with rasas_own(database).engine.begin() as connection:
        return connection.execute("SELECT * FROM events ORDER BY id").fetchall()
