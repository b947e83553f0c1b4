"""Reference numbers: short enough to read out, too many to guess."""

import re
import secrets

# Crockford's alphabet, without the letters that are taken for another sign.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
PREFIX = "WW-"
LENGTH = 8


def new_reference() -> str:
    """A reference that nobody has: one in a million million."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_written(text: str) -> str:
    """The reference that somebody means with `ww 7k3o ...`; what is no reference comes out as one that nobody has."""
    signs = re.sub(r"[\s-]", "", text.upper())
    own = signs.removeprefix("WW") if len(signs) > LENGTH else signs
    return PREFIX + own.translate(MISREAD)
