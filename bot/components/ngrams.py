"""Counts the n-grams of a text: those of its words and those of its characters, weighted by TF-IDF.

scikit-learn finds the n-grams and learns what they weigh. It also checks and copies so much for every single
text that counting took longer than all the rest of the classifier; so the counting itself is done here.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List, Tuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

WORD = r"(?u)\b\w[\w&'-]*\b"
KINDS: Dict[str, Dict[str, Any]] = {
    "words": {"ngram_range": (1, 2), "token_pattern": WORD},
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
}


class Ngrams:
    """The n-grams of one kind that were in the training texts, and the weight of each."""

    def __init__(self, kind: str, known: List[str], weights: np.ndarray) -> None:
        """`kind` is one of KINDS; `known` and `weights` (inverse document frequencies) are in the same order."""
        self.known = known
        self.weights = np.asarray(weights, dtype=np.float32)
        self._columns = {ngram: column for column, ngram in enumerate(known)}
        self._ngrams_in = TfidfVectorizer(**KINDS[kind]).build_analyzer()

    @classmethod
    def learned(cls, kind: str, texts: List[str]) -> Ngrams:
        """The n-grams of `texts`."""
        vectorizer = TfidfVectorizer(**KINDS[kind]).fit(map(plain, texts))
        return cls(kind, vectorizer.get_feature_names_out().tolist(), vectorizer.idf_)

    def row(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """Columns of the known n-grams in `text` and their values, whose squares sum to 1.

        A value is (1 + ln(count)) * weight, as `TfidfVectorizer(sublinear_tf=True)` has it.
        """
        found = Counter(self._columns[ngram] for ngram in self._ngrams_in(plain(text)) if ngram in self._columns)
        columns = np.fromiter(found.keys(), dtype=np.int32, count=len(found))
        counts = np.fromiter(found.values(), dtype=np.float32, count=len(found))
        values = (1 + np.log(counts)) * self.weights[columns]
        return columns, values / (np.sqrt(values @ values) or 1)


def matrix(kinds: List[Ngrams], texts: List[str]) -> sparse.csr_matrix:
    """The values of every text, the columns of the kinds beside each other; shape (len(texts), all n-grams)."""
    offsets = np.cumsum([0, *(len(kind.known) for kind in kinds)])
    rows = [[kind.row(text) for kind in kinds] for text in texts]
    columns = [columns + offset for row in rows for (columns, _), offset in zip(row, offsets[:-1], strict=True)]
    ends = np.cumsum([0, *(sum(len(values) for _, values in row) for row in rows)])
    values = [values for row in rows for _, values in row]
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=(len(texts), offsets[-1]))


def plain(text: str) -> str:
    """The text as the n-grams see it: lower case, spaces at both ends so that short words count."""
    return f" {' '.join(text.lower().split())} "
