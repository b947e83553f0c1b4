"""The model behind TopicClassifier: one distribution over all topics and dialogue intents.

It knows no Rasa, so that it can be tried out and measured by itself. Two logistic regressions look at
the same question, one at its sentence vector (meaning, also across languages) and one at its character
and word n-grams (names and typing habits); their averaged log-probabilities make the distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Tuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler

SEED = 42


@dataclass
class TopicModel:
    """A fitted model; `classes` names the columns of every distribution."""

    meaning: Pipeline
    wording: Pipeline
    weight_of_wording: float
    temperature: float

    @property
    def classes(self) -> List[str]:
        """The labels, in the order of the columns."""
        return list(self.meaning.classes_)

    def distribution(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        """Probabilities, shape (len(texts), len(classes)), each row summing to 1."""
        weight = self.weight_of_wording
        meaning = self.meaning.predict_log_proba(vectors)
        wording = self.wording.predict_log_proba([plain(text) for text in texts])
        logits = ((1 - weight) * meaning + weight * wording) / self.temperature
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)


def fit(texts: List[str], vectors: np.ndarray, labels: List[str], config: Dict[str, float]) -> TopicModel:
    """Fit on `texts` with their sentence vectors, shape (len(texts), width).

    `config` has `meaning_c` and `wording_c` (inverse regularisation), `weight_of_wording` in 0..1 and
    `temperature` (below 1 sharpens).
    """
    meaning = Pipeline(
        [("scale", StandardScaler()), ("regression", _regression(config["meaning_c"]))],
    )
    wording = Pipeline([("ngrams", _ngrams()), ("regression", _regression(config["wording_c"]))])
    meaning.fit(vectors, labels)
    wording.fit([plain(text) for text in texts], labels)
    return TopicModel(meaning, wording, config["weight_of_wording"], config["temperature"])


def by_theme(distribution: Dict[str, float]) -> List[Tuple[str, float]]:
    """Sum topics (`theme/topic`) to their theme; plain intents stay. Most probable first."""
    sums: Dict[str, float] = {}
    for label, probability in distribution.items():
        theme = label.split("/", 1)[0]
        sums[theme] = sums.get(theme, 0.0) + probability
    return sorted(sums.items(), key=lambda pair: -pair[1])


def plain(text: str) -> str:
    """The text as the n-grams see it: lower case, spaces at both ends so that short words count."""
    return f" {' '.join(text.lower().split())} "


def _regression(c: float) -> LogisticRegression:
    return LogisticRegression(C=c, max_iter=300, random_state=SEED)


def _ngrams() -> FeatureUnion:
    return FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w[\w&'-]*\b")),
            ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)),
        ]
    )
