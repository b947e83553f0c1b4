"""How much each offer is like a question by its words: those that few offers share tell most.

Sentence vectors hear what is meant, and miss what one word settles ("bbl", "code 95"). Counted here and not by a
library: a vectoriser that is made for many texts at a time takes a sixth of a turn for one (docs/decisions/0011).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log, sqrt

import numpy as np

from wegwijzer.knowledge.likeness import standard_scores
from wegwijzer.knowledge.phrases import words_of

PARTS = range(3, 6)
Weights = Mapping[str, float]


class Wording:
    """What offers are called and how people ask for them, as weights of words and of parts of words.

    A weight is term frequency times inverse document frequency, the likeness is the cosine (Salton and Buckley,
    "Term-weighting approaches in automatic text retrieval", 1988).
    """

    def __init__(self, ways: Mapping[str, Sequence[str]]) -> None:
        """Weigh the words of offers; `ways` are the texts by the id of each (see `asking.ways_to_ask`)."""
        self._offers = list(ways)
        counted = [_counted(text) for texts in ways.values() for text in texts]
        occurring = Counter(term for kinds in counted for kind in kinds for term in kind)
        self._rarity = {term: 1 + log((1 + len(counted)) / (1 + count)) for term, count in occurring.items()}
        # One row for each term: which offers have it, and how much it weighs for each.
        having: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, texts in enumerate(ways.values()):
            for term, weight in self._weights_of_all(texts).items():
                having[term].append((place, weight))
        self._rows = {term: row for row, term in enumerate(having)}
        self._ends = np.cumsum([0, *map(len, having.values())])
        self._places = np.array([place for row in having.values() for place, _ in row], dtype=np.intp)
        self._values = np.array([weight for row in having.values() for _, weight in row])

    def offers(self, question: str) -> Mapping[str, float]:
        """By offer id how alike its words are to the question, as a standard score over all offers."""
        weights = self._weights(question)
        rows = np.array([self._rows[term] for term in weights], dtype=np.intp)
        starts, lengths = self._ends[rows], self._ends[rows + 1] - self._ends[rows]
        # The cells of all these rows, one row after the other.
        cells = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        values = self._values[cells] * np.repeat(np.array(list(weights.values())), lengths)
        cosines = np.bincount(self._places[cells], values, minlength=len(self._offers))
        return dict(zip(self._offers, standard_scores(cosines).tolist(), strict=True))

    def _weights_of_all(self, texts: Sequence[str]) -> Weights:
        summed: Counter[str] = Counter()
        for text in texts:
            summed.update(self._weights(text))
        return _of_length_one(summed)

    def _weights(self, text: str) -> Weights:
        """The weights of the terms that are known, words and parts of words each of length 1 together."""
        found: dict[str, float] = {}
        for kind in _counted(text):
            known = ((term, count, self._rarity.get(term)) for term, count in kind.items())
            found |= _of_length_one({term: (1 + log(count)) * rarity for term, count, rarity in known if rarity})
        return found


def _counted(text: str) -> tuple[Counter[str], Counter[str]]:
    """How often each word and pair of words is in a text, and each part of a word with its ends marked."""
    words = words_of(text)
    pairs = (" ".join(pair) for pair in pairwise(words))
    # A bar before a part of a word: "bbl" as a word and within one are not the same.
    return Counter([*words, *pairs]), Counter(f"|{part}" for word in words for part in _parts(f" {word} "))


def _parts(word: str) -> Iterator[str]:
    return (word[start : start + size] for size in PARTS for start in range(len(word) - size + 1))


def _of_length_one(weights: Weights) -> Weights:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}
