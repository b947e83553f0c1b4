"""Turns in which something that was offered is taken or left."""

from actions.conversation import Turn
from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said


class ShowMore(Turn):
    """Shows the next offers."""

    action = "action_more"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.more(said, dialogue)


class TellMore(Turn):
    """Tells everything about one offer."""

    action = "action_tell_more"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.tell_more(said, dialogue)


class Affirm(Turn):
    """Takes a yes."""

    action = "action_affirm"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.affirm(dialogue)


class Deny(Turn):
    """Takes a no."""

    action = "action_deny"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.deny(dialogue)


class GoOnUnsure(Turn):
    """Goes on when the visitor does not know."""

    action = "action_unsure"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.unsure(dialogue)
