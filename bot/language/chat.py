"""Makes a corpus of chat lines with names, of templates and what can stand in their slots.

`python chat.py OUT.spacy [LINES]`: the same lines for the same templates, each template about as often as another.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Tuple

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from tqdm import tqdm

HERE = Path(__file__).resolve().parent
KNOWLEDGE = HERE.parents[1] / "knowledge"
LINES = 8000
SEED = 7
SLOT = re.compile(r"<(\w+)>")
Fill = Callable[[random.Random], str]
Span = Tuple[int, int, str]
"""Start, end and label of a name."""


def read(file: Path) -> Any:
    """What stands in a YAML file."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def slots() -> Dict[str, Tuple[str, Fill]]:
    """By slot the label of what stands in it (empty when it is no name), and how to draw something for it."""
    fillers = read(HERE / "chat" / "fillers.yml")
    municipalities = read(KNOWLEDGE / "municipalities.yml")
    records = [read(file) for file in sorted((KNOWLEDGE / "organisations").glob("*.yml"))]
    organisations = [name for record in records for name in (record["name"], *record.get("aliases", []))]
    people = fillers.pop("person")
    elsewhere = fillers.pop("elsewhere")["values"]
    near = [place for municipality in municipalities for place in municipality["places"]]
    fillers["place"] = {"label": "GPE", "values": near + elsewhere}
    fillers["organisation"]["values"] += [name for name in organisations if "gemeente" not in name.lower()]
    drawn = {slot: (filler.get("label", ""), one_of(filler["values"])) for slot, filler in fillers.items()}
    return {**drawn, "person": (people["label"], person(people["given"], people["family"]))}


def one_of(values: List[str]) -> Fill:
    """Draws one of `values`."""
    return lambda dice: dice.choice(values)


def person(given: List[str], family: List[str]) -> Fill:
    """Draws a given name, a family name or both, as people call themselves."""

    def draw(dice: random.Random) -> str:
        names = dice.choice([(given,), (given, family), (given, family), (family,)])
        return " ".join(dice.choice(name) for name in names)

    return draw


def line(template: str, kinds: Dict[str, Tuple[str, Fill]], dice: random.Random) -> Tuple[str, List[Span]]:
    """A template with its slots filled, and the names in it."""
    text, spans, last = "", [], 0
    for slot in SLOT.finditer(template):
        label, draw = kinds[slot[1]]
        text += template[last : slot.start()]
        value = draw(dice)
        if label:
            spans.append((len(text), len(text) + len(value), label))
        text += value
        last = slot.end()
    return text + template[last:], spans


def docs(nlp: Language, lines: int) -> Iterator[Doc]:
    """`lines` chat lines with their names."""
    templates, kinds, dice = read(HERE / "chat" / "templates.yml"), slots(), random.Random(SEED)
    for place in range(lines):
        text, spans = line(templates[place % len(templates)], kinds, dice)
        doc = nlp.make_doc(text)
        names = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
        doc.set_ents([name for name in names if name is not None])
        yield doc


def main(out: str, lines: str = str(LINES)) -> None:
    """Write the corpus."""
    corpus = DocBin(store_user_data=False)
    for doc in tqdm(docs(spacy.blank("nl"), int(lines)), total=int(lines), desc="chat lines"):
        corpus.add(doc)
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    corpus.to_disk(out)
    print(f"{out}: {len(corpus)} lines")


if __name__ == "__main__":
    main(*sys.argv[1:])
