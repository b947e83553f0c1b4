"""The public process: what it is made of and how its parts are wired."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from fastapi import FastAPI

from wegwijzer.errors import DatabaseUnavailableError
from wegwijzer.settings import Settings
from wegwijzer.web import chat, errors, handovers, health, pages, reports
from wegwijzer.web.bodies import SmallBodies
from wegwijzer.web.headers import SecurityHeaders
from wegwijzer.web.services import Services

log = structlog.get_logger()
SECONDS_BETWEEN_CLEANINGS = 60


def create_app(settings: Settings) -> FastAPI:
    """The application with its own connections. Raises WegwijzerError when knowledge or sites cannot be read."""
    services = Services.from_settings(settings)
    app = FastAPI(title="Wegwijzer", openapi_url=None, lifespan=lambda _app: _running(services))
    app.state.services = services
    for router in (chat.router, reports.router, handovers.router, health.router, pages.router):
        app.include_router(router)
    errors.install(app)
    app.add_middleware(SmallBodies)
    app.add_middleware(errors.LastResort)
    app.add_middleware(
        errors.Preflights,
        allow_origins=services.sites.origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["Retry-After"],
    )
    app.add_middleware(SecurityHeaders)
    return app


@contextlib.asynccontextmanager
async def _running(services: Services) -> AsyncIterator[None]:
    await services.turns.close_interrupted()
    cleaning = asyncio.create_task(_clean(services))
    yield
    cleaning.cancel()
    await services.turns.finish()
    await services.loopback.aclose()


async def _clean(services: Services) -> None:
    """Erase what is old or was left behind, now and every minute."""
    while True:
        try:
            purged = await asyncio.to_thread(services.retention.purge)
            remains = await asyncio.to_thread(services.erasure.erase_remains)
        except DatabaseUnavailableError:
            log.warning("old conversations could not be erased")
        except Exception as error:
            # Whatever it was, the next attempt has to come: visitors were told that nothing is kept for longer.
            log.error("old conversations could not be erased", exc_info=error)
        else:
            if remains or any(purged.values()):
                log.info("erased", remains=remains, **purged)
        await asyncio.sleep(SECONDS_BETWEEN_CLEANINGS)
