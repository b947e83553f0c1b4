"""The supervisor starts what dies again, gives up on what keeps dying, and stops everything when told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wegwijzer.operation.ports import free_port
from wegwijzer.operation.supervisor import ENDING_WITH_US

PATIENT_SECONDS = 10
RUNNER = """
import asyncio, sys
from pathlib import Path
from rich.console import Console
from wegwijzer.operation.supervisor import Service, Supervisor
command = sys.argv[1:]
service = Service("child", command, {}, "http://127.0.0.1:%d/", "blue")
supervisor = Supervisor([service], Path("."), Console(width=200))
sys.exit(asyncio.run(supervisor.run("READY")))
"""

PARENT_OF_A_WORKER = """
import subprocess, sys
worker = [sys.executable, "-m", "http.server", sys.argv[1], "--bind", "127.0.0.1"]
subprocess.Popen(worker).wait()
"""


@contextmanager
def supervise(port: int, *command: str) -> Iterator[subprocess.Popen[str]]:
    """A supervisor in a process of its own that keeps `command` running."""
    runner = [sys.executable, "-c", RUNNER % port, *command]
    with subprocess.Popen(runner, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def line_with(words: str, process: subprocess.Popen[str]) -> str:
    """The next line of output that holds `words`; fails when the output ends before it."""
    assert process.stdout
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"the output ended without {words!r}")


def test_it_says_when_all_is_ready_and_stops_what_it_started() -> None:
    port = free_port()
    with supervise(port, sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1") as process:
        line_with("READY", process)
        child = children(process.pid)[0]

        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=30) == 0
        assert not runs(child)


def test_a_process_that_dies_is_started_again() -> None:
    port = free_port()
    with supervise(port, sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1") as process:
        line_with("READY", process)
        first = children(process.pid)[0]

        os.kill(first, signal.SIGKILL)
        line_with("starting it again", process)

        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_workers_that_a_dead_process_leaves_behind_are_ended_too() -> None:
    port = free_port()
    with supervise(port, sys.executable, "-c", PARENT_OF_A_WORKER, str(port)) as process:
        line_with("READY", process)
        parent = children(process.pid)[0]
        worker = children(parent)[0]

        os.kill(parent, signal.SIGKILL)
        line_with("starting it again", process)

        assert ends(worker)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


@pytest.mark.skipif(not ENDING_WITH_US, reason="this system cannot end a process with its parent (setpriv is missing)")
def test_what_it_started_ends_when_it_is_killed_itself() -> None:
    port = free_port()
    with supervise(port, sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1") as process:
        line_with("READY", process)
        child = children(process.pid)[0]

        process.kill()

        assert ends(child)


def test_it_gives_up_on_a_process_that_keeps_dying() -> None:
    with supervise(free_port(), sys.executable, "-c", "print('cannot start'); raise SystemExit(3)") as process:
        line_with("cannot start", process)
        line_with("died 5 times", process)

        assert process.wait(timeout=30) == 1


def ends(pid: int) -> bool:
    """Whether a process comes to its end; one that was killed may take a moment after its output has closed."""
    deadline = time.monotonic() + PATIENT_SECONDS
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not runs(pid)


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended may still have its place in the table."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
