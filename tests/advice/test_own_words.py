"""What people say in their own words is taken as the answer that they mean, and anything else is not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process

from wegwijzer.advice.own_words import chosen
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.likeness import encode, texts_of_answers

LINES = yaml.safe_load((Path(__file__).parent / "own_words.yml").read_text())
FLOOR = 0.85
FEW_WRONG = 0.06
FEW_ELSEWHERE = 0.07
NEARLY_THE_SAME = 85


@pytest.fixture(scope="module")
def likeness(knowledge: Knowledge) -> dict[str, dict[str, float]]:
    """By line and answer the cosine to the nearest way to say that answer."""
    texts = texts_of_answers(knowledge.assessment)
    ways = np.stack(list(encode(list(texts.values()))))
    lines = [line["says"] for line in LINES["measured"]]
    found = {}
    for line, vector in zip(lines, encode(lines), strict=True):
        nearest: dict[str, float] = {}
        for name, cosine in zip(texts, (ways @ vector).tolist(), strict=True):
            answer = name.rpartition("/")[0]
            nearest[answer] = max(cosine, nearest.get(answer, -1.0))
        found[line] = nearest
    return found


def taken(line: dict[str, Any], knowledge: Knowledge, likeness: Mapping[str, Mapping[str, float]]) -> str | None:
    """The answer that a line is taken for."""
    question = knowledge.assessment.question(line["question"])
    assert question is not None
    answer = chosen(line["says"], question, likeness[line["says"]])
    return answer.id if answer else None


def test_no_words_that_we_measure_with_are_nearly_a_way_to_say_an_answer(knowledge: Knowledge) -> None:
    ways = [way.lower() for way in texts_of_answers(knowledge.assessment).values()]
    measured = [line["says"].lower() for line in LINES["measured"]]

    assert [
        says for says in measured if process.extractOne(says, ways, scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME)
    ] == []


def test_most_own_words_are_taken_as_meant(knowledge: Knowledge, likeness: Mapping[str, Mapping[str, float]]) -> None:
    right = [taken(line, knowledge, likeness) == line["answer"] for line in LINES["measured"]]

    assert np.mean(right) >= FLOOR


def test_hardly_any_words_are_taken_for_another_answer(
    knowledge: Knowledge, likeness: Mapping[str, Mapping[str, float]]
) -> None:
    given = [(taken(line, knowledge, likeness), line["answer"]) for line in LINES["measured"]]

    assert np.mean([got is not None and meant is not None and got != meant for got, meant in given]) <= FEW_WRONG


def test_hardly_any_words_about_something_else_are_taken_for_an_answer(
    knowledge: Knowledge, likeness: Mapping[str, Mapping[str, float]]
) -> None:
    elsewhere = [
        taken({**line, "question": question.id}, knowledge, likeness)
        for line in LINES["measured"]
        for question in knowledge.assessment.questions
        if question.id != line["question"]
    ]

    assert np.mean([answer is not None for answer in elsewhere]) <= FEW_ELSEWHERE


@pytest.mark.parametrize(
    ("text", "answer"), [("De tweede", "globaal"), ("Ik heb een begroting", "begroting"), ("4", "bijgehouden")]
)
def test_an_answer_is_pointed_at_or_named(knowledge: Knowledge, text: str, answer: str) -> None:
    question = knowledge.assessment.questions[0]

    found = chosen(text, question, {})

    assert found is not None
    assert found.id == answer


@pytest.mark.parametrize("asked", ["Hoe maak ik een begroting?", "hoeveel btw moet ik betalen", "welk loket helpt mij"])
def test_a_question_is_never_an_answer(knowledge: Knowledge, asked: str) -> None:
    question = knowledge.assessment.questions[0]
    sure = {f"{question.id}/{answer.id}": 1.0 for answer in question.answers}

    assert chosen(asked, question, sure) is None
