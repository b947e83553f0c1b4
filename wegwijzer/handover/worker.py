"""Sends what is in the outbox, one handover after the other; any number of workers may do so at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from wegwijzer.errors import DatabaseUnavailableError
from wegwijzer.handover.channels.channel import Channel, NotDeliveredError
from wegwijzer.handover.clock import Clock, utc_now
from wegwijzer.handover.deliveries import Deliveries
from wegwijzer.handover.outbox import Claim, Outbox
from wegwijzer.handover.pauses import Pauses

log = structlog.get_logger()
IDLE_SECONDS = 2.0
TRIES = 60
SECONDS_BETWEEN_TRIES = 1.0


@dataclass(frozen=True)
class Worker:
    """Claims, sends and tells the outbox; `pause` waits so many seconds, or shorter when everything stops."""

    outbox: Outbox
    deliveries: Deliveries
    channels: Mapping[str, Channel]
    pauses: Pauses
    pause: Callable[[float], object]
    clock: Clock = utc_now

    def run(self, stopping: Callable[[], bool]) -> None:
        """Send until `stopping`; an attempt that has begun is finished."""
        idle = min(IDLE_SECONDS, self.pauses.first)
        while not stopping():
            try:
                busy = self.send_one()
            except DatabaseUnavailableError as error:
                log.warning("the outbox cannot be read; trying again", exc_info=error)
                busy = False
            if not busy:
                self.pause(idle)

    def send_all(self) -> int:
        """Send all that is due, once each; how many. Raises DatabaseUnavailableError."""
        count = 0
        while self.send_one():
            count += 1
        return count

    def send_one(self) -> bool:
        """Make one attempt; False when nothing is due. Raises DatabaseUnavailableError when nothing was begun."""
        claim = self.outbox.claim()
        if claim is None:
            return False
        try:
            tell = partial(self._delivered, claim, self._attempt(claim))
        except NotDeliveredError as error:
            tell = partial(self._not_delivered, claim, error)
        except DatabaseUnavailableError:
            tell = partial(_log, claim, "put off until the claim runs out")
        self._insist(claim, tell)
        return True

    def _attempt(self, claim: Claim) -> str:
        """How it went. No transaction is open while a channel is at work."""
        try:
            delivery = self.deliveries.of(claim)
            if delivery is None:
                return "erased before it was sent"
            return self.channels[delivery.partner.way.kind].send(delivery)
        except (NotDeliveredError, DatabaseUnavailableError):
            raise
        except Exception as error:
            # A fault of ours: told to whoever runs this, and the handover is kept for when it is mended.
            log.error("sending broke", handover=claim.handover, exc_info=error)
            raise NotDeliveredError(f"a fault in the program: {type(error).__name__}") from error

    def _delivered(self, claim: Claim, detail: str) -> None:
        self.outbox.delivered(claim, detail)
        _log(claim, "delivered", detail)

    def _not_delivered(self, claim: Claim, error: NotDeliveredError) -> None:
        if error.permanent:
            self.outbox.refused(claim, str(error))
            _log(claim, "refused", str(error))
            return
        seconds = self.pauses.after(claim.number, error.retry_after)
        self.outbox.again(claim, str(error), self.clock() + timedelta(seconds=seconds))
        _log(claim, "again", str(error), seconds=round(seconds, 1))

    def _insist(self, claim: Claim, tell: Callable[[], None]) -> None:
        """Tell the outbox, however long the database is locked; in the end its claim runs out and it is sent again."""
        for _ in range(TRIES):
            try:
                return tell()
            except DatabaseUnavailableError:
                self.pause(SECONDS_BETWEEN_TRIES)
        _log(claim, "not written down, so it will be sent again with the same key")


def _log(claim: Claim, outcome: str, detail: str = "", **more: object) -> None:
    log.info("handover", outcome=outcome, handover=claim.handover, attempt=claim.number, detail=detail, **more)
