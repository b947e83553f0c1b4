"""How to reach the entrepreneur: checked when it is filled in, and encrypted wherever it is stored."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any, Literal

import phonenumbers
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import AfterValidator, ConfigDict, TypeAdapter

from wegwijzer.errors import WegwijzerError
from wegwijzer.handover.fields import InvalidFieldError, length, one_line, read, refused

Way = Literal["email", "phone"]
LONGEST_EMAIL = 254
EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
# The region borders on Germany and Belgium: their numbers are typed without a country code too.
REGIONS = ("NL", "BE", "DE")


class ContactUnreadableError(WegwijzerError):
    """Stored contact details open with none of the keys; the key that they were stored with is missing."""


def is_email(text: str) -> bool:
    """Whether `text` has the form of an e-mail address that is safe in a header."""
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) is not None and ".." not in text


def _email(text: str) -> str | None:
    text = one_line(text)
    if text and not is_email(text):
        raise refused("Dit e-mailadres klopt niet. Kijk het nog eens na.")
    return text or None


def _phone(text: str) -> str | None:
    text = one_line(text)
    for region in REGIONS if text else ():
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if text:
        raise refused("Dit telefoonnummer klopt niet. Kijk het nog eens na.")
    return None


@dataclass(frozen=True)
class Contact:
    """Name and at least one way to reach somebody; `preferred` is one that is filled in. Its repr tells nothing."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: Annotated[str, AfterValidator(one_line), length(2, 80)] = field(repr=False)
    email: Annotated[str, AfterValidator(_email)] | None = field(default=None, repr=False)
    phone: Annotated[str, AfterValidator(_phone)] | None = field(default=None, repr=False)
    preferred: Way | None = field(default=None, repr=False)

    @classmethod
    def from_data(cls, data: object) -> "Contact":
        """The contact that `data` describes; an empty text counts as not filled in.

        Raises InvalidFieldError with the field (`name`, `email`, `phone`, `preferred`) and a Dutch sentence.
        """
        given = read(FORM, data)
        ways: list[Way] = [way for way in WAYS if getattr(given, way)]
        if not ways:
            raise InvalidFieldError("email", "Vul een e-mailadres of een telefoonnummer in.")
        if given.preferred and given.preferred not in ways:
            raise InvalidFieldError("preferred", "Vul ook in hoe we je zo kunnen bereiken, of kies iets anders.")
        return cls(given.name, given.email, given.phone, given.preferred or ways[0])

    def as_data(self) -> dict[str, Any]:
        """The same as plain data for JSON."""
        return asdict(self)


FORM = TypeAdapter(Contact)
WAYS: tuple[Way, ...] = ("email", "phone")


class ContactCipher:
    """Encrypts with the newest key and decrypts with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` are Fernet keys, the newest first."""
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def encrypt(self, contact: Contact) -> str:
        """What is stored of `contact`."""
        return self._fernet.encrypt(json.dumps(contact.as_data()).encode()).decode()

    def decrypt(self, stored: str) -> Contact:
        """The contact that was stored. Raises ContactUnreadableError."""
        return Contact(**json.loads(self._opened(stored)))

    def rotate(self, stored: str) -> str:
        """The same contact, encrypted with the newest key. Raises ContactUnreadableError."""
        return self._fernet.encrypt(self._opened(stored)).decode()

    def _opened(self, stored: str) -> bytes:
        try:
            return self._fernet.decrypt(stored)
        except InvalidToken:
            raise ContactUnreadableError("contact details open with none of the keys") from None
