"""Whoever types another language is told in it that answers are in Dutch; the dialect of Limburg is none."""

import pytest

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.languages import Languages


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("I need a loan for my bakery", "I answer"),
        ("where can I find staff", "I answer"),
        ("Ich suche Personal für mein Hotel", "Ich antworte"),
        ("Wo kann ich eine Firma anmelden?", "Ich antworte"),
        ("Je cherche un local pour mon entreprise", "Je réponds"),
        ("ik zoek een lening", None),
        ("Wat kost het om een webshop te laten bouwen?", None),
        ("iech zeuk personeel veur mien zaak", None),
        ("ich han gei personeel en wil get doon mit mien zaak", None),
        ("crowdfunding", None),
        ("business case maken voor mijn bedrijf", None),
        ("wie kan mij helpen met de website van mijn company", None),
        ("", None),
        ("12", None),
    ],
)
def test_the_language_of_a_line_is_heard(knowledge: Knowledge, text: str, begins: str | None) -> None:
    line = Languages(knowledge.sentences.languages).line_for(text)

    assert line is None if begins is None else (line or "").startswith(begins)
