"""From a claim to what is sent: the request with its contact details, the partner, and the links to answer with."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from wegwijzer.database import transaction
from wegwijzer.handover.answers import AnswerLinks
from wegwijzer.handover.channels.channel import Delivery, NotDeliveredError
from wegwijzer.handover.contact import ContactCipher, ContactUnreadableError
from wegwijzer.handover.dossier import Dossier
from wegwijzer.handover.outbox import Claim
from wegwijzer.handover.partners import Partners
from wegwijzer.handover.tables import HandoverRow


@dataclass(frozen=True)
class Deliveries:
    """Makes the delivery of a claim."""

    engine: Engine
    cipher: ContactCipher
    partners: Partners
    links: AnswerLinks

    def of(self, claim: Claim) -> Delivery | None:
        """What to send; None when it was erased meanwhile.

        Raises DatabaseUnavailableError, and NotDeliveredError when the partner or the contact details cannot be found.
        """
        with transaction(self.engine) as connection:
            row = connection.execute(select(HandoverRow).where(HandoverRow.id == claim.handover)).one_or_none()
        if row is None:
            return None
        partner = self.partners.find(row.partner)
        if partner is None:
            raise NotDeliveredError(f"{row.partner} has no record in knowledge/partners")
        if row.contact is None:
            raise NotDeliveredError("its contact details were erased", permanent=True)
        try:
            contact = self.cipher.decrypt(row.contact)
        except ContactUnreadableError as error:
            raise NotDeliveredError(str(error)) from error
        return Delivery(
            key=claim.key,
            reference=row.reference,
            partner=partner,
            topic=row.topic,
            dossier=Dossier.from_data(row.dossier),
            contact=contact,
            consent_text=row.consent_text,
            consented_at=row.consented_at,
            sent_at=row.created_at,
            answers=self.links.of(row.id, row.created_at),
        )
