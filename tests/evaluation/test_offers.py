"""`wegwijzer evaluate-offers`: cases in a file, asked of a real engine, and what counts as right."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.test_command import run
from wegwijzer.evaluation.offer_cases import CasesError, OfferCase, profile_of, read_cases
from wegwijzer.evaluation.offers import Proposed, report
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.profile import Profile

CASES = """
- id: 1
  text: ik zoek personeel voor mijn hotel
  profile: {gemeente: Heerlen, sector: horeca, medewerkers: 12, omzet: 3}
  ideal: [wsp-parkstad]
  acceptable: [werkcentrum-zuid-limburg]
  wrong: [wsp-westelijke-mijnstreek]
  partner: wsp-parkstad
- id: b
  text: ik wil het over een merk hebben
  ideal: [boip-merk]
"""


def written(folder: Path, text: str) -> Path:
    """A file of cases."""
    file = folder / "cases.yml"
    file.write_text(text)
    return file


def test_cases_are_read_with_ids_that_exist(tmp_path: Path, knowledge: Knowledge) -> None:
    first, second = read_cases(written(tmp_path, CASES), knowledge)

    assert (first.id, first.partner, second.profile, second.wrong) == ("1", ("wsp-parkstad",), {}, ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- {id: a, text: geld?, ideal: [nergens]}", "cases.yml:1: ideal.1: there is no 'nergens'"),
        ("- {id: a, text: geld?, partner: [niemand]}", "partner.1: there is no 'niemand'"),
        ("- {id: a}", "cases.yml:1: text: is missing"),
        ("- {id: a, text: ''}", "text: is empty: give a text"),
        ("a: b", "should be a list of records"),
        ("[]", "there are no cases"),
        ("- [", "is not YAML"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, knowledge: Knowledge, text: str, fault: str) -> None:
    with pytest.raises(CasesError) as raised:
        read_cases(written(tmp_path, text), knowledge)

    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("given", "profile", "unused"),
    [
        ({"gemeente": "heerlen", "medewerkers": 3}, Profile(gemeente="heerlen", medewerkers=3), []),
        ({"gemeente": "Hoensbroek", "medewerkers": "12 man"}, Profile(gemeente="heerlen", medewerkers=12), []),
        ({"rechtsvorm": "BV", "bedrag": "2 ton"}, Profile(rechtsvorm="bv", bedrag=200_000), []),
        ({"bedrag": 5000, "fase": None}, Profile(bedrag=5000), []),
        ({"gemeente": "Atlantis", "omzet": 3}, Profile(), ["gemeente", "omzet"]),
    ],
)
def test_a_profile_is_read_from_ids_or_words(
    knowledge: Knowledge, given: dict[str, Any], profile: Profile, unused: list[str]
) -> None:
    assert profile_of(OfferCase(id="a", text="geld?", profile=given), knowledge) == (profile, unused)


def test_the_report_counts_the_first_three() -> None:
    case = OfferCase(id="a", text="geld?", ideal=("best",), acceptable=("fine",), wrong=("bad",), partner=("desk",))
    no_partner = OfferCase(id="b", text="geld?", ideal=("best",))

    figures = report(
        [
            Proposed(case, ("x", "y", "best", "bad"), ("desk",)),
            Proposed(case, ("fine", "bad"), ("other", "desk")),
            Proposed(case, ("x", "y", "z", "best"), ()),
            Proposed(no_partner, ("best",), ("other",)),
        ]
    )

    shares = {name: figures[name] for name in ("ideal_in_top3", "good_in_top3", "wrong_in_top3")}
    assert shares == {"ideal_in_top3": 0.5, "good_in_top3": 0.75, "wrong_in_top3": 0.25}
    assert (figures["n"], figures["partner_first"], figures["partner_in_top3"]) == (4, 1 / 3, 2 / 3)
    assert len(figures["wrong"]) == 2


def test_the_command_asks_the_engine_with_the_profile_known(tmp_path: Path) -> None:
    done = run("evaluate-offers", written(tmp_path, CASES), "--json", tmp_path / "out.json")

    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "out.json").read_text())
    assert (figures["n"], figures["ideal_in_top3"], figures["wrong_in_top3"], figures["partner_first"]) == (2, 1, 0, 1)
    assert "omzet" in done.stderr
