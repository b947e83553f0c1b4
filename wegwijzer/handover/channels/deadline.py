"""A time after which a connection is cut, however slowly the other side trickles.

A time-out of a socket counts from one byte to the next: a peer that sends one every few seconds never meets it.
"""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Self, TypeVar

Result = TypeVar("Result")


class Deadline:
    """Cuts the connections that it watches when `seconds` are over; used as a block around them."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._ends = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection too; raises TimeoutError when the time is over already."""
        with self._lock:
            if self.passed:
                raise TimeoutError("the time is over")
            # A handle of its own: TLS takes over the one that it is given.
            self._sockets.append(connection.dup())

    def wait_for(self, call: Callable[[], Result]) -> Result:
        """What `call` gives; raises what it raises, and TimeoutError when it is not ready in time.

        For what no socket can cut, as looking up a name: it is left to end by itself.
        """
        outcome: Future[Result] = Future()

        def run() -> None:
            try:
                outcome.set_result(call())
            except Exception as error:
                outcome.set_exception(error)

        # No pool: a pool would wait for it when the program ends.
        threading.Thread(target=run, daemon=True).start()
        return outcome.result(timeout=max(0.0, self._ends - time.monotonic()))

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for watched in self._sockets:
                watched.close()
            self._sockets.clear()

    def _cut(self) -> None:
        with self._lock:
            self.passed = True
            for watched in self._sockets:
                try:
                    watched.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it ended by itself
