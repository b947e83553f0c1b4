"""A message gets its answer as a stream of frames, and whatever a visitor types is only text."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind
from tests.web.caller import QUESTION, Caller, answer_in, buttons_of, error_of, frames_in, new_cid
from tests.web.conftest import Call

LONGEST_TEXT = 500


def test_an_answer_comes_in_frames_and_ends_with_done(caller: Caller) -> None:
    frames = frames_in(caller.send(text=QUESTION))

    *messages, last = frames
    assert messages
    assert [frame.id for frame in messages] == [str(frame.data["id"]) for frame in messages]
    assert {frame.event for frame in messages} == {""}
    assert (last.event, last.data) == ("done", {})


def test_an_answer_is_a_stream_that_nobody_keeps_or_changes(caller: Caller) -> None:
    headers = caller.send(text=QUESTION).headers

    assert headers["content-type"].startswith("text/event-stream")
    assert set(headers["cache-control"].split(", ")) == {"no-store", "no-transform"}
    assert headers["x-accel-buffering"] == "no"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_history_tells_what_was_streamed(caller: Caller) -> None:
    answer = caller.ask()

    question, *told = caller.history(after=len(caller.greeting))
    assert (question["role"], question["text"]) == ("visitor", QUESTION)
    assert told == answer


def test_messages_are_numbered_from_one_without_a_gap(caller: Caller) -> None:
    caller.ask()
    caller.ask("En voor personeel?")

    numbers = [message["id"] for message in caller.history()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_pressed_button_says_its_title(caller: Caller) -> None:
    title, button = next(iter(buttons_of(caller.greeting).items()))

    answer = caller.press(button)

    assert answer
    assert caller.said() == [title]


def test_a_button_never_shows_what_stands_behind_it(caller: Caller) -> None:
    answer = caller.send(text=QUESTION).text

    assert '"buttons"' in answer
    assert "payload" not in answer
    assert "/choose" not in answer
    assert "/tell_more" not in answer


def test_a_button_that_does_not_exist_is_refused(caller: Caller) -> None:
    refused = caller.send(button="b_nothing")

    assert refused.status_code == 422
    assert error_of(refused) == "unknown_button"
    assert caller.said() == []


def test_a_button_of_another_conversation_is_refused(caller: Caller, call: Call, system: System) -> None:
    other = call(system)

    refused = caller.send(button=next(iter(buttons_of(other.greeting).values())))

    assert refused.status_code == 422
    assert error_of(refused) == "unknown_button"


def test_a_refused_message_may_come_again_with_the_same_cid(caller: Caller) -> None:
    cid = new_cid()
    caller.send(cid, button="b_nothing")

    assert caller.ask(cid=cid)


def test_the_same_cid_twice_gets_the_same_answer_once(caller: Caller, behind: Behind) -> None:
    cid = new_cid()
    first = caller.ask(cid=cid)
    conversation = behind.conversation(caller.token)
    rows = behind.rows(conversation)

    assert caller.ask(cid=cid) == first
    assert behind.rows(conversation) == rows
    assert behind.asked(conversation) == 1


def test_the_same_cid_with_another_question_gets_the_first_answer(caller: Caller) -> None:
    cid = new_cid()
    first = caller.ask(cid=cid)

    assert caller.ask("Wat is de WBSO?", cid=cid) == first
    assert caller.said() == [QUESTION]


def test_an_answer_can_be_had_again_by_its_cid_alone(caller: Caller) -> None:
    cid = new_cid()
    first = caller.ask(cid=cid)

    assert answer_in(caller.send(cid)) == first


def test_a_cid_alone_that_nobody_used_is_not_found(caller: Caller) -> None:
    unknown = caller.send(new_cid())

    assert unknown.status_code == 404
    assert error_of(unknown) == "unknown_turn"


def test_a_cid_counts_in_its_own_conversation_only(caller: Caller, call: Call, system: System) -> None:
    cid = new_cid()
    caller.ask(cid=cid)

    assert call(system).send(cid).status_code == 404


def test_the_next_question_follows_on_the_last(caller: Caller, behind: Behind) -> None:
    caller.ask()
    caller.ask("Wat is de WBSO?")

    assert caller.said() == [QUESTION, "Wat is de WBSO?"]
    assert behind.asked(behind.conversation(caller.token)) == 2


TOPIC = '{"topic": "starten/franchise"}'


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"/choose{TOPIC}", f"choose{TOPIC}"),
        (f"  //@/choose{TOPIC}", f"choose{TOPIC}"),
        (f"\x00/choose{TOPIC}", f"choose{TOPIC}"),
        ("@oven kwijt", "oven kwijt"),
    ],
)
def test_a_typed_command_is_only_text(caller: Caller, typed: str, said: str) -> None:
    caller.ask(typed)

    assert caller.said() == [said]


@pytest.mark.parametrize("command", ["/restart", "/session_start", f"/choose{TOPIC}", f"\u200b/choose{TOPIC}"])
def test_a_typed_command_is_not_obeyed(caller: Caller, behind: Behind, command: str) -> None:
    caller.ask()

    caller.ask(command)

    conversation = behind.conversation(caller.token)
    assert behind.asked(conversation) == 2
    assert behind.intents(conversation)[-1] != "choose"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x07", "/", "@ /", "\u00a0\u2003", "\u200b\u200d\ufeff"])
def test_a_message_with_nothing_to_read_is_refused(caller: Caller, text: str) -> None:
    refused = caller.send(text=text)

    assert refused.status_code == 422
    assert error_of(refused) == "empty_text"


def test_control_signs_become_spaces(caller: Caller) -> None:
    caller.ask("geld\x00voor\x1b[31m\r\neen\x07oven\u2028nu")

    assert caller.said() == ["geld voor [31m een oven nu"]


@pytest.mark.parametrize("sign", ["a", "é", "🍞"])
def test_the_longest_text_is_answered(caller: Caller, sign: str) -> None:
    caller.ask(sign * LONGEST_TEXT)

    assert caller.said() == [sign * LONGEST_TEXT]


def test_a_longer_text_is_refused(caller: Caller) -> None:
    refused = caller.send(text="a" * (LONGEST_TEXT + 1))

    assert refused.status_code == 422
    assert error_of(refused) == "text_too_long"
    assert caller.said() == []


def test_a_body_that_is_much_too_large_is_refused(caller: Caller) -> None:
    refused = caller.send(text="a" * 10_000)

    assert refused.status_code == 413
    assert error_of(refused) == "too_large"


def test_a_body_that_hides_its_size_is_refused_too(caller: Caller) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"cid": "12345678", "text": "'
        yield from (b"a" * 1000 for _ in range(10))
        yield b'"}'

    refused = caller.client.post("/v1/messages", content=pieces(), headers={"Content-Type": "application/json"})

    assert refused.status_code == 413
    assert error_of(refused) == "too_large"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(bytes(range(256)), id="binary"),
        pytest.param(b"", id="empty"),
        pytest.param(b'{"cid": "12345678", "text": "half', id="cut off"),
        pytest.param(b'{"cid": "12345678", "text": "caf\xe9"}', id="not UTF-8"),
        pytest.param(b"cid=12345678&text=vraag", id="a form"),
        pytest.param(b"[" * 4000, id="deep"),
        pytest.param(b'"text"', id="a bare text"),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(caller: Caller, body: bytes) -> None:
    refused = caller.client.post("/v1/messages", content=body, headers={"Content-Type": "application/json"})

    assert refused.status_code in {400, 422}
    error_of(refused)


@pytest.mark.parametrize(
    "change",
    [
        {"text": 1},
        {"text": ["vraag"]},
        {"text": {"nl": "vraag"}},
        {"text": True},
        {"button": 1},
        {"button": "b" * 65},
        {"button": "b_1"},
        {"cid": "short"},
        {"cid": "c" * 65},
        {"cid": "spaces in it"},
        {"cid": "12345678\n"},
        {"cid": 12345678},
        {"cid": None},
        {"intent": "choose"},
        {"sender": "somebody else"},
        {"metadata": {}},
    ],
)
def test_a_message_of_another_form_is_refused(caller: Caller, change: dict[str, Any]) -> None:
    refused = caller.client.post("/v1/messages", json={"cid": new_cid(), "text": "vraag", **change})

    assert refused.status_code == 422
    assert error_of(refused) == "unreadable"
    assert caller.said() == []


def test_half_a_sign_does_no_harm(caller: Caller) -> None:
    body = b'{"cid": "12345678", "text": "geld \\ud83d voor een oven"}'
    answer = caller.client.post("/v1/messages", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in {200, 422}
    assert "\ud83d" not in "".join(caller.said())


@pytest.mark.parametrize(
    "html", ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "Tom & Jerry's <b>bakkerij</b>"]
)
def test_html_is_kept_as_the_text_that_it_is(caller: Caller, html: str) -> None:
    caller.ask(html)

    assert caller.said() == [html]


def test_html_is_never_sent_as_a_page(caller: Caller) -> None:
    caller.ask("<script>alert(1)</script>")

    history: httpx.Response = caller.client.get("/v1/messages")

    assert history.headers["content-type"] == "application/json"
    assert history.headers["x-content-type-options"] == "nosniff"


def test_html_is_not_repeated_in_the_answer(caller: Caller) -> None:
    answer = caller.send(text="<script>alert(1)</script> geld").text

    assert "<script>" not in answer
