"""The store keeps conversations, lets one turn run at a time, and finds what it knows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from tests.store.conftest import GREETING, SESSION_MINUTES, Talk, begin
from wegwijzer.conversations.messages import Content
from wegwijzer.conversations.store import (
    ConversationErasedError,
    ConversationStore,
    Question,
    SessionExpiredError,
    Turn,
    TurnInProgressError,
    UnknownButtonError,
    UnknownMessageError,
    UnknownTurnError,
)
from wegwijzer.conversations.tables import ConversationRow

PATIENT_SECONDS = 30

ANSWER = Content({"text": "Een regeling."})


def test_a_new_conversation_tells_its_token_and_greeting(store: ConversationStore) -> None:
    token, messages = store.start("demo", "https://example.nl", [GREETING])

    assert messages == [{"id": 1, "role": "assistant", **GREETING.shown}]
    assert store.enter(token).origin == "https://example.nl"


def test_a_token_that_nobody_has_opens_nothing(store: ConversationStore, talk: Talk) -> None:
    for token in ("", "nonsense", talk.id, talk.token + "x", talk.token[:-1]):
        with pytest.raises(SessionExpiredError):
            store.enter(token)


def test_a_token_is_not_in_the_database(database: Engine, talk: Talk) -> None:
    with database.connect() as connection:
        row = connection.execute(text("SELECT * FROM conversations")).one()

    assert talk.token not in str(row)


@pytest.mark.parametrize(("minutes", "alive"), [(SESSION_MINUTES - 1, True), (SESSION_MINUTES + 1, False)])
def test_a_session_lives_as_long_as_something_is_said(
    store: ConversationStore, database: Engine, talk: Talk, minutes: int, alive: bool
) -> None:
    move_back(database, talk, timedelta(minutes=minutes))

    assert is_alive(store, talk) == alive


def test_a_question_makes_a_session_live_on(store: ConversationStore, database: Engine, talk: Talk) -> None:
    move_back(database, talk, timedelta(minutes=SESSION_MINUTES - 1))
    talk.ask("cid-0001")
    move_back(database, talk, timedelta(minutes=2))

    assert is_alive(store, talk)


def move_back(database: Engine, talk: Talk, time: timedelta) -> None:
    """Let a conversation have been silent for longer."""
    with Session(database) as session, session.begin():
        row = session.get_one(ConversationRow, talk.id)
        row.active_at -= time


def is_alive(store: ConversationStore, talk: Talk) -> bool:
    """Whether the token still opens the conversation."""
    try:
        store.enter(talk.token)
    except SessionExpiredError:
        return False
    return True


def test_a_new_turn_has_the_message_for_the_engine(talk: Talk) -> None:
    assert talk.ask("cid-0001", "geld") == Turn(talk.id, "cid-0001", "new", "geld")


def test_a_turn_is_found_again_by_its_cid(talk: Talk) -> None:
    turn = talk.ask("cid-0001")
    assert talk.ask("cid-0001").state == "open"

    talk.store.close_turn(turn, ANSWER)

    assert talk.ask("cid-0001").state == "closed"
    assert talk.store.open_turn(talk.id, "cid-0001", Question()).state == "closed"


def test_a_turn_that_nobody_began_is_not_found(talk: Talk) -> None:
    with pytest.raises(UnknownTurnError):
        talk.store.open_turn(talk.id, "cid-0001", Question())


def test_a_second_turn_waits_for_the_first(talk: Talk) -> None:
    first = talk.ask("cid-0001")
    with pytest.raises(TurnInProgressError):
        talk.ask("cid-0002")

    talk.store.close_turn(first, ANSWER)

    assert talk.ask("cid-0002").state == "new"


def test_a_refused_turn_leaves_nothing(talk: Talk) -> None:
    talk.ask("cid-0001")
    for question in (Question(text="nog een"), Question(button="b_none")):
        with pytest.raises((TurnInProgressError, UnknownButtonError)):
            talk.store.open_turn(talk.id, "cid-0002", question)

    messages, pending = talk.store.history(talk.id, 0)
    assert (len(messages), pending) == (2, "cid-0001")


def test_of_many_turns_at_once_one_begins(talk: Talk) -> None:
    ready = threading.Barrier(8)

    def ask(number: int) -> bool:
        ready.wait()
        try:
            return talk.ask(f"cid-000{number}").state == "new"
        except TurnInProgressError:
            return False

    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(ask, range(8)))

    assert begun.count(True) == 1
    assert len(talk.store.history(talk.id, 0)[0]) == 2


def test_conversations_do_not_wait_for_each_other(talk: Talk) -> None:
    talk.ask("cid-0001")

    assert begin(talk.store).ask("cid-0001").state == "new"


def test_a_pressed_button_says_its_title_and_gives_what_is_behind_it(talk: Talk) -> None:
    turn = talk.store.open_turn(talk.id, "cid-0001", Question(button="b_1"))

    assert turn.message == "/choose{}"
    assert talk.store.history(talk.id, 1)[0] == [{"id": 2, "role": "visitor", "text": "Geld"}]


def test_a_button_of_another_conversation_is_unknown(talk: Talk) -> None:
    with pytest.raises(UnknownButtonError):
        talk.store.open_turn(begin(talk.store).id, "cid-0001", Question(button="b_1"))


def test_an_answer_is_told_in_order(talk: Talk) -> None:
    turn = talk.ask("cid-0001")
    for words in ("een", "twee"):
        talk.store.append(turn, Content({"text": words}))

    assert [message["text"] for message in talk.store.answer(talk.id, "cid-0001")] == ["een", "twee"]
    assert [message["id"] for message in talk.store.history(talk.id, 0)[0]] == [1, 2, 3, 4]


def test_an_answer_holds_only_its_own_turn(talk: Talk) -> None:
    talk.answered("cid-0001", "een")
    talk.answered("cid-0002", "twee")

    assert [message["text"] for message in talk.store.answer(talk.id, "cid-0001")] == ["een"]


@pytest.mark.parametrize("words", ["🍞 brood", "<script>", "'; DROP TABLE messages; --", '{"a": 1}', "é" * 500])
def test_any_words_come_back_as_they_were(talk: Talk, words: str) -> None:
    talk.ask("cid-0001", words)

    assert talk.store.history(talk.id, 1)[0][0]["text"] == words


def test_what_was_cut_off_is_found_with_its_question(talk: Talk) -> None:
    talk.answered("cid-0001")
    talk.ask("cid-0002", "Waar vind ik geld?")

    assert talk.store.open_turns() == [Turn(talk.id, "cid-0002", "open", "Waar vind ik geld?")]


def test_an_unfinished_turn_knows_what_the_engine_was_asked_by_a_button(talk: Talk) -> None:
    talk.store.open_turn(talk.id, "cid-0001", Question(button="b_1"))

    assert talk.store.open_turns() == [Turn(talk.id, "cid-0001", "open", "/choose{}")]


def test_a_button_with_a_long_title_is_kept(talk: Talk) -> None:
    title = "Vertel meer over " + "een regeling met een lange naam " * 10
    talk.store.close_turn(talk.ask("cid-0001"), Content({"text": "Kijk:"}, {"b_2": (title, "/more{}")}))

    talk.store.open_turn(talk.id, "cid-0002", Question(button="b_2"))

    assert talk.store.history(talk.id, 0)[0][-1]["text"] == title


def test_an_opinion_replaces_the_one_before(talk: Talk) -> None:
    talk.store.rate(talk.id, 1, True, "goed")
    talk.store.rate(talk.id, 1, False, None)

    assert talk.store.history(talk.id, 0)[0][0]["helpful"] is False


@pytest.mark.parametrize("number", [0, 2, 99])
def test_only_a_message_of_the_assistant_can_be_rated(talk: Talk, number: int) -> None:
    talk.ask("cid-0001")

    with pytest.raises(UnknownMessageError):
        talk.store.rate(talk.id, number, True, None)


def test_any_reason_can_be_kept(talk: Talk) -> None:
    talk.store.rate(talk.id, 1, False, "r" * 300)

    assert talk.store.history(talk.id, 0)[0][0]["helpful"] is False


def test_what_is_erased_cannot_go_on(talk: Talk) -> None:
    turn = talk.ask("cid-0001")
    talk.store.erase(talk.id)

    with pytest.raises(ConversationErasedError):
        talk.store.append(turn, ANSWER)
    with pytest.raises(ConversationErasedError):
        talk.store.close_turn(turn, ANSWER)
    with pytest.raises(ConversationErasedError):
        talk.ask("cid-0002")


@pytest.mark.parametrize("step", ["append", "close_turn"])
def test_what_is_erased_in_the_middle_of_a_step_cannot_go_on_either(database: Engine, talk: Talk, step: str) -> None:
    turn = talk.ask("cid-0001")
    writes = threading.Event()
    with database.connect() as other, ThreadPoolExecutor(1) as pool:
        other.execute(text("DELETE FROM conversations"))
        event.listen(database, "before_cursor_execute", lambda *call: writes.set() if is_write(call[2]) else None)
        taken = pool.submit(getattr(talk.store, step), turn, ANSWER)
        assert writes.wait(PATIENT_SECONDS)
        other.commit()

    with pytest.raises(ConversationErasedError):
        taken.result()


def is_write(statement: str) -> bool:
    """Whether a statement changes messages or turns."""
    return statement.startswith(("INSERT INTO messages", "UPDATE turns", "UPDATE conversations"))
