"""Asks the engine questions, each in a conversation of its own, and hears what it goes on with."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from rich.console import Console

from wegwijzer.advice.dialogue import SLOT, Dialogue
from wegwijzer.conversations.engine import EngineClient
from wegwijzer.conversations.rankings import chances
from wegwijzer.conversations.typed import EmptyTextError, TextTooLongError, fit_for_engine
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.operation.ports import free_port
from wegwijzer.operation.running import actions_service, engine_service
from wegwijzer.operation.supervisor import NotStartedError, Supervisor
from wegwijzer.settings import PROJECT, Settings

GREETING, UNCLEAR = "begroeting", "onduidelijk"
NOTHING_KNOWN = Dialogue()
LOG = PROJECT / "var" / "evaluation.log"


@dataclass(frozen=True)
class Heard:
    """What became of one message.

    `messages` were said; `dialogue` is what is remembered after them; `kind` is the kind of out of scope that was
    said, if any, also by a greeting or by saying that the question is not clear. `ranking` are the probabilities of
    the most probable themes and plain intents, `topics` those of the most probable topics, and `parts` the
    same for each part of a message that has several. `conversation` is what the engine knows it by.
    """

    messages: Sequence[Mapping[str, Any]] = ()
    dialogue: Dialogue = NOTHING_KNOWN
    kind: str | None = None
    ranking: Mapping[str, float] = field(default_factory=dict)
    topics: Mapping[str, float] = field(default_factory=dict)
    parts: tuple[Mapping[str, float], ...] = ()
    milliseconds: float = 0.0
    conversation: str = ""

    @property
    def offered(self) -> tuple[str, ...]:
        """The topics to press, of a choice or beside an answer."""
        return self.dialogue.offered or self.dialogue.instead

    @property
    def payloads(self) -> list[str]:
        """What stands behind the buttons, in their order."""
        return [str(button["payload"]) for message in self.messages for button in message.get("buttons", ())]

    @property
    def said(self) -> str:
        """The words of the answer and the titles of its buttons on one line."""
        words = [str(message.get("text", "")) for message in self.messages]
        titles = [f"[{button['title']}]" for message in self.messages for button in message.get("buttons", ())]
        return " ".join(" ".join([*words, *titles]).split())


class Interviewer:
    """Asks as the gateway does; afterwards it looks up what the engine remembers of the conversation."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings, token: str, knowledge: Knowledge) -> None:
        """`token` opens the part of the engine's interface that tells of conversations."""
        self._client = client
        self._engine = EngineClient(client, settings.engine_url, settings.engine_timeout_seconds)
        self._conversations = f"{settings.engine_url}/conversations"
        self._token = {"token": token}
        self.knowledge = knowledge
        say = knowledge.sentences
        self._kinds = {kind.answer: kind.id for kind in knowledge.out_of_scope.values()}
        self._kinds |= {say.greeting: GREETING, say.miss_first: UNCLEAR, say.unsure_of_all: UNCLEAR}

    async def hear(self, text: str, before: Dialogue = NOTHING_KNOWN) -> Heard:
        """The answer to `text` as the first message, when `before` is remembered already."""
        try:
            message = fit_for_engine(text)
        except (EmptyTextError, TextTooLongError) as error:
            return Heard([{"text": str(error)}], before)
        conversation = f"evaluation-{token_hex(8)}"
        if before != NOTHING_KNOWN:
            await self._remember(conversation, before)
        return await self._turn(conversation, message)

    async def press(self, heard: Heard, payload: str) -> Heard:
        """The answer when the button with this `payload` is pressed after `heard`."""
        return await self._turn(heard.conversation, payload)

    async def _turn(self, conversation: str, message: str) -> Heard:
        started = time.perf_counter()
        messages = [_content(line) async for line in self._engine.ask(conversation, message)]
        milliseconds = 1000 * (time.perf_counter() - started)
        heard = self._heard(messages, await self._tracker(conversation))
        return replace(heard, milliseconds=milliseconds, conversation=conversation)

    def _heard(self, messages: list[dict[str, Any]], tracker: Any) -> Heard:
        latest = tracker["latest_message"]
        kinds = (
            kind for message in messages for answer, kind in self._kinds.items() if answer in message.get("text", "")
        )
        dialogue = Dialogue.from_data(tracker["slots"][SLOT])
        return Heard(
            messages,
            dialogue,
            next(kinds, None),
            ranking=chances(latest.get("intent_ranking")),
            topics=chances(latest.get("topic_ranking")),
            parts=tuple(chances(ranking) for ranking in latest.get("part_rankings") or ()),
        )

    async def _tracker(self, conversation: str) -> Any:
        address = f"{self._conversations}/{conversation}/tracker"
        answer = await self._client.get(address, params={**self._token, "include_events": "NONE"})
        return answer.raise_for_status().json()

    async def _remember(self, conversation: str, dialogue: Dialogue) -> None:
        # Without a session the engine would begin one with the first message, and forget.
        events = [
            {"event": "action", "name": "action_session_start"},
            {"event": "session_started"},
            {"event": "slot", "name": SLOT, "value": dialogue.as_data()},
            {"event": "action", "name": "action_listen"},
        ]
        address = f"{self._conversations}/{conversation}/tracker/events"
        (await self._client.post(address, params=self._token, json=events)).raise_for_status()


@asynccontextmanager
async def interviewer(settings: Settings, knowledge: Knowledge) -> AsyncIterator[Interviewer]:
    """An engine and its actions for as long as the block runs, apart from those that visitors talk with.

    What is asked leaves no trace: the engine's memory is a file that is deleted. Raises NotStartedError.
    """
    token = token_hex(16)
    with TemporaryDirectory(prefix="wegwijzer-") as folder:
        apart = settings.model_copy(
            update={
                "tracker_url": f"sqlite:///{Path(folder) / 'tracker.sqlite3'}",
                "engine_port": free_port(),
                "actions_port": free_port(),
            }
        )
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("w") as log:
            services = [actions_service(apart), engine_service(apart, "--enable-api", "--auth-token", token)]
            supervisor = Supervisor(services, PROJECT, Console(file=log))
            try:
                async with supervisor.up(), httpx.AsyncClient() as client:
                    yield Interviewer(client, apart, token, knowledge)
            except NotStartedError as error:
                raise NotStartedError(f"{error} Its log is {LOG}.") from None


def _content(line: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = line.get("custom") or line
    return content
