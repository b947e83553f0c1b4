"""A message that was begun early is encoded once, and one that was not is encoded all the same."""

from typing import List

import numpy as np

from bot.components.head_start import MOST_AT_ONCE, HeadStart


class Counting:
    """Encodes a text as its length, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.texts: List[str] = []

    def __call__(self, texts: List[str]) -> np.ndarray:
        self.texts += texts
        return np.array([[len(text)] for text in texts])


def test_what_was_begun_is_not_encoded_again() -> None:
    counting = Counting()
    head_start = HeadStart(counting)
    head_start.begin("wat is de WBSO")

    assert head_start.vector("wat is de WBSO") == [14]
    assert counting.texts == ["wat is de WBSO"]


def test_what_was_not_begun_is_encoded_when_it_is_asked_for() -> None:
    counting = Counting()

    assert HeadStart(counting).vector("geld") == [4]
    assert counting.texts == ["geld"]


def test_a_vector_is_taken_once_so_that_nothing_is_kept() -> None:
    counting = Counting()
    head_start = HeadStart(counting)
    head_start.begin("geld")
    head_start.vector("geld")

    assert head_start.vector("geld") == [4]
    assert counting.texts == ["geld", "geld"]


def test_turns_that_never_came_to_the_encoder_do_not_pile_up() -> None:
    head_start = HeadStart(Counting())
    for number in range(3 * MOST_AT_ONCE):
        head_start.begin(str(number))

    assert len(head_start) <= MOST_AT_ONCE
