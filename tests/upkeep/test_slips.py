"""What is right in form but hardly meant is asked about; what may well be meant gives no row."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.upkeep.test_checking import ENDED, SOURCE, offer
from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.upkeep import phrasing, slips
from wegwijzer.upkeep.findings import Finding, Kind

DAY = date(2026, 11, 28)


def found(files: KnowledgeFiles) -> list[Finding]:
    """What the rules about slips say of it."""
    return [finding for rule in (*slips.RULES, *phrasing.RULES) for finding in rule(files, DAY)]


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
            slips.AMOUNT,
            ("amounts", 0, "percent"),
            "van de kosten: percent is 0.5",
        ),
        (
            {"amounts": [{"what": "hulp", "percent": 500}]},
            slips.AMOUNT,
            ("amounts", 0, "percent"),
            "hulp: percent is 500",
        ),
        ({"amounts": [{"what": "de lening", "eur": 0}]}, slips.AMOUNT, ("amounts", 0, "eur"), "de lening: eur is 0"),
        (
            {"amounts": [{"what": "de lening", "max_eur": 5e11}]},
            slips.AMOUNT,
            ("amounts", 0, "max_eur"),
            "de lening: max_eur is 5e+11",
        ),
        ({"regio": ["heerlen", "nederland"]}, slips.WIDER, ("regio",), "nederland holds the others"),
        (
            {"regio": ["heerlen"], "provider": {"name": "Gemeente", "organisations": ["gemeente-vaals"]}},
            slips.ELSEWHERE,
            ("regio",),
            "gemeente-vaals, but `regio` is heerlen",
        ),
        (
            {"regio": ["nederland"], "provider": {"name": "Gemeente", "organisations": ["gemeente-vaals"]}},
            slips.ELSEWHERE,
            ("regio",),
            "gemeente-vaals, but `regio` is nederland",
        ),
        (
            {"regio": ["heerlen"], "ask": "gemeente-beek"},
            slips.ELSEWHERE,
            ("regio",),
            "gemeente-beek, but `regio` is heerlen",
        ),
        (
            {"criteria": {"medewerkers": {"min": 100000}}},
            slips.HARDLY_MET,
            ("criteria", "medewerkers"),
            "from 100000 employees on it is for no mkb",
        ),
        (
            {"criteria": {"medewerkers": {"min": 10}, "fasen": ["idee"]}},
            slips.HARDLY_MET,
            ("criteria", "medewerkers"),
            "10 employees, and not begun or on a benefit",
        ),
        ({"not_for": ["lenen"], "asked_as": ["geld lenen"]}, slips.OWN_WORDS, ("not_for", 0), "'lenen'"),
        ({"summary": "Je krijgt subsidie."}, phrasing.TONE, ("summary",), "promises: Je krijgt subsidie."),
        ({"summary": "Iedere zaak krijgt geld."}, phrasing.TONE, ("summary",), "promises: Iedere zaak krijgt geld."),
        ({"conditions": ["Hier meldt u zich."]}, phrasing.TONE, ("conditions", 0), "says u: Hier meldt u zich."),
        ({"conditions": ["Uw pand is leeg."]}, phrasing.TONE, ("conditions", 0), "says u: Uw pand is leeg."),
        ({"conditions": ["Het maximum is 5000"]}, phrasing.FIGURES, ("conditions", 0), "Het maximum is 5000"),
        ({"conditions": ["Tot 5k per zaak"]}, phrasing.FIGURES, ("conditions", 0), "Tot 5k per zaak"),
        ({"summary": "Een financiÃ«le hulp"}, phrasing.UNFINISHED, ("summary",), "Een financiÃ«le hulp"),
        ({"conditions": ["TODO nog vragen"]}, phrasing.UNFINISHED, ("conditions", 0), "TODO nog vragen"),
        ({"conditions": ["n.v.t."]}, phrasing.UNFINISHED, ("conditions", 0), "n.v.t."),
        ({"contact": "geen"}, phrasing.NO_CONTACT, ("contact",), "geen"),
        ({"contact": "info@heerlen"}, phrasing.NO_CONTACT, ("contact",), "info@heerlen"),
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
        {"summary": "Dan krijg je een gesprek.", "conditions": ["Subsidie kan passen.", "U-profielen van staal"]},
        {"conditions": ["Tot 50.000 kWh stroom", "Sinds 1 juli 2026", "Bel 0800 1234"], "contact": "info@rvo.nl"},
        {"regio": ["heerlen", "vaals"], "ask": "gemeente-vaals"},
        {"criteria": {"medewerkers": {"min": 1}, "fasen": ["idee"]}},
        {"not_for": ["wajong"], "asked_as": ["geld zonder zorgen", "ik heb geen wajong"]},
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


def test_leaving_out_every_sector_is_a_slip(knowledge_files: KnowledgeFiles) -> None:
    sectors = [sector.id for sector in knowledge_files.vocabulary.sectoren]

    told = found(with_one(knowledge_files, criteria={"niet_sectoren": sectors}))
    all_but_one = found(with_one(knowledge_files, criteria={"niet_sectoren": sectors[1:]}))

    assert "every sector is left out" in [one.what for one in told]
    assert "every sector is left out" not in [one.what for one in all_but_one]


def test_a_way_to_ask_that_was_copied_along_with_an_offer_is_a_slip(knowledge_files: KnowledgeFiles) -> None:
    copied = offer(id="kopie", asked_as=["Geld lenen?"])

    told = found(replace(knowledge_files, offers=(offer(asked_as=["geld lenen"]), copied), organisations=()))

    assert [(one.place.record, one.what) for one in told] == [("kopie", "Geld lenen? (lening too)")]


def test_a_provider_named_after_another_organisation_is_asked_about(knowledge_files: KnowledgeFiles) -> None:
    bearer, other = knowledge_files.organisations[:2]
    one = offer(provider={"name": bearer.name, "organisations": [other.id]})
    its_own = offer(provider={"name": bearer.name, "organisations": [bearer.id]})

    assert [finding.kind for finding in found(replace(knowledge_files, offers=(one,)))].count(slips.NAMESAKE) == 1
    assert slips.NAMESAKE not in [finding.kind for finding in found(replace(knowledge_files, offers=(its_own,)))]
