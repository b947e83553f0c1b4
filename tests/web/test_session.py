"""A conversation begins on a partner's page only, and belongs to who holds its token."""

import base64
from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind, sha256
from tests.web.caller import QUESTION, Caller, connect, error_of, new_cid

PARTNER, PARTNERS_PAGE = "eszl", "https://eszl.nl"


@pytest.fixture
def stranger(system: System) -> Iterator[httpx.Client]:
    """Somebody without a token, an origin or any other header."""
    with connect(system.settings.web_url) as client:
        yield client


def start(client: httpx.Client, partner: str, origin: str | None) -> httpx.Response:
    """Ask for a conversation on the site `partner` from a page of `origin`."""
    headers = {} if origin is None else {"Origin": origin}
    return client.post("/v1/session", json={"partner": partner}, headers=headers)


def test_a_token_is_32_random_bytes_for_an_address(caller: Caller) -> None:
    assert len(base64.urlsafe_b64decode(f"{caller.token}=")) == 32


def test_no_two_conversations_have_the_same_token(system: System, caller: Caller, stranger: httpx.Client) -> None:
    other = start(stranger, "demo", system.settings.web_url).json()["token"]

    assert other != caller.token


def test_only_the_hash_of_a_token_is_kept(caller: Caller, behind: Behind) -> None:
    caller.ask()

    kept = behind.bytes()
    assert sha256(caller.token).encode() in kept
    assert caller.token.encode() not in kept


def test_the_first_words_say_that_nobody_is_there(caller: Caller) -> None:
    first = caller.greeting[0]

    assert first["role"] == "assistant"
    assert "automatische assistent" in first["text"]


def test_the_history_begins_with_the_greeting(caller: Caller) -> None:
    assert caller.history() == caller.greeting


@pytest.mark.parametrize(
    ("partner", "origin"),
    [
        pytest.param("nobody", PARTNERS_PAGE, id="a partner that is not known"),
        pytest.param("demo", PARTNERS_PAGE, id="a page of another partner"),
        pytest.param(PARTNER, "https://eszl.example", id="a foreign page"),
        pytest.param(PARTNER, "http://eszl.nl", id="the partner's page without https"),
        pytest.param(PARTNER, "https://eszl.nl:8443", id="another port of the partner"),
        pytest.param(PARTNER, "https://eszl.nl/", id="more than an origin"),
        pytest.param(PARTNER, "https://www.eszl.nl.example.com", id="a name that begins like the partner's"),
        pytest.param(PARTNER, "null", id="a page that hides its origin"),
        pytest.param(PARTNER, None, id="no origin at all"),
    ],
)
def test_a_conversation_is_refused_on_any_other_page(stranger: httpx.Client, partner: str, origin: str | None) -> None:
    refused = start(stranger, partner, origin)

    assert refused.status_code == 403
    assert error_of(refused) == "foreign_origin"


@pytest.mark.parametrize("body", [{}, {"partner": ""}, {"partner": 1}, {"partner": "demo", "more": 1}, []])
def test_a_conversation_needs_a_partner_and_nothing_more(system: System, stranger: httpx.Client, body: object) -> None:
    refused = stranger.post("/v1/session", json=body, headers={"Origin": system.settings.web_url})

    assert refused.status_code == 422
    assert error_of(refused) == "unreadable"


def test_a_cookie_is_never_set(caller: Caller) -> None:
    caller.send(text=QUESTION)
    caller.client.get("/")
    caller.client.get("/nowhere")
    caller.erase()

    assert not caller.client.cookies


@pytest.mark.parametrize("page", ["https://eszl.nl", "https://www.eszl.nl"])
def test_a_partners_page_may_read_the_answer(stranger: httpx.Client, page: str) -> None:
    started = start(stranger, PARTNER, page)

    assert started.status_code == 201
    assert started.headers["Access-Control-Allow-Origin"] == page
    assert "Origin" in started.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in started.headers


def test_a_partners_page_may_read_why_it_was_refused(stranger: httpx.Client) -> None:
    refused = stranger.get("/v1/messages", headers={"Origin": PARTNERS_PAGE})

    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == PARTNERS_PAGE


def test_a_foreign_page_may_read_nothing(stranger: httpx.Client) -> None:
    for path in ("/v1/messages", "/healthz", "/nowhere"):
        answer = stranger.get(path, headers={"Origin": "https://foreign.example"})

        assert "Access-Control-Allow-Origin" not in answer.headers


def preflight(client: httpx.Client, origin: str, method: str = "POST") -> httpx.Response:
    """What a browser asks before it sends a message from another page."""
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return client.options("/v1/messages", headers=headers)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_browser_is_told_what_a_partners_page_may_send(stranger: httpx.Client, method: str) -> None:
    allowed = preflight(stranger, PARTNERS_PAGE, method)

    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == PARTNERS_PAGE
    assert method in allowed.headers["Access-Control-Allow-Methods"]
    assert "authorization" in allowed.headers["Access-Control-Allow-Headers"].lower()


def test_a_browser_is_told_that_no_page_may_send_in_another_way(stranger: httpx.Client) -> None:
    refused = preflight(stranger, PARTNERS_PAGE, "PATCH")

    assert refused.status_code == 405
    assert refused.json()["error"]["code"] == "method_not_allowed"


def test_a_browser_is_told_that_a_foreign_page_may_send_nothing(stranger: httpx.Client) -> None:
    refused = preflight(stranger, "https://foreign.example")

    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "foreign_origin"
    assert "Access-Control-Allow-Origin" not in refused.headers


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer nonsense", "Basic dTpw", "Bearer " + "a" * 43, "Bearer caf\xe9"],
)
def test_nothing_is_told_without_a_token_of_ours(stranger: httpx.Client, authorization: str | None) -> None:
    headers = {} if authorization is None else {b"Authorization": authorization.encode("latin-1")}
    refused = stranger.get("/v1/messages", headers=headers)

    assert refused.status_code == 401
    assert error_of(refused) == "session_expired"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/messages"), ("POST", "/v1/feedback"), ("GET", "/v1/messages"), ("DELETE", "/v1/session")],
)
def test_nothing_is_done_without_a_token(stranger: httpx.Client, method: str, path: str) -> None:
    body = {"cid": new_cid(), "text": QUESTION} if path == "/v1/messages" else {"id": 1, "helpful": True}

    assert stranger.request(method, path, json=body).status_code == 401


def test_a_token_counts_in_the_header_only(caller: Caller, stranger: httpx.Client) -> None:
    in_address = stranger.get("/v1/messages", params={"token": caller.token, "authorization": f"Bearer {caller.token}"})
    in_cookie = stranger.get("/v1/messages", headers={"Cookie": f"authorization=Bearer {caller.token}"})

    assert (in_address.status_code, in_cookie.status_code) == (401, 401)


def test_a_token_does_not_work_on_another_page(caller: Caller) -> None:
    refused = caller.client.get("/v1/messages", headers={"Origin": PARTNERS_PAGE})

    assert refused.status_code == 403
    assert error_of(refused) == "foreign_origin"


def test_a_conversation_expires_when_it_was_silent_for_an_hour(caller: Caller, behind: Behind) -> None:
    caller.ask()

    behind.fall_silent(behind.conversation(caller.token), days=1)
    expired = caller.client.get("/v1/messages")

    assert expired.status_code == 401
    assert error_of(expired) == "session_expired"
