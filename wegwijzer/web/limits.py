"""How often somebody may ask: per conversation and per address. The counts are kept in memory only."""

import time
from typing import Literal

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from wegwijzer.errors import WegwijzerError
from wegwijzer.settings import Settings

Counted = Literal["conversation", "address", "session"]


class TooManyRequestsError(WegwijzerError):
    """Somebody asks too often; they may try again after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many requests")
        self.retry_after = retry_after


class RateLimits:
    """Counts requests in a sliding window."""

    def __init__(self, settings: Settings) -> None:
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._limits = {
            "conversation": RateLimitItemPerMinute(settings.requests_per_minute),
            "address": RateLimitItemPerMinute(settings.requests_per_minute_per_address),
            "session": RateLimitItemPerHour(settings.sessions_per_hour_per_address),
        }

    def count(self, what: Counted, who: str) -> None:
        """Count one request of `who`. Raises TooManyRequestsError when that is one too many."""
        limit = self._limits[what]
        if not self._window.hit(limit, what, who):
            reset = self._window.get_window_stats(limit, what, who).reset_time
            raise TooManyRequestsError(retry_after=max(1, round(reset - time.time())))
