"""A part of the pipeline that knows the lemmas of the words it was trained on; it goes into the wheel.

The lemmatizer learns how endings change, and changes words that it has seen a hundred times as well as new ones
("kopen" becomes "koop" now and then). A word that was in the training data with the same tag has its lemma there, and
so has the last part of a compound: "risicogroepen" ends like "groepen", "ontkent" like "kent". Where the parser ran, a
verb gets back the part that fell off: "vraag" in "hoe vraag ik dat aan" is "aanvragen".
"""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Dict, Iterable, Set, Tuple

import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import ensure_path

FILE = "lemmas.msgpack"
COMPOUNDING = ("N|soort", "WW", "ADJ")
PARTICLE = "compound:prt"
INTERJECTION = "TSW"  # "nee zeggen" are two words
SHORTEST_BEGINNING = 2
SHORTEST_END = 4
NEGATION = "on"  # "ongewenst" is no form of a verb "onwensen"


@Language.factory("lemma_lexicon", assigns=["token.lemma"], requires=["token.tag"])
class LemmaLexicon:
    """Sets the lemma of each word that it knows with its tag, as a whole or by its end; others stay as they are."""

    def __init__(self, nlp: Language, name: str) -> None:
        """An empty lexicon."""
        self.name = name
        self._lemmas: Dict[str, Dict[str, str]] = {}

    def learn(self, docs: Iterable[Doc]) -> None:
        """Take in the most usual lemma of every word and tag in `docs`, over what was learned before."""
        counts: Dict[Tuple[str, str], Counter[str]] = defaultdict(Counter)
        for doc in docs:
            for token in doc:
                counts[token.tag_, token.text][token.lemma_] += 1
        for (tag, form), lemmas in counts.items():
            self._lemmas.setdefault(tag, {})[form] = lemmas.most_common(1)[0][0]

    @property
    def words(self) -> Set[str]:
        """Every word that it knows, as it was written."""
        return {form for forms in self._lemmas.values() for form in forms}

    def __call__(self, doc: Doc) -> Doc:
        """Set what is known."""
        for token in doc:
            known = self._lemmas.get(token.tag_, {})
            lemma = known.get(token.text) or known.get(token.lower_)
            if not lemma and token.tag_.startswith(COMPOUNDING):
                lemma = of_compound(token.text, token.lemma_, known)
            if lemma:
                token.lemma_ = lemma
        for token in doc:
            is_part = token.dep_ == PARTICLE and token.tag_ != INTERJECTION
            if is_part and not token.head.lemma_.startswith(token.lower_):
                token.head.lemma_ = token.lower_ + token.head.lemma_
        return doc

    def to_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicon into a folder."""
        folder = Path(ensure_path(path))
        folder.mkdir(exist_ok=True)
        srsly.write_msgpack(folder / FILE, self._lemmas)

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> "LemmaLexicon":
        """Read the lexicon of a folder."""
        self._lemmas = srsly.read_msgpack(Path(ensure_path(path)) / FILE)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The lexicon as bytes."""
        return srsly.msgpack_dumps(self._lemmas)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "LemmaLexicon":
        """The lexicon that is in `data`."""
        self._lemmas = srsly.msgpack_loads(data)
        return self


def of_compound(form: str, guess: str, known: Dict[str, str]) -> str:
    """The lemma of `form` by the longest end of it that is `known`; empty when there is none.

    `guess`, the lemmatizer's, tells whether the lemma begins with a capital and keeps its hyphens.
    """
    if form.lower().startswith(NEGATION):
        return ""
    for place in range(SHORTEST_BEGINNING, len(form) - SHORTEST_END + 1):
        lemma = known.get(form[place:])
        if lemma:
            beginning = form[:place] if "-" in guess else form[:place].replace("-", "")
            return (beginning.lower() if guess[:1].islower() else beginning) + lemma
    return ""
