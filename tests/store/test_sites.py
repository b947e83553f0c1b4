"""Only a partner's own pages may show the widget, and a wrong list of them is refused with its place."""

from pathlib import Path

import pytest

from wegwijzer.conversations.sites import Site, Sites, read_sites
from wegwijzer.errors import KnowledgeError
from wegwijzer.settings import PROJECT

BAKER = "- id: bakker\n  name: De bakker\n  origins: [https://bakker.nl, https://www.bakker.nl]\n"


def sites(folder: Path, content: str, *more: Site) -> Sites:
    """The sites of a file with this content."""
    file = folder / "sites.yml"
    file.write_text(content)
    return read_sites(file, *more)


def test_a_site_has_its_own_origins(tmp_path: Path) -> None:
    found = sites(tmp_path, BAKER + "- id: slager\n  name: De slager\n  origins: [https://slager.nl]\n")

    assert found.origins == ["https://bakker.nl", "https://www.bakker.nl", "https://slager.nl"]
    assert found.allows("bakker", "https://www.bakker.nl")
    assert found.allows("slager", "https://slager.nl")


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("bakker", "https://slager.nl"),
        ("slager", "https://bakker.nl"),
        ("bakker", "http://bakker.nl"),
        ("bakker", "https://bakker.nl/"),
        ("bakker", "https://bakker.nl.example.com"),
        ("bakker", "null"),
        ("bakker", ""),
        ("bakker", None),
        ("", "https://bakker.nl"),
    ],
)
def test_every_other_origin_is_refused(tmp_path: Path, site: str, origin: str | None) -> None:
    assert not sites(tmp_path, BAKER).allows(site, origin)


def test_a_site_of_the_program_itself_is_added(tmp_path: Path) -> None:
    demo = Site(id="demo", name="Demo", origins=("http://127.0.0.1:8080",))

    assert sites(tmp_path, BAKER, demo).allows("demo", "http://127.0.0.1:8080")


@pytest.mark.parametrize(
    "origin",
    [
        "http://bakker.nl",
        "https://bakker.nl/",
        "https://bakker.nl/winkel",
        "https://bakker.nl?x=1",
        "https://",
        "bakker.nl",
        "*",
        "null",
        "javascript://x",
    ],
)
def test_what_is_no_origin_of_a_safe_site_is_refused_with_its_line(tmp_path: Path, origin: str) -> None:
    with pytest.raises(KnowledgeError, match=r"sites\.yml:6: origins\.1"):
        sites(tmp_path, f"{BAKER}- id: slager\n  name: De slager\n  origins: ['{origin}']\n")


@pytest.mark.parametrize(
    "origin", ["https://Bakker.nl", "https://bakker.nl:443", "https://gebruiker@bakker.nl", "https://*.bakker.nl"]
)
def test_what_no_browser_sends_as_an_origin_is_refused(tmp_path: Path, origin: str) -> None:
    with pytest.raises(KnowledgeError, match=r"sites\.yml:3: origins\.1"):
        sites(tmp_path, f"- id: bakker\n  name: De bakker\n  origins: ['{origin}']\n")


@pytest.mark.parametrize("origin", ["http://localhost:3000", "http://127.0.0.1:8080"])
def test_a_page_on_ones_own_machine_need_not_be_safe(tmp_path: Path, origin: str) -> None:
    found = sites(tmp_path, f"- id: bakker\n  name: De bakker\n  origins: ['{origin}']\n")

    assert found.allows("bakker", origin)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is empty"),
        ("id: bakker", "should be a list"),
        ("- id: bakker\n  name: De bakker\n", "origins"),
        ("- id: bakker\n  name: De bakker\n  origins: []\n", "origins"),
        ("- id: De Bakker\n  name: De bakker\n  origins: [https://bakker.nl]\n", "id"),
        ("- id: bakker\n  name: De bakker\n  origins: [https://bakker.nl]\n  secret: x\n", "secret"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=complaint):
        sites(tmp_path, content)


def test_two_sites_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="bakker"):
        sites(tmp_path, BAKER + "- id: bakker\n  name: Een ander\n  origins: [https://ander.nl]\n")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="does not exist"):
        read_sites(tmp_path / "sites.yml")


def test_the_file_of_this_project_can_be_read() -> None:
    assert all(origin.startswith("https://") for origin in read_sites(PROJECT / "knowledge" / "sites.yml").origins)
