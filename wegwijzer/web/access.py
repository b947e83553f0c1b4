"""Who may use a route. Every route names one of these guards; a test fails for a route that names none."""

import asyncio
from typing import Annotated

from fastapi import Depends, Header, Request

from wegwijzer.conversations.store import Conversation, SessionExpiredError
from wegwijzer.errors import WegwijzerError
from wegwijzer.web.requests import StartSession
from wegwijzer.web.services import FromApp, Services

BEARER = "bearer "


class ForeignOriginError(WegwijzerError):
    """The request comes from a page that is not one of a partner."""


async def allow_anyone() -> None:
    """For pages and health: nothing of a visitor is in them."""


async def require_site(request: Request, body: StartSession, services: FromApp) -> str:
    """For a new conversation: the origin of the page, which must be the partner's. Raises ForeignOriginError."""
    services.limits.count("session", _address(request))
    origin = request.headers.get("origin")
    if origin is None or not services.sites.allows(body.partner, origin):
        raise ForeignOriginError("the origin is not that of the partner's site")
    return origin


async def require_visitor(
    request: Request, services: FromApp, authorization: Annotated[str | None, Header()] = None
) -> Conversation:
    """For everything in a conversation: whose it is, by the token in the Authorization header.

    Raises SessionExpiredError, ForeignOriginError (another page than the one it was started on) and
    TooManyRequestsError.
    """
    services.limits.count("address", _address(request))
    conversation = await _conversation(services, authorization or "")
    # A browser leaves the origin out when it reads from the page's own server; the token decides then.
    if request.headers.get("origin", conversation.origin) != conversation.origin:
        raise ForeignOriginError("the conversation was started on another page")
    services.limits.count("conversation", conversation.id)
    return conversation


async def _conversation(services: Services, authorization: str) -> Conversation:
    if not authorization.lower().startswith(BEARER):
        raise SessionExpiredError("there is no token")
    return await asyncio.to_thread(services.store.enter, authorization[len(BEARER) :].strip())


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


Visitor = Annotated[Conversation, Depends(require_visitor)]
GUARDS = (allow_anyone, require_site, require_visitor)
