"""Old conversations go by themselves, also after an attempt that failed."""

import asyncio

import pytest
from fastapi import FastAPI

from wegwijzer.conversations.erasure import Erasure

PATIENT_SECONDS = 30


@pytest.mark.parametrize("error", [ValueError("a fault in the program"), OSError("the disk is full")])
def test_the_next_cleaning_comes_whatever_went_wrong_in_the_last(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    faults, cleaned = [error], asyncio.Event()

    async def run_until_cleaned() -> None:
        loop = asyncio.get_running_loop()

        def erase_older_than(_erasure: Erasure, _days: int) -> int:
            if faults:
                raise faults.pop()
            loop.call_soon_threadsafe(cleaned.set)
            return 0

        monkeypatch.setattr(Erasure, "erase_older_than", erase_older_than)
        async with app.router.lifespan_context(app):
            await asyncio.wait_for(cleaned.wait(), PATIENT_SECONDS)

    monkeypatch.setattr("wegwijzer.web.app.SECONDS_BETWEEN_CLEANINGS", 0.01)
    asyncio.run(run_until_cleaned())
