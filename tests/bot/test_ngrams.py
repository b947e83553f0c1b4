"""The counting of n-grams gives what scikit-learn's own does."""

from typing import List

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.ngrams import KINDS, Ngrams, matrix, plain

KNOWN = ["zakelijke lening", "een lening, een lening bij de bank!", "bestelbus leasen", "Wat kost een zzp'er? 500 euro"]
ASKED = ["een lening voor een bestelbus", "LENING lening Lening", "iets heel anders", "?", "zzp'er"]


def by_scikit_learn(texts: List[str]) -> sparse.csr_matrix:
    """The matrix that the library makes of `texts`, knowing the same n-grams."""
    kinds = [TfidfVectorizer(**settings, sublinear_tf=True).fit(map(plain, KNOWN)) for settings in KINDS.values()]
    return sparse.hstack([kind.transform(map(plain, texts)) for kind in kinds])


@pytest.mark.parametrize("texts", [KNOWN, ASKED, ASKED[:1], ["?"]], ids=["known", "asked", "one", "nothing known"])
def test_every_value_is_that_of_scikit_learn(texts: List[str]) -> None:
    counted = matrix([Ngrams.learned(kind, KNOWN) for kind in KINDS], texts)

    np.testing.assert_allclose(counted.toarray(), by_scikit_learn(texts).toarray(), atol=1e-6)
