"""What a question is about by two witnesses: what the engine made of it, and the offers that it is like.

A question whose words mislead the engine ("with whom do I talk about my board game") may still be like how people ask
for one offer and no other.
"""

from collections import defaultdict
from collections.abc import Mapping
from math import exp

from wegwijzer.advice.said import Said
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import as_words, fitting
from wegwijzer.knowledge.profile import Profile

TELLING = 3.0
"""Up to this standard score the offers tell nothing: of 280 one or two are as much alike to any question."""
SURE_OF_DISTRESS = 0.5
"""From here on what the engine hears of somebody in distress is not weighed against anything."""


def weighed(said: Said, knowledge: Knowledge, profile: Profile) -> Mapping[str, float]:
    """The probabilities of topics, each times what the offer about that topic tells that is most like the question.

    For each standard deviation beyond TELLING a topic gets more probable by e. All sum to what they summed to before.
    What the engine does not think of at all stays out, and so does what is not for these words or for a business with
    this `profile`. Of distress the engine alone tells, and nobody who surely is in it is led away from it by what else
    was said.
    """
    topics = said.topics
    distress = {topic for topic in topics if topic in knowledge.topics and knowledge.topics[topic].contacts}
    if any(topics[topic] >= SURE_OF_DISTRESS for topic in distress):
        return topics
    words = as_words(said.text)
    nearest: dict[str, float] = defaultdict(lambda: TELLING)
    for name, score in said.likeness.items():
        offer = knowledge.offers.get(name) if score > TELLING else None
        if offer and offer.is_proposed and fitting(offer, profile, words):
            for topic in offer.topics:
                nearest[topic] = max(nearest[topic], score)
    told = {
        topic: chance * (1.0 if topic in distress else exp(nearest[topic] - TELLING))
        for topic, chance in topics.items()
    }
    before, after = sum(topics.values()), sum(told.values())
    return {topic: chance * before / after for topic, chance in told.items()} if after else topics
