"""What is said about requests to partners: what one would say, and what became of those that were sent.

Nothing is sent from here. The draft goes to the visitor, who changes it, agrees and sends it to the gateway.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from wegwijzer.advice import buttons
from wegwijzer.advice.cards import Cards, day_in_words, label_of
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Message, Reply
from wegwijzer.handover.partners import Partners
from wegwijzer.handover.store import Handover
from wegwijzer.handover.tables import State
from wegwijzer.knowledge.assessment import result
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.partners import partners
from wegwijzer.knowledge.records import Offer

PARTNERS_AT_ONCE = 3
OFFERS_DISCUSSED = 6


@dataclass(frozen=True)
class SentRequest:
    """A request of this conversation: to which organisation, what became of it and until when it should reply.

    `reason` and `next_partner` are what a partner that declined gave.
    """

    reference: str
    partner: str
    state: State
    reply_by: date | None = None
    reason: str | None = None
    next_partner: str | None = None

    @classmethod
    def of(cls, handover: Handover, partners: Partners) -> Self:
        """What is told of a handover; a partner that takes no requests any more has promised nothing."""
        partner = partners.find(handover.partner)
        reply_by = partner.reply_by(handover.created_at.date()) if partner else None
        known = (handover.reference, handover.partner, handover.state, reply_by, handover.reason, handover.next_partner)
        return cls(*known)


class HandingOver:
    """The handover in conversations, with one snapshot of the knowledge."""

    def __init__(self, knowledge: Knowledge, cards: Cards) -> None:
        self._knowledge = knowledge
        self._say = knowledge.sentences
        self._cards = cards

    def draft(self, dialogue: Dialogue) -> dict[str, Any]:
        """A block with what a request would say, and who could get it, the best first."""
        found = partners(
            self._knowledge, dialogue.profile.gemeente, dialogue.topic, self._told_about(dialogue), dialogue.shown
        )
        return {
            "type": "handover",
            "topic": dialogue.topic,
            "partners": [one.id for one in found[:PARTNERS_AT_ONCE]],
            "question": dialogue.question or "",
            "facts": self._facts(dialogue),
            "assessment": self._standings(dialogue),
            "offers": self._discussed(dialogue),
        }

    def status(self, sent: Sequence[SentRequest], dialogue: Dialogue) -> Reply:
        """What became of every request of this conversation, the newest first."""
        dialogue = dialogue.with_(misses=0)
        if not sent:
            return Reply([Message(self._say.status_none, buttons=[buttons.person(self._say)])], dialogue)
        return Reply([self.told(one) for one in sent], dialogue)

    def told(self, sent: SentRequest) -> Message:
        """What became of one request; with the next best route when it did not get anywhere."""
        text = getattr(self._say, f"status_{sent.state}").format(
            reference=sent.reference,
            partner=self.name_of(sent.partner),
            day=day_in_words(sent.reply_by) if sent.reply_by else "",
            reason=sent.reason or "",
        )
        if sent.state not in ("failed", "declined"):
            return Message(text)
        other = sent.next_partner if sent.next_partner in self._knowledge.organisations else None
        route = other or (sent.partner if sent.state == "failed" else self._say.person_default)
        contact = self._cards.contacts([self._knowledge.organisations[route]])
        return Message(" ".join(text.split()), [contact], [buttons.person(self._say)])

    def confirmation(self, reference: str, partner: str, reply_by: date) -> str:
        """What is said once a request is on its way."""
        return self._say.handover_sent.format(reference=reference, partner=partner, day=day_in_words(reply_by))

    def listed(self, dossier: Mapping[str, Any]) -> list[dict[str, str]]:
        """What a dossier says, line by line with its label."""
        say = self._say
        lines = [(say.handover_question, dossier["question"])]
        lines += [(fact["label"], fact["value"]) for fact in dossier["facts"]]
        lines += [(one["theme"], one["level"]) for one in dossier["assessment"]]
        offers = ", ".join(one["name"] for one in dossier["offers"])
        lines += [(say.handover_offers, offers), (say.handover_remarks, dossier["remarks"])]
        return [{"label": label, "value": value} for label, value in lines if value]

    def organisations(self) -> dict[str, str]:
        """The name of every organisation that can be reached, by its id, in alphabetical order."""
        reachable = [one for one in self._knowledge.organisations.values() if one.contact or one.url]
        return {one.id: one.name for one in sorted(reachable, key=lambda one: one.name.lower())}

    def erase(self, dialogue: Dialogue) -> Reply:
        """How to have everything erased; the visitor's own widget does it, after asking."""
        return Reply([Message(self._say.erase, [{"type": "erase"}])], dialogue.with_(misses=0))

    def _told_about(self, dialogue: Dialogue) -> Offer | None:
        return self._knowledge.offers.get(dialogue.offer or "")

    def _facts(self, dialogue: Dialogue) -> list[dict[str, str]]:
        labels = {part.id: part.label for part in self._knowledge.vocabulary.parts}
        known = dialogue.profile.known().items()
        return [{"label": labels[part], "value": label_of(self._knowledge, part, value)} for part, value in known]

    def _standings(self, dialogue: Dialogue) -> list[dict[str, str]]:
        if dialogue.assessment is None or not dialogue.assessment.finished:
            return []
        found = result(self._knowledge.assessment, dialogue.assessment)
        return [
            {"theme": self._knowledge.themes[one.theme].label, "level": one.level.label}
            for one in found.standings
            if one.level
        ]

    def _discussed(self, dialogue: Dialogue) -> list[dict[str, str | None]]:
        names = dict.fromkeys([*([dialogue.offer] if dialogue.offer else []), *dialogue.shown])
        offers = [self._knowledge.offers[name] for name in list(names)[:OFFERS_DISCUSSED]]
        return [{"name": offer.name, "url": str(offer.url) if offer.url else None} for offer in offers]

    def name_of(self, organisation: str) -> str:
        """What people call an organisation; its id when there is no record of it."""
        record = self._knowledge.organisations.get(organisation)
        return record.name if record else organisation
