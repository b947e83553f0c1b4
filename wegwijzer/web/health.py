"""Whether the process lives, and whether all that it needs answers."""

import asyncio

import httpx
from fastapi import APIRouter, Depends

from wegwijzer.errors import WegwijzerError
from wegwijzer.web.access import allow_anyone
from wegwijzer.web.services import FromApp, Services

router = APIRouter(dependencies=[Depends(allow_anyone)])
SECONDS_TO_ANSWER = 3.0


class NotReadyError(WegwijzerError):
    """Parts that an answer needs do not answer themselves; the text names them."""


@router.get("/healthz")
async def is_alive() -> dict[str, str]:
    """200 as long as the process runs."""
    return {"status": "ok"}


@router.get("/readyz")
async def is_ready(services: FromApp) -> dict[str, str]:
    """200 only when engine, actions and database answer."""
    settings = services.settings
    checks = {
        "engine": _answers(services, f"{settings.engine_url}/"),
        "actions": _answers(services, f"{settings.actions_url}/health"),
        "database": _reads(services),
    }
    results = dict(zip(checks, await asyncio.gather(*checks.values()), strict=True))
    missing = [name for name, answered in results.items() if not answered]
    if missing:
        raise NotReadyError(", ".join(missing))
    return {"status": "ready"}


async def _answers(services: Services, address: str) -> bool:
    try:
        answer = await services.loopback.get(address, timeout=SECONDS_TO_ANSWER)
        return answer.status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


async def _reads(services: Services) -> bool:
    try:
        await asyncio.to_thread(services.store.check)
    except WegwijzerError:
        return False
    return True
