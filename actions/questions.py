"""Turns in which something is asked or told."""

from rasa_sdk import Tracker

from actions.conversation import Turn, pressed, said
from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.knowledge.profile import Profile


class AnswerQuestion(Turn):
    """Answers a question of any theme, out of scope or not understood; or goes on with what was pressed."""

    action = "action_answer"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        topic = pressed(tracker, "topic")
        return adviser.choose(topic, dialogue) if topic else adviser.question(said(tracker), dialogue)


class AskByName(Turn):
    """Tells about an offer or organisation that is asked for by name."""

    action = "action_ask_name"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        return adviser.named(said(tracker), dialogue)


class TakeInProfile(Turn):
    """Takes in what is told of the business, typed or pressed."""

    action = "action_inform"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        fase = pressed(tracker, "fase")
        if fase:
            return adviser.fill_in(Profile(fase=fase), dialogue)
        return adviser.inform(said(tracker), dialogue)
