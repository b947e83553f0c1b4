"""A turn ends with an answer or an apology, whatever the engine says, and is never lost."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from structlog.testing import capture_logs

from tests.store.conftest import Talk
from wegwijzer.conversations.engine import EngineClient
from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.store import Question
from wegwijzer.conversations.turns import TurnKeeper

SECRET = "kwispelzwam"
ENGINE = "http://engine.example"
ANSWER, APOLOGY = {"text": "Een regeling."}, {"text": "Sorry."}
Engine = Callable[[httpx.Request], httpx.Response]
Ask = Callable[[Engine], list[str]]


def lines(*answer: object) -> bytes:
    """An answer as the engine streams it."""
    return b"".join(json.dumps(line).encode() + b"\n" for line in answer)


def says(content: bytes, status: int = 200) -> Engine:
    """An engine that answers everything with `content`."""
    return lambda _request: httpx.Response(status, content=content)


def breaks_off(request: httpx.Request) -> httpx.Response:
    """An engine that dies after the first message."""

    async def body() -> AsyncIterator[bytes]:
        yield lines(ANSWER)
        raise httpx.ReadError("gone", request=request)

    return httpx.Response(200, content=body())


def falls_silent(request: httpx.Request) -> httpx.Response:
    """An engine that hangs."""
    raise httpx.ReadTimeout("too long", request=request)


@pytest.fixture
def ask(talk: Talk, erasure: Erasure) -> Ask:
    """Asks `engine` one question, always with the same cid; the texts of the answer."""

    async def turn(engine: Engine) -> list[str]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(engine)) as client:
            keeper = TurnKeeper(talk.store, EngineClient(client, ENGINE, 20), erasure, lambda _message: [APOLOGY])
            running = await keeper.take(talk.id, "cid-0001", Question(text=f"Wat is een {SECRET}?"))
            answer = [message["text"] async for message in running.follow()]
            await keeper.finish()
            return answer

    return lambda engine: asyncio.run(turn(engine))


def test_the_messages_of_the_engine_are_the_answer(ask: Ask) -> None:
    assert ask(says(lines(ANSWER, {"text": "En nog een."}))) == ["Een regeling.", "En nog een."]


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(says(b""), id="nothing"),
        pytest.param(says(b"\n\n"), id="empty lines"),
        pytest.param(says(lines({"recipient_id": "somebody"})), id="a message without content"),
        pytest.param(says(b"<html>Oeps</html>"), id="no JSON"),
        pytest.param(says(lines(ANSWER), status=500), id="an error"),
        pytest.param(falls_silent, id="silence"),
    ],
)
def test_an_engine_without_an_answer_gets_an_apology(ask: Ask, engine: Engine) -> None:
    assert ask(engine) == ["Sorry."]


def test_what_came_before_the_engine_broke_off_is_kept(ask: Ask) -> None:
    assert ask(breaks_off) == ["Een regeling.", "Sorry."]
    assert ask(says(lines(ANSWER))) == ["Een regeling.", "Sorry."]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param([SECRET], id="a list"),
        pytest.param(SECRET, id="a text"),
        pytest.param({"text": SECRET, "custom": SECRET}, id="custom content of another form"),
        pytest.param({"text": SECRET, "buttons": [{"title": SECRET}]}, id="a button without a payload"),
    ],
)
def test_an_answer_of_another_form_is_not_shown_or_logged_and_gets_an_apology(
    ask: Ask, caplog: pytest.LogCaptureFixture, line: object
) -> None:
    with capture_logs() as logged:
        assert ask(says(lines(line))) == ["Sorry."]

    assert [entry["event"] for entry in logged] == ["the engine failed"]
    assert SECRET not in caplog.text + str(logged)
