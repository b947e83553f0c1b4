"""The report as tables on a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

ANSWER_SHOWN = 120
FEWEST_CONFUSED = 2


def show(report: Mapping[str, Any], console: Console) -> None:
    """Print `report` (see `wegwijzer.evaluation.report`)."""
    for table in (_worst(report), _topics(report), _confusions(report), _themes(report), _totals(report)):
        if table.row_count:
            console.print(table)


def _totals(report: Mapping[str, Any]) -> Table:
    table = Table("figure", "value", title=f"{report['n']} questions")
    for name in ("right_at_once", "within_one_turn", "topic_right"):
        table.add_row(name.replace("_", " "), f"{report[name]:.3f}")
    for name, value in report["out_of_scope"].items():
        table.add_row(f"out of scope, {name}", f"{value:.3f}")
    table.add_row("expected calibration error", f"{report['calibration']['expected_error']:.3f}")
    for name, value in report["latency_ms"].items():
        table.add_row(f"turn, {name}", f"{value:.0f} ms")
    return table


def _themes(report: Mapping[str, Any]) -> Table:
    return _groups("theme", report["themes"].items())


def _topics(report: Mapping[str, Any]) -> Table:
    """Topics where something went wrong at once, the worst first."""
    faulty = (pair for pair in report["topics"].items() if pair[1]["right_at_once"] < 1)
    return _groups("topic", sorted(faulty, key=lambda pair: (pair[1]["right_at_once"], -pair[1]["n"])))


def _groups(name: str, groups: Iterable[tuple[str, Mapping[str, Any]]]) -> Table:
    table = Table(name, "questions", "right at once", "within one turn")
    for group, figures in groups:
        shares = (f"{figures[share]:.2f}" for share in ("right_at_once", "within_one_turn"))
        table.add_row(group, str(figures["n"]), *shares)
    return table


def _confusions(report: Mapping[str, Any]) -> Table:
    table = Table("right", "said", "questions", title="What was taken for what")
    for pair in report["confusions"]:
        if pair["right"] != pair["said"] and pair["n"] >= FEWEST_CONFUSED:
            table.add_row(pair["right"], pair["said"], str(pair["n"]))
    return table


def _worst(report: Mapping[str, Any]) -> Table:
    table = Table("question", "right", "said", title="Where it was surest of something wrong", show_lines=True)
    for one in report["worst"]:
        table.add_row(one["text"], one["right"], f"{one['said']} ({one['confidence']:.2f})\n{_short(one['answer'])}")
    return table


def _short(answer: str) -> str:
    return answer if len(answer) <= ANSWER_SHOWN else f"{answer[:ANSWER_SHOWN].rstrip()} …"
