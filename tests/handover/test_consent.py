"""Consent is for exact words and one partner, and its file may only hold what can be filled in."""

from pathlib import Path

import pytest

from tests.handover.conftest import MAILBOX, NOON, partner
from wegwijzer.errors import KnowledgeError
from wegwijzer.handover.consent import ConsentForm, ConsentWords, NoConsentError, read_consent
from wegwijzer.settings import PROJECT

WORDS = read_consent(PROJECT / "knowledge" / "consent.yml")
FORM = ConsentForm(WORDS, contact_days=30, handover_days=180)


def test_what_is_shown_names_the_partner_and_how_long_it_is_kept() -> None:
    text = FORM.shown(partner()).text

    assert all(part in text for part in ("stuurt naar Qredits", "30 dagen nadat", "hooguit 180 dagen"))
    assert "{" not in text


def test_what_is_agreed_to_is_kept_to_the_letter() -> None:
    shown = FORM.shown(partner())

    consent = FORM.given(partner(), shown.version, NOON)

    assert (consent.partner, consent.text, consent.version) == ("qredits", shown.text, shown.version)
    assert consent.given_at == NOON


@pytest.mark.parametrize(
    "version",
    [
        "",
        FORM.shown(MAILBOX).version,
        ConsentForm(WORDS, 31, 180).shown(partner()).version,
        ConsentForm(ConsentWords(text=WORDS.text + " Echt."), 30, 180).shown(partner()).version,
    ],
    ids=["nothing", "another partner", "other days", "other words"],
)
def test_consent_to_other_words_is_none(version: str) -> None:
    with pytest.raises(NoConsentError):
        FORM.given(partner(), version, NOON)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Je vindt het goed dat dit wordt verstuurd naar iemand.", "should say to whom it is sent"),
        ("Je vindt het goed dat dit wordt verstuurd naar {partners}.", "may only hold"),
        ("Je vindt het goed dat dit wordt verstuurd naar {partner", "may only hold"),
        ("Je vindt het goed dat dit wordt verstuurd naar {partner.name}.", "may only hold"),
        ("Ja?", "at least 40"),
    ],
)
def test_words_that_cannot_be_shown_are_refused_with_their_line(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "consent.yml"
    file.write_text(f'text: "{text}"\n')

    with pytest.raises(KnowledgeError, match=f"consent.yml:1: text: .*{complaint}"):
        read_consent(file)
