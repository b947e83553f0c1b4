"""Whom a business can turn to: who knows the subject and the place comes first."""

import pytest

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.knowledge.partners import partners
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


def test_there_is_always_somebody(knowledge: Knowledge) -> None:
    assert ids(knowledge, None, None) == ["kvk"]
