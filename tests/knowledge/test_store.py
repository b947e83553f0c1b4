"""Knowledge goes into the database when it changed, and only then."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import update

from wegwijzer.database import engine_for, migrate, transaction
from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.store import KnowledgeStore, load_knowledge
from wegwijzer.knowledge.tables import KnowledgeRecord
from wegwijzer.settings import PROJECT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge that a test may change."""
    return Path(shutil.copytree(PROJECT / "knowledge", tmp_path / "knowledge"))


def test_it_is_loaded_once_and_again_only_after_a_change(database_url: str, folder: Path) -> None:
    migrate(database_url)
    engine = engine_for(database_url)

    assert load_knowledge(engine, folder)
    assert not load_knowledge(engine, folder)
    offer = folder / "offers" / "wbso.yml"
    offer.write_text(offer.read_text().replace("name: WBSO", "name: WBSO-regeling"))
    assert load_knowledge(engine, folder)
    assert KnowledgeStore(engine).current().offers["wbso"].name == "WBSO-regeling"


def test_a_running_store_sees_a_change_without_a_restart(database_url: str, folder: Path) -> None:
    migrate(database_url)
    engine = engine_for(database_url)
    load_knowledge(engine, folder)
    store = KnowledgeStore(engine)
    first = store.current()
    assert store.current() is first

    offer = folder / "offers" / "wbso.yml"
    offer.write_text(offer.read_text().replace("name: WBSO", "name: WBSO-regeling"))
    load_knowledge(engine, folder)

    assert store.current().offers["wbso"].name == "WBSO-regeling"


def test_wrong_files_leave_the_database_as_it_was(database_url: str, folder: Path) -> None:
    migrate(database_url)
    engine = engine_for(database_url)
    load_knowledge(engine, folder)
    (folder / "offers" / "wbso.yml").write_text("id: wbso\n")

    with pytest.raises(KnowledgeError):
        load_knowledge(engine, folder)

    assert KnowledgeStore(engine).current().offers["wbso"].name == "WBSO"


def test_knowledge_of_another_version_says_how_to_renew_it(database_url: str, folder: Path) -> None:
    migrate(database_url)
    engine = engine_for(database_url)
    load_knowledge(engine, folder)
    with transaction(engine) as connection:
        of_themes = update(KnowledgeRecord).where(KnowledgeRecord.kind == "theme")
        connection.execute(of_themes.values(record={"id": "financiering", "colour": "green"}))

    with pytest.raises(KnowledgeError, match="wegwijzer knowledge load"):
        KnowledgeStore(engine).current()


def test_an_empty_database_says_how_to_fill_it(database_url: str) -> None:
    migrate(database_url)

    with pytest.raises(KnowledgeError, match="wegwijzer knowledge load"):
        KnowledgeStore(engine_for(database_url)).current()
