"""Puts right what was mistyped or taken back, for those who have to guess the topic; the message keeps its own text.

A word that is neither in the examples nor in the Dutch pipeline's lexicon, and is a slip away from a word of the
examples, is taken for that word. Without the lexicon every rare word would be taken for a common one.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import Any, Dict, Iterable, List, Set, Text

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

AS_MEANT = "text_as_meant"
PIPELINE = "nl_core_news_sm"
LEXICON = "lemma_lexicon"
NOT_NEEDED = ["tok2vec", "morphologizer", "tagger", "parser", "lemmatizer", "attribute_ruler", "ner"]
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 4
TWO_SLIPS_FROM = 10
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
OFTEN = 2
FILE = "words.json"


class Speller:
    """Knows words, and which of them may be meant."""

    def __init__(self, known: Iterable[str], meant: Iterable[str]) -> None:
        """`known` words stay as they are; those of `meant`, the most usual first, may be meant by others."""
        self.known = set(known)
        self.may_be_meant = list(meant)
        self._by_initial: Dict[str, List[str]] = defaultdict(list)
        for word in self.may_be_meant:
            self._by_initial[word[0]].append(word)

    @classmethod
    def learned(cls, texts: Iterable[str], lexicon: Set[str]) -> Speller:
        """From the words of `texts` and those of a `lexicon`, in small letters.

        A word that stands in one text only and not in the lexicon is known, but may be mistyped there itself.
        """
        counts = Counter(word for text in texts for word in WORD.findall(text.lower()))
        meant = [word for word, count in counts.most_common() if count >= OFTEN or word in lexicon]
        return cls({*counts, *lexicon}, meant)

    def corrected(self, text: str) -> str:
        """`text` with its mistyped words put right, in small letters."""
        return WORD.sub(lambda match: self._meant_by(match[0]), text)

    def meant(self, text: str) -> str:
        """`text` without slips and without what it takes back or does not want; all of it when nothing else is left."""
        corrected = self.corrected(text)
        rest = UNWANTED.sub("", TAKEN_BACK.sub("", corrected, count=1)).strip(" ,.;")
        return rest if WORD.search(rest) else corrected

    def _meant_by(self, word: str) -> str:
        small = word.lower()
        if len(small) < SHORTEST or small in self.known:
            return word
        # The first letter is hardly ever the mistyped one.
        candidates = self._by_initial.get(small[0], ())
        slips = 2 if len(small) >= TWO_SLIPS_FROM else 1
        best = process.extractOne(small, candidates, scorer=OSA.distance, score_cutoff=slips)
        return best[0] if best else word


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Spelling(GraphComponent):
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
    ) -> Spelling:
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
        for message in messages:
            text = message.get(TEXT)
            if text and not text.startswith(INTENT_MESSAGE_PREFIX):
                message.set(AS_MEANT, self._speller.meant(text))
        return messages

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Spelling:
        """With the words that were learned."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, Speller(words["known"], words["meant"]))


def as_meant(message: Message) -> Text:
    """The text of `message` without its slips; as it was typed when nobody looked for them."""
    return message.get(AS_MEANT) or message.get(TEXT)


def lexicon() -> Set[str]:
    """The words that the Dutch pipeline knows, in small letters."""
    import spacy

    pipeline = spacy.load(PIPELINE, exclude=NOT_NEEDED)
    # The official pipeline has no lexicon; what it was trained on is among its strings.
    words = pipeline.get_pipe(LEXICON).words if LEXICON in pipeline.pipe_names else pipeline.vocab.strings
    return {word.lower() for word in words if WORD.fullmatch(word)}
