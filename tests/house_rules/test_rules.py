"""Each rule of the house holds, and each has been seen to fail on a copy that breaks it."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.house_rules import rules
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.settings import PROJECT, Settings

MEASURING = [
    *sorted((PROJECT / "tests" / "understanding").glob("*.csv")),
    *sorted((PROJECT / "tests" / "understanding").glob("*.yml")),
    PROJECT.parent / "shared" / "data" / "questions_dev.csv",
]
Rule = Callable[[Path], list[str]]


def settings_not_in_manual(project: Path) -> list[str]:
    """The rule with the settings of this program."""
    return rules.settings_not_in_manual(project, list(Settings.model_fields))


RULES: list[Rule] = [
    rules.actions_that_do_not_fit,
    settings_not_in_manual,
    rules.faults_in_knowledge,
    rules.topics_that_do_not_fit,
    rules.too_few_examples,
    rules.declared_twice,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds(rule: Rule) -> None:
    assert rule(PROJECT) == []


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit that replaces the first `old` in a file, which must be there."""

    def edit(project: Path) -> None:
        text = (project / file).read_text()
        assert old in text
        (project / file).write_text(text.replace(old, new, 1))

    return edit


STARTEN = "bot/data/nlu/starten.yml"
EXAMPLE = "    - "
ONE_MORE_TOPIC = "\n- intent: starten\n  metadata: {topic: x}\n  examples: |\n    - "


@pytest.mark.parametrize(
    ("rule", "breach", "complaint"),
    [
        (rules.actions_that_do_not_fit, replace("domain.yml", "- action_more\n", "- action_lost\n"), "no class"),
        (rules.actions_that_do_not_fit, replace("domain.yml", "- action_more\n", ""), "not in domain.yml"),
        (rules.actions_that_do_not_fit, replace("bot/data/rules.yml", "action_unsure", "action_help"), "no rule"),
        (settings_not_in_manual, replace("docs/manual/settings.md", "WEGWIJZER_WEB_PORT", "PORT"), "WEB_PORT is not"),
        (settings_not_in_manual, replace("docs/manual/settings.md", "WEB_PORT", "WEB_POT"), "is no setting"),
        (rules.faults_in_knowledge, replace("knowledge/offers/wbso.yml", "id: wbso", "id: wsbo"), "wbso.yml:1: id"),
        (rules.topics_that_do_not_fit, replace(STARTEN, "topic: franchise", "topic: nieuw"), "nieuw"),
        (rules.too_few_examples, replace(STARTEN, EXAMPLE, ONE_MORE_TOPIC), "fewer"),
        (rules.declared_twice, replace(STARTEN, EXAMPLE, "    - dubbel\n    - dubbel\n    - "), "dubbel"),
    ],
)
def test_the_rule_can_fail(rule: Rule, breach: Callable[[Path], None], complaint: str, tmp_path: Path) -> None:
    project = copy_of_project(tmp_path)
    breach(project)

    assert any(complaint in fault for fault in rule(project)), rule(project)


@pytest.mark.parametrize("file", MEASURING, ids=lambda file: file.name)
def test_no_question_that_we_measure_with_is_nearly_an_example(file: Path) -> None:
    if not file.exists():
        pytest.skip(f"{file.name} is not on this machine")

    assert rules.measuring_data_in_training(PROJECT, questions(file)) == []


def questions(file: Path) -> list[str]:
    with file.open() as opened:
        records = csv.DictReader(opened) if file.suffix == ".csv" else yaml.safe_load(opened)
        return [record["text"] for record in records]


def test_a_measured_question_among_the_examples_is_seen() -> None:
    example = next(line for found in rules.examples(PROJECT).values() for line in found if len(line) > 20)

    assert rules.measuring_data_in_training(PROJECT, [f"{example.upper()} dan!"])


def test_a_measured_question_among_the_ways_to_ask_for_an_offer_is_seen() -> None:
    offers = read_knowledge(PROJECT / "knowledge").offers
    asked = next(line for offer in offers for line in offer.asked_as if len(line) > 20)

    assert rules.measuring_data_in_training(PROJECT, [asked])


def copy_of_project(folder: Path) -> Path:
    """The parts of the project that rules look at."""
    for name in ("actions", "knowledge", "docs", "bot/data"):
        shutil.copytree(PROJECT / name, folder / name)
    shutil.copy(PROJECT / "domain.yml", folder)
    return folder
