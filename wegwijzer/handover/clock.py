"""The time of day, as a parameter."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the moment in UTC, without a zone: as columns hold it, which every database stores alike."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC).replace(tzinfo=None)
