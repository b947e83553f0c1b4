"""Which organisations a business can turn to with what it asks: fit for the question first, then near."""

from collections.abc import Collection, Iterable, Iterator

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import SOUTH_LIMBURG
from wegwijzer.knowledge.records import Offer, Organisation


def partners(
    knowledge: Knowledge,
    gemeente: str | None,
    topic: str | None = None,
    offer: Offer | None = None,
    shown: Iterable[str] = (),
) -> list[Organisation]:
    """Those that can be reached, the best first; never one that works for other municipalities only.

    `offer` is the one that was told about last, `shown` are ids of the offers that were named for the topic. Who is
    behind a local offer knows that place and that subject, so that is whom to ask before anybody national; the
    municipality itself comes after who knows the subject, and before the general desk.
    """
    names = dict.fromkeys(_named(knowledge, gemeente, topic, offer, shown))
    organisations = (knowledge.organisations.get(name or "") for name in names)
    # A card that gives no way to get there helps nobody.
    return [one for one in organisations if one and (one.contact or one.url) and _serves(one.regio, gemeente)]


def _named(
    knowledge: Knowledge, gemeente: str | None, topic: str | None, offer: Offer | None, shown: Iterable[str]
) -> Iterator[str | None]:
    general = knowledge.sentences.person_default
    person = knowledge.topics[topic].person if topic in knowledge.topics else None
    if offer:
        yield offer.ask
    for name in shown:
        if _is_local(knowledge.offers[name].regio, gemeente):
            yield from knowledge.offers[name].provider.organisations
    if person != general:
        yield person
    yield f"gemeente-{gemeente}"
    yield general


def _is_local(regio: Collection[str], gemeente: str | None) -> bool:
    return gemeente in regio and SOUTH_LIMBURG.isdisjoint(regio)


def _serves(regio: Collection[str], gemeente: str | None) -> bool:
    return gemeente is None or gemeente in regio or not SOUTH_LIMBURG.isdisjoint(regio)
