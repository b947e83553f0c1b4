"""A head start for the sentence encoder: it works on a message while Rasa still looks up the conversation.

Encoding is by far the longest part of a turn, and it needs neither the conversation nor Python's lock.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, Dict, List

import numpy as np

MOST_AT_ONCE = 8


class HeadStart:
    """Vectors by text, begun early and taken once."""

    def __init__(self, encode: Callable[[List[str]], np.ndarray]) -> None:
        """`encode` gives one row for each text."""
        self._encode = encode
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._begun: Dict[str, Future[np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self._begun)

    def begin(self, text: str) -> None:
        """Begin with `text`, which is about to be asked for."""
        while len(self._begun) >= MOST_AT_ONCE:  # of turns that failed before they came this far
            self._begun.pop(next(iter(self._begun))).cancel()
        self._begun.setdefault(text, self._worker.submit(self._encode, [text]))

    def vector(self, text: str) -> np.ndarray:
        """The vector of `text`, begun now when it was not begun before."""
        begun = self._begun.pop(text, None)
        return (begun.result() if begun else self._encode([text]))[0]
