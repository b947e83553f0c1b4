"""What a system keeps and does behind its public door: its files, and its processes when they falter."""

import hashlib
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, make_url

from tests.conftest import System
from wegwijzer.operation.ports import free_port
from wegwijzer.settings import Settings

PATIENT_SECONDS = 60


@dataclass(frozen=True)
class Behind:
    """The two databases of a system, read without going through it."""

    settings: Settings

    def conversation(self, token: str) -> str:
        """The conversation of a token, found by its hash."""
        return str(self._ours("SELECT id FROM conversations WHERE token_hash = ?", sha256(token))[0][0])

    def rows(self, conversation: str) -> dict[str, int]:
        """How many rows each table of ours and the engine's has of a conversation."""
        counts = {
            "conversations": "SELECT count(*) FROM conversations WHERE id = ?",
            "turns": "SELECT count(*) FROM turns WHERE conversation_id = ?",
            "messages": "SELECT count(*) FROM messages WHERE conversation_id = ?",
            "buttons": "SELECT count(*) FROM buttons WHERE conversation_id = ?",
        }
        found = {table: int(self._ours(statement, conversation)[0][0]) for table, statement in counts.items()}
        return {**found, "engine_events": self.events(conversation)}

    def events(self, conversation: str) -> int:
        """How many events the engine has noted."""
        return int(self._tracker("SELECT count(*) FROM events WHERE sender_id = ?", conversation)[0][0])

    def asked(self, conversation: str) -> int:
        """How many messages of the visitor the engine has noted."""
        of_visitor = "SELECT count(*) FROM events WHERE sender_id = ? AND type_name = 'user'"
        return int(self._tracker(of_visitor, conversation)[0][0])

    def intents(self, conversation: str) -> list[str]:
        """What the engine took each message of the visitor for, in order."""
        of_visitor = "SELECT intent_name FROM events WHERE sender_id = ? AND type_name = 'user' ORDER BY id"
        return [str(intent) for (intent,) in self._tracker(of_visitor, conversation)]

    def handover(self, reference: str) -> str:
        """The id of the request with this reference."""
        return str(self._ours("SELECT id FROM handovers WHERE reference = ?", reference)[0][0])

    def handovers(self) -> int:
        """How many requests there are."""
        return int(self._ours("SELECT count(*) FROM handovers")[0][0])

    def handovers_of(self, conversation: str) -> int:
        """How many requests a conversation sent."""
        return int(self._ours("SELECT count(*) FROM handovers WHERE conversation_id = ?", conversation)[0][0])

    def opinion(self, conversation: str, number: int) -> tuple[bool | None, str | None]:
        """What is kept of the feedback on a message."""
        opinion = "SELECT helpful, reason FROM messages WHERE conversation_id = ? AND number = ?"
        helpful, reason = self._ours(opinion, conversation, number)[0]
        return helpful if helpful is None else bool(helpful), reason

    def fall_silent(self, conversation: str, days: int) -> None:
        """Set the clock of a conversation back, as if nothing was said for `days` days."""
        silent = "UPDATE conversations SET active_at = datetime(active_at, ?) || '.000000' WHERE id = ?"
        self._ours(silent, f"-{days} days", conversation)

    def bytes(self) -> bytes:
        """Everything in the files of both databases, their logs of changes included."""
        folder = file_of(self.settings.database_url).parent
        return b"".join(file.read_bytes() for file in folder.glob("*.sqlite3*"))

    def _ours(self, statement: str, *values: object) -> list[Any]:
        return query(self.settings.database_url, statement, *values)

    def _tracker(self, statement: str, *values: object) -> list[Any]:
        return query(self.settings.tracker_url, statement, *values)


def query(url: str, statement: str, *values: object) -> list[Any]:
    """The rows of one statement, committed."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.exec_driver_sql(statement, values)
        return [tuple(row) for row in result] if result.returns_rows else []


def sha256(text: str) -> str:
    """The hash under which a token is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def file_of(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(make_url(url).database or "")


def eventually(holds: Callable[[], object]) -> None:
    """Wait until `holds`; fails when that takes longer than anything here may."""
    deadline = time.monotonic() + PATIENT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail("what was awaited did not come")
        time.sleep(0.05)


@contextmanager
def held(system: System, name: str) -> Iterator[None]:
    """A service that hangs: it takes requests, and answers them only afterwards."""
    system.signal(name, signal.SIGSTOP)
    try:
        yield
    finally:
        system.signal(name, signal.SIGCONT)


@contextmanager
def without(system: System, name: str) -> Iterator[None]:
    """A service that has crashed; it is started again afterwards."""
    system.kill(name)
    try:
        yield
    finally:
        system.start(name)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """A database that another program keeps to itself."""
    with closing(sqlite3.connect(file_of(url), isolation_level=None, timeout=PATIENT_SECONDS)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


@contextmanager
def second_gateway(system: System, folder: Path, **changes: object) -> Iterator[System]:
    """Another web process on the databases, engine and actions of `system`, with settings of its own."""
    settings = system.settings.model_copy(update={"web_port": free_port(), **changes})
    gateway = System(settings, folder)
    gateway.start("web")
    try:
        yield gateway
    finally:
        gateway.stop()
