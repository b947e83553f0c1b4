"""Which offers can fit a business: facts, then rules, then what is worth saying.

Each criterion of an offer is met, not met or unknown for a profile. A criterion that is not met excludes
the offer. What remains is ordered by how near it is to the business, the topic and the words of the question.
Nobody is promised anything: a match means that nothing we know speaks against it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cache
from math import log

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import words_of
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import Criteria, Headcount, Offer, StateOnADay

SOUTH_LIMBURG = frozenset({"zuid-limburg", "limburg", "zuid-nederland", "nederland", "euregio"})
LARGEST_SME = 249
MONEY = frozenset({"lening", "participatie", "garantie", "subsidie", "fiscaal"})
LENDING = frozenset({"lening", "participatie"})
# When fewer of the candidates depend on an answer, asking for it costs more than it brings.
SHARE_WORTH_ASKING = 0.25
FEWEST_WORTH_ASKING = 2
# What brings an offer nearer. What was made for few, as those of one municipality or on one benefit, goes before what
# has the topic in first place but is for everybody; what may be gone, or cannot be had yet, goes back.
NEAR_FEW = 2.0
FOR_FEW = frozenset({"gemeente", "herkomst", "uitkering"})
NEAR_SECTOR = 1.0
NEAR_CRITERION = 0.5
NEAR_TOPIC = 1.0
"""When no topic of the offer is more probable than its first one."""
LEAST_CHANCE = 0.01
"""By the logarithm of its probability the best topic of an offer counts; far below this it matters no more."""
SURENESS: Mapping[StateOnADay, float] = {"open": 0.0, "check": -1.0, "later": -2.0, "closed": -3.0, "ended": -4.0}
NEAR_WORDS = 1.0
"""For each standard deviation by which the offer is more like the question than offers are on average."""
ALIKE = 2.5
"""From this standard score on, an offer about other topics may be what the question is about after all."""
VERY_ALIKE = 7.0
"""From here on a question is nearly in the words of the offer."""
TAILORED = frozenset({"gemeente", "sector"})
AS_NEAR, AS_NEAR_TAILORED = 0.8, 2.0
"""What is about the topic in the first place is worth showing beside the nearest when it is no farther than this, what
was made for this municipality or this sector as well when it is a little farther."""
MUCH_ALIKE, AS_NEAR_ALIKE = 3.5, 1.5
"""What is much like the question may be a little farther too, also when it is about something else first of all."""
TELLS_OF_FEW = 5.0
"""From here on a question tells itself that it is of somebody on a benefit, or from abroad, whom the offer is for."""
NOWHERE = -1.0
Likeness = Mapping[str, float]
"""By offer id how much it is like a question, as a standard score over all offers."""


@dataclass(frozen=True)
class Asked:
    """A question, when there was one: its words, what it is like, and how probable each topic is.

    Without `chances` it is settled what it is about.
    """

    words: str = ""
    likeness: Likeness = field(default_factory=dict)
    chances: Mapping[str, float] = field(default_factory=dict)


NOTHING_ASKED = Asked()


class Verdict(Enum):
    """What a profile says of one criterion."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Match:
    """An offer with the parts of the profile that meet its criteria, that are still unknown, and that do not.

    `nearness` tells how near it is to the business, the topic and the question, when it was found for those.
    """

    offer: Offer
    met: tuple[str, ...]
    unknown: tuple[str, ...]
    not_met: tuple[str, ...] = ()
    nearness: float = 0.0


def judged(offer: Offer, profile: Profile) -> Match:
    """What `profile` says of every criterion of `offer`; criteria that restrict nothing are left out."""
    verdicts = {part: verdict for part, verdict in _verdicts(offer, profile) if verdict}

    def of(wanted: Verdict) -> tuple[str, ...]:
        return tuple(part for part, verdict in verdicts.items() if verdict is wanted)

    return Match(offer, of(Verdict.MET), of(Verdict.UNKNOWN), of(Verdict.NOT_MET))


def match(offer: Offer, profile: Profile) -> Match | None:
    """How `offer` fits `profile`, or None when a criterion is not met."""
    found = judged(offer, profile)
    return None if found.not_met else found


def matches(knowledge: Knowledge, topic: str, profile: Profile, day: date, asked: Asked = NOTHING_ASKED) -> list[Match]:
    """The offers about `topic` that can fit `profile` and are not closed on `day`, best first.

    Those of other topics that are very much like what was `asked` are among them; what its words are not for is not.
    """
    words = as_words(asked.words)
    candidates = [
        replace(found, nearness=_nearness(found, topic, day, asked))
        for offer in (*knowledge.offers_about(topic), *_about_other_topics(knowledge, topic, profile, asked.likeness))
        if offer.state_on(day) != "closed" and (found := fitting(offer, profile, words))
    ]
    return sorted(candidates, key=lambda found: _order(found, asked.likeness))


def foremost(found: Sequence[Match], topic: str, asked: Asked) -> list[Match]:
    """Those of `found` that are worth showing at once, best first.

    The first is; the others are when they are about the topic first of all, or much like what was `asked`, and about as
    near as the nearest; not those that may be for others only.
    """
    nearest = max((one.nearness for one in found), default=0.0)
    beside = (one for one in found[1:] if not _is_perhaps_for_others(one, asked.likeness))
    return [*found[:1], *(one for one in beside if one.nearness >= nearest - _farthest(one, topic, asked.likeness))]


def _farthest(found: Match, topic: str, likeness: Likeness) -> float:
    """How far behind the nearest it may come and still be worth showing beside it."""
    about_it = found.offer.topics[0] == topic
    if about_it and not TAILORED.isdisjoint(found.met):
        return AS_NEAR_TAILORED
    if likeness.get(found.offer.id, 0.0) >= MUCH_ALIKE:
        return AS_NEAR_ALIKE
    return AS_NEAR if about_it else NOWHERE


def _about_other_topics(knowledge: Knowledge, topic: str, profile: Profile, likeness: Likeness) -> list[Offer]:
    # In distress nobody is shown something else, and nobody who is not is shown what is for that.
    if _is_distress(knowledge, topic):
        return []
    alike = (knowledge.offers.get(name) for name, score in likeness.items() if score >= ALIKE)
    others = [offer for offer in alike if offer and offer.is_proposed and topic not in offer.topics]
    return [
        offer
        for offer in others
        # Nor what is for a municipality where the business may not be.
        if not _is_distress(knowledge, offer.topics[0]) and _region(offer, profile.gemeente) is not Verdict.UNKNOWN
    ]


def _is_distress(knowledge: Knowledge, topic: str) -> bool:
    return bool(knowledge.topics[topic].contacts)


def fitting(offer: Offer, profile: Profile, words: str) -> Match | None:
    """As `match`, and None too when the offer is not for a question in these `words` (see `as_words`)."""
    return None if any(are_said(_of_record(not_for), words) for not_for in offer.not_for) else match(offer, profile)


def are_said(some: str, words: str) -> bool:
    """Whether `some` words are in others (both as `as_words` gives them) and are meant.

    Whoever has "geen Wajong" says the word, and is not among those whom it is about.
    """
    return some in words and f" geen{some}" not in words


def as_words(text: str) -> str:
    """The words of a text between spaces, as `fitting` looks for words in it."""
    return f" {' '.join(words_of(text)).replace('-', ' ')} "  # a "btw-aanslag" is about "btw"


# Of records alone: what somebody typed is kept nowhere.
_of_record = cache(as_words)


def question_worth_asking(found: Sequence[Match], settled: Collection[str]) -> str | None:
    """The unknown part of the profile that most candidates depend on, or None when too few do.

    Parts in `settled` are left alone: nobody is asked the same thing twice, nor what speaks for itself.
    """
    depending = Counter(part for one in found for part in _telling(one.unknown, one.offer) if part not in settled)
    part, count = depending.most_common(1)[0] if depending else (None, 0)
    return part if count >= max(FEWEST_WORTH_ASKING, len(found) * SHARE_WORTH_ASKING) else None


def is_for_any_sme(offer: Offer) -> bool:
    """Whether the number of employees only leaves out large companies, which hardly ever come here."""
    staff = offer.criteria.medewerkers
    return staff is not None and not staff.min and (staff.max or LARGEST_SME) >= LARGEST_SME


def _telling(parts: Iterable[str], offer: Offer) -> list[str]:
    return [part for part in parts if not (part == "medewerkers" and is_for_any_sme(offer))]


def _order(found: Match, likeness: Likeness) -> tuple[object, ...]:
    return (
        _is_perhaps_for_others(found, likeness),  # after what is for everybody
        -found.nearness,
        len(found.unknown),
        found.offer.id,
    )


def _is_perhaps_for_others(found: Match, likeness: Likeness) -> bool:
    """Whether the offer is for few, and neither the profile nor the question tells that the business is one of them."""
    few = FOR_FEW.intersection(found.unknown)
    return bool(few) and ("gemeente" in few or likeness.get(found.offer.id, 0.0) < TELLS_OF_FEW)


def _nearness(found: Match, topic: str, day: date, asked: Asked) -> float:
    offer = found.offer
    met = _telling(found.met, offer)
    return (
        sum(_near_by(part) for part in met)
        + _near_topic(offer, asked.chances or {topic: 1.0})
        + SURENESS[offer.state_on(day)]
        + NEAR_WORDS * asked.likeness.get(offer.id, 0.0)
    )


def _near_by(part: str) -> float:
    if part in FOR_FEW:
        return NEAR_FEW
    return NEAR_SECTOR if part == "sector" else NEAR_CRITERION


def _near_topic(offer: Offer, chances: Mapping[str, float]) -> float:
    probable = [chances.get(topic, 0.0) for topic in offer.topics]
    return log(max(probable) + LEAST_CHANCE) + (NEAR_TOPIC if probable[0] == max(probable) else 0.0)


def _verdicts(offer: Offer, profile: Profile) -> Iterable[tuple[str, Verdict | None]]:
    criteria = offer.criteria
    yield "gemeente", _region(offer, profile.gemeente)
    yield "sector", _sector(criteria, profile.sector)
    yield "medewerkers", _within(criteria.medewerkers, profile.medewerkers)
    yield "fase", _one_of(criteria.fasen, profile.fase)
    yield "rechtsvorm", _one_of(criteria.rechtsvormen, profile.rechtsvorm)
    yield "herkomst", _one_of(criteria.herkomsten, profile.herkomst)
    yield "uitkering", _one_of(criteria.uitkeringen, profile.uitkering)
    yield "bedrag", _affordable(offer, profile.bedrag)


def _region(offer: Offer, gemeente: str | None) -> Verdict | None:
    if gemeente in offer.behalve:
        return Verdict.NOT_MET
    if SOUTH_LIMBURG.intersection(offer.regio):
        return None
    return _one_of(offer.regio, gemeente)


def _sector(criteria: Criteria, sector: str | None) -> Verdict | None:
    return Verdict.NOT_MET if sector in criteria.niet_sectoren else _one_of(criteria.sectoren, sector)


def _one_of(wanted: tuple[str, ...], value: str | None) -> Verdict | None:
    if not wanted:
        return None
    if value is None:
        return Verdict.UNKNOWN
    return Verdict.MET if value in wanted else Verdict.NOT_MET


def _within(wanted: Headcount | None, value: int | None) -> Verdict | None:
    if wanted is None:
        return None
    if value is None:
        return Verdict.UNKNOWN
    fits = (wanted.min is None or wanted.min <= value) and (wanted.max is None or value <= wanted.max)
    return Verdict.MET if fits else Verdict.NOT_MET


def _affordable(offer: Offer, bedrag: float | None) -> Verdict | None:
    if bedrag is None or offer.kind not in MONEY:
        return None
    lowest = min((amount.min_eur for amount in offer.amounts if amount.min_eur is not None), default=None)
    highest = max((amount.max_eur for amount in offer.amounts if amount.max_eur is not None), default=None)
    if offer.kind not in LENDING:
        highest = None  # of a lender it is the size of the loan, elsewhere it may be of anything
    if lowest is highest is None:
        return None
    fits = (lowest or 0) <= bedrag and (highest is None or bedrag <= highest)
    return Verdict.MET if fits else Verdict.NOT_MET
