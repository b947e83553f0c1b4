"""Knowledge in the database: loaded from the files when they changed, read back as one snapshot."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from wegwijzer.database import transaction
from wegwijzer.errors import KnowledgeError
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
R = TypeVar("R", bound=Record)


def load_knowledge(engine: Engine, folder: Path) -> bool:
    """Bring the database up to date with the files below `folder`; True when something was written.

    Raises KnowledgeError when the files are wrong; the database then keeps what it had.
    """
    fingerprint = checksum(folder)
    if fingerprint == _stored_checksum(engine):
        return False
    files = read_knowledge(folder)
    with transaction(engine) as session:
        session.execute(delete(KnowledgeRecord))
        session.add_all(_rows(files))
        session.merge(KnowledgeVersion(id=ONLY_ROW, checksum=fingerprint))
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
            with transaction(self._engine) as session:
                self._snapshot = _read(session)
            self._checksum = newest
        return self._snapshot


def _stored_checksum(engine: Engine) -> str | None:
    with transaction(engine) as session:
        version = session.get(KnowledgeVersion, ONLY_ROW)
        return version.checksum if version else None


def _rows(files: KnowledgeFiles) -> Iterable[KnowledgeRecord]:
    yield from _rows_of("offer", files.offers)
    yield from _rows_of("organisation", files.organisations)
    yield from _rows_of("municipality", files.municipalities)
    yield from _rows_of("theme", files.themes)
    yield KnowledgeRecord(kind="out_of_scope", id="all", position=0, record=_as_json(files.out_of_scope))
    yield KnowledgeRecord(kind="vocabulary", id="all", position=0, record=_as_json(files.vocabulary))
    yield KnowledgeRecord(kind="sentences", id="all", position=0, record=_as_json(files.sentences))


def _rows_of(kind: str, records: Iterable[Offer | Organisation | Municipality | Theme]) -> Iterable[KnowledgeRecord]:
    for position, record in enumerate(records):
        yield KnowledgeRecord(kind=kind, id=record.id, position=position, record=_as_json(record))


def _as_json(record: BaseModel) -> dict[str, object]:
    return record.model_dump(mode="json")


def _read(session: Session) -> Knowledge:
    return Knowledge(
        offers=_records(session, "offer", Offer),
        organisations=_records(session, "organisation", Organisation),
        municipalities=_records(session, "municipality", Municipality),
        themes=_records(session, "theme", Theme),
        out_of_scope=_records(session, "out_of_scope", OutOfScope)[0],
        vocabulary=_records(session, "vocabulary", Vocabulary)[0],
        sentences=_records(session, "sentences", Sentences)[0],
    )


def _records(session: Session, kind: str, model: type[R]) -> tuple[R, ...]:
    rows = session.scalars(
        select(KnowledgeRecord).where(KnowledgeRecord.kind == kind).order_by(KnowledgeRecord.position)
    )
    try:
        return tuple(model.model_validate(row.record) for row in rows)
    except ValidationError:
        raise KnowledgeError(
            "The knowledge in the database is of another version: run `wegwijzer knowledge load`."
        ) from None
