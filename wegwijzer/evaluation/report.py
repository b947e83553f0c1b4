"""The figures of an evaluation, as plain values: `wegwijzer evaluate --json` writes them."""

from collections import Counter
from collections.abc import Sequence
from statistics import mean, quantiles
from typing import Any

from wegwijzer.evaluation.judgement import Judged
from wegwijzer.knowledge.records import OUT_OF_SCOPE

BINS = 10
WORST = 20
PERCENT = 100


def report(judged: Sequence[Judged]) -> dict[str, Any]:
    """All figures over at least one question; shares are of 1, `latency_ms` is of a whole turn at the engine.

    `topic_right` counts questions that were gone straight on with by the very topic. `calibration` compares the
    probability of the leading theme with how often that theme is right.
    """
    return {
        "n": len(judged),
        "right_at_once": share([one.right_at_once for one in judged]),
        "within_one_turn": share([one.within_one_turn for one in judged]),
        "topic_right": share([one.topic_right for one in judged]),
        "out_of_scope": out_of_scope(judged),
        "themes": _by(judged, sorted({one.question.theme for one in judged}), theme_of_question),
        "topics": _by(judged, sorted({topic_of_question(one) for one in judged}), topic_of_question),
        "latency_ms": _latency([one.heard.milliseconds for one in judged]),
        "calibration": calibration(judged),
        "confusions": _confusions(judged),
        "worst": [_told(one) for one in _worst(judged)],
    }


def theme_of_question(judged: Judged) -> str:
    """The theme that is right."""
    return judged.question.theme


def topic_of_question(judged: Judged) -> str:
    """The topic that is right, as `theme/topic`."""
    return f"{judged.question.theme}/{judged.question.topic}"


def out_of_scope(judged: Sequence[Judged]) -> dict[str, float]:
    """Precision, recall and F1 of saying that a question is out of scope; a second theme counts as right too."""
    said = [OUT_OF_SCOPE in one.question.themes for one in judged if one.theme == OUT_OF_SCOPE]
    due = [one.theme == OUT_OF_SCOPE for one in judged if one.question.theme == OUT_OF_SCOPE]
    precision, recall = share(said), share(due)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def calibration(judged: Sequence[Judged]) -> dict[str, Any]:
    """The expected calibration error over ten bins of equal width, after Guo et al. (2017), and the bins.

    A bin has `n`, the mean `confidence` and the share that was `right`.
    """
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        bins[min(int(one.confidence * BINS), BINS - 1)].append(one)
    filled = [
        {
            "n": len(members),
            "confidence": mean(one.confidence for one in members),
            "right": share([one.leader_right for one in members]),
        }
        for members in bins
        if members
    ]
    error = sum(one["n"] * abs(one["confidence"] - one["right"]) for one in filled) / len(judged)
    return {"expected_error": error, "bins": filled}


def _by(judged: Sequence[Judged], names: Sequence[str], name_of: Any) -> dict[str, Any]:
    groups = {name: [one for one in judged if name_of(one) == name] for name in names}
    return {
        name: {
            "n": len(group),
            "right_at_once": share([one.right_at_once for one in group]),
            "within_one_turn": share([one.within_one_turn for one in group]),
        }
        for name, group in groups.items()
    }


def _latency(milliseconds: Sequence[float]) -> dict[str, float]:
    if len(milliseconds) == 1:
        return {"p50": milliseconds[0], "p95": milliseconds[0]}
    cuts = quantiles(milliseconds, n=PERCENT, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94]}


def _confusions(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """How often a question of theme `right` was gone on with as `said`; a second theme that was hit counts as right."""
    pairs = Counter((one.question.theme, one.question.theme if one.right_at_once else one.outcome) for one in judged)
    return [{"right": right, "said": said, "n": n} for (right, said), n in pairs.most_common()]


def _worst(judged: Sequence[Judged]) -> list[Judged]:
    # Those where the assistant was surest of something wrong come first; a choice with the right theme is none.
    wrong = [one for one in judged if not one.within_one_turn]
    return sorted(wrong, key=lambda one: -one.confidence)[:WORST]


def _told(judged: Judged) -> dict[str, Any]:
    return {
        "id": judged.question.id,
        "text": judged.question.text,
        "right": topic_of_question(judged),
        "said": judged.topic or ", ".join(judged.heard.offered) or judged.outcome,
        "answer": judged.heard.said,
        "confidence": judged.confidence,
    }


def share(verdicts: Sequence[bool]) -> float:
    """How many of `verdicts` are true, of 1; 0 when there are none."""
    return sum(verdicts) / len(verdicts) if verdicts else 0.0
