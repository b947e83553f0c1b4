"""Logs of the engine that say what failed and where, and never what a visitor typed.

Rasa prints the local variables of an exception, and messages of exceptions quote the values that they
failed on. Both can hold the visitor's words, so neither is written.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Dict

import structlog

LOGGED_KEYS = ("event", "level", "event_key")


def configure(level: int | None = None) -> None:
    """Replaces Rasa's `configure_structlog`: one line of text per entry, on standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(ValuelessFormatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=level or logging.INFO, force=True)
    # Sanic brings handlers of its own, which would write the same exceptions with their messages.
    for name in ("sanic.root", "sanic.error", "sanic.access", "sanic.server"):
        logging.getLogger(name).handlers = [handler]
        logging.getLogger(name).propagate = False
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.add_log_level,
            without_values,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def without_values(_logger: Any, _method: str, entry: Dict[str, Any]) -> Dict[str, Any]:
    """A log entry stripped to its name and level; of an exception the type and place."""
    kept = {key: entry[key] for key in LOGGED_KEYS if key in entry}
    error = sys.exc_info()[1]
    if error is not None:
        kept["exception"] = describe(error)
    return kept


class ValuelessFormatter(logging.Formatter):
    """Formats records with the type and place of an exception instead of its text."""

    def formatException(self, exc_info: Any) -> str:
        """The chain of exceptions as types with file and line."""
        return describe(exc_info[1]) if exc_info and exc_info[1] else ""


def describe(error: BaseException) -> str:
    """Type of `error`, where it was raised, and the same of what caused it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__} at {place}" + (f", after {describe(cause)}" if cause else "")
