"""Who asks too often is told to wait, and how long; others are not."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind, second_gateway
from tests.web.caller import Caller, connect, error_of
from tests.web.conftest import Call

MANY, FEW = 1000, 3


@pytest.fixture
def gateway(request: pytest.FixtureRequest, system: System, tmp_path: Path) -> Iterator[System]:
    """A second web process, in which the limit named by the test is low."""
    limits = dict.fromkeys(
        ("requests_per_minute", "requests_per_minute_per_address", "sessions_per_hour_per_address"), MANY
    )
    with second_gateway(system, tmp_path, **{**limits, request.param: FEW}) as started:
        yield started


def refused(response: httpx.Response, seconds: int) -> bool:
    """Whether the answer says that it is too often, and to come back within `seconds`."""
    assert response.status_code == 429
    assert error_of(response) == "too_many_requests"
    return 1 <= int(response.headers["Retry-After"]) <= seconds


@pytest.mark.parametrize("gateway", ["requests_per_minute"], indirect=True)
def test_a_conversation_that_asks_too_often_has_to_wait(gateway: System, call: Call) -> None:
    caller, other = call(gateway), call(gateway)
    for _ in range(FEW):
        caller.ask()

    assert refused(caller.send(text="nog een vraag"), seconds=120)
    assert refused(caller.client.get("/v1/messages"), seconds=120)
    assert other.ask()


@pytest.mark.parametrize("gateway", ["requests_per_minute"], indirect=True)
def test_a_question_too_many_is_not_kept(gateway: System, call: Call) -> None:
    caller = call(gateway)
    for _ in range(FEW):
        caller.ask()
    behind = Behind(gateway.settings)
    rows = behind.rows(behind.conversation(caller.token))

    caller.send(text="nog een vraag")

    assert behind.rows(behind.conversation(caller.token)) == rows


@pytest.mark.parametrize("gateway", ["requests_per_minute_per_address"], indirect=True)
def test_an_address_that_asks_too_often_has_to_wait(gateway: System, call: Call) -> None:
    callers = [call(gateway) for _ in range(FEW + 1)]
    for caller in callers[:FEW]:
        caller.history()

    assert refused(callers[FEW].client.get("/v1/messages"), seconds=120)


@pytest.mark.parametrize("gateway", ["requests_per_minute_per_address"], indirect=True)
def test_guessing_tokens_is_counted_too(gateway: System) -> None:
    with connect(gateway.settings.web_url) as stranger:
        guesses = [
            stranger.get("/v1/messages", headers={"Authorization": f"Bearer guess{number}"})
            for number in range(FEW + 1)
        ]

    assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]


@pytest.mark.parametrize("gateway", ["requests_per_minute_per_address"], indirect=True)
def test_an_address_is_the_one_that_the_proxy_saw_and_not_one_made_up(gateway: System) -> None:
    with connect(gateway.settings.web_url) as stranger:
        chains = [f"192.0.2.{number}, 198.51.100.7" for number in range(FEW + 1)]
        answers = [stranger.get("/v1/messages", headers={"X-Forwarded-For": chain}) for chain in chains]

    assert answers[-1].status_code == 429


@pytest.mark.parametrize("gateway", ["sessions_per_hour_per_address"], indirect=True)
def test_an_address_that_begins_too_many_conversations_has_to_wait(gateway: System, call: Call) -> None:
    last: Caller = [call(gateway) for _ in range(FEW)][-1]

    one_more = last.client.post("/v1/session", json={"partner": "demo"})

    assert refused(one_more, seconds=2 * 3600)
    assert last.ask()


@pytest.mark.parametrize("gateway", ["sessions_per_hour_per_address"], indirect=True)
def test_a_page_may_read_when_to_come_back(gateway: System, call: Call) -> None:
    caller = [call(gateway) for _ in range(FEW)][-1]

    one_more = caller.client.post("/v1/session", json={"partner": "demo"})

    assert one_more.headers["Access-Control-Allow-Origin"] == gateway.settings.web_url
    assert "Retry-After" in one_more.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("gateway", ["requests_per_minute_per_address"], indirect=True)
def test_health_is_never_limited(gateway: System) -> None:
    with connect(gateway.settings.web_url) as stranger:
        assert {stranger.get("/healthz").status_code for _ in range(3 * FEW)} == {200}
