"""The texts by which a question finds an offer: what it is, how people ask for it, what they call it."""

import re

from wegwijzer.knowledge.base import Knowledge

BEFORE_A_PLACE = "in te uit bij van voor rond naar op".split()


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
    names = {
        name
        for one in knowledge.municipalities.values()
        for name in (one.name, *one.places, *one.neighbourhoods, *one.former)
        if name not in one.ambiguous
    }
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\s*\b(?:(?:{'|'.join(BEFORE_A_PLACE)})\s+)?(?:{longest_first})\b", re.IGNORECASE)
