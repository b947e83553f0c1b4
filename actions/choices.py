"""Turns in which something that was offered is taken or left."""

from rasa_sdk import Tracker

from actions.conversation import Turn, pressed, said
from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply


class ShowMore(Turn):
    """Shows the next offers."""

    def name(self) -> str:
        """As the rules call it."""
        return "action_more"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        """See `Adviser`."""
        return adviser.more(dialogue)


class TellMore(Turn):
    """Tells everything about one offer."""

    def name(self) -> str:
        """As the rules call it."""
        return "action_tell_more"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        """See `Adviser`."""
        return adviser.tell_more(said(tracker), pressed(tracker, "offer"), dialogue)


class Affirm(Turn):
    """Takes a yes."""

    def name(self) -> str:
        """As the rules call it."""
        return "action_affirm"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        """See `Adviser`."""
        return adviser.affirm(dialogue)


class Deny(Turn):
    """Takes a no."""

    def name(self) -> str:
        """As the rules call it."""
        return "action_deny"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        """See `Adviser`."""
        return adviser.deny(dialogue)


class GoOnUnsure(Turn):
    """Goes on when the visitor does not know."""

    def name(self) -> str:
        """As the rules call it."""
        return "action_unsure"

    def reply(self, adviser: Adviser, tracker: Tracker, dialogue: Dialogue) -> Reply:
        """See `Adviser`."""
        return adviser.unsure(dialogue)
