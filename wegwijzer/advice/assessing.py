"""Leads through the guided assessment: asks, takes answers and commands, and comes back after anything else.

What the answers say of a business is decided in `wegwijzer.knowledge.assessment`; this is the talk around it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wegwijzer.advice import buttons
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.own_words import chosen
from wegwijzer.advice.reply import Button, Message, Reply
from wegwijzer.advice.results import Results
from wegwijzer.knowledge.assessment import SKIPPED, Answer, Progress, Question, next_question
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import words_of

COMMANDS = ("begin", "back", "skip", "unknown", "none", "pause", "stop", "explain")
INSTEAD = frozenset({"back", "none", "pause", "stop", "explain"})
"""What may be meant by "nee, ..."; what answers a question may be about the one before."""
AFRESH = "afresh"
NUMBERED = re.compile(r"\b(?:(?:bij|op|van|voor) )?vraag (\d{1,2})\b", re.IGNORECASE)


class Assessing:
    """The assessment in conversations, with one snapshot of the knowledge."""

    def __init__(self, knowledge: Knowledge, results: Results) -> None:
        self._assessment = knowledge.assessment
        self._say = knowledge.sentences
        self._results = results
        commands = self._assessment.commands
        self._polite = frozenset(commands.polite)
        phrases = {name: (*getattr(commands, name), *self._titles(name)) for name in COMMANDS}
        self._commands = {tuple(words_of(phrase)): name for name, said in phrases.items() for phrase in said}
        self._corrections = sorted((words_of(phrase) for phrase in commands.correction), key=len, reverse=True)

    def begin(self, dialogue: Dialogue) -> Reply:
        """The first question, the open one when it was begun before, or the way to the result."""
        progress = dialogue.assessment
        if progress and progress.finished:
            choices = [buttons.command(self._say.button_result, "stop"), self._button_afresh()]
            return Reply([Message(self._said(self._say.assessment_done), buttons=choices)], dialogue)
        if progress:
            about = [] if progress.paused else [Message(self._said(self._say.assessment_about))]
            return self._ask(dialogue.with_(assessment=replace(progress, paused=False), asked=None), about)
        text = self._said(self._say.assessment_begin)
        return self._ask(dialogue.with_(assessment=Progress(), offered=(), asked=None, misses=0), [Message(text)])

    def press(self, pressed: Mapping[str, str], dialogue: Dialogue) -> Reply:
        """What a button of the assessment says."""
        if pressed.get("command") == AFRESH:
            return self.begin(dialogue.with_(assessment=None))
        progress = dialogue.assessment or Progress()
        dialogue = dialogue.with_(assessment=replace(progress, paused=False, finished=False), asked=None, misses=0)
        question, _, answer = pressed.get("answer", "").partition("/")
        asked = self._assessment.question(question)
        if asked and asked.answer(answer):
            return self._ask(_with_answer(dialogue, asked, answer))
        return self._command(pressed.get("command", "begin"), dialogue)

    def typed(self, text: str, likeness: Mapping[str, float], dialogue: Dialogue) -> Reply | None:
        """What was typed while a question is open, as an answer or a command; None when it is something else.

        `likeness` is by answer (`plan/geen`) the cosine between the text and the nearest way to say that answer.
        """
        progress = dialogue.assessment or Progress()
        question = next_question(self._assessment, progress)
        if question is None:
            return None
        correction, rest = self._correction(text)
        command = self._typed_command(text) or self._command_instead(rest)
        if command:
            return self._command(command, dialogue)
        earlier = self._earlier(text, progress)
        if earlier:
            return self._answered_again(*earlier, likeness, dialogue)
        if self.corrects(text) and not dialogue.misses:  # an answer, not what was not understood
            return self._correct(rest, likeness, dialogue)
        answer = chosen(text, question, likeness)
        if correction and answer is None:
            corrected = None if dialogue.misses else self._correct(rest, likeness, dialogue)
            if corrected:
                return corrected
            answer = chosen(rest, question, likeness)
        return self._take(question, answer, text, dialogue) if answer else None

    def goes_on(self, text: str) -> bool:
        """Whether `text` asks to go on with an assessment that waits."""
        return self._typed_command(text) == "begin"

    def corrects(self, text: str) -> bool:
        """Whether `text` begins as what puts an answer right ("nee, ik bedoel ..."); "nee" alone may be about more."""
        return len(self._correction(text)[0]) > 1

    def come_back(self, reply: Reply) -> Reply:
        """`reply` to something else, and the open question after it once more, when it does not ask that itself."""
        if any(block["type"] == "progress" for block in reply.messages[-1].blocks):
            return reply
        asked = self._ask(reply.dialogue, [Message(self._said(self._say.assessment_back_to))])
        return Reply([*reply.messages, *asked.messages], asked.dialogue)

    def wait(self, reply: Reply) -> Reply:
        """`reply`, after which the assessment waits until it is asked for."""
        waiting = Message(self._said(self._say.assessment_paused), buttons=[buttons.assessment(self._say.button_go_on)])
        return Reply([*reply.messages, waiting], paused(reply.dialogue))

    def _take(self, question: Question, answer: Answer, text: str, dialogue: Dialogue) -> Reply:
        """On to the next question; what was made of words of one's own is said, so that it can be put right."""
        noted = self._say.assessment_noted.format(answer=answer.label)
        before = [] if words_of(text) == words_of(answer.label) else [Message(noted)]
        return self._ask(_with_answer(dialogue, question, answer.id), before)

    def _correct(self, text: str, likeness: Mapping[str, float], dialogue: Dialogue) -> Reply | None:
        """Another answer to the question before, when that is what was meant ("nee, ik bedoel in Excel")."""
        given = dialogue.assessment.given if dialogue.assessment else ()
        question = self._assessment.question(given[-1][0]) if given else None
        return self._changed(question, text, likeness, dialogue) if question else None

    def _earlier(self, text: str, progress: Progress) -> tuple[Question, str] | None:
        """The question that was dealt with and that `text` names by its number, and what it says beside that."""
        named = NUMBERED.search(text)
        place = int(named[1]) - 1 if named else -1
        if named is None or text.rstrip().endswith("?") or not 0 <= place < len(self._assessment.questions):
            return None
        question = self._assessment.questions[place]
        said = text[named.end() :].strip() or text[: named.start()]
        return (question, said) if question.id in dict(progress.given) else None

    def _answered_again(
        self, question: Question, text: str, likeness: Mapping[str, float], dialogue: Dialogue
    ) -> Reply:
        """Another answer to an earlier question ("bij vraag 1: op papier"), or that question once more."""
        changed = self._changed(question, self._correction(text)[1], likeness, dialogue)
        progress = dialogue.assessment or Progress()
        return changed or self._ask(dialogue.with_(assessment=progress.without(question.id), misses=0))

    def _changed(
        self, question: Question, text: str, likeness: Mapping[str, float], dialogue: Dialogue
    ) -> Reply | None:
        answer = chosen(text, question, likeness)
        if answer is None:
            return None
        told = self._say.assessment_changed.format(number=self._number(question), answer=answer.label)
        return self._ask(_with_answer(dialogue, question, answer.id), [Message(told)])

    def _ask(self, dialogue: Dialogue, before: Sequence[Message] = ()) -> Reply:
        progress = dialogue.assessment or Progress()
        question = next_question(self._assessment, progress)
        if question is None:
            return self._results.show(dialogue)
        number, count = self._number(question), len(self._assessment.questions)
        text = self._say.assessment_question.format(number=number, count=count, question=question.text)
        why = self._say.assessment_why.format(why=question.why)
        block = {"type": "progress", "done": len(progress.given), "of": count}
        return Reply([*before, Message(f"{text}\n\n{why}", [block], self._choices(question, progress))], dialogue)

    def _choices(self, question: Question, progress: Progress) -> list[Button]:
        answers = [buttons.answer(question, answer) for answer in question.answers]
        unknown = buttons.command(self._say.button_unknown, "unknown")
        skip = buttons.command(self._say.button_skip, "skip")
        back = [buttons.command(self._say.button_back, "back")] if progress.given else []
        return [*answers, unknown, skip, *back, buttons.command(self._say.button_stop, "stop")]

    def _command(self, name: str, dialogue: Dialogue) -> Reply:
        progress = dialogue.assessment or Progress()
        question = next_question(self._assessment, progress)
        if name == "stop" or question is None:
            return self._stop(dialogue)
        if name in ("skip", "unknown"):
            return self._ask(_with_answer(dialogue, question, SKIPPED))
        if name == "pause":
            return self.wait(Reply([], dialogue))
        if name == "none":
            return self._ask(dialogue.with_(offered=(), misses=0), [Message(self._say.assessment_no)])
        if name == "explain":
            return self._ask(dialogue, [Message(self._explained(question))])
        if name == "back" and not progress.given:
            return self._ask(dialogue, [Message(self._say.assessment_first)])
        return self._ask(dialogue.with_(assessment=progress.back() if name == "back" else progress))

    def _stop(self, dialogue: Dialogue) -> Reply:
        if dialogue.assessment and dialogue.assessment.answered:
            return self._results.show(dialogue)
        return Reply([Message(self._said(self._say.assessment_stopped))], dialogue.with_(assessment=None))

    def _typed_command(self, text: str) -> str | None:
        words = words_of(text)
        bare = tuple(word for word in words if word not in self._polite)
        return self._commands.get(tuple(words)) or self._commands.get(bare)

    def _command_instead(self, rest: str) -> str | None:
        command = self._typed_command(rest)
        return command if command in INSTEAD else None

    def _correction(self, text: str) -> tuple[Sequence[str], str]:
        """The words by which `text` corrects what was said before, none when it does not, and what stands behind."""
        words = words_of(text)
        begins = next((phrase for phrase in self._corrections if words[: len(phrase)] == phrase), [])
        return begins, " ".join(words[len(begins) :])

    def _explained(self, question: Question) -> str:
        framework = self._assessment.framework(question)
        return self._say.assessment_explained.format(
            why=question.why, framework=framework.name, year=framework.year, url=framework.url
        )

    def _said(self, sentence: str) -> str:
        return sentence.format(name=self._assessment.name.lower(), count=len(self._assessment.questions))

    def _number(self, question: Question) -> int:
        return self._assessment.questions.index(question) + 1

    def _titles(self, command: str) -> list[str]:
        """What the buttons of a command say: whoever types it wants the same."""
        say = self._say
        return {
            "begin": [say.button_go_on, say.button_assessment],
            "back": [say.button_back],
            "skip": [say.button_skip],
            "unknown": [say.button_unknown],
            "stop": [say.button_stop, say.button_result],
        }.get(command, [])

    def _button_afresh(self) -> Button:
        return buttons.command(self._say.button_afresh, AFRESH)


def paused(dialogue: Dialogue) -> Dialogue:
    """The dialogue while the assessment waits."""
    progress = dialogue.assessment
    return dialogue.with_(assessment=replace(progress, paused=True)) if progress else dialogue


def _with_answer(dialogue: Dialogue, question: Question, answer: str) -> Dialogue:
    progress = dialogue.assessment or Progress()
    return dialogue.with_(assessment=progress.with_answer(question.id, answer), misses=0)
