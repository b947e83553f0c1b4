"""A time after which a connection is cut, however slowly the other side trickles.

A time-out of a socket counts from one byte to the next: a peer that sends one every few seconds never meets it.
"""

import socket
import threading
from types import TracebackType
from typing import Self


class Deadline:
    """Cuts the connections that it watches when `seconds` are over; used as a block around them."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
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
