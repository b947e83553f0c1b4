"""Starts Rasa with repairs that cannot be made by configuration.

Run it from the repository root as `python -m bot.start run ...`, with the arguments of `rasa`.

- Rasa checks every answer of the action server against a JSON schema, and checks the schema itself
  anew each time: nearly half of a turn. Here the schema is compiled once; bad answers are still refused.
- A call of an action carries all events since the conversation began, and answers take longer with every turn. Here
  it carries those of the turn, and no domain either unless the action asks for it (see `endpoints.yml`).
- Of every event that it reads back, Rasa looks for its class among all classes of events. Here each is looked for once.
- SQLAlchemy quotes the values of a failed statement, and Rasa logs the local variables of an exception:
  both hold what the visitor typed. See `bot.private_logs`.
- SQLite refuses to write while another process does, waits for the disk at every commit, and is opened and closed for
  every turn. Here it waits a few seconds first, writes ahead (safe against crashes; only a power cut can lose the
  last moments) and stays open.
"""

from __future__ import annotations

import functools
import sqlite3
import sys
from typing import Any, Callable, Dict

import fastjsonschema
import rasa.__main__
import rasa.core.tracker_store
import sqlalchemy.event
import sqlalchemy.pool
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot import private_logs

LOCK_WAIT_SECONDS = 5

check_format = fastjsonschema.compile(RemoteAction.action_response_format_spec())


def validate_action_answer(_action: RemoteAction, answer: Dict[str, Any]) -> bool:
    """True when `answer` has the format of an action server's answer; raises ValidationError when not."""
    try:
        check_format(answer)
    except fastjsonschema.JsonSchemaValueException as error:
        where = "/".join(str(step) for step in error.path[1:]) or "top level"
        raise ValidationError(f"The answer of the action server does not have the agreed format at {where}") from None
    return True


def of_this_turn(call_format: Callable[..., Dict[str, Any]]) -> Callable[..., Dict[str, Any]]:
    """Rasa's call of an action, cut to the events since the visitor's message."""

    def format_of_call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> Dict[str, Any]:
        # The action server refuses a call without a domain, which Rasa leaves out when no action asks for it.
        call = {"domain": {}, **call_format(action, tracker, domain)}
        events = call["tracker"]["events"]
        latest = max((place for place, event in enumerate(events) if event["event"] == "user"), default=0)
        call["tracker"]["events"] = events[latest:]
        return call

    return format_of_call


def discreet_and_patient(engine_arguments: Callable[[Any], Dict[str, Any]]) -> Callable[[Any], Dict[str, Any]]:
    """Rasa's arguments for the tracker database, with values kept out of errors and a wait for locks."""

    def arguments(url: Any) -> Dict[str, Any]:
        extended = {**engine_arguments(url), "hide_parameters": True}
        if str(url).startswith("sqlite"):
            extended["connect_args"] = {"timeout": LOCK_WAIT_SECONDS, "check_same_thread": False}
            extended["poolclass"] = sqlalchemy.pool.QueuePool
        return extended

    return arguments


def write_ahead(connection: Any, _record: Any) -> None:
    """Prepare a new connection, when it is one to SQLite."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")


def repair_rasa() -> None:
    """Put the repairs in place; call it before Rasa starts."""
    sqlalchemy.event.listen(sqlalchemy.engine.Engine, "connect", write_ahead)
    RemoteAction._validate_action_result = validate_action_answer
    RemoteAction._action_call_format = of_this_turn(RemoteAction._action_call_format)
    Event.resolve_by_type = staticmethod(functools.cache(Event.resolve_by_type))
    store = rasa.core.tracker_store
    store.create_engine_kwargs = discreet_and_patient(store.create_engine_kwargs)
    if "run" in sys.argv[1:2]:  # training has no visitors, and its messages are worth reading
        rasa.__main__.configure_structlog = private_logs.configure


if __name__ == "__main__":
    repair_rasa()
    rasa.__main__.main()
