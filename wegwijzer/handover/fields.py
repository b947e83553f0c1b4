"""What people fill in: cleaned, bounded, and refused with the field and a Dutch sentence about it."""

import unicodedata
from functools import partial
from typing import Any, TypeVar

from pydantic import AfterValidator, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from wegwijzer.errors import WegwijzerError

# Control characters, halves of characters (no database stores those), and what takes no place: the last could stand
# between the digits of a number and hide it from redaction.
UNSEEN = {"Cc", "Cs", "Cf"}
OURS = "wegwijzer"
SENTENCES = {
    "missing": "Vul dit in.",
    "too_long": "Dit zijn er te veel: hooguit {max_length}.",
    "unexpected_keyword_argument": "Dit veld kennen we niet.",
}
T = TypeVar("T")


class InvalidFieldError(WegwijzerError):
    """Something filled in cannot be used: `field` says where (`facts.0.value`), `message` what to do, in Dutch."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message


def read(form: TypeAdapter[T], data: object) -> T:
    """`data` in the form given. Raises InvalidFieldError about the first field that does not fit."""
    try:
        return form.validate_python(data)
    except ValidationError as error:
        fault: Any = error.errors(include_url=False, include_input=False)[0]
    raise InvalidFieldError(".".join(map(str, fault["loc"])), _in_dutch(fault))


def refused(message: str) -> PydanticCustomError:
    """What a validator raises, with a Dutch sentence for whoever fills it in."""
    # The message is a parameter, because braces in it would be read as one.
    return PydanticCustomError(OURS, "{message}", {"message": message})


def one_line(text: str) -> str:
    """`text` on one line, without characters that cannot be seen."""
    return " ".join(_seen(text).split())


def paragraphs(text: str) -> str:
    """`text` with its line breaks, without characters that cannot be seen."""
    lines = (one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()


def length(fewest: int, most: int) -> AfterValidator:
    """Bounds on a text, both included; comes after whatever changes the text."""
    return AfterValidator(partial(_bounded, fewest=fewest, most=most))


def _bounded(text: str, fewest: int, most: int) -> str:
    if not text and fewest:
        raise refused("Vul dit in.")
    if len(text) < fewest:
        raise refused(f"Dit is te kort: minstens {fewest} tekens.")
    if len(text) > most:
        raise refused(f"Dit is te lang: hooguit {most} tekens.")
    return text


def _seen(text: str) -> str:
    return "".join(sign for sign in text.replace("\t", " ") if unicodedata.category(sign) not in UNSEEN or sign == "\n")


def _in_dutch(fault: dict[str, Any]) -> str:
    if fault["type"] == OURS:
        return str(fault["msg"])
    return SENTENCES.get(fault["type"], "Dit heeft niet de juiste vorm.").format_map(fault.get("ctx", {}))
