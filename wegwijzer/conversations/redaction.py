"""Personal data taken out of what a visitor types, before anything is stored or passed on.

The numbers are judged by the libraries that know their rules (check digits and lengths), so that an
amount or a year stays what it is.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn, btw

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Grouped digits: 12 3456 789, 1234.56.789, NL91 ABNA 0417 1643 00. Letters only where an IBAN or btw number has them.
IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]{2,4}){3,8}\b")
BTW = re.compile(r"\bNL[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?B[ .]?\d{2}\b", re.IGNORECASE)
DIGITS = re.compile(r"\b\d(?:[ .-]?\d){7,8}\b")
KVK = re.compile(r"\b(?:kvk|k\.v\.k\.|handelsregister|kamer van koophandel)\D{0,25}(\d(?:[ .]?\d){7})\b", re.IGNORECASE)
# The region borders on Germany and Belgium: their numbers are typed without a country code too.
REGIONS = ("NL", "DE", "BE")
SHORTEST_PHONE_NUMBER = 9


class Found(NamedTuple):
    """A piece of personal data: where it stands and the word that comes in its place."""

    start: int
    end: int
    instead: str


def redact(text: str) -> str:
    """`text` with e-mail addresses, phone numbers, IBANs, BSNs, KvK and btw numbers replaced by their kind.

    A replacement reads as a word in brackets: `mail mij op [e-mailadres]`.
    """
    result, position = "", 0
    for found in sorted(_personal_data(text)):
        if found.start >= position:
            result += text[position : found.start] + found.instead
            position = found.end
    return result + text[position:]


def _personal_data(text: str) -> Iterator[Found]:
    yield from (Found(*match.span(), "[e-mailadres]") for match in EMAIL.finditer(text))
    yield from _valid(IBAN, iban.is_valid, "[rekeningnummer]", text)
    yield from _valid(BTW, _is_vat_number, "[btw-nummer]", text)
    yield from (Found(*match.span(1), "[kvk-nummer]") for match in KVK.finditer(text))
    yield from _valid(DIGITS, bsn.is_valid, "[bsn]", text)
    yield from _phone_numbers(text)


def _valid(pattern: re.Pattern[str], is_valid: Callable[[str], bool], instead: str, text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        # A greedy match may have taken the next word with it: shorten it until the check digits fit.
        for end in range(match.end(), match.start() + 7, -1):
            if is_valid(re.sub(r"[ .-]", "", text[match.start() : end])):
                yield Found(match.start(), end, instead)
                break


def _is_vat_number(number: str) -> bool:
    # Of sole traders the number holds no BSN any more and follows another check; its form is enough.
    return btw.is_valid(number) or bool(BTW.fullmatch(number))


def _phone_numbers(text: str) -> Iterator[Found]:
    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            digits = re.sub(r"\D", "", match.raw_string)
            # Without its leading zero or plus it is more often an amount than a phone number.
            if len(digits) >= SHORTEST_PHONE_NUMBER and match.raw_string.lstrip("(")[:1] in {"0", "+"}:
                yield Found(match.start, match.end, "[telefoonnummer]")
