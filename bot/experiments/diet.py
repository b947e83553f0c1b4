"""Measures Rasa's own classifier (DIET) as `compare` measures the other ways: with and without sentence vectors.

Run it from the repository root: `bot/.venv/bin/python -m bot.experiments.diet QUESTIONS.csv... [--seeds N]`.

Without vectors it is the stock pipeline of `rasa init`: words, n-grams of characters and the shape of words. It is
apart from `compare` because one fit takes minutes, and because its model is files, not an object.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.lexical_syntactic_featurizer import LexicalSyntacticFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.experiments.compare import Material, Texts, figures, over_seeds, show

CHARACTERS = {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
EPOCHS = 100


class Diet:
    """The stock pipeline, with the sentence vector as one more feature when `with_vectors`."""

    def __init__(self, folder: Path, with_vectors: bool, epochs: int) -> None:
        """Keeps its model in `folder`."""
        storage = LocalModelStorage.create(folder)
        self._with_vectors = with_vectors
        self._tokenizer = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config())
        self._featurizers: List[Any] = [
            kind.create({**kind.get_default_config(), **config}, storage, Resource(name), _context(name))
            for name, kind, config in (
                ("shapes", LexicalSyntacticFeaturizer, {}),
                ("words", CountVectorsFeaturizer, {}),
                ("characters", CountVectorsFeaturizer, CHARACTERS),
            )
        ]
        settings = {"epochs": epochs, "entity_recognition": False, "ranking_length": 0, "random_seed": 42}
        config = {**DIETClassifier.get_default_config(), **settings}
        self._classifier = DIETClassifier(config, storage, Resource("diet"), _context("diet"))

    def fit(self, train: Texts, labels: List[str]) -> None:
        """Train on texts with a label each."""
        data = TrainingData(self._messages(train, labels))
        self._tokenizer.process_training_data(data)
        for featurizer in self._featurizers:
            featurizer.train(data)
            featurizer.process_training_data(data)
        self._classifier.train(data)

    def chances(self, test: Texts, classes: List[str]) -> np.ndarray:
        """The probability of each of `classes`, shape (texts, classes)."""
        messages = self._messages(test, [None] * len(test.texts))
        self._tokenizer.process(messages)
        for featurizer in self._featurizers:
            featurizer.process(messages)
        rankings = [one.get(INTENT_RANKING_KEY) for one in self._classifier.process(messages)]
        rows = [{one["name"]: one["confidence"] for one in ranking} for ranking in rankings]
        return np.array([[row.get(name, 0.0) for name in classes] for row in rows])

    def _messages(self, texts: Texts, labels: List[Any]) -> List[Message]:
        messages = []
        for text, vector, label in zip(texts.texts, texts.vectors, labels, strict=True):
            message = Message({TEXT: text, **({INTENT: label} if label else {})})
            if self._with_vectors:
                message.add_features(Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, "vectors"))
            messages.append(message)
        return messages


def _context(name: str) -> ExecutionContext:
    return ExecutionContext(GraphSchema({}), node_name=name)


def measured(
    with_vectors: bool, epochs: int, train: Texts, labels: List[str], test: Texts, rows: List[Dict[str, str]]
) -> Dict[str, float]:
    """The figures of one fit. Times are of all cores, as TensorFlow takes them."""
    classes = sorted(set(labels))
    with TemporaryDirectory() as folder:
        diet = Diet(Path(folder), with_vectors, epochs)
        started = time.perf_counter()
        diet.fit(train, labels)
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        chances = diet.chances(test, classes)
        milliseconds = 1000 * (time.perf_counter() - started) / len(test.texts)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 1e6
    found = {"training, s": seconds, "a question, ms": milliseconds, "model, MB": size}
    return {**figures(classes, chances, rows), **found}


def compared(files: List[Path], seeds: int, epochs: int) -> Dict[str, Dict[str, float]]:
    """The figures with and without vectors (see `over_seeds`)."""
    material = Material.of(files)
    return {
        name: over_seeds(partial(measured, with_vectors, epochs), material, range(1, seeds + 1))
        for name, with_vectors in (("DIET on words and n-grams", False), ("the same + sentence vectors", True))
    }


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given: Any = parser.parse_args()
    show(compared(given.questions, given.seeds, given.epochs))


if __name__ == "__main__":
    main()
