"""How long what is kept: erases in time what is too old, each kind of data after days of its own."""

from dataclasses import dataclass

from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.reports import ReportStore
from wegwijzer.handover.erasing import HandoverErasure
from wegwijzer.settings import Settings


@dataclass(frozen=True)
class Retention:
    """Conversations, and what outlives them."""

    erasure: Erasure
    reports: ReportStore
    handovers: HandoverErasure
    settings: Settings

    def purge(self) -> dict[str, int]:
        """Erase all that is too old; how many of each kind. Raises DatabaseUnavailableError."""
        settings = self.settings
        return {
            "conversations": self.erasure.erase_older_than(settings.history_days),
            "reports": self.reports.erase_expired(),
            **self.handovers.purge(settings.handover_contact_days, settings.handover_days),
        }
