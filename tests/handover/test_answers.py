"""A link of a partner allows one answer to one handover for a while; nobody else can make or change one."""

import base64
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handover.conftest import NOON
from wegwijzer.handover.answers import (
    LONGEST_TOKEN,
    PATH,
    AnswerLinks,
    LinkExpiredError,
    LinkInvalidError,
    Ticket,
    sign,
    verify,
)

HANDOVER = "6b1f7f0e-2f0a-4a52-9c1d-0d6d4f1f8f6a"
LINKS = AnswerLinks([b"new key", b"old key"], "https://wegwijzer.example.nl", days=60)


def token(address: str) -> str:
    """The part of an address that allows something."""
    return address.removeprefix(f"https://wegwijzer.example.nl{PATH}")


def test_there_is_a_link_for_each_answer() -> None:
    links = LINKS.of(HANDOVER, NOON)

    assert {reply: LINKS.read(token(address), NOON).reply for reply, address in links.items()} == {
        "accepted": "accepted",
        "declined": "declined",
        "done": "done",
    }
    assert all(len(token(address)) <= LONGEST_TOKEN for address in links.values())


def test_the_links_of_a_handover_are_the_same_in_every_attempt() -> None:
    assert LINKS.of(HANDOVER, NOON) == LINKS.of(HANDOVER, NOON)


def test_a_link_can_be_used_until_its_last_moment() -> None:
    accepted = token(LINKS.of(HANDOVER, NOON)["accepted"])

    assert LINKS.read(accepted, NOON + timedelta(days=60)).handover == HANDOVER
    with pytest.raises(LinkExpiredError):
        LINKS.read(accepted, NOON + timedelta(days=60, seconds=1))


def test_an_old_key_still_opens_and_a_strange_one_does_not() -> None:
    ticket = Ticket(HANDOVER, "done", NOON)

    assert verify(LINKS.keys, sign(b"old key", ticket), NOON) == ticket
    with pytest.raises(LinkInvalidError):
        verify(LINKS.keys, sign(b"strange key", ticket), NOON)


@pytest.mark.parametrize("old, new", [("accepted", "done"), (HANDOVER, HANDOVER[::-1]), ("2026", "2036")])
def test_what_was_changed_is_refused(old: str, new: str) -> None:
    said, _, mac = sign(b"new key", Ticket(HANDOVER, "accepted", NOON)).partition(".")
    changed = base64.urlsafe_b64decode(said + "==").decode().replace(old, new)

    with pytest.raises(LinkInvalidError):
        verify(LINKS.keys, f"{base64.urlsafe_b64encode(changed.encode()).decode().rstrip('=')}.{mac}", NOON)


@given(st.text(max_size=300))
def test_whatever_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(LinkInvalidError):
        verify(LINKS.keys, text, NOON)
