"""What is right in form but hardly meant: slips of whoever edits the knowledge by hand.

A year with two figures changed round, a municipality left out that never took part, half a percent for a half. None of
these stops anything, so a rule here asks instead of refusing; where it was meant after all, nothing need be done.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.knowledge.matching import LARGEST_SME, SOUTH_LIMBURG, are_said, as_words, judged
from wegwijzer.knowledge.phrases import words_of
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import MUNICIPALITY, Offer
from wegwijzer.upkeep import places
from wegwijzer.upkeep.findings import Finding, Kind, Rule, Severity

YEARS_AHEAD = 10
MOST_PERCENT = 100
MOST_EUR = 1_000_000_000
SAID_OF_OTHERS = 5
"""A word in the questions for so many other offers is not the name of one."""

FAR_OFF = Kind(Severity.WARNING, "Days and years far away", "Look whether the figures of the year are right.")


def _far_off(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.offers(files):
        for name in ("opens_on", "closes_on"):
            told = getattr(offer, name)
            if told and abs(told.year - day.year) > YEARS_AHEAD:
                yield Finding(FAR_OFF, place.at(name), f"{name} is {told}")
        for index, amount in enumerate(offer.amounts):
            if amount.year and amount.year > day.year + 1:
                yield Finding(FAR_OFF, place.at("amounts", index), f"a figure of {amount.year}")
    for place, record in places.providing(files):
        if record.source.year and record.source.year > day.year:
            yield Finding(FAR_OFF, place.at("source", "year"), f"the source is of {record.source.year}")


NO_EXCEPTION = Kind(
    Severity.WARNING, "Exceptions that leave nothing out", "Correct `behalve`, or name in `regio` where it does apply."
)


def _no_exceptions(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        everywhere = offer.model_copy(update={"behalve": ()})
        for index, left_out in enumerate(offer.behalve):
            if "gemeente" in judged(everywhere, Profile(gemeente=left_out)).not_met:
                yield Finding(NO_EXCEPTION, place.at("behalve", index), f"{left_out} is not in `regio` anyway")


AMOUNT = Kind(Severity.WARNING, "Amounts that are hardly meant", "Look at the figure; leave what is really so.")


def _amounts(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        for index, amount in enumerate(offer.amounts):
            for name in ("eur", "min_eur", "max_eur", "percent"):
                told = getattr(amount, name)
                if told is not None and _is_hardly_meant(name, told):
                    yield Finding(AMOUNT, place.at("amounts", index, name), f"{amount.what}: {name} is {told:.10g}")


def _is_hardly_meant(name: str, told: float) -> bool:
    if name == "percent":
        return 0 < told < 1 or told > MOST_PERCENT
    return told > MOST_EUR or (name != "min_eur" and told == 0)


WIDER = Kind(
    Severity.WARNING, "Municipalities beside a region that holds them", "Keep in `regio` only where it really applies."
)


def _wider_regions(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    ours = {municipality.id for municipality in files.municipalities}
    for place, offer in places.current(files):
        wider = SOUTH_LIMBURG.intersection(offer.regio)
        if wider and ours.intersection(offer.regio):
            yield Finding(WIDER, place.at("regio"), f"{', '.join(sorted(wider))} holds the others")


ELSEWHERE = Kind(
    Severity.WARNING, "Municipalities that provide for others", "Correct `regio`, or name whose offer it is."
)


def _other_municipalities(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    ours = {f"{MUNICIPALITY}-{municipality.id}": municipality.id for municipality in files.municipalities}
    for place, offer in places.current(files):
        of_others = _of_others(offer, ours)
        if of_others:
            what = f"{', '.join(sorted(of_others))}, but `regio` is {', '.join(offer.regio)}"
            yield Finding(ELSEWHERE, place.at("regio"), what)


def _of_others(offer: Offer, ours: Mapping[str, str]) -> set[str]:
    """The municipalities behind an offer that is for others, or for a whole region while nobody else is behind it."""
    providers, regio = set(offer.provider.organisations), set(offer.regio)
    if not regio <= set(ours.values()):
        return providers if providers <= set(ours) else set()
    return {one for one in (*providers, offer.ask) if one in ours and ours[one] not in regio}


NAMESAKE = Kind(
    Severity.WARNING, "Providers named after another organisation", "Let name and `organisations` be of the same one."
)


def _namesakes(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    bearers = {organisation.name.lower(): organisation.id for organisation in files.organisations}
    for place, offer in places.offers(files):
        bearer, providers = bearers.get(offer.provider.name.lower()), offer.provider.organisations
        if bearer and providers and bearer not in providers:
            what = f"{offer.provider.name} is {bearer}, and not {', '.join(providers)}"
            yield Finding(NAMESAKE, place.at("provider"), what)


HARDLY_MET = Kind(
    Severity.WARNING, "Criteria that hardly anybody meets", "Look whether the figures and lists say what is meant."
)


def _hardly_met(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    sectors = {sector.id for sector in files.vocabulary.sectoren}
    for place, offer in places.current(files):
        criteria, here = offer.criteria, place.at("criteria")
        least = (criteria.medewerkers and criteria.medewerkers.min) or 0
        if criteria.niet_sectoren and sectors <= set(criteria.niet_sectoren):
            yield Finding(HARDLY_MET, here.at("niet_sectoren"), "every sector is left out")
        if least > LARGEST_SME:
            yield Finding(HARDLY_MET, here.at("medewerkers"), f"from {least} employees on it is for no mkb")
        elif least > 1 and (criteria.fasen == ("idee",) or criteria.uitkeringen):
            yield Finding(HARDLY_MET, here.at("medewerkers"), f"{least} employees, and not begun or on a benefit")


OWN_WORDS = Kind(
    Severity.WARNING,
    "Words it is not for that are its own",
    "Take them out of `not_for`: whoever asks in these words would not be shown it.",
)


def _not_for_itself(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    for place, offer in places.current(files):
        own = [as_words(text) for text in (offer.name, *offer.aliases, *offer.asked_as)]
        for index, words in enumerate(offer.not_for):
            if any(are_said(as_words(words), text) for text in own):
                yield Finding(OWN_WORDS, place.at("not_for", index), repr(words))


SAME_QUESTION = Kind(
    Severity.WARNING,
    "Ways to ask that two offers share",
    "Say in `asked_as` of each what sets it apart, or a question finds either of them.",
)


def _same_questions(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for place, offer in places.current(files):
        for index, way in enumerate(offer.asked_as):
            holder = first.setdefault(as_words(way), offer.id)
            if holder != offer.id:
                yield Finding(SAME_QUESTION, place.at("asked_as", index), f"{way} ({holder} too)")


COMMON_NAME = Kind(
    Severity.WARNING,
    "Names that are ordinary words",
    "Leave the name out, or make it longer: whoever says the word would be told about this.",
)


def _common_names(files: KnowledgeFiles, day: date) -> Iterator[Finding]:
    asking, words_too = set(files.vocabulary.asking), set(files.vocabulary.words_too)
    said = Counter(word for offer in files.offers for word in _said_of(offer))
    for place, record in places.providing(files):
        # The name of an organisation may well be said in the questions for many offers.
        own = _said_of(record) if isinstance(record, Offer) else None
        for index, alias in enumerate(record.aliases):
            words = words_of(alias)
            if len(words) != 1 or words[0] in words_too:
                continue
            of_others = 0 if own is None else said[words[0]] - (words[0] in own)
            if words[0] in asking or of_others >= SAID_OF_OTHERS:
                yield Finding(COMMON_NAME, place.at("aliases", index), repr(alias))


def _said_of(offer: Offer) -> set[str]:
    return {word for way in offer.asked_as for word in words_of(way)}


RULES: tuple[Rule, ...] = (
    _far_off,
    _no_exceptions,
    _amounts,
    _wider_regions,
    _other_municipalities,
    _namesakes,
    _hardly_met,
    _not_for_itself,
    _common_names,
    _same_questions,
)
