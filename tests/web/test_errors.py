"""Every error has one shape and a message for the visitor, and tells nothing of the program."""

from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import System
from tests.web.caller import Caller, connect, error_of, new_cid

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
