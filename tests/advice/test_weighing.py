"""What a question is about is told by the engine and by the offers that it is like."""

from collections.abc import Mapping

import pytest

from wegwijzer.advice.said import Said
from wegwijzer.advice.weighing import TELLING, weighed
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.profile import Profile

FACTORING, NETWERKEN = "financiering/factoring", "algemeen/netwerken"
NOTHING_KNOWN = Profile()
BELASTING, NOOD, PRIVE = "buiten_bereik/belasting", "zwaar_weer/mentale_nood", "buiten_bereik/geld_particulier"


Numbers = Mapping[str, float]


def told(
    topics: Numbers, likeness: Numbers, knowledge: Knowledge, profile: Profile = NOTHING_KNOWN, text: str = ""
) -> Numbers:
    return weighed(Said(text, topics, likeness=likeness), knowledge, profile)


def likeliest(
    topics: Numbers, likeness: Numbers, knowledge: Knowledge, profile: Profile = NOTHING_KNOWN, text: str = ""
) -> str:
    weighed_topics = told(topics, likeness, knowledge, profile, text)
    return max(weighed_topics, key=lambda topic: weighed_topics[topic])


def test_what_is_very_much_like_one_offer_is_about_its_topic(knowledge: Knowledge) -> None:
    assert likeliest({BELASTING: 0.6, FACTORING: 0.3}, {"factoring": 5.0}, knowledge) == FACTORING


def test_what_is_like_nothing_in_particular_stays_as_the_engine_heard_it(knowledge: Knowledge) -> None:
    topics = {BELASTING: 0.6, FACTORING: 0.3}

    assert told(topics, {"factoring": TELLING, "okb": 1.0}, knowledge) == pytest.approx(topics)
    assert told(topics, {}, knowledge) == pytest.approx(topics)
    assert told({}, {"factoring": 5.0}, knowledge) == {}


def test_an_engine_that_is_sure_is_outweighed_only_by_words_that_are_nearly_those_of_an_offer(
    knowledge: Knowledge,
) -> None:
    topics = {BELASTING: 0.99, FACTORING: 0.01}

    assert likeliest(topics, {"factoring": 7.0}, knowledge) == BELASTING
    assert likeliest(topics, {"factoring": 8.0}, knowledge) == FACTORING


def test_what_is_not_for_this_business_tells_nothing(knowledge: Knowledge) -> None:
    topics, likeness = {"personeel/werving": 0.5, "algemeen/regels_vergunning": 0.4}, {"brunssum-horeca": 5.0}

    assert likeliest(topics, likeness, knowledge, Profile(gemeente="brunssum")) == "algemeen/regels_vergunning"
    assert likeliest(topics, likeness, knowledge, Profile(gemeente="vaals")) == "personeel/werving"


def test_what_is_not_for_such_words_tells_nothing(knowledge: Knowledge) -> None:
    topics, likeness = {"financiering/zakelijke_hypotheek": 0.1, PRIVE: 0.8}, {"zakelijke-hypotheek": 7.0}

    assert (
        likeliest(topics, likeness, knowledge, text="de hypotheek op mijn zaak") == "financiering/zakelijke_hypotheek"
    )
    assert likeliest(topics, likeness, knowledge, text="de hypotheek op mijn eigen huis") == PRIVE


def test_what_the_engine_does_not_think_of_stays_out(knowledge: Knowledge) -> None:
    assert set(told({BELASTING: 0.6}, {"factoring": 9.0}, knowledge)) == {BELASTING}


def test_what_ended_tells_nothing(knowledge: Knowledge) -> None:
    ended = next(offer for offer in knowledge.offers.values() if offer.state == "ended" and offer.topics)
    topics = {BELASTING: 0.6, ended.topics[0]: 0.3}

    assert told(topics, {ended.id: 9.0}, knowledge) == pytest.approx(topics)


def test_probabilities_sum_to_what_they_summed_to(knowledge: Knowledge) -> None:
    topics, likeness = {BELASTING: 0.5, FACTORING: 0.3, NETWERKEN: 0.1}, {"factoring": 6.0, "bsg-netwerk": 4.0}

    assert sum(told(topics, likeness, knowledge).values()) == pytest.approx(0.9)


def test_whoever_is_in_distress_is_not_led_away_from_it(knowledge: Knowledge) -> None:
    assert likeliest({NOOD: 0.55, FACTORING: 0.4}, {"factoring": 7.0}, knowledge) == NOOD


def test_whoever_is_not_is_led_away_from_what_is_for_distress(knowledge: Knowledge) -> None:
    assert likeliest({NOOD: 0.3, NETWERKEN: 0.1}, {"biz-valkenburg": 6.0}, knowledge) == NETWERKEN


def test_no_offer_makes_distress_more_probable(knowledge: Knowledge) -> None:
    assert likeliest({NOOD: 0.3, "personeel/verzuim": 0.6}, {"imk-mkb-noodlijn": 6.5}, knowledge) == "personeel/verzuim"
