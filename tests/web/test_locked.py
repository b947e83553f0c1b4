"""A database that another program keeps locked is told clearly, and forgotten once it is released."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind, eventually, held, locked
from tests.web.caller import QUESTION, RARE_WORD, Caller, answer_in, error_of, is_apology, new_cid


@pytest.fixture(scope="module")
def system(breakable: System) -> System:
    """A system of this module's own."""
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


def test_a_question_is_refused_while_our_database_is_locked(caller: Caller, system: System, behind: Behind) -> None:
    cid = new_cid()
    with locked(system.settings.database_url):
        refused = caller.send(cid, text=QUESTION)

    assert is_unavailable(refused)
    assert caller.said() == []
    assert not is_apology(caller.ask(cid=cid))
    assert caller.said() == [QUESTION]
    assert behind.asked(behind.conversation(caller.token)) == 1


def test_a_conversation_cannot_begin_while_our_database_is_locked(caller: Caller, system: System) -> None:
    with locked(system.settings.database_url):
        refused = caller.client.post("/v1/session", json={"partner": "demo"})

    assert is_unavailable(refused)
    assert caller.client.post("/v1/session", json={"partner": "demo"}).status_code == 201


def test_an_opinion_is_refused_while_our_database_is_locked(caller: Caller, system: System) -> None:
    opinion = {"id": 1, "helpful": True}
    with locked(system.settings.database_url):
        refused = caller.client.post("/v1/feedback", json=opinion)

    assert is_unavailable(refused)
    assert caller.client.post("/v1/feedback", json=opinion).status_code == 204


def test_nothing_goes_when_erasing_fails_on_our_database(caller: Caller, system: System) -> None:
    caller.ask()
    with locked(system.settings.database_url):
        refused = caller.client.delete("/v1/session")

    assert is_unavailable(refused)
    assert caller.erase()["conversations"] == 1


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


def unstored(caller: Caller, system: System, aside: ThreadPoolExecutor, cid: str) -> httpx.Response:
    """A turn whose answer finds our database locked for longer than it waits."""
    with ExitStack() as lock:
        with held(system, "actions"):
            asked = aside.submit(caller.send, cid, text=QUESTION)
            eventually(lambda: caller.pending() == cid)
            lock.enter_context(locked(system.settings.database_url))
        return asked.result()


def test_an_answer_that_cannot_be_stored_is_not_done_and_can_be_had_by_its_cid(
    caller: Caller, system: System, aside: ThreadPoolExecutor
) -> None:
    cid = new_cid()
    stream = unstored(caller, system, aside, cid)

    assert "event: done" not in stream.text
    assert answer_in(caller.send(cid))
    assert caller.said() == [QUESTION]
    assert not is_apology(caller.ask("Wat is de WBSO?"))


def test_the_next_question_works_after_an_answer_that_could_not_be_stored(
    caller: Caller, system: System, aside: ThreadPoolExecutor
) -> None:
    unstored(caller, system, aside, new_cid())

    next_one = caller.send(text="Wat is de WBSO?")

    assert next_one.status_code == 200, next_one.text


def test_a_question_while_the_tracker_is_locked_gets_some_answer(caller: Caller, system: System) -> None:
    with locked(system.settings.tracker_url):
        answer = caller.ask()

    assert answer
    assert caller.said() == [QUESTION]


def test_the_next_question_works_after_the_tracker_was_locked(caller: Caller, system: System, behind: Behind) -> None:
    caller.ask()
    with locked(system.settings.tracker_url):
        caller.ask("Hoe vind ik een stagiair?")

    answer = caller.ask("Wat is de WBSO?")

    assert "WBSO" in str(answer)
    assert not is_apology(answer)
    assert len(caller.said()) == 3
    assert behind.asked(behind.conversation(caller.token)) >= 2


def test_what_the_engine_noted_while_the_tracker_was_locked_is_erased_too(
    caller: Caller, system: System, behind: Behind
) -> None:
    conversation = behind.conversation(caller.token)
    with locked(system.settings.tracker_url):
        caller.ask()

    caller.erase()

    assert not any(behind.rows(conversation).values())


def test_none_of_that_left_a_word_or_a_trace_in_the_logs(caller: Caller, system: System) -> None:
    with locked(system.settings.database_url):
        caller.send(text=QUESTION)

    logs = system.logs()
    assert "refused" in logs
    assert RARE_WORD not in logs
    assert "Traceback" not in logs
