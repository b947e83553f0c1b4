"""What a question is about is told by the engine and by the offers that it is like."""

import pytest

from wegwijzer.advice.weighing import AT_MOST, TELLING, weighed
from wegwijzer.knowledge.base import Knowledge

FACTORING, NETWERKEN = "financiering/factoring", "algemeen/netwerken"
BELASTING, NOOD = "buiten_bereik/belasting", "zwaar_weer/mentale_nood"


def likeliest(topics: dict[str, float], likeness: dict[str, float], knowledge: Knowledge) -> str:
    told = weighed(topics, likeness, knowledge)
    return max(told, key=lambda topic: told[topic])


def test_what_is_very_much_like_one_offer_is_about_its_topic(knowledge: Knowledge) -> None:
    assert likeliest({BELASTING: 0.6, FACTORING: 0.3}, {"factoring": 5.0}, knowledge) == FACTORING


def test_what_is_like_nothing_in_particular_stays_as_the_engine_heard_it(knowledge: Knowledge) -> None:
    topics = {BELASTING: 0.6, FACTORING: 0.3}

    assert weighed(topics, {"factoring": TELLING, "okb": 1.0}, knowledge) == pytest.approx(topics)
    assert weighed(topics, {}, knowledge) == pytest.approx(topics)
    assert weighed({}, {"factoring": 5.0}, knowledge) == {}


def test_no_likeness_outweighs_an_engine_that_is_sure(knowledge: Knowledge) -> None:
    assert likeliest({BELASTING: 0.99, FACTORING: 0.01}, {"factoring": AT_MOST + 9}, knowledge) == BELASTING


def test_what_the_engine_does_not_think_of_stays_out(knowledge: Knowledge) -> None:
    assert set(weighed({BELASTING: 0.6}, {"factoring": 9.0}, knowledge)) == {BELASTING}


def test_what_ended_tells_nothing(knowledge: Knowledge) -> None:
    ended = next(offer for offer in knowledge.offers.values() if offer.state == "ended" and offer.topics)
    topics = {BELASTING: 0.6, ended.topics[0]: 0.3}

    assert weighed(topics, {ended.id: 9.0}, knowledge) == pytest.approx(topics)


def test_probabilities_sum_to_what_they_summed_to(knowledge: Knowledge) -> None:
    told = weighed({BELASTING: 0.5, FACTORING: 0.3, NETWERKEN: 0.1}, {"factoring": 6.0, "bsg-netwerk": 4.0}, knowledge)

    assert sum(told.values()) == pytest.approx(0.9)


def test_whoever_is_in_distress_is_not_led_away_from_it(knowledge: Knowledge) -> None:
    assert likeliest({NOOD: 0.55, FACTORING: 0.4}, {"factoring": 7.0}, knowledge) == NOOD


def test_whoever_is_not_is_led_away_from_what_is_for_distress(knowledge: Knowledge) -> None:
    assert likeliest({NOOD: 0.3, NETWERKEN: 0.1}, {"biz-valkenburg": 6.0}, knowledge) == NETWERKEN


def test_no_offer_makes_distress_more_probable(knowledge: Knowledge) -> None:
    assert likeliest({NOOD: 0.3, "personeel/verzuim": 0.6}, {"imk-mkb-noodlijn": 6.5}, knowledge) == "personeel/verzuim"
