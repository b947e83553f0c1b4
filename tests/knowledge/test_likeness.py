"""Offers are compared with a question by their sentence vectors, which are made only when their text is new."""

import base64
from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from wegwijzer.database import engine_for, migrate
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.likeness import OFFER, Vector, Vectors, encode, load_vectors, texts_of_offers
from wegwijzer.knowledge.records import Offer


@pytest.fixture
def offers(knowledge: Knowledge) -> list[Offer]:
    """Three offers about quite different things."""
    return [knowledge.offers[name] for name in ("wbso", "113-zelfmoordpreventie", "eherkenning")]


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


def test_the_offer_that_a_question_is_about_is_most_like_it(database_url: str, offers: list[Offer]) -> None:
    migrate(database_url)
    load_vectors(engine_for(database_url), OFFER, texts_of_offers(offers))

    likeness = Vectors(engine_for(database_url)).offers(packed("belastingvoordeel voor onze eigen uitvinding"))

    assert max(likeness, key=lambda offer: likeness[offer]) == "wbso"


def test_only_a_new_text_is_encoded(database_url: str, offers: list[Offer]) -> None:
    migrate(database_url)
    engine, counting = engine_for(database_url), Counting()
    load_vectors(engine, OFFER, texts_of_offers(offers), counting)
    changed = [offers[0].model_copy(update={"summary": "Heel iets anders."}), *offers[1:]]

    assert load_vectors(engine, OFFER, texts_of_offers(changed), counting) == 1
    assert counting.texts[-1].endswith("Heel iets anders.")


def test_an_offer_that_is_gone_is_compared_no_more(database_url: str, offers: list[Offer]) -> None:
    migrate(database_url)
    engine = engine_for(database_url)
    load_vectors(engine, OFFER, texts_of_offers(offers))
    load_vectors(engine, OFFER, texts_of_offers(offers[1:]))

    assert set(Vectors(engine).offers(packed("wat is dit"))) == {offer.id for offer in offers[1:]}


def test_without_a_vector_nothing_is_like_anything(database_url: str) -> None:
    migrate(database_url)

    assert Vectors(engine_for(database_url)).offers(None) == {}
