"""Puts the trained parts together: `python assemble.py CORE NAMES OUT VERSION TRAINING`.

TRAINING is the folder of the corpora that CORE was trained on: what it has of lemmas is kept beside it.
The names have a tok2vec of their own, as in the official pipeline. Rules for words of the chat come last
(chat/ruler.yml). The empty table of vectors (no rows, a width) makes Rasa and spaCy fall back to the pipeline's own
tensor.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any, Dict, List

import lemma_lexicon  # noqa: F401 - makes the part known to spaCy
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.vectors import Vectors

HERE = Path(__file__).resolve().parent
META = {
    "name": "core_news_sm",
    "description": "Dutch pipeline for chat with entrepreneurs: tags, features, trees, lemmas and names. Trained anew "
    "on open data; not the official pipeline of this name.",
    "license": "CC BY-SA 4.0",
    # spaCy 3.4 allows a newer one, which its compiled parts cannot be loaded with.
    "requirements": ["numpy<2"],
    "sources": [
        {"name": "UD Dutch LassySmall", "author": "Gosse Bouma, Gertjan van Noord", "license": "CC BY-SA 4.0"},
        {
            "name": "UD Dutch Alpino",
            "author": "Daniel Zeman, Zdeněk Žabokrtský, Gosse Bouma, Gertjan van Noord",
            "license": "CC BY-SA 4.0",
        },
        {
            "name": "Alpino treebank, converted to UD with alud 2.5.5",
            "author": "Gertjan van Noord, Gosse Bouma and others, University of Groningen",
            "license": "LGPL-2.1-or-later",
        },
        {"name": "Chat lines of Wegwijzer", "license": "CC BY-SA 4.0"},
    ],
}


def rules() -> List[Dict[str, Any]]:
    """The rules of chat/ruler.yml as the attribute ruler takes them: words in small letters, and what they are."""
    found = yaml.safe_load((HERE / "chat" / "ruler.yml").read_text(encoding="utf-8"))
    return [
        {
            "patterns": [[{"LOWER": word} for word in rule["words"].split()]],
            "attrs": rule["attrs"],
            "index": rule.get("index", 0),
        }
        for rule in found
    ]


def assembled(core: Path, names: Path, training: Path) -> Language:
    """One pipeline of all parts."""
    nlp = spacy.load(core)
    nlp.rename_pipe("trainable_lemmatizer", "lemmatizer")
    lexicon = nlp.add_pipe("lemma_lexicon")
    for corpus in sorted(training.glob("*.spacy")):
        lexicon.learn(DocBin().from_disk(corpus).get_docs(nlp.vocab))
    nlp.add_pipe("attribute_ruler").add_patterns(rules())
    source = spacy.load(names)
    source.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=source)
    nlp.vocab.vectors = Vectors(shape=(0, nlp.get_pipe("tok2vec").model.get_dim("nO")))
    return nlp


def main(core: str, names: str, out: str, version: str, training: str) -> None:
    """Write the pipeline with its licences."""
    nlp = assembled(Path(core), Path(names), Path(training))
    nlp.meta.update({**META, "version": version, "spacy_version": ">=3.4.0,<3.5.0"})
    shutil.rmtree(out, ignore_errors=True)  # packing leaves a description there that would not fit any more
    nlp.to_disk(out)
    for name in ("LICENSE", "LICENSES_SOURCES"):
        shutil.copy(HERE / name, out)
    print(f"{out}: {', '.join(nlp.pipe_names)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
