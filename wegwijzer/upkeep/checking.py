"""What a person should look at in knowledge that is right in form: what nobody can use, what is unsure or grew old.

Every rule takes the files and a day and tells what it found; a kind of finding says once what to do about it.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.knowledge.matching import judged, matches
from wegwijzer.knowledge.phrases import words_of
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import FRESH_FOR, Municipality, Offer, Organisation
from wegwijzer.upkeep import phrasing, places, slips
from wegwijzer.upkeep.findings import Finding, Kind, Place, Rule, Severity

OLD_AFTER_YEARS = 6
# Offers are shown three at a time; hardly anybody asks for more a third time.
IN_SIGHT = 9
FEWEST_WAYS = 3
Checked = Offer | Organisation | Municipality


def findings(files: KnowledgeFiles, day: date) -> list[Finding]:
    """What there is to look at on `day`; nothing is asked of anybody else."""
    return [finding for rule in RULES for finding in rule(files, day)]


def _needs_upkeep(record: Checked) -> bool:
    # What an offer said that has ended is history: it may grow old.
    return not (isinstance(record, Offer) and record.ended)


NEVER_MET = Kind(
    Severity.ERROR, "Criteria that nobody can meet", "Correct the record: nobody will ever see this offer."
)


def _never_met(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    municipalities = [Profile(gemeente=one.id) for one in files.municipalities]
    for place, offer in places.current(files):
        if all("gemeente" in judged(offer, profile).not_met for profile in municipalities):
            regions = ", ".join(offer.regio)
            yield Finding(NEVER_MET, place.at("regio"), f"none of our municipalities lies in {regions}")
        bounds = [bound for amount in offer.amounts for bound in (amount.min_eur, amount.max_eur) if bound is not None]
        if bounds and all("bedrag" in judged(offer, Profile(bedrag=bound)).not_met for bound in bounds):
            yield Finding(NEVER_MET, place.at("amounts"), "the lowest min_eur is above the highest max_eur")


LOST_SUCCESSOR = Kind(
    Severity.ERROR, "Successors that are no help", "Name the offer that can be had now, or leave `successor` out."
)


def _lost_successors(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    ended = {offer.id for offer in files.offers if offer.is_over_on(day)}
    for place, offer in places.offers(files):
        successor = offer.ended.successor if offer.ended else None
        if successor in ended:
            what = "is its own successor" if successor == offer.id else f"{successor} has ended too"
            yield Finding(LOST_SUCCESSOR, place.at("ended", "successor"), what)


IDLE_STEP = Kind(
    Severity.WARNING,
    "Steps of the assessment whose offers are gone",
    "Name an offer that can be had, or leave `offers` out: then those of the topic are shown.",
)


def _idle_steps(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    gone = {offer.id for offer in files.offers if offer.is_over_on(day)}
    for place, step in places.steps(files):
        for index, offer in enumerate(step.offers):
            if offer in gone:
                yield Finding(IDLE_STEP, place.at("offers", index), f"{offer} has ended or is closed")


NOTHING_TO_OFFER = Kind(
    Severity.ERROR, "Topics with nothing to offer", "Name the topic in an offer that belongs to it, or drop the topic."
)


def _nothing_to_offer(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    kept = [offer for offer in files.offers if not offer.is_over_on(day)]
    offered = {topic for offer in kept for topic in offer.topics}
    for theme in files.themes:
        for index, topic in enumerate(theme.topics):
            name = f"{theme.id}/{topic.id}"
            if name not in offered:
                place = Place(name, f"topics/{theme.id}.yml", ("topics", index))
                yield Finding(NOTHING_TO_OFFER, place, "every offer that names it has ended, or none does")


CLOSED = Kind(
    Severity.ERROR, "Offers that are closed", "Set `state: ended` with a note in `ended`, or give the new dates."
)


def _closed(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        if offer.state_on(day) == "closed":
            yield Finding(CLOSED, place.at("closes_on"), f"closed on {offer.closes_on}, but state is {offer.state}")


CHECKED_AHEAD = Kind(
    Severity.ERROR, "Checked on a day that is yet to come", "Set `checked_on` to the day on which somebody looked."
)
STALE = Kind(
    Severity.WARNING,
    f"Not held against the source for {FRESH_FOR.days} days",
    "Hold the record against its source, correct what changed and set `checked_on`.",
)


def _days(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, record in _checked(files):
        if record.checked_on > day:
            yield Finding(CHECKED_AHEAD, place.at("checked_on"), f"checked on {record.checked_on}")
        elif record.checked_on + FRESH_FOR < day and _needs_upkeep(record):
            yield Finding(STALE, place.at("checked_on"), f"last checked on {record.checked_on}")


def _checked(files: KnowledgeFiles) -> Iterator[tuple[Place, Checked]]:
    yield from places.providing(files)
    yield from places.municipalities(files)


UNSURE = Kind(
    Severity.WARNING,
    "Offers that may be gone or have changed",
    "Ask whom the record names in `ask`; then set `state` to open or ended, and `checked_on`.",
)


def _unsure(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        if offer.state == "check" and offer.state_on(day) != "closed":
            yield Finding(UNSURE, place.at("state"), f"state is check; ask {offer.ask}")


HARDLY_ASKED = Kind(
    Severity.WARNING,
    f"Offers with fewer than {FEWEST_WAYS} ways to ask for them",
    "Write in `asked_as` how people ask for what it does: by that a question finds it.",
)


def _hardly_asked(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        if len(offer.asked_as) < FEWEST_WAYS:
            yield Finding(HARDLY_ASKED, place, f"asked_as has {len(offer.asked_as)}")


OUT_OF_SIGHT = Kind(
    Severity.WARNING,
    f"Offers that are never among the first {IN_SIGHT}",
    "Put the topic that it fits best first in `topics`, or give the criteria that set it apart.",
)


def _out_of_sight(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    knowledge = files.snapshot()
    for place, offer in places.current(files):
        profile = _fitting(offer, knowledge.municipalities)
        shown = (matches(knowledge, topic, profile, day)[:IN_SIGHT] for topic in offer.topics)
        if offer.state_on(day) != "closed" and all(offer.id not in {one.offer.id for one in first} for first in shown):
            yield Finding(OUT_OF_SIGHT, place.at("topics"), "other offers come first, even for whom it fits best")


def _fitting(offer: Offer, municipalities: Collection[str]) -> Profile:
    """A business that meets every criterion of `offer`."""
    criteria = offer.criteria
    return Profile(
        gemeente=next((region for region in offer.regio if region in municipalities), None),
        sector=_first(criteria.sectoren),
        medewerkers=(criteria.medewerkers.min or 0) if criteria.medewerkers else None,
        fase=_first(criteria.fasen),
        rechtsvorm=_first(criteria.rechtsvormen),
        herkomst=_first(criteria.herkomsten),
        uitkering=_first(criteria.uitkeringen),
    )


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None


UNUSED = Kind(
    Severity.WARNING,
    "Organisations that nothing refers to",
    "Name it in the offers, topics or `ask` where it helps, or delete the record.",
)


def _unused(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    used = set(_referred_to(files))
    for place, organisation in places.organisations(files):
        if organisation.id not in used:
            yield Finding(UNUSED, place, "no offer, topic or `ask` of another names it")


def _referred_to(files: KnowledgeFiles) -> Iterator[str | None]:
    for offer in files.offers:
        yield from (*offer.provider.organisations, offer.ask)
    yield from (one.ask for one in files.organisations if one.ask != one.id)
    for topic in (topic for theme in files.themes for topic in theme.topics):
        yield from (topic.person, *topic.contacts, *(unclear.ask for unclear in topic.unclear))
    yield from (kind.organisation for kind in files.out_of_scope.kinds)
    # Whoever wants to talk to somebody is sent to these without any record naming them.
    yield files.sentences.person_default
    yield from (f"gemeente-{municipality.id}" for municipality in files.municipalities)


NOT_HTTPS = Kind(
    Severity.WARNING, "Addresses without https", "Put https in the address when that works, or take another source."
)


def _not_https(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, address in places.addresses(files):
        if not address.startswith("https:"):
            yield Finding(NOT_HTTPS, place, address)


OLD_SOURCE = Kind(
    Severity.WARNING,
    f"Sources older than {OLD_AFTER_YEARS} years",
    "Find a newer source that says the same; when there is none, ask the provider.",
)


def _old_sources(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, record in places.providing(files):
        year = record.source.year
        if year and year < day.year - OLD_AFTER_YEARS and _needs_upkeep(record):
            yield Finding(OLD_SOURCE, place.at("source", "year"), f"the source is of {year}")


SAME_NAME = Kind(
    Severity.WARNING, "Names that two records answer to", "Leave the name to the record that people mean by it."
)


def _same_names(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    holders: dict[tuple[str, ...], Offer | Organisation] = {}
    # Offers come first, as they do where names are looked up.
    for place, record in places.providing(files):
        names = [(("name",), record.name), *((("aliases", index), name) for index, name in enumerate(record.aliases))]
        for where, name in names:
            holder = holders.setdefault(tuple(words_of(name)), record)
            if holder is not record and not _provides(record, holder):
                yield Finding(SAME_NAME, place.at(*where), f"{name!r} is {holder.id} ({holder.name}) too")


def _provides(record: Offer | Organisation, offer: Offer | Organisation) -> bool:
    # Of an offer and its organisation that share a name the offer says more, and names its organisation.
    return isinstance(offer, Offer) and isinstance(record, Organisation) and record.id in offer.provider.organisations


RULES: tuple[Rule, ...] = (
    *slips.RULES,
    *phrasing.RULES,
    _unsure,
    _days,
    _old_sources,
    _not_https,
    _out_of_sight,
    _hardly_asked,
    _unused,
    _same_names,
    _nothing_to_offer,
    _idle_steps,
    _lost_successors,
    _closed,
    _never_met,
)
