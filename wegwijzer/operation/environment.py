"""What the other processes need in their environment, made from our own settings."""

import os

from wegwijzer.settings import PROJECT, Settings

ENGINE_PYTHON = PROJECT / "bot" / ".venv" / "bin" / "python"
MODEL = PROJECT / "bot" / "models" / "wegwijzer.tar.gz"
SPINS = "1000"
"""How often a thread of the encoder looks for work before it sleeps (GOMP_SPINCOUNT, a setting of GNU's OpenMP).

By its default a thread waits with a busy core. When another process wants that core, one text takes 1.4 seconds instead
of 0.03: the threads wait for each other by turns.
"""
# Of two threads a product as small as those of a question gets no faster, and the other processes have to wait.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


def engine_environment(settings: Settings) -> dict[str, str]:
    """The environment of the engine: addresses, no telemetry, quiet libraries."""
    return {
        **os.environ,
        "WEGWIJZER_ACTIONS_URL": settings.actions_url,
        "WEGWIJZER_TRACKER_URL": settings.tracker_url,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        "GOMP_SPINCOUNT": SPINS,
    }


def serving_environment(settings: Settings) -> dict[str, str]:
    """The environment of an engine that answers one question at a time, beside three other processes."""
    return {
        **engine_environment(settings),
        **ONE_THREAD,
    }


def actions_environment(settings: Settings) -> dict[str, str]:
    """The environment of the action server, which would listen on every interface without it."""
    return {
        **os.environ,
        "WEGWIJZER_DATABASE_URL": settings.database_url,
        "WEGWIJZER_KEYS_FOLDER": str(settings.keys_folder),
        "SANIC_HOST": "127.0.0.1",
        # It wonders at every start whether it fits the engine; that it does is what the conversations test.
        "PYTHONWARNINGS": "ignore:Your versions of rasa and rasa_sdk",
        "PYTHONUNBUFFERED": "1",
        **ONE_THREAD,
    }
