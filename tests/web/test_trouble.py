"""When a part is away, hangs or dies in a turn, the visitor hears it kindly and nothing happens twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind, eventually, held, second_gateway, without
from tests.web.caller import QUESTION, RARE_WORD, Caller, answer_in, buttons_of, is_apology, new_cid
from tests.web.conftest import Call

AGAIN = "Vraag het opnieuw"


@pytest.fixture(scope="module")
def system(breakable: System) -> System:
    """The system whose parts may be broken."""
    return breakable


@pytest.fixture(scope="module")
def hasty(system: System, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A second web process that waits no more than two seconds for the engine."""
    with second_gateway(system, tmp_path_factory.mktemp("hasty"), engine_timeout_seconds=2) as gateway:
        yield gateway


def works(caller: Caller) -> bool:
    """Whether the next question is answered, and the history holds every question once."""
    said = caller.said()
    answer = caller.ask("Wat is de WBSO?")
    return not is_apology(answer) and caller.said() == [*said, "Wat is de WBSO?"]


def test_a_question_without_an_engine_gets_an_apology(caller: Caller, system: System, behind: Behind) -> None:
    with without(system, "engine"):
        answer = caller.ask()

    assert is_apology(answer)
    assert caller.said() == [QUESTION]
    assert works(caller)
    assert behind.asked(behind.conversation(caller.token)) == 1


def test_an_engine_that_dies_in_a_turn_gets_an_apology(
    caller: Caller, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    cid = new_cid()
    with held(system, "actions"):
        asked = aside.submit(caller.send, cid, text=QUESTION)
        eventually(lambda: caller.pending() == cid)
        with without(system, "engine"):
            answer = answer_in(asked.result())

    assert is_apology(answer)
    assert caller.ask(cid=cid) == answer
    assert works(caller)
    assert behind.asked(behind.conversation(caller.token)) <= 2


def test_a_question_without_actions_gets_an_apology(caller: Caller, system: System, behind: Behind) -> None:
    with without(system, "actions"):
        answer = caller.ask()

    assert is_apology(answer)
    assert works(caller)
    assert behind.asked(behind.conversation(caller.token)) == 2


def test_actions_that_die_in_a_turn_get_an_apology(caller: Caller, system: System, aside: ThreadPoolExecutor) -> None:
    cid = new_cid()
    with held(system, "actions"):
        asked = aside.submit(caller.send, cid, text=QUESTION)
        eventually(lambda: caller.pending() == cid)
        with without(system, "actions"):
            answer = answer_in(asked.result())

    assert is_apology(answer)
    assert caller.said() == [QUESTION]
    assert works(caller)


def test_actions_that_hang_for_too_long_get_an_apology(hasty: System, system: System, call: Call) -> None:
    caller, cid = call(hasty), new_cid()
    with held(system, "actions"):
        answer = caller.ask(cid=cid)

    assert is_apology(answer)
    assert caller.ask(cid=cid) == answer
    assert works(caller)


def test_an_engine_that_hangs_for_too_long_gets_an_apology(hasty: System, system: System, call: Call) -> None:
    caller = call(hasty)
    with held(system, "engine"):
        answer = caller.ask()

    assert is_apology(answer)
    assert works(caller)


def test_an_answer_that_comes_after_the_apology_is_not_given_to_the_next_question(
    hasty: System, system: System, call: Call
) -> None:
    caller = call(hasty)
    with held(system, "actions"):
        caller.ask("Hoe vind ik een stagiair?")

    answer = caller.ask("Wat is de WBSO?")
    assert "WBSO" in str(answer)
    assert caller.said() == ["Hoe vind ik een stagiair?", "Wat is de WBSO?"]
    assert caller.history(after=caller.history()[-len(answer) - 1]["id"]) == answer


def test_asking_again_gets_the_answer(caller: Caller, system: System) -> None:
    with without(system, "actions"):
        apology = caller.ask("Wat is de WBSO?")

    answer = caller.press(buttons_of(apology)[AGAIN])

    assert "WBSO" in str(answer)
    assert not is_apology(answer)


def test_pressing_again_what_was_a_button_gets_its_answer(caller: Caller, system: System) -> None:
    title, button = next(iter(buttons_of(caller.greeting).items()))
    with without(system, "actions"):
        apology = caller.press(button)

    again = caller.press(buttons_of(apology)[AGAIN])

    assert title in caller.said()
    assert not is_apology(again)
    assert {message.get("text") for message in again} == {message.get("text") for message in caller.press(button)}


def test_a_gateway_that_dies_in_a_turn_apologises_when_it_is_back(
    caller: Caller, system: System, behind: Behind, aside: ThreadPoolExecutor
) -> None:
    cid = new_cid()
    with held(system, "actions"):
        asked = aside.submit(caller.send, cid, text=QUESTION)
        eventually(lambda: caller.pending() == cid)
        with without(system, "web"):
            assert isinstance(asked.exception(), httpx.RemoteProtocolError)
        answer = caller.ask(cid=cid)

    assert is_apology(answer)
    assert caller.said() == [QUESTION]
    assert behind.rows(behind.conversation(caller.token))["turns"] == 2


def test_a_question_that_a_dying_gateway_cut_off_can_be_asked_again(
    caller: Caller, system: System, aside: ThreadPoolExecutor
) -> None:
    cid = new_cid()
    with held(system, "actions"):
        asked = aside.submit(caller.send, cid, text="Wat is de WBSO?")
        eventually(lambda: caller.pending() == cid)
        with without(system, "web"):
            asked.exception()

    answer = caller.press(buttons_of(caller.history())[AGAIN])
    assert "WBSO" in str(answer)
    assert caller.pending() is None


def test_what_the_engine_notes_after_an_erasure_is_taken_by_the_next_cleaning(
    hasty: System, system: System, behind: Behind, call: Call, tmp_path: Path
) -> None:
    caller, other = call(hasty), call(hasty)
    conversation = behind.conversation(caller.token)
    with held(system, "actions"):
        assert is_apology(caller.ask())
        caller.erase()
    eventually(lambda: behind.rows(conversation)["engine_events"] > 0)
    other.ask()

    with second_gateway(system, tmp_path):  # it cleans when it starts
        eventually(lambda: not any(behind.rows(conversation).values()))

    assert behind.rows(behind.conversation(other.token))["engine_events"] > 0


def test_none_of_that_left_a_word_or_a_trace_in_the_logs(caller: Caller, system: System) -> None:
    with without(system, "actions"):
        caller.ask()

    logs = system.logs()
    assert "the engine failed" in logs
    assert "DEBUG rasa" in logs
    assert RARE_WORD not in logs
    assert "Traceback" not in logs
