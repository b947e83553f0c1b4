"""A result can be kept behind a link for 30 days, holds nothing that was typed, and can be erased."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.store.conftest import TODAY, Talk, begin
from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.messages import Content
from wegwijzer.conversations.reports import ReportStore
from wegwijzer.conversations.store import ConversationErasedError, UnknownMessageError
from wegwijzer.conversations.tables import ReportRow
from wegwijzer.database import transaction

RESULT = {"type": "result", "name": "Bedrijfscheck", "themes": [], "steps": []}
OFFERS = {"type": "offers", "offers": [{"id": "wbso", "name": "WBSO"}]}


def with_result(talk: Talk) -> int:
    """The number of the message with the result that a turn ended in."""
    turn = talk.ask("cid-result", "Ik ben Jan en ik heb een bakkerij")
    first = talk.store.append(turn, Content({"text": "Je uitslag", "blocks": [RESULT]}))
    talk.store.close_turn(turn, Content({"text": "Aanbod", "blocks": [OFFERS]}))
    return int(first["id"])


def rows(engine: Engine) -> list[Any]:
    """Every report in the database."""
    with transaction(engine) as connection:
        return list(connection.execute(select(ReportRow.token_hash, ReportRow.blocks)).all())


def test_a_result_is_kept_with_the_offers_of_its_turn(talk: Talk, reports: ReportStore) -> None:
    token, last_day = reports.keep(talk.id, with_result(talk))
    report = reports.read(token)

    assert report is not None
    assert report.result == RESULT
    assert [offer["id"] for offer in report.offers] == ["wbso"]
    assert last_day == TODAY + timedelta(days=30)


def test_neither_the_token_nor_what_was_typed_is_stored(talk: Talk, reports: ReportStore, database: Engine) -> None:
    token, _ = reports.keep(talk.id, with_result(talk))

    stored = str(rows(database))
    assert token not in stored
    assert "bakkerij" not in stored


@pytest.mark.parametrize(("days", "there"), [(0, True), (30, True), (31, False)])
def test_it_can_be_read_for_thirty_days(
    talk: Talk, reports: ReportStore, database: Engine, days: int, there: bool
) -> None:
    token, _ = reports.keep(talk.id, with_result(talk))
    later = ReportStore(database, lambda: TODAY + timedelta(days=days))

    assert (later.read(token) is not None) == there
    assert later.erase_expired() == (0 if there else 1)


def test_a_message_without_a_result_cannot_be_kept(talk: Talk, reports: ReportStore) -> None:
    number = with_result(talk)

    for wrong in (1, number + 1, 999):
        with pytest.raises(UnknownMessageError):
            reports.keep(talk.id, wrong)


def test_the_result_of_another_cannot_be_kept(talk: Talk, reports: ReportStore) -> None:
    number = with_result(talk)

    with pytest.raises(UnknownMessageError):
        reports.keep(begin(talk.store).id, number)


def test_nothing_of_an_erased_conversation_is_kept(
    talk: Talk, reports: ReportStore, erasure: Erasure, database: Engine
) -> None:
    number = with_result(talk)
    erasure.erase(talk.id)

    with pytest.raises(ConversationErasedError):
        reports.keep(talk.id, number)
    assert rows(database) == []


def test_whoever_has_the_link_can_erase_it(talk: Talk, reports: ReportStore, database: Engine) -> None:
    token, _ = reports.keep(talk.id, with_result(talk))

    assert reports.erase("another") is False
    assert reports.erase(token) is True
    assert reports.read(token) is None
    assert rows(database) == []


def test_erasing_a_conversation_erases_its_reports_and_counts_them(
    talk: Talk, reports: ReportStore, erasure: Erasure
) -> None:
    token, _ = reports.keep(talk.id, with_result(talk))

    assert erasure.erase(talk.id)["reports"] == 1
    assert reports.read(token) is None


def test_a_report_outlives_a_conversation_that_was_silent_for_long(
    talk: Talk, reports: ReportStore, erasure: Erasure
) -> None:
    token, _ = reports.keep(talk.id, with_result(talk))

    assert erasure.erase_older_than(days=0) == 1
    assert reports.read(token) is not None


def test_of_two_days_only_the_later_one_is_expired(talk: Talk, database: Engine) -> None:
    number = with_result(talk)
    ReportStore(database, lambda: date(2026, 1, 1)).keep(talk.id, number)
    ReportStore(database, lambda: date(2026, 2, 1)).keep(talk.id, number)

    assert ReportStore(database, lambda: date(2026, 2, 2)).erase_expired() == 1
    assert len(rows(database)) == 1
