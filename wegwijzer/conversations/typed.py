"""What a visitor typed, made fit to be stored and passed on."""

import re
import unicodedata

from wegwijzer.conversations.redaction import redact
from wegwijzer.errors import WegwijzerError

LONGEST_TEXT = 500
SPACES = re.compile(r"\s+")
# Rasa executes "/intent{...}" and "@entity" forms at the start of a text; nobody may type those.
COMMAND_SIGNS = "/@"


class EmptyTextError(WegwijzerError):
    """Nothing is left of the text that a visitor typed."""


class TextTooLongError(WegwijzerError):
    """The text is longer than a message may be."""


def fit_for_engine(text: str) -> str:
    """`text` on one line, without control signs, command signs at its start, and personal data.

    Raises TextTooLongError above 500 characters, EmptyTextError when nothing is left.
    """
    readable = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} else sign for sign in text)
    on_one_line = SPACES.sub(" ", unicodedata.normalize("NFC", readable)).strip()
    if len(on_one_line) > LONGEST_TEXT:
        raise TextTooLongError(f"the text has more than {LONGEST_TEXT} characters")
    typed = redact(on_one_line.lstrip(COMMAND_SIGNS + " "))
    if not typed:
        raise EmptyTextError("the text is empty")
    return typed
