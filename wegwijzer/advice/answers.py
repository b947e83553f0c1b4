"""Composes what is said about a topic, an offer or an organisation, and what is said without one."""

from collections.abc import Collection, Sequence

from wegwijzer.advice import buttons
from wegwijzer.advice.cards import OFFERS_AT_ONCE, PEOPLE_AT_ONCE, Cards, Clock
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.handing_over import HandingOver
from wegwijzer.advice.reply import Message, Reply
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import (
    VERY_ALIKE,
    Asked,
    Match,
    as_words,
    fitting,
    foremost,
    judged,
    match,
    matches,
    question_worth_asking,
)
from wegwijzer.knowledge.partners import by_likeness, partners
from wegwijzer.knowledge.records import Offer, Organisation

MISSES_BEFORE_A_PERSON = 2


class Answers:
    """Replies from one snapshot of the knowledge; each takes the dialogue and returns it as it is after."""

    def __init__(self, knowledge: Knowledge, cards: Cards, handing_over: HandingOver, today: Clock) -> None:
        self._knowledge = knowledge
        self._say = knowledge.sentences
        self._cards = cards
        self._handing_over = handing_over
        self._today = today

    def topic(
        self,
        topic: str,
        dialogue: Dialogue,
        again: bool = False,
        first: Offer | None = None,
        others: Sequence[str] = (),
        also: bool = False,
    ) -> Reply:
        """The offers about a topic; `again` when the same ones are looked at with more known of the business.

        `first` is an offer that was named: it comes before the others. `others` are topics that may be meant instead,
        or that are asked for `also`.
        """
        dialogue = dialogue.turned_to(topic)
        record = self._knowledge.topics[topic]
        found, near = self._matches(dialogue)
        if first:
            near = [_regardless(first, dialogue), *(one for one in near if one.offer != first)]
        if record.contacts:
            return self._or_these(self._with_contacts(dialogue, found), others, also)
        if not near:
            nothing = Message(self._say.offers_none, self._people(dialogue))
            return self._or_these(Reply([Message(record.opening), nothing], dialogue), others, also)
        opening = self._say.offers_again if again else f"{record.opening} {self._say.offers}"
        shown = self._who_knows(self._show(opening, near, dialogue, more=len(found) > len(near)))
        reply = self._or_these(shown, others, also)
        # One question at a time: first whether this is what was meant.
        return reply if reply.dialogue.instead else self._ask_on(reply, found)

    def _who_knows(self, reply: Reply) -> Reply:
        """`reply`, and who knows more when the sources leave open who does this where the business is."""
        topic, gemeente = self._knowledge.topics[reply.dialogue.topic or ""], reply.dialogue.profile.gemeente
        unclear = next((one for one in topic.unclear if gemeente in one.regio), None)
        if unclear is None:
            return reply
        contact = self._cards.contacts([self._knowledge.organisations[unclear.ask]])
        return Reply([*reply.messages, Message(unclear.text, [contact])], reply.dialogue)

    def _or_these(self, reply: Reply, others: Sequence[str], also: bool) -> Reply:
        """`reply` with the topics after it that may be meant instead, or that are asked for too."""
        instead = tuple(name for name in others if name in self._knowledge.titles)
        if not instead:
            return reply
        text = self._say.also_these if also else self._say.or_these
        message = Message(text, buttons=buttons.topics(self._knowledge, instead))
        return Reply([*reply.messages, message], reply.dialogue.with_(instead=instead))

    def _with_contacts(self, dialogue: Dialogue, found: Sequence[Match]) -> Reply:
        # In distress people come first, and what can wait is said to wait.
        record = self._knowledge.topics[dialogue.topic or ""]
        names = by_likeness(self._knowledge, record.contacts, dict(dialogue.alike))
        contacts = self._cards.contacts([self._knowledge.organisations[name] for name in names])
        first = Message(record.opening, [contacts])
        # Nor is anybody sent to what may be gone.
        day, already = self._today(), set(record.contacts)
        others = [
            one
            for one in found
            if one.offer.state_on(day) == "open" and already.isdisjoint(one.offer.provider.organisations)
        ]
        if not others:
            return Reply([first], dialogue)
        rest = self._show(self._say.crisis_offers, others, dialogue)
        return Reply([first, *rest.messages], rest.dialogue)

    def _show(self, opening: str, found: Sequence[Match], dialogue: Dialogue, more: bool = False) -> Reply:
        shown, rest = found[:OFFERS_AT_ONCE], found[OFFERS_AT_ONCE:]
        block = self._cards.offers(shown, dialogue.topic, dialogue.profile)
        under = [buttons.more(self._say)] if rest or more else []
        message = Message(opening, [block], [*under, buttons.person(self._say)])
        ids = tuple(one.offer.id for one in shown)
        dialogue = dialogue.with_(shown=dialogue.shown + ids, in_sight=ids, offer=None, offered=(), misses=0)
        return Reply([message], dialogue)

    def _ask_on(self, reply: Reply, found: Sequence[Match]) -> Reply:
        """`reply` with one question after it, when its answer would change the offers."""
        dialogue = reply.dialogue
        if dialogue.is_assessing:
            return reply
        settled = self._knowledge.topics[dialogue.topic or ""].settled
        about_it = [one for one in found if dialogue.topic in one.offer.topics]
        part = question_worth_asking(about_it, {*dialogue.already_asked, *settled})
        if part is None:
            return reply
        values = self._knowledge.choices.get(part, ())
        question = Message(
            getattr(self._say, f"ask_{part}"), buttons=[buttons.fill_in(value, part) for value in values]
        )
        asked = dialogue.with_(asked=part, already_asked=(*dialogue.already_asked, part))
        return Reply([*reply.messages, question], asked)

    def about(self, record: Offer | Organisation, dialogue: Dialogue, in_full: bool = False) -> Reply:
        if isinstance(record, Organisation):
            return self._about_organisation(record, dialogue)
        topic = dialogue.topic if in_full else None
        dialogue = _spoken_of(record, dialogue)
        details = self._cards.details(record)
        if record.ended:
            return self._about_ended(record, details, dialogue)
        card = self._cards.beside_details(_regardless(record, dialogue), topic, dialogue.profile)
        return Reply([Message(details, [card], [buttons.person(self._say)])], dialogue)

    def _about_ended(self, offer: Offer, details: str, dialogue: Dialogue) -> Reply:
        successor = self._knowledge.offers.get((offer.ended and offer.ended.successor) or "")
        if successor is None:
            return self._what_else(offer, details, dialogue)
        card = self._cards.offers([_regardless(successor, dialogue)], None, dialogue.profile)
        return Reply([Message(details), Message(self._say.ended_successor, [card])], _spoken_of(successor, dialogue))

    def _what_else(self, ended: Offer, details: str, dialogue: Dialogue) -> Reply:
        found, near = self._matches(dialogue)
        if not near:
            person = self._cards.contacts([self._knowledge.organisations[ended.ask]])
            return Reply([Message(details, [person])], dialogue)
        others = self._show(self._say.ended_instead, near, dialogue, more=len(found) > len(near))
        return Reply([Message(details), *others.messages], others.dialogue)

    def _about_organisation(self, organisation: Organisation, dialogue: Dialogue) -> Reply:
        about = Message(f"**{organisation.name}**\n{organisation.role}", [self._cards.contacts([organisation])])
        offers = [
            found
            for offer in self._knowledge.offers_by(organisation.id)
            if offer.state_on(self._today()) != "closed" and (found := match(offer, dialogue.profile))
        ][:OFFERS_AT_ONCE]
        if not offers:
            return Reply([about], dialogue.with_(misses=0, offered=()))
        block = self._cards.offers(offers, None, dialogue.profile)
        intro = self._say.organisation_offers.format(name=organisation.name)
        ids = tuple(found.offer.id for found in offers)
        dialogue = dialogue.with_(shown=ids, in_sight=ids, offer=None, misses=0, offered=())
        return Reply([about, Message(intro, [block])], dialogue)

    def choice(self, offered: Sequence[str], dialogue: Dialogue) -> Reply:
        question = self._say.choice_of_one if len(offered) == 1 else self._say.choice
        choices = [*buttons.topics(self._knowledge, offered), buttons.something_else(self._say)]
        return Reply([Message(question, buttons=choices)], dialogue.with_(offered=tuple(offered), misses=0))

    def out_of_scope(self, kind: str, dialogue: Dialogue, others: Sequence[str] = (), also: bool = False) -> Reply:
        """What we do not answer, and who does; `others` may be meant instead, or are asked for `also`.

        An offer that is asked for nearly in its own words follows, when this kind of question is ours for offers of its
        kind: what to deduct is for the bookkeeper, that there is a deduction for machines is for us to say.
        """
        record = self._knowledge.out_of_scope[kind]
        text = record.answer
        if record.pointer:
            text += " " + self._say.pointer.format(name=record.pointer.name, url=record.pointer.url)
        # A place that is told now says nothing of what was spoken of before; what was shown can still be pointed at.
        reply = Reply([Message(text)], dialogue.with_(topic=None, misses=0, offered=(), asked=None))
        ours = self._very_alike(record.but_for, dialogue)
        if ours:
            spoken_of = reply.dialogue.with_(topic=ours[0].offer.topics[0], shown=())
            shown = self._show(self._say.out_of_scope_offers, ours, spoken_of)
            reply = Reply([*reply.messages, *shown.messages], shown.dialogue)
        return self._or_these(reply, others, also)

    def _very_alike(self, kinds: Collection[str], dialogue: Dialogue) -> list[Match]:
        alike = (self._knowledge.offers.get(name) for name, score in dialogue.alike if score >= VERY_ALIKE)
        words = as_words(dialogue.question or "")
        return [
            found
            for offer in alike
            if offer and offer.kind in kinds and offer.is_proposed and offer.state_on(self._today()) != "closed"
            if (found := fitting(offer, dialogue.profile, words))
        ]

    def miss(self, dialogue: Dialogue) -> Reply:
        misses = dialogue.misses + 1
        dialogue = dialogue.with_(misses=misses, offered=(), asked=None)
        if misses < MISSES_BEFORE_A_PERSON:
            text = self._say.assessment_unclear if dialogue.is_assessing else self._say.miss_first
            return Reply([Message(text)], dialogue)
        return Reply([Message(self._say.miss_again, self._people(dialogue), buttons.themes(self._knowledge))], dialogue)

    def plainly(self, text: str, dialogue: Dialogue) -> Reply:
        """Words alone; what was spoken of stays open."""
        return Reply([Message(text)], dialogue.with_(misses=0))

    def themes(self, text: str, dialogue: Dialogue) -> Reply:
        message = Message(text, buttons=buttons.themes(self._knowledge))
        return Reply([message], dialogue.with_(offered=(), misses=0))

    def beginnings(self, text: str, dialogue: Dialogue) -> Reply:
        """The themes, and the assessment for whoever does not know where to begin."""
        choices = [*buttons.themes(self._knowledge), buttons.assessment(self._say.button_assessment)]
        return Reply([Message(text, buttons=choices)], dialogue.with_(offered=(), misses=0))

    def topics_of(self, theme: str, dialogue: Dialogue) -> Reply:
        record = self._knowledge.themes[theme]
        names = [f"{theme}/{topic.id}" for topic in record.topics]
        message = Message(record.description, buttons=buttons.topics(self._knowledge, names))
        return Reply([message], dialogue.with_(offered=tuple(names), alike=(), misses=0))

    def more(self, dialogue: Dialogue) -> Reply:
        """The next offers about what is spoken of."""
        if dialogue.topic is None:
            return self.themes(self._say.nothing_open, dialogue)
        found, _ = self._matches(dialogue)
        rest = [one for one in found if one.offer.id not in dialogue.shown]
        label = self._knowledge.topics[dialogue.topic].label.lower()
        if not rest:
            message = Message(self._say.offers_no_more, self._people(dialogue))
            return Reply([message], dialogue.with_(misses=0))
        return self._show(self._say.offers_more.format(topic=label), rest, dialogue)

    def complaint(self, dialogue: Dialogue) -> Reply:
        """A wrong answer: apologise, a person and the topics."""
        message = Message(self._say.complaint, self._people(dialogue), buttons.themes(self._knowledge))
        return Reply([message], dialogue.with_(misses=0, offered=(), asked=None))

    def person(self, dialogue: Dialogue) -> Reply:
        """The way to a person, near where the business is and fit for what it asks."""
        return Reply([Message(self._say.person, self._people(dialogue))], dialogue.with_(misses=0))

    def apology(self, message: str) -> Reply:
        """A message that could not be answered; nothing is known here of the conversation."""
        again = [buttons.again(self._say, message)] if message else []
        return Reply([Message(self._say.apology, [self._person_of(Dialogue())], again)])

    def last_shown(self, dialogue: Dialogue) -> list[Offer]:
        """The offers in the last block that was shown."""
        return [self._knowledge.offers[name] for name in dialogue.in_sight]

    def _matches(self, dialogue: Dialogue) -> tuple[list[Match], list[Match]]:
        """What can fit, and what of that is worth showing at once: only a question tells what does not come near."""
        asked = Asked(dialogue.question or "", dict(dialogue.alike), dict(dialogue.chances))
        topic = dialogue.topic or ""
        found = matches(self._knowledge, topic, dialogue.profile, self._today(), asked)
        if not asked.likeness:
            return found, found
        near = foremost(found, topic, asked)
        return [one for one in found if topic in one.offer.topics or one in near], near

    def _people(self, dialogue: Dialogue) -> list[dict[str, object]]:
        """Who can help, and what a request to them would say."""
        return [self._person_of(dialogue), self._handing_over.draft(dialogue)]

    def _person_of(self, dialogue: Dialogue) -> dict[str, object]:
        offer = self._knowledge.offers.get(dialogue.offer or "")
        found = partners(self._knowledge, dialogue.profile.gemeente, dialogue.topic, offer, dialogue.in_sight)
        return self._cards.contacts(found[:PEOPLE_AT_ONCE])


def _regardless(offer: Offer, dialogue: Dialogue) -> Match:
    # Somebody who names an offer wants to know of it, also when it may not fit.
    return judged(offer, dialogue.profile)


def _spoken_of(offer: Offer, dialogue: Dialogue) -> Dialogue:
    # What is open stays open when the offer was picked from it; otherwise more of its kind can follow.
    dialogue = dialogue.with_(offer=offer.id, misses=0, offered=())
    if (dialogue.topic and offer.id in dialogue.shown) or not offer.topics:
        return dialogue
    return dialogue.with_(topic=offer.topics[0], shown=(offer.id,), in_sight=(offer.id,), asked=None)
