"""The report of an assessment: kept on request, read and erased by whoever has its link."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from wegwijzer.advice.cards import day_in_words
from wegwijzer.web.access import Visitor, allow_anyone
from wegwijzer.web.pages import SECRET_PAGE, TEMPLATES
from wegwijzer.web.requests import KeepReport
from wegwijzer.web.services import FromApp

router = APIRouter()
ERASED = {
    "title": "Je rapport is gewist",
    "text": "Niemand kan het nog lezen. In de chat kun je altijd een nieuwe bedrijfscheck doen.",
}
GONE = {
    "title": "Dit rapport is er niet",
    "text": "Misschien klopt de link niet helemaal, is het rapport gewist of zijn de 30 dagen voorbij. In de chat "
    "kun je een nieuwe bedrijfscheck doen.",
}
Token = Annotated[str, Path(max_length=64)]


@router.post("/v1/reports", status_code=201)
async def keep_report(body: KeepReport, visitor: Visitor, services: FromApp) -> dict[str, str]:
    """Keep the result in a message: the address of its page, and the last day on which it can be read."""
    token, expires_on = await asyncio.to_thread(services.reports.keep, visitor.id, body.message)
    return {"address": f"/rapport/{token}", "expires_on": expires_on.isoformat()}


@router.get("/rapport/{token}", dependencies=[Depends(allow_anyone)])
async def show_report(request: Request, token: Token, services: FromApp) -> Response:
    """The page of a report, made to be printed."""
    report = await asyncio.to_thread(services.reports.read, token)
    if report is None:
        return _page(request, "said.html", 404, **GONE)
    return _page(request, "report.html", 200, report=report, token=token)


@router.post("/rapport/{token}/wis", dependencies=[Depends(allow_anyone)])
async def erase_report(request: Request, token: Token, services: FromApp) -> Response:
    """Erase a report. Whoever has its link may."""
    erased = await asyncio.to_thread(services.reports.erase, token)
    return _page(request, "said.html", 200, **ERASED) if erased else _page(request, "said.html", 404, **GONE)


def _page(request: Request, name: str, status: int, **values: object) -> Response:
    return TEMPLATES.TemplateResponse(request, name, values, status_code=status, headers=SECRET_PAGE)


TEMPLATES.env.filters["day"] = day_in_words
