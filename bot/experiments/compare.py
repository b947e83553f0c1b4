"""Compares ways to tell the topic of a question, on the same examples and the same questions.

Run it from the repository root: `bot/.venv/bin/python -m bot.experiments.compare QUESTIONS.csv... [--json OUT]`.

Each way is fitted three times, each time on another four fifths of the examples in `bot/data`, which are the same for
all ways. The questions, which nobody trains on, are the test. A question is right when the leading theme is its theme
or its second theme. Times are of one core, without making the sentence vectors, which all but one need. Each fit has a
process of its own, whose peak is its memory: with Python, its libraries and all examples.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pickle
import time
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Sequence, Tuple

import numpy as np
import yaml
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.components.sentence_encoder import calm, encode_with_progress, encoder_name
from bot.components.spelling import Speller, lexicon
from bot.components.vector_cache import VectorCache
from bot.experiments.ways import WAYS

DATA = Path("bot/data")
CACHE = Path("var/vectors.sqlite3")
SEEDS = (1, 2, 3)
SHARE_TRAINED_ON = 0.8
BINS = 10
OUT_OF_SCOPE = "buiten_bereik"


class Texts(NamedTuple):
    """Texts with their sentence vectors."""

    texts: List[str]
    vectors: np.ndarray

    def some(self, chosen: np.ndarray) -> Texts:
        """Those at the places `chosen`."""
        return Texts([self.texts[place] for place in chosen], self.vectors[chosen])


Measure = Callable[[Texts, List[str], Texts, List[Dict[str, str]]], Dict[str, float]]
"""Gives the figures of a way that is fitted on texts with labels and tested on other texts with their rows."""


class Material(NamedTuple):
    """The examples with their labels, and the questions as the engine would read them with their rows."""

    train: Texts
    labels: List[str]
    test: Texts
    rows: List[Dict[str, str]]

    @classmethod
    def of(cls, files: List[Path]) -> Material:
        """All examples, and the questions of all `files`."""
        texts, labels = zip(*examples(), strict=True)
        rows = questions(files)
        speller = Speller.learned(texts, lexicon())
        return cls(encoded(list(texts)), list(labels), encoded([speller.corrected(row["text"]) for row in rows]), rows)


def examples(folder: Path = DATA) -> Iterator[Tuple[str, str]]:
    """Every example below `folder` with its label, `theme/topic` or a plain intent."""
    for file in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu") or ():
            topic = (block.get("metadata") or {}).get("topic")
            label = f"{block['intent']}/{topic}" if topic else block["intent"]
            for line in block["examples"].splitlines():
                yield line.removeprefix("- ").strip(), label


def questions(files: List[Path]) -> List[Dict[str, str]]:
    """The rows of all `files`."""
    return [row for file in files for row in csv.DictReader(file.open(encoding="utf-8-sig"))]


def encoded(texts: List[str]) -> Texts:
    """With vectors, from the cache where it knows them."""
    cache = VectorCache(CACHE, encoder_name())
    vectors = cache.vectors([calm(text) for text in texts], encode_with_progress)
    cache.close()
    return Texts(texts, vectors)


def measured(name: str, train: Texts, labels: List[str], test: Texts, rows: List[Dict[str, str]]) -> Dict[str, float]:
    """The figures of one way, fitted once."""
    started = time.process_time()
    fitted = WAYS[name](train.texts, train.vectors, labels)
    seconds = time.process_time() - started
    started = time.process_time()
    chances = fitted(test.texts, test.vectors)
    milliseconds = 1000 * (time.process_time() - started) / len(test.texts)
    return {
        **figures(fitted.classes, chances, rows),
        "training, s": seconds,
        "a question, ms": milliseconds,
        "model, MB": len(pickle.dumps(fitted)) / 1e6,
    }


def figures(classes: List[str], chances: np.ndarray, rows: List[Dict[str, str]]) -> Dict[str, float]:
    """How often the leading theme is right, or among the first three; out of scope; calibration."""
    themes = sorted({name.split("/")[0] for name in classes})
    sums = np.zeros((len(rows), len(themes)))
    for column, name in enumerate(classes):
        sums[:, themes.index(name.split("/")[0])] += chances[:, column]
    right = [{row["theme"], row["second_theme"]} - {""} for row in rows]
    ranked = [[themes[place] for place in np.argsort(-row)] for row in sums]
    leads = np.array([first[0] in good for first, good in zip(ranked, right, strict=True)])
    topics = [classes[place] for place in chances.argmax(axis=1)]
    return {
        "theme": float(leads.mean()),
        "in top 3": float(np.mean([bool(good & set(first[:3])) for first, good in zip(ranked, right, strict=True)])),
        "topic": float(
            np.mean([topic == f"{row['theme']}/{row['topic']}" for topic, row in zip(topics, rows, strict=True)])
        ),
        "out of scope F1": _f1([first[0] for first in ranked], right),
        "calibration error": _calibration_error(sums.max(axis=1), leads),
    }


def _f1(said: List[str], right: List[set[str]]) -> float:
    hits = sum(one == OUT_OF_SCOPE and one in good for one, good in zip(said, right, strict=True))
    wrong = sum(one == OUT_OF_SCOPE and one not in good for one, good in zip(said, right, strict=True))
    missed = sum(one != OUT_OF_SCOPE and OUT_OF_SCOPE in good for one, good in zip(said, right, strict=True))
    return 2 * hits / (2 * hits + wrong + missed)


def _calibration_error(claimed: np.ndarray, right: np.ndarray) -> float:
    places = np.minimum((claimed * BINS).astype(int), BINS - 1)
    gaps = [abs(claimed[places == one].mean() - right[places == one].mean()) for one in np.unique(places)]
    return float(np.average(gaps, weights=[(places == one).sum() for one in np.unique(places)]))


def compared(files: List[Path]) -> Dict[str, Dict[str, float]]:
    """The figures of every way (see `over_seeds`)."""
    material = Material.of(files)
    return {name: over_seeds(partial(measured, name), material) for name in track(list(WAYS), description="Comparing")}


def over_seeds(measure: Measure, material: Material, seeds: Sequence[int] = SEEDS) -> Dict[str, float]:
    """What `measure` finds, fitted on other four fifths of the examples for each seed: means, and the spread of one."""
    runs = []
    for seed in seeds:
        places = np.random.default_rng(seed).permutation(len(material.labels))
        chosen = places[: int(SHARE_TRAINED_ON * len(places))]
        labels = [material.labels[place] for place in chosen]
        runs.append(apart(measure, material.train.some(chosen), labels, material.test, material.rows))
    means = {figure: float(np.mean([run[figure] for run in runs])) for figure in runs[0]}
    return {**means, "± theme": float(np.std([run["theme"] for run in runs]))}


def apart(measure: Measure, *given: Any) -> Dict[str, float]:
    """What `measure` finds in a new process, with the most memory that it took in MB."""
    with get_context("spawn").Pool(1) as process:
        return process.apply(_with_memory, (measure, *given))


def _with_memory(measure: Measure, *given: Any) -> Dict[str, float]:
    found = measure(*given)
    # Not `ru_maxrss`: Linux hands that of the parent on to a new process.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return {**found, "memory, MB": int(status["VmHWM"].split()[0]) / 1e3}


def show(results: Dict[str, Dict[str, float]]) -> None:
    """Print the table, the best first."""
    names = list(next(iter(results.values())))
    table = Table("way", *names)
    for way, one in sorted(results.items(), key=lambda pair: -pair[1]["theme"]):
        table.add_row(way, *(f"{one[name]:.3f}" for name in names))
    Console(width=200).print(table)


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--json", type=Path)
    given: Any = parser.parse_args()
    results = compared(given.questions)
    show(results)
    if given.json:
        given.json.write_text(json.dumps(results, indent=2, ensure_ascii=False) + os.linesep, encoding="utf-8")


if __name__ == "__main__":
    main()
