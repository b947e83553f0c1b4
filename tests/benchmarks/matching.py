"""Measures matching: how long it takes with the offers there are and with 10,000, and whether memory stays flat.

Run it from the repository root: `.venv/bin/python tests/benchmarks/matching.py`; it fails when a bound is broken.
"""

import random
import resource
import statistics
import sys
import time
from copy import copy
from datetime import date

from rich.console import Console
from rich.progress import track
from rich.table import Table

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.knowledge.matching import Asked, matches, question_worth_asking
from wegwijzer.knowledge.profile import Profile
from wegwijzer.settings import PROJECT

DAY = date(2026, 11, 28)
ROUNDS = 600
MANY = 10_000
BOUNDS_MS = {280: 5.0, MANY: 25.0}
GROWTH_MB = 5.0


def generated(knowledge: Knowledge, count: int) -> Knowledge:
    """`knowledge` with so many offers: those there are, again and again under other names and in other places."""
    chance = random.Random(1)  # noqa: S311 - the same offers every time
    places = sorted(knowledge.municipalities)
    originals = list(knowledge.offers.values())
    offers = []
    for number in range(count):
        one = originals[number % len(originals)]
        regio = one.regio if number < len(originals) else (chance.choice(places),)
        offers.append(one.model_copy(update={"id": f"{one.id}-{number}", "regio": regio}))
    larger = copy(knowledge)
    larger.offers = {offer.id: offer for offer in offers}
    return larger


def asked(knowledge: Knowledge) -> list[tuple[str, Profile, Asked]]:
    """Questions of businesses of all kinds, with how much each offer is like them."""
    chance = random.Random(2)  # noqa: S311 - the same questions every time
    sectors = [choice.id for choice in knowledge.vocabulary.sectoren]
    forms = [choice.id for choice in knowledge.vocabulary.rechtsvormen]

    def sometimes(values: list[str]) -> str | None:
        return chance.choice(values) if chance.random() < 0.6 else None

    return [
        (
            chance.choice(sorted(knowledge.topics)),
            Profile(
                gemeente=sometimes(sorted(knowledge.municipalities)),
                sector=sometimes(sectors),
                rechtsvorm=sometimes(forms),
                medewerkers=chance.choice([None, 0, 3, 12, 60]),
            ),
            Asked(
                likeness={offer: chance.gauss(0, 1) for offer in knowledge.offers},
                chances={topic: chance.random() for topic in knowledge.topics},
            ),
        )
        for _ in range(20)
    ]


def median_ms(knowledge: Knowledge) -> tuple[float, float]:
    """The median time of matching with the question that follows, in ms, and the growth of the peak of memory in MB."""
    questions = asked(knowledge)
    before, times = 0.0, []
    for number in track(range(ROUNDS), description=f"{len(knowledge.offers)} offers", transient=True):
        topic, profile, question = questions[number % len(questions)]
        started = time.perf_counter()
        found = matches(knowledge, topic, profile, DAY, question)
        question_worth_asking(found, ())
        times.append(1000 * (time.perf_counter() - started))
        if number == ROUNDS // 5:
            before = peak_mb()
    return statistics.median(times), peak_mb() - before


def peak_mb() -> float:
    """The most memory that this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> int:
    """Measure, print, and tell by the exit code whether the bounds hold."""
    knowledge = read_knowledge(PROJECT / "knowledge").snapshot()
    table = Table("offers", "median, ms", "bound, ms", "growth of memory, MB", "bound, MB")
    broken = False
    for count, bound in BOUNDS_MS.items():
        some = knowledge if count < MANY else generated(knowledge, count)
        middle, growth = median_ms(some)
        broken |= middle > bound or growth > GROWTH_MB
        table.add_row(
            *(f"{value:g}" for value in (len(some.offers), round(middle, 2), bound, round(growth, 1), GROWTH_MB))
        )
    Console().print(table)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
