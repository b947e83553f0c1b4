"""The rules of the house as functions: each takes a project folder and tells what breaks the rule.

They take a folder so that every rule can also be tried on a copy that breaks it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.files import read_knowledge
from wegwijzer.knowledge.matching import SOUTH_LIMBURG
from wegwijzer.knowledge.phrases import plain

ACTION_NAME = re.compile(r'action = "(action_\w+)"')
FEWEST_EXAMPLES = {"topic": 25, "dialogue": 40, "buiten_bereik in all": 300}
NEVER_TYPED = {"nlu_fallback"}
LONGEST_THAT_ALL_SAY = 12
"""Signs in what everybody types alike ("subsidies"): that may be an example too."""
NEARLY = 85
"""Of 100: the `fuzz.ratio` from which a question is another one in other words."""
LONGEST_BY_NAME = 20
"""Signs in a question that is little more than a name ("wat is de wbso"): it is another one with another name."""


def actions_that_do_not_fit(project: Path) -> list[str]:
    """Every action in the domain has a class, every class is in the domain, and each is used by a rule or story."""
    domain = set(_yaml(project / "domain.yml")["actions"])
    code = {name for file in (project / "actions").glob("*.py") for name in ACTION_NAME.findall(file.read_text())}
    used = {step["action"] for steps in _steps(project) for step in steps if "action" in step}
    faults = [f"{name} is in domain.yml but no class has that name" for name in domain - code]
    faults += [f"{name} has a class but is not in domain.yml" for name in code - domain]
    return faults + [f"{name} is used by no rule or story" for name in domain - used]


def settings_not_in_manual(project: Path, settings: list[str]) -> list[str]:
    """Every setting has a row in the manual, and every row is a setting."""
    manual = (project / "docs" / "manual" / "settings.md").read_text()
    rows = set(re.findall(r"^\| `(WEGWIJZER_\w+)` \|", manual, re.MULTILINE))
    names = {f"WEGWIJZER_{name.upper()}" for name in settings}
    faults = [f"{name} is not in docs/manual/settings.md" for name in names - rows]
    return faults + [f"{name} in docs/manual/settings.md is no setting" for name in rows - names]


def faults_in_knowledge(project: Path) -> list[str]:
    """Every record fits its format and names only what exists."""
    try:
        read_knowledge(project / "knowledge")
    except KnowledgeError as error:
        return str(error).splitlines()
    return []


def topics_that_do_not_fit(project: Path) -> list[str]:
    """Every topic with examples has a record, and every record has examples."""
    knowledge = read_knowledge(project / "knowledge")
    records = {f"{theme.id}/{topic.id}" for theme in knowledge.themes for topic in theme.topics}
    records |= {f"buiten_bereik/{kind.id}" for kind in knowledge.out_of_scope.kinds}
    asked = {intent for intent in examples(project) if "/" in intent}
    faults = [f"{topic} has examples but no record in knowledge/" for topic in asked - records]
    return faults + [f"{topic} has a record but no examples in bot/data" for topic in records - asked]


def too_few_examples(project: Path) -> list[str]:
    """There are enough examples of every topic, every dialogue intent and all that is out of scope."""
    counts = {intent: len(found) for intent, found in examples(project).items()}
    outside = sum(count for intent, count in counts.items() if intent.startswith("buiten_bereik/"))
    faults = [
        f"{intent} has {count} examples, fewer than {FEWEST_EXAMPLES[_kind(intent)]}"
        for intent, count in counts.items()
        if count < FEWEST_EXAMPLES[_kind(intent)]
    ]
    if outside < FEWEST_EXAMPLES["buiten_bereik in all"]:
        faults.append(f"buiten_bereik has {outside} examples in all")
    typed = set(_yaml(project / "domain.yml")["intents"]) - NEVER_TYPED
    return faults + [f"{intent} has no examples" for intent in typed - {name.split("/")[0] for name in counts}]


def declared_twice(project: Path) -> list[str]:
    """No example stands twice, no label or name has two meanings, no rule has two names."""
    lines = Counter(plain(example) for found in examples(project).values() for example in found)
    faults = [f"the example {line!r} stands {count} times" for line, count in lines.items() if count > 1]
    knowledge = read_knowledge(project / "knowledge")
    labels = [theme.label for theme in knowledge.themes]
    labels += [topic.label for theme in knowledge.themes for topic in theme.topics]
    faults += [f"the label {label!r} stands {count} times" for label, count in Counter(labels).items() if count > 1]
    for kind, records in (("offer", knowledge.offers), ("organisation", knowledge.organisations)):
        # Local ones may share a name: the municipality tells which of them is meant.
        elsewhere = [record for record in records if kind == "offer" and SOUTH_LIMBURG.isdisjoint(record.regio)]
        names = Counter(
            plain(name)
            for record in records
            for name in {record.name.lower(), *record.aliases}
            if record not in elsewhere
        )
        faults += [f"{count} {kind}s answer to {name!r}" for name, count in names.items() if count > 1]
    rules = Counter(rule.get("rule") or rule.get("story") for rule in _rules(project))
    return faults + [f"the rule {name!r} stands {count} times" for name, count in rules.items() if count > 1]


def measuring_data_in_training(project: Path, measured: Iterable[str]) -> list[str]:
    """No question that we measure with is an example or a way to ask for an offer, nor nearly one."""
    known = [_bare(line) for found in examples(project).values() for line in found]
    known += [_bare(line) for offer in read_knowledge(project / "knowledge").offers for line in offer.asked_as]
    texts = [text for text in map(_bare, measured) if len(text) > LONGEST_THAT_ALL_SAY]
    near = (
        (text, process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=_least_alike(text))) for text in texts
    )
    return [f"{found[0]!r} is nearly {text!r}, that we measure with" for text, found in near if found]


def examples(project: Path) -> dict[str, list[str]]:
    """The training examples by intent (`theme/topic` for topics)."""
    found: dict[str, list[str]] = {}
    for file in sorted((project / "bot" / "data").rglob("*.yml")):
        for block in _yaml(file).get("nlu", []):
            lines = [line.removeprefix("- ").strip() for line in block["examples"].splitlines()]
            topic = block.get("metadata", {}).get("topic")
            label = f"{block['intent']}/{topic}" if topic else block["intent"]
            found.setdefault(label, []).extend(line for line in lines if line)
    return found


def _kind(intent: str) -> str:
    return "topic" if "/" in intent else "dialogue"


def _least_alike(text: str) -> int:
    return NEARLY if len(text) > LONGEST_BY_NAME else 100


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text)))


def _rules(project: Path) -> Iterator[dict[str, Any]]:
    for file in sorted((project / "bot" / "data").glob("*.yml")):
        data = _yaml(file)
        yield from data.get("rules", []) + data.get("stories", [])


def _steps(project: Path) -> Iterator[list[dict[str, Any]]]:
    return (rule["steps"] for rule in _rules(project))


def _yaml(file: Path) -> Any:
    return yaml.safe_load(file.read_text())
