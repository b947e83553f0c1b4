"""The model behind TopicClassifier: one distribution over all topics and dialogue intents.

It knows no Rasa, so that it can be tried out and measured by itself. Three linear models look at the same
question. Two see its sentence vector (meaning, also across languages): a logistic regression, which draws the
borders between topics, and a linear discriminant analysis, which knows where each topic lies and so does better on
what is no topic of ours at all. A support vector machine sees its character and word n-grams (names and typing
habits; it fits in seconds where a logistic regression takes minutes). Their averaged log-probabilities make the
distribution.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from bot.components.ngrams import KINDS, Ngrams, matrix

SEED = 42
NUMBERS = ("weight_of_wording", "weight_of_place", "sharpness", "place_sharpness", "temperature")
MODELS = ("meaning", "place", "wording")


@dataclass
class Linear:
    """Scores of a linear model: `features @ weights + offsets`, one column for each class."""

    weights: np.ndarray
    offsets: np.ndarray

    def __post_init__(self) -> None:
        # SciPy copies weights that lie in another order, or are of another type than the features, at every product.
        self.weights = np.ascontiguousarray(self.weights, dtype=np.float32)

    def scores(self, features: Any) -> np.ndarray:
        """Scores of `features` (dense or sparse), shape (rows, classes)."""
        return np.asarray(features @ self.weights) + self.offsets


@dataclass
class TopicModel:
    """A fitted model; `classes` names the columns of every distribution."""

    classes: List[str]
    meaning: Linear
    place: Linear
    wording: Linear
    ngrams: Dict[str, Ngrams]
    weight_of_wording: float
    weight_of_place: float
    sharpness: float
    place_sharpness: float
    temperature: float

    def distribution(self, texts: List[str], vectors: np.ndarray) -> np.ndarray:
        """Probabilities, shape (len(texts), len(classes)), each row summing to 1."""
        meaning = _log_softmax(self.meaning.scores(vectors))
        place = _log_softmax(self.place_sharpness * self.place.scores(vectors))
        wording = _log_softmax(self.sharpness * self.wording.scores(matrix(list(self.ngrams.values()), texts)))
        rest = 1 - self.weight_of_wording - self.weight_of_place
        mixed = rest * meaning + self.weight_of_place * place + self.weight_of_wording * wording
        return np.exp(_log_softmax(mixed / self.temperature))

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON: reading it back runs no code and needs no classes."""
        arrays = {f"idf_{kind}": ngrams.weights for kind, ngrams in self.ngrams.items()}
        for name in MODELS:
            linear = getattr(self, name)
            arrays[f"{name}_weights"] = linear.weights
            arrays[f"{name}_offsets"] = linear.offsets.astype(np.float32)
        np.savez_compressed(folder / "arrays.npz", **arrays)
        words = {
            "classes": self.classes,
            "vocabularies": {kind: ngrams.known for kind, ngrams in self.ngrams.items()},
            **{name: getattr(self, name) for name in NUMBERS},
        }
        (folder / "model.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """The model that was saved in `folder`."""
        words = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz") as arrays:
            ngrams = {
                kind: Ngrams(kind, vocabulary, arrays[f"idf_{kind}"])
                for kind, vocabulary in words["vocabularies"].items()
            }
            models = [Linear(arrays[f"{name}_weights"], arrays[f"{name}_offsets"]) for name in MODELS]
        return cls(words["classes"], *models, ngrams, *(words[name] for name in NUMBERS))


def fit(texts: List[str], vectors: np.ndarray, labels: List[str], config: Dict[str, float]) -> TopicModel:
    """Fit on `texts` with their sentence vectors, shape (len(texts), width), and at least three labels.

    `config` has `meaning_c` and `wording_c` (inverse regularisation), `place_shrinkage` in 0..1 (how far the spread of
    all topics is taken for round), `weight_of_wording` and `weight_of_place` (together at most 1), `sharpness` (of the
    margins that become probabilities), `place_sharpness` (below 1, for that analysis is too sure of itself) and
    `temperature` (below 1 sharpens the whole).
    """
    scaler = StandardScaler().fit(vectors)
    regression = LogisticRegression(C=config["meaning_c"], max_iter=300, random_state=SEED)
    regression.fit(scaler.transform(vectors), labels)
    analysis = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=config["place_shrinkage"]).fit(vectors, labels)
    ngrams = {kind: Ngrams.learned(kind, texts) for kind in KINDS}
    margins = LinearSVC(C=config["wording_c"], random_state=SEED).fit(matrix(list(ngrams.values()), texts), labels)
    # The scaling becomes part of the weights, so that nothing else has to be kept.
    weights = (regression.coef_ / scaler.scale_).T
    meaning = Linear(weights, regression.intercept_ - scaler.mean_ @ weights)
    place = Linear(analysis.coef_.T, analysis.intercept_)
    wording = Linear(margins.coef_.T, margins.intercept_)
    classes = list(regression.classes_)
    return TopicModel(classes, meaning, place, wording, ngrams, *(config[name] for name in NUMBERS))


def by_theme(distribution: Dict[str, float]) -> List[Tuple[str, float]]:
    """Sum topics (`theme/topic`) to their theme; plain intents stay. Most probable first."""
    sums: Dict[str, float] = {}
    for label, probability in distribution.items():
        theme = label.split("/", 1)[0]
        sums[theme] = sums.get(theme, 0.0) + probability
    return sorted(sums.items(), key=lambda pair: -pair[1])


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
