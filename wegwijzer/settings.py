"""Every environment variable that Wegwijzer reads, in one place, typed and checked at the start.

Each field `name` is the variable `WEGWIJZER_NAME`; `docs/manual/settings.md` describes them all
and a test keeps the two equal.
"""

import base64
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from wegwijzer.errors import WegwijzerError

KEY_BYTES = 32
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


def _of_keys(text: str) -> str:
    for number, key in enumerate(text.split(","), start=1):
        try:
            fits = len(base64.b64decode(key.strip(), altchars=b"-_", validate=True)) == KEY_BYTES
        except ValueError:
            fits = False
        if not fits:
            raise ValueError(f"key {number} is not {KEY_BYTES} bytes in URL-safe base64")
    return text


DatabaseUrl = Annotated[str, AfterValidator(_of_a_database)]
Keys = Annotated[str, AfterValidator(_of_keys)]


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

    contact_keys: Keys | None = Field(None, repr=False)
    answer_keys: Keys | None = Field(None, repr=False)
    keys_folder: Path = PROJECT / "var"
    public_url: str | None = Field(None, pattern=r"^https?://[^/]+$")
    answer_days: int = Field(60, ge=1)
    handover_contact_days: int = Field(30, ge=1)
    handover_days: int = Field(180, ge=1)
    partner_private_addresses: bool | None = None
    sandbox_port: int = Field(8090, ge=1, le=65535)
    delivery_workers: int = Field(2, ge=1, le=32)
    delivery_timeout_seconds: float = Field(15, gt=0)
    delivery_pause_seconds: float = Field(60, gt=0)
    delivery_longest_pause_seconds: float = Field(43_200, gt=0)
    smtp_host: str | None = None
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls"] = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = Field(None, repr=False)
    mail_from: str | None = Field(None, pattern=r"^[^@\s<>]+@[^@\s<>]+$")

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

    @property
    def public_address(self) -> str:
        """Address of the web process as people outside see it."""
        return self.public_url or self.web_url

    @property
    def sandbox_url(self) -> str:
        """Address of the partner for the demo; it never leaves the loopback interface."""
        return f"http://127.0.0.1:{self.sandbox_port}/"

    @property
    def calls_private_addresses(self) -> bool:
        """Whether partners may be on this machine or in its network; by itself only in a demo."""
        return self.demo if self.partner_private_addresses is None else self.partner_private_addresses


@cache
def get_settings() -> Settings:
    """The settings of this process, read from the environment once. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"WEGWIJZER_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        raise SettingsError("\n".join(faults)) from None
