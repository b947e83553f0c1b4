"""What every channel gets to send, and how it tells that it could not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from wegwijzer.errors import WegwijzerError
from wegwijzer.handover.answers import Reply
from wegwijzer.handover.contact import Contact
from wegwijzer.handover.dossier import Dossier
from wegwijzer.handover.partners import Partner


class NotDeliveredError(WegwijzerError):
    """An attempt failed: `permanent` when the next one would too; the message holds no personal data.

    `retry_after` is how many seconds the other side wants to be left alone.
    """

    def __init__(self, message: str, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


@dataclass(frozen=True)
class Delivery:
    """A handover as its partner gets it, the same in every attempt; `key` tells a repeat from a new one."""

    key: str
    reference: str
    partner: Partner
    topic: str | None
    dossier: Dossier
    contact: Contact
    consent_text: str
    consented_at: datetime
    sent_at: datetime
    answers: Mapping[Reply, str]

    def as_data(self) -> dict[str, Any]:
        """The same as plain data for JSON; moments are UTC."""
        return {
            "reference": self.reference,
            "partner": self.partner.id,
            "topic": self.topic,
            "dossier": self.dossier.as_data(),
            "contact": self.contact.as_data(),
            "consent": {"text": self.consent_text, "given_at": moment(self.consented_at)},
            "answers": dict(self.answers),
        }


def moment(at: datetime) -> str:
    """A moment in UTC as the world writes it: `2026-03-01T12:00:00Z`."""
    return at.isoformat(timespec="seconds") + "Z"


class Channel(Protocol):
    """A way to reach partners."""

    def send(self, delivery: Delivery) -> str:
        """Send it and tell in a few words how it went, without personal data. Raises NotDeliveredError."""
