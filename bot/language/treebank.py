"""Makes training corpora for spaCy of treebank files: sentences with words, tags, lemmas, heads and names.

`python treebank.py trees OUT.spacy FILE...` reads CoNLL-U files, plain or compressed with xz: those of the project's
own data, or of a release of Universal Dependencies.
`python treebank.py names OUT.spacy FILE...` reads lines of form, space after (1 or 0) and tag (IOB, `-` when unknown).
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path
from typing import Callable, Dict, Iterable, Iterator, List

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training.converters import conllu_to_docs
from tqdm import tqdm

SENTENCES_PER_TEXT = 10
LEMMA = 2
FIELDS = 10


def text_of(file: Path) -> str:
    """What stands in `file`, which may be compressed with xz."""
    return (lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8")).read()


def without_joints(line: str) -> str:
    """A CoNLL-U line without the `_` that mark the joints of a compound in its lemma (`rente_grondslag`).

    The lemmatizer learns how forms change into lemmas, and would put such marks in the middle of other words.
    """
    fields = line.split("\t")
    if len(fields) == FIELDS:
        fields[LEMMA] = fields[LEMMA].replace("_", "") or fields[LEMMA]
    return "\t".join(fields)


def trees(file: Path) -> Iterator[Doc]:
    """The sentences of a treebank, some together in each text so that the parser learns where one ends."""
    lines = "\n".join(map(without_joints, text_of(file).splitlines()))
    return conllu_to_docs(lines + "\n\n", n_sents=SENTENCES_PER_TEXT, merge_subtokens=True, no_print=True)


def names(file: Path) -> Iterator[Doc]:
    """The sentences of a file with names; what is unknown stays so, which is not the same as no name."""
    vocab = spacy.blank("nl").vocab
    sentences = [block.splitlines() for block in text_of(file).strip().split("\n\n")]
    for start in range(0, len(sentences), SENTENCES_PER_TEXT):
        together = sentences[start : start + SENTENCES_PER_TEXT]
        rows = [line.split("\t") for sentence in together for line in sentence]
        forms, spaces, tags = zip(*rows, strict=True)
        ends = ["" if tag == "-" else tag for tag in tags]
        starts: List[bool] = [place == 0 for sentence in together for place in range(len(sentence))]
        yield Doc(vocab, list(forms), [space == "1" for space in spaces], ents=ends, sent_starts=starts)


KINDS: Dict[str, Callable[[Path], Iterable[Doc]]] = {"trees": trees, "names": names}


def main(kind: str, out: str, *files: str) -> None:
    """Read all `files` and write the corpus."""
    corpus = DocBin(store_user_data=False)
    for name in files:
        for doc in tqdm(KINDS[kind](Path(name)), desc=Path(name).name, unit=" texts"):
            corpus.add(doc)
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    corpus.to_disk(out)
    print(f"{out}: {len(corpus)} texts")


if __name__ == "__main__":
    main(*sys.argv[1:])
