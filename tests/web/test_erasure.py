"""A visitor can have everything erased, sees what went, and is forgotten."""

import secrets
from pathlib import Path

from tests.conftest import System
from tests.web.behind import Behind, eventually, second_gateway, sha256
from tests.web.caller import Caller, buttons_of, error_of
from tests.web.conftest import Call


def test_the_receipt_counts_what_there_was(caller: Caller, behind: Behind) -> None:
    caller.ask()
    caller.press(next(iter(buttons_of(caller.greeting).values())))
    rows = behind.rows(behind.conversation(caller.token))

    assert min(rows.values()) > 0
    assert caller.erase() == {**rows, "reports": 0, "handovers": 0, "outbox": 0, "attempts": 0}


def test_the_receipt_of_an_unused_conversation_counts_its_greeting(caller: Caller) -> None:
    receipt = caller.erase()

    assert receipt["conversations"] == receipt["turns"] == 1
    assert receipt["messages"] == len(caller.greeting)
    assert receipt["buttons"] == len(buttons_of(caller.greeting))
    assert receipt["engine_events"] == 0


def test_nothing_is_left_in_any_table(caller: Caller, behind: Behind) -> None:
    caller.ask()
    conversation = behind.conversation(caller.token)

    caller.erase()

    assert set(behind.rows(conversation).values()) == {0}


def test_no_word_is_left_in_the_files_of_the_databases(caller: Caller, behind: Behind) -> None:
    word = f"zeldzaam{secrets.token_hex(8)}"
    caller.ask(f"Hoe kom ik aan geld voor een {word}?")
    assert word.encode() in behind.bytes()

    caller.erase()

    assert word.encode() not in behind.bytes()


def test_the_token_is_dead_afterwards(caller: Caller) -> None:
    caller.erase()

    refused = caller.send(text="nog een vraag")
    assert refused.status_code == 401
    assert error_of(refused) == "session_expired"
    assert caller.client.delete("/v1/session").status_code == 401


def test_the_conversation_of_another_stays(caller: Caller, call: Call, system: System, behind: Behind) -> None:
    other = call(system)
    other.ask()
    rows = behind.rows(behind.conversation(other.token))

    caller.erase()

    assert behind.rows(behind.conversation(other.token)) == rows


def test_an_engine_that_is_asked_after_an_erasure_remembers_nothing(caller: Caller, call: Call, system: System) -> None:
    caller.ask("Wij zijn een bakkerij in Heerlen")
    caller.erase()

    text = str(call(system).ask("Waar kan ik geld lenen?"))
    assert "Voor ondernemers in Heerlen" not in text


def test_conversations_that_were_silent_for_too_long_are_erased_by_themselves(
    caller: Caller, call: Call, system: System, behind: Behind, tmp_path: Path
) -> None:
    old, recent = caller, call(system)
    for each in (old, recent):
        each.ask()
    forgotten, kept = (behind.conversation(each.token) for each in (old, recent))

    behind.fall_silent(forgotten, days=31)
    behind.fall_silent(kept, days=29)
    with second_gateway(system, tmp_path):
        eventually(lambda: not any(behind.rows(forgotten).values()))

    assert min(behind.rows(kept).values()) > 0
    assert sha256(recent.token).encode() in behind.bytes()
