"""What a check of the knowledge found: where, how bad, what to do about it, and how that is shown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

import yaml
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.knowledge.reading.yaml_files import LOADER, Location, line_of

SHOWN_AT_FIRST = 10


class Severity(StrEnum):
    """How bad a finding is: an error misleads whoever asks, a warning may."""

    ERROR = "error"
    WARNING = "warning"


STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


@dataclass(frozen=True)
class Kind:
    """A kind of finding, with what to do about it."""

    severity: Severity
    title: str
    remedy: str


@dataclass(frozen=True)
class Place:
    """A record, or a part of it at `location`, in a file below the folder of the knowledge."""

    record: str
    file: str
    location: Location = ()

    def at(self, *steps: str | int) -> Self:
        """A part of what is here."""
        return replace(self, location=(*self.location, *steps))

    def line(self, folder: Path) -> int:
        """The line in the file as it is now."""
        node = yaml.compose((folder / self.file).read_text(encoding="utf-8"), Loader=LOADER)
        return line_of(node, self.location) if node else 1


@dataclass(frozen=True)
class Finding:
    """Something to look at, and where."""

    kind: Kind
    place: Place
    what: str


Rule = Callable[[KnowledgeFiles, date], Iterator[Finding]]
"""Tells what there is to look at in the knowledge on a day."""


def show(found: Iterable[Finding], folder: Path, console: Console, everything: bool = False) -> None:
    """Print a table for each kind of finding, what is worst last, where whoever ran the command looks first.

    Of each kind of warning only the first ten are shown, those in the files that were edited last, unless `everything`
    is asked for.
    """
    by_kind: dict[Kind, list[Finding]] = {}
    for finding in sorted(found, key=lambda one: (one.kind.severity is Severity.ERROR, _age(folder / one.place.file))):
        by_kind.setdefault(finding.kind, []).append(finding)
    for kind, several in by_kind.items():
        all_of_them = everything or kind.severity is Severity.ERROR
        _show_kind(kind, several, len(several) if all_of_them else SHOWN_AT_FIRST, folder, console)


def _age(file: Path) -> int:
    # In whole minutes: files that came with the project came at once, and stay in the order in which they were found.
    return -int(file.stat().st_mtime // 60)


def _show_kind(kind: Kind, several: Sequence[Finding], most: int, folder: Path, console: Console) -> None:
    table = Table("record", "what is wrong", box=SIMPLE_HEAD)
    for finding in several[:most]:
        # As text, because a record may hold what Rich takes for markup.
        table.add_row(_where(finding.place, folder), Text(finding.what, overflow="fold"))
    console.print(Text(f"{kind.severity}: {kind.title} ({len(several)})", STYLES[kind.severity]))
    console.print(Text(f"What to do: {kind.remedy}"), table, sep="")
    if len(several) > most:
        console.print(f"  and {len(several) - most} more, which --all shows\n", highlight=False)


def _where(place: Place, folder: Path) -> Text:
    name = "" if Path(place.file).stem == place.record else f" {place.record}"
    return Text(f"{place.file}:{place.line(folder)}{name}", overflow="fold")


def has_failed(found: Iterable[Finding], strict: bool = False) -> bool:
    """Whether there are errors; when `strict`, warnings count as errors."""
    return any(strict or finding.kind.severity is Severity.ERROR for finding in found)


def summary(files: KnowledgeFiles, found: Sequence[Finding]) -> str:
    """How much there is and how much of it is wrong, in a line."""
    errors = sum(finding.kind.severity is Severity.ERROR for finding in found)
    records = f"{_count(len(files.offers), 'offer')}, {_count(len(files.organisations), 'organisation')}"
    return f"{records}: {_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
