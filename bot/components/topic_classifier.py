"""Predicts over topics and dialogue intents together, and sums topics to their theme."""

from __future__ import annotations

from typing import Any, Dict, List, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import topic_model
from bot.components.as_meant import as_meant, typed
from bot.components.parts import parts
from bot.components.sentence_encoder import SentenceEncoder, calm, encode
from bot.components.topic_model import TopicModel

TOPIC_RANKING_KEY = "topic_ranking"
PART_RANKINGS_KEY = "part_rankings"
REPORTED = 10  # as many as Rasa's own classifiers tell; the rest would only make the tracker larger
FEWEST_LABELS = 3  # with two a support vector machine has one margin instead of one for each


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking` by theme, `topic_ranking` by topic, and `part_rankings` by topic of each part.

    The intent is `nlu_fallback` when a dialogue intent leads with less than `threshold`: the dialogue
    then looks at the topics instead of acting on a guess.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """The vectors must be there first."""
        return [SentenceEncoder]

    @staticmethod
    def required_packages() -> List[Text]:
        """The packages that Rasa should find before it starts training."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """See `topic_model.fit` for all but `threshold`."""
        return {
            "meaning_c": 0.03,
            "wording_c": 1.0,
            "place_shrinkage": 0.3,
            "weight_of_wording": 0.5,
            "weight_of_place": 0.1,
            "sharpness": 8.0,
            "place_sharpness": 0.5,
            "temperature": 0.7,
            "threshold": 0.4,
        }

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        """A classifier without a model: it predicts nothing until it is trained or loaded."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: TopicModel | None = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """A new, untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples that have an intent, and store the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [label_of(example) for example in examples]
        texts = [example.get(TEXT) for example in examples]
        if len(set(labels)) >= FEWEST_LABELS:
            self._model = topic_model.fit(texts, _vectors(examples), labels, self._config)
            self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Predict for every typed message; pressed buttons carry their intent already."""
        for message in typed(messages) if self._model else ():
            self._predict(self._model, message)
        return messages

    def _predict(self, model: TopicModel, message: Message) -> None:
        row = model.distribution([as_meant(message)], _vectors([message]))[0]
        topics = dict(zip(model.classes, row.tolist(), strict=True))
        themes = topic_model.by_theme(topics)
        leader, confidence = themes[0]
        if leader not in _themes_of(model) and confidence < self._config["threshold"]:
            leader = "nlu_fallback"
        message.set(INTENT, {"name": leader, "confidence": confidence}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, _ranking(themes[:REPORTED]), add_to_output=True)
        message.set(TOPIC_RANKING_KEY, _best(topics), add_to_output=True)
        message.set(PART_RANKINGS_KEY, _parts_of(model, message), add_to_output=True)

    def _persist(self) -> None:
        assert self._model is not None  # noqa: S101 - for the type checker; train has just set it
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The classifier as it was trained."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._model = TopicModel.load(folder)
        return classifier


def label_of(example: Message) -> Text:
    """The topic as `theme/topic` when the metadata of the example names one, else the plain intent."""
    topic = (example.get(METADATA) or {}).get(METADATA_INTENT, {}).get("topic")
    return f"{example.get(INTENT)}/{topic}" if topic else example.get(INTENT)


def _parts_of(model: TopicModel, message: Message) -> List[List[Dict[str, Any]]]:
    asked = parts(as_meant(message))
    if not asked:
        return []
    rows = model.distribution(asked, encode([calm(part) for part in asked]))
    return [_best(dict(zip(model.classes, row.tolist(), strict=True))) for row in rows]


def _best(topics: Dict[str, float]) -> List[Dict[str, Any]]:
    return _ranking(sorted(topics.items(), key=lambda pair: -pair[1])[:REPORTED])


def _ranking(pairs: Any) -> List[Dict[str, Any]]:
    return [{"name": name, "confidence": float(confidence)} for name, confidence in pairs]


def _themes_of(model: TopicModel) -> set[str]:
    return {label.split("/", 1)[0] for label in model.classes if "/" in label}


def _vectors(messages: List[Message]) -> np.ndarray:
    rows = []
    for message in messages:
        _, sentence = message.get_dense_features(TEXT, [])
        rows.append(sentence.features[0])
    return np.stack(rows)
