"""A partner, a database and a machine on which things go wrong at random, from a seed."""

import random
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, text
from standardwebhooks import Webhook

from tests.handover.peers import Request
from tests.handover.processes import kill, started
from wegwijzer.database import LOCK_WAIT_SECONDS

WEIGHTS = {
    "accepts": 50,
    "takes too long": 6,
    "resets": 8,
    "500": 10,
    "503": 4,
    "408": 2,
    "429": 8,
    "slow body": 4,
    "half an answer": 2,
    "400": 3,
    "redirects inside": 3,
}


def chances(seed: int) -> random.Random:
    """What goes wrong and when; the same seed draws the same."""
    return random.Random(seed)  # noqa: S311 - these chances keep no secret


FOR_GOOD = {"400", "redirects inside"}


@dataclass
class FaultyPartner:
    """Behaves well half of the time; `accepted` counts by key what it took, `seen` what it did."""

    chances: random.Random
    webhook: Webhook
    inside: str
    accepted: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    refused: dict[str, str] = field(default_factory=dict)
    forged: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: Request) -> None:
        """Answer one request, or do something else."""
        key = request.headers["webhook-id"]
        with self._lock:
            self.forged += not self._is_signed(request)
            does = self.chances.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            self.seen[does] += 1
            self.accepted[key] += does in ("accepts", "slow body", "half an answer")
            if does in FOR_GOOD:
                self.refused[key] = does
        self._do(does, request)

    def _is_signed(self, request: Request) -> bool:
        return bool(self.webhook.verify(request.body, dict(request.headers)))

    def _do(self, does: str, request: Request) -> None:
        if does == "accepts":
            request.answer(204)
        elif does == "takes too long":
            request.rfile.read(1)
        elif does == "resets":
            request.reset()
        elif does == "429":
            request.answer(429, Retry_After="1")
        elif does == "redirects inside":
            request.answer(307, Location=self.inside)
        elif does == "slow body":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n")
            for _ in range(90):
                request.wfile.write(b"x")
                time.sleep(0.05)
        elif does == "half an answer":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nhalf")
        else:
            request.answer(int(does))


@dataclass
class Machine:
    """So many processes that send, one of which is killed now and then and started again."""

    chances: random.Random
    variables: Mapping[str, str]
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    killed: int = 0

    def start(self, count: int) -> None:
        """Start them."""
        for _ in range(count):
            self.processes.append(started(["deliver"], self.variables, self.log))

    def kill_one(self) -> None:
        """Kill one at random; another takes its place."""
        kill(self.processes.pop(self.chances.randrange(len(self.processes))))
        self.killed += 1
        self.start(1)

    def stop(self) -> list[int]:
        """Tell them to stop; their exit codes."""
        for process in self.processes:
            process.terminate()
        return [process.wait(30) for process in self.processes]

    def kill_all(self) -> None:
        """Leave nothing behind."""
        for process in self.processes:
            kill(process)


@dataclass
class Locker:
    """Keeps the database from everybody for a while, now and then for longer than anybody waits for it."""

    engine: Engine
    chances: random.Random
    application: str
    locked: int = 0

    def lock(self) -> None:
        """Lock it once."""
        self.locked += 1
        if self.engine.dialect.name == "sqlite":
            self._lock_file(LOCK_WAIT_SECONDS + 0.5 if self.locked % 5 == 0 else self.chances.uniform(0.1, 0.8))
        elif self.locked % 5 == 0:
            self._hang_up()
        else:
            self._lock_table(self.chances.uniform(0.1, 0.8))

    def _lock_file(self, seconds: float) -> None:
        with closing(sqlite3.connect(self.engine.url.database or "", timeout=30, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            connection.execute("ROLLBACK")

    def _lock_table(self, seconds: float) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
            time.sleep(seconds)

    def _hang_up(self) -> None:
        # The server ends every connection of the processes that send, as a restart would.
        with self.engine.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name"),
                {"name": self.application},
            )


@contextmanager
def now_and_then(act: Callable[[], None], pauses: Callable[[], float]) -> Iterator[None]:
    """Do it again and again while the block runs; what goes wrong in it is raised at the end."""
    stop, errors = threading.Event(), []

    def go_on() -> None:
        try:
            while not stop.wait(pauses()):
                act()
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
    if errors:
        raise errors[0]
