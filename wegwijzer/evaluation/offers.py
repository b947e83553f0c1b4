"""Whether the right offers and partners are proposed: asked of an engine, counted, and shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from wegwijzer.advice import buttons
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.evaluation.interview import Heard, Interviewer
from wegwijzer.evaluation.offer_cases import OfferCase
from wegwijzer.evaluation.report import share
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.profile import Profile

TOP = 3


@dataclass(frozen=True)
class Proposed:
    """A case with the ids of the offers and partners that were proposed, first ones first."""

    case: OfferCase
    offers: tuple[str, ...]
    partners: tuple[str, ...]

    def has(self, wanted: Sequence[str]) -> bool:
        """Whether one of `wanted` is among the first three offers."""
        return not set(wanted).isdisjoint(self.offers[:TOP])


async def propose(interviewer: Interviewer, case: OfferCase, profile: Profile) -> Proposed:
    """Ask the case's question when `profile` is known; of a choice the first topic is taken; then ask for a person."""
    heard = await interviewer.hear(case.text, Dialogue(profile=profile))
    if heard.dialogue.offered and heard.dialogue.topic is None:
        heard = await interviewer.press(heard, heard.payloads[0])
    person = await interviewer.press(heard, buttons.PERSON)
    partners = [*_ids(heard, "contacts"), *_ids(person, "contacts")]
    offers = [*_as_offers(heard, interviewer.knowledge), *_ids(heard, "offers")]
    return Proposed(case, tuple(dict.fromkeys(offers)), tuple(dict.fromkeys(partners)))


def _as_offers(heard: Heard, knowledge: Knowledge) -> Iterator[str]:
    """What stands on a contact card and is the offer itself: in distress there are telephone numbers, and no offers."""
    topic = heard.dialogue.topic or ""
    contacts = knowledge.topics[topic].contacts if topic in knowledge.topics else ()
    shown = set(_ids(heard, "contacts"))
    for organisation in contacts:
        if organisation in shown:
            yield from (offer.id for offer in knowledge.offers_by(organisation) if topic in offer.topics)


def _ids(heard: Heard, kind: str) -> tuple[str, ...]:
    blocks = [block for message in heard.messages for block in message.get("blocks", ()) if block["type"] == kind]
    return tuple(card["id"] for block in blocks for card in block[kind])


def report(proposed: Sequence[Proposed]) -> dict[str, Any]:
    """The figures over at least one case, as shares of 1; cases without a partner do not count for partners.

    `wrong` lists the cases without a good offer among the first three, or with a wrong one.
    """
    with_partner = [one for one in proposed if one.case.partner]
    return {
        "n": len(proposed),
        "ideal_in_top3": share([one.has(one.case.ideal) for one in proposed]),
        "good_in_top3": share([one.has((*one.case.ideal, *one.case.acceptable)) for one in proposed]),
        "wrong_in_top3": share([one.has(one.case.wrong) for one in proposed]),
        "partner_first": share([bool(set(one.partners[:1]) & set(one.case.partner)) for one in with_partner]),
        "partner_in_top3": share([bool(set(one.partners[:TOP]) & set(one.case.partner)) for one in with_partner]),
        "wrong": [_told(one) for one in proposed if _went_wrong(one)],
    }


def show(figures: Mapping[str, Any], console: Console) -> None:
    """Print `figures` (see `report`)."""
    wrong = Table(
        "question", "offered", "ideal", "wrong", title="Without a good offer, or with a wrong one", show_lines=True
    )
    for one in figures["wrong"]:
        wrong.add_row(one["text"], *("\n".join(one[name]) for name in ("offered", "ideal", "wrong")))
    if figures["wrong"]:
        console.print(wrong)
    totals = Table("figure", "value", title=f"{figures['n']} cases")
    for name in ("ideal_in_top3", "good_in_top3", "wrong_in_top3", "partner_first", "partner_in_top3"):
        totals.add_row(name.replace("_", " "), f"{figures[name]:.3f}")
    console.print(totals)


def _went_wrong(one: Proposed) -> bool:
    return one.has(one.case.wrong) or not one.has((*one.case.ideal, *one.case.acceptable))


def _told(one: Proposed) -> dict[str, Any]:
    case = one.case
    return {"id": case.id, "text": case.text, "offered": one.offers[:TOP], "ideal": case.ideal, "wrong": case.wrong}
