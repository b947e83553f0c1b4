"""Rasa itself finds nothing to warn of in the domain, the rules, the stories and the examples."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import List

PROJECT = Path(__file__).resolve().parents[2]
PARTS = (
    "config.yml",
    "domain.yml",
    "bot/data",
    "bot/components",
    "bot/__init__.py",
    "bot/start.py",
    "bot/private_logs.py",
)


def complaints(project: Path) -> List[str]:
    """What `rasa data validate` says is wrong; its exit code is 0 for most of its warnings."""
    command = ["-m", "bot.start", "data", "validate", "--fail-on-warnings"]
    files = ["--data", "bot/data", "--domain", "domain.yml", "--config", "config.yml"]
    done = subprocess.run([sys.executable, *command, *files], cwd=project, capture_output=True, text=True)
    lines = (done.stdout + done.stderr).splitlines()
    found = [line for line in lines if " UserWarning: " in line or " ERROR " in line]
    return found if done.returncode == 0 else [*found, *lines[-1:]]


def copy_of_project(folder: Path) -> Path:
    """The parts of the project that Rasa validates."""
    for part in PARTS:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (PROJECT / part).is_dir() else shutil.copy)(PROJECT / part, folder / part)
    return folder


def test_rasa_warns_of_nothing() -> None:
    assert complaints(PROJECT) == []


def test_a_sentence_that_no_rule_says_is_warned_of(tmp_path: Path) -> None:
    project = copy_of_project(tmp_path)
    with (project / "domain.yml").open("a") as domain:
        domain.write("\nresponses:\n  utter_lost:\n  - text: Niemand zegt dit.\n")

    assert any("utter_lost" in complaint for complaint in complaints(project))
