"""How much each offer is like a question by its words: those that few offers share tell most.

Sentence vectors hear what is meant, and miss what one word settles ("bbl", "code 95").
"""

from collections.abc import Mapping, Sequence

from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_union
from sklearn.preprocessing import normalize

from wegwijzer.knowledge.likeness import standard_scores


class Wording:
    """What offers are called and how people ask for them, as weights of words and of parts of words.

    A weight is term frequency times inverse document frequency, the likeness is the cosine (Salton and Buckley,
    "Term-weighting approaches in automatic text retrieval", 1988).
    """

    def __init__(self, ways: Mapping[str, Sequence[str]]) -> None:
        """Weigh the words of at least one offer; `ways` are the texts by its id (see `asking.ways_to_ask`)."""
        self._offers = list(ways)
        self._weights = _weights()
        rows = self._weights.fit_transform([text for texts in ways.values() for text in texts])
        owners = [place for place, texts in enumerate(ways.values()) for _ in texts]
        belonging = csr_array(([1.0] * len(owners), (owners, range(len(owners)))))
        self._of_offers = normalize(belonging @ rows)

    def offers(self, question: str) -> Mapping[str, float]:
        """By offer id how alike its words are to the question, as a standard score over all offers."""
        cosines = (self._of_offers @ self._weights.transform([question]).T).toarray().ravel()
        return dict(zip(self._offers, standard_scores(cosines).tolist(), strict=True))


def _weights() -> FeatureUnion:
    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
