"""Turns about people: the way to them, requests that were sent, and having everything erased."""

from functools import cache

from actions.conversation import Turn
from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.handing_over import SentRequest
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said
from wegwijzer.database import engine_for
from wegwijzer.handover.keys import contact_cipher
from wegwijzer.handover.partners import Partners
from wegwijzer.handover.store import HandoverStore
from wegwijzer.settings import get_settings


class HandToPerson(Turn):
    """Shows the way to a person."""

    action = "action_person"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.person(said, dialogue, sent_from(said.conversation))


class AskStatus(Turn):
    """Says what became of the requests of this conversation."""

    action = "action_status"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.status(sent_from(said.conversation), dialogue)


class Erase(Turn):
    """Says how to have everything erased."""

    action = "action_erase"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.erase(dialogue)


def sent_from(conversation: str) -> list[SentRequest]:
    """The requests that were sent from a conversation, the newest first."""
    return [SentRequest.of(handover, _partners()) for handover in _handovers().all_of(conversation)]


@cache
def _handovers() -> HandoverStore:
    settings = get_settings()
    return HandoverStore(engine_for(settings.database_url), contact_cipher(settings))


@cache
def _partners() -> Partners:
    return Partners.of(get_settings())
