"""The sentences that Wegwijzer says, by name; their words stand in `knowledge/sentences.yml`."""

from wegwijzer.knowledge.languages import Language
from wegwijzer.knowledge.records import Record


class Sentences(Record):
    """Every sentence of the dialogue. `{...}` is filled in by the code that says it."""

    greeting: str
    help: str
    restart: str
    offers: str
    offers_again: str
    offers_none: str
    offers_more: str
    offers_no_more: str
    choice: str
    choice_of_one: str
    choice_none: str
    something_else: str
    also_these: str
    or_these: str
    miss_first: str
    miss_again: str
    noted: str
    unsure: str
    unsure_of_all: str
    complaint: str
    apology: str
    thank: str
    goodbye: str
    bot: str
    privacy: str
    nothing_open: str
    person: str
    person_default: str
    tell_more_which: str
    organisation_offers: str
    crisis_offers: str
    pointer: str
    ask_gemeente: str
    ask_sector: str
    ask_medewerkers: str
    ask_fase: str
    ask_rechtsvorm: str
    ask_herkomst: str
    why_topic: str
    why_gemeente: str
    why_region: str
    why_sector: str
    why_medewerkers: str
    why_fase: str
    why_rechtsvorm: str
    why_herkomst: str
    why_bedrag: str
    unknown_gemeente: str
    unknown_sector: str
    unknown_medewerkers: str
    unknown_large: str
    unknown_fase: str
    unknown_rechtsvorm: str
    unknown_herkomst: str
    unknown_fact: str
    state_open: str
    state_check: str
    state_ended: str
    ended: str
    ended_successor: str
    conditions: str
    amounts: str
    missing: str
    contact: str
    contact_unknown: str
    button_more: str
    button_person: str
    button_tell_more: str
    button_topics: str
    button_again: str
    languages: tuple[Language, ...]
