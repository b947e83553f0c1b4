"""Slips are put right where a word of the examples is meant, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.spelling import Speller, Spelling, as_meant, lexicon

TEXTS = ["zakelijke lening aanvragen", "lening voor een machine", "personeel vinden", "een nieuwe zaak begine"]
LEXICON = {"lening", "aanvragen", "personeel", "machine", "gaten", "vinden", "zakelijke", "lenig"}


@pytest.fixture
def speller() -> Speller:
    """One that knows a few words."""
    return Speller.learned(TEXTS, LEXICON)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("leninng aanvrgen", "lening aanvragen"),
        ("perosneel vinden", "personeel vinden"),
        ("Zakelijek Lening", "zakelijke Lening"),
        ("lenig", "lenig"),
        ("gaten", "gaten"),
        ("begine", "begine"),
        ("beginne", "beginne"),
        ("zakk", "zakk"),
        ("peerelonse", "peerelonse"),
        ("", ""),
        ("50.000 €, nu!", "50.000 €, nu!"),
    ],
)
def test_only_slips_of_words_that_may_be_meant_are_put_right(speller: Speller, typed: str, meant: str) -> None:
    assert speller.corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
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
def test_what_is_taken_back_or_not_wanted_is_left_out(speller: Speller, typed: str, meant: str) -> None:
    assert speller.meant(typed) == meant


def test_the_more_usual_word_is_meant() -> None:
    speller = Speller.learned(["lopen lopen lopen", "loten loten"], set())

    assert speller.corrected("loben") == "lopen"


def test_the_message_keeps_its_own_text_and_what_is_learned_is_kept(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    storage, resource = LocalModelStorage(tmp_path / "model"), Resource("spelling")
    Spelling.create({}, storage, resource, None).train(TrainingData([Message.build(text, "x") for text in TEXTS]))

    message = Spelling.load({}, storage, resource, None).process([Message({TEXT: "personneel vinden"})])[0]

    assert (message.get(TEXT), as_meant(message)) == ("personneel vinden", "personeel vinden")


def test_a_pressed_button_and_a_message_that_nobody_looked_at_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    spelling = Spelling.create({}, LocalModelStorage(tmp_path / "model"), Resource("spelling"), None)
    pressed = Message({TEXT: '/more{"a": 1}'})

    assert as_meant(spelling.process([pressed])[0]) == '/more{"a": 1}'
    assert as_meant(Message({TEXT: "leninng"})) == "leninng"


def test_the_lexicon_of_the_pipeline_is_large() -> None:
    words = lexicon()

    assert len(words) > 20_000
    assert {"droog", "gaten", "leegstaande"} <= words


def test_a_pipeline_without_a_lexicon_gives_its_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the official one has none."""
    bare = spacy.blank("nl")
    bare.vocab.strings.add("vlaaienbakkerij")
    monkeypatch.setattr(spacy, "load", lambda *_names, **_options: bare)

    assert "vlaaienbakkerij" in lexicon()
