"""A whole installation with PostgreSQL for the gateway and for the engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import System, make_settings, start_processes
from tests.conversations.talk import Visitor
from wegwijzer.database import engine_for, migrate
from wegwijzer.knowledge.store import load_knowledge


@pytest.fixture
def system(postgresql_url: str, tmp_path: Path) -> Iterator[System]:
    """Every process, with one database for all of them; its address as an operator writes it."""
    url = postgresql_url.replace("postgresql+psycopg://", "postgresql://")
    settings = make_settings(tmp_path, database_url=url, tracker_url=url)
    migrate(url)
    load_knowledge(engine_for(url), settings.knowledge_folder)
    started = start_processes(System(settings, tmp_path))
    yield started
    started.stop()
    engine_for(url).dispose()


def test_a_conversation_is_had_and_erased_in_postgresql(system: System) -> None:
    with Visitor(system.settings.web_url) as visitor:
        offers = visitor.say("welke leningen zijn er voor een nieuwe bestelbus").offers
        told = visitor.say("vertel meer over de tweede").offers

        erased = visitor.client.delete(f"{system.settings.web_url}/v1/session").raise_for_status().json()["erased"]

    assert [offer["id"] for offer in told] == [offers[1]["id"]]
    assert erased["turns"] == 3
    assert erased["engine_events"] > 0
