"""The history tells what was missed, and nothing else."""

import pytest

from tests.web.caller import QUESTION, Caller, error_of


def test_it_tells_only_what_came_after_a_number(caller: Caller) -> None:
    caller.ask()
    everything = caller.history()

    assert caller.history(after=2) == everything[2:]
    assert [message["id"] for message in caller.history(after=2)][0] == 3


def test_it_is_empty_after_the_last_number(caller: Caller) -> None:
    last = caller.ask()[-1]["id"]

    assert caller.history(after=last) == []
    assert caller.history(after=2**31 - 1) == []


def test_it_tells_everything_when_no_number_is_given(caller: Caller) -> None:
    caller.ask()

    messages = caller.client.get("/v1/messages").json()["messages"]
    assert [message["id"] for message in messages] == list(range(1, len(messages) + 1))


def test_nothing_is_awaited_when_nothing_was_asked(caller: Caller) -> None:
    assert caller.pending() is None

    caller.ask(QUESTION)

    assert caller.pending() is None


@pytest.mark.parametrize("after", ["-1", "x", "", "1.5", str(2**31), "9" * 40, "1;DROP TABLE messages"])
def test_a_wrong_number_is_refused(caller: Caller, after: str) -> None:
    refused = caller.client.get("/v1/messages", params={"after": after})

    assert refused.status_code == 422
    assert error_of(refused) == "unreadable"
