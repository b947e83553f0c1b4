"""What goes to the address of a partner, and what its answer means."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from standardwebhooks import Webhook

from wegwijzer.handover.channels.channel import Delivery, NotDeliveredError, moment
from wegwijzer.handover.channels.webhook.door import Answer, Door
from wegwijzer.handover.clock import Clock, utc_now
from wegwijzer.handover.partners import Partner

EVENT = "handover.sent"
AGENT = "Wegwijzer/1"
TRY_AGAIN = {408, 425, 429}


@dataclass(frozen=True)
class Target:
    """Where the requests of a partner go, and the secret that signs them. Its repr does not tell it."""

    url: str
    secret: str

    def __repr__(self) -> str:
        return f"Target({self.url})"


@dataclass(frozen=True)
class WebhookChannel:
    """Posts deliveries; `target_of` raises NotDeliveredError when a secret is missing."""

    door: Door
    target_of: Callable[[Partner], Target]
    clock: Clock = utc_now

    def send(self, delivery: Delivery) -> str:
        """Post it once. Raises NotDeliveredError unless the partner says that it has it."""
        target, body = self.target_of(delivery.partner), body_of(delivery)
        now = self.clock()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "Accept-Encoding": "identity",
            "webhook-id": delivery.key,
            "webhook-timestamp": str(int(now.replace(tzinfo=UTC).timestamp())),
            "webhook-signature": Webhook(target.secret).sign(delivery.key, now, body),
        }
        return judge(self.door.post(target.url, body.encode(), headers), now)


def body_of(delivery: Delivery) -> str:
    """What is posted, to the letter the same in every attempt."""
    event = {"type": EVENT, "timestamp": moment(delivery.sent_at), "data": delivery.as_data()}
    return json.dumps(event, ensure_ascii=False)


def judge(answer: Answer, now: datetime) -> str:
    """The status when it says that the request arrived.

    Raises NotDeliveredError otherwise: trouble of the other side and "later" may pass, any other refusal and a
    redirect will not.
    """
    status = answer.status
    if 200 <= status < 300:
        return f"status {status}"
    if status in TRY_AGAIN or status >= 500:
        raise NotDeliveredError(f"status {status}", retry_after=seconds_of(answer.retry_after, now))
    raise NotDeliveredError(f"status {status}" + (", a redirect" if 300 <= status < 400 else ""), permanent=True)


def seconds_of(retry_after: str | None, now: datetime) -> float | None:
    """How long a partner wants to be left alone, told in seconds or as a moment; None when it cannot be read."""
    if retry_after is None:
        return None
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after)
    try:
        told = parsedate_to_datetime(retry_after)
        until = told if told.tzinfo else told.replace(tzinfo=UTC)
        return max(0.0, (until - now.replace(tzinfo=UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
