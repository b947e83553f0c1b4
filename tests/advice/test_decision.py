"""A distribution over topics leads to an answer, a choice, a pointer or an admission."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegwijzer.advice.decision import (
    Answer,
    Choice,
    Decision,
    Miss,
    OutOfScope,
    asked_beside,
    decide,
    decide_on_all,
    subject,
    theme_of,
)

TOPICS = ["financiering/krediet", "financiering/lease_machines", "personeel/werving", "innovatie/wbso",
          "buiten_bereik/weer", "buiten_bereik/belasting", "greet"]  # fmt: skip


@pytest.mark.parametrize(
    ("topics", "decision"),
    [
        ({"financiering/krediet": 0.9, "personeel/werving": 0.02}, Answer("financiering/krediet")),
        (
            {"financiering/krediet": 0.8, "personeel/werving": 0.1},
            Answer("financiering/krediet", ("personeel/werving",)),
        ),
        (
            {
                "financiering/krediet": 0.6,
                "buiten_bereik/belasting": 0.2,
                "personeel/werving": 0.1,
                "innovatie/wbso": 0.1,
            },
            Answer("financiering/krediet", ("buiten_bereik/belasting", "personeel/werving")),
        ),
        (
            {"financiering/krediet": 0.9, "personeel/werving": 0.02, "personeel/verzuim": 0.015},
            Answer("financiering/krediet", ("personeel/werving",)),
        ),
        ({"financiering/krediet": 0.3, "financiering/lease_machines": 0.2}, Answer("financiering/krediet")),
        ({"financiering/krediet": 0.5, "financiering/lease_machines": 0.4}, Answer("financiering/krediet")),
        (
            {"financiering/krediet": 0.29, "personeel/werving": 0.28, "innovatie/wbso": 0.2},
            Choice(("financiering/krediet", "personeel/werving", "innovatie/wbso")),
        ),
        (
            {"financiering/krediet": 0.19, "financiering/lease_machines": 0.18, "personeel/werving": 0.1},
            Answer("financiering/krediet", ("financiering/lease_machines", "personeel/werving")),
        ),
        ({"buiten_bereik/weer": 0.01, "greet": 0.9}, Miss()),
        ({"buiten_bereik/weer": 0.4, "buiten_bereik/belasting": 0.3}, OutOfScope("weer")),
        (
            {"buiten_bereik/belasting": 0.6, "zwaar_weer/belastingschuld": 0.3},
            OutOfScope("belasting", ("zwaar_weer/belastingschuld",)),
        ),
        (
            {"buiten_bereik/weer": 0.3, "financiering/krediet": 0.25},
            Choice(("buiten_bereik/weer", "financiering/krediet")),
        ),
        ({"financiering/krediet": 0.05, "personeel/werving": 0.04, "greet": 0.5}, Miss()),
        ({"greet": 1.0}, Miss()),
        ({}, Miss()),
    ],
)
def test_it_decides_by_how_sure_it_is(topics: dict[str, float], decision: Decision) -> None:
    assert decide(topics) == decision


@pytest.mark.parametrize(
    ("topics", "asked"),
    [
        ({"inform": 0.7, "personeel/werving": 0.3}, {"personeel/werving": 1.0}),
        ({"inform": 0.6, "personeel/werving": 0.3, "buiten_bereik/weer": 0.1},
         {"personeel/werving": 0.75, "buiten_bereik/weer": 0.25}),
        ({"inform": 0.7, "personeel/werving": 0.15, "personeel/verzuim": 0.15},
         {"personeel/werving": 0.5, "personeel/verzuim": 0.5}),
        ({"inform": 0.56, "personeel/werving": 0.2, "innovatie/wbso": 0.2, "buiten_bereik/weer": 0.04}, {}),
        ({"inform": 0.7, "buiten_bereik/weer": 0.3}, {}),
        ({"inform": 1.0}, {}),
    ],
)  # fmt: skip
def test_a_question_beside_an_introduction_is_found(topics: dict[str, float], asked: dict[str, float]) -> None:
    assert asked_beside(topics) == pytest.approx(asked)


@given(st.lists(st.floats(0.001, 1), min_size=len(TOPICS), max_size=len(TOPICS)))
def test_at_most_three_topics_are_offered_those_of_a_choice_each_of_another_theme(weights: list[float]) -> None:
    total = sum(weights)

    decision = decide({topic: weight / total for topic, weight in zip(TOPICS, weights, strict=True)})

    if isinstance(decision, Choice):
        assert 1 <= len(decision.topics) <= 3
        assert len({theme_of(topic) for topic in decision.topics}) == len(decision.topics)
    if isinstance(decision, Answer):
        assert len({decision.topic, *decision.others}) == 1 + len(decision.others) <= 3


@pytest.mark.parametrize(
    ("topics", "parts", "decision"),
    [
        (
            {"personeel/werving": 0.9, "duurzaamheid/zon_netcongestie": 0.02},
            [{"personeel/werving": 0.95}, {"duurzaamheid/zon_netcongestie": 0.9}],
            Answer("personeel/werving", ("duurzaamheid/zon_netcongestie",), also=True),
        ),
        (
            {"personeel/werving": 0.2, "innovatie/wbso": 0.2},
            [{"innovatie/wbso": 0.8}, {"personeel/werving": 0.7}],
            Answer("innovatie/wbso", ("personeel/werving",), also=True),
        ),
        (
            {"buiten_bereik/belasting": 0.8},
            [{"innovatie/wbso": 0.8}, {"personeel/werving": 0.7}],
            OutOfScope("belasting", ("innovatie/wbso", "personeel/werving"), also=True),
        ),
        ({"personeel/werving": 0.9}, [{"inform": 0.9}, {"personeel/werving": 0.9}], Answer("personeel/werving")),
        ({"personeel/werving": 0.9}, [{"personeel/werving": 0.9}] * 2, Answer("personeel/werving")),
        (
            {"personeel/werving": 0.9},
            [{"personeel/werving": 0.9}, {"buiten_bereik/weer": 0.9}],
            Answer("personeel/werving"),
        ),
        (
            {"personeel/werving": 0.9},
            [{"personeel/werving": 0.9}, {"innovatie/wbso": 0.45}],
            Answer("personeel/werving"),
        ),
    ],
)
def test_two_questions_in_one_message_are_both_heard(
    topics: dict[str, float], parts: list[dict[str, float]], decision: Decision
) -> None:
    assert decide_on_all(topics, parts) == decision


@pytest.mark.parametrize(
    ("topics", "about"),
    [
        (
            {"ask_human": 0.979, "zwaar_weer/belastingschuld": 0.02, "zwaar_weer/mentale_nood": 0.0002},
            "zwaar_weer/belastingschuld",
        ),
        (
            {"ask_human": 0.995, "duurzaamheid/zon_netcongestie": 0.004, "duurzaamheid/lening": 0.001},
            "duurzaamheid/zon_netcongestie",
        ),
        ({"ask_human": 0.99, "personeel/werving": 0.003, "innovatie/wbso": 0.003}, None),
        ({"ask_human": 0.99999, "personeel/werving": 0.00001}, None),
        ({"ask_human": 0.9, "buiten_bereik/belasting": 0.1}, None),
        ({"ask_human": 1.0}, None),
    ],
)
def test_a_call_for_a_person_may_say_what_about(topics: dict[str, float], about: str | None) -> None:
    assert subject(topics) == about
