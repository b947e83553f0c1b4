"""`wegwijzer purge`: erases what is kept no longer, each kind of data after its own time."""

from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.reports import ReportStore
from wegwijzer.conversations.store import ConversationStore
from wegwijzer.database import engine_for, migrate
from wegwijzer.handover.erasing import HandoverErasure
from wegwijzer.handover.keys import contact_cipher
from wegwijzer.handover.store import HandoverStore
from wegwijzer.settings import Settings


def purge(settings: Settings) -> dict[str, int]:
    """Erase all that is too old; how many of each kind. Raises DatabaseUnavailableError."""
    migrate(settings.database_url)
    database = engine_for(settings.database_url)
    reports = ReportStore(database, settings.current_day)
    conversations = ConversationStore(database, settings.session_minutes)
    erasure = Erasure(conversations, (), engine_for(settings.tracker_url))
    counts = {"reports": reports.erase_expired(), "conversations": erasure.erase_older_than(settings.history_days)}
    handovers = HandoverErasure(database).purge(settings.handover_contact_days, settings.handover_days)
    return {**counts, **handovers}


def rotate(settings: Settings) -> int:
    """Encrypt all contact details with the newest key; how many. Raises MissingKeyError and ContactUnreadableError."""
    migrate(settings.database_url)
    return HandoverStore(engine_for(settings.database_url), contact_cipher(settings)).rotate()
