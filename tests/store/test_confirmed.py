"""A question and the topic that was picked after it are an example for review; nothing else is."""

import pytest
from sqlalchemy import Engine

from tests.store.conftest import Talk
from wegwijzer.conversations.confirmed import Confirmed, confirmed
from wegwijzer.conversations.messages import Content
from wegwijzer.conversations.store import Question

TOPIC, THEME, OTHER = '/financiering{"topic": "financiering/factoring"}', '/personeel{"topic": "personeel"}', "/deny"


def offered(talk: Talk, cid: str, words: str, payload: str) -> None:
    """A typed question that is answered with one button, which is pressed."""
    turn = talk.ask(cid, words)
    button = f"b_{cid}"
    shown = {"text": "Bedoel je dit?", "buttons": [{"id": button, "title": "Dit"}]}
    talk.store.close_turn(turn, Content(shown, {button: ("Dit", payload)}))
    pressed = talk.store.open_turn(talk.id, f"{cid}-pressed", Question(button=button))
    talk.store.close_turn(pressed, Content({"text": "Dit kan passen."}))


def test_what_was_picked_after_a_question_confirms_its_topic(database: Engine, talk: Talk) -> None:
    offered(talk, "one", "klant betaalt laat", TOPIC)

    assert list(confirmed(database)) == [Confirmed(talk.id, "klant betaalt laat", "financiering/factoring")]


@pytest.mark.parametrize("payload", [THEME, OTHER])
def test_a_whole_theme_or_another_button_confirms_nothing(database: Engine, talk: Talk, payload: str) -> None:
    offered(talk, "one", "klant betaalt laat", payload)

    assert list(confirmed(database)) == []


def test_what_is_typed_after_a_question_confirms_nothing(database: Engine, talk: Talk) -> None:
    talk.answered("one")
    talk.answered("two")

    assert list(confirmed(database)) == []


def test_it_goes_with_its_conversation(database: Engine, talk: Talk) -> None:
    offered(talk, "one", "klant betaalt laat", TOPIC)
    talk.store.erase(talk.id)

    assert list(confirmed(database)) == []
