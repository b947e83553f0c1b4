"""`wegwijzer evaluate` as people run it: real questions of a file to a real engine."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from wegwijzer.settings import PROJECT

QUESTIONS = """id,text,theme,topic,second_theme
a,Ik wil geld lenen voor een nieuwe oven in mijn bakkerij,financiering,krediet,
b,Mijn werknemer is al drie weken ziek,personeel,verzuim,
c,Hoe warm wordt het morgen?,buiten_bereik,weer,
d,"Mijn adres is a@b.nl, waar vind ik een investeerder?",financiering,investeerder,
e,asdf qwer zxcv,buiten_bereik,onduidelijk,
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command of `wegwijzer`."""
    command = [PROJECT / ".venv" / "bin" / "wegwijzer", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)


def test_it_asks_the_engine_and_tells_what_was_understood(tmp_path: Path) -> None:
    questions = tmp_path / "questions.csv"
    questions.write_text(QUESTIONS)

    done = run("evaluate", questions, "--json", tmp_path / "out.json", "--charts", tmp_path / "charts")

    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "out.json").read_text())
    assert figures["n"] == 5
    assert figures["themes"]["personeel"]["right_at_once"] == 1
    assert figures["themes"]["financiering"]["right_at_once"] == 1
    assert figures["latency_ms"]["p95"] >= figures["latency_ms"]["p50"] > 0
    assert re.search(r"right at once +│ 0\.\d|right at once +│ 1\.0", done.stdout)
    assert {file.name for file in (tmp_path / "charts").iterdir()} == {"confusions.svg", "calibration.svg"}


@pytest.mark.parametrize(("text", "message"), [("id,text\n", "must name the columns"), (None, "cannot be read")])
def test_a_file_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path, text: str | None, message: str) -> None:
    file = tmp_path / "questions.csv"
    if text is not None:
        file.write_text(text)

    done = run("evaluate", file)

    assert done.returncode == 1
    assert message in done.stderr and "Traceback" not in done.stderr
