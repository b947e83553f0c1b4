"""`wegwijzer partner-sandbox`: a partner on this machine, so that the demo shows the whole way.

It does what a real partner should: verify the signature with the library of the standard, and take a repeat for what it
is. It is no part of the product, so it prints what it gets.
"""

import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from wegwijzer.handover.keys import sandbox_secret
from wegwijzer.settings import Settings

LARGEST_REQUEST = 65536
READ_SECONDS = 10
HEALTH = "/healthz"
CONTACT = {"name": "Naam", "email": "E-mail", "phone": "Telefoon", "preferred": "Liefst"}


class Sandbox(ThreadingHTTPServer):
    """Listens on the loopback interface; `received` holds what was signed well, by its key."""

    daemon_threads = True

    def __init__(self, port: int, secret: str, console: Console) -> None:
        super().__init__(("127.0.0.1", port), _Request)
        self.webhook = Webhook(secret)
        self.console = console
        self.received: dict[str, dict[str, Any]] = {}

    def take(self, key: str, event: dict[str, Any]) -> None:
        """Print a request, or that it came before."""
        if key in self.received:
            self.console.print(f"{event['data']['reference']}: came before ({key})", highlight=False)
            return
        self.received[key] = event
        self.console.print(Panel(Group(*_shown(event["data"])), title=event["data"]["reference"], title_align="left"))


class _Request(BaseHTTPRequestHandler):
    server: Sandbox
    timeout = READ_SECONDS

    def do_GET(self) -> None:
        self._answer(200 if self.path == HEALTH else 404)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST_REQUEST:
            self._answer(413)
            return
        try:
            event = self.server.webhook.verify(self.rfile.read(int(length)), dict(self.headers))
        except (WebhookVerificationError, ValueError) as error:
            self.server.console.print(f"refused: {error}", style="red", markup=False)
            self._answer(401)
            return
        self.server.take(self.headers["webhook-id"], event)
        self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: what matters is printed above."""


def run_sandbox(settings: Settings) -> None:
    """Receive until SIGTERM or Ctrl-C."""
    console = Console()
    with Sandbox(settings.sandbox_port, sandbox_secret(settings), console) as sandbox:
        for number in (signal.SIGTERM, signal.SIGINT):
            # From a thread of its own: the server waits for its loop to end, which runs here.
            signal.signal(number, lambda *_: threading.Thread(target=sandbox.shutdown).start())
        console.print(f"A partner listens on {settings.sandbox_url}", highlight=False)
        sandbox.serve_forever()


def _shown(data: dict[str, Any]) -> Iterator[Table | Text]:
    dossier = data["dossier"]
    yield Text(dossier["question"], style="bold")
    rows = [(CONTACT[name], value) for name, value in data["contact"].items() if value]
    rows += [(fact["label"], fact["value"]) for fact in dossier["facts"]]
    rows += [(standing["theme"], standing["level"]) for standing in dossier["assessment"]]
    rows += [("Besproken", offer["name"]) for offer in dossier["offers"]]
    rows += [("Opmerkingen", dossier["remarks"])] if dossier["remarks"] else []
    rows += [("Toestemming", f"{data['consent']['given_at']}: {data['consent']['text']}")]
    rows += [(f"Antwoord {reply}", address) for reply, address in data["answers"].items()]
    table = Table.grid(padding=(0, 2))
    for label, value in rows:
        # As text: what somebody typed may look like a style.
        table.add_row(Text(label, style="cyan"), Text(value))
    yield table
