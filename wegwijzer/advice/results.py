"""Shows the result of the assessment: where the business stands, what can help first, and who can help with it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from wegwijzer.advice import buttons
from wegwijzer.advice.cards import OFFERS_AT_ONCE, PEOPLE_AT_ONCE, Cards, Clock
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Message, Reply
from wegwijzer.knowledge.assessment import Progress, Result, Standing, Step, result
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import Match, matches
from wegwijzer.knowledge.partners import partners


class Results:
    """The result with one snapshot of the knowledge."""

    def __init__(self, knowledge: Knowledge, cards: Cards, today: Clock) -> None:
        self._knowledge = knowledge
        self._say = knowledge.sentences
        self._cards = cards
        self._today = today

    def show(self, dialogue: Dialogue) -> Reply:
        """The result of the answers so far; the assessment is finished with it."""
        progress = dialogue.assessment or Progress()
        finished = dialogue.with_(assessment=replace(progress, finished=True, paused=False), offered=(), misses=0)
        if not progress.answered:
            return Reply([Message(self._say.assessment_nothing, buttons=buttons.themes(self._knowledge))], finished)
        found = result(self._knowledge.assessment, progress)
        standing = Message(self._opening(found), [self._block(found)])
        if not found.steps:
            return Reply([standing, Message(self._say.assessment_no_steps)], finished)
        return self._with_help(standing, found.steps, finished)

    def _with_help(self, standing: Message, steps: tuple[Step, ...], dialogue: Dialogue) -> Reply:
        fitting = list(self._fitting(steps, dialogue))[:OFFERS_AT_ONCE]
        shown = tuple(one.offer.id for _, one in fitting)
        topic = steps[0].topic
        cards = [
            card for about, one in fitting for card in self._cards.offers([one], about, dialogue.profile)["offers"]
        ]
        people = partners(self._knowledge, dialogue.profile.gemeente, topic, None, shown)[:PEOPLE_AT_ONCE]
        messages = [
            standing,
            *([Message(self._say.assessment_offers, [{"type": "offers", "offers": cards}])] if cards else []),
            Message(self._say.assessment_partner, [self._cards.contacts(people)], [buttons.person(self._say)]),
        ]
        return self._ask_where(
            Reply(messages, dialogue.with_(topic=topic, shown=shown, in_sight=shown, offer=None, alike=()))
        )

    def _ask_where(self, reply: Reply) -> Reply:
        """`reply`, and the question where the business is when nobody asked before: near help comes first."""
        dialogue = reply.dialogue
        if dialogue.profile.gemeente or "gemeente" in dialogue.already_asked:
            return reply
        asked = dialogue.with_(asked="gemeente", already_asked=(*dialogue.already_asked, "gemeente"))
        return Reply([*reply.messages, Message(self._say.ask_gemeente)], asked)

    def _fitting(self, steps: tuple[Step, ...], dialogue: Dialogue) -> Iterator[tuple[str, Match]]:
        """The best offer for each step, then the second best for each, and so on; every offer once."""
        found = [[(step.topic, one) for one in self._best_for(step, dialogue)] for step in steps]
        seen = set()
        for place in zip_longest(*found):
            for pair in place:
                if pair and pair[1].offer.id not in seen:
                    seen.add(pair[1].offer.id)
                    yield pair

    def _best_for(self, step: Step, dialogue: Dialogue) -> list[Match]:
        """The offers that fit, those that the step names in front."""
        found = matches(self._knowledge, step.topic, dialogue.profile, self._today())
        places = {name: place for place, name in enumerate(step.offers)}
        return sorted(found, key=lambda one: ("gemeente" in one.unknown, places.get(one.offer.id, len(places))))

    def _opening(self, found: Result) -> str:
        complete = found.answered == found.asked
        text = self._say.assessment_result if complete else self._say.assessment_partial
        return text.format(answered=found.answered, count=found.asked)

    def _block(self, found: Result) -> dict[str, Any]:
        return {
            "type": "result",
            "name": self._knowledge.assessment.name,
            "answered": found.answered,
            "asked": found.asked,
            "levels": [level.label for level in self._knowledge.assessment.levels],
            "themes": [self._theme(one) for one in found.standings],
            "steps": [self._step(step) for step in found.steps],
        }

    def _theme(self, one: Standing) -> dict[str, Any]:
        return {
            "id": one.theme,
            "label": self._knowledge.themes[one.theme].label,
            "level": one.level.label if one.level else None,
            "percent": round(100 * one.share) if one.level else None,
            "reasons": list(one.reasons),
        }

    def _step(self, step: Step) -> dict[str, Any]:
        label = self._knowledge.topics[step.topic].label
        return {"text": step.text, "topic": label, "buttons": [buttons.choose(label, step.topic).as_data()]}
