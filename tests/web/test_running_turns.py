"""A turn is answered to its end, once, whoever listens, asks again, leaves or erases meanwhile.

The action server hangs for as long as a test needs the turn to run.
"""

import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind, eventually, held
from tests.web.caller import QUESTION, RARE_WORD, Caller, answer_in, error_of, is_apology, new_cid
from tests.web.conftest import Call

ROUNDS = 40


@pytest.fixture(scope="module")
def system(breakable: System) -> System:
    """The system whose parts may be broken."""
    return breakable


def begin(caller: Caller, aside: ThreadPoolExecutor, cid: str, text: str = QUESTION) -> Future[httpx.Response]:
    """Ask something, and go on once it is being answered."""
    asked = aside.submit(caller.send, cid, text=text)
    eventually(lambda: caller.pending() == cid)
    return asked


def test_the_history_tells_which_turn_is_being_answered(
    caller: Caller, system: System, aside: ThreadPoolExecutor
) -> None:
    cid = new_cid()
    with held(system, "actions"):
        asked = begin(caller, aside, cid)
        assert caller.said() == [QUESTION]

    assert answer_in(asked.result())
    assert caller.pending() is None


def test_a_second_question_has_to_wait(caller: Caller, system: System, aside: ThreadPoolExecutor) -> None:
    second = new_cid()
    with held(system, "actions"):
        first = begin(caller, aside, new_cid())
        busy = caller.send(second, text="Wat is de WBSO?")
    first.result()

    assert busy.status_code == 409
    assert error_of(busy) == "busy"
    assert caller.ask("Wat is de WBSO?", cid=second)
    assert caller.said() == [QUESTION, "Wat is de WBSO?"]


def test_of_two_questions_at_once_one_is_answered(
    caller: Caller, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    with held(system, "actions"):
        both = [aside.submit(caller.send, new_cid(), text=f"{QUESTION} {number}") for number in range(2)]
        eventually(lambda: any(asked.done() for asked in both))

    assert sorted(asked.result().status_code for asked in both) == [200, 409]
    assert len(caller.said()) == 1
    assert behind.asked(behind.conversation(caller.token)) == 1


def test_whoever_joins_a_running_turn_gets_all_of_it(
    caller: Caller, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    cid = new_cid()
    with held(system, "actions"):
        first = begin(caller, aside, cid)
        others = [aside.submit(caller.send, cid, text=QUESTION), aside.submit(caller.send, cid)]

    answer = answer_in(first.result())
    assert [answer_in(other.result()) for other in others] == [answer, answer]
    assert behind.asked(behind.conversation(caller.token)) == 1


def test_the_same_message_at_the_same_moment_is_asked_once(
    caller: Caller, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    with ExitStack() as open_windows:
        windows = [open_windows.enter_context(caller.second_window()) for _ in range(4)]
        rounds = [at_once(windows, {"cid": new_cid(), "text": QUESTION}, aside) for _ in range(ROUNDS)]

    refused = [answer.text for answers in rounds for answer in answers if answer.status_code != 200]
    assert refused == []
    assert all(len({answer.text for answer in answers}) == 1 for answers in rounds)
    assert not any(is_apology(answer_in(answers[0])) for answers in rounds)
    assert behind.asked(behind.conversation(caller.token)) == ROUNDS


def at_once(windows: list[httpx.Client], body: dict[str, str], aside: ThreadPoolExecutor) -> list[httpx.Response]:
    """The same message from every window, sent when all are ready to."""
    for window in windows:
        window.get("/healthz")  # so that no connection has to be made any more
    ready = threading.Barrier(len(windows))

    def send(window: httpx.Client) -> httpx.Response:
        ready.wait()
        return window.post("/v1/messages", json=body)

    return list(aside.map(send, windows))


def test_a_visitor_who_leaves_finds_the_whole_answer_later(caller: Caller, system: System, behind: Behind) -> None:
    cid = new_cid()
    body = {"cid": cid, "text": QUESTION}
    with (
        held(system, "actions"),
        caller.second_window() as window,
        window.stream("POST", "/v1/messages", json=body) as leaving,
    ):
        assert leaving.status_code == 200
    eventually(lambda: caller.pending() is None)

    answer = answer_in(caller.send(cid))
    assert answer
    assert caller.history(after=len(caller.greeting) + 1) == answer
    assert behind.asked(behind.conversation(caller.token)) == 1


def test_a_visitor_who_hangs_up_at_once_finds_the_answer_too(caller: Caller) -> None:
    cid = new_cid()
    request = caller.client.build_request("POST", "/v1/messages", json={"cid": cid, "text": QUESTION})
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    with socket.create_connection((request.url.host, request.url.port or 0)) as line:
        line.sendall(f"POST /v1/messages HTTP/1.1\r\n{head}\r\n".encode() + request.content)
    eventually(lambda: caller.said() and caller.pending() is None)

    assert caller.history(after=len(caller.greeting) + 1) == answer_in(caller.send(cid))


def test_another_conversation_need_not_wait(
    caller: Caller, call: Call, system: System, aside: ThreadPoolExecutor
) -> None:
    other = call(system)
    with held(system, "actions"):
        first = begin(caller, aside, new_cid())
        second = begin(other, aside, new_cid())

    assert answer_in(first.result())
    assert answer_in(second.result())


def test_erasing_while_a_turn_runs_leaves_nothing_behind(
    caller: Caller, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    conversation = behind.conversation(caller.token)
    with held(system, "actions"):
        asked = begin(caller, aside, new_cid())
        assert caller.erase()["conversations"] == 1
    stream = asked.result()

    assert "event: done" not in stream.text
    assert set(behind.rows(conversation).values()) == {0}


def test_erasing_between_two_questions_of_others_takes_only_ones_own(
    caller: Caller, call: Call, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    other = call(system)
    with held(system, "actions"):
        kept = begin(other, aside, new_cid())
        caller.erase()

    assert answer_in(kept.result())
    assert min(behind.rows(behind.conversation(other.token)).values()) > 0


def test_none_of_that_left_a_word_or_a_trace_in_the_logs(caller: Caller, system: System) -> None:
    caller.ask()

    logs = system.logs()
    assert "Uvicorn running" in logs
    assert RARE_WORD not in logs
    assert "Traceback" not in logs
