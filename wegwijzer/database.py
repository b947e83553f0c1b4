"""The database: one engine per URL, short transactions, and the migrations that make the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError
from sqlalchemy.orm import DeclarativeBase

from wegwijzer.errors import DatabaseUnavailableError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_WAIT_SECONDS = 5


class Base(DeclarativeBase):
    """Base of every table that is ours; Rasa's tracker tables are not."""


@cache
def engine_for(url: str) -> Engine:
    """The one SQLAlchemy engine of this process for `url`; its errors never quote the values of a statement.

    Raises DatabaseUnavailableError when the folder of a SQLite file cannot be made.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:":
        _make_folder(Path(parsed.database).parent)
    engine = create_engine(parsed, connect_args={"timeout": LOCK_WAIT_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailableError(f"the folder of the database cannot be made: {error}") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Write-ahead logging lets readers go on while a turn is being written.
    connection.execute("PRAGMA journal_mode=WAL")
    # With such a log this is safe against crashes of the program; only a power cut can lose the last moments.
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    # What is deleted is overwritten; some builds of SQLite only mark its place as free.
    connection.execute("PRAGMA secure_delete=ON")


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection that commits at the end of the block, or rolls back when the block raises.

    Raises DatabaseUnavailableError when the database is locked or does not answer.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except (OperationalError, InterfaceError, TimeoutError) as error:
        raise DatabaseUnavailableError("the database is locked or does not answer") from error


def empty_log(engine: Engine) -> None:
    """Move all changes from SQLite's log into its file: the log holds what was written and deleted since.

    Raises DatabaseUnavailableError. While somebody reads, the log is left as it is.
    """
    if engine.dialect.name == "sqlite":
        with transaction(engine) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def migrate(url: str) -> None:
    """Bring the tables of the database at `url` to the newest version.

    Raises DatabaseUnavailableError, also when what is there is no database.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine_for(url)
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:
        address = make_url(url).render_as_string(hide_password=True)
        raise DatabaseUnavailableError(f"the database at {address} cannot be used: {error.orig}") from error
