"""Which organisations a business can turn to with what it asks: fit for the question first, then near."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import SOUTH_LIMBURG, Likeness
from wegwijzer.knowledge.records import MUNICIPALITY, Offer, Organisation

SURELY_NEARER = 1.0
"""Whoever is there for the worst stays first until another is more like what was said by so much."""
FIRST_ONES = 2
"""Whoever is there for the topic goes before whoever is behind the first offer when also behind one of so many."""


def partners(
    knowledge: Knowledge,
    gemeente: str | None,
    topic: str | None = None,
    offer: Offer | None = None,
    shown: Sequence[str] = (),
) -> list[Organisation]:
    """Those to turn to, the best first; never one that works for other municipalities only.

    `offer` is the one that was told about last, `shown` are ids of the offers that were named for the topic. Whoever is
    behind the first of them, when that is local, knows that place and that subject; then whoever is there for the
    topic and behind one of the first offers, whoever is behind the first, whoever is there for the topic, and the rest
    (docs/decisions/0009). The municipality is never below the third place, and of the first two one can be reached: a
    name without an address helps only beside somebody who has one.
    """
    municipality_id = f"gemeente-{gemeente}"
    behind = {name: _behind(knowledge.offers[name], municipality_id) for name in shown}
    names = dict.fromkeys(_named(knowledge, gemeente, topic, offer, behind))
    known = (knowledge.organisations.get(name or "") for name in names)
    # Who carries out an offer for this municipality serves it, wherever it has its own desk.
    serving = {one for name in shown if gemeente in knowledge.offers[name].regio for one in behind[name]}
    found = [one for one in known if one and (_serves(one.regio, gemeente) or one.id in serving)]
    reachable = next((one for one in found if one.contact or one.url), None)
    municipality = knowledge.organisations.get(municipality_id)
    first = found[:1] if found[:1] == [reachable] else [*found[:1], reachable]
    ordered = dict.fromkeys(one for one in (*first, *found[1 : 3 - len(first)], municipality, *found) if one)
    return list(ordered)


def by_likeness(knowledge: Knowledge, contacts: Sequence[str], likeness: Likeness) -> list[str]:
    """The organisations to call in distress: the first of `contacts` first, unless another surely is what is asked for.

    Whoever lies awake and wants to be heard is not sent to 113 before the Luisterlijn; anybody else is.
    """
    first, *others = contacts

    def near(organisation: str) -> float:
        return max((likeness.get(offer.id, 0.0) for offer in knowledge.offers_by(organisation)), default=0.0)

    nearer = [name for name in others if near(name) >= near(first) + SURELY_NEARER]
    return [*nearer, first, *(name for name in others if name not in nearer)]


def _named(
    knowledge: Knowledge,
    gemeente: str | None,
    topic: str | None,
    offer: Offer | None,
    behind: Mapping[str, Sequence[str]],
) -> Iterator[str | None]:
    municipality = f"gemeente-{gemeente}"
    person = knowledge.topics[topic].person if topic in knowledge.topics else None
    person = municipality if person == MUNICIPALITY else person
    first_offer, organisations = next(iter(behind.items()), (None, ()))
    if offer:
        yield offer.ask
    if first_offer and _is_local(knowledge.offers[first_offer], gemeente):
        yield from organisations
    if any(person in names for names in [*behind.values()][:FIRST_ONES]):
        yield person
    yield from organisations
    yield person
    for names in behind.values():
        yield from names
    yield municipality
    yield knowledge.sentences.person_default


def _behind(offer: Offer, municipality: str) -> list[str]:
    """Who carries it out, or else whoever knows about it; `municipality` is that of the business.

    Of several municipalities that one comes first. One that leaves it to a desk of its own stands behind that desk.
    """
    names = offer.provider.organisations or (offer.ask,)
    own_first = sorted(names, key=lambda name: name != municipality)
    return [municipality if name == MUNICIPALITY else name for name in own_first]


def _is_local(offer: Offer, gemeente: str | None) -> bool:
    made_for_it = gemeente in offer.regio and SOUTH_LIMBURG.isdisjoint(offer.regio)
    return made_for_it or MUNICIPALITY in offer.provider.organisations


def _serves(regio: Collection[str], gemeente: str | None) -> bool:
    return gemeente is None or gemeente in regio or not SOUTH_LIMBURG.isdisjoint(regio)
