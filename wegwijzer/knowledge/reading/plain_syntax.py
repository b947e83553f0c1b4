"""What is wrong with a file as YAML, in words that somebody understands who edits it by hand.

Much of it YAML takes without a word, as something else than was meant: a dash that stands too far to the right belongs
to the text above it, a text behind an & is gone, a number with a zero in front is read as an octal one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import yaml

QUOTES = "put the whole text in double quotes"
SYNTAX = {
    "mapping values are not allowed": "a colon and a space stand in a text, or a line begins one space too far: "
    f"{QUOTES}, or move the line",
    "tab character": "a tab: use spaces",
    "cannot start any token": f"a tab, or a text that begins with a sign that means something else (@ % ` >): "
    f"use spaces, or {QUOTES}",
    "could not find expected ':'": "a line without a colon and a space, or a dash without a space behind it, here or "
    "on the line before",
    "unexpected end of stream": "a quote is opened here and never closed",
    "another document": "a second record begins (---): each file holds one",
    "',' or": "a list [...] or {...} is not closed, here or on the line before",
    "expected key": "a line does not begin as far to the right as those around it, or a quote stands within quotes",
    "expected '-' indicator": "a line of a list does not begin with a dash, or not as far to the right as the others",
    "comment or line break": f"a text begins with > or |, which means something else: {QUOTES}",
    "alphabetic or numeric character": f"a text begins with & or *, which mean something else: {QUOTES}",
    "block sequence entries are not allowed": f"a dash stands where a text should stand: {QUOTES}, or leave it out",
    "undefined alias": f"a text begins with *, which means something else: {QUOTES}",
    "escape character": "a \\ stands within double quotes: use single quotes",
}
NOT_UTF_8 = "is not saved as UTF-8: save it again with that encoding"
OPENS_QUOTE = re.compile(r"""\s*(?:- +)?(?:[\w-]+: +)?(["'])(.*)""")
ESCAPED_QUOTE = re.compile(r"""\\.|''""")
FIELD = re.compile(r"(?P<left> *)(?P<name>[\w-]+):\s*(?P<value>.*)")
BEGINS_ANEW = re.compile(r" *(?:- |[\w-]+:)")
TWO_VERSIONS = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
UNSEEN = re.compile("[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]")
"""Control signs but for a tab and the end of a line on Windows, and signs without width."""
REFERENCE = re.compile(r"(^|[\s\[{,])[&*]\w", re.MULTILINE)
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
OTHERWISE_READ = re.compile(r"0\d+|\d+(:\d+)+|[-+]?\.(inf|nan)|yes|no|on|off", re.IGNORECASE)
HASH = re.compile(r"\s*#")
HASH_IN_TEXT = re.compile(r"\s*#[^#\s]")
MOST_WORDS_BEFORE_A_REMARK = 1
LEAST_FULL = 70
"""Signs in a line that is full, so that what it says goes on in the next."""
OPENING, CLOSING = "“„”‘‚", "”“’"
Told = tuple[int, str, str]
"""The line, the text or what else it is about, and what is wrong with it."""


def of_error(error: Exception, lines: Sequence[str] = ()) -> Told:
    """What PyYAML or Python says of a file of these `lines` that cannot be read, at the line where it goes wrong."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[: error.start].count(b"\n") + 1, "file", NOT_UTF_8
    said = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in said:  # what never ends goes wrong where it begins
        mark = getattr(error, "context_mark", None) or mark
    number = int(mark.line) + 1 if mark else 1
    meant = next((sentence for part, sentence in SYNTAX.items() if part in said), said)
    number, meant = _gone_wrong_before(lines[:number]) or (number, meant)
    return number, "file", f"is not YAML: {meant}"


def _gone_wrong_before(lines: Sequence[str]) -> tuple[int, str] | None:
    """The line, and what is wrong with it, because of which YAML stumbles only at the last of `lines`."""
    for number, (line, below) in enumerate(pairwise(lines), start=1):
        opened = OPENS_QUOTE.match(line)
        if opened and opened[1] not in ESCAPED_QUOTE.sub("", opened[2]) and BEGINS_ANEW.match(below):
            return number, "a quote is opened here and not closed on this line"
    parent, child, next_child = [FIELD.match(line) for line in ("", "", *lines)[-3:]]
    if not (parent and child and next_child):
        return None
    if parent["left"] == child["left"] < next_child["left"] and not parent["value"]:
        told = f"stands as far to the left as `{parent['name']}`: what belongs to that begins further to the right"
        return len(lines) - 1, told
    return None


def of_text(text: str) -> Iterator[Told]:
    """What is wrong with the signs of a file, before it is read as YAML."""
    if "\0" in text:
        yield 1, "file", NOT_UTF_8
        return
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if TWO_VERSIONS.match(line):
            yield number, "file", f"two versions of the file stand below each other ({line[:7]}): keep one of them"
        elif line.lstrip(" ").startswith("\u00a0"):
            yield number, "file", "begins with a space that is none to YAML: delete it and type the spaces anew"
        elif UNSEEN.search(line):
            yield number, "file", "holds a sign that cannot be seen, as pasting leaves them: type the line anew"


def of_references(text: str, loader: Any) -> Iterator[Told]:
    """Each text that YAML takes for a reference, `*so`, or drops as the name of one, `&so`."""
    if not REFERENCE.search(text):  # nearly always, and looking costs as much as reading
        return
    for event in yaml.parse(text, Loader=loader):
        name = getattr(event, "anchor", None)
        if name and event.start_mark:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            told = f"begins with {sign}, which means something else: {QUOTES}"
            yield event.start_mark.line + 1, f"{sign}{name}", told


def of_values(node: yaml.Node) -> Iterator[Told]:
    """What is wrong with each value below `node` that YAML takes for something else."""
    for value in _values(node):
        if not isinstance(value, yaml.ScalarNode):
            yield value.start_mark.line + 1, "{...}", f"stands where a name should stand: {QUOTES}"
        elif wrong := _misread(value):
            yield value.start_mark.line + 1, value.value, wrong


def of_lines(node: yaml.Node, lines: Sequence[str]) -> Iterator[Told]:
    """What is wrong with each text below `node` that goes on, or ends, where it should not, in a file of `lines`."""
    for value in _values(node):
        if not isinstance(value, yaml.ScalarNode) or value.style or not value.tag.endswith(":str"):
            continue
        first, end = value.start_mark.line, value.end_mark
        last = end.line if end.column else end.line - 1
        for number, line in enumerate(lines[first + 1 : last + 1], start=first + 2):
            if _lost_its_dash(lines[number - 2], line):
                yield (
                    number,
                    line.strip(),
                    "goes on with the text above it: begin it with a dash, or type both as one line",
                )
            if line.lstrip().startswith("- "):
                told = "is read as part of the text above it: begin it as far to the left as the other dashes"
                yield number, line.strip(), told
        after = lines[end.line][end.column :] if end.line < len(lines) else ""
        if HASH_IN_TEXT.match(after) or (HASH.match(after) and _is_prose(value.value)):
            yield end.line + 1, value.value, f"ends at the #: {QUOTES}; a remark gets a line of its own"


def _lost_its_dash(above: str, line: str) -> bool:
    """Whether a line goes on with an item of a list that left room for it."""
    first = line.split()[:1]
    return above.lstrip().startswith("- ") and bool(first) and len(above) + len(first[0]) < LEAST_FULL


def _is_prose(text: str) -> bool:
    return len(text.split()) > MOST_WORDS_BEFORE_A_REMARK


def _values(node: yaml.Node) -> Iterator[yaml.Node]:
    """Every single value below `node`, and what stands where the name of a field should stand."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _values(value)
            else:
                yield key
    else:
        for item in node.value:
            yield from _values(item)


def _misread(node: yaml.ScalarNode) -> str | None:
    kind = node.tag.rpartition(":")[2]
    if kind in {"int", "float"} and THOUSANDS.fullmatch(node.value):
        return f"is read as {float(node.value):g}: write {node.value.replace('.', '')}"
    if kind in {"int", "float", "bool"} and OTHERWISE_READ.fullmatch(node.value):
        return f'is read as something else: write a number in digits alone, or a text in quotes, "{node.value}"'
    if kind not in {"str", "int", "float", "bool", "null", "timestamp"}:
        return f"begins with a sign that means something else: {QUOTES}"
    if not node.style and node.value[:1] in OPENING and node.value[1:] and node.value[-1] in CLOSING:
        return "stands in curly quotes, which would be shown: use straight ones, or none"
    return None
