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
    sandbox = [sandbox_service(settings)] if settings.demo else []
    return [
        actions_service(settings),
        engine_service(settings),
        web_service(settings),
        deliver_service(settings),
        *sandbox,
    ]


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


def deliver_service(settings: Settings) -> Service:
    """The workers that send requests to partners; visitors need not wait until they run."""
    return Service("deliver", _own_command("deliver"), {**os.environ, "PYTHONUNBUFFERED": "1"}, None, "yellow")


def sandbox_service(settings: Settings) -> Service:
    """The partner for the demo, which prints what it gets."""
    health = f"{settings.sandbox_url}healthz"
    return Service("partner", _own_command("partner-sandbox"), {**os.environ, "PYTHONUNBUFFERED": "1"}, health, "green")


def _own_command(name: str) -> list[str]:
    return [sys.executable, "-m", "wegwijzer.cli", name]


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
