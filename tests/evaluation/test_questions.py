"""The file of questions: read as it is, or refused with every fault and its line."""

from pathlib import Path

import pytest

from wegwijzer.evaluation.questions import Question, QuestionsError, read_questions

THEMES = ["financiering", "personeel"]
HEAD = "id,text,theme,topic,second_theme\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file of questions."""
    file = folder / "questions.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_questions_are_read_with_both_themes(tmp_path: Path) -> None:
    file = written(
        tmp_path, HEAD + 'a,"Lenen, maar hoe?",financiering,krediet,personeel\nb,Regent het?,buiten_bereik,weer,\n'
    )

    questions = read_questions(file, THEMES)

    assert questions[0] == Question("a", "Lenen, maar hoe?", "financiering", "krediet", "personeel")
    assert [question.themes for question in questions] == [{"financiering", "personeel"}, {"buiten_bereik"}]


def test_other_columns_and_the_mark_of_a_spreadsheet_do_no_harm(tmp_path: Path) -> None:
    file = written(
        tmp_path, "source,id,second_theme,topic,theme,text\nfaq,a,,krediet,financiering,Lenen?\n", "utf-8-sig"
    )

    assert read_questions(file, THEMES) == [Question("a", "Lenen?", "financiering", "krediet")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id,text,theme\na,Lenen?,financiering\n", "the first line must name the columns topic, second_theme"),
        ("", "must name the columns"),
        (HEAD, r"csv:1: there are no questions"),
        (HEAD + "a,,financiering,krediet,\n", r"csv:2: the text is empty"),
        (HEAD + "a,Lenen?,geld,krediet,\n", r"csv:2: there is no theme 'geld'; there are buiten_bereik, financiering"),
        (HEAD + "a,Lenen?,financiering,krediet,geld\n", r"csv:2: there is no theme 'geld'"),
        (HEAD + "a,Lenen?,,krediet,\n", r"csv:2: there is no theme ''"),
        (HEAD + "a,Lenen?,personeel,x,\na,Geld?,personeel,x,\n", r"csv:3: the id 'a' stands in line 2 too"),
        (HEAD + "a,Lenen?\n", r"csv:2: there is no theme ''"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(QuestionsError, match=fault):
        read_questions(written(tmp_path, text), THEMES)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "a,,financiering,krediet,\nb,Lenen?,geld,krediet,\n")

    with pytest.raises(QuestionsError, match=r"(?s)csv:2: .*csv:3: "):
        read_questions(file, THEMES)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="cannot be read"):
        read_questions(tmp_path / "none.csv", THEMES)
    with pytest.raises(QuestionsError, match="CSV file in UTF-8"):
        read_questions(written(tmp_path, HEAD + "a,ideeën,personeel,x,\n", "latin-1"), THEMES)
