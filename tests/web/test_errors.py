"""Every error has one shape and a message for the visitor, and tells nothing of the program."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI, HTTPException
from structlog.testing import capture_logs

from tests.conftest import System
from tests.web.caller import RARE_WORD, Caller, connect, error_of, new_cid
from wegwijzer.errors import WegwijzerError
from wegwijzer.settings import PROJECT
from wegwijzer.web.errors import BY_STATUS, FAILED, REFUSALS, UNREADABLE

TRACES = ("Traceback", "Error:", ".py", "line ", "sqlalchemy", "SELECT")


@pytest.fixture
def stranger(system: System) -> Iterator[httpx.Client]:
    """Somebody without a token."""
    with connect(system.settings.web_url) as client:
        yield client


def is_discreet(response: httpx.Response) -> bool:
    """Whether the body says nothing of the program that made it."""
    return not any(trace in response.text for trace in TRACES)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/messages", 401, "session_expired"),
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/v2/messages", 404, "not_found"),
        ("GET", "/openapi.json", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/widget/../../settings.py", 404, "not_found"),
        ("GET", "/%00%ff", 404, "not_found"),
        ("GET", "/v1/session", 405, "method_not_allowed"),
        ("PUT", "/v1/messages", 405, "method_not_allowed"),
        ("PATCH", "/v1/feedback", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
        ("POST", "/v1/session", 422, "unreadable"),
    ],
)
def test_an_error_says_what_is_wrong(stranger: httpx.Client, method: str, path: str, status: int, code: str) -> None:
    response = stranger.request(method, path)

    assert response.status_code == status
    assert error_of(response) == code
    assert is_discreet(response)


def test_a_foreign_page_is_told_so(stranger: httpx.Client) -> None:
    response = stranger.post("/v1/session", json={"partner": "demo"}, headers={"Origin": "https://foreign.example"})

    assert (response.status_code, error_of(response)) == (403, "foreign_origin")
    assert is_discreet(response)


def test_a_body_that_is_too_large_is_told_so_without_a_token(stranger: httpx.Client) -> None:
    response = stranger.post("/v1/messages", json={"cid": new_cid(), "text": "a" * 10_000})

    assert (response.status_code, error_of(response)) == (413, "too_large")
    assert is_discreet(response)


def test_an_error_does_not_repeat_what_was_sent(caller: Caller) -> None:
    secret = "mijn-geheim"
    for body in ({"cid": secret, "text": 1}, {"cid": "!", "text": secret}, {"cid": new_cid(), "button": secret}):
        response = caller.client.post("/v1/messages", json=body)

        assert response.status_code == 422
        assert secret not in response.text


def test_an_error_is_not_kept_by_anybody(stranger: httpx.Client) -> None:
    for path in ("/v1/messages", "/v1/nothing"):
        assert "no-store" in stranger.get(path).headers["Cache-Control"]


def test_an_address_with_a_slash_too_many_is_not_found(caller: Caller) -> None:
    response = caller.client.get("/v1/messages/")

    assert response.status_code in {307, 404}
    assert is_discreet(response)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503])
def test_whatever_the_status_an_error_has_the_one_shape(app: FastAPI, status: int) -> None:
    response = answer_of_a_route_that_raises(app, HTTPException(status, detail=RARE_WORD))

    assert response.status_code == status
    assert error_of(response)
    assert RARE_WORD not in response.text


@pytest.mark.parametrize("error", [ValueError(RARE_WORD), WegwijzerError(RARE_WORD)])
def test_an_error_that_nobody_foresaw_is_told_kindly_and_logged(app: FastAPI, error: Exception) -> None:
    with capture_logs() as logged:
        response = answer_of_a_route_that_raises(app, error)

    assert (response.status_code, error_of(response)) == (500, "failed")
    assert RARE_WORD not in response.text
    assert [entry["exc_info"] for entry in logged] == [error]


def answer_of_a_route_that_raises(app: FastAPI, error: Exception) -> httpx.Response:
    """What a client gets when the program fails with `error`."""

    async def fail() -> None:
        raise error

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/fails")

    app.add_api_route("/fails", fail)
    return asyncio.run(ask())


def test_the_manual_tells_of_every_error_with_its_status() -> None:
    manual = (PROJECT / "docs" / "manual" / "api.md").read_text()
    rows = [row.split("|") for row in manual.splitlines() if row.startswith("| ")]
    told = {(status.strip(), code.strip(" `")) for _, status, codes, *_ in rows for code in codes.split(",")}

    given = [FAILED, UNREADABLE, *REFUSALS.values(), *BY_STATUS.values()]
    assert {(str(refusal.status), refusal.code) for refusal in given} <= told
