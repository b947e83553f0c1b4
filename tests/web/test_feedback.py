"""What a visitor thinks of an answer is kept, without personal data."""

from typing import Any

import httpx
import pytest

from tests.web.behind import Behind
from tests.web.caller import Caller, error_of


def rate(caller: Caller, number: int, helpful: bool, **reason: str) -> httpx.Response:
    """Say whether a message helped."""
    return caller.client.post("/v1/feedback", json={"id": number, "helpful": helpful, **reason})


def test_an_opinion_is_kept(caller: Caller, behind: Behind) -> None:
    number = caller.ask()[0]["id"]

    assert rate(caller, number, True, reason="precies wat ik zocht").status_code == 204

    opinion = behind.opinion(behind.conversation(caller.token), number)
    assert opinion == (True, "precies wat ik zocht")
    assert [message["id"] for message in caller.history() if message.get("helpful")] == [number]


def test_a_second_opinion_replaces_the_first(caller: Caller, behind: Behind) -> None:
    rate(caller, 1, True, reason="goed")
    rate(caller, 1, False)

    assert behind.opinion(behind.conversation(caller.token), 1) == (False, None)
    assert caller.history()[0]["helpful"] is False


def test_a_message_that_does_not_exist_cannot_be_rated(caller: Caller) -> None:
    refused = rate(caller, 999, True)

    assert refused.status_code == 404
    assert error_of(refused) == "unknown_message"


def test_a_visitors_own_message_cannot_be_rated(caller: Caller) -> None:
    caller.ask()
    own = next(message["id"] for message in caller.history() if message["role"] == "visitor")

    assert rate(caller, own, True).status_code == 404


def test_a_reason_is_kept_without_personal_data(caller: Caller, behind: Behind) -> None:
    rate(caller, 1, False, reason="bel me op 06-12345678 of mail jan@bakkerij.nl")

    assert behind.opinion(behind.conversation(caller.token), 1)[1] == "bel me op [telefoonnummer] of mail [e-mailadres]"


def test_a_reason_is_kept_without_signs_that_cannot_be_seen(caller: Caller, behind: Behind) -> None:
    rate(caller, 1, False, reason="niet\x00 wat\r\nik \u200bzocht")

    assert behind.opinion(behind.conversation(caller.token), 1)[1] == "niet wat ik zocht"


def test_a_reason_may_hold_any_sign(caller: Caller) -> None:
    body = b'{"id": 1, "helpful": false, "reason": "nul \\u0000 half \\ud83d heel \\ud83c\\udf5e"}'
    answer = caller.client.post("/v1/feedback", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in {204, 422}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": 1},
        {"helpful": True},
        {"id": 0, "helpful": True},
        {"id": 2**31, "helpful": True},
        {"id": "een", "helpful": True},
        {"id": 1, "helpful": "misschien"},
        {"id": 1, "helpful": True, "reason": "a" * 301},
        {"id": 1, "helpful": True, "stars": 5},
    ],
)
def test_an_opinion_of_another_form_is_refused(caller: Caller, body: dict[str, Any]) -> None:
    refused = caller.client.post("/v1/feedback", json=body)

    assert refused.status_code == 422
    assert error_of(refused) == "unreadable"
