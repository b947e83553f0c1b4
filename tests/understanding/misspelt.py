"""Ways in which people type: the same question with slips, without accents, in capitals, or as in a text message."""

import random
import re
import unicodedata
from collections.abc import Callable

WORD = re.compile(r"[^\W\d_]{5,}")
WORDS_FOR_A_SLIP = 6
SHORT = {
    "een": "n", "het": "t", "ik": "k", "niet": "nie", "dat": "da", "wat": "wa", "met": "mt", "moet": "mot",
    "mijn": "mn", "voor": "vr", "hoe": "hoe", "als": "as", "kan": "kn", "heb": "hb", "bedrijf": "bedryf", "geld": "gld",
}  # fmt: skip


def with_slips(text: str) -> str:
    """One slip for every six words, at least one: two letters change places, one is left out, or one stands twice."""
    chance = random.Random(text)  # noqa: S311 - the same slips in every run
    words = list(WORD.finditer(text))
    chosen = chance.sample(words, min(len(words), 1 + len(text.split()) // WORDS_FOR_A_SLIP))
    for word in sorted(chosen, key=lambda word: -word.start()):
        place = word.start() + chance.randrange(1, len(word[0]) - 1)
        pair = text[place : place + 2]
        slip = chance.choice([pair[::-1], pair[0], pair[0] + pair])
        text = text[:place] + slip + text[place + 2 :]
    return text


def without_accents(text: str) -> str:
    """Letters without their accents, and no signs but letters, digits and spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub(r"[^\w\s]", "", plain)


def as_in_a_text_message(text: str) -> str:
    """Small letters and the short forms of a text message."""
    return re.sub(r"\w+", lambda word: SHORT.get(word[0], word[0]), text.lower())


WAYS: dict[str, Callable[[str], str]] = {
    "slips": with_slips,
    "without accents": without_accents,
    "capitals": str.upper,
    "text message": as_in_a_text_message,
}
