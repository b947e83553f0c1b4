"""The whole system for tests: real processes on free loopback ports, a database of their own."""

import os
import secrets
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateSchema, DropSchema

from wegwijzer.database import engine_for
from wegwijzer.evaluation.evaluating import DATABASE as EVALUATION
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.files import KnowledgeFiles, read_knowledge
from wegwijzer.knowledge.loading import bring_up_to_date
from wegwijzer.operation.environment import MODEL
from wegwijzer.operation.ports import free_port
from wegwijzer.operation.running import services
from wegwijzer.operation.supervisor import Service
from wegwijzer.settings import PROJECT, Settings

START_SECONDS = 120
DATABASE = "wegwijzer.sqlite3"


@dataclass
class System:
    """Actions, engine and web as `make run` starts them; each can be killed and started again."""

    settings: Settings
    folder: Path
    _services: dict[str, Service] = field(default_factory=dict)
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._services = {service.name: service for service in services(self.settings)}

    def start(self, name: str) -> None:
        """Start one service and wait until it answers."""
        service = self._services[name]
        with self.log(name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                service.command,
                cwd=PROJECT,
                env={**service.environment, **self.environment()},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_healthy(service)

    def kill(self, name: str) -> None:
        """End one service at once, as a crash would."""
        self.signal(name, signal.SIGKILL)
        self._processes.pop(name).wait()

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a service and all that it started."""
        os.killpg(self._processes[name].pid, number)

    def stop(self) -> None:
        """End every service."""
        for name in list(self._processes):
            self.kill(name)

    def pid(self, name: str) -> int:
        """The process id of a service."""
        return self._processes[name].pid

    def log(self, name: str) -> Path:
        """Where a service writes what it says."""
        return self.folder / f"{name}.log"

    def logs(self) -> str:
        """What all services have said so far."""
        return "\n".join(self.log(name).read_text() for name in self._services if self.log(name).exists())

    def environment(self) -> dict[str, str]:
        """The settings as environment variables."""
        given = self.settings.model_dump(exclude_none=True)
        return {f"WEGWIJZER_{name.upper()}": str(value) for name, value in given.items()}

    def _wait_until_healthy(self, service: Service) -> None:
        if service.health is None:
            return
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._processes[service.name].poll() is not None:
                break
            try:
                if httpx.get(service.health, timeout=2).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                time.sleep(0.1)
        pytest.fail(f"{service.name} did not start:\n{self.log(service.name).read_text()[-3000:]}")


def make_settings(folder: Path, **changes: object) -> Settings:
    """Settings with free ports and databases below `folder`."""
    values: dict[str, object] = {
        "database_url": f"sqlite:///{folder / DATABASE}",
        "tracker_url": f"sqlite:///{folder / 'tracker.sqlite3'}",
        "keys_folder": folder / "keys",
        "sandbox_port": free_port(),
        "web_port": free_port(),
        "engine_port": free_port(),
        "actions_port": free_port(),
        "requests_per_minute": 10_000,
        "requests_per_minute_per_address": 100_000,
        "sessions_per_hour_per_address": 100_000,
    }
    return Settings.model_validate({**values, **changes})


@pytest.fixture(scope="session")
def knowledge_files() -> KnowledgeFiles:
    """All knowledge, read from its files."""
    return read_knowledge(PROJECT / "knowledge")


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The running system, shared by all tests that do not break it."""
    if not MODEL.exists():
        pytest.fail("There is no trained model: run `make train` first (`make test` does it).")
    folder = tmp_path_factory.mktemp("system")
    started = start_system(make_settings(folder), folder)
    yield started
    started.stop()


def start_system(settings: Settings, folder: Path) -> System:
    """A system with its database filled and all services up."""
    with closing(sqlite3.connect(filled())) as source, closing(sqlite3.connect(folder / DATABASE)) as target:
        source.backup(target)
    return start_processes(System(settings, folder))


def start_processes(system: System) -> System:
    """Start every service of `system`, or none."""
    try:
        for name in ("actions", "engine", "web"):
            system.start(name)
    except BaseException:
        system.stop()
        raise
    return system


@cache
def filled() -> Path:
    """The database of evaluations, which holds all knowledge and nothing else: only what changed is encoded again."""
    url = f"sqlite:///{EVALUATION}"
    engine, _ = bring_up_to_date(Settings(database_url=url, knowledge_folder=PROJECT / "knowledge"))
    engine.dispose()
    return EVALUATION


@pytest.fixture(scope="session")
def knowledge(knowledge_files: KnowledgeFiles) -> Knowledge:
    """All knowledge as one snapshot."""
    return knowledge_files.snapshot()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine | None]:
    """The local PostgreSQL, when it answers."""
    engine = create_engine("postgresql+psycopg://postgres@127.0.0.1:5432/test", poolclass=NullPool)
    try:
        with engine.connect():
            yield engine
    except OperationalError:
        yield None


@pytest.fixture
def postgresql_url(postgresql: Engine | None) -> Iterator[str]:
    """A schema of its own in PostgreSQL, where that runs."""
    if postgresql is None:
        pytest.skip("PostgreSQL does not answer on 127.0.0.1:5432, so only SQLite was tested")
    schema = f"test_{secrets.token_hex(6)}"
    with postgresql.begin() as connection:
        connection.execute(CreateSchema(schema))
    url = f"{postgresql.url.render_as_string(hide_password=False)}?options=-csearch_path%3D{schema}"
    yield url
    engine_for(url).dispose()
    with postgresql.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database: a SQLite file, and PostgreSQL where that runs."""
    if request.param == "postgresql":
        yield request.getfixturevalue("postgresql_url")
        return
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    yield url
    engine_for(url).dispose()
