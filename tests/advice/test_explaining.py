"""What is proposed explains itself from the same rules, and what is known of a business is shown and forgotten."""

from copy import copy
from datetime import date

import pytest

from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.profile import Profile

DAY = date(2026, 11, 28)
INCOME = "zwaar_weer/inkomen_bbz"
CREDIT = {"financiering/krediet": 0.98}


@pytest.fixture
def adviser(knowledge: Knowledge) -> Adviser:
    """An adviser on a day of its own."""
    return Adviser(knowledge, lambda: DAY)


def text(reply: Reply) -> str:
    """All that is said in a reply."""
    return "\n".join(message.text or "" for message in reply.messages)


def shown(reply: Reply) -> list[str]:
    """The offers whose cards are in a reply."""
    blocks = [block for message in reply.messages for block in message.blocks if block["type"] == "offers"]
    return [card["id"] for block in blocks for card in block["offers"]]


def about(adviser: Adviser, topic: str, **profile: object) -> Dialogue:
    """The dialogue after a question about a topic."""
    known = Dialogue(profile=Profile(**profile))  # type: ignore[arg-type]
    return adviser.choose(topic, known).dialogue


def test_why_tells_what_speaks_for_each_offer_that_was_shown(adviser: Adviser) -> None:
    dialogue = about(adviser, INCOME, gemeente="heerlen")

    said = text(adviser.why(Said("waarom dit?"), dialogue))

    assert "**Bbz Heerlen**" in said
    assert "Voor ondernemers in Heerlen" in said
    assert said.count("Waarom het kan passen:") == 3


def test_why_of_one_that_is_pointed_at_is_about_that_one(adviser: Adviser) -> None:
    dialogue = about(adviser, INCOME, gemeente="heerlen")

    assert text(adviser.why(Said("waarom de tweede?"), dialogue)).count("**") == 2


def test_why_not_tells_the_criterion_and_what_is_known_of_the_business(adviser: Adviser) -> None:
    dialogue = about(adviser, INCOME, gemeente="vaals")

    said = text(adviser.why(Said("waarom niet bbz heerlen?"), dialogue))

    assert "Waarom het nu niet past:" in said
    assert "Alleen voor bedrijven in: Heerlen. Jij zit in Vaals." in said


@pytest.mark.parametrize(
    ("offer", "profile", "reason"),
    [
        ("msnp", {"rechtsvorm": "bv"}, "Jij hebt: Bv"),
        ("qredits microkrediet", {"bedrag": 4_000_000.0}, "€ 4.000.000"),
        ("stap-budget", {}, "niet past"),
    ],
)
def test_every_kind_of_reason_is_told(adviser: Adviser, offer: str, profile: dict[str, object], reason: str) -> None:
    dialogue = about(adviser, "financiering/krediet", **profile)

    assert reason in text(adviser.why(Said(f"waarom niet {offer}"), dialogue))


def test_what_fits_but_is_about_something_else_is_said_to_be(adviser: Adviser) -> None:
    dialogue = about(adviser, "financiering/krediet")

    assert "gaat over iets anders" in text(adviser.why(Said("waarom niet de wbso"), dialogue))


def test_why_without_anything_shown_is_an_ordinary_question(adviser: Adviser) -> None:
    reply = adviser.why(
        Said("waarom leent de bank mij niets", topics={"why": 0.6, "financiering/krediet": 0.3}), Dialogue()
    )

    assert reply.dialogue.topic == "financiering/krediet"


def test_another_place_is_imagined_and_not_remembered(adviser: Adviser) -> None:
    dialogue = about(adviser, INCOME, gemeente="kerkrade")

    reply = adviser.what_if(Said("wat als ik in Heerlen zat?"), dialogue)

    assert "Kan er dan bij komen: Bbz Heerlen" in text(reply)
    assert "Past dan niet meer: Bbz Kerkrade" in text(reply)
    assert "bbz-heerlen" in shown(reply)
    assert reply.dialogue.profile == Profile(gemeente="kerkrade")


def test_what_changes_nothing_is_said_to_change_nothing(adviser: Adviser) -> None:
    dialogue = about(adviser, INCOME, gemeente="kerkrade")

    assert "Er verandert niets" in text(adviser.what_if(Said("en als ik in Kerkrade zat"), dialogue))


def test_what_if_without_a_business_in_it_is_an_ordinary_question(adviser: Adviser) -> None:
    said = Said("wat als mijn werknemer ziek wordt", topics={"what_if": 0.7, "personeel/verzuim": 0.2})

    assert adviser.what_if(said, Dialogue()).dialogue.topic == "personeel/verzuim"


def test_what_is_known_is_shown_and_a_part_of_it_forgotten(adviser: Adviser) -> None:
    known = Dialogue(profile=Profile(gemeente="beek", medewerkers=12, bedrag=25_000.0))

    assert {"• Gemeente: Beek", "• Mensen in dienst: 12", "• Bedrag: € 25.000"} <= set(
        text(adviser.profile(known)).splitlines()
    )
    forgotten = adviser.forget(Said("/forget", pressed={"part": "gemeente"}), known).dialogue.profile
    assert forgotten == Profile(medewerkers=12, bedrag=25_000.0)
    assert adviser.forget(Said("vergeet hoeveel mensen ik heb"), known).dialogue.profile.medewerkers is None


def test_everything_can_be_forgotten(adviser: Adviser) -> None:
    known = Dialogue(profile=Profile(gemeente="beek", medewerkers=12))

    forgotten = adviser.forget(Said("vergeet alles"), known)

    assert not forgotten.dialogue.profile
    assert "nog niets" in text(adviser.profile(forgotten.dialogue))


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2026, 12, 31), "Open tot en met 31 december 2026"), (date(2027, 1, 1), "Gesloten sinds 31 december 2026")],
)
def test_what_closes_is_proposed_until_its_last_day(knowledge: Knowledge, day: date, state: str) -> None:
    offer = knowledge.offers["sib-vouchers"].model_copy(update={"state": "open"})
    changed = copy(knowledge)
    changed.offers = {offer.id: offer}
    adviser = Adviser(changed, lambda: day)

    proposed = adviser.choose(offer.topics[0], Dialogue())
    asked = adviser.named(Said("wat zijn de SIB-vouchers"), Dialogue())

    assert (shown(proposed) == ["sib-vouchers"]) == (day <= date(2026, 12, 31))
    cards = [card for message in asked.messages for block in message.blocks for card in block.get("offers", ())]
    assert [card["state_text"] for card in cards] == [state]


@pytest.mark.parametrize("gemeente", ["sittard-geleen", "beek", "stein", "simpelveld"])
def test_where_the_sources_leave_it_open_that_is_said_with_who_knows(adviser: Adviser, gemeente: str) -> None:
    reply = adviser.choose(INCOME, Dialogue(profile=Profile(gemeente=gemeente)))

    assert "niet zeker" in text(reply)
    assert any(block["type"] == "contacts" for message in reply.messages for block in message.blocks)
