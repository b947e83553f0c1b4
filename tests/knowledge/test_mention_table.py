"""How much of what people mention of their business is heard, and heard rightly: the table of mentions.txt."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from rich.console import Console

from wegwijzer.evaluation.mentions import Mentions, MentionTableError, figures, heard, read_table, show
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.mentions import MentionReader

TABLE = Path(__file__).with_name("mentions.txt")
FLOORS = {"precision": 0.98, "recall": 0.96}


def faults(pairs: Iterable[tuple[Mentions, Mentions]]) -> list[str]:
    """Every part whose precision or recall is below its floor, of pairs of what is told and what is heard."""
    found = figures(pairs)
    return [
        f"{name} of {part}: {one[name]:.3f}"
        for part, one in found.items()
        for name, least in FLOORS.items()
        if one[name] < least
    ]


def test_the_table_is_heard(knowledge: Knowledge) -> None:
    reader = MentionReader(knowledge)
    rows = [(wanted, heard(reader, text)) for text, wanted in read_table(TABLE)]

    assert len(rows) >= 300
    assert faults(rows) == []


@pytest.mark.parametrize(
    ("wanted", "found", "fault"),
    [
        ({"sector": "bouw"}, {}, "recall of sector"),
        ({}, {"gemeente": "beek"}, "precision of gemeente"),
        ({"bedrag": "5000"}, {"bedrag": "50000"}, "precision of bedrag"),
    ],
)
def test_the_floors_can_say_no(wanted: Mentions, found: Mentions, fault: str) -> None:
    assert any(one.startswith(fault) for one in faults([(wanted, found)]))
    assert faults([(wanted, wanted)]) == []


def test_the_figures_are_shares_of_what_was_told_and_heard() -> None:
    found = figures([({"sector": "bouw", "fase": "idee"}, {"sector": "bouw"}), ({}, {"sector": "zorg"})])

    assert found["sector"] == {"n": 1, "precision": 0.5, "recall": 1.0}
    assert found["fase"]["recall"] == 0.0
    assert found["all"] == {"n": 2, "precision": 0.5, "recall": 0.5}


@pytest.mark.parametrize("line", ["zonder streep", "| gemeente=beek", "zes man | mensen=6", "zes man | medewerkers="])
def test_a_line_of_another_form_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "table.txt"
    file.write_text(f"# a comment\n\n{line}\n", encoding="utf-8")

    with pytest.raises(MentionTableError, match=r"table\.txt:3: should be"):
        list(read_table(file))


def test_the_figures_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show(figures([({"sector": "bouw"}, {"sector": "bouw"})]), Console(width=80))

    assert "sector" in capsys.readouterr().out
