"""Slips are put right where a word of the examples is meant, and nowhere else."""

from __future__ import annotations

import pytest
import spacy

from bot.components.spelling import Speller, lexicon

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


def test_the_more_usual_word_is_meant() -> None:
    speller = Speller.learned(["lopen lopen lopen", "loten loten"], set())

    assert speller.corrected("loben") == "lopen"


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
