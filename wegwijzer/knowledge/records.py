"""The format of every knowledge record: what a YAML file in `knowledge/` may say and must say.

These models are the only description of the format. `wegwijzer knowledge schema` writes them as JSON
schema for editors; `wegwijzer.knowledge.files` reports what does not fit with file, line and field.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from wegwijzer.knowledge.addresses import Address, PublicUrl
from wegwijzer.knowledge.phrases import plain

MUNICIPALITY = "gemeente"
"""Stands for the municipality that the business is in, where an organisation is named."""
OUT_OF_SCOPE = "buiten_bereik"
"""The theme of everything that is not ours."""
ProfilePart = Literal["gemeente", "sector", "medewerkers", "fase", "rechtsvorm", "herkomst", "uitkering"]
State = Literal["open", "check", "ended"]
StateOnADay = Literal["open", "check", "ended", "later", "closed"]
FRESH_FOR = timedelta(days=365)
"""A record that nobody held against its source for longer than this is shown as one to check with the provider."""
Kind = Literal[
    "advies",
    "fiscaal",
    "garantie",
    "lening",
    "loket",
    "netwerk",
    "opleiding",
    "participatie",
    "scan",
    "subsidie",
    "tool",
]  # fmt: skip

NO_LETTER = re.compile(r"[^a-z0-9]+")
AMOUNT = re.compile(r"€|\beuro\b|\beuro's\b|\beur\b|%|\bprocent\b", re.IGNORECASE)


def _without_amount(text: str) -> str:
    if AMOUNT.search(text):
        raise ValueError(
            "an amount or percentage belongs in the `amounts` of an offer, where it has a year, not in prose"
        )
    return text


Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]
TopicReference = Annotated[str, Field(pattern=r"^[a-z_]+/[a-z_]+$")]
Prose = Annotated[str, Field(min_length=3, max_length=300), AfterValidator(_without_amount)]
Asked = Annotated[str, Field(min_length=3, max_length=200)]  # people name amounts
Alias = Annotated[str, Field(min_length=2, max_length=90)]
Name = Annotated[str, Field(min_length=2, max_length=90)]


class Record(BaseModel):
    """A part of a knowledge file; a key that is not described is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """Where the facts of a record come from; `year` is of the source, null when it bears no date."""

    url: Address
    year: int | None = Field(ge=2000, le=2100)
    more: tuple[Address, ...] = ()


class Provider(Record):
    """Who offers it: the name that people read, and the organisations that we have a record of.

    `gemeente` among them is the municipality where the business is, whichever that may be.
    """

    name: Name
    organisations: tuple[Identifier, ...] = ()


class Headcount(Record):
    """A range of employees, both ends included; an open end is null."""

    min: int | None = Field(None, ge=0)
    max: int | None = Field(None, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is above max")
        return self


class Criteria(Record):
    """For whom an offer is; a key that is left out restricts nothing."""

    sectoren: tuple[Identifier, ...] = ()
    niet_sectoren: tuple[Identifier, ...] = ()
    medewerkers: Headcount | None = None
    fasen: tuple[Identifier, ...] = ()
    rechtsvormen: tuple[Identifier, ...] = ()
    herkomsten: tuple[Identifier, ...] = ()
    uitkeringen: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _sectors_are_for_or_not(self) -> Self:
        both = set(self.sectoren) & set(self.niet_sectoren)
        if both:
            raise ValueError(f"niet_sectoren and sectoren both hold {', '.join(sorted(both))}")
        return self


class Amount(Record):
    """One figure in euros or percent, with what it is; `year` is the year that the figure is of."""

    what: str = Field(min_length=3, max_length=160)
    eur: float | None = Field(None, ge=0)
    min_eur: float | None = Field(None, ge=0)
    max_eur: float | None = Field(None, ge=0)
    percent: float | None = Field(None, ge=0, le=1000)
    year: int | None = Field(None, ge=2000, le=2100)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(value is None for value in (self.eur, self.min_eur, self.max_eur, self.percent)):
            raise ValueError("give at least one of eur, min_eur, max_eur, percent")
        if self.min_eur is not None and self.max_eur is not None and self.min_eur > self.max_eur:
            raise ValueError("min_eur is above max_eur")
        if self.eur is not None and not (self.min_eur or 0) <= self.eur <= (self.max_eur or self.eur):
            raise ValueError("eur is not between min_eur and max_eur")
        return self


class Ended(Record):
    """What became of an offer that is no more; `successor` is the offer that came instead."""

    note: Prose
    successor: Identifier | None = None


class Offer(Record):
    """A scheme, loan, desk, scan, course or network that an entrepreneur can use.

    `asked_as` are ways in which people ask for what it does: by them a question finds it. `checked_on` is the day on
    which a person last held the record against its source; `not_meant` are phrases in which an alias is just words ("ik
    ben de weg kwijt"). `behalve` are municipalities of the region that do not take part. `not_for` are words of
    questions for which it would be wrong ("India" where it brings people from the EU). `opens_on` and `closes_on` are
    the first and the last day on which one can apply, left out when there is no such day.
    """

    id: Identifier
    name: Name
    aliases: tuple[Alias, ...] = ()
    not_meant: tuple[str, ...] = ()
    provider: Provider
    kind: Kind
    state: State
    topics: tuple[TopicReference, ...] = Field(min_length=1)
    summary: Prose
    asked_as: tuple[Asked, ...] = ()
    regio: tuple[Identifier, ...] = Field(min_length=1)
    behalve: tuple[Identifier, ...] = ()
    not_for: tuple[str, ...] = ()
    criteria: Criteria = Criteria()
    conditions: tuple[Prose, ...] = ()
    amounts: tuple[Amount, ...] = ()
    missing: tuple[str, ...] = ()
    ask: Identifier
    url: PublicUrl | None
    contact: str | None
    source: Source
    checked_on: date
    opens_on: date | None = None
    closes_on: date | None = None
    ended: Ended | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether it is shown to people who did not ask for it by name."""
        return self.state != "ended"

    def is_stale(self, day: date) -> bool:
        """Whether the record was last checked too long before `day` to rely on."""
        return self.checked_on + FRESH_FOR < day

    def state_on(self, day: date) -> StateOnADay:
        """The state on a day: what opens `later` or is `closed` by then follows from its dates."""
        if self.ended:
            return "ended"
        if self.closes_on and self.closes_on < day:
            return "closed"
        if self.opens_on and day < self.opens_on:
            return "later"
        return "check" if self.is_stale(day) else self.state

    def is_over_on(self, day: date) -> bool:
        """Whether it has ended by `day`, or its last day has passed."""
        return self.state_on(day) in {"ended", "closed"}

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens_on and self.closes_on and self.opens_on > self.closes_on:
            raise ValueError("opens_on is after closes_on")
        return self

    @model_validator(mode="after")
    def _ended_says_why(self) -> Self:
        if self.state == "ended" and self.ended is None:
            raise ValueError("state is ended: say in `ended`, with a line `note: ...` below it, what became of it")
        if self.state != "ended" and self.ended:
            raise ValueError(
                f"ended tells what became of it, but state is {self.state}: set it to ended, or drop `ended`"
            )
        return self


class Organisation(Record):
    """An organisation behind the offers, with the general desk that anybody may approach."""

    id: Identifier
    name: Name
    aliases: tuple[Alias, ...] = ()
    kind: str
    role: Prose
    regio: tuple[Identifier, ...] = Field(min_length=1)
    url: PublicUrl | None
    contact: str | None
    note: str | None = None
    missing: tuple[str, ...] = ()
    ask: Identifier | None = None
    source: Source
    checked_on: date

    @model_validator(mode="after")
    def _gaps_name_who_to_ask(self) -> Self:
        if self.missing and self.ask is None:
            raise ValueError("`missing` names facts, so `ask` should name the organisation that may know them")
        return self


class Desk(Record):
    """The desk of a municipality for entrepreneurs."""

    name: Name
    contact: str | None


class Municipality(Record):
    """A municipality with every form of its name and of its places that people type.

    `ambiguous` forms are ordinary words too ("stein", "heer") and need a preposition to count.
    """

    id: Identifier
    name: Name
    subregion: str
    cbs_code: str | None
    places: tuple[str, ...]
    neighbourhoods: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    url: PublicUrl | None
    desk: Desk | None
    note: str | None = None
    sources: tuple[Address, ...]
    checked_on: date

    @model_validator(mode="after")
    def _has_the_id_of_its_name(self) -> Self:
        # Everything else names it by its id: a slip here would be told wherever it is right.
        written = NO_LETTER.sub("-", plain(self.name)).strip("-")
        if self.id != written:
            raise ValueError(f"id is {self.id}, but {self.name} is written {written}: correct the one or the other")
        return self


class Unclear(Record):
    """Municipalities for which the sources do not say who does something: what to say there, and who knows."""

    regio: tuple[Identifier, ...] = Field(min_length=1)
    text: Prose
    ask: Identifier


class Topic(Record):
    """Something that entrepreneurs ask about; its examples stand in `bot/data`.

    `person` is the organisation with the people to talk to, `gemeente` when that is the municipality itself. `settled`
    are parts of the profile that whoever asks about this has told with the question itself, so that they are not asked.
    `contacts` are shown before any offer, for topics where people come first; `unclear` says where the sources leave
    open who does it; `signals` lead here whatever else is said, but for words of theirs that stand in one of the
    `harmless` phrases (`wegwijzer.knowledge.signals`).
    """

    id: Identifier
    label: str = Field(min_length=3, max_length=30)
    opening: Prose
    person: Identifier
    settled: tuple[ProfilePart, ...] = ()
    contacts: tuple[Identifier, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    signals: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()


class Theme(Record):
    """A group of topics; one file in `knowledge/topics`. Themes are shown in the order of `position`."""

    id: Identifier
    label: str = Field(min_length=3, max_length=30)
    position: int = Field(ge=1)
    description: Prose
    topics: tuple[Topic, ...] = Field(min_length=1)


class Pointer(Record):
    """An address outside the region's support, for questions that are not ours."""

    name: Name
    url: PublicUrl


class OutOfScopeKind(Record):
    """A kind of question that Wegwijzer does not answer, and where it points to.

    `not_understood` is for words without a meaning: two of those in a row lead to a person. Nobody is asked whether
    an `unnamed` kind is meant. Offers of the kinds in `but_for` are answered when they are named in such a
    question, or asked for nearly in their own words.
    """

    id: Identifier
    label: str = Field(min_length=3, max_length=30)
    answer: Prose
    organisation: Identifier | None = None
    pointer: Pointer | None = None
    not_understood: bool = False
    unnamed: bool = False
    but_for: tuple[Kind, ...] = ()


class OutOfScope(Record):
    """The file `out_of_scope.yml`."""

    kinds: tuple[OutOfScopeKind, ...] = Field(min_length=1)


class Choice(Record):
    """A value that a criterion can have, with the words by which people name it."""

    id: Identifier
    label: str
    words: tuple[str, ...]


class Vocabulary(Record):
    """The file `profile.yml`: the values of sector, phase, legal form and origin, the wider regions, the names of the
    parts of a profile, the words that ask about a name without adding a subject of their own, `ordinary` words that a
    value or a place is a slip away from, and names of offers and organisations that are `words_too`."""

    sectoren: tuple[Choice, ...]
    fasen: tuple[Choice, ...]
    rechtsvormen: tuple[Choice, ...]
    herkomsten: tuple[Choice, ...]
    uitkeringen: tuple[Choice, ...]
    regios: tuple[Choice, ...]
    parts: tuple[Choice, ...]
    asking: tuple[str, ...]
    ordinary: tuple[str, ...] = ()
    words_too: tuple[str, ...] = ()
