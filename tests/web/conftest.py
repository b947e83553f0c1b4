"""Visitors of the shared system, and a system of their own for the tests that hold up or break its parts."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import System, make_settings, start_system
from tests.web.behind import Behind
from tests.web.caller import Caller

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


@pytest.fixture(scope="module")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system for one module that holds up, kills or locks its parts; such a module uses it as its `system`."""
    folder = tmp_path_factory.mktemp("breakable")
    started = start_system(make_settings(folder), folder)
    yield started
    started.stop()
