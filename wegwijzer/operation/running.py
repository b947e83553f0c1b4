"""All processes of one installation: what to start, and when they are ready."""

import asyncio
import os
import sys

from rich.console import Console

from wegwijzer.logs import ACTIONS_LOGGING
from wegwijzer.operation.environment import ENGINE_PYTHON, MODEL, actions_environment, serving_environment
from wegwijzer.operation.supervisor import Service, Supervisor
from wegwijzer.settings import PROJECT, Settings


def run_all(settings: Settings) -> int:
    """Run actions, engine and web until Ctrl-C; the exit code for the shell."""
    supervisor = Supervisor(services(settings), PROJECT, Console(highlight=False))
    ready = f"Wegwijzer is ready: open {settings.web_url}/ (Ctrl-C stops everything)"
    return asyncio.run(supervisor.run(ready))


def services(settings: Settings) -> list[Service]:
    """The processes in the order in which they need each other."""
    return [actions_service(settings), engine_service(settings), web_service(settings)]


def actions_service(settings: Settings) -> Service:
    """The action server, which answers as soon as it listens."""
    health = f"{settings.actions_url}/health"
    return Service("actions", actions_command(settings), actions_environment(settings), health, "magenta")


def engine_service(settings: Settings, *options: str) -> Service:
    """The engine, with further `options` of `rasa run`."""
    command = [*engine_command(settings), *options]
    return Service("engine", command, serving_environment(settings), f"{settings.engine_url}/", "cyan")


def web_service(settings: Settings) -> Service:
    """The one public process."""
    command = [sys.executable, "-m", "wegwijzer.web"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return Service("web", command, environment, f"{settings.web_url}/healthz", "blue")


def actions_command(settings: Settings) -> list[str]:
    """How the action server is started; its environment keeps it on the loopback interface."""
    return [
        *(sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(settings.actions_port)),
        *("--logging-config_file", str(ACTIONS_LOGGING)),
    ]


def engine_command(settings: Settings) -> list[str]:
    """How the engine is started: on the loopback interface only."""
    return [
        *(str(ENGINE_PYTHON), "-m", "bot.start", "run", "--model", str(MODEL)),
        *("--interface", "127.0.0.1", "--port", str(settings.engine_port)),
        *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
    ]
