"""Puts mistyped words right.

A word that is neither in the examples nor in the Dutch pipeline's lexicon, and is a slip away from a word of the
examples, is taken for that word. Without the lexicon every rare word would be taken for a common one. It knows no Rasa.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Dict, Iterable, List, Set

from rapidfuzz import process
from rapidfuzz.distance import OSA

PIPELINE = "nl_core_news_sm"
LEXICON = "lemma_lexicon"
NOT_NEEDED = ["tok2vec", "morphologizer", "tagger", "parser", "lemmatizer", "attribute_ruler", "ner"]
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 4
TWO_SLIPS_FROM = 10
OFTEN = 2


class Speller:
    """Knows words, and which of them may be meant."""

    def __init__(self, known: Iterable[str], meant: Iterable[str]) -> None:
        """`known` words stay as they are; those of `meant`, the most usual first, may be meant by others."""
        self.known = set(known)
        self.may_be_meant = list(meant)
        self._by_initial: Dict[str, List[str]] = defaultdict(list)
        for word in self.may_be_meant:
            self._by_initial[word[0]].append(word)

    @classmethod
    def learned(cls, texts: Iterable[str], lexicon: Set[str]) -> Speller:
        """From the words of `texts` and those of a `lexicon`, in small letters.

        A word that stands in one text only and not in the lexicon is known, but may be mistyped there itself.
        """
        counts = Counter(word for text in texts for word in WORD.findall(text.lower()))
        meant = [word for word, count in counts.most_common() if count >= OFTEN or word in lexicon]
        return cls({*counts, *lexicon}, meant)

    def corrected(self, text: str) -> str:
        """`text` with its mistyped words put right, in small letters."""
        return WORD.sub(lambda match: self._meant_by(match[0]), text)

    def _meant_by(self, word: str) -> str:
        small = word.lower()
        if len(small) < SHORTEST or small in self.known:
            return word
        # The first letter is hardly ever the mistyped one.
        candidates = self._by_initial.get(small[0], ())
        slips = 2 if len(small) >= TWO_SLIPS_FROM else 1
        best = process.extractOne(small, candidates, scorer=OSA.distance, score_cutoff=slips)
        return best[0] if best else word


def lexicon() -> Set[str]:
    """The words that the Dutch pipeline knows, in small letters."""
    import spacy  # only training needs it

    pipeline = spacy.load(PIPELINE, exclude=NOT_NEEDED)
    # The official pipeline has no lexicon; what it was trained on is among its strings.
    words = pipeline.get_pipe(LEXICON).words if LEXICON in pipeline.pipe_names else pipeline.vocab.strings
    return {word.lower() for word in words if WORD.fullmatch(word)}
