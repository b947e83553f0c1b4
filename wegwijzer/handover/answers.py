"""The links with which partners answer: signed, for one request and one answer, and of use for a limited time.

A link shows a page and changes nothing yet: programs that check mail for malware open every link in it.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from wegwijzer.errors import WegwijzerError

Reply = Literal["accepted", "declined", "done"]
REPLIES: tuple[Reply, ...] = get_args(Reply)
PATH = "/antwoord/"
LONGEST_TOKEN = 200


class LinkInvalidError(WegwijzerError):
    """This is no link of ours, or it was changed."""


class LinkExpiredError(WegwijzerError):
    """This was a link of ours, but it is too old to be used."""


@dataclass(frozen=True)
class Ticket:
    """What a link allows: to answer the handover with this id in one way, until a moment (UTC, without a zone)."""

    handover: str
    reply: Reply
    expires_at: datetime


@dataclass(frozen=True)
class AnswerLinks:
    """Makes the links of a handover and reads them back; `keys` newest first, the newest signs and any verifies."""

    keys: Sequence[bytes]
    address: str
    days: int

    def of(self, handover: str, sent_at: datetime) -> dict[Reply, str]:
        """The address for each reply; the same for each time that it is sent."""
        expires_at = (sent_at + timedelta(days=self.days)).replace(microsecond=0)
        tickets = [Ticket(handover, reply, expires_at) for reply in REPLIES]
        return {ticket.reply: f"{self.address}{PATH}{sign(self.keys[0], ticket)}" for ticket in tickets}

    def read(self, token: str, now: datetime) -> Ticket:
        """What the link with this token allows. Raises LinkInvalidError and LinkExpiredError."""
        return verify(self.keys, token, now)


def sign(key: bytes, ticket: Ticket) -> str:
    """The token of a ticket, fit for an address."""
    said = f"{ticket.handover} {ticket.reply} {ticket.expires_at.isoformat()}".encode()
    return f"{_text(said)}.{_text(_mac(key, said))}"


def verify(keys: Sequence[bytes], token: str, now: datetime) -> Ticket:
    """The ticket of a token that one of `keys` signed. Raises LinkInvalidError and LinkExpiredError."""
    said, mac = _parts(token)
    if not any(hmac.compare_digest(_mac(key, said), mac) for key in keys):
        raise LinkInvalidError("this link is not ours")
    handover, reply, moment = said.decode().split(" ")
    ticket = Ticket(handover, next(known for known in REPLIES if known == reply), datetime.fromisoformat(moment))
    if ticket.expires_at < now:
        raise LinkExpiredError("this link is too old")
    return ticket


def _parts(token: str) -> tuple[bytes, bytes]:
    said, _, mac = token[:LONGEST_TOKEN].partition(".")
    try:
        return _bytes(said), _bytes(mac)
    except (binascii.Error, ValueError):
        raise LinkInvalidError("this link is not ours") from None


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, b"answer " + said, hashlib.sha256).digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
