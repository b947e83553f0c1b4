"""Logs that say what failed and where, and never what a visitor typed.

Messages of exceptions quote the values that they failed on, which can be a visitor's words: of an
exception only its type and place are written. The engine has its own twin of this, since it shares no code.
"""

import logging
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import structlog

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
ACTIONS_LOGGING = Path(__file__).with_name("actions_logging.yml")
"""Logging of the action server, for its `--logging-config_file`."""


class ValuelessFormatter(logging.Formatter):
    """Formats records with the type and place of an exception instead of its text."""

    def formatException(self, ei: ExcInfo) -> str:
        """The chain of exceptions as types with file and line."""
        return describe(ei[1]) if ei[1] else ""


def describe(error: BaseException) -> str:
    """Type of `error`, where it was raised, and the same of what caused it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__} at {place}" + (f", after {describe(cause)}" if cause else "")


def configure(form: Literal["console", "json"]) -> None:
    """One line per entry on standard output, for people (`console`) or machines (`json`)."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(ValuelessFormatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    # Every turn goes through httpx, which would tell of each; alembic tells of its plugins.
    for name in ("httpx", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    renderer: Any = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _described,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
    )


def _described(_logger: Any, _method: str, entry: structlog.typing.EventDict) -> structlog.typing.EventDict:
    error = entry.pop("exc_info", None)
    if isinstance(error, BaseException):
        entry["exception"] = describe(error)
    return entry
