"""What is right in form but hardly meant is asked about; what may well be meant gives no row."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.upkeep.test_checking import ENDED, SOURCE, offer
from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.upkeep import slips
from wegwijzer.upkeep.findings import Finding, Kind

DAY = date(2026, 11, 28)


def found(files: KnowledgeFiles) -> list[Finding]:
    """What the rules about slips say of it."""
    return [finding for rule in slips.RULES for finding in rule(files, DAY)]


def with_one(files: KnowledgeFiles, **changes: Any) -> KnowledgeFiles:
    """The knowledge with one offer only, with changes, and without the names of organisations."""
    return replace(files, offers=(offer(**changes),), organisations=())


@pytest.mark.parametrize(
    ("changes", "kind", "where", "what"),
    [
        ({"closes_on": "2207-06-30"}, slips.FAR_OFF, ("closes_on",), "closes_on is 2207-06-30"),
        ({"opens_on": "2062-11-28"}, slips.FAR_OFF, ("opens_on",), "opens_on is 2062-11-28"),
        ({"source": {**SOURCE, "year": 2062}}, slips.FAR_OFF, ("source", "year"), "the source is of 2062"),
        (
            {"amounts": [{"what": "de lening", "eur": 5, "year": 2062}]},
            slips.FAR_OFF,
            ("amounts", 0),
            "a figure of 2062",
        ),
        (
            {"regio": ["heerlen"], "behalve": ["vaals"]},
            slips.NO_EXCEPTION,
            ("behalve", 0),
            "vaals is not in `regio` anyway",
        ),
        (
            {"amounts": [{"what": "van de kosten", "percent": 0.5}]},
            slips.SMALL_PERCENT,
            ("amounts", 0, "percent"),
            "van de kosten: 0.5 percent",
        ),
        ({"summary": "Je krijgt subsidie."}, slips.TONE, ("summary",), "promises: Je krijgt subsidie."),
        ({"conditions": ["Hier meldt u zich."]}, slips.TONE, ("conditions", 0), "says u: Hier meldt u zich."),
        ({"aliases": ["zaaklening", "regeling"]}, slips.COMMON_NAME, ("aliases", 1), "'regeling'"),
    ],
)
def test_a_slip_is_told_where_it_stands(
    knowledge_files: KnowledgeFiles, changes: Any, kind: Kind, where: tuple[str | int, ...], what: str
) -> None:
    told = [one for one in found(with_one(knowledge_files, **changes)) if one.place.record == "lening"]

    assert [(one.kind, one.place.location, one.what) for one in told] == [(kind, where, what)]


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_on": "2027-01-01", "closes_on": "2036-12-31"},
        {"amounts": [{"what": "de lening", "eur": 5, "percent": 0, "year": 2027}]},
        {"amounts": [{"what": "van de kosten", "percent": 1}]},
        {"regio": ["zuid-limburg"], "behalve": ["vaals"]},
        {"summary": "Dan krijg je een gesprek.", "conditions": ["Subsidie kan passen."]},
        {"aliases": ["zaaklening", "help een bedrijf"]},
        {"regio": ["heerlen"], "behalve": ["vaals"], **ENDED},
    ],
)
def test_what_may_be_meant_is_no_slip(knowledge_files: KnowledgeFiles, changes: Any) -> None:
    assert [one for one in found(with_one(knowledge_files, **changes)) if one.place.record == "lening"] == []


def test_a_word_in_the_questions_for_many_others_is_not_a_name_of_one(knowledge_files: KnowledgeFiles) -> None:
    others = [offer(id=f"ander-{number}", asked_as=["geld lenen"]) for number in range(slips.SAID_OF_OTHERS)]
    names = offer(aliases=["lenen", "LENEN!", "geld lenen"])

    told = found(replace(knowledge_files, offers=(names, *others), organisations=()))

    assert [one.what for one in told if one.kind is slips.COMMON_NAME] == ["'lenen'", "'LENEN!'"]
    fewer = found(replace(knowledge_files, offers=(names, *others[1:]), organisations=()))
    assert [one for one in fewer if one.kind is slips.COMMON_NAME] == []
