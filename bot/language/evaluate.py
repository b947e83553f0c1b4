"""Measures a pipeline beside the official one.

`python evaluate.py MODEL [--treebank FILE...] [--names FILE...] [--json OUT]`

The treebanks are CoNLL-U test files, of which all together are one test; their lemmas are taken without the `_` of
compounds. The names are a corrected file of form, space after and tag. Names and words in chat lines, which are of
this project, are measured always, the names in small letters too.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import time
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List

import spacy
import treebank
from rich.console import Console
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

HERE = Path(__file__).resolve().parent
TREEBANK_SCORES = ("pos_acc", "morph_acc", "tag_acc", "lemma_acc", "dep_uas", "dep_las")
# nl_core_news_sm 3.4.0, as its own page tells, on the development set of its treebank.
OFFICIAL = {"pos": 95.9, "morph": 95.2, "tag": 94.2, "lemma": 95.1, "uas": 85.2, "las": 80.1}
AT_LEAST = {"pos": 94.0, "morph": 93.5, "tag": 91.5, "lemma": 94.5, "las": 78.0, "names": 70.0}
AT_LEAST |= {"chat names": 92.0, "chat names, small letters": 92.0, "words a second": 12_000}
AT_MOST = {"seconds to load": 3.0}
MARKED = re.compile(r"([^\[]*)(?:\[(.+?)\]\((\w+)\))?")
MEASURED_SECONDS = 5.0


def name_lines(nlp: Language, lower: bool = False) -> Iterator[Doc]:
    """The chat lines of chat/names_test.txt with the names that are marked in them, `[Heerlen](GPE)`."""
    for line in (HERE / "chat" / "names_test.txt").read_text(encoding="utf-8").splitlines():
        text, spans = "", []
        for plain, name, label in MARKED.findall(line):
            text += plain
            if name:
                spans.append((len(text), len(text) + len(name), label))
            text += name
        doc = nlp.make_doc(text.lower() if lower else text)
        doc.set_ents([doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans])
        yield doc


def word_lines(nlp: Language) -> Iterator[Doc]:
    """The chat lines of chat/words_test.txt with the lemma, part of speech and tag of each word."""
    for line in (HERE / "chat" / "words_test.txt").read_text(encoding="utf-8").splitlines():
        words = (word.split("/") for word in line.split(" "))
        forms, lemmas, pos, tags = map(list, zip(*words, strict=True))
        yield Doc(nlp.vocab, forms, lemmas=lemmas, pos=pos, tags=tags)


def scores(nlp: Language, docs: Iterable[Doc]) -> Dict[str, Any]:
    """spaCy's own scores of what the pipeline makes of the texts of `docs`."""
    # By way of a DocBin, for the pipeline has to know every label and feature of theirs.
    known = DocBin(docs=docs).get_docs(nlp.vocab)
    return nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in known])


def given_words(nlp: Language, docs: Iterable[Doc]) -> Dict[str, Any]:
    """As `scores`, for sentences whose words are given."""
    return nlp.evaluate([Example(Doc(nlp.vocab, [token.text for token in doc]), doc) for doc in docs])


def words_a_second(nlp: Language, texts: List[str]) -> float:
    """How many words of `texts` the whole pipeline reads in a second."""
    words, started = 0, time.perf_counter()
    while time.perf_counter() - started < MEASURED_SECONDS:
        words += sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.perf_counter() - started)


def measured(model: str, treebanks: List[Path], names: List[Path]) -> Dict[str, float]:
    """All figures: percentages, words a second and seconds."""
    if Path(model).exists():
        # An installed wheel brings this part along, and spaCy refuses to have it twice.
        importlib.import_module("lemma_lexicon")
    started = time.perf_counter()
    nlp = spacy.load(model)
    figures = {"seconds to load": time.perf_counter() - started}
    if treebanks:
        found = scores(nlp, [doc for file in treebanks for doc in treebank.trees(file)])
        figures.update({name.removesuffix("_acc").removeprefix("dep_"): 100 * found[name] for name in TREEBANK_SCORES})
    if names:
        figures["names"] = 100 * scores(nlp, [doc for file in names for doc in treebank.names(file)])["ents_f"]
    figures["chat names"] = 100 * scores(nlp, name_lines(nlp))["ents_f"]
    figures["chat names, small letters"] = 100 * scores(nlp, name_lines(nlp, lower=True))["ents_f"]
    chat = given_words(nlp, word_lines(nlp))
    figures.update({f"chat {name}": 100 * chat[f"{name}_acc"] for name in ("pos", "tag", "lemma")})
    texts = treebank.trees(treebanks[0]) if treebanks else word_lines(nlp)
    return {**figures, "words a second": words_a_second(nlp, [doc.text for doc in texts])}


def show(figures: Dict[str, float]) -> None:
    """Print the figures beside those of the official pipeline and what they have to reach."""
    table = Table("figure", "measured", "official 3.4.0, its own test", "has to be", "")
    for name, value in figures.items():
        least, most = AT_LEAST.get(name), AT_MOST.get(name)
        bound = f"at least {least:g}" if least else f"at most {most:g}" if most else ""
        holds = (least is None or value >= least) and (most is None or value <= most)
        verdict = "" if not bound else "[green]holds" if holds else "[red]does not hold"
        table.add_row(name, f"{value:,.1f}", f"{OFFICIAL[name]:.1f}" if name in OFFICIAL else "", bound, verdict)
    Console().print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--treebank", nargs="*", type=Path, default=[])
    parser.add_argument("--names", nargs="*", type=Path, default=[])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures = measured(given.model, given.treebank, given.names)
    show(figures)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
