"""What the engine says becomes what the widget shows; what does not fit is left out, never shown half."""

import json
from pathlib import Path
from typing import Any

import pytest

from wegwijzer.conversations.messages import BLOCK, content_of

EXAMPLES = json.loads((Path(__file__).parents[2] / "widget/examples/blocks.json").read_text())

CARD: dict[str, Any] = {
    "id": "wbso", "name": "WBSO", "provider": "RVO", "summary": "Minder loonheffing.", "why": [], "unknown": [],
    "amounts": [], "state": "open", "state_text": "Staat open", "checked_on": "2026-01-01",
    "source": {"url": "https://rvo.nl", "year": 2026}, "url": "https://rvo.nl/wbso",
    "buttons": [{"title": "Vertel meer", "payload": '/tell_more{"offer": "wbso"}'}],
}  # fmt: skip
PERSON = {"id": "kvk", "name": "KVK", "role": "Advies", "contact": "088 585 15 85", "url": None}
PROGRESS: dict[str, Any] = {"type": "progress", "done": 2, "of": 8}
THEME: dict[str, Any] = {
    "id": "digitalisering", "label": "Digitalisering", "level": "Onderweg", "percent": 50,
    "reasons": ["Je gebruikt Excel."],
}  # fmt: skip
RESULT: dict[str, Any] = {
    "type": "result", "name": "Bedrijfscheck", "answered": 6, "asked": 8, "levels": ["Aan het begin", "Onderweg"],
    "themes": [THEME, {**THEME, "level": None, "percent": None, "reasons": []}], "steps": [],
}  # fmt: skip
HANDOVER: dict[str, Any] = {
    "type": "handover", "topic": None, "partners": ["kvk"], "question": "Wie kan helpen?",
    "facts": [{"label": "Gemeente", "value": "Heerlen"}], "assessment": [{"theme": "Personeel", "level": "Onderweg"}],
    "offers": [{"name": "WBSO", "url": "https://rvo.nl/wbso"}, {"name": "Startersbon", "url": None}],
}  # fmt: skip
RECEIPT: dict[str, Any] = {
    "type": "receipt", "reference": "WW-K7M2X9QD", "partner": "KVK", "reply_by": "2026-12-01",
    "sent": [{"label": "Je vraag", "value": "Wie kan helpen?"}],
}  # fmt: skip
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


def test_the_button_of_a_step_stays_with_us_too() -> None:
    step = {"text": "Kies software.", "topic": "Software kiezen", "buttons": [PRESS]}
    content = content_of({"custom": {"blocks": [{**RESULT, "steps": [step]}]}})

    ((key, behind),) = content.payloads.items()
    assert behind == ("Geld", "/choose{}")
    assert content.shown["blocks"][0]["steps"] == [{**step, "buttons": [{"id": key, "title": "Geld"}]}]


def test_every_button_has_an_id_of_its_own_each_time() -> None:
    line = {"buttons": [PRESS, PRESS]}
    ids = [button["id"] for content in (content_of(line), content_of(line)) for button in content.shown["buttons"]]

    assert len(set(ids)) == 4


@pytest.mark.parametrize("block", [{"type": "contacts", "contacts": [PERSON]}, PROGRESS, RESULT])
def test_people_progress_and_a_result_are_shown(block: dict[str, Any]) -> None:
    assert content_of({"custom": {"blocks": [block]}}).shown == {"blocks": [block]}


@pytest.mark.parametrize("block", [HANDOVER, RECEIPT, {**RECEIPT, "reply_by": None, "sent": []}, {"type": "erase"}])
def test_what_can_be_sent_what_was_sent_and_a_way_to_erase_are_shown(block: dict[str, Any]) -> None:
    assert content_of({"custom": {"blocks": [block]}}).shown == {"blocks": [block]}


@pytest.mark.parametrize("state", ["open", "check", "ended", "later", "closed"])
def test_a_card_tells_whether_one_can_apply(state: str) -> None:
    assert content_of(offers(state=state)).shown["blocks"][0]["offers"][0]["state"] == state


@pytest.mark.parametrize(("given", "shown"), [({}, []), ({"not_met": ["sector bouw"]}, ["sector bouw"])])
def test_a_card_may_tell_what_does_not_fit(given: dict[str, Any], shown: list[str]) -> None:
    assert content_of(offers(**given)).shown["blocks"][0]["offers"][0]["not_met"] == shown


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_examples_of_the_widget_fit_their_format(kind: str) -> None:
    for block in EXAMPLES[kind]:
        assert BLOCK.validate_python(block).type == kind


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
        {"not_met": "geen lijst"},
        {"name": None},
        {"score": 0.9},
    ],
)
def test_a_card_that_does_not_fit_is_left_out_with_its_buttons(changes: dict[str, Any]) -> None:
    content = content_of(offers(**changes))

    assert (content.shown, content.payloads) == ({}, {})


@pytest.mark.parametrize(
    "block",
    [
        {**PROGRESS, "done": -1},
        {**PROGRESS, "of": "acht"},
        {**RESULT, "answered": -1},
        {**RESULT, "themes": [{**THEME, "percent": 101}]},
        {**RESULT, "themes": [{**THEME, "reasons": None}]},
        {**RESULT, "steps": [{"text": "Kies software.", "topic": "Software kiezen", "buttons": [PRESS], "url": "x"}]},
    ],
)
def test_progress_or_a_result_that_does_not_fit_is_left_out(block: dict[str, Any]) -> None:
    content = content_of({"custom": {"blocks": [block]}})

    assert (content.shown, content.payloads) == ({}, {})


@pytest.mark.parametrize(
    "block",
    [
        {**HANDOVER, "contact": {"email": "a@b.example"}},
        {**HANDOVER, "offers": [{"name": "WBSO", "url": "http://rvo.nl/wbso"}]},
        {**HANDOVER, "partners": None},
        {**HANDOVER, "facts": [{"label": "Gemeente"}]},
        {**RECEIPT, "reply_by": "morgen"},
        {**RECEIPT, "sent": [{"label": "E-mail", "value": "a@b.example", "kind": "contact"}]},
        {"type": "erase", "everything": True},
    ],
)
def test_a_handover_receipt_or_erase_that_does_not_fit_is_left_out(block: dict[str, Any]) -> None:
    assert content_of({"custom": {"blocks": [block]}}).shown == {}


def test_a_block_of_an_unknown_kind_is_left_out_and_the_rest_stays() -> None:
    good = {"type": "contacts", "contacts": [PERSON]}
    line = {"custom": {"text": "Kijk", "blocks": [{"type": "video", "url": "https://x.nl"}, good]}}

    assert content_of(line).shown == {"text": "Kijk", "blocks": [good]}


def test_a_fault_is_logged_by_its_field_and_not_by_its_value(capsys: pytest.CaptureFixture[str]) -> None:
    content_of(offers(state="kwispelzwam"))

    logged = "".join(capsys.readouterr())
    assert "state" in logged
    assert "kwispelzwam" not in logged
