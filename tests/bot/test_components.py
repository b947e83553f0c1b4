"""The two components as Rasa uses them, with the real sentence vectors."""

from pathlib import Path
from typing import Dict, List

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import sentence_encoder, topic_model
from bot.components.sentence_encoder import SentenceEncoder
from bot.components.topic_classifier import TOPIC_RANKING_KEY, TopicClassifier

EXAMPLES = {
    "financiering/krediet": ["zakelijke lening aanvragen", "krediet bij de bank", "geld lenen voor mijn bedrijf"],
    "financiering/lease": ["bestelbus leasen", "machine leasen of kopen", "wat kost operational lease"],
    "personeel/verzuim": ["mijn werknemer is ziek", "loon doorbetalen bij ziekte", "zieke medewerker re-integreren"],
    "greet": ["hoi", "goedemorgen", "hallo daar"],
}


def training_data() -> TrainingData:
    """The examples as Rasa hands them over: a topic has its theme as intent."""
    messages = []
    for label, texts in EXAMPLES.items():
        for text in texts:
            theme, _, topic = label.partition("/")
            messages.append(Message.build(text, theme, intent_metadata={"topic": topic} if topic else None))
    return TrainingData(messages)


@pytest.fixture
def classifier(tmp_path: Path) -> TopicClassifier:
    """A classifier that was trained, stored, and loaded again."""
    encoder = SentenceEncoder({"cache": str(tmp_path / "vectors.sqlite3")}, "encoder")
    storage = LocalModelStorage(tmp_path / "model")
    (tmp_path / "model").mkdir()
    config = {**TopicClassifier.get_default_config(), "threshold": 0.3}
    trained = TopicClassifier(config, storage, Resource("classifier"))
    trained.train(encoder.process_training_data(training_data()))
    return TopicClassifier.load(config, storage, Resource("classifier"), None)


def understood(classifier: TopicClassifier, text: str) -> Message:
    """A typed message after both components."""
    encoder = SentenceEncoder(SentenceEncoder.get_default_config(), "encoder")
    return classifier.process(encoder.process([Message({TEXT: text})]))[0]


@pytest.mark.parametrize(
    ("text", "intent", "topic"),
    [
        ("ik wil geld lenen", "financiering", "financiering/krediet"),
        ("Ich möchte eine Maschine leasen", "financiering", "financiering/lease"),
        ("one of my employees is ill", "personeel", "personeel/verzuim"),
    ],
)
def test_it_understands_across_languages(classifier: TopicClassifier, text: str, intent: str, topic: str) -> None:
    message = understood(classifier, text)

    assert message.get(INTENT)["name"] == intent
    assert message.get(TOPIC_RANKING_KEY)[0]["name"] == topic


def test_a_question_in_capitals_is_read_as_the_same_question(classifier: TopicClassifier) -> None:
    calm, loud = (understood(classifier, text) for text in ("ik heb geld nodig", "IK HEB GELD NODIG"))

    assert loud.get(TOPIC_RANKING_KEY) == calm.get(TOPIC_RANKING_KEY)


def test_topics_sum_to_their_theme(classifier: TopicClassifier) -> None:
    message = understood(classifier, "geld voor een machine")
    topics: Dict[str, float] = {row["name"]: row["confidence"] for row in message.get(TOPIC_RANKING_KEY)}
    themes: Dict[str, float] = {row["name"]: row["confidence"] for row in message.get(INTENT_RANKING_KEY)}

    assert sum(topics.values()) == pytest.approx(1)
    assert themes["financiering"] == pytest.approx(topics["financiering/krediet"] + topics["financiering/lease"])


def test_a_pressed_button_is_not_encoded_or_classified(
    classifier: TopicClassifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentence_encoder, "encode", lambda texts: pytest.fail("a button was encoded"))

    message = understood(classifier, '/financiering{"topic": "financiering/krediet"}')

    assert message.get(INTENT) is None


def test_nothing_that_visitors_type_is_kept_on_disk(tmp_path: Path) -> None:
    cache = tmp_path / "vectors.sqlite3"

    SentenceEncoder({"cache": str(cache)}, "encoder").process([Message({TEXT: "een geheim plan"})])

    assert not cache.exists()


def test_the_distribution_sums_to_one_for_any_text() -> None:
    texts = [text for found in EXAMPLES.values() for text in found]
    labels: List[str] = [label for label, found in EXAMPLES.items() for _ in found]
    config = TopicClassifier.get_default_config()
    model = topic_model.fit(texts, sentence_encoder.encode(texts), labels, config)
    strange = ["", "?!", "x" * 500, "語"]

    rows = model.distribution(strange, sentence_encoder.encode(strange))

    assert np.allclose(rows.sum(axis=1), 1)
