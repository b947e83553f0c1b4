"""Knowledge in the database: loaded from the files when they changed, read back as one snapshot."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, Engine, delete, insert, select

from wegwijzer.database import transaction
from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.assessment import Assessment
from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.files import KnowledgeFiles, checksum, read_knowledge
from wegwijzer.knowledge.records import (
    Municipality,
    Offer,
    Organisation,
    OutOfScope,
    Record,
    Theme,
    Vocabulary,
)
from wegwijzer.knowledge.sentences import Sentences
from wegwijzer.knowledge.tables import KnowledgeRecord, KnowledgeVersion

ONLY_ROW = 1
CHECKSUM = select(KnowledgeVersion.checksum)
"""Every answer asks for it, so it is made once."""
R = TypeVar("R", bound=Record)


def load_knowledge(engine: Engine, folder: Path) -> bool:
    """Bring the database up to date with the files below `folder`; True when something was written.

    Raises KnowledgeError when the files are wrong; the database then keeps what it had.
    """
    fingerprint = checksum(folder)
    if fingerprint == _stored_checksum(engine):
        return False
    files = read_knowledge(folder)
    with transaction(engine) as connection:
        connection.execute(delete(KnowledgeRecord))
        connection.execute(insert(KnowledgeRecord), list(_rows(files)))
        connection.execute(delete(KnowledgeVersion))
        connection.execute(insert(KnowledgeVersion).values(id=ONLY_ROW, checksum=fingerprint))
    return True


class KnowledgeStore:
    """Hands out the newest snapshot of the knowledge, reading it again only when it changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._snapshot: Knowledge | None = None
        self._checksum: str | None = None

    def current(self) -> Knowledge:
        """The knowledge as the database has it now.

        Raises KnowledgeError when nothing was loaded yet or by another version of this program,
        DatabaseUnavailableError when it is locked.
        """
        newest = _stored_checksum(self._engine)
        if newest is None:
            raise KnowledgeError("The database holds no knowledge yet: run `wegwijzer knowledge load`.")
        if self._snapshot is None or newest != self._checksum:
            with transaction(self._engine) as connection:
                self._snapshot = _read(connection)
            self._checksum = newest
        return self._snapshot


def _stored_checksum(engine: Engine) -> str | None:
    with transaction(engine) as connection:
        return connection.scalar(CHECKSUM)


def _rows(files: KnowledgeFiles) -> Iterable[dict[str, Any]]:
    yield from _rows_of("offer", files.offers)
    yield from _rows_of("organisation", files.organisations)
    yield from _rows_of("municipality", files.municipalities)
    yield from _rows_of("theme", files.themes)
    yield _row("out_of_scope", "all", 0, files.out_of_scope)
    yield _row("vocabulary", "all", 0, files.vocabulary)
    yield _row("sentences", "all", 0, files.sentences)
    yield _row("assessment", "all", 0, files.assessment)


def _rows_of(kind: str, records: Iterable[Offer | Organisation | Municipality | Theme]) -> Iterable[dict[str, Any]]:
    for position, record in enumerate(records):
        yield _row(kind, record.id, position, record)


def _row(kind: str, identifier: str, position: int, record: BaseModel) -> dict[str, Any]:
    return {"kind": kind, "id": identifier, "position": position, "record": record.model_dump(mode="json")}


def _read(connection: Connection) -> Knowledge:
    return Knowledge(
        offers=_records(connection, "offer", Offer),
        organisations=_records(connection, "organisation", Organisation),
        municipalities=_records(connection, "municipality", Municipality),
        themes=_records(connection, "theme", Theme),
        out_of_scope=_records(connection, "out_of_scope", OutOfScope)[0],
        vocabulary=_records(connection, "vocabulary", Vocabulary)[0],
        sentences=_records(connection, "sentences", Sentences)[0],
        assessment=_records(connection, "assessment", Assessment)[0],
    )


def _records(connection: Connection, kind: str, model: type[R]) -> tuple[R, ...]:
    records = connection.scalars(
        select(KnowledgeRecord.record).where(KnowledgeRecord.kind == kind).order_by(KnowledgeRecord.position)
    )
    try:
        return tuple(model.model_validate(record) for record in records)
    except ValidationError:
        raise KnowledgeError(
            "The knowledge in the database is of another version: run `wegwijzer knowledge load`."
        ) from None
