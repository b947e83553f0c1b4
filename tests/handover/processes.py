"""The programs of the handover as processes of their own, on a database and settings of a test."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wegwijzer.settings import PROJECT

COMMAND = Path(sys.executable).with_name("wegwijzer")


def started(arguments: list[str], variables: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A command that runs, in a session of its own; what it says is added to `log`."""
    settings = {f"WEGWIJZER_{name.upper()}": value for name, value in variables.items()}
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(COMMAND), *arguments],
            cwd=PROJECT,
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def running(arguments: list[str], variables: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The same, ended with the block however that ends."""
    process = started(arguments, variables, log)
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it at once, as a crash would, with all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
