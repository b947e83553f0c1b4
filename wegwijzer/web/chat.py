"""The conversation over HTTP: the public contract that the widget speaks (docs/manual/api.md)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from wegwijzer.conversations.turns import RunningTurn
from wegwijzer.web.access import Visitor, require_site
from wegwijzer.web.requests import GiveFeedback, SendMessage, StartSession
from wegwijzer.web.services import FromApp

router = APIRouter(prefix="/v1")


@router.post("/session", status_code=201)
async def start_session(
    body: StartSession, services: FromApp, origin: Annotated[str, Depends(require_site)]
) -> dict[str, Any]:
    """A new conversation: its token, which is told once, and the first messages."""
    token, messages = await asyncio.to_thread(services.store.start, body.partner, origin, services.greet())
    return {"token": token, "messages": messages}


@router.delete("/session")
async def erase_session(visitor: Visitor, services: FromApp) -> dict[str, Any]:
    """Erase the conversation; a receipt of what went, counted per store."""
    return {"erased": await asyncio.to_thread(services.erasure.erase, visitor.id)}


async def take_turn(body: SendMessage, visitor: Visitor, services: FromApp) -> RunningTurn:
    """The turn of this request; begun here, so that a refusal is still an ordinary error."""
    return await services.turns.take(visitor.id, body.cid, body.question())


@router.post("/messages", response_class=EventSourceResponse)
async def send_message(turn: Annotated[RunningTurn, Depends(take_turn)]) -> AsyncIterator[ServerSentEvent]:
    """The messages of the answer as they come; `done` at the end, unless the answer could not be stored."""
    async for message in turn.follow():
        # It is JSON data already; the framework would walk through it to make sure of that.
        yield ServerSentEvent(id=str(message["id"]), raw_data=json.dumps(message, ensure_ascii=False))
    if turn.complete:
        yield ServerSentEvent(event="done", raw_data="{}")


@router.get("/messages")
async def read_messages(
    visitor: Visitor, services: FromApp, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> dict[str, Any]:
    """What was said after message `after`, and the cid of the turn that is being answered."""
    messages, pending = await asyncio.to_thread(services.store.history, visitor.id, after)
    return {"messages": messages, "pending": pending}


@router.post("/feedback", status_code=204)
async def give_feedback(body: GiveFeedback, visitor: Visitor, services: FromApp) -> Response:
    """Keep what the visitor thinks of a message; a second opinion replaces the first."""
    await asyncio.to_thread(services.store.rate, visitor.id, body.id, body.helpful, body.redacted_reason())
    return Response(status_code=204)
