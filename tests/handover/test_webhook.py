"""Requests to partners are signed, go only where they may, end in time, and their answers are judged by one rule."""

import json
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from tests.handover.conftest import NOON, SECRET, delivery
from tests.handover.peers import HOST, Certificates, HttpPeer, Request, certificates, listening
from wegwijzer.handover.channels.channel import NotDeliveredError
from wegwijzer.handover.channels.webhook.addresses import Place, is_public
from wegwijzer.handover.channels.webhook.door import LARGEST_ANSWER, Door
from wegwijzer.handover.channels.webhook.transport import Target, WebhookChannel, seconds_of

PATIENCE = 5.0
DOOR = Door(PATIENCE, private_allowed=True)


def channel(url: str, door: Door = DOOR) -> WebhookChannel:
    """A channel to one address."""
    return WebhookChannel(door, lambda _partner: Target(url, SECRET))


def send(behave: Callable[[Request], None], door: Door = DOOR) -> str:
    """What became of a request to a partner that behaves so."""
    with listening(HttpPeer(behave)) as peer:
        return channel(peer.url, door).send(delivery())


def failure(act: Callable[[], object]) -> NotDeliveredError:
    """The failure that it ends in."""
    with pytest.raises(NotDeliveredError) as failed:
        act()
    return failed.value


def to(*addresses: str, port: int) -> Callable[[str, int], list[Place]]:
    """A name service that knows these addresses for every name."""
    places: list[Place] = [
        (socket.AF_INET6 if ":" in address else socket.AF_INET, (address, port)) for address in addresses
    ]
    return lambda _host, _port: places


def test_a_partner_can_verify_what_it_gets_with_the_library_of_the_standard() -> None:
    with listening(HttpPeer()) as peer:
        assert channel(peer.url).send(delivery()) == "status 204"

    [got] = peer.got
    event = Webhook(SECRET).verify(got.body, dict(got.headers))
    assert event["type"] == "handover.sent"
    assert event["timestamp"] == "2026-03-02T12:00:00Z"
    assert event["data"] == json.loads(json.dumps(delivery().as_data()))
    assert got.headers["webhook-id"] == "handover_1"


def test_what_was_changed_on_its_way_is_not_verified() -> None:
    with listening(HttpPeer()) as peer:
        channel(peer.url).send(delivery())

    [got] = peer.got
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(got.body.replace(b"Heerlen", b"Kerkrade"), dict(got.headers))


def test_every_attempt_says_the_same_under_the_same_key() -> None:
    with listening(HttpPeer()) as peer:
        channel(peer.url).send(delivery())
        channel(peer.url).send(delivery())

    first, again = peer.got
    assert first.body == again.body
    assert first.headers["webhook-id"] == again.headers["webhook-id"]


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_a_partner_that_takes_it_has_it(status: int) -> None:
    assert send(lambda request: request.answer(status)) == f"status {status}"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 599])
def test_trouble_that_passes_is_tried_again(status: int) -> None:
    failed = failure(lambda: send(lambda request: request.answer(status)))

    assert (str(failed), failed.permanent) == (f"status {status}", False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_a_refusal_is_for_good(status: int) -> None:
    failed = failure(lambda: send(lambda request: request.answer(status)))

    assert (str(failed), failed.permanent) == (f"status {status}", True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_never_followed(status: int) -> None:
    with listening(HttpPeer()) as inside:
        failed = failure(lambda: send(lambda request: request.answer(status, Location=inside.url)))

    assert (str(failed), failed.permanent) == (f"status {status}, a redirect", True)
    assert inside.got == []


@pytest.mark.parametrize("status", [429, 503])
def test_how_long_a_partner_wants_to_be_left_alone_is_passed_on(status: int) -> None:
    assert failure(lambda: send(lambda request: request.answer(status, Retry_After="120"))).retry_after == 120


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (None, None),
        ("7", 7),
        (" 7 ", 7),
        ("-7", None),
        ("7.5", None),
        ("soon", None),
        ("²", None),
        (format_datetime((NOON + timedelta(hours=1)).replace(tzinfo=UTC), usegmt=True), 3600),
        (format_datetime((NOON - timedelta(hours=1)).replace(tzinfo=UTC), usegmt=True), 0),
    ],
)
def test_retry_after_is_read_in_both_its_forms(written: str | None, seconds: float | None) -> None:
    assert seconds_of(written, NOON) == seconds


@given(st.text())
def test_no_retry_after_breaks_anything(written: str) -> None:
    assert (seconds_of(written, NOON) or 0) >= 0


def test_a_partner_that_hangs_up_is_tried_again() -> None:
    failed = failure(lambda: send(lambda request: request.reset()))

    assert not failed.permanent
    assert str(failed).startswith("no answer: ")


def test_a_partner_that_is_not_there_is_tried_again() -> None:
    with listening(HttpPeer()) as peer:
        url = peer.url

    assert not failure(lambda: channel(url).send(delivery())).permanent


def test_a_name_that_nobody_knows_is_tried_again() -> None:
    def unknown(_host: str, _port: int) -> list[Place]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    door = replace(DOOR, resolve=unknown)

    assert not failure(lambda: channel("https://partner.invalid/", door).send(delivery())).permanent


def test_a_name_service_that_does_not_answer_is_not_waited_for() -> None:
    answered = Event()

    def slow(_host: str, _port: int) -> list[Place]:
        answered.wait()
        return []

    door = replace(DOOR, seconds=0.1, resolve=slow)

    try:
        failed = failure(lambda: channel("https://partner.invalid/", door).send(delivery()))
    finally:
        answered.set()
    assert str(failed) == "no answer: it took too long"


def silent(request: Request) -> None:
    """Never answers."""
    request.connection.settimeout(PATIENCE)
    request.rfile.read(1)


def trickling_head(request: Request) -> None:
    """Sends a byte of the head now and then, so that no time-out between two bytes is ever met."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    trickle(request)


def trickling_body(request: Request) -> None:
    """The same in the body."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    trickle(request)


def endless_body(request: Request) -> None:
    """The same without saying how long it is."""
    request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    trickle(request)


def trickle(request: Request) -> None:
    """A byte every now and then, until the other side hangs up."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        request.wfile.write(b"x")
        time.sleep(0.02)


@pytest.mark.parametrize("behave", [silent, trickling_head, trickling_body, endless_body])
def test_an_answer_that_does_not_come_to_its_end_in_time_is_cut_off(behave: Callable[[Request], None]) -> None:
    began = time.monotonic()

    failed = failure(lambda: send(behave, replace(DOOR, seconds=0.2)))

    assert (str(failed), failed.permanent) == ("no answer: it took too long", False)
    assert time.monotonic() - began < PATIENCE / 2


def test_an_answer_that_breaks_off_is_not_taken_for_one() -> None:
    def breaks_off(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        request.close_connection = True

    assert not failure(lambda: send(breaks_off)).permanent


def test_of_a_long_answer_only_the_beginning_is_read() -> None:
    written = 0

    def long(request: Request) -> None:
        nonlocal written
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        while written < 100_000_000:
            written += request.wfile.write(b"x" * LARGEST_ANSWER)

    assert send(long) == "status 200"
    assert written < 50_000_000


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("224.0.0.1", "0.1.2.3", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
    ],
)  # fmt: skip
def test_no_address_inside_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"]])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_leads_inside_is_refused_without_a_connection(scheme: str, addresses: list[str]) -> None:
    with listening(HttpPeer()) as peer:
        door = Door(PATIENCE, private_allowed=False, resolve=to(*addresses, port=peer.server_port))
        failed = failure(lambda: channel(f"{scheme}://{HOST}/", door).send(delivery()))

    assert failed.permanent
    assert "private" in str(failed)
    assert peer.got == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "https://localhost:1/", "https://[::1]:1/", "https://2130706433/"]
)
def test_an_address_inside_is_refused_however_it_is_written(url: str) -> None:
    failed = failure(lambda: channel(url, Door(PATIENCE, private_allowed=False)).send(delivery()))

    assert failed.permanent
    assert "private" in str(failed)


@pytest.mark.parametrize("private_allowed", [True, False])
def test_outside_only_https_is_spoken(private_allowed: bool) -> None:
    door = Door(PATIENCE, private_allowed, resolve=to("93.184.216.34", port=80))

    failed = failure(lambda: channel(f"http://{HOST}/", door).send(delivery()))

    assert failed.permanent
    assert "not https" in str(failed)


def test_the_address_that_was_checked_is_the_one_that_is_called() -> None:
    """A name that means one address when it is asked first, and another a moment later."""
    with listening(HttpPeer()) as first, listening(HttpPeer()) as later:
        ports = iter([first.server_port, later.server_port])
        door = replace(DOOR, resolve=lambda _host, _port: [(socket.AF_INET, ("127.0.0.1", next(ports)))])
        channel(f"http://{HOST}/", door).send(delivery())

    assert (len(first.got), len(later.got)) == (1, 0)


def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    with listening(HttpPeer()) as peer:
        places = to("127.0.0.2", "127.0.0.1", port=peer.server_port)
        assert channel(f"http://{HOST}/", replace(DOOR, resolve=places)).send(delivery()) == "status 204"


@pytest.fixture(scope="module")
def own_certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A certificate for the partner's name."""
    return certificates(tmp_path_factory.mktemp("tls") / "partner.pem")


def secure_door(peer: HttpPeer, authorities: Path) -> Door:
    """A door to a peer by the partner's name."""
    return replace(DOOR, resolve=to("127.0.0.1", port=peer.server_port), authorities=str(authorities))


def test_a_certificate_is_held_against_the_name_and_not_the_address(own_certificates: Certificates) -> None:
    with listening(HttpPeer(tls=own_certificates.server())) as peer:
        door = secure_door(peer, own_certificates.file)
        arrived = channel(f"https://{HOST}/in", door).send(delivery())
        failed = failure(lambda: channel("https://another.example.nl/in", door).send(delivery()))

    assert arrived == "status 204"
    assert (str(failed), failed.permanent) == ("no answer: SSLError", False)
    assert [got.headers["Host"] for got in peer.got] == [HOST]


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(own_certificates: Certificates, tmp_path: Path) -> None:
    strange = certificates(tmp_path / "strange.pem")
    with listening(HttpPeer(tls=strange.server())) as peer:
        failed = failure(lambda: channel(f"https://{HOST}/", secure_door(peer, own_certificates.file)).send(delivery()))

    assert not failed.permanent
    assert peer.got == []


def test_a_proxy_of_the_environment_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(HttpPeer()) as peer, listening(HttpPeer()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_port}")
        channel(peer.url).send(delivery())

    assert (len(peer.got), len(proxy.got)) == (1, 0)


def test_a_secret_does_not_get_into_a_log() -> None:
    assert SECRET not in repr(Target("https://x.nl/", SECRET))


def test_the_signature_is_of_the_moment_of_the_attempt() -> None:
    with listening(HttpPeer()) as peer:
        channel(peer.url).send(delivery(sent_at=NOON - timedelta(days=2)))

    [got] = peer.got
    signed_at = datetime.fromtimestamp(int(got.headers["webhook-timestamp"]), UTC)
    assert abs(signed_at - datetime.now(UTC)) < timedelta(minutes=1)
