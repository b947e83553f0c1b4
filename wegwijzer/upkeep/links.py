"""Whether the addresses in the knowledge still answer: asked politely, told in kinds of findings.

A host gets one request at a time, with a pause before the next, also when another host redirects to it. Only headers
are read, never a page.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from operator import itemgetter
from threading import Lock
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from requests import RequestException, Response, Session, Timeout
from requests.exceptions import SSLError

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.upkeep.findings import Finding, Kind, Severity
from wegwijzer.upkeep.places import addresses

REQUESTS_AT_ONCE = 8
PAUSE_SECONDS = 1.0
SECONDS_TO_CONNECT_AND_ANSWER = (5, 15)
MOST_REDIRECTS = 5
WHO_WE_ARE = f"Wegwijzer/{version('wegwijzer')} (looks whether the links in its knowledge still work)"
FOR_GOOD = frozenset({301, 308})
# 404 as well: some servers know their pages by GET only, and what a browser would show is not gone.
REFUSES_HEAD = frozenset({403, 404, 405, 501})

GONE = Kind(
    Severity.ERROR,
    "Pages that are gone",
    "Find the page that came instead, hold the record against it, and set the address and `checked_on`.",
)
MOVED = Kind(
    Severity.WARNING,
    "Pages that moved for good",
    "Look whether the new page says the same, then set the new address; of a front page it does not.",
)
UNREACHABLE = Kind(
    Severity.WARNING, "Hosts that do not answer", "Try again on another day; when it stays so, find another source."
)
SERVER_ERROR = Kind(
    Severity.WARNING, "Pages whose server fails", "Try again on another day; when it stays so, find another source."
)
UNCHECKED = Kind(Severity.WARNING, "Pages that could not be checked", "Open the page in a browser.")


@dataclass(frozen=True)
class Heard:
    """What came of asking for an address: the status at the end, or 0 and why there is none.

    `moved_to` is where it moved for good; empty when it did not, or only for now.
    """

    status: int = 0
    moved_to: str = ""
    failure: str = ""


def kind_of(heard: Heard) -> Kind | None:
    """The kind of finding that an answer is; None when all is well."""
    if heard.failure:
        return UNREACHABLE
    if heard.status in {404, 410}:
        return GONE
    if heard.status >= 500:
        return SERVER_ERROR
    if not 200 <= heard.status < 300:
        return UNCHECKED
    return MOVED if heard.moved_to else None


def distinct(files: KnowledgeFiles) -> list[str]:
    """Every address in the knowledge once; places within a page are the page."""
    return list(dict.fromkeys(urldefrag(address).url for _, address in addresses(files)))


def findings_of(files: KnowledgeFiles, heard: Mapping[str, Heard]) -> list[Finding]:
    """What there is to look at, given what was heard of every distinct address."""
    asked = ((place, address, heard[urldefrag(address).url]) for place, address in addresses(files))
    return [Finding(kind, place, f"{address}: {_told(one)}") for place, address, one in asked if (kind := kind_of(one))]


def _told(heard: Heard) -> str:
    told = heard.failure or f"status {heard.status}"
    return f"moved to {heard.moved_to} ({told})" if heard.moved_to else told


def _pause() -> None:
    time.sleep(PAUSE_SECONDS)


def ask(asked: Iterable[str], pause: Callable[[], None] = _pause) -> Iterator[tuple[str, Heard]]:
    """Ask for each address; tell what was heard of one after the other, as the answers come.

    `pause` is called between two requests to the same host.
    """
    turns = _Turns(pause)
    pool = ThreadPoolExecutor(REQUESTS_AT_ONCE)
    try:
        waiting = {pool.submit(_ask, address, turns): address for address in _spread(asked)}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _spread(asked: Iterable[str]) -> list[str]:
    """The addresses with those of one host far apart, so that few requests wait for their turn."""
    before: Counter[str] = Counter()
    rounds: list[tuple[int, str]] = []
    for address in asked:
        rounds.append((before[_host(address)], address))
        before[_host(address)] += 1
    return [address for _, address in sorted(rounds, key=itemgetter(0))]


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


class _Turns:
    """Lets one request at a time through to each host."""

    def __init__(self, pause: Callable[[], None]) -> None:
        self._pause = pause
        self._asked: set[str] = set()
        self._locks: dict[str, Lock] = {}
        self._guard = Lock()

    @contextmanager
    def at(self, address: str) -> Iterator[None]:
        """Wait for a turn at the host of `address`, and have it."""
        host = _host(address)
        with self._guard:
            lock = self._locks.setdefault(host, Lock())
        with lock:
            if host in self._asked:
                self._pause()
            self._asked.add(host)
            yield


class _Session(Session):
    """A session that reads no pages and knows no passwords."""

    def __init__(self) -> None:
        super().__init__()
        self.headers["User-Agent"] = WHO_WE_ARE
        # Without this the password that ~/.netrc has for a host is sent there.
        self.auth = lambda request: request

    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Response]:
        """None: to prepare the next request, which we do ourselves, the whole page of a redirect would be read."""
        return iter(())


def _ask(address: str, turns: _Turns) -> Heard:
    here, moved_to, for_good = address, "", True
    with _Session() as session:
        for _ in range(MOST_REDIRECTS + 1):
            try:
                status, target = _reply(session, here, turns)
            except RequestException as error:
                return Heard(moved_to=moved_to, failure=failure_of(error))
            if not target:
                return Heard(status, moved_to)
            here, for_good = target, for_good and status in FOR_GOOD
            moved_to = here if for_good else moved_to
    return Heard(moved_to=moved_to, failure=f"redirects more than {MOST_REDIRECTS} times")


def _reply(session: Session, address: str, turns: _Turns) -> tuple[int, str]:
    """The status and, of a redirect, where it points; without a page when the server can do that."""
    reply = _request(session, "HEAD", address, turns)
    return _request(session, "GET", address, turns) if reply[0] in REFUSES_HEAD else reply


def _request(session: Session, method: str, address: str, turns: _Turns) -> tuple[int, str]:
    with (
        turns.at(address),
        session.request(
            method, address, allow_redirects=False, stream=True, timeout=SECONDS_TO_CONNECT_AND_ANSWER
        ) as response,
    ):
        target = session.get_redirect_target(response)
        return response.status_code, urldefrag(urljoin(address, target)).url if target else ""


def failure_of(error: RequestException) -> str:
    """Why there is no answer, in words."""
    if isinstance(error, Timeout):
        return "gives no answer in time"
    if isinstance(error, SSLError):
        return "has no certificate that can be trusted"
    # The requests library tells this only by the name of the error that it wraps.
    if "NameResolutionError" in str(error):
        return "has a host that does not exist"
    return "cannot be connected to, or breaks off"
