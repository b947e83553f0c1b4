"""Every conversation in this folder, held with the running engine, actions and gateway."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import System
from tests.conversations.talk import Turn, Visitor

FOLDER = Path(__file__).parent


def conversations() -> list[Any]:
    """All conversations of all files, with their sentence as the name of the test."""
    found = []
    for file in sorted(FOLDER.glob("*.yml")):
        for conversation in yaml.safe_load(file.read_text()):
            found.append(pytest.param(conversation, id=f"{file.stem}: {conversation['name']}"))
    return found


@pytest.mark.parametrize("conversation", conversations())
def test_a_conversation_goes_as_written(conversation: dict[str, Any], system: System) -> None:
    with Visitor(system.settings.web_url) as visitor:
        turn = visitor.greeting
        for step in conversation["turns"]:
            turn = take(step, visitor, turn)
            check(step, turn)


def take(step: dict[str, Any], visitor: Visitor, before: Turn) -> Turn:
    """What the visitor does in this step."""
    if "say" in step:
        return visitor.say(step["say"])
    if "press" in step:
        return visitor.press(before, step["press"])
    if "press_on" in step:
        card = next(offer for offer in before.offers if offer["id"] == step["press_on"])
        return visitor.press_id(card["buttons"][0]["id"])
    return before


def check(step: dict[str, Any], turn: Turn) -> None:
    """Each expectation of the step against the turn."""
    shown = [offer["id"] for offer in turn.offers]
    for words in _listed(step, "hears"):
        assert words.lower() in turn.text, f"{words!r} not in: {turn.text}"
    for words in _listed(step, "never_hears"):
        assert words.lower() not in turn.text, f"{words!r} in: {turn.text}"
    for offer in _listed(step, "sees"):
        assert offer in shown, f"{offer} not in {shown}: {turn.text}"
    for offer in _listed(step, "never_sees"):
        assert offer not in shown
    if "sees_one_of" in step:
        assert set(step["sees_one_of"]) & set(shown), f"none of {step['sees_one_of']} in {shown}: {turn.text}"
    check_people(step, [contact["id"] for contact in turn.contacts], turn)
    for title in _listed(step, "can_press"):
        assert title in turn.buttons, f"{title!r} not in {list(turn.buttons)}: {turn.text}"
    for theme, level in step.get("has_level", {}).items():
        assert turn.levels.get(theme) == level, turn.levels
    if "choices_at_most" in step:
        assert 2 <= len(turn.buttons) <= step["choices_at_most"] + 1, list(turn.buttons)  # and "something else"


def check_people(step: dict[str, Any], people: list[str], turn: Turn) -> None:
    """Each expectation of the step about the organisations on the contact cards."""
    for person in _listed(step, "meets"):
        assert person in people, f"{person} not in {people}: {turn.text}"
    if "meets_first" in step:
        assert people[:1] == [step["meets_first"]], f"{people}: {turn.text}"


def _listed(step: dict[str, Any], key: str) -> list[str]:
    value = step.get(key, [])
    return value if isinstance(value, list) else [value]
