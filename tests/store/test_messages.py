"""What the engine says becomes what the widget shows; what does not fit is left out, never shown half."""

from typing import Any

import pytest

from wegwijzer.conversations.messages import content_of

CARD: dict[str, Any] = {
    "id": "wbso", "name": "WBSO", "provider": "RVO", "summary": "Minder loonheffing.", "why": [], "unknown": [],
    "amounts": [], "state": "open", "state_text": "Staat open", "checked_on": "2026-01-01",
    "source": {"url": "https://rvo.nl", "year": 2026}, "url": "https://rvo.nl/wbso",
    "buttons": [{"title": "Vertel meer", "payload": '/tell_more{"offer": "wbso"}'}],
}  # fmt: skip
PERSON = {"id": "kvk", "name": "KVK", "role": "Advies", "contact": "088 585 15 85", "url": None}
PRESS = {"title": "Geld", "payload": "/choose{}"}


def offers(**changes: Any) -> dict[str, Any]:
    """A line of the engine with one offer card, with changes."""
    return {"custom": {"blocks": [{"type": "offers", "offers": [{**CARD, **changes}]}]}}


@pytest.mark.parametrize(
    "line", [{"text": "Hoi"}, {"custom": {"text": "Hoi"}}, {"text": "x", "custom": {"text": "Hoi"}}]
)
def test_a_text_is_shown(line: dict[str, Any]) -> None:
    assert content_of(line).shown == {"text": "Hoi"}


@pytest.mark.parametrize(
    "line", [{}, {"recipient_id": "x"}, {"text": ""}, {"custom": None}, {"custom": {"blocks": []}}]
)
def test_a_line_without_anything_to_show_is_empty(line: dict[str, Any]) -> None:
    content = content_of(line)

    assert (content.shown, content.payloads) == ({}, {})


def test_what_stands_behind_a_button_stays_with_us() -> None:
    content = content_of({"text": "Kies", "buttons": [PRESS]})

    ((key, behind),) = content.payloads.items()
    assert behind == ("Geld", "/choose{}")
    assert content.shown["buttons"] == [{"id": key, "title": "Geld"}]


def test_the_button_of_a_card_stays_with_us_too() -> None:
    content = content_of(offers())

    ((key, behind),) = content.payloads.items()
    assert behind == ("Vertel meer", '/tell_more{"offer": "wbso"}')
    assert content.shown["blocks"][0]["offers"][0]["buttons"] == [{"id": key, "title": "Vertel meer"}]


def test_every_button_has_an_id_of_its_own_each_time() -> None:
    line = {"buttons": [PRESS, PRESS]}
    ids = [button["id"] for content in (content_of(line), content_of(line)) for button in content.shown["buttons"]]

    assert len(set(ids)) == 4


def test_people_are_shown() -> None:
    block = {"type": "contacts", "contacts": [PERSON]}

    assert content_of({"custom": {"blocks": [block]}}).shown == {"blocks": [block]}


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "http://rvo.nl"},
        {"url": "javascript:alert(1)"},
        {"url": "geen adres"},
        {"source": {"url": "http://rvo.nl", "year": 2026}},
        {"state": "perhaps"},
        {"checked_on": "gisteren"},
        {"why": "geen lijst"},
        {"name": None},
        {"score": 0.9},
    ],
)
def test_a_card_that_does_not_fit_is_left_out_with_its_buttons(changes: dict[str, Any]) -> None:
    content = content_of(offers(**changes))

    assert (content.shown, content.payloads) == ({}, {})


def test_a_block_of_an_unknown_kind_is_left_out_and_the_rest_stays() -> None:
    good = {"type": "contacts", "contacts": [PERSON]}
    line = {"custom": {"text": "Kijk", "blocks": [{"type": "video", "url": "https://x.nl"}, good]}}

    assert content_of(line).shown == {"text": "Kijk", "blocks": [good]}


def test_a_fault_is_logged_by_its_field_and_not_by_its_value(capsys: pytest.CaptureFixture[str]) -> None:
    content_of(offers(state="kwispelzwam"))

    logged = "".join(capsys.readouterr())
    assert "state" in logged
    assert "kwispelzwam" not in logged
