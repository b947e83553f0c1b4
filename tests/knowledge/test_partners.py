"""Whom a business can turn to: who knows the subject and the place comes first."""

import pytest

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.knowledge.partners import SURELY_NEARER, by_likeness, partners
from wegwijzer.settings import get_settings


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_knowledge(get_settings().knowledge_folder).snapshot()


def ids(knowledge: Knowledge, gemeente: str | None, topic: str | None, *shown: str) -> list[str]:
    return [one.id for one in partners(knowledge, gemeente, topic, shown=shown)]


def test_who_is_behind_a_local_offer_comes_first(knowledge: Knowledge) -> None:
    assert ids(knowledge, "landgraaf", "personeel/werving", "wsp-parkstad")[0] == "wsp-parkstad"


def test_who_knows_the_subject_comes_before_the_municipality(knowledge: Knowledge) -> None:
    assert ids(knowledge, "heerlen", "financiering/microkrediet")[:2] == ["qredits", "gemeente-heerlen"]


def test_the_municipality_comes_before_the_general_desk(knowledge: Knowledge) -> None:
    assert ids(knowledge, "maastricht", "algemeen/regels_vergunning") == ["gemeente-maastricht", "kvk"]


@pytest.mark.parametrize("gemeente", ["heerlen", "kerkrade", "stein"])
def test_a_desk_of_other_municipalities_is_never_proposed(knowledge: Knowledge, gemeente: str) -> None:
    found = ids(knowledge, gemeente, "zwaar_weer/inkomen_bbz", "bbz-maastricht-heuvelland")

    assert "zelfstandigenloket-maastricht-heuvelland" not in found


def test_whoever_carries_out_an_offer_for_a_municipality_serves_it(knowledge: Knowledge) -> None:
    found = ids(knowledge, "eijsden-margraten", "innovatie/subsidie_innovatie", "regio-deal-zuid-limburg")

    assert found[0] == "gemeente-maastricht"


@pytest.mark.parametrize(
    ("gemeente", "desk"),
    [
        ("maastricht", "zelfstandigenloket-maastricht-heuvelland"),
        ("voerendaal", "isd-kompas"),
        ("kerkrade", "gemeente-kerkrade"),
    ],
)
def test_a_municipality_that_leaves_it_to_a_desk_stands_behind_that_desk(
    knowledge: Knowledge, gemeente: str, desk: str
) -> None:
    assert ids(knowledge, gemeente, "zwaar_weer/stoppen", "ioaz")[0] == desk


def test_whoever_is_there_for_the_topic_goes_first_only_when_behind_what_is_shown_first(knowledge: Knowledge) -> None:
    behind_it, others = "grensinfopunt", ("eures-werven", "international-career-desk")

    assert ids(knowledge, "heerlen", "personeel/grenswerkers", others[0], behind_it)[0] == "grensinfopunt"
    assert ids(knowledge, "heerlen", "personeel/grenswerkers", *others, behind_it)[0] != "grensinfopunt"


def test_of_the_first_two_one_can_be_reached_and_the_municipality_is_among_three(knowledge: Knowledge) -> None:
    for topic in knowledge.topics:
        shown = [offer.id for offer in knowledge.offers_about(topic)[:3]]
        found = partners(knowledge, "heerlen", topic, shown=shown)
        assert any(one.contact or one.url for one in found[:2]), topic
        assert "gemeente-heerlen" in [one.id for one in found[:3]], topic


def test_there_is_always_somebody(knowledge: Knowledge) -> None:
    assert ids(knowledge, None, None) == ["kvk"]


@pytest.mark.parametrize(
    ("likeness", "first"),
    [
        ({}, "113"),
        ({"113-zelfmoordpreventie": 3.0, "luisterlijn": 2.9 + SURELY_NEARER}, "113"),
        ({"113-zelfmoordpreventie": 3.0, "luisterlijn": 3.0 + SURELY_NEARER}, "luisterlijn"),
    ],
)
def test_in_distress_113_comes_first_unless_another_surely_is_what_is_asked_for(
    knowledge: Knowledge, likeness: dict[str, float], first: str
) -> None:
    found = by_likeness(knowledge, ["113", "luisterlijn"], likeness)

    assert found[0] == first
    assert sorted(found) == ["113", "luisterlijn"]
