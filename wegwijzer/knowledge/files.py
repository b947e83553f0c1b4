"""All knowledge files together: read, checked record by record, then against each other."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.assessment import Assessment, Step
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import words_of
from wegwijzer.knowledge.plain_faults import did_you_mean
from wegwijzer.knowledge.records import (
    MUNICIPALITY,
    Choice,
    Municipality,
    Offer,
    Organisation,
    OutOfScope,
    Theme,
    Vocabulary,
)
from wegwijzer.knowledge.sentences import Sentences
from wegwijzer.knowledge.yaml_files import Fault, Location, Read, Reader

SINGLE_FILES = frozenset({"assessment", "consent", "municipalities", "out_of_scope", "profile", "sentences", "sites"})
"""What stands in the folder of the knowledge itself; every other record has a folder of its kind."""
MOST_NAMED = 30
"""So many values are told when one does not exist: sectors, municipalities; not every organisation."""


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
    reader.faults += _astray(folder)
    municipalities = reader.list_file(folder / "municipalities.yml", Municipality)
    themes = reader.folder(folder / "topics", Theme)
    out_of_scope = reader.file(folder / "out_of_scope.yml", OutOfScope)
    vocabulary = reader.file(folder / "profile.yml", Vocabulary)
    sentences = reader.file(folder / "sentences.yml", Sentences)
    assessment = reader.file(folder / "assessment.yml", Assessment)
    is_whole = not reader.faults
    offers = reader.folder(folder / "offers", Offer)
    organisations = reader.folder(folder / "organisations", Organisation)
    if not is_whole or out_of_scope is None or vocabulary is None or sentences is None or assessment is None:
        # Nearly every reference would seem to lead nowhere.
        raise _error(reader.faults)

    names = _Names(folder, offers, organisations, municipalities, themes, vocabulary.record)
    faults = [*reader.faults, *_twice(municipalities)]
    faults += [fault for offer in offers for fault in names.faults_of_offer(offer)]
    faults += [fault for organisation in organisations for fault in names.faults_of_organisation(organisation)]
    faults += [fault for theme in themes for fault in names.faults_of_theme(theme)]
    faults += names.faults_of_out_of_scope(out_of_scope)
    faults += names.faults_of_assessment(assessment)
    faults += _unknown(sentences, ("person_default",), sentences.record.person_default, names.organisations)
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


class _Names:
    """The identifiers that records may refer to."""

    def __init__(
        self,
        folder: Path,
        offers: list[Read[Offer]],
        organisations: list[Read[Organisation]],
        municipalities: list[Read[Municipality]],
        themes: list[Read[Theme]],
        vocabulary: Vocabulary,
    ) -> None:
        # A record that could not be read exists all the same; of its topics nothing is known.
        self.topics_of: dict[str, tuple[str, ...] | None] = dict.fromkeys(_ids_in(folder / "offers"))
        self.topics_of.update({read.record.id: read.record.topics for read in offers})
        self.offers = Known(self.topics_of)
        self.organisations = Known({*_ids_in(folder / "organisations"), *(read.record.id for read in organisations)})
        self.organisations_or_here = Known({*self.organisations.ids, MUNICIPALITY})
        self.themes = Known({read.record.id for read in themes})
        self.topics = Known({f"{read.record.id}/{topic.id}" for read in themes for topic in read.record.topics})
        places = {_said(name): read.record.id for read in municipalities for name in _names_of(read.record)}
        self.municipalities = Known({read.record.id for read in municipalities}, places)
        wider = {_said(region.label): region.id for region in vocabulary.regios}
        self.regions = Known({*self.municipalities.ids, *wider.values()}, places | wider)
        self.choices = {
            "sectoren": vocabulary.sectoren,
            "fasen": vocabulary.fasen,
            "rechtsvormen": vocabulary.rechtsvormen,
            "herkomsten": vocabulary.herkomsten,
            "uitkeringen": vocabulary.uitkeringen,
        }
        self.values = {part: _values_of(choices) for part, choices in self.choices.items()}

    def faults_of_offer(self, read: Read[Offer]) -> Iterator[Fault]:
        offer = read.record
        yield from _unknown(read, ("topics",), offer.topics, self.topics)
        yield from _unknown(read, ("regio",), offer.regio, self.regions)
        organisations = offer.provider.organisations
        yield from _unknown(read, ("provider", "organisations"), organisations, self.organisations_or_here)
        yield from _unknown(read, ("behalve",), offer.behalve, self.municipalities)
        yield from _unknown(read, ("ask",), offer.ask, self.organisations)
        yield from _unknown(read, ("criteria", "niet_sectoren"), offer.criteria.niet_sectoren, self.values["sectoren"])
        for criterion, values in self.values.items():
            yield from _unknown(read, ("criteria", criterion), getattr(offer.criteria, criterion), values)
        if offer.ended:
            yield from _unknown(read, ("ended", "successor"), offer.ended.successor, self.offers)

    def faults_of_organisation(self, read: Read[Organisation]) -> Iterator[Fault]:
        yield from _unknown(read, ("regio",), read.record.regio, self.regions)
        yield from _unknown(read, ("ask",), read.record.ask, self.organisations)

    def faults_of_theme(self, read: Read[Theme]) -> Iterator[Fault]:
        for index, topic in enumerate(read.record.topics):
            yield from _unknown(read, ("topics", index, "person"), topic.person, self.organisations_or_here)
            yield from _unknown(read, ("topics", index, "contacts"), topic.contacts, self.organisations_or_here)
            for place, unclear in enumerate(topic.unclear):
                where = ("topics", index, "unclear", place)
                yield from _unknown(read, (*where, "regio"), unclear.regio, self.regions)
                yield from _unknown(read, (*where, "ask"), unclear.ask, self.organisations)

    def faults_of_out_of_scope(self, read: Read[OutOfScope]) -> Iterator[Fault]:
        for index, kind in enumerate(read.record.kinds):
            yield from _unknown(read, ("kinds", index, "organisation"), kind.organisation, self.organisations)

    def faults_of_assessment(self, read: Read[Assessment]) -> Iterator[Fault]:
        for number, question in enumerate(read.record.questions):
            for place, answer in enumerate(question.answers):
                where = ("questions", number, "answers", place)
                for theme in answer.points:
                    yield from _unknown(read, (*where, "points", theme), theme, self.themes)
                if answer.step:
                    yield from self._faults_of_step(read, (*where, "step"), answer.step)

    def _faults_of_step(self, read: Read[Assessment], where: Location, step: Step) -> Iterator[Fault]:
        yield from _unknown(read, (*where, "topic"), step.topic, self.topics)
        yield from _unknown(read, (*where, "offers"), step.offers, self.offers)
        for place, offer in enumerate(step.offers):
            topics = self.topics_of.get(offer)
            if topics is not None and step.topic not in topics:
                told = f"{offer} does not name the topic {step.topic}, so it would never be shown"
                yield read.fault((*where, "offers", place), told)


@dataclass(frozen=True)
class Known:
    """The ids that something may be named by, and those that are meant by what people call them ("Hoensbroek")."""

    ids: Collection[str]
    called: Mapping[str, str] = field(default_factory=dict)

    def instead_of(self, named: str) -> str:
        """What to do about a name that is none of them."""
        near = self.called.get(_said(named))
        theme, _, topic = named.partition("/")
        elsewhere = [one for one in self.ids if topic and one.endswith(f"/{topic}")]
        meant = f"did you mean {near or elsewhere[0]}?" if near or elsewhere else self._mistyped(theme, topic)
        if meant or len(self.ids) > MOST_NAMED:
            return meant or "correct it or add a record for it"
        return f"it can be {', '.join(sorted(self.ids))}"

    def _mistyped(self, theme: str, topic: str) -> str | None:
        """Asks for the nearest one; of topics for that of the same theme, whose name makes them all alike."""
        if not topic:
            return did_you_mean(theme, self.ids)
        of_theme = [one.partition("/")[2] for one in self.ids if one.startswith(f"{theme}/")]
        meant = did_you_mean(topic, of_theme)
        return meant.replace("mean ", f"mean {theme}/") if meant else None


def _values_of(choices: Iterable[Choice]) -> Known:
    called = {_said(word): choice.id for choice in choices for word in (*choice.words, choice.label)}
    return Known({choice.id for choice in choices}, called)


def _names_of(municipality: Municipality) -> Iterator[str]:
    yield from (municipality.name, *municipality.places, *municipality.neighbourhoods, *municipality.spellings)
    yield from municipality.former


def _said(name: str) -> str:
    return " ".join(words_of(name.replace("-", " ").replace("_", " ")))


def _ids_in(folder: Path) -> Iterator[str]:
    return (file.stem for file in folder.glob("*.yml"))


def _astray(folder: Path) -> Iterator[Fault]:
    """A fault for each file in the folder of the knowledge itself that nothing reads there."""
    for file in sorted(folder.glob("*.y*ml")):
        if file.stem not in SINGLE_FILES or file.suffix != ".yml":
            yield Fault(file, 1, "file", "is not read here: an offer goes in offers, an organisation in organisations")


def _unknown(read: Read[Any], where: Location, named: str | Sequence[str] | None, known: Known) -> Iterator[Fault]:
    """A fault for what is `named` at `where`, one or several, and is not `known`."""
    if isinstance(named, str):
        if named not in known.ids:
            yield read.fault(where, f"{named} does not exist; {known.instead_of(named)}")
        return
    for place, one in enumerate(named or ()):
        yield from _unknown(read, (*where, place), one, known)


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
