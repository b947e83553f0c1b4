"""A criterion that is not met excludes an offer; an unknown one is told; what is closest comes first."""

from copy import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import match, matches, question_worth_asking
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import Offer

TOPIC = "financiering/krediet"


def offer(**changes: Any) -> Offer:
    """An offer for everybody, with changes."""
    record = {
        "id": "lening", "name": "Lening", "provider": {"name": "Bank"}, "kind": "lening", "state": "open",
        "topics": [TOPIC], "summary": "Een lening.", "regio": ["nederland"], "ask": "kvk", "url": None, "contact": None,
        "source": {"url": "https://example.nl", "year": 2025}, "checked_on": date(2026, 1, 1),
    }  # fmt: skip
    return Offer.model_validate({**record, **changes})


def only(offers: list[Offer], knowledge: Knowledge) -> Knowledge:
    """`knowledge` with no other offers than these."""
    changed = copy(knowledge)
    changed.offers = {offer.id: offer for offer in offers}
    return changed


@pytest.mark.parametrize(
    ("wanted", "profile", "fits"),
    [
        ({"regio": ["heerlen"]}, Profile(gemeente="heerlen"), True),
        ({"regio": ["heerlen"]}, Profile(gemeente="vaals"), False),
        ({"regio": ["limburg"]}, Profile(gemeente="vaals"), True),
        ({"criteria": {"sectoren": ["metaal"]}}, Profile(sector="zorg"), False),
        ({"criteria": {"medewerkers": {"min": 1}}}, Profile(medewerkers=0), False),
        ({"criteria": {"medewerkers": {"max": 249}}}, Profile(medewerkers=249), True),
        ({"criteria": {"medewerkers": {"max": 249}}}, Profile(medewerkers=250), False),
        ({"criteria": {"fasen": ["starter"]}}, Profile(fase="groei"), False),
        ({"criteria": {"rechtsvormen": ["bv"]}}, Profile(rechtsvorm="bv"), True),
        ({"amounts": [{"what": "lening", "min_eur": 50_000}]}, Profile(bedrag=20_000), False),
        ({"amounts": [{"what": "lening", "min_eur": 50_000}]}, Profile(bedrag=50_000), True),
        ({"amounts": [{"what": "lening", "max_eur": 50_000}]}, Profile(bedrag=60_000), False),
        ({"amounts": [{"what": "omzet", "max_eur": 50_000}], "kind": "garantie"}, Profile(bedrag=60_000), True),
        ({"amounts": [{"what": "meldgrens", "min_eur": 1_000}], "kind": "tool"}, Profile(bedrag=500), True),
    ],
)
def test_what_is_not_met_excludes_and_what_is_met_does_not(wanted: Any, profile: Profile, fits: bool) -> None:
    assert (match(offer(**wanted), profile) is not None) == fits


def test_what_is_unknown_is_told_and_does_not_exclude() -> None:
    found = match(offer(regio=["heerlen"], criteria={"sectoren": ["bouw"]}), Profile(sector="bouw"))

    assert found is not None
    assert found.met == ("sector",)
    assert found.unknown == ("gemeente",)


def test_the_question_asked_is_the_one_most_candidates_depend_on() -> None:
    local, metal = offer(regio=["heerlen"]), offer(criteria={"sectoren": ["metaal"]})
    found = [one for candidate in (local, local, local, metal, metal) if (one := match(candidate, Profile()))]

    assert question_worth_asking(found, settled=[]) == "gemeente"
    assert question_worth_asking(found, settled=["gemeente"]) == "sector"
    assert question_worth_asking(found, settled=["gemeente", "sector"]) is None


def test_nothing_is_asked_when_nothing_depends_on_it() -> None:
    found = [one for one in [match(offer(), Profile())] if one]

    assert question_worth_asking(found, settled=[]) is None


def test_nothing_is_asked_when_few_candidates_depend_on_it() -> None:
    candidates = [offer(regio=["heerlen"]), *[offer()] * 4]
    found = [one for candidate in candidates if (one := match(candidate, Profile()))]

    assert question_worth_asking(found, settled=[]) is None


def test_an_upper_limit_of_the_mkb_is_not_asked_after() -> None:
    limited = match(offer(criteria={"medewerkers": {"max": 249}}), Profile())

    assert limited is not None
    assert question_worth_asking([limited] * 4, settled=[]) is None


@pytest.mark.parametrize(
    ("nearer", "further", "profile"),
    [
        ({"regio": ["heerlen"], "topics": ["starten/orientatie", TOPIC]}, {}, Profile(gemeente="heerlen")),
        ({}, {"topics": ["starten/orientatie", TOPIC]}, Profile()),
        ({}, {"state": "check"}, Profile()),
        ({"criteria": {"sectoren": ["bouw"]}}, {}, Profile(sector="bouw")),
        ({}, {"regio": ["heerlen"]}, Profile()),
    ],
)
def test_what_is_nearer_comes_first(knowledge: Knowledge, nearer: Any, further: Any, profile: Profile) -> None:
    pair = [offer(id="z-nearer", **nearer), offer(id="a-further", **further)]

    assert [found.offer.id for found in matches(only(pair, knowledge), TOPIC, profile)] == ["z-nearer", "a-further"]


def test_what_is_like_the_question_comes_first_when_all_else_is_equal(knowledge: Knowledge) -> None:
    pair = [offer(id="unlike"), offer(id="alike")]

    found = matches(only(pair, knowledge), TOPIC, Profile(), {"alike": 1.0, "unlike": -1.0})

    assert [one.offer.id for one in found] == ["alike", "unlike"]


def test_an_ended_offer_is_never_recommended(knowledge: Knowledge) -> None:
    ended = {name for name, record in knowledge.offers.items() if record.state == "ended"}
    assert ended

    recommended = {found.offer.id for topic in knowledge.topics for found in matches(knowledge, topic, Profile())}

    assert not ended & recommended


def test_every_topic_has_something_to_offer(knowledge: Knowledge) -> None:
    empty = [topic for topic in knowledge.topics if not matches(knowledge, topic, Profile())]

    assert empty == []


def test_what_is_made_for_the_municipality_comes_first_and_other_municipalities_never(knowledge: Knowledge) -> None:
    for topic in knowledge.topics:
        found = matches(knowledge, topic, Profile(gemeente="heerlen"))
        local = ["heerlen" in one.offer.regio and "gemeente" in one.met for one in found]
        assert not any(set(one.offer.regio) <= {"maastricht", "vaals"} for one in found), topic
        primary = [is_local for one, is_local in zip(found, local, strict=True) if one.offer.topics[0] == topic]
        assert primary == sorted(primary, reverse=True), topic


@given(st.sampled_from(["heerlen", "vaals", None]), st.none() | st.integers(0, 500), st.sampled_from(["bouw", None]))
def test_knowing_more_never_adds_an_offer(
    knowledge: Knowledge, gemeente: str | None, medewerkers: int | None, sector: str | None
) -> None:
    everything = {found.offer.id for found in matches(knowledge, TOPIC, Profile())}

    known = matches(knowledge, TOPIC, Profile(gemeente=gemeente, medewerkers=medewerkers, sector=sector))

    assert {found.offer.id for found in known} <= everything
