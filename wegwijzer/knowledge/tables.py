"""The tables of the knowledge: one row per record, and the fingerprint of the files they came from."""

from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wegwijzer.database import Base


class KnowledgeVersion(Base):
    """One row: which state of the files the records are of."""

    __tablename__ = "knowledge_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    checksum: Mapped[str] = mapped_column(String(64))


class KnowledgeRecord(Base):
    """A record as its file states it; `position` keeps the order that people wrote."""

    __tablename__ = "knowledge_records"

    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    position: Mapped[int]
    record: Mapped[dict[str, Any]] = mapped_column(JSON)


class SentenceVector(Base):
    """The sentence vector of a text: half-precision floats, little-endian; `fingerprint` is of the text encoded.

    `kind` is what the text tells of: an `offer`, or an `answer` of the assessment.
    """

    __tablename__ = "sentence_vectors"

    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
