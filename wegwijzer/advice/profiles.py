"""Shows what is known of a business, and forgets it."""

from collections.abc import Mapping
from dataclasses import replace

from wegwijzer.advice import buttons
from wegwijzer.advice.cards import label_of
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Message, Reply
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import PhraseBook
from wegwijzer.knowledge.profile import Profile


class Profiles:
    """The profile in conversations, with one snapshot of the knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._say = knowledge.sentences
        self._labels = {part.id: part.label for part in knowledge.vocabulary.parts}
        self._parts = PhraseBook((word, part.id) for part in knowledge.vocabulary.parts for word in part.words)

    def show(self, dialogue: Dialogue) -> Reply:
        """Every part that is known, with a button to forget it."""
        known = dialogue.profile.known()
        answered = dialogue.assessment.answered if dialogue.assessment else 0
        if not known and not answered:
            return Reply([Message(self._say.profile_empty)], dialogue)
        lines = [self._say.profile]
        lines += [f"• {self._labels[part]}: {label_of(self._knowledge, part, value)}" for part, value in known.items()]
        if answered:
            name, count = self._knowledge.assessment.name, len(self._knowledge.assessment.questions)
            lines.append(f"• {self._say.profile_assessment.format(name=name, answered=answered, count=count)}")
        lines.append(self._say.profile_correct)
        choices = [
            buttons.forget(self._say.button_forget.format(part=self._labels[part].lower()), part) for part in known
        ]
        return Reply(
            [Message("\n".join(lines), buttons=[*choices, buttons.forget(self._say.button_forget_all)])], dialogue
        )

    def forget(self, text: str, pressed: Mapping[str, str], dialogue: Dialogue) -> Reply:
        """Forget the part that is pressed or named in `text`; without one all of it, with the assessment."""
        named = [pressed["part"]] if "part" in pressed else [found.value for found in self._parts.find(text)]
        parts = [part for part in named if part in self._labels]
        if not parts:
            return Reply([Message(self._say.forgotten)], dialogue.with_(profile=Profile(), assessment=None, asked=None))
        profile = replace(dialogue.profile, **dict.fromkeys(parts))
        what = ", ".join(self._labels[part].lower() for part in dict.fromkeys(parts))
        return Reply([Message(self._say.forgotten_part.format(part=what))], dialogue.with_(profile=profile, asked=None))
