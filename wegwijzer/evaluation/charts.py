"""The report as pictures: which theme was taken for which, and how far a probability can be believed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from wegwijzer.evaluation.judgement import CHOICE, NOTHING

DARK = 0.6


def draw(report: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write `confusions.svg` and `calibration.svg` of `report` into `folder`; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / "confusions.svg": _confusions(report), folder / "calibration.svg": _calibration(report)}
    # Text stays text in the file, for people who search in it or have it read aloud.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "wegwijzer"}):
        for file, figure in files.items():
            figure.savefig(file, metadata={"Date": None})
    return list(files)


def _confusions(report: Mapping[str, Any]) -> Figure:
    counts = {(pair["right"], pair["said"]): pair["n"] for pair in report["confusions"]}
    themes = list(report["themes"])
    others = {name for _, name in counts} - {*themes, CHOICE, NOTHING}
    said = [*themes, *sorted(others), CHOICE, NOTHING]
    figure = Figure(figsize=(9, 6.5), layout="constrained")
    axes = figure.add_subplot()
    shares = [[counts.get((theme, name), 0) / report["themes"][theme]["n"] for name in said] for theme in themes]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, theme in enumerate(themes):
        for column, name in enumerate(said):
            if n := counts.get((theme, name), 0):
                colour = "white" if shares[row][column] > DARK else "black"
                axes.text(column, row, str(n), ha="center", va="center", color=colour)
    axes.set_xticks(range(len(said)), said, rotation=45, ha="right")
    axes.set_yticks(range(len(themes)), themes)
    axes.set(xlabel="what the assistant went on with", ylabel="the theme that is right")
    axes.set_title("Questions by theme, and what became of them")
    return figure


def _calibration(report: Mapping[str, Any]) -> Figure:
    bins = report["calibration"]["bins"]
    figure = Figure(figsize=(6, 6), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], linestyle="--", color="gray", label="as it should be")
    confidences, rights = [one["confidence"] for one in bins], [one["right"] for one in bins]
    axes.plot(confidences, rights, marker="o", label="measured (number of questions)")
    for one in bins:
        axes.annotate(str(one["n"]), (one["confidence"], one["right"]), xytext=(6, -12), textcoords="offset points")
    axes.set(xlabel="probability of the leading theme", ylabel="share that was right", xlim=(0, 1), ylim=(0, 1.02))
    axes.set_title(f"Expected calibration error {report['calibration']['expected_error']:.3f}")
    axes.legend(loc="lower right")
    return figure
