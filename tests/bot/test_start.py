"""The repairs to Rasa do what they promise, and no more."""

import asyncio
import logging
import sqlite3
from pathlib import Path
from typing import Any, Dict

import pytest
from jsonschema import ValidationError

from bot import private_logs, start
from bot.components.channel import GatewayChannel


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "topic", "value": "x"}], "responses": [{"text": "hoi"}]},
    ],
)
def test_a_good_answer_of_the_action_server_is_accepted(answer: Dict[str, Any]) -> None:
    assert start.validate_action_answer(None, answer)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"events": "none"},
        {"responses": {}},
        {"events": [{"name": "an event without its kind"}], "responses": []},
        {"events": [1], "responses": []},
    ],
)
def test_a_bad_answer_of_the_action_server_is_refused_without_quoting_it(answer: Any) -> None:
    with pytest.raises(ValidationError) as error:
        start.validate_action_answer(None, answer)

    assert "without its kind" not in str(error.value)


def test_the_compiled_validator_agrees_with_rasa_itself() -> None:
    from rasa.core.actions.action import RemoteAction

    action = RemoteAction("action_answer", None)
    for answer in (
        {"events": [], "responses": []},
        {"events": [1]},
        {"responses": "x"},
        {"events": [{"event": "slot"}]},
    ):
        assert _accepts(start.validate_action_answer, action, answer) == _accepts(_rasas_own, action, answer)


def _rasas_own(action: Any, answer: Dict[str, Any]) -> bool:
    from jsonschema import validate

    validate(answer, action.action_response_format_spec())
    return True


def _accepts(check: Any, action: Any, answer: Dict[str, Any]) -> bool:
    try:
        return bool(check(action, answer))
    except ValidationError:
        return False


def test_a_call_of_an_action_carries_the_events_of_the_turn_and_a_domain_only_when_asked_for() -> None:
    events = [{"event": "user", "text": "hoi"}, {"event": "bot"}, {"event": "user", "text": "dag"}, {"event": "slot"}]

    def rasas_own(action: Any, tracker: Any, domain: Any) -> Dict[str, Any]:
        return {"next_action": "action_answer", "tracker": {"slots": {"dialogue": None}, "events": events}, **domain}

    call = start.of_this_turn(rasas_own)(None, None, {})
    with_domain = start.of_this_turn(rasas_own)(None, None, {"domain": {"slots": {}}})

    assert call["tracker"] == {"slots": {"dialogue": None}, "events": events[2:]}
    assert (call["domain"], with_domain["domain"]) == ({}, {"slots": {}})


def test_the_tracker_store_keeps_values_out_of_errors_and_waits_for_a_lock(tmp_path: Path) -> None:
    arguments = start.discreet_and_patient(lambda url: {})(f"sqlite:///{tmp_path / 'tracker.sqlite3'}")

    assert arguments["hide_parameters"] is True
    assert arguments["connect_args"]["timeout"] > 1


def test_an_exception_is_logged_without_its_words(capsys: pytest.CaptureFixture) -> None:
    private_logs.configure()
    try:
        secret = "mijn omzet is gehalveerd"
        raise ValueError(f"cannot handle {secret}")
    except ValueError:
        logging.getLogger("rasa").exception("A turn failed.")

    logged = capsys.readouterr().out
    assert "A turn failed." in logged
    assert "ValueError at" in logged
    assert "omzet" not in logged


def test_a_structured_entry_is_logged_by_its_name_only(capsys: pytest.CaptureFixture) -> None:
    import structlog

    private_logs.configure()
    structlog.get_logger().error("processor.message", text="mijn omzet is gehalveerd", slots={"a": "gehalveerd"})

    logged = capsys.readouterr().out
    assert "processor.message" in logged
    assert "gehalveerd" not in logged


def test_the_stream_ends_although_the_turn_fails() -> None:
    async def fail(message: Any) -> None:
        raise sqlite3.OperationalError("database is locked")

    async def turn() -> Any:
        queue: asyncio.Queue = asyncio.Queue()
        with pytest.raises(sqlite3.OperationalError):
            await GatewayChannel.on_message_wrapper(fail, "hoi", queue, "sender", "rest", None)
        return queue.get_nowait()

    assert asyncio.run(turn()) == "DONE"
