"""How long to wait before the next attempt."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

GROWTH = 4


@dataclass(frozen=True)
class Pauses:
    """Pauses that grow and are drawn at random, so that what failed together does not come back together."""

    first: float
    longest: float
    draw: Callable[[float, float], float] = secrets.SystemRandom().uniform

    def after(self, attempt: int, retry_after: float | None = None) -> float:
        """Seconds to wait after attempt number `attempt`; at least what a partner asked for, at most the longest."""
        grown = min(self.longest, self.first * GROWTH ** (attempt - 1))
        return max(self.draw(0, grown), min(retry_after or 0, self.longest))
