"""Handovers are erased on request, and each kind of data when its time is over."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, select

from tests.handover.conftest import EMAIL, NAME, REQUEST, Answering, Cast
from wegwijzer.conversations.store import ConversationErasedError
from wegwijzer.database import transaction
from wegwijzer.errors import DatabaseUnavailableError
from wegwijzer.handover.answers import Reply
from wegwijzer.handover.contact import ContactCipher
from wegwijzer.handover.store import HandoverStore, UnknownHandoverError
from wegwijzer.handover.tables import HandoverRow


def handovers(cast: Cast) -> list[Any]:
    """Every handover that there is."""
    with transaction(cast.engine) as connection:
        return list(connection.execute(select(HandoverRow)).all())


def erased(cast: Cast, conversation: str) -> dict[str, int]:
    """Erase a conversation with all that it sent; how many rows of the latter."""
    counts = cast.conversations.erase(conversation, [cast.erasure])
    return {table: counts[table] for table in ("handovers", "outbox", "attempts")}


def test_the_receipt_counts_every_row(cast: Cast) -> None:
    conversation = cast.conversation()
    cast.store.send(conversation, REQUEST)
    cast.store.send(conversation, replace(REQUEST, draft="draft-0002"))
    cast.worker(Answering()).send_all()
    kept = cast.sent()

    assert erased(cast, conversation) == {"handovers": 2, "outbox": 2, "attempts": 2}
    assert set(erased(cast, conversation).values()) == {0}
    assert [row.id for row in handovers(cast)] == [kept]


def test_what_was_erased_is_not_sent(cast: Cast) -> None:
    conversation = cast.conversation()
    cast.store.send(conversation, REQUEST)
    erased(cast, conversation)
    channel = Answering()

    cast.worker(channel).send_all()

    assert channel.got == []


def test_what_is_erased_while_it_is_sent_leaves_nothing_behind(cast: Cast) -> None:
    conversation = cast.conversation()
    sent = cast.store.send(conversation, REQUEST)

    cast.worker(Answering([lambda: str(erased(cast, conversation))])).send_all()

    assert (cast.parcels(), cast.attempts()) == ([], [])
    with pytest.raises(UnknownHandoverError):
        cast.store.get(sent.id)


@pytest.fixture
def hasty(cast: Cast) -> Iterator[Engine]:
    """The same database for somebody who does not wait for a lock."""
    url = cast.engine.url
    impatience = {"options": f"{url.query.get('options')} -c lock_timeout=1"}
    engine = create_engine(url, connect_args={"timeout": 0} if url.get_backend_name() == "sqlite" else impatience)
    yield engine
    engine.dispose()


def test_nothing_is_sent_while_its_conversation_is_erased(cast: Cast, hasty: Engine) -> None:
    conversation = cast.conversation()
    elsewhere = HandoverStore(hasty, ContactCipher([cast.key]))

    class Meanwhile:
        """Sends a request after the erasure began and before it is done."""

        def erase_of(self, _connection: Connection, conversation: str) -> dict[str, int]:
            with pytest.raises(DatabaseUnavailableError):
                elsewhere.send(conversation, REQUEST)
            return {}

    cast.conversations.erase(conversation, [Meanwhile(), cast.erasure])

    with pytest.raises(ConversationErasedError):
        elsewhere.send(conversation, REQUEST)
    assert handovers(cast) == []


def test_a_handover_outlives_its_conversation_without_a_way_back(cast: Cast) -> None:
    conversation = cast.conversation()
    sent = cast.store.send(conversation, REQUEST)

    cast.conversations.erase(conversation)

    assert cast.store.get(sent.id) == sent
    assert cast.store.conversation_of(sent.id) is None


@pytest.mark.parametrize("reply", ["declined", "done"])
def test_contact_details_go_some_days_after_it_is_over(cast: Cast, reply: Reply) -> None:
    handover = cast.sent()
    cast.store.answer(handover, reply)
    cast.time.pass_by(days=30)
    assert cast.erasure.purge(30, 180)["contacts"] == 0
    cast.time.pass_by(seconds=1)

    assert cast.erasure.purge(30, 180) == {"contacts": 1, "handovers": 0}
    assert handovers(cast)[0].contact is None
    assert cast.store.get(handover).state == reply


@pytest.mark.parametrize("reply", [None, "accepted"])
def test_contact_details_of_what_is_not_over_stay(cast: Cast, reply: Reply | None) -> None:
    handover = cast.sent()
    if reply:
        cast.store.answer(handover, reply)
    cast.time.pass_by(days=100)

    assert cast.erasure.purge(30, 180) == {"contacts": 0, "handovers": 0}


def test_a_handover_goes_some_days_after_it_was_sent_whatever_became_of_it(cast: Cast) -> None:
    cast.sent()
    cast.time.pass_by(days=1)
    cast.worker(Answering()).send_all()
    young = cast.sent()
    cast.time.pass_by(days=179, seconds=1)

    assert cast.erasure.purge(30, 180)["handovers"] == 1
    assert [row.id for row in handovers(cast)] == [young]
    assert [row.handover_id for row in cast.parcels()] == [young]


def test_nothing_of_what_was_erased_is_left_in_the_files(cast: Cast) -> None:
    if cast.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its files to itself")
    marked = {**REQUEST.dossier.as_data(), "question": "Hoe koop ik een zwaardvechtersharnas?"}
    cast.sent(dossier=type(REQUEST.dossier).from_data(marked))
    cast.time.pass_by(days=181)

    assert "zwaardvechtersharnas" in in_files(cast)
    cast.erasure.purge(30, 180)
    assert "zwaardvechtersharnas" not in in_files(cast)


def test_contact_details_are_never_in_the_files(cast: Cast) -> None:
    if cast.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its files to itself")
    cast.sent()
    cast.worker(Answering()).send_all()

    assert not any(secret in in_files(cast) for secret in (NAME, EMAIL, "612345678"))


def in_files(cast: Cast) -> str:
    """All that the files of the database hold."""
    folder, name = (cast.engine.url.database or "").rsplit("/", 1)
    return "".join(file.read_bytes().decode("latin-1") for file in Path(folder).glob(f"{name}*"))
