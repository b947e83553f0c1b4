"""What counts as right, and the figures that come of it."""

from pathlib import Path
from typing import Any

import pytest

from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.evaluation.charts import draw
from wegwijzer.evaluation.interview import Heard
from wegwijzer.evaluation.judgement import Judged
from wegwijzer.evaluation.questions import Question
from wegwijzer.evaluation.report import report

LOAN = Question("a", "Lenen?", "financiering", "krediet", "innovatie")
WEATHER = Question("b", "Regent het?", "buiten_bereik", "weer")
MENU = ("financiering/krediet", "financiering/lease", "personeel/verzuim", "innovatie/merk_ie")


def answered(topic: str) -> Heard:
    """The assistant went straight on with `topic`."""
    return Heard(dialogue=Dialogue(topic=topic), ranking={topic.split("/")[0]: 0.9})


def offered(*topics: str) -> Heard:
    """The assistant offered a choice."""
    return Heard(dialogue=Dialogue(offered=topics), ranking={"personeel": 0.3})


def refused(kind: str) -> Heard:
    """The assistant said that it cannot help with this."""
    return Heard(kind=kind, ranking={"buiten_bereik": 0.8})


@pytest.mark.parametrize(
    ("question", "heard", "at_once", "within_one_turn", "topic"),
    [
        (LOAN, answered("financiering/krediet"), True, True, True),
        (LOAN, answered("financiering/lease"), True, True, False),
        (LOAN, answered("innovatie/krediet"), True, True, False),
        (LOAN, answered("personeel/verzuim"), False, False, False),
        (LOAN, offered("personeel/verzuim", "innovatie/merk_ie"), False, True, False),
        (LOAN, offered("financiering/krediet", "financiering/lease"), False, True, False),
        (LOAN, offered("personeel/verzuim", "algemeen/netwerken"), False, False, False),
        (LOAN, offered(*MENU), False, False, False),
        (LOAN, refused("belasting"), False, False, False),
        (LOAN, Heard(), False, False, False),
        (WEATHER, refused("weer"), True, True, True),
        (WEATHER, refused("vrije_tijd"), True, True, False),
        (WEATHER, offered("buiten_bereik/weer", "algemeen/netwerken"), False, True, False),
        (WEATHER, answered("algemeen/netwerken"), False, False, False),
        (WEATHER, Heard(), False, False, False),
    ],
)
def test_an_answer_is_right_at_once_or_within_one_turn_or_not(
    question: Question, heard: Heard, at_once: bool, within_one_turn: bool, topic: bool
) -> None:
    judged = Judged(question, heard)

    assert (judged.right_at_once, judged.within_one_turn, judged.topic_right) == (at_once, within_one_turn, topic)


def test_what_is_offered_beside_a_wrong_answer_counts_within_one_turn() -> None:
    heard = Heard(dialogue=Dialogue(topic="personeel/verzuim", instead=("financiering/krediet",)))

    assert (Judged(LOAN, heard).right_at_once, Judged(LOAN, heard).within_one_turn) == (False, True)


@pytest.mark.parametrize("kind", ["begroeting", "onduidelijk"])
def test_a_greeting_or_not_to_understand_is_right_for_nothing_else(kind: str) -> None:
    same = Question("c", "Hallo?", "buiten_bereik", kind)

    assert Judged(same, refused(kind)).right_at_once
    assert Judged(WEATHER, refused(kind)).outcome == Judged(LOAN, refused(kind)).outcome == "(niets)"


@pytest.fixture
def figures() -> dict[str, Any]:
    """Five questions: two right at once, one in a choice, two wrong."""
    return report(
        [
            Judged(LOAN, answered("financiering/krediet")),
            Judged(LOAN, offered("financiering/krediet", "personeel/verzuim")),
            Judged(LOAN, refused("belasting")),
            Judged(WEATHER, refused("weer")),
            Judged(WEATHER, answered("algemeen/netwerken")),
        ]
    )


def test_the_report_counts(figures: dict[str, Any]) -> None:
    assert figures["n"] == 5
    assert (figures["right_at_once"], figures["within_one_turn"], figures["topic_right"]) == (0.4, 0.6, 0.4)
    assert figures["themes"]["financiering"] == {"n": 3, "right_at_once": 1 / 3, "within_one_turn": 2 / 3}
    assert figures["out_of_scope"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert {"right": "financiering", "said": "(keuze)", "n": 1} in figures["confusions"]


def test_what_was_surest_and_wrong_comes_first(figures: dict[str, Any]) -> None:
    assert [(one["id"], one["said"]) for one in figures["worst"]] == [
        ("b", "algemeen/netwerken"),
        ("a", "buiten_bereik/belasting"),
    ]


def test_calibration_compares_what_was_claimed_with_what_was_right(figures: dict[str, Any]) -> None:
    bins = {round(one["confidence"], 1): (one["n"], one["right"]) for one in figures["calibration"]["bins"]}

    assert bins == {0.9: (2, 0.5), 0.3: (1, 0.0), 0.8: (2, 0.5)}
    assert figures["calibration"]["expected_error"] == pytest.approx((2 * 0.4 + 0.3 + 2 * 0.3) / 5)


def test_the_pictures_hold_the_themes_and_the_curve(figures: dict[str, Any], tmp_path: Path) -> None:
    confusions, calibration = draw(figures, tmp_path / "charts")

    assert "financiering" in confusions.read_text() and "(keuze)" in confusions.read_text()
    assert "Expected calibration error 0.340" in calibration.read_text()
