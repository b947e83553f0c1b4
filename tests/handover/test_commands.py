"""The commands as processes: `deliver` finishes what it began, `partner-sandbox` takes it, `purge` erases."""

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console
from sqlalchemy import select, update
from standardwebhooks import Webhook

from tests.handover.conftest import EMAIL, NAME, SECRET, Cast, cast_on, delivery
from tests.handover.peers import HttpPeer, Request, listening
from tests.handover.processes import kill, running, started
from wegwijzer.database import engine_for, migrate, transaction
from wegwijzer.handover.channels.webhook.transport import body_of
from wegwijzer.handover.clock import utc_now
from wegwijzer.handover.keys import sandbox_secret
from wegwijzer.handover.sandbox import LARGEST_REQUEST, Sandbox
from wegwijzer.handover.tables import HandoverRow
from wegwijzer.operation.ports import free_port
from wegwijzer.settings import Settings

PATIENCE = 30


@pytest.fixture
def variables(tmp_path: Path, cast: Cast) -> dict[str, str]:
    """The settings of the processes."""
    url = cast.engine.url.render_as_string(hide_password=False)
    return {
        "database_url": url,
        "tracker_url": f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        "contact_keys": cast.key,
        "keys_folder": str(tmp_path / "keys"),
        "sandbox_port": str(free_port()),
        "log_format": "json",
    }


@pytest.fixture
def cast(database_url: str) -> Cast:
    """The cast with the real clock, since processes have no other."""
    migrate(database_url)
    return cast_on(engine_for(database_url), utc_now())


def eventually(holds: Callable[[], Any]) -> None:
    """Wait until it holds: the other side is a process."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def of_a_partner(folder: Path, url: str) -> dict[str, str]:
    """The settings that lead to a partner of a test instead of the sandbox."""
    partners = folder / "knowledge" / "partners"
    partners.mkdir(parents=True)
    record = f"id: qredits\nname: Qredits\nway: {{kind: webhook, url: '{url}', secret: WEGWIJZER_PARTNER_QREDITS}}\n"
    (partners / "qredits.yml").write_text(record + "hours: Altijd.\nreply_days: 2\nchecked_on: 2026-03-01\n")
    return {"knowledge_folder": str(folder / "knowledge"), "partner_qredits": SECRET}


def test_the_whole_way_from_the_outbox_to_the_sandbox(cast: Cast, variables: dict[str, str], tmp_path: Path) -> None:
    handover = cast.sent()
    url = f"http://127.0.0.1:{variables['sandbox_port']}"
    with running(["partner-sandbox"], variables, tmp_path / "sandbox.log") as sandbox:
        # Whoever is not there yet is tried again only after a while.
        eventually(lambda: _is_up(f"{url}/healthz"))
        with running(["deliver"], variables, tmp_path / "deliver.log") as worker:
            cast.store.answer(cast.sent(), "done")
            eventually(lambda: cast.store.get(handover).state == "delivered")
            for process in (sandbox, worker):
                process.send_signal(signal.SIGTERM)
            assert [sandbox.wait(PATIENCE), worker.wait(PATIENCE)] == [0, 0]

    printed = (tmp_path / "sandbox.log").read_text()
    logged = (tmp_path / "deliver.log").read_text()
    assert all(said in printed for said in (NAME, EMAIL, "Hoe betaal ik een nieuwe oven?", "Heerlen", "/antwoord/"))
    assert '"outcome": "delivered"' in logged
    assert not any(secret in logged for secret in (NAME, EMAIL, "612345678", "oven"))


def _is_up(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 200
    except httpx.TransportError:
        return False


def test_once_sends_what_is_due_and_ends(cast: Cast, variables: dict[str, str], tmp_path: Path) -> None:
    sent = {cast.sent() for _ in range(3)}
    with listening(HttpPeer()) as peer:
        told = variables | of_a_partner(tmp_path, peer.url)
        assert started(["deliver", "--once"], told, tmp_path / "log").wait(PATIENCE) == 0

    assert {cast.store.get(handover).state for handover in sent} == {"delivered"}
    assert len({got.headers["webhook-id"] for got in peer.got}) == 3


def test_when_it_is_told_to_stop_it_finishes_what_it_is_sending(
    cast: Cast, variables: dict[str, str], tmp_path: Path
) -> None:
    first, asked, released = cast.sent(), threading.Event(), threading.Event()

    def slow(request: Request) -> None:
        asked.set()
        released.wait(PATIENCE)
        request.answer(204)

    with listening(HttpPeer(slow)) as peer:
        told = variables | of_a_partner(tmp_path, peer.url) | {"delivery_workers": "1"}
        with running(["deliver"], told, tmp_path / "log") as worker:
            assert asked.wait(PATIENCE)
            later = cast.sent()
            worker.send_signal(signal.SIGTERM)
            eventually(lambda: "stopping" in (tmp_path / "log").read_text())
            released.set()
            assert worker.wait(PATIENCE) == 0

    assert (cast.store.get(first).state, cast.store.get(later).state) == ("delivered", "queued")
    assert len(peer.got) == 1


def test_what_a_killed_worker_was_sending_is_sent_again_with_the_same_key(
    cast: Cast, variables: dict[str, str], tmp_path: Path
) -> None:
    handover, asked = cast.sent(), threading.Event()

    def hangs_at_first(request: Request) -> None:
        if not asked.is_set():
            asked.set()
            request.rfile.read(1)
        else:
            request.answer(204)

    with listening(HttpPeer(hangs_at_first)) as peer:
        told = variables | of_a_partner(tmp_path, peer.url) | {"delivery_timeout_seconds": "0.5"}
        worker = started(["deliver"], told, tmp_path / "log")
        assert asked.wait(PATIENCE)
        kill(worker)
        assert [row.outcome for row in cast.attempts()] == [None]
        with running(["deliver"], told, tmp_path / "log"):
            eventually(lambda: cast.store.get(handover).state == "delivered")

    assert [row.outcome for row in cast.attempts()] == ["cut_off", "delivered"]
    assert len({got.headers["webhook-id"] for got in peer.got}) == 1


def test_without_keys_outside_a_demo_it_says_what_to_set(variables: dict[str, str], tmp_path: Path) -> None:
    del variables["contact_keys"]

    assert started(["deliver"], variables | {"demo": "false"}, tmp_path / "log").wait(PATIENCE) == 1

    assert "WEGWIJZER_CONTACT_KEYS: give a key" in re.sub(r"\s+", " ", (tmp_path / "log").read_text())


def test_purge_erases_what_is_old_and_counts_it(cast: Cast, variables: dict[str, str], tmp_path: Path) -> None:
    over, old, young = cast.sent(), cast.sent(), cast.sent()
    cast.store.answer(over, "done")
    _age(cast, over, changed_at=cast.time.now - timedelta(days=31))
    _age(cast, old, created_at=cast.time.now - timedelta(days=181))

    assert started(["purge", "--rotate"], variables, tmp_path / "log").wait(PATIENCE) == 0

    said = (tmp_path / "log").read_text()
    assert all(line in said for line in ("Erased contacts: 1", "Erased handovers: 1", "Encrypted anew: 1"))
    with transaction(cast.engine) as connection:
        left = dict(connection.execute(select(HandoverRow.id, HandoverRow.contact)).all())
    assert left[over] is None
    assert set(left) == {over, young}


def _age(cast: Cast, handover: str, **moments: Any) -> None:
    with transaction(cast.engine) as connection:
        connection.execute(update(HandoverRow).where(HandoverRow.id == handover).values(**moments))


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[tuple[Sandbox, str, Path]]:
    """A sandbox, its address, and the file that it prints into."""
    secret, printed = sandbox_secret(Settings(keys_folder=tmp_path)), tmp_path / "printed"
    with printed.open("w") as file, Sandbox(0, secret, Console(file=file, width=200)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server, f"http://127.0.0.1:{server.server_port}/", printed
        server.shutdown()
        thread.join()


def signed(server: Sandbox, body: str) -> dict[str, str]:
    """The headers of a request that the sandbox trusts."""
    now = datetime.now(UTC)
    return {
        "webhook-id": "key-1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": server.webhook.sign("key-1", now, body),
    }


def test_the_sandbox_knows_a_repeat(sandbox: tuple[Sandbox, str, Path]) -> None:
    server, url, printed = sandbox
    body = body_of(delivery())

    statuses = [httpx.post(url, content=body, headers=signed(server, body)).status_code for _ in range(2)]

    assert statuses == [204, 204]
    assert list(server.received) == ["key-1"]
    assert "came before (key-1)" in printed.read_text()


@pytest.mark.parametrize("change", ["body", "secret", "headers"])
def test_the_sandbox_refuses_what_is_not_signed_for_it(sandbox: tuple[Sandbox, str, Path], change: str) -> None:
    server, url, _ = sandbox
    body = body_of(delivery())
    headers = signed(server, body) if change != "headers" else {}
    if change == "secret":
        headers["webhook-signature"] = Webhook(SECRET).sign("key-1", utc_now(), body)

    answer = httpx.post(url, content=body + (" " if change == "body" else ""), headers=headers)

    assert answer.status_code == 401
    assert server.received == {}


def test_the_sandbox_takes_no_more_than_it_can_hold(sandbox: tuple[Sandbox, str, Path]) -> None:
    assert httpx.post(sandbox[1], content=b"x" * (LARGEST_REQUEST + 1)).status_code == 413
