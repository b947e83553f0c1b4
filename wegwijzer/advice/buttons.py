"""The buttons of the dialogue: the one place that knows how a press reaches the engine."""

import json
from collections.abc import Iterable

from wegwijzer.advice.decision import theme_of
from wegwijzer.advice.reply import Button
from wegwijzer.knowledge.assessment import Answer, Question
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.records import Choice, Offer
from wegwijzer.knowledge.sentences import Sentences

PERSON = "/ask_human"


def choose(title: str, topic: str) -> Button:
    """Go on with `topic` (`theme/topic`), or show the topics when it is a whole theme."""
    return Button(title, _payload(theme_of(topic), topic=topic))


def tell_more(title: str, offer: Offer) -> Button:
    """Everything about `offer`."""
    return Button(title, _payload("tell_more", offer=offer.id))


def fill_in(choice: Choice, part: str) -> Button:
    """Say that `part` of the profile has the value of `choice`."""
    return Button(choice.label, _payload("inform", **{part: choice.id}))


def assessment(title: str) -> Button:
    """Begin the assessment, or go on with it."""
    return Button(title, "/assess")


def answer(question: Question, choice: Answer) -> Button:
    """Give this answer to a question of the assessment."""
    return Button(choice.label, _payload("assess", answer=f"{question.id}/{choice.id}"))


def command(title: str, name: str) -> Button:
    """A step in the assessment: `back`, `skip`, `unknown`, `pause`, `stop` or `afresh`."""
    return Button(title, _payload("assess", command=name))


def forget(title: str, part: str | None = None) -> Button:
    """Have a part of the profile forgotten, or all of it."""
    return Button(title, _payload("forget", part=part) if part else "/forget")


def more(sentences: Sentences) -> Button:
    """The next offers."""
    return Button(sentences.button_more, "/more")


def person(sentences: Sentences) -> Button:
    """The way to a person."""
    return Button(sentences.button_person, PERSON)


def again(sentences: Sentences, message: str) -> Button:
    """The same `message` once more: what was typed, or what stood behind the button that was pressed."""
    return Button(sentences.button_again, message)


def something_else(sentences: Sentences) -> Button:
    """None of the choices offered."""
    return Button(sentences.something_else, "/deny")


def themes(knowledge: Knowledge) -> list[Button]:
    """A button per theme."""
    return [choose(theme.label, theme.id) for theme in knowledge.themes.values()]


def topics(knowledge: Knowledge, names: Iterable[str]) -> list[Button]:
    """A button per topic (`theme/topic`) or kind of out of scope."""
    return [choose(knowledge.titles[name], name) for name in names]


def _payload(intent: str, **entities: str) -> str:
    return f"/{intent}{json.dumps(entities)}"
