"""A criterion that is not met excludes an offer; an unknown one is told; what is closest comes first."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.matching import (
    ALIKE,
    AS_NEAR,
    AS_NEAR_ALIKE,
    AS_NEAR_TAILORED,
    MUCH_ALIKE,
    TELLS_OF_FEW,
    Asked,
    Match,
    as_words,
    fitting,
    foremost,
    judged,
    match,
    matches,
    question_worth_asking,
)
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import Offer

TOPIC = "financiering/krediet"
DAY = date(2026, 11, 28)


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

    assert [found.offer.id for found in matches(only(pair, knowledge), TOPIC, profile, DAY)] == [
        "z-nearer",
        "a-further",
    ]


def test_what_is_like_the_question_comes_first_when_all_else_is_equal(knowledge: Knowledge) -> None:
    pair = [offer(id="unlike"), offer(id="alike")]

    found = matches(only(pair, knowledge), TOPIC, Profile(), DAY, Asked(likeness={"alike": 1.0, "unlike": -1.0}))

    assert [one.offer.id for one in found] == ["alike", "unlike"]


def alike(*names: str, by: float = ALIKE, **chances: float) -> Asked:
    """A question that these offers are like by so much, and whose topics are so probable (`__` for the slash)."""
    return Asked(
        likeness=dict.fromkeys(names, by),
        chances={topic.replace("__", "/"): chance for topic, chance in chances.items()},
    )


def test_what_is_very_much_like_the_question_is_found_though_it_is_about_something_else(knowledge: Knowledge) -> None:
    offers = only([offer(id="about-it"), offer(id="elsewhere", topics=["innovatie/wbso"])], knowledge)

    def found(asked: Asked) -> list[str]:
        return [one.offer.id for one in matches(offers, TOPIC, Profile(), DAY, asked)]

    assert found(alike("elsewhere", by=ALIKE - 0.1)) == ["about-it"]
    assert found(alike("elsewhere", by=5.0)) == ["elsewhere", "about-it"]
    assert found(alike("elsewhere", by=3.0)) == ["about-it", "elsewhere"]


def test_what_is_about_a_more_probable_topic_is_nearer(knowledge: Knowledge) -> None:
    offers = only([offer(id="about-it"), offer(id="elsewhere", topics=["innovatie/wbso"])], knowledge)

    def first(by: float, **chances: float) -> str:
        return matches(offers, TOPIC, Profile(), DAY, alike("elsewhere", by=by, **chances))[0].offer.id

    assert first(3.0, financiering__krediet=0.9, innovatie__wbso=0.001) == "about-it"
    assert first(3.0, financiering__krediet=0.6, innovatie__wbso=0.4) == "elsewhere"


@pytest.mark.parametrize(
    "spoils",
    [
        {"regio": ["heerlen"]},
        {"criteria": {"fasen": ["starter"]}},
        {"topics": ["zwaar_weer/mentale_nood"]},
    ],
)
def test_what_is_like_the_question_is_not_found_when_it_cannot_be_right(
    knowledge: Knowledge, spoils: dict[str, Any]
) -> None:
    elsewhere = {"topics": ["innovatie/wbso"], **spoils}
    offers = only([offer(id="about-it"), offer(id="elsewhere", **elsewhere)], knowledge)

    found = matches(offers, TOPIC, Profile(fase="gevestigd"), DAY, alike("elsewhere", by=5.0))

    assert [one.offer.id for one in found] == ["about-it"]


def test_whoever_is_in_distress_is_shown_nothing_about_something_else(knowledge: Knowledge) -> None:
    found = matches(knowledge, "zwaar_weer/mentale_nood", Profile(), DAY, alike("wbso", by=9.0))

    assert found
    assert all("zwaar_weer/mentale_nood" in one.offer.topics for one in found)


def test_only_what_is_about_as_near_as_the_nearest_is_worth_showing(knowledge: Knowledge) -> None:
    nearest = Match(offer(id="nearest"), (), (), nearness=5.0)
    near = Match(offer(id="near"), (), (), nearness=5.0 - AS_NEAR)
    far = Match(offer(id="far"), (), (), nearness=4.9 - AS_NEAR)
    made_for_this = Match(offer(id="local"), ("gemeente",), (), nearness=5.0 - AS_NEAR_TAILORED)
    of_the_sector = Match(offer(id="sector"), ("sector",), (), nearness=5.0 - AS_NEAR_TAILORED)
    too_far = Match(offer(id="also-local"), ("gemeente",), (), nearness=4.9 - AS_NEAR_TAILORED)
    perhaps_elsewhere = Match(offer(id="elsewhere"), (), ("gemeente",), nearness=5.0)

    worth_it = foremost([nearest, near, far, made_for_this, of_the_sector, too_far, perhaps_elsewhere], TOPIC, Asked())

    assert [one.offer.id for one in worth_it] == ["nearest", "near", "local", "sector"]
    assert foremost([perhaps_elsewhere], TOPIC, Asked()) == [perhaps_elsewhere]
    assert foremost([], TOPIC, Asked()) == []


def test_what_is_about_something_else_first_is_shown_beside_it_only_when_much_like_the_question() -> None:
    nearest = Match(offer(id="nearest"), (), (), nearness=5.0)
    elsewhere = offer(id="beside", topics=["starten/orientatie", TOPIC])

    def shown(likeness: float, nearness: float = 5.0) -> list[str]:
        beside = Match(elsewhere, (), (), nearness=nearness)
        return [one.offer.id for one in foremost([nearest, beside], TOPIC, alike("beside", by=likeness))]

    assert shown(MUCH_ALIKE) == ["nearest", "beside"]
    assert shown(MUCH_ALIKE - 0.1) == ["nearest"]
    assert shown(MUCH_ALIKE, nearness=5.0 - AS_NEAR_ALIKE) == ["nearest", "beside"]
    assert shown(MUCH_ALIKE, nearness=4.9 - AS_NEAR_ALIKE) == ["nearest"]


def test_who_is_surely_on_a_benefit_by_the_question_is_shown_what_is_for_that(knowledge: Knowledge) -> None:
    for_few = offer(id="for-few", criteria={"uitkeringen": ["ww"]})
    elsewhere = offer(id="elsewhere", regio=["heerlen"])
    offers = only([offer(id="for-all"), for_few, elsewhere], knowledge)

    def shown(likeness: float) -> list[str]:
        asked = Asked(likeness={"for-few": likeness, "elsewhere": likeness, "for-all": 0.0})
        return [one.offer.id for one in foremost(matches(offers, TOPIC, Profile(), DAY, asked), TOPIC, asked)]

    assert shown(TELLS_OF_FEW)[0] == "for-few"
    assert "elsewhere" not in shown(TELLS_OF_FEW)
    assert shown(TELLS_OF_FEW - 0.1) == ["for-all"]


def test_whoever_has_none_of_what_an_offer_is_not_for_may_be_shown_it() -> None:
    not_for_wajong = offer(not_for=["wajong"])

    assert fitting(not_for_wajong, Profile(), as_words("Hij heeft Wajong.")) is None
    assert fitting(not_for_wajong, Profile(), as_words("Hij heeft geen Wajong.")) is not None


def test_an_ended_offer_is_never_recommended(knowledge: Knowledge) -> None:
    ended = {name for name, record in knowledge.offers.items() if record.state == "ended"}
    assert ended

    recommended = {found.offer.id for topic in knowledge.topics for found in matches(knowledge, topic, Profile(), DAY)}

    assert not ended & recommended


def test_every_topic_has_something_to_offer(knowledge: Knowledge) -> None:
    empty = [topic for topic in knowledge.topics if not matches(knowledge, topic, Profile(), DAY)]

    assert empty == []


def test_what_is_made_for_the_municipality_comes_first_and_other_municipalities_never(knowledge: Knowledge) -> None:
    for topic in knowledge.topics:
        found = matches(knowledge, topic, Profile(gemeente="heerlen"), DAY)
        local = ["heerlen" in one.offer.regio and "gemeente" in one.met for one in found]
        assert not any(set(one.offer.regio) <= {"maastricht", "vaals"} for one in found), topic
        primary = [is_local for one, is_local in zip(found, local, strict=True) if one.offer.topics[0] == topic]
        assert primary == sorted(primary, reverse=True), topic


@given(st.sampled_from(["heerlen", "vaals", None]), st.none() | st.integers(0, 500), st.sampled_from(["bouw", None]))
def test_knowing_more_never_adds_an_offer(
    knowledge: Knowledge, gemeente: str | None, medewerkers: int | None, sector: str | None
) -> None:
    everything = {found.offer.id for found in matches(knowledge, TOPIC, Profile(), DAY)}

    known = matches(knowledge, TOPIC, Profile(gemeente=gemeente, medewerkers=medewerkers, sector=sector), DAY)

    assert {found.offer.id for found in known} <= everything


def profiles(knowledge: Knowledge) -> st.SearchStrategy[Profile]:
    """Any business, with any of its parts known."""

    def one_of(values: Iterable[str]) -> st.SearchStrategy[str | None]:
        return st.none() | st.sampled_from(sorted(values))

    vocabulary = knowledge.vocabulary
    return st.builds(
        Profile,
        gemeente=one_of(knowledge.municipalities),
        sector=one_of(choice.id for choice in vocabulary.sectoren),
        medewerkers=st.none() | st.integers(0, 400),
        fase=one_of(choice.id for choice in vocabulary.fasen),
        rechtsvorm=one_of(choice.id for choice in vocabulary.rechtsvormen),
        herkomst=one_of(choice.id for choice in vocabulary.herkomsten),
        bedrag=st.none() | st.floats(0, 10_000_000),
    )


def fails(offer: Offer, profile: Profile) -> bool:
    """Whether a business fails a criterion of an offer, read off the record without the code under test."""
    wanted, staff = offer.criteria, offer.criteria.medewerkers
    known = profile.known()
    wider = {"zuid-limburg", "limburg", "zuid-nederland", "nederland", "euregio"}
    return bool(
        ("gemeente" in known and not wider & set(offer.regio) and known["gemeente"] not in offer.regio)
        or ("sector" in known and wanted.sectoren and known["sector"] not in wanted.sectoren)
        or ("fase" in known and wanted.fasen and known["fase"] not in wanted.fasen)
        or ("rechtsvorm" in known and wanted.rechtsvormen and known["rechtsvorm"] not in wanted.rechtsvormen)
        or ("herkomst" in known and wanted.herkomsten and known["herkomst"] not in wanted.herkomsten)
        or (staff and "medewerkers" in known and known["medewerkers"] < (staff.min or 0))
        or (staff and "medewerkers" in known and staff.max is not None and known["medewerkers"] > staff.max)
    )


@given(st.data())
def test_no_business_ever_gets_an_offer_whose_criterion_it_fails(knowledge: Knowledge, data: st.DataObject) -> None:
    profile = data.draw(profiles(knowledge))
    topic = data.draw(st.sampled_from(sorted(knowledge.topics)))

    for found in matches(knowledge, topic, profile, DAY):
        assert not fails(found.offer, profile), found.offer.id


@given(st.data())
def test_one_more_fact_never_brings_back_an_excluded_offer(knowledge: Knowledge, data: st.DataObject) -> None:
    whole = data.draw(profiles(knowledge))
    known = sorted(whole.known())
    fewer = replace(whole, **dict.fromkeys(data.draw(st.sets(st.sampled_from(known))) if known else ()))
    topic = data.draw(st.sampled_from(sorted(knowledge.topics)))

    before = {found.offer.id for found in matches(knowledge, topic, fewer, DAY)}

    assert {found.offer.id for found in matches(knowledge, topic, whole, DAY)} <= before


@given(st.data())
def test_the_order_in_which_facts_are_told_changes_nothing(knowledge: Knowledge, data: st.DataObject) -> None:
    whole = data.draw(profiles(knowledge))
    told = Profile()
    for part in data.draw(st.permutations(sorted(whole.known()))):
        told = told.updated(Profile(**{part: getattr(whole, part)}))
    topic = data.draw(st.sampled_from(sorted(knowledge.topics)))

    assert matches(knowledge, topic, told, DAY) == matches(knowledge, topic, whole, DAY)


@given(st.data())
def test_every_criterion_is_met_not_met_or_unknown_and_only_once(knowledge: Knowledge, data: st.DataObject) -> None:
    profile = data.draw(profiles(knowledge))
    found = judged(data.draw(st.sampled_from(sorted(knowledge.offers.values(), key=lambda one: one.id))), profile)

    parts = [*found.met, *found.unknown, *found.not_met]
    assert len(parts) == len(set(parts))
    assert set(found.unknown).isdisjoint(profile.known())
    assert bool(found.not_met) == (match(found.offer, profile) is None)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, "open"),
        ({"closes_on": DAY}, "open"),
        ({"closes_on": DAY - timedelta(days=1)}, "closed"),
        ({"opens_on": DAY}, "open"),
        ({"opens_on": DAY + timedelta(days=1)}, "later"),
        ({"checked_on": DAY - timedelta(days=366)}, "check"),
        ({"checked_on": DAY - timedelta(days=365)}, "open"),
        ({"checked_on": DAY - timedelta(days=366), "closes_on": DAY - timedelta(days=1)}, "closed"),
    ],
)
def test_the_state_of_an_offer_follows_from_its_dates(dates: Any, state: str) -> None:
    assert offer(**{"checked_on": DAY, **dates}).state_on(DAY) == state


def test_what_is_closed_is_not_proposed_and_what_opens_later_comes_last(knowledge: Knowledge) -> None:
    offers = [
        offer(id="a-later", opens_on=DAY + timedelta(days=30)),
        offer(id="b-closed", closes_on=DAY - timedelta(days=1)),
        offer(id="c-stale", checked_on=DAY - timedelta(days=500)),
        offer(id="d-open", checked_on=DAY),
    ]

    found = matches(only(offers, knowledge), TOPIC, Profile(), DAY)

    assert [one.offer.id for one in found] == ["d-open", "c-stale", "a-later"]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="opens_on is after closes_on"):
        offer(opens_on=DAY, closes_on=DAY - timedelta(days=1))


def test_a_settlement_is_for_natural_persons_and_the_whoa_for_others_too(knowledge: Knowledge) -> None:
    topic = "zwaar_weer/betalingsproblemen"

    of_bv = {found.offer.id for found in matches(knowledge, topic, Profile(rechtsvorm="bv"), DAY)}
    of_one = {found.offer.id for found in matches(knowledge, topic, Profile(rechtsvorm="eenmanszaak"), DAY)}

    assert "msnp" not in of_bv
    assert "whoa" in of_bv
    assert "msnp" in of_one


@pytest.mark.parametrize(
    ("gemeente", "has", "lacks"),
    [
        ("heerlen", "bbz-heerlen", "bbz-kerkrade"),
        ("kerkrade", "bbz-kerkrade", "bbz-maastricht-heuvelland"),
        ("vaals", "bbz-maastricht-heuvelland", "bbz-heerlen"),
        ("stein", "bbz-check", "bbz-maastricht-heuvelland"),
    ],
)
def test_support_with_income_is_that_of_the_municipality(
    knowledge: Knowledge, gemeente: str, has: str, lacks: str
) -> None:
    found = matches(knowledge, "zwaar_weer/inkomen_bbz", Profile(gemeente=gemeente), DAY)

    names = {one.offer.id for one in found}
    assert has in names
    assert lacks not in names


def test_the_regio_deal_is_for_ten_municipalities_and_parkstad_has_its_own(knowledge: Knowledge) -> None:
    deals = {
        gemeente: {
            found.offer.id
            for found in matches(knowledge, "algemeen/subsidie_algemeen", Profile(gemeente=gemeente), DAY)
            if found.offer.id.startswith("regio-deal")
        }
        for gemeente in knowledge.municipalities
    }

    assert sum("regio-deal-zuid-limburg" in names for names in deals.values()) == 10
    assert sum("regio-deal-parkstad" in names for names in deals.values()) == 7
    assert deals["beekdaelen"] == {"regio-deal-zuid-limburg", "regio-deal-parkstad"}


@pytest.mark.parametrize("words", ["kan ik de btw later betalen", "mijn btw-aanslag", "BTW?"])
def test_what_the_words_are_not_for_is_not_found(knowledge: Knowledge, words: str) -> None:
    offers = only([offer(id="local-tax", not_for=["btw"]), offer(id="other")], knowledge)

    assert [one.offer.id for one in matches(offers, TOPIC, Profile(), DAY, Asked(words))] == ["other"]
    assert len(matches(offers, TOPIC, Profile(), DAY, Asked("de ozb"))) == 2
