"""The secrets of the handover: from the settings, or for the demo from files that are made once."""

import base64
import os
import secrets
from pathlib import Path

from wegwijzer.errors import WegwijzerError
from wegwijzer.handover.contact import ContactCipher
from wegwijzer.settings import Settings

KEY_BYTES = 32


class MissingKeyError(WegwijzerError):
    """A key that is needed is not set; the message names the variable and how to make one."""


def contact_cipher(settings: Settings) -> ContactCipher:
    """Encrypts contact details. Raises MissingKeyError when there is no key and this is no demo."""
    return ContactCipher(_keys(settings, settings.contact_keys, "WEGWIJZER_CONTACT_KEYS", "contact.key"))


def answer_keys(settings: Settings) -> list[bytes]:
    """The keys of the links with which partners answer, the newest first. Raises MissingKeyError."""
    keys = _keys(settings, settings.answer_keys, "WEGWIJZER_ANSWER_KEYS", "answer.key")
    return [base64.urlsafe_b64decode(key) for key in keys]


def sandbox_secret(settings: Settings) -> str:
    """The secret between us and `wegwijzer partner-sandbox`, in the form of Standard Webhooks."""
    return "whsec_" + _standard(_kept_in(settings.keys_folder / "sandbox.key"))


def _keys(settings: Settings, given: str | None, variable: str, file: str) -> list[str]:
    if given:
        return [key.strip() for key in given.split(",")]
    if settings.demo:
        return [_kept_in(settings.keys_folder / file)]
    raise MissingKeyError(
        f"{variable}: give a key, and keep it: "
        'python -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
    )


def _kept_in(file: Path) -> str:
    """The key in `file`, which is made when it is not there."""
    if not file.exists():
        _make(file)
    return file.read_text(encoding="ascii").strip()


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
        new.write(base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode())
    try:
        # A link appears at once and with its content: of several processes that start together one makes the key.
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _standard(key: str) -> str:
    return base64.b64encode(base64.urlsafe_b64decode(key)).decode()
