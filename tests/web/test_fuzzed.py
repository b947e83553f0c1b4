"""Whatever is sent to the public routes, the answer is in order: never an error of ours."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings

from tests.conftest import System
from tests.web.conftest import Call
from wegwijzer.web import chat, handovers, health, pages, reports

EXAMPLES = 30
SERVER_ERROR = 500


def operations() -> list[Any]:
    """Every route and method as the framework describes them; nobody is served that description."""
    app = FastAPI(title="Wegwijzer", version="1")
    for router in (chat.router, handovers.router, health.router, pages.router, reports.router):
        app.include_router(router)
    found: list[Any] = list(schemathesis.openapi.from_dict(app.openapi()).get_all_operations())
    return [pytest.param(one.ok(), id=one.ok().label) for one in found]


@pytest.mark.parametrize("operation", operations())
def test_no_request_ends_in_an_error_of_ours(operation: Any, call: Call, system: System) -> None:
    caller = call(system)
    headers = {"Authorization": f"Bearer {caller.token}", "Origin": caller.address}

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        answer = case.call(base_url=caller.address, headers=headers, timeout=60)
        assert answer.status_code < SERVER_ERROR, answer.text

    send()
