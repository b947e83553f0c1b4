"""Every environment variable that Wegwijzer reads, in one place, typed and checked at the start.

Each field `name` is the variable `WEGWIJZER_NAME`; `docs/manual/settings.md` describes them all
and a test keeps the two equal.
"""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from wegwijzer.errors import WegwijzerError

PROJECT = Path(__file__).resolve().parent.parent


class SettingsError(WegwijzerError):
    """Settings are wrong; the message names every such variable and what is wrong with it, not its value."""


def _of_a_database(url: str) -> str:
    try:
        known = make_url(url).get_backend_name() in {"sqlite", "postgresql"}
    except ArgumentError:
        known = False
    if not known:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


DatabaseUrl = Annotated[str, AfterValidator(_of_a_database)]


class Settings(BaseSettings):
    """The settings of one process; a wrong value stops the start with a sentence about it."""

    model_config = SettingsConfigDict(env_prefix="WEGWIJZER_", env_file=None, frozen=True)

    database_url: DatabaseUrl = f"sqlite:///{PROJECT / 'var' / 'wegwijzer.sqlite3'}"
    tracker_url: DatabaseUrl = f"sqlite:///{PROJECT / 'var' / 'tracker.sqlite3'}"
    knowledge_folder: Path = PROJECT / "knowledge"
    sites_file: Path = PROJECT / "knowledge" / "sites.yml"

    today: date | None = None
    demo: bool = True
    web_host: str = "127.0.0.1"
    web_port: int = Field(8080, ge=1, le=65535)
    engine_port: int = Field(5005, ge=1, le=65535)
    actions_port: int = Field(5055, ge=1, le=65535)

    engine_timeout_seconds: float = Field(20, gt=0)
    session_minutes: int = Field(60, ge=1)
    history_days: int = Field(30, ge=1)
    requests_per_minute: int = Field(30, ge=1)
    requests_per_minute_per_address: int = Field(120, ge=1)
    sessions_per_hour_per_address: int = Field(60, ge=1)
    log_format: Literal["console", "json"] = "console"

    def current_day(self) -> date:
        """The day that decides what is open and what is stale: today, or the day that was set."""
        return self.today or datetime.now(UTC).astimezone().date()

    @property
    def engine_url(self) -> str:
        """Address of the engine; it never leaves the loopback interface."""
        return f"http://127.0.0.1:{self.engine_port}"

    @property
    def actions_url(self) -> str:
        """Address of the action server; it never leaves the loopback interface."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def web_url(self) -> str:
        """Address of the web process as a browser on this machine sees it."""
        return f"http://{self.web_host}:{self.web_port}"


@cache
def get_settings() -> Settings:
    """The settings of this process, read from the environment once. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"WEGWIJZER_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        raise SettingsError("\n".join(faults)) from None
