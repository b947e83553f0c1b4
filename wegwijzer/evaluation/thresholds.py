"""Which thresholds of the decision cost least on questions whose right themes are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from rich.console import Console
from rich.table import Table

from wegwijzer.advice.decision import Answer, Choice, Miss, OutOfScope, Thresholds, decide_on_all, theme_of
from wegwijzer.evaluation.judgement import Judged
from wegwijzer.knowledge.records import OUT_OF_SCOPE

STEPS = (0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.70)
SHOWN = 10
LIVE = Thresholds()

# What it costs whoever asks, of 1: to be sent the wrong way, to be asked again for nothing, to need one more press.
WRONG, NOTHING, LATER = 1.0, 0.7, 0.3


@dataclass(frozen=True)
class Tried:
    """Thresholds with the mean cost of a question under them."""

    thresholds: Thresholds
    cost: float

    @property
    def is_live(self) -> bool:
        """Whether visitors are answered by these."""
        return self.thresholds == LIVE


def cost(judged: Judged, thresholds: Thresholds) -> float:
    """What the decision on this question would cost whoever asks it."""
    right = judged.question.themes
    match decide_on_all(judged.heard.topics, judged.heard.parts, thresholds):
        case Answer(topic, others):
            said, beside = theme_of(topic), others
        case OutOfScope(_, others):
            said, beside = OUT_OF_SCOPE, others
        case Choice(topics):
            said, beside = "", topics
        case Miss():
            said, beside = "", ()
    if said in right:
        return 0.0
    if not right.isdisjoint(theme_of(topic) for topic in beside):
        return LATER
    return WRONG if said else NOTHING


def tried(judged: Sequence[Judged]) -> list[Tried]:
    """Every pair of thresholds (for a theme, for out of scope) with its mean cost, the cheapest first.

    Of equals the one nearest to those that are live comes first, since nothing speaks for a change.
    """
    everything = [
        Tried(thresholds, sum(cost(one, thresholds) for one in judged) / len(judged)) for thresholds in _pairs()
    ]
    return sorted(everything, key=lambda one: (round(one.cost, 4), _distance(one.thresholds)))


def show(everything: Sequence[Tried], console: Console) -> None:
    """Print the cheapest, and those that are live wherever they stand."""
    table = Table("place", "theme from", "out of scope from", "cost of a question", "")
    for place, one in enumerate(everything, start=1):
        if place <= SHOWN or one.is_live:
            pair = (f"{one.thresholds.theme:.2f}", f"{one.thresholds.out_of_scope:.2f}")
            table.add_row(str(place), *pair, f"{one.cost:.4f}", "live" if one.is_live else "")
    console.print(table)


def _pairs() -> Iterator[Thresholds]:
    for theme, out_of_scope in product(STEPS, STEPS):
        yield replace(LIVE, theme=theme, out_of_scope=out_of_scope)


def _distance(thresholds: Thresholds) -> float:
    return abs(thresholds.theme - LIVE.theme) + abs(thresholds.out_of_scope - LIVE.out_of_scope)
