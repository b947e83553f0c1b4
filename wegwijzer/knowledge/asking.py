"""The texts by which a question finds an offer: what it is, how people ask for it, what they call it."""

import re
from collections.abc import Iterable

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import PREPOSITIONS

# "De gemeente" is what some ask for, wherever that is.
BEFORE_A_PLACE = sorted((PREPOSITIONS - {"gemeente"}) | {"voor", "op"})


def ways_to_ask(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """By id of an offer every text by which a question can find it.

    The names of places are left out: whoever asks for a loan in Heerlen does not ask for everything in Heerlen, and
    where a business is its profile tells.
    """
    places = _places(knowledge)
    return {
        offer.id: tuple(
            places.sub("", text)
            for text in (f"{offer.name}. {offer.summary}", *offer.asked_as, " ".join(offer.aliases))
            if text
        )
        for offer in knowledge.offers.values()
    }


def _places(knowledge: Knowledge) -> re.Pattern[str]:
    before = "|".join(BEFORE_A_PLACE)
    known = knowledge.municipalities.values()
    names = {
        name for one in known for name in (one.name, *one.places, *one.neighbourhoods, *one.former, *one.ambiguous)
    }
    words_too = {name for one in known for name in one.ambiguous}
    plain, ambiguous = _one_of(names - words_too), _one_of(words_too)
    # What is a word too is a place behind "in" and the like, and with a capital within a sentence.
    return re.compile(
        rf"\s*\b(?:(?i:{before})\s+)?(?i:{plain})\b|\s*\b(?i:{before})\s+(?i:{ambiguous})\b|(?<=\w)\s+{ambiguous}\b"
    )


def _one_of(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})"
