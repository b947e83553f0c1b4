"""A wrong knowledge file is refused with file, line and field; a right one is read as it stands."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.files import checksum, read_knowledge
from wegwijzer.settings import PROJECT

type_of_edit = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge that a test may spoil."""
    return Path(shutil.copytree(PROJECT / "knowledge", tmp_path / "knowledge"))


def spoil(folder: Path, file: str, edit: type_of_edit) -> str:
    """Change one file and return what reading the knowledge then complains of."""
    path = folder / file
    path.write_text(edit(path.read_text()))
    with pytest.raises(KnowledgeError) as error:
        read_knowledge(folder)
    return str(error.value)


@pytest.mark.parametrize(
    ("edit", "line_has", "field", "complaint"),
    [
        (lambda text: text.replace("state: open", "state: maybe"), "state:", "state", "should be open, check or ended"),
        (lambda text: text.replace("ask: rvo", "ask: nobody"), "ask:", "ask", "nobody does not exist"),
        (
            lambda text: text.replace("kind: fiscaal", "kind: fiscaal\nhue: red"),
            "hue:",
            "hue",
            "is no field here",
        ),
        (lambda text: text.replace("kind: fiscaal", "kind: fiscaal\nkind: lening"), "kind: lening", "kind", "twice"),
        (
            lambda text: text.replace("summary: ", "summary: Tot € 500. "),
            "summary:",
            "summary",
            "belongs in the `amounts`",
        ),
        (lambda text: text.replace("year: 2026", "year: soon"), "year:", "year", "a number in digits alone"),
    ],
)
def test_a_fault_is_told_by_file_line_and_field(
    folder: Path, edit: type_of_edit, line_has: str, field: str, complaint: str
) -> None:
    message = spoil(folder, "offers/wbso.yml", edit)

    place, _, _ = message.partition(": ")
    file, _, line = place.rpartition(":")
    assert file.endswith("offers/wbso.yml")
    assert line_has in Path(file).read_text().splitlines()[int(line) - 1]
    assert field in message
    assert complaint in message


def test_a_file_that_is_not_named_after_its_id_is_refused(folder: Path) -> None:
    (folder / "offers" / "wbso.yml").rename(folder / "offers" / "other.yml")

    with pytest.raises(KnowledgeError, match=r"other\.yml:1: id: is wbso, so the file should be wbso\.yml"):
        read_knowledge(folder)


def test_text_that_is_not_yaml_is_refused_with_its_line(folder: Path) -> None:
    message = spoil(folder, "sentences.yml", lambda text: text + "\nbroken: [1, 2\n")

    assert "sentences.yml:" in message
    assert "is not YAML" in message


def test_what_names_a_record_that_cannot_be_read_is_not_blamed(folder: Path) -> None:
    message = spoil(folder, "organisations/rvo.yml", lambda text: text.replace("role:", "rol:"))

    assert {line.partition(":")[0] for line in message.splitlines()} == {str(folder / "organisations/rvo.yml")}


def test_every_fault_is_told_at_once(folder: Path) -> None:
    (folder / "offers" / "wbso.yml").write_text("id: wbso\n")

    with pytest.raises(KnowledgeError) as error:
        read_knowledge(folder)

    assert len(str(error.value).splitlines()) > 5


def test_the_checksum_changes_with_any_record(folder: Path) -> None:
    before = checksum(folder)
    with (folder / "offers" / "wbso.yml").open("a") as file:
        file.write("# looked at again\n")

    assert checksum(folder) != before
