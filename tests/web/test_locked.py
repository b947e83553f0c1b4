"""A database that another program keeps locked is told clearly, and forgotten once it is released."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind, eventually, held, locked
from tests.web.caller import QUESTION, RARE_WORD, Caller, answer_in, error_of, is_apology, new_cid
from tests.web.conftest import Call


@pytest.fixture(scope="module")
def system(breakable: System) -> System:
    """The system whose parts may be broken."""
    return breakable


def is_unavailable(response: httpx.Response) -> bool:
    """Whether the answer says to come back in a moment."""
    assert response.status_code == 503
    assert error_of(response) == "unavailable"
    return int(response.headers["Retry-After"]) > 0


def test_the_tracker_cannot_be_erased_while_it_is_locked(caller: Caller, system: System, behind: Behind) -> None:
    caller.ask()
    conversation = behind.conversation(caller.token)
    with locked(system.settings.tracker_url):
        refused = caller.client.delete("/v1/session")

    assert is_unavailable(refused)
    assert caller.erase()["engine_events"] > 0
    assert not any(behind.rows(conversation).values())


def test_whatever_writes_is_refused_while_our_database_is_locked_and_works_afterwards(
    call: Call, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    asking, rating, erasing, starting = (call(system) for _ in range(4))
    erasing.ask()
    cid, opinion = new_cid(), {"id": 1, "helpful": True}
    # Side by side, since each waits for some seconds before it gives up.
    with locked(system.settings.database_url):
        attempts = [
            aside.submit(asking.send, cid, text=QUESTION),
            aside.submit(rating.client.post, "/v1/feedback", json=opinion),
            aside.submit(erasing.client.delete, "/v1/session"),
            aside.submit(starting.client.post, "/v1/session", json={"partner": "demo"}),
        ]
        refused = [attempt.result() for attempt in attempts]

    assert all(is_unavailable(answer) for answer in refused)
    assert asking.said() == []
    assert not is_apology(asking.ask(cid=cid))
    assert behind.asked(behind.conversation(asking.token)) == 1
    assert rating.client.post("/v1/feedback", json=opinion).status_code == 204
    assert erasing.erase()["conversations"] == 1
    assert starting.client.post("/v1/session", json={"partner": "demo"}).status_code == 201


def test_the_history_can_be_read_while_our_database_is_locked(caller: Caller, system: System) -> None:
    with locked(system.settings.database_url):
        assert caller.history() == caller.greeting


def test_an_answer_waits_for_a_lock_that_is_short(
    caller: Caller, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    cid, conversation = new_cid(), behind.conversation(caller.token)
    with ExitStack() as lock:
        with held(system, "actions"):
            asked = aside.submit(caller.send, cid, text=QUESTION)
            eventually(lambda: caller.pending() == cid)
            lock.enter_context(locked(system.settings.database_url))
        eventually(lambda: behind.asked(conversation) == 1)

    assert not is_apology(answer_in(asked.result()))


def test_an_answer_that_cannot_be_stored_is_not_done_and_the_visitor_hears_of_it_later(
    call: Call, system: System, aside: ThreadPoolExecutor
) -> None:
    returning, going_on, cid = call(system), call(system), new_cid()
    with ExitStack() as lock:
        with held(system, "actions"):
            asked = [aside.submit(caller.send, cid, text=QUESTION) for caller in (returning, going_on)]
            eventually(lambda: returning.pending() == going_on.pending() == cid)
            lock.enter_context(locked(system.settings.database_url))
        streams = [stream.result().text for stream in asked]

    assert not any("event: done" in stream for stream in streams)
    assert is_apology(answer_in(returning.send(cid)))
    assert not is_apology(going_on.ask("Wat is de WBSO?"))
    assert [returning.said(), going_on.said()] == [[QUESTION], [QUESTION, "Wat is de WBSO?"]]
    assert is_apology(going_on.history())
    assert returning.pending() is going_on.pending() is None


def test_questions_are_answered_while_and_after_the_tracker_is_locked_and_all_of_them_can_be_erased(
    caller: Caller, system: System, behind: Behind
) -> None:
    conversation = behind.conversation(caller.token)
    caller.ask()
    with locked(system.settings.tracker_url):
        assert caller.ask("Hoe vind ik een stagiair?")

    answer = caller.ask("Wat is de WBSO?")
    assert "WBSO" in str(answer)
    assert not is_apology(answer)
    assert caller.said() == [QUESTION, "Hoe vind ik een stagiair?", "Wat is de WBSO?"]
    assert behind.asked(conversation) >= 2

    caller.erase()
    assert not any(behind.rows(conversation).values())


def test_none_of_that_left_a_word_or_a_trace_in_the_logs(caller: Caller, system: System) -> None:
    with locked(system.settings.database_url):
        caller.send(text=QUESTION)

    logs = system.logs()
    assert "refused" in logs
    assert RARE_WORD not in logs
    assert "Traceback" not in logs
