"""Every way that is compared is fitted and gives chances, and the figures count what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.components.sentence_encoder import encode
from bot.experiments.compare import Texts, figures
from bot.experiments.diet import Diet
from bot.experiments.ways import WAYS
from tests.bot.test_components import EXAMPLES

TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts]


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    """The sentence vectors of the examples."""
    return encode(TEXTS)


@pytest.mark.parametrize("name", WAYS)
def test_a_way_knows_what_it_was_fitted_on(name: str, vectors: np.ndarray) -> None:
    fitted = WAYS[name](TEXTS, vectors, LABELS)
    chances = fitted(TEXTS, vectors)

    assert chances.shape == (len(TEXTS), len(EXAMPLES))
    assert chances.sum(axis=1) == pytest.approx(1.0)
    assert np.mean([fitted.classes[row.argmax()] == label for row, label in zip(chances, LABELS, strict=True)]) >= 0.5


@pytest.mark.parametrize("with_vectors", [False, True])
def test_rasas_own_classifier_gives_chances_too(with_vectors: bool, vectors: np.ndarray, tmp_path: Path) -> None:
    texts, classes = Texts(TEXTS, vectors), sorted(EXAMPLES)
    diet = Diet(tmp_path, with_vectors, epochs=1)
    diet.fit(texts, LABELS)
    chances = diet.chances(texts, classes)

    assert chances.shape == (len(TEXTS), len(classes))
    assert chances.sum(axis=1) == pytest.approx(1.0, abs=0.01)


def test_the_figures_count_themes_topics_and_out_of_scope() -> None:
    classes = ["a/x", "a/y", "buiten_bereik/z"]
    chances = np.array([[0.3, 0.3, 0.4], [0.05, 0.7, 0.25], [0.0, 0.2, 0.8], [0.1, 0.1, 0.8]])
    rows = [
        {"theme": "a", "topic": "y", "second_theme": ""},
        {"theme": "a", "topic": "y", "second_theme": ""},
        {"theme": "buiten_bereik", "topic": "z", "second_theme": ""},
        {"theme": "a", "topic": "x", "second_theme": ""},
    ]

    found = figures(classes, chances, rows)

    assert (found["theme"], found["topic"], found["in top 3"]) == (0.75, 0.5, 1.0)
    assert found["out of scope F1"] == pytest.approx(2 / 3)
    assert found["calibration error"] == pytest.approx((0.4 + 0.25 + 2 * 0.3) / 4)
