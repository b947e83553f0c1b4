"""How much of what people mention of their business is heard, and heard rightly: the table of mentions.txt."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.mentions import MentionReader

TABLE = Path(__file__).with_name("mentions.txt")
PARTS = ("gemeente", "sector", "medewerkers", "bedrag", "rechtsvorm", "fase")
LEAST_PRECISION, LEAST_RECALL = 0.98, 0.96
Mentions = dict[str, str]


def table() -> Iterator[tuple[str, Mentions]]:
    """What is typed, and the parts of a profile that it tells."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        text, bar, told = line.partition("|")
        if bar and not line.startswith("#"):
            yield text.strip(), dict(part.split("=") for part in told.split())


def read(reader: MentionReader, text: str) -> Mentions:
    """What is heard, in the same form."""
    known = reader.read(text).known()
    return {part: f"{known[part]:.10g}" if part == "bedrag" else str(known[part]) for part in PARTS if part in known}


def faults(pairs: Iterable[tuple[Mentions, Mentions]]) -> list[str]:
    """Every part whose precision or recall is below its floor, of pairs of what is told and what is heard."""
    right, heard, told = Counter[str](), Counter[str](), Counter[str]()
    for wanted, found in pairs:
        told.update(list(wanted))
        heard.update(list(found))
        right.update(part for part in wanted if found.get(part) == wanted[part])
    shares = [
        (f"{name} of {part}", right[part] / (of[part] or 1), least)
        for part in PARTS
        for name, of, least in (("precision", heard, LEAST_PRECISION), ("recall", told, LEAST_RECALL))
        if of[part]
    ]
    return [f"{name}: {share:.3f}" for name, share, least in shares if share < least]


def test_the_table_is_heard(knowledge: Knowledge) -> None:
    reader = MentionReader(knowledge)
    rows = [(f"{text}: {wanted}", wanted, read(reader, text)) for text, wanted in table()]

    assert len(rows) >= 300
    assert faults((wanted, found) for _, wanted, found in rows) == []


@pytest.mark.parametrize(
    ("wanted", "found", "fault"),
    [
        ({"sector": "bouw"}, {}, "recall of sector"),
        ({}, {"gemeente": "beek"}, "precision of gemeente"),
        ({"bedrag": "5000"}, {"bedrag": "50000"}, "precision of bedrag"),
    ],
)
def test_the_floors_can_say_no(wanted: Mentions, found: Mentions, fault: str) -> None:
    assert any(one.startswith(fault) for one in faults([(wanted, found)]))
    assert faults([(wanted, wanted)]) == []
