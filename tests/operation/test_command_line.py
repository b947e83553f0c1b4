"""What the person who installs it reads when a setting is wrong, the database cannot be used or knowledge grows old."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

import pytest

from wegwijzer.operation.ports import free_port
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge that a test may spoil."""
    return Path(shutil.copytree(PROJECT / "knowledge", tmp_path / "knowledge"))


def checked(folder: Path, *options: str) -> tuple[int, str]:
    """How `knowledge check` of a folder ends on the day of its newest record, and what it prints."""
    days = (day for file in folder.rglob("*.yml") for day in re.findall(r"\bchecked_on: (\S+)", file.read_text()))
    command = [str(COMMAND), "knowledge", "check", *options]
    settings = {"WEGWIJZER_KNOWLEDGE_FOLDER": str(folder), "WEGWIJZER_TODAY": max(days)}
    environment = {**os.environ, **settings, "COLUMNS": "200", "NO_PROXY": "*"}
    ended = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stdout


def close(offer: Path) -> None:
    """Give an offer a last day that is past."""
    offer.write_text(offer.read_text().rstrip("\n") + "\ncloses_on: 2001-01-01\n")


def test_a_check_of_knowledge_with_warnings_only_succeeds_unless_it_is_strict(folder: Path) -> None:
    code, printed = checked(folder)

    assert code == 0
    assert re.search(r"^\d+ offers, \d+ organisations: 0 errors, \d+ warnings\.$", printed.splitlines()[-1])
    assert checked(folder, "--strict") == (1, printed)


def test_a_check_of_knowledge_with_an_error_fails_and_tells_what_to_do(folder: Path) -> None:
    close(folder / "offers" / "wbso.yml")

    code, printed = checked(folder)

    assert code == 1
    last = len((folder / "offers" / "wbso.yml").read_text().splitlines())
    assert f"offers/wbso.yml:{last} " in printed
    assert "What to do: Set `state: ended` with a note in `ended`, or give the new dates." in printed
    assert ": 1 error, " in printed.splitlines()[-1]


def test_a_check_shows_all_warnings_when_asked(folder: Path) -> None:
    _, some = checked(folder)
    _, everything = checked(folder, "--all")

    assert "which --all shows" in some
    assert "which --all shows" not in everything
    assert len(everything) > len(some)


def test_a_fault_of_form_still_comes_first(folder: Path) -> None:
    close(folder / "offers" / "wbso.yml")
    (folder / "offers" / "wva.yml").write_text("id: wva\n")

    message = refused([str(COMMAND), "knowledge", "check"], KNOWLEDGE_FOLDER=str(folder))

    assert "wva.yml:1: name: is missing" in message
    assert "closed on" not in message
    assert "Mend this first; then names" in message.splitlines()[-1]


def test_the_line_of_a_fault_is_not_taken_for_an_emoji(folder: Path) -> None:
    file = folder / "offers" / "wbso.yml"
    file.write_text("# een opmerking\n" * 99 + file.read_text().replace("id:", "idd:", 1))

    message = refused([str(COMMAND), "knowledge", "check"], KNOWLEDGE_FOLDER=str(folder))

    assert "wbso.yml:100: idd: is no field here" in message


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    """The address of a site without any page."""
    site = tmp_path / "site"
    site.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *details: object) -> None:
            super().__init__(*details, directory=site)  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_check_of_links_fails_when_a_page_is_gone_and_only_then(folder: Path, empty_site: str) -> None:
    # Places on one page, on a port where nobody listens: nothing leaves this machine, and nobody waits.
    nowhere, places = f"https://127.0.0.1:{free_port()}/", count()
    for file in folder.rglob("*.yml"):
        elsewhere = re.sub(r"https?://[^\s'\",\]}]+", lambda _: f"{nowhere}#{next(places)}", file.read_text())
        file.write_text(elsewhere)
    code, printed = checked(folder, "--links")
    assert code == 0
    assert "Hosts that do not answer" in printed

    offer = folder / "offers" / "wbso.yml"
    offer.write_text(re.sub(r"(source:\n  url: )\S+", rf"\1{empty_site}/weg", offer.read_text()))
    code, printed = checked(folder, "--links")

    assert code == 1
    assert f"{empty_site}/weg: status 404" in printed
    assert ": 1 error, " in printed.splitlines()[-1]
