"""Keeps a handful of processes running together, with their output in one readable stream.

Libraries of this kind (honcho, circus, supervisor) either stop everything when one process dies or need
a service of their own; here a process that dies is started again, and all of them stop on Ctrl-C.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rich.console import Console
from rich.text import Text

from wegwijzer.errors import WegwijzerError

STOP_SECONDS = 30  # longer than the web process takes to finish the turns it is answering
RESTART_SECONDS = 1.0
WATCH_SECONDS = 0.2
GIVE_UP_AFTER = 5
QUICK_DEATH_SECONDS = 20.0
# Linux ends a process whose supervisor was killed; elsewhere it stays behind, as nobody is left to stop it.
ENDING_WITH_US = ("setpriv", "--pdeathsig", "TERM", "--") if shutil.which("setpriv") else ()


class NotStartedError(WegwijzerError):
    """A process does not get ready; what it printed says why."""


@dataclass(frozen=True)
class Service:
    """A process to keep running; `health` answers 200 when it can be used, and is None when nobody waits for it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    health: str | None
    colour: str


@dataclass
class Supervisor:
    """Runs services until it is told to stop or one of them keeps dying."""

    services: Sequence[Service]
    folder: Path
    console: Console
    start_seconds: float = 180
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _gave_up: str | None = None

    async def run(self, ready_message: str) -> int:
        """Run until stopped; prints `ready_message` once all are healthy. The exit code: 0, or 1 after giving up."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stopping.set)
        keepers = [asyncio.create_task(self._keep(service)) for service in self.services]
        announcement = asyncio.create_task(self._announce(ready_message))
        await self._stopping.wait()
        self._say("wegwijzer", "white", "stopping")
        await asyncio.gather(announcement, *keepers)
        return 1 if self._gave_up else 0

    @contextlib.asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        """Run for as long as the block does; all are healthy in it, and ended after it. Raises NotStartedError."""
        keepers = [asyncio.create_task(self._keep(service)) for service in self.services]
        try:
            late = await self._first_that_is_not_healthy()
            if late:
                raise NotStartedError(f"The {late.name} process did not start.")
            yield
        finally:
            self._stopping.set()
            await asyncio.gather(*keepers)

    async def _keep(self, service: Service) -> None:
        quick_deaths = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            code = await self._run_once(service)
            if self._stopping.is_set():
                return
            quick = time.monotonic() - started < QUICK_DEATH_SECONDS
            quick_deaths = quick_deaths + 1 if quick else 0
            if quick_deaths >= GIVE_UP_AFTER:
                self._gave_up = service.name
                self._say(service.name, "red", f"died {GIVE_UP_AFTER} times at once; the messages above say why")
                self._stopping.set()
                return
            self._say(service.name, "red", f"ended with code {code}; starting it again")
            await self._pause(RESTART_SECONDS)

    async def _run_once(self, service: Service) -> int:
        # A session of its own: Ctrl-C reaches only the supervisor, which stops the others in order.
        process = await asyncio.create_subprocess_exec(
            *ENDING_WITH_US,
            *service.command,
            cwd=self.folder,
            env=dict(service.environment),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        output = asyncio.create_task(self._relay(service, process))
        # Not `process.wait()`: that also waits for workers that hold the output open after their parent died.
        while process.returncode is None and not self._stopping.is_set():
            await self._pause(WATCH_SECONDS)
        if process.returncode is None:
            _signal_all(process, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
        # Workers that a process leaves behind would keep its port.
        _signal_all(process, signal.SIGKILL)
        await output
        return await process.wait()

    async def _relay(self, service: Service, process: asyncio.subprocess.Process) -> None:
        assert process.stdout  # noqa: S101 - it was asked for above
        async for line in process.stdout:
            self._say(service.name, service.colour, line.decode(errors="replace").rstrip())

    async def _announce(self, message: str) -> None:
        late = await self._first_that_is_not_healthy()
        if late is None:
            self._say("wegwijzer", "bold green", message)
        elif not self._stopping.is_set():
            self._say(late.name, "red", f"did not get ready within {self.start_seconds:.0f} s")

    async def _first_that_is_not_healthy(self) -> Service | None:
        """Wait for all; the one that is not healthy when the time is over or everything stops, None when all are."""
        async with httpx.AsyncClient(timeout=2) as client:
            deadline = time.monotonic() + self.start_seconds
            for service in self.services:
                while not await _healthy(client, service.health):
                    if self._stopping.is_set() or time.monotonic() > deadline:
                        return service
                    await self._pause(0.3)
        return None

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def _say(self, name: str, colour: str, line: str) -> None:
        self.console.print(Text(f"{name:>9} │ ", style=colour) + Text.from_ansi(line), soft_wrap=True)


def _signal_all(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    """Send a signal to a process and all that it started, as far as they are there."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


async def _healthy(client: httpx.AsyncClient, address: str | None) -> bool:
    if address is None:
        return True
    try:
        return (await client.get(address)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
