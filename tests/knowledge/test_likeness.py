"""Offers are compared with a question by their sentence vectors, which are made only when their text is new."""

import base64
from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from wegwijzer.database import engine_for, migrate
from wegwijzer.knowledge.asking import ways_to_ask
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.likeness import OFFER, Vector, Vectors, encode, load_vectors, texts_of_offers

Ways = dict[str, tuple[str, ...]]


@pytest.fixture
def ways(knowledge: Knowledge) -> Ways:
    """How to ask for three offers about quite different things."""
    all_of_them = ways_to_ask(knowledge)
    return {name: all_of_them[name] for name in ("wbso", "113-zelfmoordpreventie", "eherkenning")}


class Counting:
    """Encodes, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Iterable[Vector]:
        self.texts += texts
        return encode(texts)


def packed(question: str) -> str:
    """The vector of a question as the engine sends it."""
    return base64.b64encode(np.asarray(list(encode([question]))[0]).astype("<f2").tobytes()).decode()


def test_the_offer_that_a_question_is_about_is_most_like_it(database_url: str, ways: Ways) -> None:
    migrate(database_url)
    load_vectors(engine_for(database_url), OFFER, texts_of_offers(ways))

    likeness = Vectors(engine_for(database_url)).offers(packed("belastingvoordeel voor onze eigen uitvinding"))

    assert max(likeness, key=lambda offer: likeness[offer]) == "wbso"


def test_only_a_new_text_is_encoded(database_url: str, ways: Ways) -> None:
    migrate(database_url)
    engine, counting = engine_for(database_url), Counting()
    load_vectors(engine, OFFER, texts_of_offers(ways), counting)
    changed = {**ways, "wbso": ("Heel iets anders.", *ways["wbso"][1:])}

    assert load_vectors(engine, OFFER, texts_of_offers(changed), counting) == 1
    assert counting.texts[-1] == "Heel iets anders."


def test_an_offer_that_is_gone_is_compared_no_more(database_url: str, ways: Ways) -> None:
    migrate(database_url)
    engine = engine_for(database_url)
    load_vectors(engine, OFFER, texts_of_offers(ways))
    del ways["wbso"]
    load_vectors(engine, OFFER, texts_of_offers(ways))

    assert set(Vectors(engine).offers(packed("wat is dit"))) == set(ways)


def test_without_a_vector_nothing_is_like_anything(database_url: str) -> None:
    migrate(database_url)

    assert Vectors(engine_for(database_url)).offers(None) == {}
