"""Visitors of the shared system, and a system of their own for the tests that hold up or break its parts."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.conftest import System, make_settings, start_system
from tests.web.behind import Behind
from tests.web.caller import Caller
from wegwijzer.database import engine_for, migrate
from wegwijzer.knowledge.store import load_knowledge
from wegwijzer.web.app import create_app

Call = Callable[[System], Caller]


@pytest.fixture
def call() -> Iterator[Call]:
    """Begins a conversation with a system; the connections are closed at the end."""
    callers: list[Caller] = []

    def begin(system: System) -> Caller:
        callers.append(Caller(system.settings.web_url))
        return callers[-1]

    yield begin
    for caller in callers:
        caller.client.close()


@pytest.fixture
def caller(call: Call, system: System) -> Caller:
    """A visitor who has just begun a conversation."""
    return call(system)


@pytest.fixture
def behind(system: System) -> Behind:
    """The databases of the system."""
    return Behind(system.settings)


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Runs requests beside the test."""
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    """The application in this process, on a database of its own and without an engine."""
    settings = make_settings(tmp_path)
    migrate(settings.database_url)
    load_knowledge(engine_for(settings.database_url), settings.knowledge_folder)
    yield create_app(settings)
    for url in (settings.database_url, settings.tracker_url):
        engine_for(url).dispose()


@pytest.fixture(scope="session")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The system of all modules that hold up, kill or lock its parts, and let them go again.

    It says all that it can, so that their failures also show what comes into the logs.
    """
    folder = tmp_path_factory.mktemp("breakable")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("LOG_LEVEL", "LOG_LEVEL_LIBRARIES"):
            environment.setenv(name, "DEBUG")
        started = start_system(make_settings(folder), folder)
    yield started
    started.stop()
