"""What is right in form but hardly meant: slips of whoever edits the knowledge by hand.

A year with two figures changed round, a municipality left out that never took part, half a percent for a half. None of
these stops anything, so a rule here asks instead of refusing; where it was meant after all, nothing need be done.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.knowledge.matching import judged
from wegwijzer.knowledge.phrases import words_of
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import Offer
from wegwijzer.upkeep import places
from wegwijzer.upkeep.findings import Finding, Kind, Place, Rule, Severity

YEARS_AHEAD = 10
SAID_OF_OTHERS = 5
"""A word in the questions for so many other offers is not the name of one."""
PROMISE = re.compile(r"\b(je|jij) (krijgt|ontvangt)\b|\b(krijg|ontvang) (je|jij)\b", re.IGNORECASE)
PROMISED = re.compile(r"\b(geld|subsidie|bijdrage|vergoeding|lening|krediet|korting|vergoed|terug|procent)\b", re.I)
FORMAL = re.compile(r"\b(u|uw)\b")

FAR_OFF = Kind(Severity.WARNING, "Days and years far away", "Look whether the figures of the year are right.")


def _far_off(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.offers(files):
        for name in ("opens_on", "closes_on"):
            told = getattr(offer, name)
            if told and abs(told.year - day.year) > YEARS_AHEAD:
                yield Finding(FAR_OFF, place.at(name), f"{name} is {told}")
        for index, amount in enumerate(offer.amounts):
            if amount.year and amount.year > day.year + 1:
                yield Finding(FAR_OFF, place.at("amounts", index), f"a figure of {amount.year}")
    for place, record in places.providing(files):
        if record.source.year and record.source.year > day.year:
            yield Finding(FAR_OFF, place.at("source", "year"), f"the source is of {record.source.year}")


NO_EXCEPTION = Kind(
    Severity.WARNING, "Exceptions that leave nothing out", "Correct `behalve`, or name in `regio` where it does apply."
)


def _no_exceptions(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        everywhere = offer.model_copy(update={"behalve": ()})
        for index, left_out in enumerate(offer.behalve):
            if "gemeente" in judged(everywhere, Profile(gemeente=left_out)).not_met:
                yield Finding(NO_EXCEPTION, place.at("behalve", index), f"{left_out} is not in `regio` anyway")


SMALL_PERCENT = Kind(Severity.WARNING, "Less than one percent", "Write 50 for a half; leave what is really so little.")


def _small_percents(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        for index, amount in enumerate(offer.amounts):
            if amount.percent is not None and 0 < amount.percent < 1:
                what = f"{amount.what}: {amount.percent:g} percent"
                yield Finding(SMALL_PERCENT, place.at("amounts", index, "percent"), what)


TONE = Kind(
    Severity.WARNING,
    "Sentences that promise money, or say u",
    "Say what can fit ('kan passen', 'je kunt vragen om'), and je.",
)


def _tone(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        for where, text in _read_by_visitors(place, offer):
            if PROMISE.search(text) and PROMISED.search(text):
                yield Finding(TONE, where, f"promises: {text}")
            elif FORMAL.search(text):
                yield Finding(TONE, where, f"says u: {text}")


def _read_by_visitors(place: Place, offer: Offer) -> Iterator[tuple[Place, str]]:
    yield place.at("summary"), offer.summary
    yield from ((place.at("conditions", index), text) for index, text in enumerate(offer.conditions))
    yield from ((place.at("amounts", index, "what"), amount.what) for index, amount in enumerate(offer.amounts))
    if offer.ended:
        yield place.at("ended", "note"), offer.ended.note


COMMON_NAME = Kind(
    Severity.WARNING,
    "Names that are ordinary words",
    "Leave the name out, or make it longer: whoever says the word would be told about this.",
)


def _common_names(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    asking, words_too = set(files.vocabulary.asking), set(files.vocabulary.words_too)
    said = Counter(word for offer in files.offers for word in _said_of(offer))
    for place, record in places.providing(files):
        # The name of an organisation may well be said in the questions for many offers.
        own = _said_of(record) if isinstance(record, Offer) else None
        for index, alias in enumerate(record.aliases):
            words = words_of(alias)
            if len(words) != 1 or words[0] in words_too:
                continue
            of_others = 0 if own is None else said[words[0]] - (words[0] in own)
            if words[0] in asking or of_others >= SAID_OF_OTHERS:
                yield Finding(COMMON_NAME, place.at("aliases", index), repr(alias))


def _said_of(offer: Offer) -> set[str]:
    return {word for way in offer.asked_as for word in words_of(way)}


RULES: tuple[Rule, ...] = (
    _far_off,
    _no_exceptions,
    _small_percents,
    _tone,
    _common_names,
)
