"""Every route names who may use it, and the check of that has been seen to fail."""

from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from fastapi.staticfiles import StaticFiles

from wegwijzer.web.access import GUARDS, allow_anyone


def unguarded(app: FastAPI) -> list[str]:
    """The paths of all routes that depend on none of the guards, however deep."""
    routes = list(iter_route_contexts(app.routes))
    assert routes
    return [str(route.path) for route in routes if not is_guarded(getattr(route, "dependant", None))]


def is_guarded(dependant: Dependant | None) -> bool:
    """Whether a guard is among what this depends on; what has no dependencies has no guard either."""
    if dependant is None:
        return False
    return dependant.call in GUARDS or any(is_guarded(deeper) for deeper in dependant.dependencies)


async def answer() -> str:
    """Of a route that is added to try the check."""
    return "anything"


def test_every_route_has_a_guard(app: FastAPI) -> None:
    assert unguarded(app) == []


def test_all_of_the_contract_is_looked_at(app: FastAPI) -> None:
    paths = {route.path for route in iter_route_contexts(app.routes)}

    assert {"/v1/session", "/v1/messages", "/v1/feedback", "/healthz", "/readyz", "/"} <= paths


def test_a_route_without_a_guard_is_seen(app: FastAPI) -> None:
    app.add_api_route("/open", answer)

    assert unguarded(app) == ["/open"]


def test_a_route_without_a_guard_in_a_router_is_seen(app: FastAPI) -> None:
    router = APIRouter(prefix="/staff")
    router.add_api_route("/open", answer)
    router.add_api_route("/guarded", answer, dependencies=[Depends(allow_anyone)])
    app.include_router(router)

    assert unguarded(app) == ["/staff/open"]


def test_a_folder_of_files_is_seen(app: FastAPI, tmp_path: Path) -> None:
    app.mount("/files", StaticFiles(directory=tmp_path))

    assert unguarded(app) == ["/files"]
