"""Whoever edits the knowledge by hand reads in plain words what is wrong, where, and what to write instead."""

import shutil
from pathlib import Path

import pytest

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.settings import PROJECT

OFFER = """\
id: proefregeling
name: Proefregeling
aliases: [proefregeling]
provider:
  name: RVO
  organisations: [rvo]
kind: subsidie
state: open
topics:
- innovatie/wbso
summary: Een regeling om mee te proeven.
asked_as:
- hoe werkt de proefregeling
regio: [heerlen]
criteria:
  medewerkers: {max: 50}
conditions:
- Je pand staat in het centrum
amounts:
- {what: bijdrage, max_eur: 10000, year: 2026}
ask: rvo
url: https://www.rvo.nl
contact: '045'
source:
  url: https://www.rvo.nl
  year: 2026
checked_on: 2026-11-24
closes_on: 2027-06-30
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge, to which each test adds one offer."""
    return Path(shutil.copytree(PROJECT / "knowledge", tmp_path_factory.mktemp("plain") / "knowledge"))


def complaint(folder: Path, content: bytes, name: str = "proefregeling.yml") -> str:
    """What reading the knowledge says when this file is among the offers."""
    file = folder / "offers" / name
    file.write_bytes(content)
    try:
        with pytest.raises(KnowledgeError) as error:
            read_knowledge(folder)
    finally:
        file.unlink()
    return str(error.value).replace(str(folder / "offers"), "")


def test_an_offer_as_it_should_be_is_taken(folder: Path) -> None:
    file = folder / "offers" / "proefregeling.yml"
    file.write_text(OFFER)

    read_knowledge(folder)

    file.unlink()


def test_the_example_for_contributors_is_taken(folder: Path) -> None:
    _, _, rest = (PROJECT / "CONTRIBUTING.md").read_text().partition("```yaml\n")
    file = folder / "offers" / "proefregeling.yml"
    file.write_text(rest.partition("```")[0])

    read_knowledge(folder)

    file.unlink()


@pytest.mark.parametrize(
    ("right", "wrong", "line", "words"),
    [
        ("2027-06-30", "2027-06-31", 28, "a day that exists, as year-month-day"),
        ("2027-06-30", "28-11-2027", 28, "a day that exists, as year-month-day"),
        ("2027-06-30", "20270630", 28, "a day that exists, as year-month-day"),
        ("10000", "10.000", 20, "is read as 10: write 10000"),
        ("10000", "010000", 20, "write a number in digits alone"),
        ("10000", "tienduizend", 20, "a number in digits alone"),
        ("10000", ".inf", 20, "write a number in digits alone"),
        ("max_eur: 10000", "min_eur: 20000, max_eur: 10000", 20, "min_eur is above max_eur"),
        ("{max: 50}", "{max: yes}", 16, "write a number in digits alone"),
        ("{max: 50}", "50", 16, "should have fields of its own: {min: 2, max: 50}"),
        ("[heerlen]", "heerlen", 14, "should be a list: [heerlen]"),
        ("[heerlen]", "heerlen, kerkrade", 14, "should be a list: [one, two]"),
        ("[heerlen]", "heerlen en kerkrade", 14, "should be a list: [one, two]"),
        ("{max: 50}", "1 tot en met 9", 16, "criteria.medewerkers: should have fields of its own: {min: 1, max: 9}"),
        ("{max: 50}", "9-1", 16, "criteria.medewerkers: should have fields of its own: {min: 2, max: 50}"),
        ("{max: 50}", "2 - 50", 16, "criteria.medewerkers: should have fields of its own: {min: 2, max: 50}"),
        ("max_eur: 10000", "max_eur: 67,5", 20, "amounts.1: holds a comma or a colon"),
        ("max_eur: 10000", "max_eur: 67,5", 20, "a number has no comma: 5000 or 67.5"),
        ("max_eur: 10000", "eur: 1000-5000", 20, "in digits alone: min_eur: 1000, max_eur: 5000"),
        ("max_eur: 10000", "eur: 100, max_eur: 50", 20, "eur is not between min_eur and max_eur"),
        ("{max: 50}", "{min: 1-49}", 16, "in digits alone: 1"),
        ("year: 2026}", "year: vorig jaar}", 20, "in digits alone: 2026"),
        ("[heerlen]", "[heerlen; kerkrade]", 14, "put commas between them, heerlen, kerkrade"),
        ("\nurl: https://", "\nurl: https:/", 22, "should begin with https://, with two slashes"),
        ("\nurl: https://www.rvo.nl", "\nurl: https://www.example.com", 22, "only stands for an address"),
        ("het centrum\n", "het centrum\n  Je hebt een winkel\n", 19, "begin it with a dash"),
        ("name: Proef", "naam: Proef", 2, "naam: is no field here; did you mean name?"),
        ("source:", "bron:", 24, "bron: is no field here; did you mean source?"),
        ("[heerlen]", "[Heerlen]", 14, "in small letters, with hyphens for spaces and dots: heerlen"),
        ("- Je pand", "- Let op: je pand", 18, "a colon and a space: put the whole text in double quotes"),
        ("Een regeling om", "Let op: een regeling om", 11, "a colon and a space stand in a text"),
        ("'045'", "0455604040", 23, 'or a text in quotes, "0455604040"'),
        ("'045'", "+31455604040", 23, 'put it in quotes, "+31455604040"'),
        ("'045'", "“045”", 23, "stands in curly quotes"),
        ("'045'", '"C:\\Documenten"', 23, "use single quotes"),
        ("'045'", "- ", 23, "a dash stands where a text should stand"),
        ("'045'", "'045", 23, "a quote is opened here and never closed"),
        ("contact: '045'", 'contact: "045\nnote: "let op"', 23, "a quote is opened here and not closed on this line"),
        ("- Je pand", "- 'Je pand", 18, "a quote is opened here and not closed on this line"),
        ("  name: RVO", "name: RVO", 5, "stands as far to the left as `provider`: what belongs to that begins"),
        ("'045'", "@heerlen", 23, "a sign that means something else (@"),
        ("'045'", "{{telefoon}}", 23, "put the whole text in double quotes"),
        ("'045'", "!let op", 23, "begins with a sign that means something else"),
        ("summary:", "summry:", 11, "is no field here; did you mean summary?"),
        ("  name: RVO", "\tname: RVO", 5, "a tab"),
        ("https://www.rvo.nl\ncontact", "www.rvo.nl\ncontact", 22, "begins with https://"),
        ("kind: subsidie\n", "", 1, "kind: is missing"),
        ("bijdrage,", "bijdrage, per winkel,", 20, "is no field here"),
        ("[proefregeling]", "[proefregeling", 4, "is not closed"),
        ("Een regeling om", "Een regeling #2 om", 11, "ends at the #: put the whole text in double quotes"),
        ("- Je pand", "- Zet #ondernemen bij je pand", 18, "ends at the #"),
        ("2027-06-30", "2027-06-30\nopens_on: 2027-07-01", 29, "opens_on is after closes_on"),
        ("state: open", "state: ended", 8, "say in `ended`, with a line `note: ...` below it"),
        ("state: open", "state: actief", 8, "state: should be open, check or ended"),
        ("kind: subsidie", "kind: Subsidie", 7, "did you mean subsidie?"),
        ("- innovatie/wbso", "- subsidies", 10, "should be a theme and a topic of it"),
        (
            "  medewerkers: {max: 50}",
            "  sectoren: [zorg]\n  niet_sectoren: [zorg]",
            17,
            "niet_sectoren and sectoren both",
        ),
        ("- Je pand", "- Tot EUR 500 voor je pand", 18, "belongs in the `amounts` of an offer"),
        ("- Je pand", "- De helft, vijftig procent, als je pand", 18, "belongs in the `amounts` of an offer"),
        ("https://www.rvo.nl\ncontact", "https://heerlen\ncontact", 22, "heerlen is no host that anybody can reach"),
        ("https://www.rvo.nl\ncontact", "https://ik:geheim@rvo.nl\ncontact", 22, "leave out what stands before the @"),
        ("https://www.rvo.nl\ncontact", "https://rvo.nl/a b\ncontact", 22, "holds a space"),
        ("https://www.rvo.nl\ncontact", "https://rvo.nl,\ncontact", 22, "ends in a comma"),
        ("[proefregeling]", "[proef, proef]", 3, "proef: stands twice in this list"),
        ("[proefregeling]", "[p]", 3, "at least 2 characters"),
        ("[heerlen]", "[vaals, herlen]", 14, "regio.2: herlen does not exist; did you mean heerlen?"),
        ("- innovatie/wbso", "- innovatie/wbso\n- innovatie/wbsoo", 11, "did you mean innovatie/wbso?"),
        ("ask: rvo", "ask: rvoo", 21, "ask: rvoo does not exist; did you mean rvo?"),
        ("ask: rvo", "ask: gemeente", 21, "gemeente does not exist; correct it or add a record for it"),
        ("- innovatie/wbso", "- financiering/scholing", 10, "did you mean personeel/scholing?"),
        ("- innovatie/wbso", "- algemeen/bedrijfsfeest", 10, "algemeen/bedrijfsfeest does not exist; correct it"),
        ("[heerlen]", "[hoensbroek]", 14, "did you mean heerlen?"),
        ("[heerlen]", "[landelijk]", 14, "did you mean nederland?"),
        ("[heerlen]", "[roerdalen]", 14, "it can be beek, beekdaelen"),
        ("medewerkers: {max: 50}", "sectoren: [winkel]", 16, "did you mean detailhandel?"),
        ("medewerkers: {max: 50}", "sectoren: [tuinders]", 16, "it can be bouw, chemie"),
        ("regio: [heerlen]", "regio: [heerlen]\nbehalve: [limburg]", 15, "limburg does not exist; it can be beek"),
        ("  organisations: [rvo]", "organisations: [rvo]", 6, "it belongs below `provider`, further to the right"),
        ("  medewerkers: {max: 50}", "  closes_on: 2027-01-01", 16, "it belongs at the left, below nothing"),
        ("  medewerkers: {max: 50}", "  medewerkers: {minimaal: 50}", 16, "the fields here are max, min"),
        ("10000", "5,000", 20, "a number has no comma: 5000"),
        ("10000", "€ 5.000", 20, "a number in digits alone: 5000"),
        ("max_eur: 10000", "percent: 50%", 20, "a number in digits alone: 50"),
        ("max_eur: 10000", "percent: 5000", 20, "should be at most 1000"),
        ("bijdrage,", "bijdrage, per jaar,", 20, "within {...} a comma begins the next field"),
        ("- Je pand", "- ja\n- Je pand", 18, "conditions.1: should have at least 3 characters; now there are 2"),
        ("- Je pand staat in het centrum", f"- {'lang ' * 70}", 18, "should have at most 300 characters; now"),
        ("- Je pand", "- Alleen met # leden\n- Je pand", 18, "ends at the #"),
        ("- Je pand", "- &Je pand", 18, "begins with &"),
        ("regio: [heerlen]", "regio: &a [*a]", 14, "begins with *"),
        ("in het centrum", "in het centrum\n  - Je zaak bestaat een jaar", 19, "is read as part of the text above it"),
        ("- Je pand", "- > 10 medewerkers", 18, "a text begins with > or |"),
        ("- Je pand", "* Je pand", 18, "a text begins with & or *"),
        ("{max: 50}", "{min: >=5}", 16, "a sign that means something else"),
        ("- Je pand", "<<<<<<< mijn\n- Je pand", 18, "two versions of the file stand below each other"),
        ("- Je pand", "- Je\u200b pand", 18, "holds a sign that cannot be seen"),
        ("- Je pand", "- Je\u000b pand", 18, "holds a sign that cannot be seen"),
        ("  name: RVO", "\u00a0 name: RVO", 5, "begins with a space that is none to YAML"),
        ("https://www.rvo.nl\ncontact", "https://www.rvo.nlhttps://www.rvo.nl\ncontact", 22, "holds two addresses"),
        ("https://www.rvo.nl\ncontact", "https://wwww.rvo.nl\ncontact", 22, "wwww.rvo.nl is no host"),
        ("https://www.rvo.nl\ncontact", "https://intranet.rvo.local\ncontact", 22, "is no host that anybody can reach"),
    ],
)
def test_a_mistake_is_told_in_words_that_say_what_to_write(
    folder: Path, right: str, wrong: str, line: int, words: str
) -> None:
    assert right in OFFER

    message = complaint(folder, OFFER.replace(right, wrong, 1).encode())

    assert words in message
    assert f"proefregeling.yml:{line}:" in message
    assert "nput should" not in message


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("name: Proefregeling\n", "name:\n", "2: name: is empty: give a text"),
        ("regio: [heerlen]", "regio:", "14: regio: is empty: give a list, [one, two]"),
        ("[proefregeling]", "", "3: aliases: is empty: give a list, [one, two], or leave the line out"),
    ],
)
def test_only_what_may_be_left_out_is_said_to_be(folder: Path, right: str, wrong: str, told: str) -> None:
    assert complaint(folder, OFFER.replace(right, wrong, 1).encode()) == f"/proefregeling.yml:{told}"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("'045'", "0455604040"),
        ("[heerlen]", "[Heerlen]"),
        ("{max: 50}", "{max: yes}"),
        ("source:", "bron:"),
        ("source:", "Bron:"),
        ("  name: RVO", "  naam: RVO"),
        ("contact: '045'", "contact:\n  0455604040"),
    ],
)
def test_one_mistake_is_told_once(folder: Path, right: str, wrong: str) -> None:
    assert len(complaint(folder, OFFER.replace(right, wrong, 1).encode()).splitlines()) == 1


def test_a_text_in_two_byte_letters_is_told(folder: Path) -> None:
    assert "is not saved as UTF-8" in complaint(folder, OFFER.encode("utf-16-le"))


def test_all_that_is_wrong_with_several_offers_is_told_at_once(folder: Path) -> None:
    (folder / "offers" / "andere.yml").write_text(
        OFFER.replace("id: proefregeling", "id: andere").replace("ask: rvo", "ask: nergens")
    )
    wrong = OFFER.replace("2027-06-30", "2027-02-30").replace("[heerlen]", "heerlen")

    message = complaint(folder, wrong.encode())

    (folder / "offers" / "andere.yml").unlink()
    told = [line.partition(":")[2].partition(" ")[0] for line in message.splitlines()]
    assert told == ["21:", "14:", "28:"], message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("proefregeling.yaml", "is not read: only files in offers that end in .yml are"),
        ("kopie.yml", "is proefregeling, so the file should be proefregeling.yml"),
    ],
)
def test_a_file_of_the_wrong_name_does_not_go_unnoticed(folder: Path, name: str, words: str) -> None:
    assert words in complaint(folder, OFFER.encode(), name)


def test_a_copy_needs_an_id_of_its_own_and_what_was_copied_is_not_blamed(folder: Path) -> None:
    copied = (folder / "offers" / "wbso.yml").read_bytes()

    message = complaint(folder, copied, "kopie.yml")

    assert "which stands in wbso.yml: give it one of its own" in message
    assert len(message.splitlines()) == 1


def test_an_offer_beside_the_folders_does_not_go_unnoticed(folder: Path) -> None:
    astray = folder / "proefregeling.yml"
    astray.write_text(OFFER)

    with pytest.raises(KnowledgeError, match="is not read here: an offer goes in offers"):
        read_knowledge(folder)

    astray.unlink()


@pytest.mark.parametrize("name", ["aanbod/proefregeling.yml", "proefregeling.txt"])
def test_what_stands_where_nothing_is_read_does_not_go_unnoticed(folder: Path, name: str) -> None:
    astray = folder / name
    astray.parent.mkdir(exist_ok=True)
    astray.write_text(OFFER)

    with pytest.raises(KnowledgeError, match="is not read here: an offer goes in offers"):
        read_knowledge(folder)

    astray.unlink()
    if astray.parent != folder:
        astray.parent.rmdir()


def test_an_offer_among_the_organisations_is_told_where_it_belongs_and_nothing_else(folder: Path) -> None:
    astray = folder / "organisations" / "proefregeling.yml"
    astray.write_text(OFFER)

    with pytest.raises(KnowledgeError) as error:
        read_knowledge(folder)

    astray.unlink()
    assert str(error.value) == f"{astray}:1: file: is an offer: move it to the folder offers"


def test_another_encoding_is_told_with_the_line_where_it_shows(folder: Path) -> None:
    message = complaint(folder, OFFER.replace("proeven", "beëindigen").encode("cp1252"))

    assert "proefregeling.yml:11: file: is not saved as UTF-8" in message


@pytest.mark.parametrize(
    ("file", "right", "wrong", "words"),
    [
        ("topics/zwaar_weer.yml", "- id: whoa\n", "- id: stoppen\n", "stoppen stands twice"),
        ("profile.yml", "- {id: horeca,", "- {id: bouw,", "bouw stands twice"),
        ("out_of_scope.yml", "- id: belasting\n", "- id: boekhouding\n", "boekhouding stands twice"),
        ("sentences.yml", "person_default: kvk", "person_default: kvkk", "kvkk does not exist"),
        ("topics/innovatie.yml", "position: ", "position: 1 # ", "1 is the place of [a-z_]+ already"),
        ("topics/zwaar_weer.yml", "contacts: ['113'", "contacts: ['114'", "contacts.1: 114 does not exist"),
        ("municipalities.yml", "id: heerlen", "id: heerln", "id: id is heerln, but Heerlen is written heerlen"),
        ("assessment.yml", "back: [", "back: [overslaan, ", "commands: overslaan stands twice"),
    ],
)
def test_what_stands_twice_or_nowhere_is_told(folder: Path, file: str, right: str, wrong: str, words: str) -> None:
    path = folder / file
    before = path.read_text()
    assert right in before
    path.write_text(before.replace(right, wrong, 1))
    try:
        with pytest.raises(KnowledgeError, match=words):
            read_knowledge(folder)
    finally:
        path.write_text(before)
