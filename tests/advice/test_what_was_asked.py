"""What a question was like is remembered while its subject is spoken of, and no longer."""

from datetime import date

import pytest

from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said
from wegwijzer.knowledge.base import Knowledge

DAY = date(2026, 11, 28)
CREDIT = {"financiering/krediet": 0.98}
ELSEWHERE = "soob-transport"


@pytest.fixture
def adviser(knowledge: Knowledge) -> Adviser:
    """An adviser on a day of its own."""
    return Adviser(knowledge, lambda: DAY)


def shown(reply: Reply) -> list[str]:
    """The offers whose cards are in a reply."""
    blocks = [block for message in reply.messages for block in message.blocks if block["type"] == "offers"]
    return [card["id"] for block in blocks for card in block["offers"]]


def pressable(reply: Reply) -> set[str]:
    """The titles of all buttons of a reply."""
    return {button.title for message in reply.messages for button in message.buttons}


def asked(adviser: Adviser, **likeness: float) -> Reply:
    """What is answered to a question about credit that offers are like by so much."""
    alike = {name.replace("_", "-"): score for name, score in likeness.items()}
    return adviser.question(Said("ik zoek geld", CREDIT, likeness=alike), Dialogue())


def test_of_what_does_not_come_near_a_button_is_shown(adviser: Adviser) -> None:
    reply = asked(adviser, kredietunies=6.0)

    assert shown(reply) == ["kredietunies"]
    assert "Meer laten zien" in pressable(reply)
    assert "kredietunies" not in shown(adviser.more(Said("meer"), reply.dialogue))


def test_what_is_about_something_else_says_that_it_is_like_the_question(adviser: Adviser) -> None:
    reply = asked(adviser, soob_transport=9.0)

    why = adviser.why(Said("waarom dit?"), reply.dialogue)

    cards = [card for message in reply.messages for block in message.blocks for card in block["offers"]]
    assert cards[0]["why"][0] == "Lijkt op wat je vraagt"
    assert "Lijkt op wat je vraagt" in (why.messages[0].text or "")
    assert "Lijkt op" not in (adviser.why(Said("waarom niet wbso"), reply.dialogue).messages[0].text or "")


def test_without_a_question_three_are_shown(adviser: Adviser) -> None:
    assert len(shown(adviser.choose("financiering/krediet", Dialogue()))) == 3


def test_more_is_about_the_subject(adviser: Adviser, knowledge: Knowledge) -> None:
    reply = asked(adviser, kredietunies=6.0, soob_transport=3.0)

    rest = shown(adviser.more(Said("meer"), reply.dialogue))

    assert rest
    assert all("financiering/krediet" in knowledge.offers[name].topics for name in rest)


def test_the_question_counts_when_more_is_told_of_the_business(adviser: Adviser) -> None:
    dialogue = asked(adviser, kredietunies=6.0).dialogue

    assert shown(adviser.inform(Said("in heerlen", {"inform": 0.9}), dialogue))[0] == "kredietunies"


def test_the_question_counts_no_more_when_another_subject_is_pressed(adviser: Adviser) -> None:
    dialogue = asked(adviser, soob_transport=9.0).dialogue

    pressed = adviser.choose("financiering/lease_machines", dialogue)

    assert ELSEWHERE in shown(asked(adviser, soob_transport=9.0))
    assert ELSEWHERE not in shown(pressed)


def test_the_next_question_takes_the_place_of_the_last(adviser: Adviser) -> None:
    dialogue = asked(adviser, soob_transport=9.0).dialogue

    reply = adviser.question(Said("en een lening", CREDIT, likeness={"kredietunies": 6.0}), dialogue)

    assert ELSEWHERE not in shown(reply)


def test_the_first_of_a_short_block_is_not_one_of_the_block_before(adviser: Adviser) -> None:
    reply = last = asked(adviser, kredietunies=6.0)
    while shown(reply):
        last, reply = reply, adviser.more(Said("meer"), reply.dialogue)
    assert 0 < len(shown(last)) < 3

    told = adviser.tell_more(Said("de eerste"), last.dialogue)

    assert told.dialogue.offer == shown(last)[0]


def test_what_ended_is_followed_by_what_there_is_instead(adviser: Adviser) -> None:
    reply = adviser.named(Said("mijn digitale zaak"), Dialogue())

    assert "bestaat niet meer" in (reply.messages[0].text or "")
    assert "kvk-digitaliseringsscan" in shown(reply) or "edih-landelijk-loket" in shown(reply)


def test_what_there_is_instead_is_not_ordered_by_an_earlier_question(adviser: Adviser) -> None:
    dialogue = asked(adviser, soob_transport=9.0).dialogue

    assert ELSEWHERE not in shown(adviser.named(Said("mijn digitale zaak"), dialogue))


def test_a_tax_question_that_names_one_of_our_tax_schemes_is_answered(adviser: Adviser) -> None:
    tax = {"buiten_bereik/belasting": 0.9}

    assert shown(adviser.question(Said("krijg ik dan KIA?", tax), Dialogue()))[0] == "kia"
    assert shown(adviser.question(Said("hoe vul ik mijn aangifte in", tax), Dialogue())) == []
    assert shown(adviser.question(Said("moet ik een Bbz-uitkering opgeven", tax), Dialogue())) == []
