"""Everything that the mkb-deal names answers to its name, and a name in passing is not taken for a question."""

import pytest

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.names import NameIndex


@pytest.mark.parametrize(
    "name",
    [
        "MKB Innovatie assessmenttool", "MKB Innovatie kennislab", "MKB-innovatiecommunity", "De Weg Kwijt", "ESZL",
        "leer- en kwalificatietraject", "vakkrachten in productie en montage", "gemeente Maastricht",
        "gemeente Sittard-Geleen", "gemeente Heerlen", "bedrijvenvereniging Sittard-Geleen", "SIM",
        "Samenwerkende Industrie Maastricht", "MKB Parkstad", "LIOF", "Ondernemend Limburg",
        "Business Innovatie Team Rabobank Limburg", "Brightlands Innovation Factory", "KOERS", "MKB Green Deal", "ECCW",
        "WBSO", "BMKB", "Qredits", "SLIM",
    ],
)  # fmt: skip
@pytest.mark.parametrize("question", ["{}", "wat is {}?", "Vertel eens iets over de {}", "wat doet {} precies"])
def test_it_answers_to_its_name(knowledge: Knowledge, question: str, name: str) -> None:
    named = NameIndex(knowledge).find(question.format(name))

    assert named is not None
    assert named.alone


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("wat doet liof", "liof"),
        ("qredtis", "qredits"),
        ("Was ist die WBSO?", "wbso"),
        ("wat is het ondernemersklankbord", "okb"),
        ("wsbo", "wbso"),
        ("wat doet de l.i.o.f.", "liof"),
        ("mkb inovatie assesmenttool", "mkb-deal-leren-innoveren"),
        ("gemeente mastricht", "maastricht"),
        ("ondernement limburg", "ondernemend-limburg"),
        ("brightland inovation factory", "brightlands-innovation-factory"),
        ("wat is de mkb grean deal", "green-deal"),
        ("economise samenwerking zuidlimburg", "eszl"),
    ],
)
def test_it_finds_the_record_also_when_mistyped(knowledge: Knowledge, text: str, record: str) -> None:
    named = NameIndex(knowledge).find(text)

    assert named is not None
    assert record in named.record.id


@pytest.mark.parametrize(
    "text",
    [
        "ik ben de weg kwijt",
        "mag ik met WBSO-uren van mijn stagiair rekenen",
        "hoe laat is het",
        "mijn bedrijf groeit hard",
    ],
)
def test_a_question_with_a_subject_of_its_own_is_not_one_after_a_name(knowledge: Knowledge, text: str) -> None:
    named = NameIndex(knowledge).find(text)

    assert named is None or not named.alone


def test_every_offer_and_organisation_answers_to_its_own_name(knowledge: Knowledge) -> None:
    index = NameIndex(knowledge)
    names = [offer.name for offer in knowledge.offers.values()]
    names += [organisation.name for organisation in knowledge.organisations.values()]
    missed = [name for name in names if not index.find(name)]

    assert missed == []


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("wat is slim", True),
        ("kunnen wij SLIM krijgen voor twee koks", True),
        ("kunnen wij de slim-subsidie krijgen voor twee koks", True),
        ("hoe verdelen we de stroom slim over het terrein", False),
        ("mijn oom doet zijn winkel van de hand", False),
    ],
)
def test_a_name_that_is_a_word_too_counts_in_capitals_and_alone(
    knowledge: Knowledge, text: str, is_named: bool
) -> None:
    assert (NameIndex(knowledge).find(text) is not None) == is_named
