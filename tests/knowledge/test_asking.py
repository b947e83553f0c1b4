"""A question finds an offer by what it means and by its words, wherever the business is."""

from copy import copy

import pytest

from wegwijzer.knowledge.asking import ways_to_ask
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.likeness import together
from wegwijzer.knowledge.wording import Wording


@pytest.fixture(scope="module")
def wording(knowledge: Knowledge) -> Wording:
    """The words of all offers."""
    return Wording(ways_to_ask(knowledge))


def test_every_offer_that_is_proposed_says_how_people_ask_for_it(knowledge: Knowledge) -> None:
    silent = [name for name, offer in knowledge.offers.items() if offer.is_proposed and len(offer.asked_as) < 3]

    assert silent == []


def test_no_way_to_ask_stands_with_two_offers(knowledge: Knowledge) -> None:
    asked = [question.lower() for offer in knowledge.offers.values() for question in offer.asked_as]

    assert len(asked) == len(set(asked))


def test_where_a_business_is_does_not_make_an_offer_more_alike(knowledge: Knowledge) -> None:
    texts = " ".join(ways_to_ask(knowledge)["heerlen-horecabalie"]).lower()

    assert "heerlen" not in texts
    assert "ik wil een afhaalzaak" in texts


@pytest.mark.parametrize("text", ["loods gezocht in stein", "een winkel in Beek", "contact met de gemeente Stein"])
def test_a_place_that_is_a_word_too_is_left_out_where_it_is_a_place(knowledge: Knowledge, text: str) -> None:
    changed = copy(knowledge)
    changed.offers = {"okb": knowledge.offers["okb"].model_copy(update={"asked_as": (text,)})}

    assert not {"stein", "beek"} & set(ways_to_ask(changed)["okb"][1].lower().split())


def test_an_ordinary_word_is_no_place(knowledge: Knowledge) -> None:
    words = "Er staat een heer bij een beek"
    changed = copy(knowledge)
    changed.offers = {"okb": knowledge.offers["okb"].model_copy(update={"asked_as": (words,)})}

    assert words in ways_to_ask(changed)["okb"]


@pytest.mark.parametrize(
    ("question", "offer"),
    [
        ("code 95 voor mijn chauffeurs", "soob-transport"),
        ("kan ik naar de horecabalie", "heerlen-horecabalie"),
        ("is er een smart industry hub", "smart-industry-hub-zuid"),
    ],
)
def test_one_word_settles_it(wording: Wording, question: str, offer: str) -> None:
    likeness = wording.offers(question)

    assert max(likeness, key=lambda name: likeness[name]) == offer


@pytest.mark.parametrize("question", ["", "?!"])
def test_what_has_no_words_makes_nothing_more_alike(wording: Wording, question: str) -> None:
    assert set(wording.offers(question).values()) == {0.0}


def test_meaning_and_words_count_the_same() -> None:
    both = together({"a": 2.0, "b": 0.0, "c": 1.0}, {"a": 0.0, "b": 2.0})

    assert both["a"] == both["b"] > both["c"]
    assert together({}, {"a": 1.0}) == {}
