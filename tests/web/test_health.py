"""Whether the process lives is one question; whether it can answer visitors is another."""

from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import held, without
from tests.web.caller import connect, error_of


@pytest.fixture(scope="module")
def system(breakable: System) -> System:
    """The system whose parts may be broken."""
    return breakable


@pytest.fixture
def client(system: System) -> Iterator[httpx.Client]:
    """Whoever watches over the system."""
    with connect(system.settings.web_url) as connection:
        yield connection


def test_a_system_that_is_whole_lives_and_is_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.parametrize("part", ["engine", "actions"])
def test_it_is_not_ready_without_a_part_and_names_it(client: httpx.Client, system: System, part: str) -> None:
    with without(system, part):
        lives, ready = client.get("/healthz"), client.get("/readyz")

    assert lives.status_code == 200
    assert ready.status_code == 503
    assert error_of(ready) == "not_ready"
    assert part in ready.text
    assert client.get("/readyz").status_code == 200


def test_it_is_not_ready_when_a_part_hangs(client: httpx.Client, system: System) -> None:
    with held(system, "actions"):
        assert client.get("/readyz").status_code == 503

    assert client.get("/readyz").status_code == 200


def test_watching_is_not_logged(client: httpx.Client, system: System) -> None:
    for _ in range(3):
        client.get("/readyz")

    assert "readyz" not in system.logs()
