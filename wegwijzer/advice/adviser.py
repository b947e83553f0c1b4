"""The dialogue itself: from what was said and what is remembered to what is said back.

It knows neither Rasa nor the web. Each public method is one kind of turn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wegwijzer.advice import buttons
from wegwijzer.advice.answers import Answers
from wegwijzer.advice.assessing import Assessing, paused
from wegwijzer.advice.cards import Cards, Clock
from wegwijzer.advice.decision import (
    Answer,
    Choice,
    Decision,
    Miss,
    OutOfScope,
    asked_beside,
    asked_in_part,
    decide_on_all,
    only_questions,
    subject,
)
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.explaining import Explaining
from wegwijzer.advice.handing_over import HandingOver, SentRequest
from wegwijzer.advice.profiles import Profiles
from wegwijzer.advice.reply import Message, Reply
from wegwijzer.advice.results import Results
from wegwijzer.advice.said import Said
from wegwijzer.advice.weighing import weighed
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.languages import Languages
from wegwijzer.knowledge.mentions import MentionReader
from wegwijzer.knowledge.names import NameIndex
from wegwijzer.knowledge.phrases import pick, words_of
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import OUT_OF_SCOPE, Offer, Organisation

LONGEST_BARE_ANSWER = 6
PROBABLE_WHEN_NAMED = 0.1
LEANING = frozenset({"en", "maar", "and", "und"})
SURE_OF_ANOTHER = 0.9
ASKING_WHY = frozenset("waarom juist nou why warum past".split())
RUNNING = frozenset({"queued", "delivered", "accepted"})


class Adviser:
    """Answers with one snapshot of the knowledge."""

    def __init__(self, knowledge: Knowledge, today: Clock = date.today) -> None:
        """`today` gives the day that decides what is open and what is stale."""
        cards = Cards(knowledge, today)
        self._handing_over = HandingOver(knowledge, cards)
        self._knowledge = knowledge
        self._say = knowledge.sentences
        self._answers = Answers(knowledge, cards, self._handing_over, today)
        self._explaining = Explaining(knowledge, cards, today)
        self._profiles = Profiles(knowledge)
        self._mentions = MentionReader(knowledge)
        self._names = NameIndex(knowledge)
        self._languages = Languages(knowledge.sentences.languages)
        self._assessing = Assessing(knowledge, Results(knowledge, cards, today))

    def answer(self, said: Said, dialogue: Dialogue, otherwise: Callable[[Said, Dialogue], Reply]) -> Reply:
        """What comes before anything else, and else what the kind of turn calls for.

        Despair comes first, whatever the engine made of it. While a question of the assessment is open, what was typed
        may answer it; anything else is answered, and the assessment goes on at the same question.
        """
        alarm = self._knowledge.signals.topic(said.text)
        if alarm:
            return self._answers.topic(alarm, paused(dialogue.likened({})))
        answered = self._in_assessment(said, dialogue)
        if answered:
            return answered
        reply = otherwise(said, dialogue)
        return self._after_interruption(reply, dialogue) if dialogue.is_assessing else reply

    def _in_assessment(self, said: Said, dialogue: Dialogue) -> Reply | None:
        if dialogue.assessment is None or said.pressed or said.text.startswith("/"):
            return None
        if dialogue.assessment.paused and self._assessing.goes_on(said.text):
            return self._assessing.begin(dialogue)
        if not dialogue.is_assessing:
            return None
        mentioned = self._mentions.read(said.text, None)
        told = dialogue.with_(profile=dialogue.profile.updated(mentioned))
        # No answer tells of a place.
        is_something_else = mentioned.gemeente or said.is_about_the_talk
        return self._assessing.typed(said.text, {} if is_something_else else said.answers, told)

    def _after_interruption(self, reply: Reply, before: Dialogue) -> Reply:
        if reply.dialogue.is_assessing and reply.dialogue.assessment == before.assessment:
            return self._assessing.come_back(reply)
        is_waiting = reply.dialogue.assessment and reply.dialogue.assessment.paused
        return self._assessing.wait(reply) if is_waiting else reply

    def assess(self, said: Said, dialogue: Dialogue) -> Reply:
        """Begin the guided assessment, go on with it, or take what a button of it says."""
        return self._assessing.press(said.pressed, dialogue) if said.pressed else self._assessing.begin(dialogue)

    def in_their_language(self, said: Said, reply: Reply) -> Reply:
        """`reply`, behind one line in the language of what was typed when that is not Dutch; once in a conversation."""
        line = None if reply.dialogue.language_told or said.pressed else self._languages.line_for(said.text)
        if line is None:
            return reply
        return Reply([Message(line), *reply.messages], replace(reply.dialogue, language_told=True))

    def greet(self, dialogue: Dialogue) -> Reply:
        """The first words: what this is, what it can do, the themes."""
        return self._answers.beginnings(self._say.greeting, dialogue)

    def restart(self) -> Reply:
        """Forget everything and start again."""
        return self._answers.themes(self._say.restart, Dialogue())

    def help(self, dialogue: Dialogue) -> Reply:
        """What Wegwijzer can do."""
        return self._answers.beginnings(self._say.help, dialogue)

    def question(self, said: Said, dialogue: Dialogue) -> Reply:
        """Answer something that was typed, or go on with the topic that was pressed."""
        if "topic" in said.pressed:
            return self.choose(said.pressed["topic"], dialogue)
        topic = self._typed_choice(said.text, dialogue)
        mentioned = self._mentions.read(said.text, dialogue.asked)
        dialogue = replace(dialogue, profile=dialogue.profile.updated(mentioned))
        if topic:
            return self.choose(topic, dialogue)
        dialogue = dialogue.with_(question=said.text)
        if dialogue.topic and (self._answers_what_was_asked(said, mentioned, dialogue) or _leans_on(said, mentioned)):
            return self._answers.topic(dialogue.topic, dialogue, again=True)
        dialogue = dialogue.likened(said.likeness)
        named = self._names.find(said.text, dialogue.profile.gemeente)
        if named and named.alone:
            return self._answers.about(named.record, dialogue)
        record = named.record if named else None
        if not isinstance(record, Organisation):  # its name alone makes what it offers alike
            said = replace(said, topics=weighed(said, self._knowledge, dialogue.profile))
        return self._decide(said, dialogue.perhaps_about(said.topics), mentioned, record)

    def named(self, said: Said, dialogue: Dialogue) -> Reply:
        """Tell about the offer or organisation that is asked for by name, else answer it as a question."""
        named = self._names.find(said.text, dialogue.profile.gemeente)
        if named:
            return self._answers.about(named.record, dialogue.likened(said.likeness))
        return self.question(said, dialogue)

    def inform(self, said: Said, dialogue: Dialogue) -> Reply:
        """Take in what is told of the business, typed or pressed, and go on with what was spoken of."""
        chosen: dict[str, Any] = {
            part: value for part, value in said.pressed.items() if part in self._knowledge.choices
        }
        if chosen:
            return self.fill_in(Profile(**chosen), dialogue)
        mentioned = self._mentions.read(said.text, dialogue.asked)
        named = self._names.find(said.text, dialogue.profile.gemeente)
        answered = dialogue.asked in mentioned.known()
        asked = asked_beside(said.topics) or asked_in_part(said.parts)
        if asked and not answered:
            return self.question(replace(said, topics=asked), dialogue)
        if not mentioned or (named and named.alone and not answered):
            return self.question(said, dialogue)
        return self.fill_in(mentioned, dialogue)

    def fill_in(self, mentioned: Profile, dialogue: Dialogue) -> Reply:
        """Go on with what was spoken of, knowing what is `mentioned` of the business."""
        dialogue = dialogue.with_(profile=dialogue.profile.updated(mentioned))
        if dialogue.topic:
            return self._answers.topic(dialogue.topic, dialogue, again=True)
        return self._answers.themes(self._say.noted, dialogue)

    def choose(self, topic: str, dialogue: Dialogue) -> Reply:
        """Go on with a topic (`theme/topic`), show the topics of a theme, or say that it is out of scope."""
        for_the_question = topic in (*dialogue.offered, *dialogue.instead)
        dialogue = replace(dialogue, alike=dialogue.alike if for_the_question else (), chances=())
        if topic in self._knowledge.topics:
            return self._answers.topic(topic, dialogue)
        if topic in self._knowledge.themes:
            return self._answers.topics_of(topic, dialogue)
        if topic in self._knowledge.titles:
            return self._answers.out_of_scope(topic.removeprefix(f"{OUT_OF_SCOPE}/"), dialogue)
        return self._answers.themes(self._say.nothing_open, dialogue)

    def more(self, said: Said, dialogue: Dialogue) -> Reply:
        """The next offers about what is spoken of, or more of what is named."""
        named = self._names.find(said.text, dialogue.profile.gemeente)
        return self._answers.about(named.record, dialogue) if named else self._answers.more(dialogue)

    def tell_more(self, said: Said, dialogue: Dialogue) -> Reply:
        """Everything about an offer: the one pressed, named, or pointed at ("de tweede")."""
        topic = self._typed_choice(said.text, dialogue)
        if topic:
            return self.choose(topic, dialogue)
        pressed = self._knowledge.offers.get(said.pressed.get("offer", ""))
        named = self._names.find(said.text, dialogue.profile.gemeente)
        record = pressed or (named.record if named else self._pointed_at(said.text, dialogue))
        if record:
            return self._answers.about(record, dialogue, in_full=True)
        shown = self._answers.last_shown(dialogue)
        if not shown:
            return self._answers.themes(self._say.nothing_open, dialogue)
        choices = [buttons.tell_more(found.name, found) for found in shown]
        return Reply([Message(self._say.tell_more_which, buttons=choices)], dialogue)

    def why(self, said: Said, dialogue: Dialogue) -> Reply:
        """Why an offer is proposed or not: the one named or pointed at, else those shown last."""
        named = self._names.find(said.text, dialogue.profile.gemeente)
        pointing = " ".join(word for word in words_of(said.text) if word not in ASKING_WHY)
        record = named.record if named else self._pointed_at(pointing, dialogue)
        offers = [record] if isinstance(record, Offer) else self._answers.last_shown(dialogue)
        if not offers or isinstance(record, Organisation):
            return self._as_a_question(said, dialogue)
        return self._explaining.why(offers, dialogue)

    def what_if(self, said: Said, dialogue: Dialogue) -> Reply:
        """What would change if the business were as is said; nothing of it is remembered."""
        mentioned = self._mentions.read(said.text, None)
        return self._explaining.what_if(mentioned, dialogue) if mentioned else self._as_a_question(said, dialogue)

    def profile(self, dialogue: Dialogue) -> Reply:
        """What is known of the business, with a way to have it forgotten."""
        return self._profiles.show(dialogue)

    def forget(self, said: Said, dialogue: Dialogue) -> Reply:
        """Forget the part of the profile that is pressed or named, or all of it."""
        return self._profiles.forget(said.text, said.pressed, dialogue)

    def status(self, sent: Sequence[SentRequest], dialogue: Dialogue) -> Reply:
        """What became of the requests that were sent from this conversation."""
        return self._handing_over.status(sent, dialogue)

    @property
    def requests(self) -> HandingOver:
        """What is said about requests outside a turn: when one is sent, and when its partner answers."""
        return self._handing_over

    def erase(self, dialogue: Dialogue) -> Reply:
        """How to have everything erased."""
        return self._handing_over.erase(dialogue)

    def affirm(self, dialogue: Dialogue) -> Reply:
        """Yes: to the only choice that is open, or to seeing more."""
        open_topics = dialogue.offered or dialogue.instead
        if len(open_topics) == 1:
            return self.choose(open_topics[0], dialogue)
        return self._answers.more(dialogue)

    def deny(self, dialogue: Dialogue) -> Reply:
        """No: none of the choices, or no answer to what was asked."""
        if dialogue.is_assessing:
            return self._answers.plainly(self._say.assessment_no, dialogue)
        text = self._say.choice_none if dialogue.offered or dialogue.instead else self._say.nothing_open
        return self._answers.themes(text, dialogue.with_(asked=None))

    def unsure(self, dialogue: Dialogue) -> Reply:
        """ "I don't know": go on without what was asked."""
        if dialogue.asked and dialogue.topic:
            reply = self._answers.more(dialogue.with_(asked=None))
            return Reply([Message(self._say.unsure), *reply.messages], reply.dialogue)
        return self._answers.beginnings(self._say.unsure_of_all, dialogue)

    def complaint(self, said: Said, dialogue: Dialogue) -> Reply:
        """A wrong answer: apologise, offer a person and the themes; of the assessment, ask which one is meant."""
        if dialogue.is_assessing and self._assessing.corrects(said.text):
            return self._answers.plainly(self._say.assessment_no, dialogue)
        return self._answers.complaint(dialogue)

    def thanked(self, dialogue: Dialogue) -> Reply:
        """Thanks."""
        return self._answers.plainly(self._say.thank, dialogue)

    def goodbye(self, dialogue: Dialogue) -> Reply:
        """A goodbye."""
        return self._answers.plainly(self._say.goodbye, paused(dialogue))

    def about_itself(self, dialogue: Dialogue) -> Reply:
        """What this is: no human, and how to reach one."""
        return self._answers.plainly(self._say.bot, dialogue)

    def about_privacy(self, dialogue: Dialogue) -> Reply:
        """What is kept of a conversation."""
        return self._answers.plainly(self._say.privacy, dialogue)

    def person(self, said: Said, dialogue: Dialogue, sent: Sequence[SentRequest] = ()) -> Reply:
        """The way to a person, near where the business is and fit for what it asks, now or before.

        Whoever has a request with a partner already hears how that stands first.
        """
        about = subject(said.topics)
        if about and about != dialogue.topic:
            dialogue = dialogue.turned_to(about).with_(question=said.text).likened(said.likeness)
        running = [self._handing_over.told(one) for one in sent if one.state in RUNNING]
        reply = self._answers.person(paused(dialogue))
        return Reply([*running, *reply.messages], reply.dialogue)

    def apologise(self, message: str) -> Reply:
        """Say that `message` could not be answered, with a way to a person and a button to try it again."""
        return self._answers.apology(message)

    def _as_a_question(self, said: Said, dialogue: Dialogue) -> Reply:
        return self.question(replace(said, topics=only_questions(said.topics)), dialogue)

    def _decide(self, said: Said, dialogue: Dialogue, mentioned: Profile, named: Offer | Organisation | None) -> Reply:
        match self._decision(said), named:
            case _, Offer(state="ended"):
                return self._answers.about(named, dialogue)
            case Answer(topic), Offer():
                # What is named leaves no doubt.
                subject = _subject_of(named, said.topics) or topic
                return self._answers.topic(subject, dialogue, first=named)
            case OutOfScope(kind), Offer() if named.kind in self._knowledge.out_of_scope[kind].but_for:
                return self._answers.topic(_subject_of(named, said.topics) or named.topics[0], dialogue, first=named)
            case Answer(topic, others, also), _:
                return self._answers.topic(topic, dialogue, others=others, also=also)
            case OutOfScope(kind, others, also), _:
                return self._answers.out_of_scope(kind, dialogue, others, also)
            case Choice() | Miss(), Offer() | Organisation():
                # Whoever names something is told of that rather than asked what the question is about.
                return self._answers.about(named, dialogue)
            case Choice(offered), _:
                return self._answers.choice(offered, dialogue)
        return self.fill_in(mentioned, dialogue) if mentioned else self._answers.miss(dialogue)

    def _decision(self, said: Said) -> Decision:
        match decide_on_all(said.topics, said.parts):
            case OutOfScope(kind) if self._knowledge.out_of_scope[kind].not_understood:
                return Miss()
            case Choice(topics):
                offered = tuple(topic for topic in topics if topic in self._knowledge.titles)
                return Choice(offered) if offered else Miss()
            case decision:
                return decision

    def _typed_choice(self, text: str, dialogue: Dialogue) -> str | None:
        """The theme or the topic on a button that `text` names in full, or of an open choice by its place ("2").

        What stands beside an answer has no place: "de tweede" is then the second offer.
        """
        labels = {" ".join(words_of(theme.label)): name for name, theme in self._knowledge.themes.items()}
        for topic in (*dialogue.offered, *dialogue.instead):
            labels[" ".join(words_of(self._knowledge.titles[topic]))] = topic
        return pick(text, dialogue.offered) or labels.get(" ".join(words_of(text)))

    def _pointed_at(self, text: str, dialogue: Dialogue) -> Offer | None:
        shown = self._answers.last_shown(dialogue)
        return pick(text, shown) or (shown[0] if len(shown) == 1 else None)

    def _answers_what_was_asked(self, said: Said, mentioned: Profile, dialogue: Dialogue) -> bool:
        bare = len(words_of(said.text)) <= LONGEST_BARE_ANSWER
        return bare and dialogue.asked in mentioned.known()


def _leans_on(said: Said, mentioned: Profile) -> bool:
    """Whether a question goes on with what was spoken of, for another place or form: "en voor een bv?"."""
    words = words_of(said.text)
    surest = max((chance for name, chance in said.topics.items() if "/" in name), default=0.0)
    return bool(mentioned) and words[0] in LEANING and len(words) <= LONGEST_BARE_ANSWER and surest < SURE_OF_ANOTHER


def _subject_of(named: Offer, topics: Mapping[str, float]) -> str | None:
    """The topic of an offer that a question is probably about; a name says more of it than the other words do."""
    best = max(named.topics, key=lambda topic: topics.get(topic, 0.0), default=None)
    return best if topics.get(best or "", 0.0) >= PROBABLE_WHEN_NAMED else None
