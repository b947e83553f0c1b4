"""The text of a message as it was meant: without slips and without what is taken back. The message keeps its own."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterator, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.spelling import PIPELINE, WORD, Speller, lexicon

AS_MEANT = "text_as_meant"
# "Nee, ik bedoel subsidie" is about what comes after; "nee, dat bedoel ik niet" is only a no.
TAKEN_BACK = re.compile(
    r"^\W*(?:(?:nee+|no|nein|sorry|oeps|maar)\W+)*"
    r"(?:ik\s+)?(?:bedoel(?:de)?|i\s+mean(?:t)?|ich\s+meine)(?:\s+(?:eigenlijk|meer|toch))?\W+"
    r"(?!(?:niet|dat|die|dit|not|das)\b)",
    re.IGNORECASE,
)
# "Geld voor een machine, maar geen lening" is about neither loans nor a lack of them.
UNWANTED = re.compile(
    r"(?:,|\bmaar|\bwel)?\s*\b(?:dus\s+)?(?:ik\s+)?(?:wil\s+)?(?:ik\s+)?geen\s+"
    r"(?:lening(?:en)?|krediet|subsidies?|investeerders?|crowdfunding|lease)\s*(?=[,.;!?]|$)",
    re.IGNORECASE,
)
FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class AsMeant(GraphComponent):
    """Gives each typed message its text as it was meant (see `as_meant`)."""

    @staticmethod
    def required_packages() -> List[Text]:
        """The packages that Rasa should find before it starts training."""
        return ["rapidfuzz", "spacy", PIPELINE]

    def __init__(self, storage: ModelStorage, resource: Resource, speller: Speller) -> None:
        """`speller` knows nothing until it is trained or loaded."""
        self._storage = storage
        self._resource = resource
        self._speller = speller

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AsMeant:
        """One that knows no words and so leaves all as it is."""
        return cls(model_storage, resource, Speller((), ()))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples, and store them."""
        texts = [example.get(TEXT) for example in training_data.intent_examples if example.get(TEXT)]
        self._speller = Speller.learned(texts, lexicon())
        with self._storage.write_to(self._resource) as folder:
            words = {"known": sorted(self._speller.known), "meant": self._speller.may_be_meant}
            (folder / FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples stay as they are: their words are the known ones."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the text as it was meant to each typed message."""
        for message in typed(messages):
            message.set(AS_MEANT, meant(message.get(TEXT), self._speller))
        return messages

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AsMeant:
        """With the words that were learned."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, Speller(words["known"], words["meant"]))


def typed(messages: List[Message]) -> Iterator[Message]:
    """Those that somebody typed: a pressed button arrives as `/intent{...}`, with nothing to understand in it."""
    for message in messages:
        text = message.get(TEXT)
        if text and not text.startswith(INTENT_MESSAGE_PREFIX):
            yield message


def as_meant(message: Message) -> Text:
    """The text of `message` without its slips; as it was typed when nobody looked for them."""
    return message.get(AS_MEANT) or message.get(TEXT)


def meant(text: Text, speller: Speller) -> Text:
    """`text` without slips and without what it takes back or does not want; all of it when nothing else is left."""
    corrected = speller.corrected(text)
    rest = UNWANTED.sub("", TAKEN_BACK.sub("", corrected, count=1)).strip(" ,.;")
    return rest if WORD.search(rest) else corrected
