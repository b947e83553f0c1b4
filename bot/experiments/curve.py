"""Draws how much of the questions the live way gets right with fewer examples: whether more of them would pay.

Run it from the repository root: `bot/.venv/bin/python -m bot.experiments.curve QUESTIONS.csv... [--svg OUT]`.

Each share of the examples is drawn three times, evenly over the topics, and every draw holds the smaller one.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Tuple

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.experiments.compare import SEEDS, Material, measured
from bot.experiments.ways import LIVE

SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 3 / 4, 1.0)
SHOWN = ("theme", "in top 3", "topic", "out of scope F1")
matplotlib.rcParams["svg.hashsalt"] = "wegwijzer"  # the same figures give the same file


class Point(NamedTuple):
    """The mean figures of `examples` examples, and the spread of the first of them."""

    examples: int
    means: Dict[str, float]
    spread: float


def curve(material: Material, shares: Tuple[float, ...] = SHARES) -> List[Point]:
    """A point for each share of the examples."""
    return [_point(material, share) for share in track(shares, description="Fitting")]


def spread_over_topics(labels: List[str], seed: int) -> np.ndarray:
    """All places of `labels` in such an order that any first part of it holds each label in its share."""
    chance = np.random.default_rng(seed)
    place_in_topic = np.empty(len(labels))
    for label in set(labels):
        places = np.flatnonzero(np.array(labels) == label)
        place_in_topic[places] = (chance.permutation(len(places)) + 0.5) / len(places)
    return np.argsort(place_in_topic, kind="stable")


def _point(material: Material, share: float) -> Point:
    runs = []
    for seed in SEEDS:
        chosen = spread_over_topics(material.labels, seed)[: round(share * len(material.labels))]
        labels = [material.labels[place] for place in chosen]
        runs.append(measured(LIVE, material.train.some(chosen), labels, material.test, material.rows))
    means = {name: float(np.mean([run[name] for run in runs])) for name in SHOWN}
    return Point(round(share * len(material.labels)), means, float(np.std([run[SHOWN[0]] for run in runs])))


def draw(points: List[Point], file: Path) -> None:
    """Write the curve as SVG."""
    figure = Figure(figsize=(7, 4))
    axes = figure.subplots()
    for name in SHOWN:
        axes.plot([one.examples for one in points], [one.means[name] for one in points], marker="o", label=name)
    axes.set_xscale("log", base=2)
    axes.set_xticks([one.examples for one in points], [str(one.examples) for one in points])
    axes.minorticks_off()
    axes.set(xlabel="examples", ylabel="right", ylim=(0, 1), title="What more examples brought")
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.savefig(file, format="svg", metadata={"Date": None})


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--svg", type=Path)
    given: Any = parser.parse_args()
    points = curve(Material.of(given.questions))
    table = Table("examples", *SHOWN, f"± {SHOWN[0]}")
    for one in points:
        table.add_row(str(one.examples), *(f"{one.means[name]:.3f}" for name in SHOWN), f"{one.spread:.3f}")
    Console().print(table)
    if given.svg:
        draw(points, given.svg)


if __name__ == "__main__":
    main()
