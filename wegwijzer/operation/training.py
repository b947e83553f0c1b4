"""Trains the engine's model when what it is made of changed."""

import hashlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from wegwijzer.errors import WegwijzerError
from wegwijzer.operation.environment import ENGINE_PYTHON, MODEL, engine_environment
from wegwijzer.settings import PROJECT, get_settings

LOG = PROJECT / "var" / "training.log"
LINES_SHOWN = 15
STEP = re.compile(r"Encoding new examples: +\d+%|Starting to train component '\w+'|Processed rules: +\d+%")
console = Console(stderr=True)


class TrainingError(WegwijzerError):
    """Training failed; what went wrong stands at the end of its log."""


def train_if_changed(force: bool = False) -> bool:
    """Train when the inputs differ from those of the model that is there; True when it trained."""
    fingerprint = training_fingerprint(PROJECT)
    note = MODEL.with_suffix(".inputs")
    if not force and MODEL.exists() and note.exists() and note.read_text() == fingerprint:
        console.print("The model is up to date.")
        return False
    MODEL.parent.mkdir(parents=True, exist_ok=True)
    note.unlink(missing_ok=True)
    console.print("Training the model (a few minutes the first time)")
    command = [str(ENGINE_PYTHON), "-m", "bot.start", "train", *_arguments(), *(["--force"] if force else [])]
    _run_with_progress(command)
    note.write_text(fingerprint)
    return True


def _run_with_progress(command: list[str]) -> None:
    """Run Rasa's training; its many lines go into a log, what it is doing goes to the terminal."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    environment = engine_environment(get_settings())
    with (
        LOG.open("w") as log,
        console.status("Training the model: reading the examples") as status,
        subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
            command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as training,
    ):
        for line in training.stdout or ():
            log.write(line)
            step = STEP.search(line)
            if step:
                status.update(f"Training the model: {step[0]}")
    if training.returncode:
        lines = "\n".join(LOG.read_text().splitlines()[-LINES_SHOWN:])
        raise TrainingError(f"{lines}\nTraining failed; the whole log is {LOG}. The old model is untouched.")
    console.print("The model is trained.")


def training_fingerprint(project: Path) -> str:
    """A checksum over everything that a model is made of."""
    digest = hashlib.sha256()
    for file in _inputs(project):
        digest.update(str(file.relative_to(project)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _inputs(project: Path) -> Iterator[Path]:
    yield from (project / name for name in ("config.yml", "domain.yml", "bot/uv.lock"))
    yield from sorted((project / "bot" / "data").rglob("*.yml"))
    yield from sorted((project / "bot" / "components").glob("*.py"))


def _arguments() -> list[str]:
    return [
        *("--config", "config.yml", "--domain", "domain.yml", "--data", "bot/data"),
        *("--augmentation", "0", "--out", str(MODEL.parent), "--fixed-model-name", MODEL.name.removesuffix(".tar.gz")),
    ]
