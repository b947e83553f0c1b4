"""Mail goes over TLS to a server that is who it says; what it says cannot come from a header that a visitor wrote."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.handover.conftest import CONTACT, DOSSIER, EMAIL, MAILBOX, NAME, NOON, delivery
from tests.handover.peers import Certificates, Mailbox, certificates, mail_server
from wegwijzer.handover.channels.channel import NotDeliveredError
from wegwijzer.handover.channels.email.transport import EmailChannel, MailServer, Security, message_of
from wegwijzer.handover.contact import Contact
from wegwijzer.handover.dossier import Dossier

MAIL = delivery(partner=MAILBOX)
SENDER = "wegwijzer@example.nl"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A certificate for the mail server's address."""
    return certificates(tmp_path_factory.mktemp("tls") / "mail.pem")


def channel(port: int, tls: Certificates, security: Security = "starttls", password: str | None = None) -> EmailChannel:
    """A channel to a mail server on this machine."""
    server = MailServer("127.0.0.1", port, security, SENDER, "wegwijzer" if password else None, password)
    return EmailChannel(server, 5, lambda: NOON, tls.client)


def failure(act: Callable[[], object]) -> NotDeliveredError:
    """The failure that it ends in."""
    with pytest.raises(NotDeliveredError) as failed:
        act()
    return failed.value


def parts(mailbox: Mailbox) -> tuple[str, str]:
    """Text and HTML of the one mail that came."""
    [message] = mailbox.got
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None and html is not None
    return text.get_content(), html.get_content()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_arrives_with_all_that_the_partner_needs(tls: Certificates, security: Security) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, tls.server(), at_once=security == "tls") as port:
        assert channel(port, tls, security).send(MAIL) == "taken by the mail server"

    [message] = mailbox.got
    assert message["To"] == "balie@kvk.example.nl"
    assert message["From"] == SENDER
    assert message["Reply-To"] == EMAIL
    assert message["Subject"] == "Aanvraag WW-7K3QX9ZD via Wegwijzer"
    assert message["Message-ID"] == "<handover_1@example.nl>"
    assert mailbox.envelopes[0].rcpt_tos == ["balie@kvk.example.nl"]
    for part in parts(mailbox):
        assert all(
            said in part
            for said in (
                *(NAME, EMAIL, "+31612345678", DOSSIER.question, "Heerlen", "Op weg", "https://qredits.nl"),
                *("Liefst na sluitingstijd.", *MAIL.answers.values(), MAIL.consent_text, "02-03-2026"),
            )
        )


def test_a_repeat_bears_the_same_message_id(tls: Certificates) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, tls.server()) as port:
        channel(port, tls).send(MAIL)
        channel(port, tls).send(MAIL)

    first, again = mailbox.got
    assert first["Message-ID"] == again["Message-ID"]


def test_what_is_not_filled_in_leaves_no_heading(tls: Certificates) -> None:
    mailbox = Mailbox()
    bare = replace(
        MAIL, dossier=Dossier(question="Wie helpt mij?"), contact=Contact("Voorbeeld", None, "+31612345678", "phone")
    )
    with mail_server(mailbox, tls.server()) as port:
        channel(port, tls).send(bare)

    assert mailbox.got[0]["Reply-To"] is None
    for part in parts(mailbox):
        assert not any(
            heading in part for heading in ("Het bedrijf", "Bedrijfscheck", "Besproken", "Opmerkingen", "E-mail")
        )
        assert "None" not in part


def test_what_somebody_typed_is_no_html(tls: Certificates) -> None:
    mailbox = Mailbox()
    typed = '<script>alert("x")</script> {{ 7 * 7 }} & co'
    named = replace(CONTACT, name="<b>Voorbeeld</b>")
    with mail_server(mailbox, tls.server()) as port:
        channel(port, tls).send(replace(MAIL, dossier=Dossier(question=typed), contact=named))

    text, html = parts(mailbox)
    assert typed in text
    assert "<script>" not in html and "<b>Voorbeeld" not in html
    assert "{{ 7 * 7 }}" in html


@pytest.mark.parametrize(
    "typed", ["x\r\nBcc: c@d.nl", "x\nBcc: c@d.nl", "x\n\n.\nMAIL FROM:<c@d.nl>\n", "x\r\n.\r\nQUIT\r\n"]
)
def test_no_line_that_somebody_typed_becomes_a_header_or_a_command(tls: Certificates, typed: str) -> None:
    mailbox = Mailbox()
    said = replace(MAIL, dossier=Dossier(question=typed, remarks=typed), contact=replace(CONTACT, name=typed))
    with mail_server(mailbox, tls.server()) as port:
        channel(port, tls).send(said)

    [message] = mailbox.got
    assert message["Bcc"] is None
    assert sorted(message.keys()) == sorted(message_of(MAIL, SENDER, lambda: NOON).keys())
    assert len(mailbox.envelopes) == 1
    assert mailbox.envelopes[0].rcpt_tos == ["balie@kvk.example.nl"]


def test_a_header_with_a_line_break_is_never_sent(tls: Certificates) -> None:
    forged = replace(MAIL, contact=Contact("Voorbeeld", "a@b.nl\r\nBcc: c@d.nl", None, "email"))

    with pytest.raises(ValueError, match="linefeed"):
        message_of(forged, SENDER, lambda: NOON)


@pytest.mark.parametrize(
    ("reply", "permanent"),
    [("451 busy", False), ("421 closing", False), ("550 nobody here", True), ("552 too large", True)],
)
def test_the_code_of_the_mail_server_decides_and_its_words_are_not_kept(
    tls: Certificates, reply: str, permanent: bool
) -> None:
    with mail_server(Mailbox(reply), tls.server()) as port:
        failed = failure(lambda: channel(port, tls).send(MAIL))

    assert (str(failed), failed.permanent) == (f"the mail server says {reply[:3]}", permanent)


def test_a_mail_server_that_asks_for_a_password_gets_it_over_tls(tls: Certificates) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, tls.server(), password="open sesame") as port:
        channel(port, tls, password="open sesame").send(MAIL)

    assert len(mailbox.got) == 1


def test_a_wrong_password_is_ours_to_mend_and_loses_nothing(tls: Certificates) -> None:
    with mail_server(Mailbox(), tls.server(), password="open sesame") as port:
        failed = failure(lambda: channel(port, tls, password="wrong").send(MAIL))

    assert (str(failed), failed.permanent) == ("the mail server says 535", False)


def test_a_mail_server_that_is_not_who_it_says_gets_nothing(tls: Certificates, tmp_path: Path) -> None:
    mailbox = Mailbox()
    strange = certificates(tmp_path / "strange.pem")
    with mail_server(mailbox, strange.server()) as port:
        failed = failure(lambda: channel(port, tls).send(MAIL))

    assert (str(failed), failed.permanent) == ("no answer of the mail server: SSLCertVerificationError", False)
    assert mailbox.got == []


def test_a_mail_server_that_is_not_there_is_tried_again(tls: Certificates) -> None:
    assert not failure(lambda: channel(1, tls).send(MAIL)).permanent


def test_without_a_mail_server_it_waits_until_there_is_one() -> None:
    failed = failure(lambda: EmailChannel(None, 5).send(MAIL))

    assert "WEGWIJZER_SMTP_HOST" in str(failed)
    assert not failed.permanent


def test_a_password_does_not_get_into_a_log() -> None:
    assert "secret" not in repr(MailServer("mail.example.nl", 587, "starttls", SENDER, "me", "secret"))
