"""The model behind TopicClassifier: one distribution over all topics and dialogue intents.

It knows no Rasa, so that it can be tried out and measured by itself. Two linear models look at the same
question: a logistic regression at its sentence vector (meaning, also across languages), a support vector
machine at its character and word n-grams (names and typing habits; it fits in seconds where a logistic
regression takes minutes). Their averaged log-probabilities make the distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Tuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

SEED = 42


@dataclass
class TopicModel:
    """A fitted model; `classes` names the columns of every distribution."""

    meaning: Pipeline
    wording: Pipeline
    weight_of_wording: float
    sharpness: float
    temperature: float

    @property
    def classes(self) -> List[str]:
        """The labels, in the order of the columns."""
        return list(self.meaning.classes_)

    def distribution(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        """Probabilities, shape (len(texts), len(classes)), each row summing to 1."""
        weight = self.weight_of_wording
        meaning = self.meaning.predict_log_proba(vectors)
        margins = self.wording.decision_function([plain(text) for text in texts])
        wording = _log_softmax(self.sharpness * margins)
        return np.exp(_log_softmax(((1 - weight) * meaning + weight * wording) / self.temperature))


def fit(texts: List[str], vectors: np.ndarray, labels: List[str], config: Dict[str, float]) -> TopicModel:
    """Fit on `texts` with their sentence vectors, shape (len(texts), width).

    `config` has `meaning_c` and `wording_c` (inverse regularisation), `weight_of_wording` in 0..1,
    `sharpness` (of the margins that become probabilities) and `temperature` (below 1 sharpens the whole).
    """
    meaning = Pipeline(
        [
            ("scale", StandardScaler()),
            ("regression", LogisticRegression(C=config["meaning_c"], max_iter=300, random_state=SEED)),
        ]
    )
    wording = Pipeline([("ngrams", _ngrams()), ("margins", LinearSVC(C=config["wording_c"], random_state=SEED))])
    meaning.fit(vectors, labels)
    wording.fit([plain(text) for text in texts], labels)
    return TopicModel(meaning, wording, config["weight_of_wording"], config["sharpness"], config["temperature"])


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


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _ngrams() -> FeatureUnion:
    words = r"(?u)\b\w[\w&'-]*\b"
    return FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=words)),
            ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)),
        ]
    )
