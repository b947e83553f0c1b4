"""YAML files read into records, with every fault told by file, line and field."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from wegwijzer.knowledge import plain_faults

# The loader in C is ten times as quick; PyYAML is built without it on some systems.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORD = re.compile(r"\w+")
Location = tuple[str | int, ...]
R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Fault:
    """Something wrong in a knowledge file, in words that say what to do."""

    file: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


@dataclass(frozen=True)
class Read(Generic[R]):
    """A record with the place where it was read, so that later checks can point there."""

    record: R
    file: Path
    node: yaml.Node

    def fault(self, location: Location, message: str) -> Fault:
        """A fault in this record at `location`, such as `("topics", 0)`."""
        return Fault(self.file, line_of(self.node, location), dotted(location), message)


@dataclass
class Reader:
    """Reads files one after the other and gathers the faults instead of stopping at the first."""

    faults: list[Fault] = field(default_factory=list)

    def folder(self, folder: Path, model: type[R]) -> list[Read[R]]:
        """One record per `*.yml` file; each file is named after the id in it."""
        found = []
        for file in sorted(folder.glob("*")):
            if file.suffix != ".yml" or file.is_dir():
                self._not_read(file)
                continue
            read = self.file(file, model)
            if read:
                found.append(read)
                self._named_after_its_id(read)
        if not found and not self.faults:
            self.faults.append(Fault(folder, 1, "folder", "holds no .yml files"))
        return found

    def _not_read(self, file: Path) -> None:
        if not file.name.startswith(".") and not file.name.endswith("~"):
            self.faults.append(
                Fault(file, 1, "file", f"is not read: only files in {file.parent.name} that end in .yml are")
            )

    def _named_after_its_id(self, read: Read[Any]) -> None:
        identifier = getattr(read.record, "id", read.file.stem)
        other = read.file.with_stem(identifier)
        if identifier == read.file.stem:
            return
        if other.exists():
            self.faults.append(
                read.fault(("id",), f"is {identifier}, which stands in {other.name}: give it one of its own")
            )
        else:
            self.faults.append(read.fault(("id",), f"is {identifier}, so the file should be {other.name}"))

    def file(self, file: Path, model: type[R]) -> Read[R] | None:
        """The one record that a file holds, or None when it has a fault."""
        node = self._node(file)
        return self._record(file, node, model) if node else None

    def list_file(self, file: Path, model: type[R]) -> list[Read[R]]:
        """The records of a file that holds a list of them."""
        node = self._node(file)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.faults.append(Fault(file, 1, "file", "should be a list of records"))
            return []
        return [read for item in node.value if (read := self._record(file, item, model))]

    def _node(self, file: Path) -> yaml.Node | None:
        try:
            text = file.read_text(encoding="utf-8")
            node = yaml.compose(text, Loader=LOADER)
        except FileNotFoundError:
            self.faults.append(Fault(file, 1, "file", "does not exist"))
        except OSError as error:
            self.faults.append(Fault(file, 1, "file", f"cannot be read: {error.strerror}"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.faults.append(Fault(file, _line_in(error), "file", plain_faults.of_syntax(error)))
        else:
            if node is None:
                self.faults.append(Fault(file, 1, "file", "is empty"))
            else:
                self.faults.extend(Fault(file, *found) for found in plain_faults.of_remarks(node, text.splitlines()))
            return node
        return None

    def _record(self, file: Path, node: yaml.Node, model: type[R]) -> Read[R] | None:
        self.faults.extend(_doubled(file, node))
        misread = [Fault(file, *found) for found in plain_faults.of_scalars(node)]
        self.faults.extend(misread)
        try:
            return Read(model.model_validate(_value_of(node)), file, node)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                words = plain_faults.of_value(problem, model)
                location = tuple(problem["loc"])
                if problem["type"] == "value_error":
                    location = _named_in(words, node, location)
                self.faults.append(Fault(file, line_of(node, location), dotted(location), words))
        except (ValueError, yaml.YAMLError) as error:
            if not misread:  # what YAML itself cannot take is told already
                self.faults.append(Fault(file, _line_in(error), "record", plain_faults.of_syntax(error)))
        return None


def _line_in(error: Exception) -> int:
    """The line of a file that cannot be read at which it goes wrong; where what never ends begins."""
    if isinstance(error, UnicodeDecodeError):
        return int(error.object[: error.start].count(b"\n")) + 1
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in str(getattr(error, "problem", "")):
        mark = getattr(error, "context_mark", None) or mark
    return int(mark.line) + 1 if mark else 1


def _named_in(words: str, node: yaml.Node, location: Location) -> Location:
    """`location`, or the field of the record there that `words` name first: a fault between fields has no place."""
    for step in location:
        inner = _child(node, step)
        if inner is None:
            return location
        node = inner
    named = (word for word in WORD.findall(words) if isinstance(node, yaml.MappingNode) and _child(node, word))
    return next(((*location, word) for word in named), location)


def line_of(node: yaml.Node, location: Location) -> int:
    """The line of `location` below `node`, or of the nearest part of it that exists."""
    for step in location:
        child = _child(node, step)
        if child is None:
            break
        node = child
    return int(node.start_mark.line) + 1


def dotted(location: Location) -> str:
    """A location as people write it: `criteria.medewerkers.min`."""
    return ".".join(str(step) for step in location) or "record"


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


class _AsText(yaml.SafeLoader):
    """Takes what is no day or number after all, such as 2026-02-30, as the text that it is: its field judges it."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError:
            return node.value


def _value_of(node: yaml.Node) -> Any:
    loader = _AsText("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _doubled(file: Path, node: yaml.Node) -> Iterator[Fault]:
    if isinstance(node, yaml.MappingNode):
        # YAML keeps the last of two equal keys without a word; a person meant both.
        yield from _repeated(file, [key for key, _ in node.value], "record")
        for _, value in node.value:
            yield from _doubled(file, value)
    elif isinstance(node, yaml.SequenceNode):
        yield from _repeated(file, [item for item in node.value if isinstance(item, yaml.ScalarNode)], "list")
        for item in node.value:
            yield from _doubled(file, item)


def _repeated(file: Path, nodes: Iterable[yaml.Node], where: str) -> Iterator[Fault]:
    seen = set()
    for node in nodes:
        if str(node.value) in seen:
            yield Fault(file, node.start_mark.line + 1, str(node.value), f"stands twice in this {where}")
        seen.add(str(node.value))
