"""The Dutch pipeline: installed by its usual name, with its licences, and good enough for what people type in a chat.

The floors lie a little below what `python bot/language/evaluate.py` measured (bot/wheels/figures.json).
"""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path
from typing import Dict

import pytest
import spacy
from spacy.language import Language

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "bot" / "language"
TREEBANKS = ROOT.parent / "shared" / "data" / "spacy"
FLOORS = {"chat pos": 95, "chat tag": 95, "chat lemma": 95, "chat names": 92, "chat names, small letters": 90}

sys.path.insert(0, str(RECIPE))
import evaluate  # noqa: E402 - a script of the recipe beside it


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The installed pipeline."""
    return spacy.load("nl_core_news_sm")


@pytest.fixture(scope="module")
def figures() -> Dict[str, float]:
    """What it reaches on the chat lines of the recipe, which it was not trained on."""
    return evaluate.measured("nl_core_news_sm", treebanks=[], names=[])


def test_it_cannot_be_mistaken_for_the_official_one(nlp: Language) -> None:
    assert importlib.metadata.version("nl-core-news-sm").endswith(".post1")
    assert "not the official pipeline" in nlp.meta["description"]


def test_what_it_needs_is_installed_with_it() -> None:
    needs = importlib.metadata.requires("nl-core-news-sm") or []

    assert any(need.startswith("spacy") for need in needs) and "numpy <2" in needs


@pytest.mark.parametrize("name", ["LICENSE", "LICENSES_SOURCES"])
def test_its_licences_are_in_the_wheel(name: str) -> None:
    files = importlib.metadata.files("nl-core-news-sm") or []

    assert any(file.name == name and (RECIPE / name).read_text() == file.read_text() for file in files)


def test_a_text_has_a_vector_though_the_pipeline_has_none(nlp: Language) -> None:
    doc = nlp("ik zoek personeel")

    assert nlp.vocab.vectors_length == doc.vector.shape[0] == doc[0].vector.shape[0]
    assert doc.vector.any()


@pytest.mark.parametrize("name", FLOORS)
def test_it_knows_the_words_of_a_chat(figures: Dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[name]


@pytest.mark.parametrize(
    ("form", "lemma", "tag"),
    [
        ("hoi", "hoi", "TSW"),
        ("openingstijden", "openingstijd", "N|soort|mv|basis"),
        ("zzp'er", "zzp'er", "N|soort|ev|basis|zijd|stan"),
        ("mkb'ers", "mkb'er", "N|soort|mv|basis"),
        ("bv", "bv", "N|soort|ev|basis|zijd|stan"),
        ("btw", "btw", "N|soort|ev|basis|zijd|stan"),
    ],
)
def test_words_of_the_chat_are_always_the_same(nlp: Language, form: str, lemma: str, tag: str) -> None:
    for text in (f"wat is {form}", form, f"de {form.upper()} graag"):
        word = next(token for token in nlp(text) if token.lower_ == form)
        assert (word.lemma_, word.tag_) == (lemma, tag)


def test_to_see_you_again_is_a_greeting(nlp: Language) -> None:
    tot, ziens = nlp("tot ziens")

    assert (ziens.pos_, ziens.lemma_) == ("INTJ", "ziens")


@pytest.mark.skipif(not TREEBANKS.exists(), reason="the treebanks of the recipe are not on this machine")
def test_the_recipe_runs_from_treebanks_to_wheel(tmp_path: Path) -> None:
    few = {"source": TREEBANKS, "work": tmp_path, "train": "dev_core1", "steps": 60, "name_steps": 60}
    choices = [part for name, value in few.items() for part in (f"--vars.{name}", str(value))]
    command = [sys.executable, "-m", "spacy", "project", "run", "try", str(RECIPE), *choices]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}

    subprocess.run(command, check=True, env=environment, capture_output=True)

    assert list(tmp_path.glob("*/dist/nl_core_news_sm-*.whl"))
