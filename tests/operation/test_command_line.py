"""What the person who installs it reads when a setting is wrong or the database cannot be used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wegwijzer.settings import PROJECT

COMMAND = Path(sys.executable).with_name("wegwijzer")


def refused(command: list[str], **variables: str) -> str:
    """What a command says that has to fail, in one message and without a trace of the program."""
    environment = {**os.environ, **{f"WEGWIJZER_{name}": value for name, value in variables.items()}}
    ended = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stdout
    assert "Traceback" not in ended.stderr
    return ended.stderr


@pytest.mark.parametrize("command", [[str(COMMAND), "knowledge", "load"], [sys.executable, "-m", "wegwijzer.web"]])
def test_every_wrong_setting_is_named_at_once(command: list[str]) -> None:
    message = refused(command, WEB_PORT="eighty", DATABASE_URL="mysql://root:secret@127.0.0.1/x")

    assert "WEGWIJZER_WEB_PORT: Input should be a valid integer" in message
    assert "WEGWIJZER_DATABASE_URL: Value error, must begin with sqlite:/// or postgresql://" in message
    assert "secret" not in message


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"no database" * 1000)

    message = refused([str(COMMAND), "knowledge", "load"], DATABASE_URL=f"sqlite:///{file}")

    assert f"the database at sqlite:///{file} cannot be used: file is not a database" in message


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    url = "postgresql://somebody:secret@127.0.0.1:1/wegwijzer"

    message = refused([str(COMMAND), "knowledge", "load"], DATABASE_URL=url)

    assert "the database at postgresql://somebody:***@127.0.0.1:1/wegwijzer cannot be used" in message
    assert "secret" not in message


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    message = refused(
        [str(COMMAND), "knowledge", "load"], DATABASE_URL=f"sqlite:///{tmp_path / 'file' / 'x' / 'db.sqlite3'}"
    )

    assert "the folder of the database cannot be made" in message
