"""What must be proposed at least to businesses that are known; `wegwijzer evaluate-offers` tells more of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from wegwijzer.evaluation.evaluating import propose_offers
from wegwijzer.evaluation.offer_cases import profile_of, read_cases
from wegwijzer.evaluation.offers import report
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.settings import get_settings

HERE = Path(__file__).parent
CASES, UNSEEN = HERE / "offer_cases.yml", HERE / "unseen_offer_cases.yml"
FLOORS = {"ideal_in_top3": 0.85, "good_in_top3": 0.95, "partner_first": 0.85}
MOST_WRONG = 0.01


def faults(figures: Mapping[str, Any]) -> list[str]:
    """Every floor that `figures` (see `wegwijzer.evaluation.offers`) fall through."""
    found = [f"{name} {figures[name]:.3f}" for name, floor in FLOORS.items() if figures[name] < floor]
    if figures["wrong_in_top3"] > MOST_WRONG:
        found.append(f"wrong {figures['wrong_in_top3']:.3f}")
    return found


@cache
def figures(file: Path = CASES) -> dict[str, Any]:
    settings = get_settings()
    knowledge = read_knowledge(settings.knowledge_folder).snapshot()
    cases = [(case, profile_of(case, knowledge)[0]) for case in read_cases(file, knowledge)]
    return report(propose_offers(cases, settings, Console(quiet=True)))


def test_what_is_proposed_is_good_and_nothing_is_wrong() -> None:
    assert faults(figures()) == []


def test_cases_that_nothing_was_mended_after_go_well_too() -> None:
    assert faults(figures(UNSEEN)) == []


@pytest.mark.parametrize(
    ("figure", "value", "fault"),
    [
        ("ideal_in_top3", 0.84, "ideal_in_top3 0.840"),
        ("good_in_top3", 0.94, "good_in_top3 0.940"),
        ("partner_first", 0.84, "partner_first 0.840"),
        ("wrong_in_top3", 0.02, "wrong 0.020"),
    ],
)
def test_each_floor_can_be_fallen_through(figure: str, value: float, fault: str) -> None:
    assert faults({**figures(), figure: value}) == [fault]
