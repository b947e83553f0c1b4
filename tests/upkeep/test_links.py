"""Every address is asked politely, and what does not answer as it should is told; the other side is a real server."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from requests import RequestException, Timeout
from requests import exceptions as failures

from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.operation.ports import free_port
from wegwijzer.upkeep import links
from wegwijzer.upkeep.findings import Kind
from wegwijzer.upkeep.links import Heard, ask, distinct, failure_of, findings_of, kind_of

PATIENT_SECONDS = 30
# How soon the peer sees that it should stop.
POLL_SECONDS = 0.01
# What the peer answers to HEAD and to GET; of a redirect the place it points to.
ANSWERS: dict[str, tuple[int, int]] = {
    "/fine": (200, 200), "/missing": (404, 404), "/gone": (410, 410), "/hidden": (404, 200), "/barred": (403, 403),
    "/no-head-403": (403, 200), "/no-head-405": (405, 200), "/no-head-501": (501, 200), "/busy": (429, 429),
    "/broken": (500, 500), "/endless": (405, 200), "/endless-redirect": (405, 302),
    "/moved": (301, 301), "/moved-308": (308, 308), "/moved-twice": (301, 301), "/moved-then-away": (301, 301),
    "/moved-to-nothing": (301, 301), "/away": (302, 302), "/away-then-moved": (302, 302), "/loop": (302, 302),
    "/odd": (302, 302), "/across": (302, 302),
}  # fmt: skip
POINTS_TO = {
    "/endless-redirect": "/fine", "/moved": "/fine#part", "/moved-308": "/fine", "/moved-twice": "/moved",
    "/moved-then-away": "/away", "/moved-to-nothing": "/missing", "/away": "/fine", "/away-then-moved": "/moved",
    "/loop": "/loop", "/odd": "ftp://127.0.0.1/fine", "/across": "http://127.0.0.1:{port}/fine",
}  # fmt: skip


@dataclass
class Peer:
    """A web server on the loopback interface, with what it was asked and how much of it at once."""

    server: ThreadingHTTPServer
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)
    meeting: threading.Barrier = field(default_factory=lambda: threading.Barrier(2, timeout=PATIENT_SECONDS))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path, by one of the names of this machine."""
        return f"http://{host}:{self.server.server_port}{path}"

    def begin(self, request: BaseHTTPRequestHandler, host: str) -> None:
        """Note that a request came."""
        with self._lock:
            self.asked.append((request.command, request.path))
            self.agents.add(request.headers["User-Agent"])
            self.at_once[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])

    def end(self, host: str) -> None:
        """Note that a request is about to be answered."""
        with self._lock:
            self.at_once[host] -= 1


class Answering(BaseHTTPRequestHandler):
    """Answers as `ANSWERS` says."""

    peer: Peer

    def do_HEAD(self) -> None:
        """Answer without a page."""
        host = self.headers["Host"].partition(":")[0]
        self.peer.begin(self, host)
        if self.path.startswith("/meet"):
            self.peer.meeting.wait()
        # Whoever else wants to ask gets the time to do so, on every other thread there is.
        for _ in range(100):
            time.sleep(0)
        # Before the answer leaves, because the next request may come before anything that is done after it.
        self.peer.end(host)
        path = self.path.partition("?")[0]
        if path != "/drops":
            self.answer(ANSWERS.get(path, (200, 200))[self.command == "GET"], POINTS_TO.get(path))

    def do_GET(self) -> None:
        """Answer with a page, which may have no end."""
        self.do_HEAD()
        with suppress(OSError):
            while self.path.startswith("/endless"):
                self.wfile.write(b"x" * 65536)

    def answer(self, status: int, points_to: str | None) -> None:
        """Send the headers."""
        self.send_response(status)
        if points_to:
            self.send_header("Location", points_to.format(port=self.peer.server.server_port))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def peer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """A running peer."""
    monkeypatch.setenv("NO_PROXY", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        Answering.peer = Peer(server)
        thread = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,))
        thread.start()
        yield Answering.peer
        server.shutdown()
        thread.join()


def heard_of(address: str) -> Heard:
    """What is heard when one address is asked, without a pause."""
    return dict(ask([address], pause=lambda: None))[address]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/fine", None),
        ("/away", None),
        ("/away-then-moved", None),
        ("/hidden", None),
        ("/no-head-403", None),
        ("/no-head-405", None),
        ("/no-head-501", None),
        ("/endless", None),
        ("/endless-redirect", None),
        ("/missing", links.GONE),
        ("/gone", links.GONE),
        ("/moved-to-nothing", links.GONE),
        ("/moved", links.MOVED),
        ("/moved-308", links.MOVED),
        ("/moved-twice", links.MOVED),
        ("/broken", links.SERVER_ERROR),
        ("/barred", links.UNCHECKED),
        ("/busy", links.UNCHECKED),
        ("/drops", links.UNREACHABLE),
        ("/loop", links.UNREACHABLE),
        ("/odd", links.UNREACHABLE),
    ],
)
def test_each_answer_is_of_the_right_kind(peer: Peer, path: str, kind: Kind | None) -> None:
    assert kind_of(heard_of(peer.address(path))) == kind


@pytest.mark.parametrize(
    ("path", "new"),
    [("/moved", "/fine"), ("/moved-twice", "/fine"), ("/moved-then-away", "/away")],
)
def test_the_new_address_is_the_last_that_holds_for_good(peer: Peer, path: str, new: str) -> None:
    assert heard_of(peer.address(path)).moved_to == peer.address(new)


def test_a_page_is_asked_for_only_when_its_headers_are_refused(peer: Peer) -> None:
    heard_of(peer.address("/fine"))
    heard_of(peer.address("/no-head-405"))
    heard_of(peer.address("/broken"))

    assert peer.asked == [("HEAD", "/fine"), ("HEAD", "/no-head-405"), ("GET", "/no-head-405"), ("HEAD", "/broken")]


def test_a_redirect_is_followed_five_times(peer: Peer) -> None:
    heard = heard_of(peer.address("/loop"))

    assert heard.failure == "redirects more than 5 times"
    assert len(peer.asked) == 6


def test_the_server_hears_who_asks(peer: Peer) -> None:
    heard_of(peer.address("/fine"))

    assert peer.agents == {links.WHO_WE_ARE}
    assert links.WHO_WE_ARE.startswith("Wegwijzer/")


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(peer: Peer) -> None:
    pauses: list[int] = []
    pages = [peer.address(f"/fine?{number}", host) for number in range(20) for host in ("127.0.0.1", "localhost")]

    heard = dict(ask(pages, pause=lambda: pauses.append(peer.at_once.total())))

    assert {page: one.status for page, one in heard.items()} == dict.fromkeys(pages, 200)
    assert peer.most_at_once == {"127.0.0.1": 1, "localhost": 1}
    assert len(pauses) == 2 * 19


def test_a_pause_comes_before_each_next_request_to_a_host_redirects_and_second_tries_too(peer: Peer) -> None:
    pauses: list[int] = []

    list(ask([peer.address("/moved-twice"), peer.address("/no-head-405")], pause=lambda: pauses.append(1)))

    assert len(pauses) == len(peer.asked) - 1 == 4


def test_a_host_that_another_redirects_to_gets_its_pause_too(peer: Peer) -> None:
    pauses: list[int] = []

    list(ask([peer.address("/fine"), peer.address("/across", "localhost")], pause=lambda: pauses.append(1)))

    assert len(peer.asked) == 3
    assert len(pauses) == 1


def test_hosts_are_asked_at_the_same_time(peer: Peer) -> None:
    pages = [peer.address("/meet", host) for host in ("127.0.0.1", "localhost")]

    assert [heard.status for _, heard in ask(pages, pause=lambda: None)] == [200, 200]


def test_a_server_that_speaks_no_tls_cannot_be_trusted(peer: Peer) -> None:
    heard = heard_of(peer.address("/fine").replace("http:", "https:"))

    assert kind_of(heard) == links.UNREACHABLE
    assert heard.failure == "has no certificate that can be trusted"


def test_a_port_where_nobody_listens_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")

    heard = heard_of(f"http://127.0.0.1:{free_port()}/")

    assert heard.failure == "cannot be connected to, or breaks off"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Timeout(), "gives no answer in time"),
        (failures.ConnectTimeout(), "gives no answer in time"),
        (failures.ConnectionError("(Caused by NameResolutionError(…))"), "has a host that does not exist"),
        (failures.ConnectionError("reset"), "cannot be connected to, or breaks off"),
        (failures.SSLError("expired"), "has no certificate that can be trusted"),
    ],
)
def test_the_reason_of_a_failure_is_told_in_words(error: RequestException, words: str) -> None:
    assert failure_of(error) == words


@pytest.mark.parametrize(
    ("heard", "kind"),
    [
        (Heard(200), None),
        (Heard(204), None),
        (Heard(200, moved_to="https://example.nl/nieuw"), links.MOVED),
        (Heard(410, moved_to="https://example.nl/nieuw"), links.GONE),
        (Heard(304), links.UNCHECKED),
        (Heard(401), links.UNCHECKED),
        (Heard(429), links.UNCHECKED),
        (Heard(503), links.SERVER_ERROR),
        (Heard(failure="gives no answer in time"), links.UNREACHABLE),
    ],
)
def test_what_was_heard_decides_the_kind(heard: Heard, kind: Kind | None) -> None:
    assert kind_of(heard) == kind


def test_every_address_of_the_knowledge_is_asked_once(knowledge_files: KnowledgeFiles) -> None:
    asked = distinct(knowledge_files)

    assert len(asked) == len(set(asked))
    assert not [address for address in asked if "#" in address]
    wbso = next(offer for offer in knowledge_files.offers if offer.id == "wbso")
    kind = next(kind for kind in knowledge_files.out_of_scope.kinds if kind.pointer)
    some = [wbso.url, wbso.source.url, *wbso.source.more, kind.pointer and kind.pointer.url]
    some += [knowledge_files.organisations[0].source.url, *knowledge_files.municipalities[0].sources]
    some += [framework.url for framework in knowledge_files.assessment.frameworks]
    assert {str(address) for address in some} <= set(asked)


def test_a_page_that_is_gone_is_told_at_every_place_that_names_it(knowledge_files: KnowledgeFiles) -> None:
    heard = dict.fromkeys(distinct(knowledge_files), Heard(200))
    assert findings_of(knowledge_files, heard) == []

    found = findings_of(knowledge_files, {**heard, "https://www.rvo.nl/": Heard(404)})

    places = {(one.place.file, one.place.location) for one in found}
    assert {("offers/wbso.yml", ("url",)), ("organisations/rvo.yml", ("url",))} <= places
    assert {one.kind for one in found} == {links.GONE}
    assert {one.what for one in found} == {"https://www.rvo.nl/: status 404"}


def test_the_new_address_stands_in_the_finding(knowledge_files: KnowledgeFiles) -> None:
    heard = dict.fromkeys(distinct(knowledge_files), Heard(200))

    found = findings_of(knowledge_files, {**heard, "https://www.rvo.nl/": Heard(200, "https://rvo.nl/nieuw")})

    assert {one.what for one in found} == {"https://www.rvo.nl/: moved to https://rvo.nl/nieuw (status 200)"}
