"""The desk between visitors and partners: drafts a request from what was said, sends it, and takes the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from wegwijzer.advice.handing_over import HandingOver, SentRequest
from wegwijzer.conversations.messages import Content, content_of
from wegwijzer.conversations.store import ConversationErasedError, ConversationStore, UnknownMessageError
from wegwijzer.errors import WegwijzerError
from wegwijzer.handover.answers import AnswerLinks, Reply, Ticket
from wegwijzer.handover.clock import Clock
from wegwijzer.handover.consent import ConsentForm
from wegwijzer.handover.contact import Contact
from wegwijzer.handover.dossier import Dossier
from wegwijzer.handover.fields import InvalidFieldError
from wegwijzer.handover.partners import Partner, Partners
from wegwijzer.handover.store import Handover, HandoverStore, Request
from wegwijzer.web.requests import AnswerHandover, SendHandover

T = TypeVar("T")
BLOCK = "handover"
DRAFT_PARTS = ("question", "facts", "assessment", "offers")


class UnknownPartnerError(WegwijzerError):
    """This partner takes no requests, or is not among those that were proposed."""


@dataclass(frozen=True)
class Desk:
    """Takes requests from visitors and answers from partners. Every method is synchronous."""

    store: ConversationStore
    handovers: HandoverStore
    partners: Partners
    consent: ConsentForm
    links: AnswerLinks
    words: HandingOver
    clock: Clock

    def draft(self, conversation: str, number: int) -> dict[str, Any]:
        """What a request would say, and who could get it. Raises UnknownMessageError."""
        block = self._block(conversation, number)
        draft = {**{part: block[part] for part in DRAFT_PARTS}, "remarks": ""}
        return {"draft": draft, "partners": [self._told(one) for one in self.partners.among(block["partners"])]}

    def send(self, conversation: str, asked: SendHandover) -> tuple[Handover, Partner, dict[str, Any]]:
        """Store a request and confirm it in the conversation; the same again changes nothing.

        Raises UnknownMessageError, UnknownPartnerError, NoConsentError, InvalidFieldError and
        ConversationErasedError.
        """
        block = self._block(conversation, asked.message)
        partner = self.partners.find(asked.partner) if asked.partner in block["partners"] else None
        if partner is None:
            raise UnknownPartnerError("this partner was not proposed")
        request = Request(
            draft=f"m{asked.message:07d}-{asked.partner}"[:64],
            partner=partner,
            topic=block["topic"],
            dossier=_read("draft", Dossier.from_data, asked.draft),
            contact=_read("contact", Contact.from_data, asked.contact),
            consent=self.consent.given(partner, asked.consent, self.clock()),
        )
        handover = self.handovers.send(conversation, request)
        return handover, partner, self.store.note(conversation, handover.reference, self._receipt(handover, partner))

    def state(self, conversation: str, reference: str) -> dict[str, Any]:
        """How a request of this conversation stands. Raises UnknownHandoverError."""
        handover = self.handovers.of(conversation, reference)
        return {"reference": handover.reference, "state": handover.state, "reason": handover.reason}

    def opened(self, token: str) -> tuple[Ticket, Handover]:
        """What a partner's link allows, and of which request.

        Raises LinkInvalidError, LinkExpiredError and UnknownHandoverError.
        """
        ticket = self.links.read(token, self.clock())
        return ticket, self.handovers.get(ticket.handover)

    def answer(self, token: str, asked: AnswerHandover) -> Handover:
        """Keep what a partner answered, and tell it in the conversation when that is still there.

        Raises as `opened`, and AnswerNotPossibleError.
        """
        ticket, before = self.opened(token)
        after = self.handovers.answer(before.id, ticket.reply, asked.reason, asked.next_partner or None)
        conversation = self.handovers.conversation_of(after.id)
        if conversation:
            self._tell(conversation, after, ticket.reply)
        return after

    def _tell(self, conversation: str, handover: Handover, reply: Reply) -> None:
        message = self.words.told(SentRequest.of(handover, self.partners))
        try:
            self.store.note(conversation, f"{handover.reference}-{reply}", content_of(message.as_data()))
        except ConversationErasedError:
            return

    def _block(self, conversation: str, number: int) -> dict[str, Any]:
        blocks = self.store.message(conversation, number).get("blocks", [])
        found: dict[str, Any] | None = next((block for block in blocks if block["type"] == BLOCK), None)
        if found is None:
            raise UnknownMessageError("nothing can be sent from this message")
        return found

    def _told(self, partner: Partner) -> dict[str, Any]:
        consent = self.consent.shown(partner)
        words = {"text": consent.text, "version": consent.version}
        # In a demo one stands in for all; who is chosen among should still be told apart.
        is_demo = partner.way.kind == "sandbox"
        name = f"{self.words.name_of(partner.id)} (proef)" if is_demo else partner.name
        known = {"id": partner.id, "name": name, "hours": partner.hours, "reply_days": partner.reply_days}
        return {**known, "consent": words}

    def _receipt(self, handover: Handover, partner: Partner) -> Content:
        day = partner.reply_by(handover.created_at.date())
        block = {
            "type": "receipt",
            "reference": handover.reference,
            "partner": partner.name,
            "reply_by": day.isoformat(),
            "sent": self.words.listed(handover.dossier.as_data()),
        }
        return content_of({"text": self.words.confirmation(handover.reference, partner.name, day), "blocks": [block]})


def _read(part: str, read: Callable[[object], T], given: object) -> T:
    try:
        return read(given)
    except InvalidFieldError as error:
        raise InvalidFieldError(f"{part}.{error.field}", error.message) from None
