"""How much of what people mention of their business is heard, and heard rightly: precision and recall by part."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from rich.console import Console
from rich.table import Table

from wegwijzer.errors import WegwijzerError
from wegwijzer.knowledge.mentions import MentionReader
from wegwijzer.knowledge.profile import Profile

PARTS = tuple(part.name for part in fields(Profile))
Mentions = dict[str, str]
"""What is told, by part of the profile: ids, a number of people, an amount in euros without a sign."""


class MentionTableError(WegwijzerError):
    """The table cannot be read; the message names the line and what is wrong with it."""


def read_table(file: Path) -> Iterator[tuple[str, Mentions]]:
    """What is typed with what it tells, of lines such as `zes man in Stein | gemeente=stein medewerkers=6`.

    Raises MentionTableError.
    """
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        text, bar, told = line.partition("|")
        if not line.strip() or line.startswith("#"):
            continue
        pairs = [part.partition("=") for part in told.split()]
        if not bar or not text.strip() or any(part not in PARTS or not value for part, _, value in pairs):
            raise MentionTableError(f"{file}:{number}: should be `text | part=value ...`, parts are {', '.join(PARTS)}")
        yield text.strip(), {part: value for part, _, value in pairs}


def heard(reader: MentionReader, text: str) -> Mentions:
    """What is heard in `text`, in the form of the table."""
    known = reader.read(text).known()
    return {part: f"{known[part]:.10g}" if part == "bedrag" else str(known[part]) for part in PARTS if part in known}


def figures(pairs: Iterable[tuple[Mentions, Mentions]]) -> dict[str, dict[str, float]]:
    """Number, precision and recall of each part that is told or heard, and of `all`; from pairs of told and heard."""
    told, found, right = Counter[str](), Counter[str](), Counter[str]()
    for wanted, got in pairs:
        told.update((*wanted, *("all" for _ in wanted)))
        found.update((*got, *("all" for _ in got)))
        hits = [part for part in wanted if got.get(part) == wanted[part]]
        right.update((*hits, *("all" for _ in hits)))
    named = [part for part in ("all", *PARTS) if told[part] or found[part]]
    return {
        part: {
            "n": told[part],
            "precision": right[part] / found[part] if found[part] else 1.0,
            "recall": right[part] / told[part] if told[part] else 1.0,
        }
        for part in named
    }


def show(found: Mapping[str, Mapping[str, float]], console: Console) -> None:
    """Print the figures (see `figures`)."""
    table = Table("part", "mentions", "precision", "recall", title="What is mentioned of the business")
    for part, one in found.items():
        table.add_row(part, f"{one['n']:g}", f"{one['precision']:.3f}", f"{one['recall']:.3f}")
    console.print(table)
