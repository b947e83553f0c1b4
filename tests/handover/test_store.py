"""A handover is stored with consent or not at all, seen only by whoever sent it, and answered in order."""

from dataclasses import replace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from tests.handover.conftest import CONSENT, CONTACT, EMAIL, NAME, NOON, REQUEST, Answering, Cast
from wegwijzer.conversations.store import ConversationErasedError
from wegwijzer.database import transaction
from wegwijzer.handover.answers import Reply
from wegwijzer.handover.consent import Consent, NoConsentError
from wegwijzer.handover.contact import ContactCipher
from wegwijzer.handover.dossier import Dossier
from wegwijzer.handover.fields import InvalidFieldError
from wegwijzer.handover.store import AnswerNotPossibleError, HandoverStore, UnknownHandoverError
from wegwijzer.handover.tables import HandoverRow, OutboxRow


def count(engine: Engine) -> tuple[int, int]:
    """How many handovers and rows in the outbox there are."""
    with transaction(engine) as connection:
        handovers, parcels = (
            connection.scalar(select(func.count()).select_from(table)) for table in (HandoverRow, OutboxRow)
        )
    return handovers or 0, parcels or 0


def stored(engine: Engine) -> Any:
    """The one handover as its row says it."""
    with transaction(engine) as connection:
        return connection.execute(select(HandoverRow)).one()


def test_a_handover_and_its_parcel_are_stored_together(cast: Cast) -> None:
    sent = cast.store.send(cast.conversation(), REQUEST)

    assert (sent.state, sent.partner, sent.created_at) == ("queued", "qredits", NOON)
    assert sent.consent == CONSENT
    assert sent.dossier == REQUEST.dossier
    assert [(row.handover_id, row.state, row.channel) for row in cast.parcels()] == [(sent.id, "waiting", "webhook")]


@pytest.mark.parametrize(
    "consent",
    [None, Consent("kvk", CONSENT.text, "1", NOON), Consent("qredits", " ", "1", NOON)],
    ids=["none", "for another partner", "to nothing"],
)
def test_nothing_is_stored_without_consent(cast: Cast, consent: Consent | None) -> None:
    with pytest.raises(NoConsentError):
        cast.store.send(cast.conversation(), replace(REQUEST, consent=consent))

    assert count(cast.engine) == (0, 0)


def test_the_database_itself_refuses_a_handover_without_consent(cast: Cast) -> None:
    cast.sent()
    row = {**stored(cast.engine)._mapping, "id": "x", "reference": "WW-X", "draft": "draft-0002", "consent_text": ""}

    with pytest.raises(IntegrityError), transaction(cast.engine) as connection:
        connection.execute(insert(HandoverRow).values(row))


def test_neither_the_name_nor_the_address_is_stored_in_the_clear(cast: Cast) -> None:
    cast.sent()

    row = stored(cast.engine)
    assert not any(secret in str(row) for secret in (NAME, EMAIL, "612345678"))
    assert cast.cipher.decrypt(row.contact) == CONTACT


def test_a_dossier_that_was_not_cleaned_is_redacted_when_it_is_stored(cast: Cast) -> None:
    cast.sent(dossier=Dossier(question="Mail me op sanne@bakkerij.nl"))

    assert stored(cast.engine).dossier["question"] == "Mail me op [e-mailadres]"


def test_the_same_draft_is_sent_once(cast: Cast) -> None:
    conversation = cast.conversation()

    first, again = cast.store.send(conversation, REQUEST), cast.store.send(conversation, REQUEST)

    assert again == first
    assert count(cast.engine) == (1, 1)


def test_the_same_draft_of_another_conversation_is_another_handover(cast: Cast) -> None:
    assert cast.sent() != cast.sent()


def test_an_erased_conversation_sends_nothing(cast: Cast) -> None:
    conversation = cast.conversation()
    cast.conversations.erase(conversation)

    with pytest.raises(ConversationErasedError):
        cast.store.send(conversation, REQUEST)

    assert count(cast.engine) == (0, 0)


@pytest.mark.parametrize("draft", ["", "short", "with space 1", "x" * 65, "x\x00yyyyyyyy"])
def test_a_draft_that_is_no_id_is_refused(cast: Cast, draft: str) -> None:
    with pytest.raises(InvalidFieldError):
        cast.store.send(cast.conversation(), replace(REQUEST, draft=draft))


def test_whoever_sent_it_can_ask_for_it(cast: Cast) -> None:
    conversation = cast.conversation()
    sent = cast.store.send(conversation, REQUEST)

    assert cast.store.of(conversation, sent.reference.lower().replace("-", " ")) == sent
    assert cast.store.all_of(conversation) == [sent]
    assert cast.store.conversation_of(sent.id) == conversation


def test_nobody_else_can_ask_for_it(cast: Cast) -> None:
    reference = cast.store.send(cast.conversation(), REQUEST).reference
    another = cast.conversation()

    with pytest.raises(UnknownHandoverError):
        cast.store.of(another, reference)
    assert cast.store.all_of(another) == []


def test_references_are_long_and_differ(cast: Cast) -> None:
    references = {cast.store.get(cast.sent()).reference for _ in range(20)}

    assert len(references) == 20
    assert all(len(reference) == 11 and reference.startswith("WW-") for reference in references)


@pytest.mark.parametrize("way", [("accepted", "done"), ("declined",), ("done",), ("accepted", "declined")])
def test_a_partner_answers(cast: Cast, way: tuple[Reply, ...]) -> None:
    handover = cast.sent()
    cast.worker(Answering()).send_all()

    for reply in way:
        cast.store.answer(handover, reply)

    assert cast.store.get(handover).state == way[-1]


def test_who_declines_says_why_and_who_is_better(cast: Cast) -> None:
    handover = cast.sent()

    declined = cast.store.answer(handover, "declined", "Dit is niet\nvoor ons", "kvk")

    assert (declined.reason, declined.next_partner) == ("Dit is niet voor ons", "kvk")


def test_the_same_answer_again_changes_nothing(cast: Cast) -> None:
    handover = cast.sent()
    first = cast.store.answer(handover, "declined", "Geen tijd")
    cast.time.pass_by(hours=1)

    assert cast.store.answer(handover, "declined", "Toch wel") == first


@pytest.mark.parametrize(("first", "then"), [("done", "accepted"), ("done", "declined"), ("declined", "accepted")])
def test_what_is_over_stays_over(cast: Cast, first: Reply, then: Reply) -> None:
    handover = cast.sent()
    cast.store.answer(handover, first)

    with pytest.raises(AnswerNotPossibleError):
        cast.store.answer(handover, then)
    assert cast.store.get(handover).state == first


def test_who_answers_has_got_it_so_that_it_is_not_sent_again(cast: Cast) -> None:
    handover = cast.sent()

    cast.store.answer(handover, "accepted")

    assert cast.worker(Answering()).send_all() == 0
    assert [row.state for row in cast.parcels()] == ["closed"]


def test_an_answer_to_nothing_is_unknown(cast: Cast) -> None:
    with pytest.raises(UnknownHandoverError):
        cast.store.answer("no-such-id", "done")


def test_contact_details_move_to_the_newest_key(cast: Cast) -> None:
    cast.sent()
    new = Fernet.generate_key().decode()

    assert HandoverStore(cast.engine, ContactCipher([new, cast.key])).rotate() == 1
    assert ContactCipher([new]).decrypt(stored(cast.engine).contact) == CONTACT
