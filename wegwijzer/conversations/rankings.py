"""What the engine tells of a message: rankings of names with their confidence."""

from collections.abc import Iterable, Mapping
from typing import Any


def chances(ranking: Iterable[Mapping[str, Any]] | None) -> dict[str, float]:
    """The probability by name of a ranking (`[{"name": ..., "confidence": ...}]`); empty for None."""
    return {one["name"]: one["confidence"] for one in ranking or ()}
