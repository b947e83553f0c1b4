"""What is typed becomes one line of text without commands, signs that cannot be seen, or personal data."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegwijzer.conversations.typed import COMMAND_SIGNS, LONGEST_TEXT, EmptyTextError, TextTooLongError, fit_for_engine


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("  geld   voor\n\neen oven ", "geld voor een oven"),
        ("/restart", "restart"),
        ("/ / @/choose{}", "choose{}"),
        ("@oven", "oven"),
        ("1/2 jaar", "1/2 jaar"),
        ("geld\x00lenen\x7f", "geld lenen"),
        ("cafe\u0301", "café"),
        ("nul\ud83dteken", "nul teken"),
        ("mail a@b.nl", "mail [e-mailadres]"),
        ("/a@b.nl", "[e-mailadres]"),
    ],
)
def test_a_text_is_made_fit(typed: str, fit: str) -> None:
    assert fit_for_engine(typed) == fit


@pytest.mark.parametrize("typed", ["", " ", "\n", "\x00", "/", "@/ /", "\u00a0", "\u200b", "\u2060\ufeff"])
def test_a_text_without_anything_to_read_is_empty(typed: str) -> None:
    with pytest.raises(EmptyTextError):
        fit_for_engine(typed)


def test_the_longest_text_fits_and_one_sign_more_does_not() -> None:
    assert fit_for_engine("a" * LONGEST_TEXT)
    with pytest.raises(TextTooLongError):
        fit_for_engine("a" * (LONGEST_TEXT + 1))


def test_spaces_around_a_text_do_not_make_it_too_long() -> None:
    assert fit_for_engine(" " * LONGEST_TEXT + "a" * LONGEST_TEXT + "\n")


@settings(deadline=None)
@given(st.text(max_size=LONGEST_TEXT))
def test_nothing_that_is_typed_is_a_command(text: str) -> None:
    try:
        fit = fit_for_engine(text)
    except (EmptyTextError, TextTooLongError):
        return
    assert fit[0] not in COMMAND_SIGNS
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in fit)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20).map(lambda words: f"/{words}"))
def test_making_fit_twice_changes_nothing(text: str) -> None:
    try:
        fit = fit_for_engine(text)
    except EmptyTextError:
        return
    assert fit_for_engine(fit) == fit
