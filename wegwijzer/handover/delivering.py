"""`wegwijzer deliver`: the workers of one process, wired from the settings."""

import binascii
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import structlog
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from wegwijzer.database import engine_for
from wegwijzer.handover.answers import AnswerLinks
from wegwijzer.handover.channels.channel import Channel, NotDeliveredError
from wegwijzer.handover.channels.email.transport import EmailChannel, MailServer
from wegwijzer.handover.channels.webhook.door import Door
from wegwijzer.handover.channels.webhook.transport import Target, WebhookChannel
from wegwijzer.handover.deliveries import Deliveries
from wegwijzer.handover.keys import answer_keys, contact_cipher, sandbox_secret
from wegwijzer.handover.outbox import Outbox
from wegwijzer.handover.partners import Partner, Partners, WebhookWay
from wegwijzer.handover.pauses import Pauses
from wegwijzer.handover.worker import Worker
from wegwijzer.settings import Settings

log = structlog.get_logger()
# A claim must outlive the slowest attempt, looking up a name and waiting for the database included.
LEASE_IN_ATTEMPTS = 4


def deliver(settings: Settings) -> None:
    """Send what is in the outbox until SIGTERM or Ctrl-C; what is being sent then is finished.

    Raises MissingKeyError and KnowledgeError at the start.
    """
    stop = threading.Event()
    worker = make_worker(settings, stop.wait)
    log.info("delivering", workers=settings.delivery_workers)

    def finish(*_: object) -> None:
        stop.set()
        log.info("stopping as soon as what is being sent has been sent")

    # From here on this thread neither logs nor waits for `stop`: a signal that interrupted it there would block it.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, finish)
    with ThreadPoolExecutor(settings.delivery_workers) as threads:
        running = [threads.submit(_run, worker, stop) for _ in range(settings.delivery_workers)]
    # What ended a thread ends the process: whoever watches it then starts it again.
    for one in running:
        one.result()


def deliver_once(settings: Settings) -> int:
    """Send all that is due now; how many attempts. Raises DatabaseUnavailableError, too."""
    return make_worker(settings, threading.Event().wait).send_all()


def _run(worker: Worker, stop: threading.Event) -> None:
    try:
        worker.run(stop.is_set)
    finally:
        stop.set()


def make_worker(settings: Settings, pause: Callable[[float], object]) -> Worker:
    """A worker on the database of `settings`, fit for any number of threads."""
    engine = engine_for(settings.database_url)
    return Worker(
        Outbox(engine, settings.delivery_timeout_seconds * LEASE_IN_ATTEMPTS),
        Deliveries(engine, contact_cipher(settings), Partners.of(settings), answer_links(settings)),
        channels(settings, os.environ),
        Pauses(settings.delivery_pause_seconds, settings.delivery_longest_pause_seconds),
        pause,
    )


def answer_links(settings: Settings) -> AnswerLinks:
    """The links with which partners answer. Raises MissingKeyError."""
    return AnswerLinks(answer_keys(settings), settings.public_address, settings.answer_days)


def channels(settings: Settings, environment: Mapping[str, str]) -> dict[str, Channel]:
    """The channel for each way to reach a partner; `environment` holds the partners' secrets."""
    door = Door(settings.delivery_timeout_seconds, settings.calls_private_addresses)
    webhook = WebhookChannel(door, lambda partner: _target(partner, settings, environment))
    email = EmailChannel(_mail_server(settings), settings.delivery_timeout_seconds)
    return {"webhook": webhook, "sandbox": webhook, "email": email}


def _target(partner: Partner, settings: Settings, environment: Mapping[str, str]) -> Target:
    if not isinstance(partner.way, WebhookWay):
        return Target(settings.sandbox_url, sandbox_secret(settings))
    secret = environment.get(partner.way.secret, "")
    try:
        Webhook(secret)
    except (EmptyWebhookSecretError, binascii.Error):
        raise NotDeliveredError(f"{partner.way.secret} is not set, or is no secret of Standard Webhooks") from None
    return Target(str(partner.way.url), secret)


def _mail_server(settings: Settings) -> MailServer | None:
    if not settings.smtp_host or not settings.mail_from:
        return None
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_security,
        settings.mail_from,
        settings.smtp_user,
        settings.smtp_password,
    )
