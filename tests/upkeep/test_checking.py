"""What a person should look at is told with its place and what to do; a record that is fine gives no row."""

import os
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.knowledge.records import Municipality, Offer, Organisation, Theme
from wegwijzer.settings import PROJECT
from wegwijzer.upkeep import checking
from wegwijzer.upkeep.checking import findings
from wegwijzer.upkeep.findings import Finding, Kind, Place, Severity, has_failed, show, summary

DAY = date(2026, 11, 28)
CHECKED = date(2026, 1, 1)
TOPIC = "financiering/krediet"
SOURCE = {"url": "https://example.nl/bron", "year": 2025}
ENDED = {"state": "ended", "ended": {"note": "De lening is er niet meer."}}


def offer(**changes: Any) -> Offer:
    """An offer with which nothing is wrong, with changes."""
    named = changes.get("id", "lening")
    record = {
        "id": "lening", "name": "Lening", "provider": {"name": "KVK", "organisations": ["kvk"]}, "kind": "lening",
        "state": "open", "topics": [TOPIC], "summary": "Een lening.", "regio": ["nederland"], "ask": "kvk",
        "url": None, "contact": None, "source": SOURCE, "checked_on": CHECKED,
        "asked_as": [f"ik zoek {named}", f"wie geeft {named}", f"{named} nodig"],
    }  # fmt: skip
    return Offer.model_validate({**record, **changes})


def organisation(**changes: Any) -> Organisation:
    """An organisation with which nothing is wrong, with changes."""
    record = {
        "id": "kvk", "name": "KVK", "kind": "overheid", "role": "Geeft advies.", "regio": ["nederland"],
        "url": "https://example.nl", "contact": None, "source": SOURCE, "checked_on": CHECKED,
    }  # fmt: skip
    return Organisation.model_validate({**record, **changes})


def municipality(**changes: Any) -> Municipality:
    """A municipality with which nothing is wrong, with changes."""
    record = {
        "id": "heerlen", "name": "Heerlen", "subregion": "Parkstad", "cbs_code": None, "places": ["Heerlen"],
        "url": "https://example.nl/heerlen", "desk": None, "sources": ["https://example.nl/plaatsen"],
        "checked_on": CHECKED,
    }  # fmt: skip
    return Municipality.model_validate({**record, **changes})


def theme(*topics: str) -> Theme:
    """A theme with these topics."""
    told = [{"id": topic, "label": topic, "opening": "Zo zit het.", "person": "kvk"} for topic in topics]
    return Theme.model_validate(
        {"id": "financiering", "label": "Geld", "position": 1, "description": "Geld.", "topics": told}
    )


@pytest.fixture
def files(knowledge_files: KnowledgeFiles) -> KnowledgeFiles:
    """Little knowledge, with which nothing is wrong."""
    return replace(
        knowledge_files,
        offers=(offer(),),
        organisations=(organisation(),),
        municipalities=(municipality(),),
        themes=(theme("krediet"),),
    )


def of(kind: Kind, files: KnowledgeFiles, day: date = DAY) -> list[tuple[str, str]]:
    """The record and what is wrong with it, of every finding of a kind; there must be none of another."""
    found = findings(files, day)
    assert {finding.kind for finding in found} <= {kind}
    return [(finding.place.record, finding.what) for finding in found]


def test_records_that_are_fine_give_no_findings(files: KnowledgeFiles) -> None:
    assert findings(files, DAY) == []


def test_the_knowledge_itself_has_no_errors(knowledge_files: KnowledgeFiles) -> None:
    known = knowledge_files
    records: list[Offer | Organisation | Municipality] = [*known.offers, *known.organisations, *known.municipalities]
    day = max(record.checked_on for record in records)

    assert [one for one in findings(knowledge_files, day) if one.kind.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("changes", "kind", "what"),
    [
        ({"regio": ["noord-limburg"]}, checking.NEVER_MET, "none of our municipalities lies in noord-limburg"),
        (
            {"amounts": [{"what": "lening", "min_eur": 5000}, {"what": "lening", "max_eur": 4000}]},
            checking.NEVER_MET,
            "the lowest min_eur is above the highest max_eur",
        ),
        ({"closes_on": "2026-11-27"}, checking.CLOSED, "closed on 2026-11-27, but state is open"),
        ({"closes_on": "2026-11-27", "state": "check"}, checking.CLOSED, "closed on 2026-11-27, but state is check"),
        ({"checked_on": "2026-11-29"}, checking.CHECKED_AHEAD, "checked on 2026-11-29"),
        ({"checked_on": "2026-11-29", **ENDED}, checking.CHECKED_AHEAD, "checked on 2026-11-29"),
        ({"checked_on": "2025-11-27"}, checking.STALE, "last checked on 2025-11-27"),
        ({"state": "check"}, checking.UNSURE, "state is check; ask kvk"),
        ({"source": {**SOURCE, "year": 2019}}, checking.OLD_SOURCE, "the source is of 2019"),
        ({"source": {**SOURCE, "more": ["http://example.nl/x"]}}, checking.NOT_HTTPS, "http://example.nl/x"),
        ({"asked_as": ["ik zoek geld", "wie leent er"]}, checking.HARDLY_ASKED, "asked_as has 2"),
        ({"aliases": ["lening!"]}, checking.SAME_NAME, "'lening!' is lening (Lening) too"),
    ],
)
def test_what_is_wrong_with_an_offer_is_told(files: KnowledgeFiles, changes: Any, kind: Kind, what: str) -> None:
    other = offer(**{"id": "ander", "name": "Een ander", **changes})

    assert of(kind, replace(files, offers=(offer(), other))) == [("ander", what)]


@pytest.mark.parametrize(
    "changes",
    [
        {"regio": ["heerlen"]},
        {"regio": ["noord-limburg", "limburg"]},
        {"amounts": [{"what": "lening", "min_eur": 5000}, {"what": "lening", "max_eur": 9000}]},
        {"closes_on": "2026-11-28"},
        {"opens_on": "2027-01-01"},
        {"checked_on": "2026-11-28"},
        {"checked_on": "2025-11-28"},
        {"source": {**SOURCE, "year": 2020}},
        {"source": {**SOURCE, "year": None}},
        {"aliases": ["ander", "een ander"]},
        {"checked_on": "2020-01-01", "source": {**SOURCE, "year": 2017}, "regio": ["noord-limburg"], **ENDED},
    ],
)
def test_what_just_fits_is_no_finding(files: KnowledgeFiles, changes: Any) -> None:
    other = offer(**{"id": "ander", "name": "Een ander", **changes})

    assert findings(replace(files, offers=(offer(), other)), DAY) == []


@pytest.mark.parametrize(
    ("successor", "what"),
    [
        ("oud", [("oud", "is its own successor")]),
        ("ouder", [("oud", "ouder has ended too")]),
        ("lening", []),
    ],
)
def test_a_successor_can_be_had_now(files: KnowledgeFiles, successor: str, what: list[tuple[str, str]]) -> None:
    note = {"note": "De lening is er niet meer.", "successor": successor}
    old = offer(id="oud", name="Oude lening", state="ended", ended=note)
    older = offer(id="ouder", name="Oudste lening", **ENDED)

    assert of(checking.LOST_SUCCESSOR, replace(files, offers=(offer(), old, older))) == what


def test_a_step_of_the_assessment_whose_offer_is_gone_is_told(knowledge_files: KnowledgeFiles) -> None:
    named = next(one for question in knowledge_files.assessment.questions for one in question.answers if one.step)
    assert named.step
    gone = [offer(id=name, **ENDED) for name in named.step.offers]

    told = [
        one for one in findings(replace(knowledge_files, offers=tuple(gone)), DAY) if one.kind is checking.IDLE_STEP
    ]

    assert f"{named.step.offers[0]} has ended or is closed" in {one.what for one in told}


def test_a_topic_with_ended_offers_only_has_nothing_to_offer(files: KnowledgeFiles) -> None:
    ended = offer(id="oud", name="Oude lening", topics=["financiering/lease"], **ENDED)
    changed = replace(files, offers=(offer(), ended), themes=(theme("krediet", "lease"),))

    assert [record for record, _ in of(checking.NOTHING_TO_OFFER, changed)] == ["financiering/lease"]


def test_organisations_and_municipalities_grow_old_too(files: KnowledgeFiles) -> None:
    long_ago = date(2025, 1, 1)
    changed = replace(
        files,
        organisations=(organisation(checked_on=long_ago),),
        municipalities=(municipality(checked_on=long_ago),),
    )

    assert [record for record, _ in of(checking.STALE, changed)] == ["kvk", "heerlen"]


def behind_nine(files: KnowledgeFiles, **changes: Any) -> KnowledgeFiles:
    """The knowledge with nine offers about a topic, and one that comes after them for all that is known of it."""
    nine = (offer(id=f"a{number}", name=f"Lening {number}") for number in range(9))
    return replace(files, offers=(*nine, offer(id="z", name="Laatste", **changes)))


def test_an_offer_that_always_comes_after_nine_others_is_told(files: KnowledgeFiles) -> None:
    assert [record for record, _ in of(checking.OUT_OF_SIGHT, behind_nine(files))] == ["z"]


@pytest.mark.parametrize(
    "changes",
    [
        {"regio": ["heerlen"]},
        {"criteria": {"sectoren": ["bouw"]}},
        {"criteria": {"medewerkers": {"min": 10}}},
        {"criteria": {"fasen": ["starter"]}},
        {"criteria": {"rechtsvormen": ["bv"]}},
        {"criteria": {"herkomsten": ["eu"]}},
    ],
)
def test_an_offer_that_comes_first_for_whom_it_is_meant_is_in_sight(files: KnowledgeFiles, changes: Any) -> None:
    assert findings(behind_nine(files, **changes), DAY) == []


def test_an_organisation_that_names_only_itself_is_told(files: KnowledgeFiles) -> None:
    alone = organisation(id="alleen", name="Alleen", ask="alleen")
    of_a_municipality = organisation(id="gemeente-heerlen", name="Gemeente")

    changed = replace(files, organisations=(organisation(), alone, of_a_municipality))

    assert [record for record, _ in of(checking.UNUSED, changed)] == ["alleen"]


def test_an_organisation_may_share_a_name_with_its_own_offer_only(files: KnowledgeFiles) -> None:
    own, others = organisation(aliases=["Lening"]), organisation(id="bank", name="Bank", aliases=["Lening"])
    used = offer(ask="bank")

    assert findings(replace(files, organisations=(own,)), DAY) == []
    shared = of(checking.SAME_NAME, replace(files, offers=(used,), organisations=(organisation(), others)))
    assert shared == [("bank", "'Lening' is lening (Lening) too")]


def shown(found: list[Finding], everything: bool = False) -> str:
    """What is printed about findings, on a wide terminal."""
    output = StringIO()
    show(found, PROJECT / "knowledge", Console(file=output, width=200), everything)
    return output.getvalue()


def test_a_finding_is_shown_with_file_line_and_what_to_do() -> None:
    place = Place("wbso", "offers/wbso.yml", ("source", "year"))

    text = shown([Finding(checking.OLD_SOURCE, place, "the source is of [b]2019")])

    line = (PROJECT / "knowledge/offers/wbso.yml").read_text().splitlines().index("  year: 2026") + 1
    assert f"offers/wbso.yml:{line} " in text
    assert "the source is of [b]2019" in text
    assert "warning: Sources older than 6 years (1)" in text
    assert checking.OLD_SOURCE.remedy in text


def test_a_record_in_a_file_with_others_is_named(knowledge_files: KnowledgeFiles) -> None:
    index = [one.id for one in knowledge_files.municipalities].index("vaals")

    text = shown([Finding(checking.STALE, Place("vaals", "municipalities.yml", (index, "checked_on")), "checked")])

    lines = (PROJECT / "knowledge/municipalities.yml").read_text().splitlines()
    place = next(word for word in text.split() if word.startswith("municipalities.yml:"))
    before = lines[: int(place.split(":")[1])]
    assert before[-1].startswith("  checked_on:")
    assert [line for line in before if line.startswith("- id:")][-1] == "- id: vaals"
    assert f"{place} vaals" in text


def test_errors_are_shown_last_and_all_of_them_but_of_warnings_the_first_ten() -> None:
    place = Place("wbso", "offers/wbso.yml")
    errors = [Finding(checking.CLOSED, place, f"error {number}") for number in range(12)]
    warnings = [Finding(checking.UNSURE, place, f"warning {number}") for number in range(12)]

    text = shown([*errors, *warnings])

    assert text.index("warning 9") < text.index("error 0") < text.index("error 11")
    assert "warning 10" not in text
    assert "and 2 more, which --all shows" in text
    assert "warning 11" in shown(warnings, everything=True)


def test_what_was_edited_last_is_shown_first(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.yml").write_text("id: x\n")
        os.utime(tmp_path / f"{number}.yml", (0, 3600 if number == 11 else 0))
    found = [Finding(checking.UNSURE, Place(str(number), f"{number}.yml"), "unsure") for number in range(12)]
    output = StringIO()

    show(found, tmp_path, Console(file=output, width=200))

    rows = [line.split(".yml")[0].strip() for line in output.getvalue().splitlines() if ".yml:" in line]
    assert rows == ["11", *(str(number) for number in range(9))]


def test_warnings_fail_only_when_strict() -> None:
    place = Place("wbso", "offers/wbso.yml")
    error, warning = Finding(checking.CLOSED, place, "closed"), Finding(checking.UNSURE, place, "unsure")

    assert has_failed([error])
    assert not has_failed([warning])
    assert has_failed([warning], strict=True)
    assert not has_failed([], strict=True)


def test_the_summary_counts_records_errors_and_warnings(files: KnowledgeFiles) -> None:
    found = findings(replace(files, offers=(offer(state="check"), offer(id="ander", name="Een ander"))), DAY)

    assert summary(files, found) == "1 offer, 1 organisation: 0 errors, 1 warning."
