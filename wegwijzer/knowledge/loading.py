"""Brings a database up to date with the knowledge files: its tables, the records, and what sentences are like them."""

from sqlalchemy import Engine

from wegwijzer.database import engine_for, migrate
from wegwijzer.knowledge.asking import ways_to_ask
from wegwijzer.knowledge.likeness import ANSWER, OFFER, Encode, encode, load_vectors, texts_of_answers, texts_of_offers
from wegwijzer.knowledge.store import KnowledgeStore, load_knowledge
from wegwijzer.settings import Settings


def bring_up_to_date(settings: Settings, encode: Encode = encode) -> tuple[Engine, bool]:
    """The engine of the database of `settings`, and whether its knowledge had to change.

    Raises KnowledgeError when the files are wrong; the database then keeps what it had.
    """
    migrate(settings.database_url)
    engine = engine_for(settings.database_url)
    changed = load_knowledge(engine, settings.knowledge_folder)
    knowledge = KnowledgeStore(engine).current()
    load_vectors(engine, OFFER, texts_of_offers(ways_to_ask(knowledge)), encode)
    load_vectors(engine, ANSWER, texts_of_answers(knowledge.assessment), encode)
    return engine, changed
