"""What is wrong with a value in a knowledge file, in words that somebody understands who edits it by hand.

pydantic says it in its own terms ("Input should be a valid tuple"); here each kind of fault gets a sentence that says
what to write instead. What is not known here keeps its words.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from wegwijzer.knowledge.reading.plain_syntax import QUOTES

DAY = "should be a day that exists, as year-month-day: 2026-11-28"
ADDRESS = "should be an address that begins with https://"
SENTENCES = {
    "missing": "is missing",
    "url_parsing": f"{ADDRESS}; telephone numbers and e-mail go in `contact`",
    "url_scheme": ADDRESS,
    "url_type": ADDRESS,
    "invalid_key": f"holds a comma or a colon: {QUOTES}; a number has no comma: 5000 or 67.5",
}
NUMBERS = frozenset(
    {"float_parsing", "float_type", "int_parsing", "int_type", "int_from_float", "int_parsing_size", "finite_number"}
)
BOUNDS = {
    "less_than_equal": "should be at most {le}",
    "greater_than_equal": "should be at least {ge}",
    "string_too_short": "should have at least {min_length} characters; now there are {length}",
    "string_too_long": "should have at most {max_length} characters; now there are {length}",
    "too_short": "should hold at least {min_length}; now there are {actual_length}",
    "too_long": "should hold at most {max_length}; now there are {actual_length}",
}
FORMS = {
    "Headcount": "{min: 2, max: 50}, without the end that is open",
    "Provider": "a line `name: ...` below it",
    "Source": "lines `url: ...` and `year: ...` below it",
    "Ended": "a line `note: ...` below it",
}
IN_DUTCH = {
    "naam": "name", "aanbieder": "provider", "soort": "kind", "type": "kind", "status": "state", "themas": "topics",
    "onderwerpen": "topics", "samenvatting": "summary", "gemeenten": "regio", "voorwaarden": "conditions",
    "bedrag": "amounts", "bedragen": "amounts", "bron": "source", "jaar": "year", "rol": "role",
}  # fmt: skip
"""What fields are called by whoever knows the subject and not the format."""
RANGE = re.compile(r"\D*(\d+)\s*(?:-|–|tot|t/m|tot en met)\s*(\d+)\D*")
ONE_NAME = re.compile(r"[A-Za-z][\w-]*")
DIGITS = re.compile(r"\D*(\d{1,3}(?:[.,]\d{3})+|\d+)\D*")
NO_LETTER = re.compile(r"[^a-z0-9]+")
NEARLY = 0.8
"""From this likeness on (difflib's ratio) a word is taken for another with a slip: "tuinbouw" is not "bouw"."""
Location = tuple[str | int, ...]
Place = tuple[tuple[str, ...], str]
"""The fields above a field, and its name."""


def of_value(problem: Mapping[str, Any], model: type[BaseModel], typed: str | None = None) -> str:
    """The sentence for one error of pydantic (`ValidationError.errors`) about a record of this `model`.

    `typed` is what stands in the file, when that is one value.
    """
    kind, given, location = str(problem["type"]), problem["input"], tuple(problem["loc"])
    context = dict(problem.get("ctx", {}))
    if kind == "extra_forbidden":
        return f"is no field here; {_field_instead(model, location, given)}"
    is_empty_text = given == "" and kind.startswith("string")
    if is_empty_text or kind in {"string_type", "tuple_type", "list_type"}:
        return _of_form(kind, given, typed, is_required=_is_required(model, location))
    if kind in NUMBERS:
        return f"should be a number in digits alone: {_number_meant(str(location[-1]), typed or '')}"
    if kind.startswith(("date", "datetime")):
        return DAY
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        return f"should have fields of its own: {_fields_of(str(context.get('class_name')), typed or '')}"
    if kind in BOUNDS:
        return BOUNDS[kind].format_map({"length": len(str(given)), **context})
    if kind == "string_pattern_mismatch":
        return _of_pattern(str(given), str(context["pattern"]))
    if kind == "literal_error":
        choices = str(context["expected"]).replace("'", "")
        near = did_you_mean(str(given).lower(), re.findall(r"\w+", choices))
        return f"should be {choices}" + (f"; {near}" if near else "")
    if kind == "value_error":
        return str(problem["msg"]).removeprefix("Value error, ")
    return SENTENCES.get(kind, str(problem["msg"]))


def field_meant(model: type[BaseModel], location: Location) -> str | None:
    """The field of this `model` that was meant by what stands at `location` and is none; None when nobody knows."""
    name, here = str(location[-1]).lower(), _steps(location[:-1])
    fields_here = {field for (place, field), _ in _places(model) if place == here}
    return _nearest(IN_DUTCH.get(name, name), fields_here) or _nearest(name, fields_here)


def did_you_mean(given: str, known: Collection[str]) -> str | None:
    """Asks for the one of `known` that is nearly `given`; None when there is none."""
    near = _nearest(given, known)
    return f"did you mean {near}?" if near else None


def _nearest(given: str, known: Collection[str]) -> str | None:
    near = get_close_matches(given, known, n=1, cutoff=NEARLY)
    return near[0] if near else None


def _of_form(kind: str, given: Any, typed: str | None, is_required: bool) -> str:
    """The sentence for what should be a text or a list and is neither."""
    wanted = "a list, [one, two]" if kind in {"tuple_type", "list_type"} else "a text"
    if given in (None, ""):
        return f"is empty: give {wanted}" + ("" if is_required else ", or leave the line out")
    if kind != "string_type":
        listed = f"[{typed}]" if typed and ONE_NAME.fullmatch(typed) else "[one, two]"
        return f"should be a list: {listed}" + ("" if is_required else "; leave the line out when nothing is to list")
    if isinstance(given, dict):
        return f"holds a colon and a space: {QUOTES}"
    return "should be one text, not a list" if typed is None else f'should be text: put it in quotes, "{typed}"'


def _fields_of(form: str, typed: str) -> str:
    ends = RANGE.fullmatch(typed)
    if form == "Headcount" and ends and int(ends[1]) <= int(ends[2]):
        return f"{{min: {ends[1]}, max: {ends[2]}}}"
    return FORMS.get(form, "{name: value}")


def _of_pattern(given: str, pattern: str) -> str:
    if "/" in pattern:
        return "should be a theme and a topic of it, as in knowledge/topics: innovatie/wbso"
    if ";" in given:
        return f"holds several: put commas between them, {', '.join(one.strip() for one in given.split(';'))}"
    written = NO_LETTER.sub("-", given.lower()).strip("-")
    return "should be in small letters, with hyphens for spaces and dots" + (f": {written}" if written else "")


def _number_meant(name: str, typed: str) -> str:
    """What to write in a field of this name; of what goes from one number to another the end that it is about."""
    ends = RANGE.fullmatch(typed)
    if ends and name in ("min", "max"):
        return ends[1] if name == "min" else ends[2]
    if ends and name == "eur":
        return f"min_eur: {ends[1]}, max_eur: {ends[2]}"
    return _digits(typed) or ("2026" if name == "year" else "10000")


def _digits(typed: str | None) -> str | None:
    """The one number in what was typed, without the signs that part its thousands."""
    found = DIGITS.fullmatch(typed or "")
    return re.sub(r"[.,]", "", found[1]) if found else None


def _field_instead(model: type[BaseModel], location: Location, given: Any) -> str:
    """What to do about a field that does not exist at `location`."""
    name, here = str(location[-1]), _steps(location[:-1])
    if given is None and " " in name:
        return f"within {{...}} a comma begins the next field: {QUOTES}"
    places = dict(_places(model))
    fields_here = {field for place, field in places if place == here}
    elsewhere = [place for place, field in places if field == name]
    meant = field_meant(model, location)
    if meant:
        return f"did you mean {meant}?"
    if elsewhere:
        above = ".".join(elsewhere[0])
        return f"it belongs below `{above}`, further to the right" if above else "it belongs at the left, below nothing"
    return f"the fields here are {', '.join(sorted(fields_here))}"


def _steps(location: Location) -> tuple[str, ...]:
    return tuple(step for step in location if isinstance(step, str))


def _is_required(model: type[BaseModel], location: Location) -> bool:
    field = dict(_places(model)).get((_steps(location[:-1]), str(location[-1])))
    return field is not None and field.is_required()


def _places(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[Place, FieldInfo]]:
    """Every field of a record and of the records in it, by its place."""
    for name, field in model.model_fields.items():
        yield (above, name), field
        for inner in _models_in(field.annotation):
            yield from _places(inner, (*above, name))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
