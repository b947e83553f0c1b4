"""Conversations in a real database: a SQLite file, and PostgreSQL where it runs."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine, text

from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.messages import Content
from wegwijzer.conversations.reports import ReportStore
from wegwijzer.conversations.store import Conversation, ConversationStore, Question, Turn
from wegwijzer.database import engine_for, migrate

SESSION_MINUTES = 60
TODAY = date(2026, 3, 1)
GREETING = Content({"text": "Hoi!", "buttons": [{"id": "b_1", "title": "Geld"}]}, {"b_1": ("Geld", "/choose{}")})


@dataclass(frozen=True)
class Talk:
    """A conversation in the store, with the steps that its visitor and the engine take."""

    store: ConversationStore
    token: str
    conversation: Conversation

    @property
    def id(self) -> str:
        """What the store knows it by."""
        return self.conversation.id

    def ask(self, cid: str, words: str = "Wat is de WBSO?") -> Turn:
        """Begin a turn."""
        return self.store.open_turn(self.id, cid, Question(text=words))

    def answered(self, cid: str, words: str = "Een regeling.") -> Turn:
        """A turn with one message as its answer."""
        turn = self.ask(cid)
        self.store.close_turn(turn, Content({"text": words}))
        return turn


@pytest.fixture
def database(database_url: str) -> Engine:
    """A database with our tables, and the engine's as Rasa makes it."""
    migrate(database_url)
    engine = engine_for(database_url)
    with engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, data TEXT)")
        )
    return engine


@pytest.fixture
def store(database: Engine) -> ConversationStore:
    """The store on that database."""
    return ConversationStore(database, SESSION_MINUTES)


@pytest.fixture
def reports(database: Engine) -> ReportStore:
    """The reports on that database, on a day of their own."""
    return ReportStore(database, lambda: TODAY)


@pytest.fixture
def erasure(database: Engine, store: ConversationStore, reports: ReportStore) -> Erasure:
    """Erases from the store and from the engine's table beside it."""
    return Erasure(store, [reports], database)


@pytest.fixture
def talk(store: ConversationStore) -> Talk:
    """A conversation that has just begun."""
    return begin(store, GREETING)


def begin(store: ConversationStore, *greeting: Content) -> Talk:
    """One more conversation."""
    token, _ = store.start("demo", "https://example.nl", greeting)
    return Talk(store, token, store.enter(token))
