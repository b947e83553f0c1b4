"""Explains proposals from the rules that made them: why this, why not that, and what another business would get."""

from collections.abc import Sequence

from wegwijzer.advice import buttons
from wegwijzer.advice.cards import OFFERS_AT_ONCE, Cards, Clock
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Message, Reply
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import judged, matches
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import Offer


class Explaining:
    """Explanations from one snapshot of the knowledge."""

    def __init__(self, knowledge: Knowledge, cards: Cards, today: Clock) -> None:
        self._knowledge = knowledge
        self._say = knowledge.sentences
        self._cards = cards
        self._today = today

    def why(self, offers: Sequence[Offer], dialogue: Dialogue) -> Reply:
        """For each offer what speaks for it, what is unknown and what speaks against it."""
        text = "\n\n".join(self._explained(offer, dialogue) for offer in offers)
        return Reply([Message(text, buttons=[buttons.person(self._say)])], dialogue.with_(misses=0))

    def what_if(self, mentioned: Profile, dialogue: Dialogue) -> Reply:
        """What comes and goes among the offers of the topic when the business were as `mentioned`."""
        if dialogue.topic is None:
            return Reply([Message(self._say.what_if_of_what, buttons=buttons.themes(self._knowledge))], dialogue)
        day, imagined = self._today(), dialogue.profile.updated(mentioned)
        now = {one.offer.id: one for one in matches(self._knowledge, dialogue.topic, dialogue.profile, day)}
        then = {one.offer.id: one for one in matches(self._knowledge, dialogue.topic, imagined, day)}
        lines = [self._say.what_if.format(facts=self._cards.facts(mentioned))]
        lines += self._change(self._say.what_if_comes, [one.offer for name, one in then.items() if name not in now])
        lines += self._change(self._say.what_if_goes, [one.offer for name, one in now.items() if name not in then])
        if len(lines) == 1:
            lines.append(self._say.what_if_same)
        first = list(then.values())[:OFFERS_AT_ONCE]
        blocks = [self._cards.offers(first, dialogue.topic, imagined)] if first else []
        forgotten = Message(self._say.what_if_forgotten)
        return Reply([Message("\n".join(lines), blocks), forgotten], dialogue.with_(misses=0, asked=None))

    def _change(self, sentence: str, offers: Sequence[Offer]) -> list[str]:
        names = ", ".join(offer.name for offer in offers[:OFFERS_AT_ONCE])
        rest = len(offers) - OFFERS_AT_ONCE
        more = self._say.what_if_more.format(count=rest) if rest > 0 else ""
        return [f"• {sentence.format(names=names + more)}"] if offers else []

    def _explained(self, offer: Offer, dialogue: Dialogue) -> str:
        found = judged(offer, dialogue.profile)
        speaks_against = [*self._no_longer(offer), *self._cards.mismatches(found, dialogue.profile)]
        lines = [f"**{offer.name}**"]
        reasons = self._cards.reasons(found, dialogue.topic, dialogue.profile, offer.id in dialogue.shown)
        lines += _points(self._say.why_fits, reasons)
        lines += _points(self._say.why_unknown, self._cards.unknowns(found))
        lines += _points(self._say.why_not, speaks_against)
        if speaks_against:
            lines.append(self._say.why_change)
        elif offer.id not in dialogue.shown:
            lines.append(self._elsewhere(offer, dialogue.topic))
        return "\n".join(lines)

    def _no_longer(self, offer: Offer) -> list[str]:
        state = offer.state_on(self._today())
        if state == "ended" and offer.ended:
            return [offer.ended.note]
        return [self._cards.state_in_words(offer)] if state in ("closed", "later") else []

    def _elsewhere(self, offer: Offer, topic: str | None) -> str:
        if topic is None or topic in offer.topics:
            return self._say.why_further_down
        return self._say.why_elsewhere.format(topic=self._knowledge.topics[offer.topics[0]].label.lower())


def _points(title: str, points: Sequence[str]) -> list[str]:
    return [title, *(f"• {point}" for point in points)] if points else []
