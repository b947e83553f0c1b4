"""Turns about the conversation itself."""

from actions.conversation import Turn
from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said


class Greet(Turn):
    """Says who this is and what it can do."""

    action = "action_greet"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.greet(dialogue)


class Help(Turn):
    """Says what it can do."""

    action = "action_help"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.help(dialogue)


class Assess(Turn):
    """Leads through the guided assessment."""

    action = "action_assess"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.assess(said, dialogue)


class Complain(Turn):
    """Apologises and shows the way to a person."""

    action = "action_complain"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.complaint(said, dialogue)


class StartAgain(Turn):
    """Forgets the conversation so far."""

    action = "action_start_over"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.restart()


class TakeThanks(Turn):
    """Answers thanks."""

    action = "action_thank"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.thanked(dialogue)


class SayGoodbye(Turn):
    """Answers a goodbye."""

    action = "action_goodbye"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.goodbye(dialogue)


class TellOfItself(Turn):
    """Says that it is no human."""

    action = "action_bot"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.about_itself(dialogue)


class TellOfPrivacy(Turn):
    """Says what is kept of a conversation."""

    action = "action_privacy"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.about_privacy(dialogue)
