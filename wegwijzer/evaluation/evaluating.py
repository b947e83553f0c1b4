"""Runs an evaluation: everything that it needs is made and started here, apart from what visitors use."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from wegwijzer.evaluation.interview import Interviewer, interviewer
from wegwijzer.evaluation.judgement import Judged
from wegwijzer.evaluation.offer_cases import OfferCase
from wegwijzer.evaluation.offers import Proposed, propose
from wegwijzer.evaluation.questions import Question
from wegwijzer.knowledge.loading import bring_up_to_date
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.store import KnowledgeStore
from wegwijzer.operation.training import train_if_changed
from wegwijzer.settings import PROJECT, Settings

DATABASE = PROJECT / "var" / "evaluation.sqlite3"

Case = TypeVar("Case")
Result = TypeVar("Result")


def judge(questions: Sequence[Question], settings: Settings, console: Console) -> list[Judged]:
    """Ask every question as the first one of a conversation. Trains the model when it is not up to date.

    Raises NotStartedError, TrainingError or EngineError.
    """

    async def ask(one: Interviewer, question: Question) -> Judged:
        return Judged(question, await one.hear(question.text))

    return run(questions, ask, settings, console)


def propose_offers(cases: Sequence[tuple[OfferCase, Profile]], settings: Settings, console: Console) -> list[Proposed]:
    """What is proposed for each case when its profile is known. Raises as `judge` does."""

    async def ask(one: Interviewer, case: tuple[OfferCase, Profile]) -> Proposed:
        return await propose(one, *case)

    return run(cases, ask, settings, console)


def run(
    cases: Sequence[Case], ask: Callable[[Interviewer, Case], Awaitable[Result]], settings: Settings, console: Console
) -> list[Result]:
    """What `ask` makes of each case, in their order, with progress on `console`."""
    train_if_changed()
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    apart = settings.model_copy(update={"database_url": f"sqlite:///{DATABASE}"})
    engine, _ = bring_up_to_date(apart)
    knowledge = KnowledgeStore(engine).current()

    async def all_of_them() -> list[Result]:
        with Progress(console=console, transient=True) as progress:
            starting = progress.add_task("Starting an engine for the evaluation", total=None)
            async with interviewer(apart, knowledge) as one:
                progress.remove_task(starting)
                return [await ask(one, case) for case in progress.track(cases, description="Asking")]

    return asyncio.run(all_of_them())
