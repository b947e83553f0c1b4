"""The REST channel of Rasa, mended where it leaves the gateway waiting."""

from __future__ import annotations

from asyncio import Queue
from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import QueueOutputChannel, RestInput


class GatewayChannel(RestInput):
    """Answers a turn as a stream of JSON lines, and ends the stream even when the turn fails."""

    @classmethod
    def name(cls) -> Text:
        """The channel keeps Rasa's path `/webhooks/rest/webhook`."""
        return "rest"

    @staticmethod
    async def on_message_wrapper(
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
        text: Text,
        queue: Queue,
        sender_id: Text,
        input_channel: Text,
        metadata: Optional[Dict[Text, Any]],
    ) -> None:
        """Handle one message; whatever happens the queue ends with DONE.

        Rasa's own version puts DONE only after success, so that an exception leaves the client waiting
        until its time limit. Here the stream ends at once and the gateway says that something failed.
        """
        message = UserMessage(
            text, QueueOutputChannel(queue), sender_id, input_channel=input_channel, metadata=metadata
        )
        try:
            await on_new_message(message)
        finally:
            await queue.put("DONE")
