"""One mail for a handover, with a text and an HTML part, over an encrypted connection."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from wegwijzer.handover.channels.channel import Delivery, NotDeliveredError
from wegwijzer.handover.channels.deadline import Deadline
from wegwijzer.handover.clock import Clock, utc_now
from wegwijzer.handover.partners import EmailWay

TEMPLATES = Environment(
    loader=PackageLoader(__name__.rpartition(".")[0], "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# What says that our server or our password is wrong says nothing of this mail.
OURS_TO_MEND = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
Security = Literal["starttls", "tls"]


@dataclass(frozen=True)
class MailServer:
    """The server that sends our mail. Its repr does not tell the password."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class EmailChannel:
    """Mails deliveries; without a server every attempt fails, until there is one."""

    server: MailServer | None
    seconds: float
    clock: Clock = utc_now
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def send(self, delivery: Delivery) -> str:
        """Hand it to the mail server once. Raises NotDeliveredError unless that takes it."""
        if self.server is None:
            raise NotDeliveredError("no mail server is set: WEGWIJZER_SMTP_HOST and WEGWIJZER_MAIL_FROM")
        message = message_of(delivery, self.server.sender, self.clock)
        with Deadline(self.seconds) as deadline:
            try:
                self._hand_over(self.server, message, deadline)
            except (OSError, smtplib.SMTPException) as error:
                raise _not_delivered(error) from error
        return "taken by the mail server"

    def _hand_over(self, server: MailServer, message: EmailMessage, deadline: Deadline) -> None:
        context = self.tls()
        connection = _Connection(server, context, deadline, self.seconds)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user and server.password:
                connection.login(server.user, server.password)
            connection.send_message(message)
        finally:
            # By now it was taken or not; how the other side says goodbye changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
            connection.close()


class _Connection(smtplib.SMTP):
    """SMTP on a connection that a deadline watches, encrypted from the start where the server wants that."""

    def __init__(self, server: MailServer, context: ssl.SSLContext, deadline: Deadline, seconds: float) -> None:
        self._server = server
        self._context = context
        self._deadline = deadline
        super().__init__(server.host, server.port, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = self._deadline.wait_for(lambda: socket.create_connection((host, port), timeout))
        self._deadline.watch(connection)
        if self._server.security == "tls":
            return self._context.wrap_socket(connection, server_hostname=host)
        return connection


def message_of(delivery: Delivery, sender: str, clock: Clock) -> EmailMessage:
    """The mail. No header holds anything that a visitor typed, but for an address whose form was checked."""
    way = delivery.partner.way
    if not isinstance(way, EmailWay):
        raise NotDeliveredError(f"{delivery.partner.id} has no mailbox", permanent=True)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"Aanvraag {delivery.reference} via Wegwijzer"
    message["From"] = sender
    message["To"] = way.to
    if delivery.contact.email:
        message["Reply-To"] = delivery.contact.email
    message["Date"] = clock().replace(tzinfo=UTC)
    message["Message-ID"] = f"<{delivery.key}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    values: dict[str, Any] = {"delivery": delivery, "dossier": delivery.dossier, "contact": delivery.contact}
    message.set_content(TEMPLATES.get_template("handover.txt").render(values))
    message.add_alternative(TEMPLATES.get_template("handover.html").render(values), subtype="html")
    return message


def _not_delivered(error: OSError | smtplib.SMTPException) -> NotDeliveredError:
    """What failed, by code only: the words of a mail server quote addresses."""
    codes = _codes(error)
    if not codes:
        return NotDeliveredError(f"no answer of the mail server: {type(error).__name__}")
    permanent = all(code >= 500 for code in codes) and not isinstance(error, OURS_TO_MEND)
    return NotDeliveredError(f"the mail server says {', '.join(map(str, codes))}", permanent)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return sorted({code for code, _ in error.recipients.values()})
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
