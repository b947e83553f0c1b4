"""Makes a corpus of chat sentences with tags and lemmas, of words and sentences with places for them (chat/words.yml).

`python words.py OUT.spacy TREEBANK.spacy [SENTENCES]`: the treebank tells which features go with a tag.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Tuple

import spacy
import yaml
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from tqdm import tqdm

HERE = Path(__file__).resolve().parent
SENTENCES = 5000
SEED = 11
Features = Dict[Tuple[str, str], str]


class Word(NamedTuple):
    """A form and what it is."""

    form: str
    lemma: str
    pos: str
    tag: str


class Words:
    """Draws words for the places in a sentence."""

    def __init__(self, data: Dict[str, Any], dice: random.Random) -> None:
        """`data` is what stands in chat/words.yml."""
        self._data = data
        self._dice = dice
        self._places: Dict[str, Callable[[], Word]] = {
            "<ik>": lambda: self._verb(1, "WW|pv|tgw|ev"),
            "<ik:imp>": lambda: self._verb(1, "WW|pv|tgw|ev"),
            "<hij>": lambda: self._verb(2, "WW|pv|tgw|met-t"),
            "<doen:mv>": lambda: self._verb(0, "WW|pv|tgw|mv"),
            "<doen>": lambda: self._any_verb(0, "WW|inf|vrij|zonder"),
            "<gedaan>": lambda: self._any_verb(-1, "WW|vd|vrij|zonder"),
            "<n>": lambda: self._noun(0),
            "<nn>": lambda: self._noun(1),
            "<mass>": self._mass,
        }

    def __getitem__(self, place: str) -> Word:
        """The word at a place: drawn when the place says of which kind, else the word itself."""
        if place in self._places:
            return self._places[place]()
        return Word(place, *self._data["words"][place])

    def _verb(self, form: int, tag: str) -> Word:
        verb = self._dice.choice(self._data["verbs"])
        # "hij start" is written like "ik start", and then has its tag.
        same = tag.endswith("met-t") and verb[1] == verb[2]
        return Word(verb[form], verb[0], "VERB", "WW|pv|tgw|ev" if same else tag)

    def _any_verb(self, form: int, tag: str) -> Word:
        verb = self._dice.choice(self._data["verbs"] + self._data["separable"])
        return Word(verb[form], verb[0], "VERB", tag)

    def _noun(self, number: int) -> Word:
        noun = self._dice.choice(self._data["nouns"])
        tag = "N|soort|mv|basis" if number else f"N|soort|ev|basis|{noun[2]}|stan"
        return Word(noun[number], noun[0], "NOUN", tag)

    def _mass(self) -> Word:
        form, gender = self._dice.choice(self._data["mass"])
        return Word(form, form, "NOUN", f"N|soort|ev|basis|{gender}|stan")


def features_of(treebank: Path) -> Features:
    """By part of speech and tag the features that most of its words have in the treebank."""
    vocab = spacy.blank("nl").vocab
    counts: Dict[Tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in DocBin().from_disk(treebank).get_docs(vocab):
        for token in doc:
            counts[token.pos_, token.tag_][str(token.morph)] += 1
    return {kind: found.most_common(1)[0][0] for kind, found in counts.items()}


def as_doc(vocab: Vocab, words: List[Word], features: Features) -> Doc:
    """A sentence of `words`."""
    forms, lemmas, pos, tags = map(list, zip(*words, strict=True))
    morphs = [features.get((word.pos, word.tag), "") for word in words]
    spaces = [following.pos != "PUNCT" for following in words[1:]] + [False]
    starts = [place == 0 for place in range(len(words))]
    return Doc(vocab, forms, spaces, tags=tags, pos=pos, morphs=morphs, lemmas=lemmas, sent_starts=starts)


def sentences(data: Dict[str, Any], count: int) -> Iterator[List[Word]]:
    """`count` sentences, each pattern about as often as another."""
    dice = random.Random(SEED)
    words = Words(data, dice)
    for place in range(count):
        pattern = data["sentences"][place % len(data["sentences"])]
        yield [words[part] for part in pattern.split()]


def main(out: str, treebank: str, count: str = str(SENTENCES)) -> None:
    """Write the corpus."""
    data = yaml.safe_load((HERE / "chat" / "words.yml").read_text(encoding="utf-8"))
    features, vocab = features_of(Path(treebank)), spacy.blank("nl").vocab
    corpus = DocBin(store_user_data=False)
    for sentence in tqdm(sentences(data, int(count)), total=int(count), desc="chat sentences"):
        corpus.add(as_doc(vocab, sentence, features))
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    corpus.to_disk(out)
    print(f"{out}: {len(corpus)} sentences")


if __name__ == "__main__":
    main(*sys.argv[1:])
