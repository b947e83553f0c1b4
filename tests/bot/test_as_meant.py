"""A message is understood as it was meant, and keeps its own text."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.as_meant import AsMeant, as_meant, meant
from bot.components.spelling import Speller

TEXTS = ["zakelijke lening aanvragen", "lening voor een machine", "personeel vinden"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("nee, ik bedoel personeel vinden", "personeel vinden"),
        ("Nee ik bedoelde een machine", "een machine"),
        ("sorry, bedoel eigenlijk lening", "lening"),
        ("no, I meant a lening", "a lening"),
        ("nee, dat bedoel ik niet", "nee, dat bedoel ik niet"),
        ("ik bedoel niet personeel", "ik bedoel niet personeel"),
        ("wat bedoel je met een lening", "wat bedoel je met een lening"),
        ("geld voor een machine, maar geen lening", "geld voor een machine"),
        ("geld voor een machine maar geen lenning.", "geld voor een machine"),
        ("geen lening", "geen lening"),
        ("ik krijg geen lening van de bank", "ik krijg geen lening van de bank"),
        ("wel een idee maar geen geld", "wel een idee maar geen geld"),
    ],
)
def test_what_is_taken_back_or_not_wanted_is_left_out(typed: str, left: str) -> None:
    speller = Speller.learned(TEXTS, {"vinden", "personeel", "machine"})

    assert meant(typed, speller) == left


def test_the_message_keeps_its_own_text_and_what_is_learned_is_kept(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    storage, resource = LocalModelStorage(tmp_path / "model"), Resource("spelling")
    AsMeant.create({}, storage, resource, None).train(TrainingData([Message.build(text, "x") for text in TEXTS]))

    message = AsMeant.load({}, storage, resource, None).process([Message({TEXT: "personneel vinden"})])[0]

    assert (message.get(TEXT), as_meant(message)) == ("personneel vinden", "personeel vinden")


def test_a_pressed_button_and_a_message_that_nobody_looked_at_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    component = AsMeant.create({}, LocalModelStorage(tmp_path / "model"), Resource("spelling"), None)
    pressed = Message({TEXT: '/more{"a": 1}'})

    assert as_meant(component.process([pressed])[0]) == '/more{"a": 1}'
    assert as_meant(Message({TEXT: "leninng"})) == "leninng"
