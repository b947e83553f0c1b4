"""A file that keeps the vectors of training texts, so that a second training encodes only what is new.

Only training texts come here: what visitors type is encoded and forgotten.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Callable, List

import numpy as np

Encode = Callable[[List[str]], np.ndarray]


class VectorCache:
    """Vectors by text in one SQLite file; vectors of another encoder never match."""

    def __init__(self, path: Path, encoder_name: str) -> None:
        """`encoder_name` names the model and its version, and is part of every key."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._encoder_name = encoder_name
        self._connection = sqlite3.connect(path)
        self._connection.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL)")

    def vectors(self, texts: List[str], encode: Encode) -> np.ndarray:
        """The vectors of `texts`, shape (len(texts), width); `encode` is called for unknown texts only."""
        keys = [self._key(text) for text in texts]
        known = self._read(keys)
        unknown = sorted({text for text, key in zip(texts, keys, strict=True) if key not in known})
        if unknown:
            fresh = encode(unknown)
            self._write([self._key(text) for text in unknown], fresh)
            known.update(zip((self._key(text) for text in unknown), fresh, strict=True))
        return np.stack([known[key] for key in keys])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._encoder_name}\n{text}".encode()).hexdigest()

    def _read(self, keys: List[str]) -> dict[str, np.ndarray]:
        found = {}
        for key in set(keys):
            row = self._connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row:
                found[key] = np.frombuffer(row[0], dtype=np.float32)
        return found

    def _write(self, keys: List[str], vectors: np.ndarray) -> None:
        rows = [(key, vector.astype(np.float32).tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
