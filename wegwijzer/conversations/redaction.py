"""Personal data taken out of what a visitor types, before anything is stored or passed on.

A number is judged by its check digits or its form, which libraries know, or by a word beside it that says what
it is, so that an amount, a date or a year stays what it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Za-z]{2}[ .-]?\d{2}(?:[ .-]?[A-Za-z0-9]{2,4}){3,8}\b")
# The newer numbers of sole traders have no check digits that are published; the form is enough.
BTW = re.compile(r"\b(?:NL[ .-]?)?\d(?:[ .-]?\d){8}[ .-]?B[ .-]?\d{2}\b", re.IGNORECASE)
# Four digits and two letters, but no year or amount with its unit ("2025 EU", "1500 kg"). With a space the letters are
# capitals: "6411 ab" may be the beginning of any sentence.
NO_POSTCODE = "".join(f"(?<!{unit})" for unit in "BV NV EU KG KM KW M2 kg km kw kW".split())
POSTCODE = re.compile(rf"\b[1-9]\d{{3}}(?:[A-Za-z]{{2}}|[ ][A-Z]{{2}})\b{NO_POSTCODE}")
# A street with the number of a house; a street alone tells of nobody, and a number with a unit is something else.
ENDINGS = (
    r"straat|straatje|weg|laan|plein|steeg|singel|kade|dreef|pad|dijk|gracht|hof|allee|boulevard|baan|wal|ring|str\."
)
STREETS = rf"(?:(?:[A-Z][\w'’-]*[ ]){{0,3}}[\w'’-]{{2,}}(?:{ENDINGS})|(?:Markt|Dorp|Plein|Hof|Kerkplein|Brink))"
HOUSE = r"(?:nr\.?[ ]?|nummer[ ])?\d{1,4}(?:[ ]?[a-zA-Z]\b|-\d{1,3}\b|[ ]?bis\b)?"
UNITS = r"euro|€|%|procent|man\b|mensen|mede|werk|uur|jaar|maand|we[e]?k|dag|keer|m2|meter|km|personen|fte"
STREET = re.compile(rf"\b{STREETS}(?:[ ](?i:noord|zuid|oost|west))?[ ]?{HOUSE}(?![\d.,]*[ ]?(?:{UNITS}))")
# Only in the groups in which people write it: one range of amounts in eleven would fit the check digit.
BSN = re.compile(r"\b(?:\d{3}([ .-]?)\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})\b")
# Neither a fraction, nor a date with something behind it, is a telephone number; none begins with three zeros, and
# a long row of those would take a third of a second to try.
PHONE = re.compile(
    r"(?<!\d)(?<!\d[.,-])(?!\d{1,2}([-./ ])\d{1,2}\1(?:19|20)\d\d\b)(?!(?:0[ ./()–-]{0,3}){3})"
    r"(?:\((?=[^)]{2,6}\)))?[+0](?:[ ./()–-]{0,3}\d){8,17}"
)
# The region borders on Germany and Belgium: their numbers are typed without a country code too. Lengths of
# German numbers vary, so those come last: they would take the digits of what follows.
REGIONS = ("NL", "BE", "DE")

KVK_NUMBER = r"\b(?:\d{4}[ .-]?\d{4}|\d{2}(?P<sign>[ .])\d{2}(?P=sign)\d{2}(?P=sign)\d{2})\b"
KVK_WORD = r"\b(?:kvk|k\.v\.k\.|handelsregister|kamer van koophandel)"
BSN_WORD = r"\b(?:bsn|burgerservicenummer|sofi-?nummer)"
# A gap stops at a bracket: the word may be the one that came in the place of a number.
NAMED = [
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (rf"{KVK_WORD}[^\d\[]{{0,25}}(?P<number>{KVK_NUMBER})", "[kvk-nummer]"),
        (rf"(?P<number>{KVK_NUMBER})[^\d\[]{{0,15}}{KVK_WORD}", "[kvk-nummer]"),
        (rf"{BSN_WORD}[^\d\[]{{0,25}}(?P<number>\b\d(?:[ .-]?\d){{7,8}}\b)", "[bsn]"),
    )
]
END_OF_WORD = re.compile(r"(?<=\w)(?!\w)")
Check = Callable[[str], bool]


class Found(NamedTuple):
    """A piece of personal data: where it stands and the word that comes in its place."""

    start: int
    end: int
    instead: str


def redact(text: str) -> str:
    """`text` with e-mail and home addresses, phone numbers, IBANs, BSNs, KvK and btw numbers replaced by their kind.

    A replacement reads as a word in brackets: `mail mij op [e-mailadres]`.
    """
    result, position = "", 0
    for found in sorted(_personal_data(text), key=lambda found: (found.start, -found.end)):
        if found.start >= position:
            result += text[position : found.start] + found.instead
            position = found.end
    return result + text[position:]


def _personal_data(text: str) -> Iterator[Found]:
    yield from (Found(*match.span(), "[e-mailadres]") for match in EMAIL.finditer(text))
    yield from (Found(*match.span(), "[btw-nummer]") for match in BTW.finditer(text))
    yield from (Found(*match.span(), "[bsn]") for match in BSN.finditer(text) if bsn.is_valid(match[0]))
    yield from _checked(IBAN, [_is_account], "[rekeningnummer]", text)
    yield from _checked(PHONE, [partial(_is_phone_number, region) for region in REGIONS], "[telefoonnummer]", text)
    yield from (Found(*match.span(), "[postcode]") for match in POSTCODE.finditer(text))
    yield from (Found(*match.span(), "[adres]") for match in STREET.finditer(text))
    for pattern, instead in NAMED:
        yield from (Found(*match.span("number"), instead) for match in pattern.finditer(text))


def _checked(pattern: re.Pattern[str], checks: Sequence[Check], instead: str, text: str) -> Iterator[Found]:
    position = 0
    while match := pattern.search(text, position):
        start, position = match.start(), match.start() + 1
        # A match takes the words or numbers behind it along: it ends where the first check that any end passes says.
        ends = [end for end in range(match.end(), start, -1) if END_OF_WORD.match(text, end)]
        end = next((end for check in checks for end in ends if check(text[start:end])), None)
        if end:
            yield Found(start, end, instead)
            position = end


def _is_account(text: str) -> bool:
    return bool(iban.is_valid(re.sub(r"[ .-]", "", text)))


def _is_phone_number(region: str, text: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False
