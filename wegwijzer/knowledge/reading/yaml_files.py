"""YAML files read into records, with every fault told by file, line and field."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from wegwijzer.knowledge.reading import plain_syntax, plain_values

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
        text = self._text(file)
        if text is None:
            return None
        try:
            node = yaml.compose(text, Loader=LOADER)
        except yaml.YAMLError as error:
            self._told(file, [plain_syntax.of_error(error, text.splitlines())])
            return None
        if node is None:
            self._told(file, [(1, "file", "is empty")])
        elif not self._told(file, plain_syntax.of_references(text, LOADER)):
            self._told(file, plain_syntax.of_lines(node, text.splitlines()))
            return node
        return None

    def _text(self, file: Path) -> str | None:
        """What the file holds, or None when it cannot be read as a text at all."""
        try:
            text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            self._told(file, [(1, "file", "does not exist")])
        except OSError as error:
            self._told(file, [(1, "file", f"cannot be read: {error.strerror}")])
        except UnicodeDecodeError as error:
            self._told(file, [plain_syntax.of_error(error)])
        else:
            return None if self._told(file, plain_syntax.of_text(text)) else text
        return None

    def _told(self, file: Path, told: Iterable[plain_syntax.Told]) -> list[Fault]:
        """The faults of `file` that are told now, which are gathered too."""
        faults = [Fault(file, *one) for one in told]
        self.faults.extend(faults)
        return faults

    def _record(self, file: Path, node: yaml.Node, model: type[R]) -> Read[R] | None:
        self.faults.extend(_doubled(file, node))
        misread = self._told(file, plain_syntax.of_values(node))
        try:
            return Read(model.model_validate(_value_of(node)), file, node)
        except ValidationError as error:
            problems = error.errors(include_url=False)
            told = {fault.line for fault in misread}
            first = [one for one in problems if not _follows(one, problems, model)]
            faults = (_fault(file, node, one, model) for one in first if _line_of_value(node, one["loc"]) not in told)
            self.faults.extend(faults)
        except (ValueError, yaml.YAMLError) as error:
            if not misread:  # what YAML itself cannot take is told already
                self._told(file, [plain_syntax.of_error(error)])
        return None


def _fault(file: Path, node: yaml.Node, problem: Mapping[str, Any], model: type[BaseModel]) -> Fault:
    location = tuple(problem["loc"])
    stands_there = node_at(node, location)
    typed = stands_there.value if isinstance(stands_there, yaml.ScalarNode) else None
    words = plain_values.of_value(problem, model, typed)
    if problem["type"] == "value_error":
        location = _named_in(words, node, location)
    elif problem["type"] == "invalid_key":  # what is no name names no place
        location = location[:-1]
    return Fault(file, line_of(node, location), dotted(location), words)


def _follows(problem: Mapping[str, Any], problems: Iterable[Mapping[str, Any]], model: type[BaseModel]) -> bool:
    """Whether there is another fault only because of which this is one.

    A list is too short because of what is wrong with something in it; a field is missing because it has a slip in its
    name.
    """
    location, others = tuple(problem["loc"]), [one for one in problems if one is not problem]
    if problem["type"] == "too_short":
        return any(tuple(one["loc"])[: len(location)] == location for one in others)
    unknown = (tuple(one["loc"]) for one in others if one["type"] == "extra_forbidden")
    return problem["type"] == "missing" and any(
        plain_values.field_meant(model, name) == location[-1] for name in unknown if name[:-1] == location[:-1]
    )


def _named_in(words: str, node: yaml.Node, location: Location) -> Location:
    """`location`, or the field of the record there that `words` name first: a fault between fields has no place."""
    record = node_at(node, location)
    if not isinstance(record, yaml.MappingNode):
        return location
    return next(((*location, word) for word in WORD.findall(words) if _child(record, word)), location)


def node_at(node: yaml.Node, location: Location) -> yaml.Node | None:
    """What stands at `location` below `node`; None when nothing does."""
    for step in location:
        inner = _child(node, step)
        if inner is None:
            return None
        node = inner
    return node


def line_of(node: yaml.Node, location: Location) -> int:
    """The line of `location` below `node`, or of the nearest part of it that exists."""
    line = node.start_mark.line
    for step in location:
        entry = _entry(node, step)
        if entry is None:
            break
        line, node = entry[0].start_mark.line, entry[1]
    return int(line) + 1


def _line_of_value(node: yaml.Node, location: Location) -> int | None:
    """The line on which a value stands, that may be below the name of its field; None when there is none."""
    value = node_at(node, location)
    return int(value.start_mark.line) + 1 if value else None


def dotted(location: Location) -> str:
    """A location as people write it, who count from 1: `criteria.medewerkers.min`, `conditions.1`."""
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in location) or "record"


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    entry = _entry(node, step)
    return entry[1] if entry else None


def _entry(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The name of a field with its value, or an item of a list as both."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
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
