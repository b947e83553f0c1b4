"""Bodies of requests are small. The framework's own limit would answer in plain text, outside our headers."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 4096
# A request to a partner holds a dossier: two texts of 600 signs, each of up to four bytes, and what else is known.
LARGER = {"/v1/handovers": 16_384}


class SmallBodies:
    """Refuses a body as soon as it is too large, whatever size it says to have."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count what is read of its body."""
        read, most = 0, LARGER.get(scope.get("path", ""), LARGEST_BODY)

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)
