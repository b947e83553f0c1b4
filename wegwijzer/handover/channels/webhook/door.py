"""The one door for requests to partners: only to addresses that were checked, never further, never for long.

The name is looked up once for a connection, and the connection goes to the addresses that were checked: a name that
means another address a moment later gets nowhere. Certificates are still held against the name.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from wegwijzer.handover.channels.channel import NotDeliveredError
from wegwijzer.handover.channels.deadline import Deadline
from wegwijzer.handover.channels.webhook.addresses import Resolve, checked, resolve

LARGEST_ANSWER = 4096
CONNECT_SECONDS = 5.0
Connect = Callable[[str, int, bool], socket.socket]


@dataclass(frozen=True)
class Answer:
    """What a partner answered: its status, and how long it wants to be left alone, as it was written."""

    status: int
    retry_after: str | None


@dataclass(frozen=True)
class Door:
    """Posts to partners, for at most `seconds` each; `authorities` is a file of certificates other than the usual."""

    seconds: float
    private_allowed: bool
    resolve: Resolve = resolve
    authorities: str | None = None

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        """The answer to a request; a redirect is an answer like any other.

        Raises NotDeliveredError when the address may not be called or there is no whole answer in time.
        """
        with Deadline(self.seconds) as deadline, self._session(deadline) as session:
            try:
                with session.post(
                    url, data=body, headers=headers, timeout=self.seconds, stream=True, allow_redirects=False
                ) as response:
                    _read(response, deadline)
                    return Answer(response.status_code, response.headers.get("Retry-After"))
            except (OSError, HTTPError) as error:
                late = deadline.passed or isinstance(error, (TimeoutError, requests.Timeout, ReadTimeoutError))
                what = "it took too long" if late else type(error).__name__
                raise NotDeliveredError(f"no answer: {what}") from error

    def _session(self, deadline: Deadline) -> requests.Session:
        session = requests.Session()
        # Neither proxies nor passwords from the environment: a proxy would look up the name again.
        session.trust_env = False
        session.verify = self.authorities or True
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Adapter(lambda *place: self._connect(deadline, *place)))
        return session

    def _connect(self, deadline: Deadline, host: str, port: int, secure: bool) -> socket.socket:
        trouble: OSError | None = None
        places = deadline.wait_for(lambda: self.resolve(host, port))
        for family, place in checked(places, secure, self.private_allowed):
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                deadline.watch(connection)
                connection.settimeout(min(CONNECT_SECONDS, self.seconds))
                connection.connect(place)
            except OSError as error:
                connection.close()
                trouble = error
            else:
                connection.settimeout(self.seconds)
                return connection
        raise trouble or OSError("the partner has no address")


def _read(response: requests.Response, deadline: Deadline) -> None:
    """Read the answer to its end, or as far as anybody reads: what is cut off may have gone wrong at the other side."""
    left = LARGEST_ANSWER
    while left and (part := response.raw.read(left, decode_content=False)):
        left -= len(part)
    # Where the length is not told, an answer that was cut looks like one that ended.
    if deadline.passed:
        raise TimeoutError("the time is over")


class _Adapter(HTTPAdapter):
    """Connects as `connect` does and not by itself."""

    def __init__(self, connect: Connect) -> None:
        self._pools = _pools(connect)
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools


def _pools(connect: Connect) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or 80, False)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or 443, True)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
