"""Training texts are encoded once, whatever the number of trainings."""

from pathlib import Path
from typing import List

import numpy as np

from bot.components.vector_cache import VectorCache


class CountingEncoder:
    """Makes a vector of the length of a text, and remembers which texts it was asked for."""

    def __init__(self) -> None:
        self.asked: List[str] = []

    def __call__(self, texts: List[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def test_a_second_training_encodes_only_what_is_new(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    VectorCache(tmp_path / "vectors.sqlite3", "one").vectors(["lening", "krediet", "lening"], encoder)
    assert sorted(encoder.asked) == ["krediet", "lening"]

    encoder.asked.clear()
    vectors = VectorCache(tmp_path / "vectors.sqlite3", "one").vectors(["krediet", "borg", "lening"], encoder)

    assert encoder.asked == ["borg"]
    assert vectors[:, 0].tolist() == [7, 4, 6]


def test_vectors_of_another_encoder_are_not_used(tmp_path: Path) -> None:
    VectorCache(tmp_path / "vectors.sqlite3", "one").vectors(["lening"], CountingEncoder())
    encoder = CountingEncoder()

    VectorCache(tmp_path / "vectors.sqlite3", "two").vectors(["lening"], encoder)

    assert encoder.asked == ["lening"]
