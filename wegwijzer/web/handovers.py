"""Requests to partners over HTTP: drafted, sent with consent, asked after, and answered by the partner."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from wegwijzer.errors import WegwijzerError
from wegwijzer.handover.answers import LinkExpiredError, LinkInvalidError
from wegwijzer.handover.store import AnswerNotPossibleError, UnknownHandoverError
from wegwijzer.web.access import Visitor, allow_anyone
from wegwijzer.web.pages import SECRET_PAGE, TEMPLATES
from wegwijzer.web.requests import AnswerHandover, SendHandover
from wegwijzer.web.services import FromApp

router = APIRouter()
Token = Annotated[str, Path(max_length=300)]
Number = Annotated[int, Query(ge=1, le=2**31 - 1)]
THANKS = {
    "accepted": "De ondernemer ziet dat je de aanvraag oppakt. Neem binnen de beloofde tijd contact op.",
    "declined": "De ondernemer ziet dat je niet kunt helpen, en wie dat misschien wel kan.",
    "done": "De aanvraag is afgerond. De contactgegevens worden gewist.",
}
TROUBLES: dict[type[WegwijzerError], tuple[int, str, str]] = {
    LinkInvalidError: (404, "Deze link klopt niet", "Neem hem helemaal over uit de aanvraag."),
    LinkExpiredError: (410, "Deze link is te oud", "De aanvraag kan zo niet meer beantwoord worden."),
    UnknownHandoverError: (404, "Deze aanvraag is er niet meer", "De ondernemer heeft hem gewist, of hij is te oud."),
    AnswerNotPossibleError: (409, "Dit kan niet meer", "Deze aanvraag is al op een andere manier beantwoord."),
}


@router.get("/v1/handovers/draft")
async def draft_handover(message: Number, visitor: Visitor, services: FromApp) -> dict[str, Any]:
    """What a request would say, drafted in a message, with the partners that could get it and their consent text."""
    return await asyncio.to_thread(services.desk.draft, visitor.id, message)


@router.post("/v1/handovers", status_code=201)
async def send_handover(body: SendHandover, visitor: Visitor, services: FromApp) -> dict[str, Any]:
    """Queue a request for a partner; contact details go from here to the outbox and nowhere else."""
    handover, partner, message = await asyncio.to_thread(services.desk.send, visitor.id, body)
    day = partner.reply_by(handover.created_at.date())
    told = {"id": partner.id, "name": partner.name}
    return {"reference": handover.reference, "partner": told, "reply_by": day.isoformat(), "message": message}


@router.get("/v1/handovers/{reference}")
async def read_handover(
    reference: Annotated[str, Path(max_length=20)], visitor: Visitor, services: FromApp
) -> dict[str, Any]:
    """How a request of this conversation stands."""
    return await asyncio.to_thread(services.desk.state, visitor.id, reference)


@router.get("/antwoord/{token}", dependencies=[Depends(allow_anyone)])
async def show_answer(request: Request, token: Token, services: FromApp) -> Response:
    """The page behind a partner's link: it changes nothing yet, because mail filters open every link."""
    try:
        ticket, handover = await asyncio.to_thread(services.desk.opened, token)
    except tuple(TROUBLES) as error:
        return _said(request, *TROUBLES[type(error)])
    organisations = services.desk.words.organisations()
    values = {"ticket": ticket, "handover": handover, "token": token, "partners": organisations}
    return TEMPLATES.TemplateResponse(request, "answer.html", values, headers=SECRET_PAGE)


@router.post("/antwoord/{token}", dependencies=[Depends(allow_anyone)])
async def take_answer(
    request: Request, token: Token, body: Annotated[AnswerHandover, Depends(AnswerHandover.of_form)], services: FromApp
) -> Response:
    """Keep what a partner answered."""
    try:
        handover = await asyncio.to_thread(services.desk.answer, token, body)
    except tuple(TROUBLES) as error:
        return _said(request, *TROUBLES[type(error)])
    return _said(request, 200, "Bedankt voor je antwoord", THANKS[handover.state])


def _said(request: Request, status: int, title: str, text: str) -> Response:
    values = {"title": title, "text": text}
    return TEMPLATES.TemplateResponse(request, "said.html", values, status_code=status, headers=SECRET_PAGE)
