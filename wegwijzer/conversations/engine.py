"""The engine as the gateway speaks with it: one question in, the messages of the answer out."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError

from wegwijzer.errors import WegwijzerError

# A trained classifier answers within a second; connecting on loopback takes no time at all.
CONNECT_SECONDS = 2.0


class EngineError(WegwijzerError):
    """The engine is away, failed, or was silent for too long; the turn ends with an apology."""


class _Choice(BaseModel):
    title: str
    payload: str


class _Said(BaseModel):
    text: str | None = None
    buttons: list[_Choice] = []
    blocks: list[dict[str, Any]] = []


class _Line(_Said):
    custom: _Said | None = None


class EngineClient:
    """Asks the engine over its REST channel, as a stream: that survives a visitor who leaves."""

    def __init__(self, client: httpx.AsyncClient, url: str, silence_seconds: float) -> None:
        self._client = client
        self._webhook = f"{url}/webhooks/rest/webhook?stream=true"
        self._timeout = httpx.Timeout(silence_seconds, connect=CONNECT_SECONDS)

    async def ask(self, sender: str, message: str) -> AsyncIterator[dict[str, Any]]:
        """The answer to `message` in the conversation `sender`, line by line as the engine gives it.

        Raises EngineError when the engine does not answer, answers wrongly or falls silent.
        """
        body = {"sender": sender, "message": message}
        try:
            async with self._client.stream("POST", self._webhook, json=body, timeout=self._timeout) as answer:
                answer.raise_for_status()
                async for line in answer.aiter_lines():
                    if line.strip():
                        yield _Line.model_validate_json(line).model_dump(exclude_unset=True)
        except (httpx.HTTPError, ValidationError) as error:
            raise EngineError(f"the engine did not answer ({type(error).__name__})") from None
