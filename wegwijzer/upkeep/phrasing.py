"""Texts that visitors read and should not: promises, "u", amounts in prose, damaged or unfinished words.

As with other slips (`wegwijzer.upkeep.slips`) a rule here asks and refuses nothing.
"""

import re
from collections.abc import Iterator
from datetime import date

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.knowledge.records import Offer, Organisation
from wegwijzer.upkeep import places
from wegwijzer.upkeep.findings import Finding, Kind, Place, Rule, Severity

PROMISE = re.compile(
    r"\b(je|jij|iedereen|iedere \w+|elke \w+) (krijgt|ontvangt)\b|\b(krijg|ontvang) (je|jij)\b|\brecht op\b",
    re.IGNORECASE,
)
PROMISED = re.compile(r"\b(geld|subsidie|bijdrage|vergoeding|lening|krediet|korting|vergoed|terug|procent)\b", re.I)
FORMAL = re.compile(r"\b[uU]w?\b(?!-)")
FIGURE = re.compile(
    r"\b(?:maximum|maximaal|hoogstens|tot|bedrag|subsidie|lening|bijdrage|kost\w*)\b\D{0,15}"
    r"(?:\d{1,3}(?:\.\d{3})+|(?!(?:19|20)\d\d\b)\d{4,6})\b(?! (?!per\b|voor\b)\w)|\b\d+ ?(?:k|mille|ton)\b|\d,-",
    re.IGNORECASE,
)
"""A sum of money without a word for it; what is counted in kWh or hours is none."""
DAMAGED = re.compile(
    r"Ã.|â€|\ufffd|&#?\w+;|</?\w+>|\*\*|\b(?:TODO|FIXME|xxx+|lorem ipsum)\b|^n\.?v\.?t\.?$", re.IGNORECASE
)
REACHED = re.compile(r"\d{3}|@[\w-]+\.\w|\w\.(?:nl|eu|com|de|be|org)\b")

TONE = Kind(
    Severity.WARNING,
    "Sentences that promise money, or say u",
    "Say what can fit ('kan passen', 'je kunt vragen om'), and je.",
)


def _tone(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for where, text in _prose(files):
        if PROMISE.search(text) and PROMISED.search(text):
            yield Finding(TONE, where, f"promises: {text}")
        elif FORMAL.search(text):
            yield Finding(TONE, where, f"says u: {text}")


def _prose(files: KnowledgeFiles) -> Iterator[tuple[Place, str]]:
    for place, offer in places.current(files):
        yield from _prose_of(place, offer)


def _prose_of(place: Place, offer: Offer) -> Iterator[tuple[Place, str]]:
    yield place.at("summary"), offer.summary
    yield from ((place.at("conditions", index), text) for index, text in enumerate(offer.conditions))
    yield from ((place.at("amounts", index, "what"), amount.what) for index, amount in enumerate(offer.amounts))
    if offer.ended:
        yield place.at("ended", "note"), offer.ended.note


FIGURES = Kind(
    Severity.WARNING, "Amounts in prose", "Move the amount to `amounts`, with its year: there it can be found and aged."
)


def _figures(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    return (Finding(FIGURES, where, text) for where, text in _prose(files) if FIGURE.search(text))


UNFINISHED = Kind(
    Severity.WARNING, "Texts that are damaged or not finished", "Type the text anew; leave out marks of other programs."
)


def _unfinished(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, record in places.providing(files):
        for where, text in _texts_of(place, record):
            if DAMAGED.search(text):
                yield Finding(UNFINISHED, where, text)


NO_CONTACT = Kind(
    Severity.WARNING, "Contacts that nobody can reach", "Give a telephone number or an address, or null for none."
)


def _no_contact(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, record in places.providing(files):
        if record.contact is not None and not REACHED.search(record.contact):
            yield Finding(NO_CONTACT, place.at("contact"), record.contact)


def _texts_of(place: Place, record: Offer | Organisation) -> Iterator[tuple[Place, str]]:
    yield place.at("name"), record.name
    if isinstance(record, Organisation):
        yield place.at("role"), record.role
    else:
        yield from _prose_of(place, record)
        yield from ((place.at("asked_as", index), text) for index, text in enumerate(record.asked_as))


RULES: tuple[Rule, ...] = (_tone, _figures, _unfinished, _no_contact)
