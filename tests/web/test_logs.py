"""No log holds a word of a visitor, nor the trace of a failure, whatever is sent."""

import pytest

from tests.conftest import System
from tests.web.caller import QUESTION, RARE_WORD, Caller, new_cid

WORDS = f"{RARE_WORD}-in-het-log"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/messages", f'{{"cid": "12345678", "text": "{WORDS}"}}'),
        ("POST", "/v1/messages", f'{{"cid": "12345678", "text": "/{WORDS}{{}}"}}'),
        ("POST", "/v1/messages", f'{{"cid": "{WORDS}", "text": 1}}'),
        ("POST", "/v1/messages", f'{{"cid": "12345678", "button": "{WORDS}"}}'),
        ("POST", "/v1/messages", f'{{"cid": "12345678", "text": "{WORDS}'),
        ("POST", "/v1/messages", f'{{"{WORDS}": ' + "[" * 3000),
        ("POST", "/v1/messages", WORDS * 1000),
        ("POST", "/v1/feedback", f'{{"id": 1, "helpful": false, "reason": "{WORDS}"}}'),
        ("POST", "/v1/feedback", f'{{"id": 999, "helpful": false, "reason": "{WORDS} \\ud83d \\u0000"}}'),
        ("POST", "/v1/session", f'{{"partner": "{WORDS}"}}'),
        ("GET", f"/v1/messages?after={WORDS}", ""),
        ("GET", f"/v1/{WORDS}", ""),
        ("DELETE", f"/v1/session?{WORDS}", ""),
    ],
)
def test_nothing_that_is_sent_comes_into_a_log(
    caller: Caller, system: System, method: str, path: str, body: str
) -> None:
    response = caller.client.request(method, path, content=body, headers={"Content-Type": "application/json"})

    assert response.status_code < 500
    assert RARE_WORD not in system.logs()
    assert "Traceback" not in system.logs()


def test_a_token_comes_into_no_log(caller: Caller, system: System) -> None:
    caller.ask()
    caller.erase()

    assert caller.token not in system.logs()


def test_an_answer_comes_into_no_log(caller: Caller, system: System) -> None:
    answer = caller.ask(QUESTION, cid=new_cid())

    assert all(message["text"] not in system.logs() for message in answer if message.get("text"))
