"""Words of despair are heard in any order that people use, and nowhere else."""

import pytest

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.signals import Signals


@pytest.fixture(scope="module")
def signals(knowledge: Knowledge) -> Signals:
    return knowledge.signals


@pytest.mark.parametrize(
    "text",
    [
        "ik wil dood",
        "eerlijk gezegd wil ik dood",
        "Soms wil ik gewoon liever dood, na die brief van de bank",
        "het is zo erg dat ik dood wil",
        "vanavond spring ik voor de trein",
        "ik maak er vandaag nog een eind aan",
        "hij zegt dat hij er een einde aan wil maken",
        "ik zit aan zelfmort te denken",
        "zelf moord",
        "ze is beter af als ik er niet meer ben",
        "i really don't want to live anymore",
        "ich will das nicht, ich will nicht mehr leben",
        "ich maak d'r een ind aan",
    ],
)
def test_despair_is_heard(signals: Signals, text: str) -> None:
    assert signals.topic(text) == "zwaar_weer/mentale_nood"


@pytest.mark.parametrize(
    "text",
    [
        "ik wil dood hout verwerken tot meubels",
        "het seizoen is slap maar ik wil doorgaan met mijn zaak",
        "ik wil mezelf verzekeren en de klap opvangen",
        "ik wil na de dood van mijn vader het bedrijf voortzetten",
        "na zijn dood wil ik de zaak overnemen",
        "ik wil een eind maken aan het huurcontract",
        "wie neemt mijn bedrijf over als ik er niet meer ben",
        "mijn telefoonlijn is dood, waar kan ik dat melden",
        "ik leef van mijn eenmanszaak en wil meer verdienen",
        "ik wil een nieuwe trein van wagons verhuren",
    ],
)
def test_what_only_sounds_like_despair_is_not(signals: Signals, text: str) -> None:
    assert signals.topic(text) is None
