"""Offers and organisations as people read them: why it fits, what is unknown, source and state."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from wegwijzer.advice import buttons
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import Match, is_for_any_sme
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import Amount, Offer, Organisation

OFFERS_AT_ONCE = 3
PEOPLE_AT_ONCE = 3
Clock = Callable[[], date]
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
CRITERION_OF = {
    "gemeente": "regios",
    "sector": "sectoren",
    "fase": "fasen",
    "rechtsvorm": "rechtsvormen",
    "herkomst": "herkomsten",
    "uitkering": "uitkeringen",
}


class Cards:
    """Makes the blocks and texts that show records of one snapshot of the knowledge."""

    def __init__(self, knowledge: Knowledge, today: Clock = date.today) -> None:
        """`today` gives the day that decides what is open."""
        self._knowledge = knowledge
        self._say = knowledge.sentences
        self._today = today

    def offers(self, matches: Iterable[Match], topic: str | None, profile: Profile) -> dict[str, Any]:
        """A block of offer cards, saying for each why it can fit and what is still unknown."""
        return {"type": "offers", "offers": [self._offer(found, topic, profile, shown=True) for found in matches]}

    def beside_details(self, found: Match, topic: str | None, profile: Profile) -> dict[str, Any]:
        """A block with one offer card under its details: what those say already is left out."""
        said = {"summary": "", "amounts": [], "buttons": [], "unknown": self.unknowns(found)}
        return {"type": "offers", "offers": [{**self._offer(found, topic, profile), **said}]}

    def contacts(self, organisations: Iterable[Organisation]) -> dict[str, Any]:
        """A block of contact cards."""
        return {"type": "contacts", "contacts": [self._contact(organisation) for organisation in organisations]}

    def details(self, offer: Offer) -> str:
        """Everything the record says of `offer`, as text: conditions, amounts, what is unknown, contact."""
        say = self._say
        lines = [f"**{offer.name}**", offer.summary]
        if offer.ended:
            lines = [say.ended.format(name=offer.name, note=offer.ended.note)]
        if offer.conditions:
            lines += ["", say.conditions, *(f"• {condition}" for condition in offer.conditions)]
        if offer.amounts:
            lines += ["", say.amounts, *(f"• {in_words(amount)}" for amount in offer.amounts)]
        if offer.missing:
            facts = ", ".join(offer.missing)
            lines += ["", say.missing.format(facts=facts, ask=self._name_of(offer.ask))]
        if offer.contact:
            lines += ["", say.contact.format(contact=offer.contact)]
        return "\n".join(lines)

    def _offer(self, found: Match, topic: str | None, profile: Profile, shown: bool = False) -> dict[str, Any]:
        offer = found.offer
        return {
            "id": offer.id,
            "name": offer.name,
            "provider": offer.provider.name,
            "summary": offer.summary,
            "why": self.reasons(found, topic, profile, shown),
            "unknown": self._unknown(found),
            "not_met": self.mismatches(found, profile),
            "amounts": [in_words(amount) for amount in offer.amounts[:3]],
            "state": offer.state_on(self._today()),
            "state_text": self.state_in_words(offer),
            "checked_on": offer.checked_on.isoformat(),
            "source": {"url": _https(str(offer.source.url)), "year": offer.source.year},
            "url": str(offer.url) if offer.url else None,
            "buttons": [buttons.tell_more(self._say.button_tell_more, offer).as_data()],
        }

    def state_in_words(self, offer: Offer) -> str:
        """Whether one can apply today, until when or from when, or why that should be asked first."""
        state = offer.state_on(self._today())
        if state == "open" and offer.closes_on:
            return self._say.state_open_until.format(day=day_in_words(offer.closes_on))
        day = {"later": offer.opens_on, "closed": offer.closes_on}.get(state)
        text = str(getattr(self._say, f"state_{state}"))
        return text.format(day=day_in_words(day)) if day else text

    def reasons(self, found: Match, topic: str | None, profile: Profile, shown: bool = False) -> list[str]:
        """Why an offer can fit; what was `shown` for a topic that it is not about is like the question itself."""
        reasons = []
        if topic and topic in found.offer.topics:
            reasons.append(self._say.why_topic.format(topic=self._knowledge.topics[topic].label.lower()))
        elif topic and shown:
            reasons.append(self._say.why_alike)
        for part in found.met:
            value = self._label(part, getattr(profile, part))
            reasons.append(getattr(self._say, f"why_{part}").format(value=value))
        if "gemeente" not in found.met + found.unknown + found.not_met:
            region = self._label("gemeente", found.offer.regio[0])
            reasons.append(self._say.why_region.format(value=region))
        return reasons

    def _unknown(self, found: Match) -> list[str]:
        ask = self._name_of(found.offer.ask)
        facts = [self._say.unknown_fact.format(fact=fact, ask=ask) for fact in found.offer.missing[:2]]
        return self.unknowns(found) + facts

    def mismatches(self, found: Match, profile: Profile) -> list[str]:
        """Why an offer does not fit, each with what is known of the business."""
        return [self._mismatch(found.offer, part, profile) for part in found.not_met]

    def _mismatch(self, offer: Offer, part: str, profile: Profile) -> str:
        value = self._label(part, getattr(profile, part))
        if part == "sector" and not offer.criteria.sectoren:
            return self._say.not_for_sector.format(value=value)
        wanted = "" if part == "bedrag" else self._wanted(offer, part)
        return str(getattr(self._say, f"not_{part}").format(values=wanted, value=value))

    def unknowns(self, found: Match) -> list[str]:
        """What an offer depends on that nobody told yet."""
        return [self._question(found.offer, part) for part in found.unknown]

    def _question(self, offer: Offer, part: str) -> str:
        if part == "medewerkers" and is_for_any_sme(offer):
            return self._say.unknown_large
        return str(getattr(self._say, f"unknown_{part}").format(values=self._wanted(offer, part)))

    def _wanted(self, offer: Offer, part: str) -> str:
        if part == "medewerkers":
            return headcount_in_words(offer)
        values = offer.regio if part == "gemeente" else getattr(offer.criteria, CRITERION_OF[part])
        return ", ".join(self._label(part, value) for value in values)

    def facts(self, profile: Profile) -> str:
        """What is known of a business, in a few words: `gemeente Heerlen, sector Bouw`."""
        names = {part.id: part.label.lower() for part in self._knowledge.vocabulary.parts}
        return ", ".join(f"{names[part]} {self._label(part, value)}" for part, value in profile.known().items())

    def _label(self, part: str, value: Any) -> str:
        return label_of(self._knowledge, part, value)

    def _contact(self, organisation: Organisation) -> dict[str, Any]:
        return {
            "id": organisation.id,
            "name": organisation.name,
            "role": organisation.role,
            "contact": organisation.contact,
            "url": str(organisation.url) if organisation.url else None,
        }

    def _name_of(self, organisation: str) -> str:
        return self._knowledge.organisations[organisation].name


def label_of(knowledge: Knowledge, part: str, value: Any) -> str:
    """The value of a part of a profile, as people read it."""
    if part == "bedrag":
        return euros(value)
    return knowledge.labels.get(CRITERION_OF.get(part, ""), {}).get(value, str(value))


def in_words(amount: Amount) -> str:
    """An amount as people write it in Dutch: `bovengrens: € 391.020 (2026)`."""
    figures = []
    if amount.eur is not None:
        figures.append(euros(amount.eur))
    if amount.min_eur is not None and amount.max_eur is not None:
        figures.append(f"{euros(amount.min_eur)} tot {euros(amount.max_eur)}")
    elif amount.min_eur is not None:
        figures.append(f"vanaf {euros(amount.min_eur)}")
    elif amount.max_eur is not None:
        figures.append(f"maximaal {euros(amount.max_eur)}")
    if amount.percent is not None:
        figures.append(f"{amount.percent:g}%".replace(".", ","))
    year = f" ({amount.year})" if amount.year else ""
    return f"{amount.what}: {', '.join(figures)}{year}"


def euros(value: float) -> str:
    """A sum in Dutch notation: `€ 12.500` or `€ 3,05`."""
    written = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return "€ " + written.replace(",", " ").replace(".", ",").replace(" ", ".")


def day_in_words(day: date) -> str:
    """A day in Dutch: `31 december 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def headcount_in_words(offer: Offer) -> str:
    """The range of employees that `offer` is for: `1 tot 249`."""
    wanted = offer.criteria.medewerkers
    if wanted is None:
        return ""
    if wanted.max is None:
        return f"{wanted.min} of meer"
    return f"{wanted.min} tot en met {wanted.max}" if wanted.min else f"hooguit {wanted.max}"


def _https(url: str) -> str:
    # Some sources were read on an address without https; browsers upgrade them, and we show only https.
    return "https://" + url.removeprefix("http://") if url.startswith("http://") else url
