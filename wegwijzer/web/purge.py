"""Erases in time what is kept no longer."""

from dataclasses import dataclass

from wegwijzer.conversations.reports import ReportStore
from wegwijzer.handover.erasing import HandoverErasure
from wegwijzer.settings import Settings


@dataclass(frozen=True)
class Purge:
    """What outlives its conversation, each kind for days of its own."""

    reports: ReportStore
    handovers: HandoverErasure
    settings: Settings

    def __call__(self) -> dict[str, int]:
        """Erase what is too old; how many, by kind. Raises DatabaseUnavailableError."""
        gone = self.handovers.purge(self.settings.handover_contact_days, self.settings.handover_days)
        return {**gone, "reports": self.reports.erase_expired()}
