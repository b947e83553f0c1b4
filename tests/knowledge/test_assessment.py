"""What answers say of a business follows from the file alone, whatever the order in which they came."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.assessment import SKIPPED, STEPS_AT_ONCE, Assessment, Progress, next_question, result
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.settings import PROJECT

ASSESSMENT = read_knowledge(PROJECT / "knowledge").assessment


def progress(choose: int) -> Progress:
    """Every question answered with its first (0) or last (-1) answer that gives points."""
    given = Progress()
    for question in ASSESSMENT.questions:
        telling = [answer for answer in question.answers if answer.points]
        given = given.with_answer(question.id, telling[choose].id)
    return given


def progresses() -> st.SearchStrategy[Progress]:
    """Any answers to any of the questions, in any order."""
    pairs = [
        st.tuples(st.just(question.id), st.sampled_from([SKIPPED, *(answer.id for answer in question.answers)]))
        for question in ASSESSMENT.questions
    ]
    return st.lists(st.one_of(pairs), unique_by=lambda pair: pair[0]).map(lambda given: Progress(tuple(given)))


def test_the_file_keeps_to_what_people_put_up_with() -> None:
    assert 6 <= len(ASSESSMENT.questions) <= 10
    assert set(ASSESSMENT.themes) == {"financiering", "digitalisering", "personeel", "innovatie"}
    assert all(len(question.text) <= 100 for question in ASSESSMENT.questions)


def test_the_lowest_answers_lead_to_the_first_level_and_three_steps() -> None:
    found = result(ASSESSMENT, progress(0))

    assert {standing.level for standing in found.standings} == {ASSESSMENT.levels[0]}
    assert len(found.steps) == STEPS_AT_ONCE


def test_the_highest_answers_lead_to_the_last_level() -> None:
    found = result(ASSESSMENT, progress(-1))

    assert {standing.level for standing in found.standings} == {ASSESSMENT.levels[-1]}
    assert all(standing.share == 1.0 for standing in found.standings)


def test_of_a_theme_without_answers_nothing_is_concluded() -> None:
    found = result(ASSESSMENT, Progress((("plan", "geen"), ("veilig", SKIPPED))))

    levels = {standing.theme: standing.level for standing in found.standings}
    assert levels["financiering"] is not None
    assert levels["digitalisering"] is levels["personeel"] is None
    assert found.answered == 1


def test_who_works_alone_is_not_behind_in_staff() -> None:
    found = result(ASSESSMENT, Progress((("mensen", "alleen"),)))

    assert next(one for one in found.standings if one.theme == "personeel").level is None


def test_the_step_of_the_theme_that_is_least_far_comes_first() -> None:
    given = Progress((("plan", "globaal"), ("geld", "bank"), ("administratie", "papier"), ("veilig", "niets")))

    topics = [step.topic for step in result(ASSESSMENT, given).steps]

    assert topics[0].startswith("digitalisering/")
    assert topics[-1].startswith("financiering/")


@given(progresses(), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(given: Progress, chance: object) -> None:
    shuffled = list(given.given)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert result(ASSESSMENT, given) == result(ASSESSMENT, Progress(tuple(shuffled)))


@given(progresses())
def test_no_result_goes_outside_its_bounds(given: Progress) -> None:
    found = result(ASSESSMENT, given)

    assert all(0 <= standing.share <= 1 for standing in found.standings)
    assert len({step.topic for step in found.steps}) == len(found.steps) <= STEPS_AT_ONCE
    assert found.answered == given.answered


@given(progresses())
def test_back_and_the_same_answer_lead_to_the_same_place(given: Progress) -> None:
    question = next_question(ASSESSMENT, given)
    if question is not None:
        further = given.with_answer(question.id, question.answers[0].id)
        assert further.back() == given
        assert next_question(ASSESSMENT, further) != question


def test_correcting_an_answer_keeps_its_place() -> None:
    given = Progress().with_answer("plan", "geen").with_answer("geld", "bank")

    assert given.with_answer("plan", "begroting").given == (("plan", "begroting"), ("geld", "bank"))


def test_every_step_has_offers(knowledge: Knowledge) -> None:
    topics = {answer.step.topic for question in ASSESSMENT.questions for answer in question.answers if answer.step}

    assert all(knowledge.offers_about(topic) for topic in topics)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("framework: oecd", "framework: nobody", "nobody is none of `frameworks`"),
        ("from_share: 0.4", "from_share: 0.9", "levels should begin with from_share: 0 and rise"),
        ("id: globaal", "id: geen", "geen stands twice"),
        ("points: {financiering: 1}", "points: {financiering: 7}", "should be at most 3"),
        ("points: {financiering: 1}", "points: {geluk: 1}", "geluk does not exist"),
        ("topic: financiering/krediet", "topic: financiering/niets", "financiering/niets does not exist"),
        ("points: {innovatie: 1}", "points: {}", "a step is ranked by the theme of the answer"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    folder = tmp_path / "knowledge"
    folder.symlink_to(PROJECT / "knowledge")
    copy = tmp_path / "copy"
    copy.mkdir()
    for part in folder.iterdir():
        if part.name != "assessment.yml":
            (copy / part.name).symlink_to(part)
    text = (folder / "assessment.yml").read_text()
    assert old in text
    (copy / "assessment.yml").write_text(text.replace(old, new, 1))

    with pytest.raises(KnowledgeError, match="assessment.yml:") as error:
        read_knowledge(copy)

    assert complaint in str(error.value)


def test_ten_questions_are_the_most() -> None:
    data = ASSESSMENT.model_dump()
    data["questions"] = [{**data["questions"][0], "id": f"q{number}"} for number in range(11)]

    with pytest.raises(ValueError, match="at most 10"):
        Assessment.model_validate(data)
