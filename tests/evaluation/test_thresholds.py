"""The thresholds that cost least are found on questions whose right themes are known."""

from collections.abc import Mapping

import pytest
from rich.console import Console

from wegwijzer.advice.decision import Thresholds
from wegwijzer.evaluation.interview import Heard
from wegwijzer.evaluation.judgement import Judged
from wegwijzer.evaluation.questions import Question
from wegwijzer.evaluation.thresholds import LATER, NOTHING, WRONG, cost, show, tried


def judged(right: str, topics: Mapping[str, float]) -> Judged:
    theme, _, topic = right.partition("/")
    return Judged(Question("1", "een vraag", theme, topic), Heard(topics=topics))


SURE_AND_WRONG = judged("personeel/werving", {"innovatie/wbso": 0.97})
UNSURE_AND_WRONG = judged("personeel/werving", {"innovatie/wbso": 0.45, "personeel/werving": 0.40})
UNSURE_AND_RIGHT = judged("personeel/werving", {"personeel/werving": 0.45, "innovatie/wbso": 0.40})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (judged("personeel/werving", {"personeel/werving": 0.9}), 0.0),
        (judged("buiten_bereik/weer", {"buiten_bereik/weer": 0.9}), 0.0),
        (UNSURE_AND_WRONG, LATER),
        (SURE_AND_WRONG, WRONG),
        (judged("personeel/werving", {"buiten_bereik/weer": 0.9}), WRONG),
        (judged("personeel/werving", {"innovatie/wbso": 0.05}), NOTHING),
        (judged("personeel/werving", {"innovatie/wbso": 0.15, "personeel/werving": 0.14}), LATER),
    ],
)
def test_a_question_costs_what_whoever_asks_it_loses(question: Judged, expected: float) -> None:
    assert cost(question, Thresholds()) == expected


def test_when_unsure_answers_are_right_answering_early_is_cheapest() -> None:
    best, *_, worst = tried([UNSURE_AND_RIGHT] * 9 + [SURE_AND_WRONG])

    assert best.thresholds.theme <= 0.45 < worst.thresholds.theme
    assert best.cost < worst.cost


def test_nothing_changes_when_nothing_speaks_for_it() -> None:
    assert tried([SURE_AND_WRONG])[0].is_live


def test_the_live_thresholds_are_in_the_table_wherever_they_stand() -> None:
    console = Console(record=True, width=100)

    show(tried([UNSURE_AND_RIGHT, SURE_AND_WRONG]), console)

    assert "live" in console.export_text()
