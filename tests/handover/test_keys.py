"""Keys come from the settings; only a demo makes its own, once, and readable by nobody else."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from standardwebhooks import Webhook

from tests.handover.conftest import CONTACT, NOON
from wegwijzer.handover.contact import ContactCipher, ContactUnreadableError
from wegwijzer.handover.keys import MissingKeyError, answer_keys, contact_cipher, sandbox_secret
from wegwijzer.settings import Settings, SettingsError, get_settings

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def test_the_newest_key_encrypts_and_any_key_decrypts() -> None:
    stored = contact_cipher(Settings(contact_keys=OLD)).encrypt(CONTACT)
    both = contact_cipher(Settings(contact_keys=f"{NEW}, {OLD}"))

    assert both.decrypt(stored) == CONTACT
    assert ContactCipher([NEW]).decrypt(both.encrypt(CONTACT)) == CONTACT
    assert ContactCipher([NEW]).decrypt(both.rotate(stored)) == CONTACT


@pytest.mark.parametrize("stored", ["", "nothing", "gAAAAAB"])
def test_what_no_key_opens_is_told(stored: str) -> None:
    with pytest.raises(ContactUnreadableError):
        ContactCipher([NEW]).decrypt(stored)


def test_an_old_key_opens_nothing_after_it_was_taken_out() -> None:
    with pytest.raises(ContactUnreadableError):
        ContactCipher([NEW]).decrypt(ContactCipher([OLD]).encrypt(CONTACT))


def test_a_demo_makes_a_key_once_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(demo=True, keys_folder=tmp_path / "var")

    stored = contact_cipher(settings).encrypt(CONTACT)

    assert contact_cipher(settings).decrypt(stored) == CONTACT
    assert stat.S_IMODE((tmp_path / "var" / "contact.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["contact.key"]


def test_processes_that_start_together_use_the_same_key(tmp_path: Path) -> None:
    settings = Settings(demo=True, keys_folder=tmp_path)

    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: answer_keys(settings)[0], range(40)))

    assert len(keys) == 1


@pytest.mark.parametrize("make", [contact_cipher, answer_keys])
def test_outside_a_demo_a_missing_key_is_told_with_how_to_make_one(make: object, tmp_path: Path) -> None:
    with pytest.raises(MissingKeyError, match=r"WEGWIJZER_\w+_KEYS: give a key.*python -c"):
        make(Settings(demo=False, keys_folder=tmp_path))  # type: ignore[operator]

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keys", ["", "secret", f"{OLD},", f"{OLD},c2hvcnQ=", OLD[:-1]])
def test_a_key_of_another_form_stops_the_start_without_being_quoted(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_CONTACT_KEYS", keys)

    with pytest.raises(SettingsError, match=r"WEGWIJZER_CONTACT_KEYS: .*key \d is not 32 bytes") as refused:
        get_settings.__wrapped__()
    assert "secret" not in str(refused.value)


def test_no_key_is_told_by_the_settings() -> None:
    assert OLD not in repr(Settings(contact_keys=OLD, answer_keys=OLD, smtp_password=OLD))


def test_the_secret_of_the_sandbox_is_one_of_the_standard(tmp_path: Path) -> None:
    settings = Settings(keys_folder=tmp_path)

    assert Webhook(sandbox_secret(settings)).sign("x", NOON, "{}")
    assert sandbox_secret(settings) == sandbox_secret(settings)
