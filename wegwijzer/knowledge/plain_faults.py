"""What is wrong in a YAML file, in words that somebody understands who edits it by hand.

pydantic and PyYAML say it in their own terms ("Input should be a valid tuple"); here each kind of fault gets a sentence
that says what to write instead. What is not known here keeps their words.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

import yaml
from pydantic import BaseModel

QUOTES = "put the whole text in double quotes"
DAY = "should be a day that exists, as year-month-day: 2026-11-28"
NUMBER = "should be a number in digits alone: 10000"
LIST = "should be a list: [one, two]; leave the line out when there is nothing to list"
SENTENCES = {
    "missing": "is missing",
    "tuple_type": LIST,
    "list_type": LIST,
    "float_parsing": NUMBER,
    "float_type": NUMBER,
    "int_parsing": NUMBER,
    "int_type": NUMBER,
    "int_from_float": NUMBER,
    "finite_number": NUMBER,
    "url_parsing": "should be an address that begins with https://; telephone numbers and e-mail go in `contact`",
    "url_scheme": "should be an address that begins with https://",
    "url_type": "should be an address that begins with https://",
    "invalid_key": f"holds a comma or a colon: {QUOTES}",
    "string_pattern_mismatch": "should be in small letters without spaces, as in the other files: sittard-geleen",
}
FORMS = {
    "Headcount": "{max: 50}",
    "Provider": "a line `name: ...` below it",
    "Source": "lines `url: ...` and `year: ...` below it",
    "Ended": "a line `note: ...` below it",
}
SYNTAX = {
    "mapping values are not allowed": "a colon and a space stand in a text, or a line begins one space too far: "
    f"{QUOTES}, or move the line",
    "cannot start any token": f"a tab, or a text that begins with @, % or a backquote: use spaces, or {QUOTES}",
    "could not find expected ':'": "a line without a colon and a space, or a dash without a space behind it, here or "
    "on the line before",
    "unexpected end of stream": "a quote is opened here and never closed",
    "another document": "a second record begins (---): each file holds one",
    "',' or": "a list [...] or {...} is not closed, here or on the line before",
    "expected key": "a line does not begin as far to the right as those around it, or a quote stands within quotes",
    "expected '-' indicator": "a line of a list does not begin with a dash, or not as far to the right as the others",
}
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
HASH_IN_TEXT = re.compile(r"\s*#[^#\s]")
OTHERWISE_READ = re.compile(r"0\d+|\d+(:\d+)+|[-+]?\.(inf|nan)|yes|no|on|off", re.IGNORECASE)


def of_value(problem: Mapping[str, Any], model: type[BaseModel]) -> str:
    """The sentence for one error of pydantic (`ValidationError.errors`) about a record of this `model`."""
    kind, given, context = str(problem["type"]), problem["input"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        near = did_you_mean(str(problem["loc"][-1]), _fields_of(model))
        return f"is no field here; {near or 'is it spelled and indented right?'}"
    if kind == "string_type":
        return _no_text(given)
    if kind.startswith(("date", "datetime")):
        return DAY
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        return f"should have fields of its own: {FORMS.get(str(context.get('class_name')), '{name: value}')}"
    if kind in {"too_short", "too_long"}:
        least_or_most = (
            f"at least {context.get('min_length')}" if kind == "too_short" else f"at most {context['max_length']}"
        )
        return f"should hold {least_or_most}; now there are {context['actual_length']}"
    if kind == "string_pattern_mismatch" and "/" in context["pattern"]:
        return "should be a theme and a topic of it, as in knowledge/topics: innovatie/wbso"
    if kind == "literal_error":
        choices = str(context["expected"]).replace("'", "")
        near = did_you_mean(str(given).lower(), re.findall(r"\w+", choices))
        return f"should be {choices}" + (f"; {near}" if near else "")
    if kind == "value_error":
        return str(problem["msg"]).removeprefix("Value error, ")
    return SENTENCES.get(kind, str(problem["msg"]))


def did_you_mean(given: str, known: Collection[str]) -> str | None:
    """Asks for the one of `known` that is nearly `given`; None when there is none."""
    near = get_close_matches(given, known, n=1)
    return f"did you mean {near[0]}?" if near else None


def of_syntax(error: Exception) -> str:
    """The sentence for what PyYAML or Python says of a file that cannot be read."""
    if isinstance(error, UnicodeDecodeError):
        return "is not saved as UTF-8: save it again with that encoding"
    said = str(getattr(error, "problem", None) or error)
    meant = next((sentence for part, sentence in SYNTAX.items() if part in said), None)
    return f"is not YAML: {meant or said}"


def of_scalars(node: yaml.Node) -> Iterator[tuple[int, str, str]]:
    """The line, the text and what is wrong with it of each value below `node` that YAML takes for something else."""
    for value in _values(node):
        if not isinstance(value, yaml.ScalarNode):
            yield value.start_mark.line + 1, "{...}", f"stands where a name should stand: {QUOTES}"
        elif wrong := _misread(value):
            yield value.start_mark.line + 1, value.value, wrong


def of_remarks(node: yaml.Node, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The line, the text and what is wrong with it of each text below `node` that a `#` ends, in a file of `lines`."""
    for value in _values(node):
        end = value.end_mark
        after = lines[end.line][end.column :] if end.line < len(lines) else ""
        is_plain_text = isinstance(value, yaml.ScalarNode) and not value.style and value.tag.endswith(":str")
        if is_plain_text and HASH_IN_TEXT.match(after):
            yield end.line + 1, value.value, f"ends at the #: {QUOTES}; a remark has a space behind its #"


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
        return "is read as something else: write a number in digits alone, or put the text in quotes"
    if kind not in {"str", "int", "float", "bool", "null", "timestamp"}:
        return f"begins with a sign that means something else: {QUOTES}"
    return None


def _no_text(given: Any) -> str:
    if given is None:
        return "is empty: give a text, or leave the line out"
    if isinstance(given, dict):
        return f"holds a colon and a space: {QUOTES}"
    return (
        "should be one text, not a list" if isinstance(given, list) else f'should be text: put it in quotes, "{given}"'
    )


def _fields_of(model: type[BaseModel]) -> set[str]:
    """The names of all fields of a record and of the records in it."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        found.add(name)
        for inner in _models_in(field.annotation):
            found |= _fields_of(inner)
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
