"""The assessment can be lived with: forward, back, out and in again, and anything else in the middle is answered."""

from typing import Any

import pytest

from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said
from wegwijzer.knowledge.base import Knowledge

QUESTION = {"financiering/crowdfunding": 0.97}
NOTHING = {"nlu_fallback": 0.4}


class Talk:
    """A conversation with the adviser, as the actions hold it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.adviser = Adviser(knowledge)
        self.dialogue = Dialogue()
        self.count = len(knowledge.assessment.questions)

    def begin(self) -> Reply:
        """Press the button that begins the assessment."""
        return self._after(self.adviser.answer(Said("/assess"), self.dialogue, self.adviser.assess))

    def press(self, **pressed: str) -> Reply:
        """Press a button of the assessment."""
        return self._after(self.adviser.answer(Said("/assess", pressed=pressed), self.dialogue, self.adviser.assess))

    def say(self, text: str, **said: Any) -> Reply:
        """Type something that the engine takes for a question."""
        return self._after(self.adviser.answer(Said(text, **said), self.dialogue, self.adviser.question))

    def call(self, text: str, turn: str) -> Reply:
        """Type something that the engine takes for another kind of turn."""
        kind = getattr(self.adviser, turn)

        def reply(said: Said, dialogue: Dialogue) -> Reply:
            given = {"restart": (), "person": (said, dialogue)}.get(turn, (dialogue,))
            answer: Reply = kind(*given)
            return answer

        return self._after(self.adviser.answer(Said(text), self.dialogue, reply))

    def answer(self, times: int) -> None:
        """Give the first answer to so many questions."""
        for _ in range(times):
            self.say("1")

    def _after(self, reply: Reply) -> Reply:
        self.dialogue = reply.dialogue
        return reply


@pytest.fixture
def talk(knowledge: Knowledge) -> Talk:
    """A conversation in which the assessment has begun."""
    begun = Talk(knowledge)
    begun.begin()
    return begun


def text(reply: Reply) -> str:
    """All that is said in a reply."""
    return "\n".join(message.text or "" for message in reply.messages)


def titles(reply: Reply) -> list[str]:
    """The buttons under the last message."""
    return [button.title for button in reply.messages[-1].buttons]


def test_it_says_how_far_it_is_and_always_gives_a_way_out(knowledge: Knowledge) -> None:
    reply = Talk(knowledge).begin()

    assert "**Vraag 1 van 8**" in text(reply)
    assert {"Weet ik niet", "Sla over", "Stop met de check"} <= set(titles(reply))
    assert "Vorige vraag" not in titles(reply)
    assert reply.messages[-1].blocks[0] == {"type": "progress", "done": 0, "of": 8}


def test_an_answer_leads_to_the_next_question_and_back_to_the_one_before(talk: Talk) -> None:
    assert "**Vraag 2 van 8**" in text(talk.press(answer="plan/geen"))
    assert "**Vraag 1 van 8**" in text(talk.say("terug"))
    assert talk.dialogue.assessment is not None
    assert talk.dialogue.assessment.given == ()


@pytest.mark.parametrize("typed", ["sla over", "Weet ik niet", "geen idee", "overslaan graag", "doe maar de volgende"])
def test_a_question_can_be_skipped_in_words(talk: Talk, typed: str) -> None:
    assert "**Vraag 2 van 8**" in text(talk.say(typed))


def test_whoever_types_what_a_button_says_gets_what_it_does(talk: Talk) -> None:
    assert "**Vraag 2 van 8**" in text(talk.say("sla over"))
    assert "**Vraag 1 van 8**" in text(talk.say("Vorige vraag"))
    assert "**Vraag 2 van 8**" in text(talk.say("Weet ik niet"))
    assert "ook geen uitslag" in text(talk.say("Stop met de check"))


@pytest.mark.parametrize("typed", ["ik wil stoppen met de bedrijfscheck", "ik stop ermee", "stop met de check graag"])
def test_it_can_be_stopped_in_words(talk: Talk, typed: str) -> None:
    assert "ook geen uitslag" in text(talk.say(typed))


def test_whoever_asks_of_the_check_while_it_is_open_hears_of_it_and_sees_its_question_once(talk: Talk) -> None:
    reply = talk.begin()

    assert text(reply).count("**Vraag 1 van 8**") == 1
    assert text(reply).startswith("Aan het eind van de bedrijfscheck zie je per thema")


def test_there_is_nothing_before_the_first_question(talk: Talk) -> None:
    assert "verder terug kan niet" in text(talk.say("vorige vraag"))


def test_it_says_why_it_asks_and_on_what_that_leans(talk: Talk) -> None:
    reply = talk.say("waarom vraag je dat?")

    assert "OESO" in text(reply)
    assert "**Vraag 1 van 8**" in text(reply)


def test_own_words_are_an_answer(talk: Talk) -> None:
    assert "**Vraag 2 van 8**" in text(talk.say("gewoon per maand bekijken", answers={"plan/geen": 0.95}))


def test_what_was_made_of_own_words_is_said_but_not_what_a_button_says(talk: Talk) -> None:
    assert text(talk.say("wij kijken per maand", answers={"plan/geen": 0.95})).startswith(
        "Genoteerd: Ik kijk per maand."
    )
    assert text(talk.say("2")).startswith("Genoteerd: ")
    assert text(talk.press(answer="administratie/papier")).startswith("**Vraag 4 van 8**")
    assert text(talk.say("sla over")).startswith("**Vraag 5 van 8**")


@pytest.mark.parametrize("step", range(8))
def test_a_question_at_any_step_is_answered_and_nothing_of_the_assessment_changes(talk: Talk, step: int) -> None:
    talk.answer(step)
    before = talk.dialogue.assessment

    reply = talk.say("hoe werkt crowdfunding", topics=QUESTION)

    assert any(block["type"] == "offers" for message in reply.messages for block in message.blocks)
    assert f"**Vraag {step + 1} van 8**" in (reply.messages[-1].text or "")
    assert "In welke gemeente" not in text(reply)
    assert talk.dialogue.assessment == before


@pytest.mark.parametrize("step", range(8))
def test_what_is_not_understood_at_any_step_changes_nothing(talk: Talk, step: int) -> None:
    talk.answer(step)
    before = talk.dialogue.assessment

    reply = talk.say("xqz wfl", topics=NOTHING)

    assert "begreep ik niet" in text(reply)
    assert f"**Vraag {step + 1} van 8**" in text(reply)
    assert talk.dialogue.assessment == before


def test_what_is_told_of_the_business_is_kept_and_is_no_answer(talk: Talk) -> None:
    reply = talk.say("we zitten in Kerkrade", topics={"inform": 0.9}, answers={"plan/geen": 0.99})

    assert talk.dialogue.profile.gemeente == "kerkrade"
    assert "**Vraag 1 van 8**" in text(reply)


@pytest.mark.parametrize("step", [1, 4, 7])
def test_the_answer_before_can_be_corrected(talk: Talk, step: int) -> None:
    talk.answer(step)
    assert talk.dialogue.assessment is not None
    question = talk.dialogue.assessment.given[-1][0]

    reply = talk.say("nee, ik bedoel de tweede")

    assert talk.dialogue.assessment is not None
    assert talk.dialogue.assessment.given[-1][0] == question
    assert len(talk.dialogue.assessment.given) == step
    assert talk.dialogue.assessment.given[-1][1] != ""
    assert f"**Vraag {step + 1} van 8**" in text(reply)


@pytest.mark.parametrize("typed", ["geen van deze", "ik bedoel: heel iets anders", "nee, een ander antwoord"])
def test_whoever_says_that_none_fits_is_asked_which_one_is_meant(talk: Talk, typed: str) -> None:
    talk.answer(1)
    before = talk.dialogue.assessment

    reply = talk.say(typed, topics=NOTHING, answers={"plan/globaal": 0.99, "geld/bank": 0.99})

    assert "welk antwoord je bedoelt" in text(reply)
    assert talk.dialogue.assessment == before


def test_a_complaint_that_corrects_is_asked_which_answer_is_meant(talk: Talk) -> None:
    talk.answer(1)
    said = Said("ik bedoel toch weer wat anders", topics=NOTHING)

    reply = talk.adviser.answer(said, talk.dialogue, talk.adviser.complaint)

    assert "welk antwoord je bedoelt" in text(reply)
    assert "**Vraag 2 van 8**" in text(reply)


def test_a_complaint_about_an_answer_in_between_stays_one(talk: Talk) -> None:
    said = Said("nee, wat een slechte tips", topics=NOTHING)

    reply = talk.adviser.answer(said, talk.dialogue, talk.adviser.complaint)

    assert "Sorry" in text(reply)
    assert "**Vraag 1 van 8**" in text(reply)


def test_behind_a_correction_stands_no_answer_to_the_open_question(talk: Talk) -> None:
    talk.answer(1)

    talk.say("nee ik bedoel overslaan", topics=NOTHING)

    assert talk.dialogue.assessment is not None
    assert len(talk.dialogue.assessment.given) == 1


@pytest.mark.parametrize("typed", ["nee, 2", "nee, de tweede", "nee ik bedoel 2"])
def test_what_was_changed_is_said(talk: Talk, typed: str) -> None:
    talk.answer(1)

    assert text(talk.say(typed)).startswith("Aangepast bij vraag 1: Ik heb een ruw beeld.")


@pytest.mark.parametrize(
    "typed",
    [
        "bij vraag 1: 3",
        "nee, bij vraag 1 bedoel ik: ik heb een begroting",
        "Vraag 1 moet zijn: ik heb een begroting",
        "ik heb een begroting, bij vraag 1",
    ],
)
def test_an_earlier_answer_is_changed_by_the_number_of_its_question(talk: Talk, typed: str) -> None:
    talk.answer(3)

    reply = talk.say(typed)

    assert text(reply).startswith("Aangepast bij vraag 1: Ik heb een begroting.")
    assert "**Vraag 4 van 8**" in text(reply)
    assert talk.dialogue.assessment is not None
    assert talk.dialogue.assessment.given[0] == ("plan", "begroting")


@pytest.mark.parametrize("typed", ["terug naar vraag 2", "ik heb vraag 2 verkeerd ingevuld", "Vraag 2"])
def test_a_question_that_is_named_is_asked_again_and_the_others_are_kept(talk: Talk, typed: str) -> None:
    talk.answer(4)

    assert "**Vraag 2 van 8**" in text(talk.say(typed))
    assert "**Vraag 5 van 8**" in text(talk.say("3"))


@pytest.mark.parametrize("typed", ["naar vraag 7", "waar gaat vraag 1 over?", "vraag 12"])
def test_a_question_that_was_not_asked_yet_or_is_asked_about_stays_as_it_is(talk: Talk, typed: str) -> None:
    talk.answer(2)
    before = talk.dialogue.assessment

    assert "**Vraag 3 van 8**" in text(talk.say(typed, topics=NOTHING))
    assert talk.dialogue.assessment == before


def test_a_correction_that_is_no_answer_to_the_question_before_answers_nothing(talk: Talk) -> None:
    talk.answer(1)
    before = talk.dialogue.assessment

    reply = talk.say("nee ik bedoel eigenlijk nooit", topics=NOTHING, answers={"geld/niet": 0.99})

    assert talk.dialogue.assessment == before
    assert "**Vraag 2 van 8**" in text(reply)


def test_after_what_was_not_understood_a_correction_is_about_the_open_question(talk: Talk) -> None:
    talk.answer(1)
    talk.say("xqz wfl", topics=NOTHING)

    assert text(talk.say("ik bedoel 2")).startswith("Genoteerd: ")


@pytest.mark.parametrize("typed", ["ga verder", "verder graag", "hervat"])
def test_whoever_says_so_goes_on_where_it_was_paused(talk: Talk, typed: str) -> None:
    talk.answer(2)
    talk.say("pauze")
    talk.say("hoe werkt crowdfunding", topics=QUESTION)

    assert text(talk.say(typed, topics={"goodbye": 0.9})).startswith("**Vraag 3 van 8**")


@pytest.mark.parametrize("step", range(8))
def test_whoever_wants_a_person_gets_one_and_can_go_on_later(talk: Talk, step: int) -> None:
    talk.answer(step)

    reply = talk.call("ik wil iemand spreken", "person")

    assert any(block["type"] == "contacts" for message in reply.messages for block in message.blocks)
    assert "op pauze" in text(reply)
    assert f"**Vraag {step + 1} van 8**" in text(talk.begin())


def test_what_was_not_understood_points_at_the_answers(talk: Talk) -> None:
    assert "Kies hieronder een antwoord" in text(talk.say("xqz wfl", topics=NOTHING))


def test_starting_again_forgets_the_answers(talk: Talk) -> None:
    talk.answer(3)

    talk.call("opnieuw beginnen", "restart")

    assert talk.dialogue == Dialogue()


def test_in_despair_nobody_is_asked_on(talk: Talk) -> None:
    reply = talk.say("ik denk aan zelfmoord")

    assert "Vraag 1" not in text(reply)
    assert not talk.dialogue.is_assessing


def test_it_waits_until_it_is_asked_for(talk: Talk) -> None:
    talk.answer(2)

    assert "op pauze" in text(talk.say("pauze"))
    assert "**Vraag" not in text(talk.say("hoe werkt crowdfunding", topics=QUESTION))
    assert "**Vraag 3 van 8**" in text(talk.begin())


def test_stopping_early_gives_what_is_known_so_far(talk: Talk) -> None:
    talk.answer(3)

    reply = talk.say("ik stop")

    assert "met 3 van 8 vragen" in text(reply)
    result = reply.messages[0].blocks[0]
    assert [theme["level"] is None for theme in result["themes"]] == [False, False, True, True]


def test_stopping_without_answers_gives_no_result(talk: Talk) -> None:
    assert "ook geen uitslag" in text(talk.say("stop"))
    assert talk.dialogue.assessment is None


def test_the_last_answer_leads_to_levels_steps_offers_and_a_partner(talk: Talk) -> None:
    talk.answer(talk.count - 1)

    reply = talk.say("1")

    blocks = {block["type"]: block for message in reply.messages for block in message.blocks}
    assert len(blocks["result"]["themes"]) == 4
    assert len(blocks["result"]["steps"]) == 3
    assert len(blocks["offers"]["offers"]) == 3
    assert blocks["contacts"]["contacts"]
    assert "In welke gemeente" in text(reply)
    assert not talk.dialogue.is_assessing


def test_skipping_everything_gives_no_result(talk: Talk) -> None:
    for _ in range(talk.count - 1):
        talk.say("sla over")

    assert "een uitslag heb ik niet" in text(talk.say("sla over"))


def test_whoever_is_done_may_see_the_result_again_or_begin_afresh(talk: Talk) -> None:
    talk.answer(talk.count)

    assert titles(talk.begin()) == ["Toon mijn uitslag", "Begin opnieuw"]
    assert "dit is je uitslag" in text(talk.press(command="stop"))
    assert "**Vraag 1 van 8**" in text(talk.press(command="afresh"))


def test_a_button_of_before_corrects_that_answer(talk: Talk) -> None:
    talk.answer(2)

    reply = talk.press(answer="plan/begroting")

    assert talk.dialogue.assessment is not None
    assert dict(talk.dialogue.assessment.given)["plan"] == "begroting"
    assert "**Vraag 3 van 8**" in text(reply)


@pytest.mark.parametrize("pressed", [{"answer": "plan/nothing"}, {"answer": "x"}, {"command": "dance"}])
def test_a_button_that_nobody_made_asks_the_open_question_again(talk: Talk, pressed: dict[str, str]) -> None:
    assert "**Vraag 1 van 8**" in text(talk.press(**pressed))


def test_a_person_for_something_else_turns_the_talk_to_that(talk: Talk) -> None:
    talk.say("hoe werkt crowdfunding", topics=QUESTION)
    said = Said(
        "ik wil iemand spreken over mijn belastingschuld",
        topics={"ask_human": 0.98, "zwaar_weer/belastingschuld": 0.02},
    )

    after = talk.adviser.person(said, talk.dialogue.with_(offered=("innovatie/wbso",))).dialogue

    assert (after.topic, after.question) == ("zwaar_weer/belastingschuld", said.text)
    assert (after.shown, after.in_sight, after.offered) == ((), (), ())


def test_one_answer_is_not_called_a_good_way(talk: Talk) -> None:
    talk.say("4")

    assert "goed op weg" not in text(talk.say("stop"))
