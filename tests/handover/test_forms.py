"""What people fill in is cleaned and bounded; what cannot be used is named by its field, in Dutch."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handover.conftest import CONTACT, DOSSIER
from wegwijzer.conversations.redaction import redact
from wegwijzer.handover.contact import Contact
from wegwijzer.handover.dossier import Dossier
from wegwijzer.handover.fields import InvalidFieldError
from wegwijzer.handover.references import as_written, new_reference
from wegwijzer.knowledge.files import KnowledgeFiles

UNREACHABLE = "Vul ook in hoe we je zo kunnen bereiken, of kies iets anders."
QUESTION = {"question": "Hoe betaal ik een oven?"}
NAMED = {"name": "Voorbeeld"}


def complaint(form: type[Dossier] | type[Contact], data: object) -> tuple[str, str]:
    """The field and the sentence of what is refused."""
    with pytest.raises(InvalidFieldError) as refused:
        form.from_data(data)
    return refused.value.field, refused.value.message


def test_a_dossier_comes_back_as_it_was() -> None:
    assert Dossier.from_data(DOSSIER.as_data()) == DOSSIER


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"question": "  "}, "question", "Vul dit in."),
        ({"question": "x" * 601}, "question", "Dit is te lang: hooguit 600 tekens."),
        ({"question": None}, "question", "Dit heeft niet de juiste vorm."),
        ({"remarks": "x" * 601}, "remarks", "Dit is te lang: hooguit 600 tekens."),
        ({"facts": [{"label": "Plaats"}]}, "facts.0.value", "Vul dit in."),
        ({"facts": [{"label": "Plaats", "value": "x" * 161}]}, "facts.0.value", "Dit is te lang: hooguit 160 tekens."),
        ({"facts": [{"label": "x", "value": "y"}] * 21}, "facts", "Dit zijn er te veel: hooguit 20."),
        ({"offers": [{"name": "X", "url": "http://x.nl"}]}, "offers.0.url", "Dit is geen openbaar https-adres."),
        ({"offers": [{"name": "X", "url": "javascript:x"}]}, "offers.0.url", "Dit is geen openbaar https-adres."),
        (
            {"offers": [{"name": "X", "url": "https://x.nl/?m=a@b.nl"}]},
            "offers.0.url",
            "Dit is geen openbaar https-adres.",
        ),
        ({"name": "Voorbeeld"}, "name", "Dit veld kennen we niet."),
    ],
)
def test_a_dossier_that_cannot_be_used_is_told_by_field(change: dict[str, Any], field: str, sentence: str) -> None:
    assert complaint(Dossier, {**QUESTION, **change}) == (field, sentence)


def test_every_text_of_a_dossier_is_redacted() -> None:
    secret = "bel 06-12345678 of mail a@b.nl"
    dossier = Dossier.from_data(
        {
            "question": secret,
            "facts": [{"label": secret, "value": secret}],
            "assessment": [{"theme": secret, "level": secret}],
            "offers": [{"name": secret}],
            "remarks": secret,
        }
    )

    assert "12345678" not in str(dossier)
    assert "a@b.nl" not in str(dossier)
    assert dossier.remarks == "bel [telefoonnummer] of mail [e-mailadres]"


@pytest.mark.parametrize("unseen", ["\x00", "\u200b", "\u2060", "\u202e", "\ud800", "\x1b"])
def test_signs_that_cannot_be_seen_hide_nothing(unseen: str) -> None:
    question = Dossier.from_data({"question": f"Bel me{unseen} op 06{unseen}-12345{unseen}678"}).question

    assert question == "Bel me op [telefoonnummer]"


def test_a_question_keeps_its_lines_and_a_fact_does_not() -> None:
    dossier = Dossier.from_data({"question": "Een \r\n twee", "facts": [{"label": "a\nb", "value": "c\td"}]})

    assert dossier.question == "Een\ntwee"
    assert (dossier.facts[0].label, dossier.facts[0].value) == ("a b", "c d")


def test_no_address_of_an_offer_is_refused(knowledge_files: KnowledgeFiles) -> None:
    addresses = [str(offer.url) for offer in knowledge_files.offers if offer.url]

    assert [address for address in addresses if redact(address) != address] == []


PARTS = st.sampled_from(["question", "facts", "assessment", "offers", "remarks", "label", "value", "name", "url", "x"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PARTS, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(PARTS, ANYTHING, max_size=5))
def test_whatever_comes_is_a_dossier_or_told_by_field(data: dict[str, Any]) -> None:
    try:
        dossier = Dossier.from_data(data)
    except InvalidFieldError:
        return
    assert Dossier.from_data(dossier.as_data()) == dossier


def test_a_contact_is_written_in_one_way() -> None:
    assert CONTACT.phone == "+31612345678"
    assert CONTACT.preferred == "email"


@pytest.mark.parametrize(
    ("given", "phone"),
    [("043 350 50 50", "+31433505050"), ("+49 241 4320", "+492414320"), ("0241 432 76 00", "+492414327600")],
)
def test_a_phone_number_may_be_written_as_people_do(given: str, phone: str) -> None:
    assert Contact.from_data({**NAMED, "phone": given}).phone == phone


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"email": "a@b.nl"}, "name", "Vul dit in."),
        ({"name": "S", "email": "a@b.nl"}, "name", "Dit is te kort: minstens 2 tekens."),
        ({"name": "x" * 81, "email": "a@b.nl"}, "name", "Dit is te lang: hooguit 80 tekens."),
        (NAMED, "email", "Vul een e-mailadres of een telefoonnummer in."),
        ({**NAMED, "email": " ", "phone": ""}, "email", "Vul een e-mailadres of een telefoonnummer in."),
        ({**NAMED, "email": "a@b"}, "email", "Dit e-mailadres klopt niet. Kijk het nog eens na."),
        ({**NAMED, "email": "a@b.nl, c@d.nl"}, "email", "Dit e-mailadres klopt niet. Kijk het nog eens na."),
        ({**NAMED, "email": "a@b.nl\nBcc: c@d.nl"}, "email", "Dit e-mailadres klopt niet. Kijk het nog eens na."),
        ({**NAMED, "phone": "06 123"}, "phone", "Dit telefoonnummer klopt niet. Kijk het nog eens na."),
        ({**NAMED, "phone": "+99999999999"}, "phone", "Dit telefoonnummer klopt niet. Kijk het nog eens na."),
        ({**NAMED, "email": "a@b.nl", "preferred": "phone"}, "preferred", UNREACHABLE),
        ({**NAMED, "email": "a@b.nl", "preferred": "fax"}, "preferred", "Dit heeft niet de juiste vorm."),
        ("niets", "", "Dit heeft niet de juiste vorm."),
    ],
)
def test_a_contact_that_cannot_be_used_is_told_by_field(data: object, field: str, sentence: str) -> None:
    assert complaint(Contact, data) == (field, sentence)


def test_a_contact_that_gets_into_a_log_tells_nothing() -> None:
    assert repr(CONTACT) == "Contact()"


def test_a_reference_is_understood_as_people_write_it() -> None:
    assert as_written("ww 7ko3 qx9i") == "WW-7K03QX91"
    assert as_written("7K03QX91") == "WW-7K03QX91"
    assert as_written("WWABCDEF") == "WW-WWABCDEF"


@given(st.builds(new_reference))
def test_every_reference_means_itself(reference: str) -> None:
    assert as_written(reference) == reference
    assert as_written(reference.removeprefix("WW-").lower()) == reference
