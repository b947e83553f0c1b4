"""The cases of an evaluation of offers: a question, what is known of the business, and which offers are right."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from wegwijzer.errors import WegwijzerError
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.mentions import MentionReader, amount, headcount
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.reading.yaml_files import Read, Reader


class CasesError(WegwijzerError):
    """The file of cases cannot be used; the message names every fault with its line."""


class OfferCase(BaseModel):
    """A case: `text` is asked when `profile` is known; `ideal`, `acceptable` and `wrong` are ids of offers, `partner`
    those of organisations."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str
    text: str = Field(min_length=1)
    profile: dict[str, Any] = {}
    ideal: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()

    @field_validator("profile", "ideal", "acceptable", "wrong", "partner", mode="before")
    @classmethod
    def _none_or_one(cls, value: Any, field: Any) -> Any:
        if value is None:
            return {} if field.field_name == "profile" else ()
        return (value,) if isinstance(value, str) else value


def read_cases(file: Path, knowledge: Knowledge) -> list[OfferCase]:
    """The cases in `file`, a YAML list. Raises CasesError."""
    reader = Reader()
    read = reader.list_file(file, OfferCase)
    faults = [*reader.faults, *(fault for one in read for fault in _unknown(one, knowledge))]
    if not read and not faults:
        raise CasesError(f"{file}: there are no cases")
    if faults:
        raise CasesError("\n".join(str(fault) for fault in faults))
    return [one.record for one in read]


def _unknown(read: Read[OfferCase], knowledge: Knowledge) -> Iterator[Any]:
    known: dict[str, Mapping[str, Any]] = {
        **dict.fromkeys(("ideal", "acceptable", "wrong"), knowledge.offers),
        "partner": knowledge.organisations,
    }
    for name, ids in known.items():
        for place, identifier in enumerate(getattr(read.record, name)):
            if identifier not in ids:
                yield read.fault((name, place), f"there is no {identifier!r}")


def profile_of(case: OfferCase, knowledge: Knowledge) -> tuple[Profile, list[str]]:
    """The profile of a case, and what of it cannot be used: parts that do not exist and values that nobody knows.

    A value is an id of the knowledge files, or words as people type them ("Heerlen", "12 medewerkers", "2,5 ton").
    """
    mentions = MentionReader(knowledge)
    known: dict[str, Any] = {}
    for part, value in case.profile.items():
        read = None if value is None else _value(part, value, knowledge, mentions)
        if read is not None:
            known[part] = read
    unused = [part for part, value in case.profile.items() if value is not None and part not in known]
    return Profile(**known), unused


def _value(part: str, value: Any, knowledge: Knowledge, mentions: MentionReader) -> Any:
    words = str(value)
    if part == "medewerkers":
        return int(words) if words.isdigit() else headcount(words)
    if part == "bedrag":
        return float(value) if isinstance(value, int | float) else amount(words)
    ids = {"gemeente": knowledge.municipalities} | {
        name: {choice.id for choice in choices}
        for name, choices in (
            ("sector", knowledge.vocabulary.sectoren),
            ("fase", knowledge.vocabulary.fasen),
            ("rechtsvorm", knowledge.vocabulary.rechtsvormen),
            ("herkomst", knowledge.vocabulary.herkomsten),
            ("uitkering", knowledge.vocabulary.uitkeringen),
        )
    }
    if part not in ids:
        return None
    return words if words in ids[part] else getattr(mentions.read(f"in {words}"), part)
