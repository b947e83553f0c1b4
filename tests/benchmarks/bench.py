"""Measures a turn beside a bare `rasa init` bot in the same run, memory, start-up and training.

`make bench` runs it; it takes about two minutes, and one more the first time, to train the bare bot. The two bots are
asked in turn, A B A B, so that a machine that slows down slows both. Every figure is printed with its bound.
"""

import contextlib
import json
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.conftest import System, make_settings, start_system
from tests.conversations.talk import Visitor
from wegwijzer.operation.environment import ENGINE_PYTHON, engine_environment
from wegwijzer.operation.ports import free_port
from wegwijzer.operation.training import train_if_changed
from wegwijzer.settings import PROJECT, Settings

TURNS = 150
WARM_UP = 10
QUESTIONS = (
    "hoe kom ik aan een lening voor een nieuwe bestelbus",
    "kun je mij helpen met zonnepanelen op het dak van de loods",
    "mijn medewerker zit al drie weken ziek thuis",
    "wat is de WBSO",
    "welke vergunning heb ik nodig voor een lunchroom in Heerlen",
)
BARE_QUESTIONS = ("hi", "i am feeling great", "are you a bot?", "bye", "very sad")
BARE_BOT = PROJECT / "var" / "bare-bot"
console = Console()


def main() -> None:
    """Run all measurements and print one table."""
    results = {}
    with tempfile.TemporaryDirectory() as name, bare_bot() as bare:
        started = time.perf_counter()
        system = start_system(make_settings(Path(name)), Path(name))
        try:
            results["seconds to the first answer"] = (first_answer(system, started), 60.0)
            ours, theirs = alternating(system, bare)
            results["median of a turn, times the bare bot's"] = (median(ours) / median(theirs), 1.3)
            results["95th percentile, times the bare bot's"] = (percentile(ours) / percentile(theirs), 1.5)
            results["memory of all processes, GiB"] = (memory(system), 1.5)
        finally:
            system.stop()
    results["training from a warm cache, beyond Rasa's own start, s"] = (warm_training(), 60.0)
    results["widget, KB gzip"] = (widget_size(), 15.0)
    show(results, ours, theirs)


@contextlib.contextmanager
def bare_bot() -> Iterator[str]:
    """The address of a bot as `rasa init` makes it, trained once and kept in `var`."""
    environment = engine_environment(Settings())
    if not (BARE_BOT / "models").exists():
        console.print("Making and training the bare bot")
        command = [str(ENGINE_PYTHON), "-m", "rasa", "init", "--no-prompt", "--init-dir", str(BARE_BOT)]
        BARE_BOT.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=True, env=environment, capture_output=True)
    port = free_port()
    command = [str(ENGINE_PYTHON), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=BARE_BOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/")
            yield address
        finally:
            process.kill()


def wait_for(address: str) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(address, timeout=1)
            return
        time.sleep(0.2)
    raise TimeoutError(address)


def first_answer(system: System, started: float) -> float:
    """Seconds from the start of all processes to the first answer to a question."""
    with Visitor(system.settings.web_url) as visitor:
        visitor.say(QUESTIONS[0])
    return time.perf_counter() - started


def alternating(system: System, bare: str) -> tuple[list[float], list[float]]:
    """Seconds of a turn with ours through gateway, engine, actions and back, and with the bare bot, in turn."""
    ours: list[float] = []
    theirs: list[float] = []
    # As long as a usual conversation: the tracker grows with every turn.
    for _ in track(range((TURNS + WARM_UP) // len(QUESTIONS)), "Asking both in turn", console=console):
        sender = secrets.token_hex(8)
        with Visitor(system.settings.web_url) as visitor, httpx.Client(timeout=30) as client:
            for question, bare_question in zip(QUESTIONS, BARE_QUESTIONS, strict=True):
                ours.append(seconds(partial(answered, visitor, question)))
                body = {"sender": sender, "message": bare_question}
                theirs.append(seconds(partial(client.post, f"{bare}/webhooks/rest/webhook", json=body)))
    return ours[WARM_UP:], theirs[WARM_UP:]


def answered(visitor: Visitor, question: str) -> None:
    """Ask `question`; an apology or a question back comes sooner than an answer, and is not what is measured."""
    if not visitor.say(question).offers:
        raise ValueError(f"no offers came for {question!r}")


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def memory(system: System) -> float:
    """Proportional memory of all processes and their children, in GiB."""
    pids = [pid for name in ("actions", "engine", "web") for pid in family(system.pid(name))]
    return sum(proportional_kilobytes(pid) for pid in pids) / 1024**2


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def proportional_kilobytes(pid: int) -> int:
    """The memory of a process with shared pages counted in part, so that a sum is honest."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def warm_training() -> float:
    """Seconds of a training whose texts were all encoded before, less those in which Rasa itself starts."""
    environment = engine_environment(Settings())
    rasa_starts = seconds(
        lambda: subprocess.run(
            [str(ENGINE_PYTHON), "-m", "rasa", "train", "--help"], env=environment, check=True, capture_output=True
        )
    )
    train_if_changed(force=True)
    return seconds(lambda: train_if_changed(force=True)) - rasa_starts


def widget_size() -> float:
    """The size of the widget as a browser fetches it."""
    import gzip

    return len(gzip.compress((PROJECT / "widget" / "dist" / "wegwijzer.js").read_bytes(), 9)) / 1024


def median(values: list[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: list[float]) -> float:
    """The value below which 95 of 100 lie."""
    return statistics.quantiles(values, n=20)[-1]


def show(results: dict[str, tuple[float, float]], ours: list[float], theirs: list[float]) -> None:
    """Print the table, and the same as JSON for machines."""
    table = Table("figure", "measured", "at most", "")
    for name, (value, bound) in results.items():
        table.add_row(name, f"{value:.2f}", f"{bound:g}", "[green]holds" if value <= bound else "[red]does not hold")
    console.print(table)
    for name, values in (("Wegwijzer", ours), ("bare bot", theirs)):
        console.print(
            f"{name}: median {median(values) * 1000:.1f} ms, 95th percentile {percentile(values) * 1000:.1f} ms"
        )
    print(json.dumps({name: value for name, (value, _) in results.items()}))


if __name__ == "__main__":
    main()
