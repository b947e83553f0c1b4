"""Ways to tell the topic of a question: each is fitted on texts, vectors and labels, and gives chances of labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Callable, Dict, List

import numpy as np
import spacy
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

from bot.components import topic_model
from bot.components.ngrams import KINDS, Ngrams, matrix
from bot.components.topic_classifier import TopicClassifier

SEED = 42
NEIGHBOURS = 15
NEAR = 40.0  # how fast a neighbour counts for less with its distance
PROTOTYPE_NEAR = 60.0
LEAST = 1e-4
SHARPNESS = 8.0
Features = Callable[[List[str], np.ndarray], Any]


@dataclass
class Fitted:
    """A way that was fitted: `classes` names the columns of the chances."""

    classes: List[str]
    scores: Callable[[List[str], np.ndarray], np.ndarray] = field(repr=False)

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        """Chances, shape (len(texts), len(classes)), each row summing to 1."""
        logits = self.scores(texts, vectors)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        return chances / chances.sum(axis=1, keepdims=True)


@dataclass
class Of:
    """The scores of a scikit-learn model over features of texts and vectors."""

    model: Any
    features: Features
    sharpness: float = 1.0

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        return self.sharpness * self.model.decision_function(self.features(texts, vectors))


@dataclass
class Meaning:
    """Features: the sentence vector."""

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        return vectors


@dataclass
class Wording:
    """Features: n-grams of words and characters, of the text or of its lemmas."""

    ngrams: List[Ngrams]
    of_lemmas: bool

    @classmethod
    def learned(cls, texts: List[str], of_lemmas: bool = False) -> Wording:
        """Those of `texts`."""
        return cls([Ngrams.learned(kind, lemmas(texts) if of_lemmas else texts) for kind in KINDS], of_lemmas)

    def __call__(self, texts: List[str], vectors: np.ndarray) -> Any:
        return matrix(self.ngrams, lemmas(texts) if self.of_lemmas else texts)


def lemmas(texts: List[str]) -> List[str]:
    """The lemmas of each text, in small letters."""
    known = _LEMMAS
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if new:
        pipeline = spacy.load("nl_core_news_sm", disable=["parser", "ner"])
        known.update((doc.text, " ".join(token.lemma_.lower() for token in doc)) for doc in pipeline.pipe(new))
    return [known[text] for text in texts]


_LEMMAS: Dict[str, str] = {}


def on_meaning(
    model: Callable[[], Any], sharpness: float, texts: List[str], vectors: np.ndarray, labels: List[str]
) -> Fitted:
    """A scikit-learn model on scaled sentence vectors."""
    fitted = make_pipeline(StandardScaler(), model()).fit(vectors, labels)
    return Fitted(list(fitted.classes_), Of(fitted, Meaning(), sharpness))


def on_wording(of_lemmas: bool, texts: List[str], vectors: np.ndarray, labels: List[str]) -> Fitted:
    """A linear support vector machine on n-grams."""
    features = Wording.learned(texts, of_lemmas)
    fitted = LinearSVC(C=1.0, random_state=SEED).fit(features(texts, vectors), labels)
    return Fitted(list(fitted.classes_), Of(fitted, features, SHARPNESS))


def discriminant(texts: List[str], vectors: np.ndarray, labels: List[str]) -> Fitted:
    """Where each topic lies: linear discriminant analysis, which is also a learned projection of the vectors."""
    fitted = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.3).fit(vectors, labels)
    return Fitted(list(fitted.classes_), Of(fitted, Meaning(), 0.5))


@dataclass
class Network:
    """A network with one hidden layer; its logarithms of chances are its scores."""

    model: Any

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        return self.model.predict_log_proba(vectors)


def network(texts: List[str], vectors: np.ndarray, labels: List[str]) -> Fitted:
    """A small neural network on scaled vectors."""
    layers = MLPClassifier((256,), alpha=1.0, max_iter=60, early_stopping=True, random_state=SEED)
    fitted = make_pipeline(StandardScaler(), layers).fit(vectors, labels)
    return Fitted(list(fitted.classes_), Network(fitted))


@dataclass
class Neighbours:
    """The labels of the nearest examples, the nearest counting most."""

    vectors: np.ndarray
    places: np.ndarray
    classes: int

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        likeness = vectors @ self.vectors.T
        sums = np.full((len(texts), self.classes), LEAST)
        for row, alike in enumerate(likeness):
            nearest = np.argsort(-alike)[:NEIGHBOURS]
            np.add.at(sums[row], self.places[nearest], np.exp(NEAR * (alike[nearest] - alike[nearest[0]])))
        return np.log(sums)


def neighbours(texts: List[str], vectors: np.ndarray, labels: List[str]) -> Fitted:
    """Nearest neighbours among the examples."""
    classes, places = np.unique(labels, return_inverse=True)
    return Fitted(list(classes), Neighbours(vectors, places, len(classes)))


@dataclass
class Prototypes:
    """One vector for each label."""

    vectors: np.ndarray

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        return PROTOTYPE_NEAR * (vectors @ self.vectors.T)


def prototypes(texts: List[str], vectors: np.ndarray, labels: List[str]) -> Fitted:
    """The mean of the examples of each label."""
    classes, places = np.unique(labels, return_inverse=True)
    means = np.stack([vectors[places == place].mean(axis=0) for place in range(len(classes))])
    return Fitted(list(classes), Prototypes(means / np.linalg.norm(means, axis=1, keepdims=True)))


@dataclass
class Average:
    """The weighted mean of several ways' logarithms of chances, then sharpened."""

    ways: List[Fitted]
    weights: List[float]
    temperature: float

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        logs = [np.log(np.maximum(way(texts, vectors), 1e-30)) for way in self.ways]
        return np.tensordot(self.weights, np.stack(logs), axes=1) / self.temperature


def average(parts: Dict[str, float], texts: List[str], vectors: np.ndarray, labels: List[str]) -> Fitted:
    """An average of other ways, by their names and weights."""
    ways = [WAYS[name](texts, vectors, labels) for name in parts]
    return Fitted(ways[0].classes, Average(ways, list(parts.values()), 0.7))


@dataclass
class LiveModel:
    """The model of the live engine."""

    model: topic_model.TopicModel

    def __call__(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        return np.log(np.maximum(self.model.distribution(texts, vectors), 1e-30))


def live(texts: List[str], vectors: np.ndarray, labels: List[str]) -> Fitted:
    """What the engine uses."""
    model = topic_model.fit(texts, vectors, labels, TopicClassifier.get_default_config())
    return Fitted(model.classes, LiveModel(model))


REGRESSION = "logistic regression on vectors"
PLACE = "discriminant analysis on vectors"
WORDS = "linear SVM on n-grams"
OF_LEMMAS = "linear SVM on n-grams of lemmas"
NEAREST = "nearest neighbours"
LIVE = "regression + n-grams + discriminant (live)"
WAYS: Dict[str, Callable[[List[str], np.ndarray, List[str]], Fitted]] = {
    REGRESSION: partial(on_meaning, partial(LogisticRegression, C=0.03, max_iter=300, random_state=SEED), 1.0),
    "linear SVM on vectors": partial(on_meaning, partial(LinearSVC, C=0.003, random_state=SEED), SHARPNESS),
    "SVM with radial kernel on vectors": partial(on_meaning, partial(SVC, C=10, decision_function_shape="ovr"), 1.0),
    PLACE: discriminant,
    "network on vectors": network,
    NEAREST: neighbours,
    "prototypes": prototypes,
    WORDS: partial(on_wording, False),
    OF_LEMMAS: partial(on_wording, True),
    "regression + n-grams": partial(average, {REGRESSION: 0.5, WORDS: 0.5}),
    "regression + n-grams of lemmas": partial(average, {REGRESSION: 0.5, OF_LEMMAS: 0.5}),
    "regression + n-grams of both": partial(average, {REGRESSION: 0.5, WORDS: 0.25, OF_LEMMAS: 0.25}),
    "regression + n-grams + neighbours": partial(average, {REGRESSION: 0.4, WORDS: 0.5, NEAREST: 0.1}),
    LIVE: live,
}
