"""Runs the web process: `python -m wegwijzer.web`."""

import sys

import uvicorn

from wegwijzer import logs
from wegwijzer.errors import WegwijzerError
from wegwijzer.settings import get_settings
from wegwijzer.web.app import create_app

# Longer than the longest silence that the engine is allowed, so that a turn is finished before the end.
SECONDS_TO_FINISH = 25


def main() -> None:
    """Serve until told to stop."""
    try:
        settings = get_settings()
        logs.configure(settings.log_format)
        app = create_app(settings)
    except WegwijzerError as error:
        sys.exit(str(error))
    uvicorn.run(
        app,
        host=settings.web_host,
        port=settings.web_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


if __name__ == "__main__":
    main()
