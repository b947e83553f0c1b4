"""Consent: the exact words that somebody agreed to, for which partner, and when."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from wegwijzer.errors import KnowledgeError, WegwijzerError
from wegwijzer.handover.partners import Partner
from wegwijzer.knowledge.reading.yaml_files import Reader
from wegwijzer.knowledge.records import Record


class NoConsentError(WegwijzerError):
    """Nobody agreed to this, or to other words than these; nothing may be stored or sent."""


def _with_known_gaps(text: str) -> str:
    try:
        text.format(partner="", contact_days="", handover_days="")
    except (LookupError, AttributeError, ValueError):
        raise ValueError("may only hold {partner}, {contact_days} and {handover_days}") from None
    if "{partner}" not in text:
        raise ValueError("should say to whom it is sent: {partner}")
    return text


class ConsentWords(Record):
    """The file `consent.yml`: what an entrepreneur agrees to before anything is sent."""

    text: Annotated[str, Field(min_length=40, max_length=900), AfterValidator(_with_known_gaps)]


@dataclass(frozen=True)
class Shown:
    """What is shown to be agreed to; `version` is a fingerprint of exactly this text."""

    text: str
    version: str


@dataclass(frozen=True)
class Consent:
    """What was agreed to: the text that was shown, for which partner, and when (UTC, without a zone)."""

    partner: str
    text: str
    version: str
    given_at: datetime


class ConsentForm:
    """Asks for consent, and takes it only for the words that are shown now."""

    def __init__(self, words: ConsentWords, contact_days: int, handover_days: int) -> None:
        self._words = words
        self._days = {"contact_days": contact_days, "handover_days": handover_days}

    def shown(self, partner: Partner) -> Shown:
        """The text for `partner`, with its version."""
        text = self._words.text.strip().format(partner=partner.name, **self._days)
        return Shown(text, hashlib.sha256(text.encode()).hexdigest()[:16])

    def given(self, partner: Partner, version: str, now: datetime) -> Consent:
        """The consent of somebody who was shown `version`. Raises NoConsentError when the text is another by now."""
        shown = self.shown(partner)
        if version != shown.version:
            raise NoConsentError("another text was agreed to; show this one and ask again")
        return Consent(partner.id, shown.text, shown.version, now)


def read_consent(file: Path) -> ConsentWords:
    """The words of consent. Raises KnowledgeError with file, line and field of every fault."""
    reader = Reader()
    read = reader.file(file, ConsentWords)
    if read is None:
        raise KnowledgeError("\n".join(str(fault) for fault in reader.faults))
    return read.record
