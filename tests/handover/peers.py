"""Real partners on the loopback interface: a web server that behaves as it is told, a mail server, and certificates."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "partner.example.nl"


class Request(BaseHTTPRequestHandler):
    """One request that a peer got; what it answers is up to the behaviour of the peer."""

    server: "HttpPeer"
    timeout = 10
    body = b""

    def do_POST(self) -> None:
        """Read it, note it, and behave."""
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.got.append(self)
        self.server.behave(self)

    def do_GET(self) -> None:
        """Nobody should ask this way."""
        self.server.got.append(self)
        self.answer(200)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def reset(self) -> None:
        """Cut the connection as a crash does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@dataclass
class HttpPeer(ThreadingHTTPServer):
    """A web server on a free port of the loopback interface; `got` is every request."""

    behave: Callable[[Request], None] = lambda request: request.answer(204)
    tls: ssl.SSLContext | None = None
    address: str = "127.0.0.1"
    got: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    daemon_threads = True
    request_queue_size = 128

    def __post_init__(self) -> None:
        super().__init__((self.address, 0), Request)
        if self.tls:
            self.socket = self.tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.address}:{self.server_port}/in"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up in these tests; that is no news."""


@contextmanager
def listening(peer: HttpPeer) -> Iterator[HttpPeer]:
    """The peer, answering while the block runs."""
    thread = threading.Thread(target=peer.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        peer.shutdown()
        peer.server_close()
        thread.join()


@dataclass
class Mailbox:
    """What a mail server does with a mail: keeps it, or answers with `reply`."""

    reply: str = "250 OK"
    got: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep it when the answer is that it was taken."""
        if self.reply.startswith("250"):
            self.envelopes.append(envelope)
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, _class=EmailMessage, policy=default)
            assert isinstance(message, EmailMessage)
            self.got.append(message)
        return self.reply


class _SmtpPeer(Controller):
    """A mail server that wants TLS, and a password when one is given."""

    def __init__(self, mailbox: Mailbox, tls: ssl.SSLContext, at_once: bool, password: str | None) -> None:
        self._tls = tls
        self._password = password
        super().__init__(mailbox, hostname="127.0.0.1", port=_free_port(), ssl_context=tls if at_once else None)

    def factory(self) -> SMTP:
        options: dict[str, Any] = {} if self.ssl_context else {"tls_context": self._tls, "require_starttls": True}
        if self._password:
            options |= {"authenticator": self._authenticate, "auth_required": True}
        return SMTP(self.handler, hostname="mail.example.nl", **options)

    def _authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        # Not handled: the server then says by itself what it thinks of a wrong one.
        return AuthResult(success=data.password == (self._password or "").encode(), handled=False)


@contextmanager
def mail_server(
    mailbox: Mailbox, tls: ssl.SSLContext, at_once: bool = False, password: str | None = None
) -> Iterator[int]:
    """A mail server on the loopback interface; its port."""
    peer = _SmtpPeer(mailbox, tls, at_once, password)
    peer.start()
    try:
        yield peer.port
    finally:
        peer.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Certificates:
    """A certificate for a host, which is its own authority."""

    file: Path

    def server(self) -> ssl.SSLContext:
        """For the side that shows it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context

    def client(self) -> ssl.SSLContext:
        """For the side that trusts it."""
        return ssl.create_default_context(cafile=str(self.file))


def certificates(file: Path, host: str = HOST, address: str = "127.0.0.1") -> Certificates:
    """A certificate for a name and an address, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(host), x509.IPAddress(ip_address(address))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return Certificates(file)
