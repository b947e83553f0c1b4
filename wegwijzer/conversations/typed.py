"""What a visitor typed, made fit to be stored and passed on."""

import re
import unicodedata

from wegwijzer.conversations.redaction import redact
from wegwijzer.errors import WegwijzerError

LONGEST_TEXT = 500
SPACES = re.compile(r"\s+")
# Rasa executes "/intent{...}" and "@entity" forms at the start of a text; nobody may type those.
COMMAND_SIGNS = "/@"
# Control signs, halves of signs, private and unknown ones. Format signs join or turn what is beside them and
# cannot be seen: they could hide a command sign, or split a telephone number.
UNREADABLE, INVISIBLE = {"Cc", "Cs", "Co", "Cn"}, "Cf"


class EmptyTextError(WegwijzerError):
    """Nothing is left of the text that a visitor typed."""


class TextTooLongError(WegwijzerError):
    """The text is longer than a message may be."""


def fit_for_engine(text: str) -> str:
    """`text` on one line, without signs that cannot be seen, command signs at its start, and personal data.

    Raises TextTooLongError above 500 characters, EmptyTextError when nothing is left.
    """
    line = on_one_line(text)
    if len(line) > LONGEST_TEXT:
        raise TextTooLongError(f"the text has more than {LONGEST_TEXT} characters")
    typed = redact(line.lstrip(COMMAND_SIGNS + " "))
    if not typed:
        raise EmptyTextError("the text is empty")
    return typed


def on_one_line(text: str) -> str:
    """`text` with single spaces and without signs that cannot be seen, which not every database can hold."""
    visible = (sign for sign in text if unicodedata.category(sign) != INVISIBLE)
    readable = "".join(" " if unicodedata.category(sign) in UNREADABLE else sign for sign in visible)
    return SPACES.sub(" ", unicodedata.normalize("NFC", readable)).strip()
