"""A message falls apart where another question may begin, and nowhere else."""

from __future__ import annotations

from typing import List

import pytest

from bot.components.parts import parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "ik zoek twee monteurs en wil zonnepanelen op het dak",
            ["ik zoek twee monteurs", "wil zonnepanelen op het dak"],
        ),
        ("Hoe vind ik personeel? En welke lening past?", ["Hoe vind ik personeel", "En welke lening past?"]),
        ("ik heb geld nodig, maar ook een nieuwe website", ["ik heb geld nodig", "een nieuwe website"]),
        ("we zijn een vof en bv", []),
        ("hoe kom ik aan personeel", []),
        ("", []),
    ],
)
def test_the_parts_of_a_message_are_found(text: str, found: List[str]) -> None:
    assert parts(text) == found


def test_a_long_story_has_at_most_four_parts() -> None:
    assert len(parts("ik zoek een monteur. " * 10)) == 4
