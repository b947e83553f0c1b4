"""All knowledge files together: read, checked record by record, then against each other."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.assessment import Assessment
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.reading.references import References
from wegwijzer.knowledge.reading.yaml_files import Fault, Location, Read, Reader
from wegwijzer.knowledge.records import (
    Municipality,
    Offer,
    Organisation,
    OutOfScope,
    Theme,
    Vocabulary,
)
from wegwijzer.knowledge.sentences import Sentences

SINGLE_FILES = frozenset({"assessment", "consent", "municipalities", "out_of_scope", "profile", "sentences", "sites"})
"""What stands in the folder of the knowledge itself; every other record has a folder of its kind."""
FOLDERS = frozenset({"offers", "organisations", "partners", "topics"})
ONLY_OF_OFFERS = re.compile(r"^(provider|topics|asked_as|amounts):", re.MULTILINE)


@dataclass(frozen=True)
class KnowledgeFiles:
    """Everything that `knowledge/` says."""

    offers: tuple[Offer, ...]
    organisations: tuple[Organisation, ...]
    municipalities: tuple[Municipality, ...]
    themes: tuple[Theme, ...]
    out_of_scope: OutOfScope
    vocabulary: Vocabulary
    sentences: Sentences
    assessment: Assessment

    def snapshot(self) -> Knowledge:
        """The same with its look-ups, as the database would give it."""
        return Knowledge(**{part.name: getattr(self, part.name) for part in fields(self)})


def read_knowledge(folder: Path) -> KnowledgeFiles:
    """Read every record below `folder`.

    Raises KnowledgeError with one line per fault (file, line, field, what is wrong) when a record does
    not fit its format, stands twice, or names something that does not exist.
    """
    reader = Reader()
    municipalities = reader.list_file(folder / "municipalities.yml", Municipality)
    themes = reader.folder(folder / "topics", Theme)
    out_of_scope = reader.file(folder / "out_of_scope.yml", OutOfScope)
    vocabulary = reader.file(folder / "profile.yml", Vocabulary)
    sentences = reader.file(folder / "sentences.yml", Sentences)
    assessment = reader.file(folder / "assessment.yml", Assessment)
    is_whole = not reader.faults
    offers = reader.folder(folder / "offers", Offer)
    organisations = reader.folder(folder / "organisations", Organisation)
    reader.faults = [*_astray(folder), *_told_by_their_place(reader.faults, folder / "organisations")]
    if not is_whole or out_of_scope is None or vocabulary is None or sentences is None or assessment is None:
        # Nearly every reference would seem to lead nowhere.
        raise _error(reader.faults)

    names = References(folder, offers, organisations, municipalities, themes, vocabulary.record)
    faults = [*reader.faults, *_twice(municipalities)]
    faults += [fault for offer in offers for fault in names.faults_of_offer(offer)]
    faults += [fault for organisation in organisations for fault in names.faults_of_organisation(organisation)]
    faults += [fault for theme in themes for fault in names.faults_of_theme(theme)]
    faults += names.faults_of_out_of_scope(out_of_scope)
    faults += names.faults_of_assessment(assessment)
    faults += names.faults_of_sentences(sentences)
    faults += [fault for theme in themes for fault in _twice_within(theme, ("topics",), theme.record.topics)]
    faults += _same_position(themes)
    faults += _twice_within(out_of_scope, ("kinds",), out_of_scope.record.kinds)
    faults += [
        fault for part, choices in names.choices.items() for fault in _twice_within(vocabulary, (part,), choices)
    ]
    if faults:
        raise _error(faults)
    return KnowledgeFiles(
        tuple(read.record for read in offers),
        tuple(read.record for read in organisations),
        tuple(read.record for read in municipalities),
        tuple(read.record for read in themes),
        out_of_scope.record,
        vocabulary.record,
        sentences.record,
        assessment.record,
    )


def checksum(folder: Path) -> str:
    """A fingerprint of all YAML below `folder`; it changes when any record or the format of records does."""
    models = (Offer, Organisation, Municipality, Theme, OutOfScope, Vocabulary, Sentences, Assessment)
    digest = hashlib.sha256(json.dumps([model.model_json_schema() for model in models]).encode())
    for file in sorted(folder.rglob("*.yml")):
        digest.update(str(file.relative_to(folder)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _astray(folder: Path) -> Iterator[Fault]:
    """A fault for each file or folder in the folder of the knowledge itself that nothing reads there."""
    for path in sorted(folder.iterdir()):
        is_read = path.name in FOLDERS if path.is_dir() else path.stem in SINGLE_FILES and path.suffix == ".yml"
        if not is_read and not path.name.startswith(".") and not path.name.endswith("~") and path.suffix != ".md":
            yield Fault(path, 1, "file", "is not read here: an offer goes in offers, an organisation in organisations")


def _told_by_their_place(faults: list[Fault], organisations: Path) -> Iterator[Fault]:
    """The same faults, but one alone for each offer that stands among the organisations."""
    files = {fault.file for fault in faults if fault.file.parent == organisations}
    offers = {file for file in files if len(set(ONLY_OF_OFFERS.findall(file.read_text(errors="replace")))) > 1}
    yield from (Fault(file, 1, "file", "is an offer: move it to the folder offers") for file in sorted(offers))
    yield from (fault for fault in faults if fault.file not in offers)


def _twice(reads: Iterable[Read[Any]]) -> Iterator[Fault]:
    seen: dict[str, Read[Any]] = {}
    for read in reads:
        first = seen.setdefault(read.record.id, read)
        if first is not read:
            yield read.fault(("id",), f"{read.record.id} stands in {first.file} already")


def _same_position(themes: Iterable[Read[Theme]]) -> Iterator[Fault]:
    taken: dict[int, str] = {}
    for theme in themes:
        first = taken.setdefault(theme.record.position, theme.record.id)
        if first != theme.record.id:
            yield theme.fault(("position",), f"{theme.record.position} is the place of {first} already")


def _twice_within(read: Read[Any], where: Location, records: Iterable[Any]) -> Iterator[Fault]:
    seen = set()
    for place, record in enumerate(records):
        if record.id in seen:
            yield read.fault((*where, place, "id"), f"{record.id} stands twice in this list")
        seen.add(record.id)


def _error(faults: list[Fault]) -> KnowledgeError:
    in_order = sorted(faults, key=lambda fault: (fault.file, fault.line))
    return KnowledgeError("\n".join(str(fault) for fault in in_order))
