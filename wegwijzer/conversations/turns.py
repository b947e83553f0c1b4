"""Answers turns to their end, whoever is listening: a visitor who leaves finds the answer on the next page."""

import asyncio
from collections.abc import AsyncIterator, Callable, MutableMapping, Sequence
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import structlog

from wegwijzer.conversations.engine import EngineClient, EngineError
from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.messages import Content, content_of
from wegwijzer.conversations.store import (
    ConversationErasedError,
    ConversationStore,
    Question,
    Shown,
    Turn,
    TurnInProgressError,
)
from wegwijzer.errors import DatabaseUnavailableError

log = structlog.get_logger()
ATTEMPTS_TO_STORE = 3
Apology = Callable[[str], Sequence[dict[str, Any]]]
"""What is said when a message could not be answered, given that message: messages as the engine would give them."""
T = TypeVar("T")


class RunningTurn:
    """A turn that is being answered; any number of listeners may follow it from its beginning."""

    def __init__(self, cid: str) -> None:
        self.cid = cid
        self._messages: list[Shown] = []
        self._news = asyncio.Event()
        self._ended = False
        self.complete = False

    def add(self, message: Shown) -> None:
        """One more message of the answer."""
        self._messages.append(message)
        self._wake()

    def end(self, complete: bool) -> None:
        """Nothing more comes; `complete` when all of the answer was stored."""
        self.complete = complete
        self._ended = True
        self._wake()

    async def follow(self) -> AsyncIterator[Shown]:
        """Every message from the first, as they come, until the turn ends."""
        position = 0
        while True:
            news = self._news
            for message in self._messages[position:]:
                position += 1
                yield message
            if self._ended:
                return
            if position == len(self._messages):
                await news.wait()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


class TurnKeeper:
    """Runs the turns of all conversations; there is one of it, in the one public process."""

    def __init__(self, store: ConversationStore, engine: EngineClient, erasure: Erasure, apology: Apology) -> None:
        self._store = store
        self._engine = engine
        self._erasure = erasure
        self._apology = apology
        self._running: dict[str, RunningTurn] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        # Of one conversation requests begin one after the other: the same one may come twice at the same moment.
        self._doors: MutableMapping[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, conversation: str, cid: str, question: Question) -> RunningTurn:
        """The turn `cid`: begun with `question`, joined while it runs, or replayed. Raises as `open_turn` does."""
        async with self._doors.setdefault(conversation, asyncio.Lock()):
            running = self._running.get(conversation)
            if running and running.cid == cid:
                return running
            turn = await self._opened(conversation, cid, question)
            return await self._replayed(turn) if turn.state == "closed" else self._begun(turn)

    async def close_interrupted(self, conversation: str | None = None) -> None:
        """End what nobody is answering any more with an apology: all turns that a crash cut off, or those of one."""
        for turn in await asyncio.to_thread(self._store.open_turns, conversation):
            await self._run(turn, RunningTurn(turn.cid))

    async def finish(self) -> None:
        """Wait for the turns that are being answered."""
        await asyncio.gather(*self._tasks)

    async def _opened(self, conversation: str, cid: str, question: Question) -> Turn:
        try:
            return await asyncio.to_thread(self._store.open_turn, conversation, cid, question)
        except TurnInProgressError:
            if conversation in self._running:
                raise
        # The one before has ended without its answer, which could not be stored.
        await self.close_interrupted(conversation)
        return await asyncio.to_thread(self._store.open_turn, conversation, cid, question)

    def _begun(self, turn: Turn) -> RunningTurn:
        running = self._running[turn.conversation] = RunningTurn(turn.cid)
        task = asyncio.create_task(self._run(turn, running))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return running

    async def _replayed(self, turn: Turn) -> RunningTurn:
        running = RunningTurn(turn.cid)
        for message in await asyncio.to_thread(self._store.answer, turn.conversation, turn.cid):
            running.add(message)
        running.end(complete=True)
        return running

    async def _run(self, turn: Turn, running: RunningTurn) -> None:
        complete = False
        answer = self._answer(turn)
        try:
            # One behind: the last message and the end of the turn are stored as one.
            last = await anext(answer)
            async for content in answer:
                running.add(await _patiently(self._store.append, turn, last))
                last = content
            running.add(await _patiently(self._store.close_turn, turn, last))
            complete = True
        except ConversationErasedError:
            await self._erase_what_comes(turn, answer)
        except DatabaseUnavailableError:
            log.error("an answer could not be stored")
        except Exception as error:
            # Nobody awaits a turn, so asyncio would log the error with its words, which can be the visitor's.
            log.error("a turn failed", exc_info=error)
        finally:
            if self._running.get(turn.conversation) is running:
                del self._running[turn.conversation]
            running.end(complete)

    async def _erase_what_comes(self, turn: Turn, answer: AsyncIterator[Content]) -> None:
        # Nobody is left to tell, but the engine goes on and notes the turn at its end.
        async for _ in answer:
            pass
        try:
            await asyncio.to_thread(self._erasure.erase, turn.conversation)
        except DatabaseUnavailableError:
            log.warning("what the engine noted of an erased conversation is left to the next cleaning")

    async def _answer(self, turn: Turn) -> AsyncIterator[Content]:
        answered = failed = False
        try:
            if turn.state == "new":
                async for line in self._engine.ask(turn.conversation, turn.message):
                    content = content_of(line)
                    answered = answered or bool(content.shown)
                    if content.shown:
                        yield content
        except EngineError as error:
            log.error("the engine failed", reason=str(error))
            failed = True
        if failed or not answered:
            for apology in self._apology(turn.message):
                yield content_of(apology)


async def _patiently(store: Callable[..., T], *arguments: Any) -> T:
    # Each attempt waits some seconds for a lock by itself; an answer is worth more than one of them.
    for _ in range(ATTEMPTS_TO_STORE - 1):
        try:
            return await asyncio.to_thread(store, *arguments)
        except DatabaseUnavailableError:
            continue
    return await asyncio.to_thread(store, *arguments)
