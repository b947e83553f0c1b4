"""What records of the knowledge name, and whether it exists."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wegwijzer.knowledge.assessment import Assessment, Step
from wegwijzer.knowledge.phrases import words_of
from wegwijzer.knowledge.reading.plain_values import did_you_mean
from wegwijzer.knowledge.reading.yaml_files import Fault, Location, Read
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

MOST_NAMED = 30
"""So many values are told when one does not exist: sectors, municipalities; not every organisation."""


@dataclass(frozen=True)
class Known:
    """The ids that something may be named by, and those that are meant by what people call them ("Hoensbroek")."""

    ids: Collection[str]
    called: Mapping[str, str] = field(default_factory=dict)

    def instead_of(self, named: str) -> str:
        """What to do about a name that is none of them."""
        near = self.called.get(_said(named))
        theme, _, topic = named.partition("/")
        elsewhere = sorted(one for one in self.ids if topic and one.endswith(f"/{topic}"))
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


class References:
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
        """`folder` is that of the knowledge; the others are what could be read of it."""
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
        wider = _values_of(vocabulary.regios)
        self.regions = Known({*self.municipalities.ids, *wider.ids}, {**places, **wider.called})
        self.choices = {
            "sectoren": vocabulary.sectoren,
            "fasen": vocabulary.fasen,
            "rechtsvormen": vocabulary.rechtsvormen,
            "herkomsten": vocabulary.herkomsten,
            "uitkeringen": vocabulary.uitkeringen,
        }
        self.values = {part: _values_of(choices) for part, choices in self.choices.items()}

    def faults_of_offer(self, read: Read[Offer]) -> Iterator[Fault]:
        """What the offer names that does not exist."""
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
        """What the organisation names that does not exist."""
        yield from _unknown(read, ("regio",), read.record.regio, self.regions)
        yield from _unknown(read, ("ask",), read.record.ask, self.organisations)

    def faults_of_theme(self, read: Read[Theme]) -> Iterator[Fault]:
        """What the theme names that does not exist."""
        for index, topic in enumerate(read.record.topics):
            yield from _unknown(read, ("topics", index, "person"), topic.person, self.organisations_or_here)
            yield from _unknown(read, ("topics", index, "contacts"), topic.contacts, self.organisations_or_here)
            for place, unclear in enumerate(topic.unclear):
                where = ("topics", index, "unclear", place)
                yield from _unknown(read, (*where, "regio"), unclear.regio, self.regions)
                yield from _unknown(read, (*where, "ask"), unclear.ask, self.organisations)

    def faults_of_out_of_scope(self, read: Read[OutOfScope]) -> Iterator[Fault]:
        """What what is not ours names that does not exist."""
        for index, kind in enumerate(read.record.kinds):
            yield from _unknown(read, ("kinds", index, "organisation"), kind.organisation, self.organisations)

    def faults_of_sentences(self, read: Read[Sentences]) -> Iterator[Fault]:
        """What its sentences name that does not exist."""
        yield from _unknown(read, ("person_default",), read.record.person_default, self.organisations)

    def faults_of_assessment(self, read: Read[Assessment]) -> Iterator[Fault]:
        """What the assessment names that does not exist."""
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


def _unknown(read: Read[Any], where: Location, named: str | Sequence[str] | None, known: Known) -> Iterator[Fault]:
    """A fault for what is `named` at `where`, one or several, and is not `known`."""
    if isinstance(named, str):
        if named not in known.ids:
            yield read.fault(where, f"{named} does not exist; {known.instead_of(named)}")
        return
    for place, one in enumerate(named or ()):
        yield from _unknown(read, (*where, place), one, known)
