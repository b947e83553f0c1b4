"""The records of partners fit their format, name organisations that exist, and lead nowhere else in a demo."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.handover.conftest import MAILBOX, partner
from wegwijzer.errors import KnowledgeError
from wegwijzer.handover.partners import Partners, SandboxWay, read_partners
from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.settings import PROJECT, Settings

SANDBOX = partner(id="proefloket", name="het proefloket", way=SandboxWay(kind="sandbox"))
REAL = [partner(), MAILBOX, SANDBOX]
WEBHOOK = 'webhook, url: "https://partner.example.nl/in", secret: WEGWIJZER_PARTNER_QREDITS'
RECORD = f"""
id: qredits
name: Qredits
way: {{kind: {WEBHOOK}}}
hours: Op werkdagen van 9 tot 17 uur.
reply_days: 2
checked_on: 2026-03-01
"""


def written(folder: Path, record: str = RECORD, name: str = "qredits") -> Path:
    """A folder with one record."""
    (folder / f"{name}.yml").write_text(record)
    return folder


def test_the_records_of_this_repository_fit_and_name_organisations_that_exist(knowledge_files: KnowledgeFiles) -> None:
    known = {organisation.id for organisation in knowledge_files.organisations}

    assert read_partners(PROJECT / "knowledge" / "partners", known)


@pytest.mark.parametrize(
    "example", re.findall(r"```yaml\n(.*?)```", (PROJECT / "docs/manual/handover.md").read_text(), re.S)
)
def test_the_examples_in_the_manual_fit(tmp_path: Path, example: str, knowledge_files: KnowledgeFiles) -> None:
    known = {organisation.id for organisation in knowledge_files.organisations}
    name = example.split("id: ", 1)[1].split("\n", 1)[0]

    assert read_partners(written(tmp_path, example, name), known)


def test_a_folder_without_records_is_allowed(tmp_path: Path) -> None:
    assert read_partners(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: qredits", "id: nobody", "id: is nobody, so the file should be nobody.yml"),
        ("kind: webhook", "kind: pigeon", "way"),
        ("https://partner.example.nl", "https://me:secret@partner.example.nl", "way.webhook.url: .*does not belong"),
        ("https://partner.example.nl/in", "ftp://partner.example.nl", "way.webhook.url"),
        ("WEGWIJZER_PARTNER_QREDITS", "PATH", "way.webhook.secret"),
        ("reply_days: 2", "reply_days: 0", "reply_days"),
        ("hours: Op werkdagen van 9 tot 17 uur.", "hourz: x", "hours"),
        (WEBHOOK, "email, to: x", "not an e-mail"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in RECORD

    with pytest.raises(KnowledgeError, match=rf"qredits.yml:\d+: .*{complaint}"):
        read_partners(written(tmp_path, RECORD.replace(old, new)))


def test_an_organisation_without_a_record_of_its_own_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"qredits.yml:2: id: qredits has no record in knowledge/organisations"):
        read_partners(written(tmp_path), {"kvk"})


def test_who_takes_requests_is_found_in_the_order_given() -> None:
    partners = Partners(REAL, demo=False)

    assert [one.id for one in partners.among(["gemeente-heerlen", "kvk", "qredits", "proefloket"])] == [
        "kvk",
        "qredits",
    ]


def test_in_a_demo_everything_goes_to_the_sandbox() -> None:
    partners = Partners(REAL, demo=True)

    found = partners.among(["qredits", "gemeente-heerlen"])

    assert [(one.id, one.name, one.way.kind) for one in found] == [
        ("qredits", "het proefloket", "sandbox"),
        ("gemeente-heerlen", "het proefloket", "sandbox"),
    ]


def test_the_demo_of_this_repository_sends_nothing_out() -> None:
    found = Partners.of(Settings(demo=True)).find("kvk")

    assert found is not None
    assert found.way.kind == "sandbox"


@pytest.mark.parametrize(
    ("day", "reply"),
    [
        (date(2026, 3, 2), date(2026, 3, 4)),
        (date(2026, 3, 6), date(2026, 3, 10)),
        (date(2026, 3, 7), date(2026, 3, 10)),
    ],
)
def test_a_promise_counts_working_days(day: date, reply: date) -> None:
    assert partner(reply_days=2).reply_by(day) == reply
