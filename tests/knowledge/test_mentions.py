"""What people mention of their business in passing is understood."""

import pytest

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.mentions import MentionReader, amount, headcount


@pytest.mark.parametrize(
    ("text", "gemeente"),
    [
        ("ik heb een zaak in Heerlen", "heerlen"),
        ("bakkerij uit mestreech", "maastricht"),
        ("wij zitten in Hoensbroek", "heerlen"),
        ("kerkrde", "kerkrade"),
        ("mijn winkel in Sittard", "sittard-geleen"),
        ("Ik zit in Stein", "stein"),
        ("Schinveld", "beekdaelen"),
        ("valkenburg a/d geul", "valkenburg-aan-de-geul"),
        ("voor een heer van stand", None),
        ("een steen door de ruit", None),
        ("ik wil groeien", None),
        ("welke regels gelden er", None),
        ("dat was lang geleden", None),
        ("welke kansen zijn er", None),
    ],
)
def test_a_place_leads_to_its_municipality(knowledge: Knowledge, text: str, gemeente: str | None) -> None:
    assert MentionReader(knowledge).read(text).gemeente == gemeente


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("we zijn met 12 man", 12),
        ("een bedrijf met vijf medewerkers", 5),
        ("ik ben zzp'er", 0),
        ("zonder personeel", 0),
        ("ik heb geen personeel", 0),
        ("ik vind geen personeel voor mijn hotel", None),
        ("we hebben geen personeel kunnen vinden", None),
        ("ik zoek 3 medewerkers", None),
        ("ik neem mijn eerste medewerker aan", 0),
        ("wir haben 8 Mitarbeiter", 8),
        ("hoe kom ik aan personeel", None),
    ],
)
def test_the_number_of_employees_is_read_but_not_the_number_wanted(text: str, count: int | None) -> None:
    assert headcount(text) == count


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("ik heb 15.000 euro nodig", 15_000),
        ("€ 2.500,50 voor een oven", 2_500.5),
        ("een lening van 50k", 50_000),
        ("anderhalve ton", 150_000),
        ("1,5 miljoen", 1_500_000),
        ("in 2024 begonnen met 12 man", None),
    ],
)
def test_a_sum_is_read_when_it_has_a_currency_or_unit(text: str, euros: float | None) -> None:
    assert amount(text) == euros


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("een cadeauwinkel in heerlen", "detailhandel"),
        ("onze meubelfabriek", "industrie"),
        ("ik run een winkel", "detailhandel"),
        ("winkelen is leuk", None),
    ],
)
def test_a_sector_is_heard_also_at_the_end_of_a_longer_word(
    knowledge: Knowledge, text: str, sector: str | None
) -> None:
    assert MentionReader(knowledge).read(text).sector == sector


@pytest.mark.parametrize(
    ("text", "herkomst"),
    [
        ("als Duitser een bedrijf in Vaals", "eu"),
        ("im american and id like to start", "buiten_eu"),
        ("ik kom van buiten de EU", "buiten_eu"),
        ("indien ik verkoop aan Duitse klanten", None),
    ],
)
def test_it_is_heard_where_a_starter_comes_from(knowledge: Knowledge, text: str, herkomst: str | None) -> None:
    assert MentionReader(knowledge).read(text).herkomst == herkomst


def test_a_bare_number_answers_the_question_after_employees(knowledge: Knowledge) -> None:
    reader = MentionReader(knowledge)

    assert reader.read("12", asked="medewerkers").medewerkers == 12
    assert reader.read("12").medewerkers is None


@pytest.mark.parametrize("word", ["pensioen", "constant", "opleiden", "slagen", "overmacht", "verdediging", "houding"])
def test_an_ordinary_word_is_no_slip_of_a_value(knowledge: Knowledge, word: str) -> None:
    assert not MentionReader(knowledge).read(f"hoe zit dat met {word}")
