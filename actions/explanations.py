"""Turns about why something is proposed, and about what is known of the business."""

from actions.conversation import Turn
from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.advice.said import Said


class ExplainWhy(Turn):
    """Says why an offer is proposed or not."""

    action = "action_why"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.why(said, dialogue)


class ImagineAnother(Turn):
    """Says what another place, size or form would change."""

    action = "action_what_if"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.what_if(said, dialogue)


class ShowProfile(Turn):
    """Shows what is known of the business."""

    action = "action_profile"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.profile(dialogue)


class Forget(Turn):
    """Forgets what is known of the business."""

    action = "action_forget"

    def reply(self, adviser: Adviser, said: Said, dialogue: Dialogue) -> Reply:
        return adviser.forget(said, dialogue)
