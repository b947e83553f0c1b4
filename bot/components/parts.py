"""The parts of a message that may each ask something of their own: its sentences, and what "en" or "maar" joins."""

from __future__ import annotations

import re
from typing import List

# "Ik zoek personeel en wil zonnepanelen" asks two things; "vof en bv" is no two questions.
BORDER = re.compile(r"[.!?;\n]+\s+|,?\s+(?:en|maar|daarnaast|verder|and|but|und|aber)\s+(?:ook\s+)?", re.IGNORECASE)
FEWEST_WORDS = 3
MOST_PARTS = 4


def parts(text: str) -> List[str]:
    """The parts of `text` that are long enough to ask something, at most four; none when there are not two."""
    long_enough = [part.strip() for part in BORDER.split(text) if len(part.split()) >= FEWEST_WORDS]
    return long_enough[:MOST_PARTS] if len(long_enough) > 1 else []
