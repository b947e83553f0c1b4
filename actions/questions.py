"""Turns in which something is asked or told."""

from actions.conversation import Turn
from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said


class AnswerQuestion(Turn):
    """Answers a question of any theme, out of scope or not understood; or goes on with what was pressed."""

    action = "action_answer"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.question(said, dialogue)


class AskByName(Turn):
    """Tells about an offer or organisation that is asked for by name."""

    action = "action_ask_name"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.named(said, dialogue)


class TakeInProfile(Turn):
    """Takes in what is told of the business, typed or pressed."""

    action = "action_inform"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.inform(said, dialogue)
