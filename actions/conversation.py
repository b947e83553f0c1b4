"""Between Rasa and the adviser: a slot becomes a dialogue, a reply becomes messages and that slot."""

from abc import ABC, abstractmethod
from functools import cache, lru_cache, partial
from time import monotonic
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import SLOT, Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said
from wegwijzer.conversations.rankings import chances
from wegwijzer.database import engine_for
from wegwijzer.knowledge.asking import ways_to_ask
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.likeness import Vectors, together
from wegwijzer.knowledge.store import KnowledgeStore
from wegwijzer.knowledge.wording import Wording
from wegwijzer.settings import get_settings


class Turn(Action, ABC):  # abstract for the action server too, or it would register this one
    """A turn of the conversation: the adviser answers, the dialogue after it goes into its slot."""

    action: ClassVar[str]
    """What the rules call it."""

    def name(self) -> str:
        """The name under which the action server registers this turn."""
        return self.action

    @abstractmethod
    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        """What to say, by the method of `Adviser` for this kind of turn."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Answer the latest message."""
        adviser, before = current_adviser(), Dialogue.from_data(tracker.get_slot(SLOT))
        said = said_in(tracker, adviser)
        reply = adviser.in_their_language(said, adviser.answer(said, before, partial(self.reply, adviser)))
        for message in reply.messages:
            dispatcher.utter_message(json_message=message.as_data())
        return [SlotSet(SLOT, reply.dialogue.as_data())] if reply.dialogue != before else []


def said_in(tracker: Tracker, adviser: Adviser) -> Said:
    """What the visitor typed or pressed, as the engine understood it."""
    latest = tracker.latest_message
    text, vectors = latest.get("text") or "", _vectors_of(adviser)
    by_meaning = vectors.offers(latest.get("sentence_vector"))
    return Said(
        text,
        topics=chances(latest.get("topic_ranking")),
        parts=tuple(chances(ranking) for ranking in latest.get("part_rankings") or ()),
        likeness=together(by_meaning, _wording_of(adviser).offers(text)) if by_meaning else {},
        answers=vectors.answers(latest.get("sentence_vector")),
        pressed={entity["entity"]: entity["value"] for entity in latest.get("entities") or []},
        conversation=tracker.sender_id,
    )


def current_adviser() -> Adviser:
    """The adviser over the knowledge as the database has it now, or had it less than a second ago."""
    return _adviser_in(int(monotonic()))


@lru_cache(maxsize=1)
def _adviser_in(_second: int) -> Adviser:
    return _adviser_over(_store().current())


@cache
def _store() -> KnowledgeStore:
    return KnowledgeStore(engine_for(get_settings().database_url))


@lru_cache(maxsize=1)
def _adviser_over(knowledge: Knowledge) -> Adviser:
    # The store hands out the same snapshot until the knowledge changes.
    return Adviser(knowledge, get_settings().current_day)


@lru_cache(maxsize=1)
def _vectors_of(_adviser: Adviser) -> Vectors:
    # Read anew with every new snapshot of the knowledge.
    return Vectors(engine_for(get_settings().database_url))


@lru_cache(maxsize=1)
def _wording_of(_adviser: Adviser) -> Wording:
    return Wording(ways_to_ask(_store().current()))
