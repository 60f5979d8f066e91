"""Servers of our own on loopback, in the test's own event loop."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    line: str
    """E.g. ``GET /summary.json HTTP/1.1``."""
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.line.split()[1]


@dataclass
class Server:
    """Where a server listens, and what it was asked."""

    scheme: str
    port: int
    asked: list[Asked] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever a visitor has gone."""

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


def reply(
    body: bytes = b"{}",
    *headers: str,
    status: str = "200 OK",
    length: int | None = None,
) -> bytes:
    """Return a whole HTTP answer; ``length`` may lie."""
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    )
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


if TYPE_CHECKING:
    Serve = Callable[
        [Asked, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]
    ]


def always(answer: bytes) -> Serve:
    """Return what serves the same answer to everyone."""

    async def serve(
        asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(answer)
        await writer.drain()

    return serve


def by_path(answers: dict[str, bytes]) -> Serve:
    """Return what serves each path its answer, and 404 to the rest."""

    async def serve(
        asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(answers.get(asked.path, reply(status="404 Not Found")))
        await writer.drain()

    return serve


def moved(to: str, status: str = "302 Found") -> bytes:
    """Return an answer that sends the visitor elsewhere."""
    return reply(b"", f"Location: {to}", status=status)


@asynccontextmanager
async def dropping(*, hard: bool) -> AsyncIterator[int]:
    """Listen on loopback, and hang up on whoever says the first word.

    Args:
        hard: Whether by a reset, rather than by an orderly end.

    Yields:
        The port.
    """

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        if hard:
            line = writer.get_extra_info("socket")
            now = struct.pack("ii", 1, 0)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
        writer.close()

    async with await asyncio.start_server(visit, "127.0.0.1", 0) as listener:
        yield listener.sockets[0].getsockname()[1]


async def for_ever() -> None:
    """Wait until cancelled."""
    await asyncio.Event().wait()


@asynccontextmanager
async def serving(
    serve: Serve, *, tls: ssl.SSLContext | None = None, greeting: bytes = b""
) -> AsyncIterator[Server]:
    """Listen on loopback until left; every visitor is sent away at the end."""
    visits: set[asyncio.Task[None]] = set()

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        visits.add(task)
        writer.write(greeting)
        try:
            while asked := await _read_request(reader):
                server.asked.append(asked)
                await serve(asked, reader, writer)
        except OSError:
            pass  # the visitor has hung up
        except asyncio.CancelledError:
            writer.transport.abort()  # the test is over: no farewell
        finally:
            visits.discard(task)
            server.left.set()
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    listener = await asyncio.start_server(visit, "127.0.0.1", 0, ssl=tls)
    port = listener.sockets[0].getsockname()[1]
    server = Server("https" if tls else "http", port)
    try:
        yield server
    finally:
        listener.close()
        for task in tuple(visits):
            task.cancel()
        await asyncio.gather(*visits, return_exceptions=True)


def leading_to(host: Server) -> Serve:
    """Return what a proxy does: lead every CONNECT to ``host``, whatever was asked."""

    async def serve(
        asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", host.port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pump(reader, back))
                both.create_task(_pump(there, writer))
        finally:
            back.transport.abort()

    return serve


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
        writer.close()


async def _read_request(reader: asyncio.StreamReader) -> Asked | None:
    """Read one request; None when the visitor has gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, OSError):
        return None
    line, *rest = head.decode("latin-1").rstrip().split("\r\n")
    parts = (header.partition(":") for header in rest)
    headers = {name.lower(): text.strip() for name, _, text in parts}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(line, headers, body)


@dataclass(frozen=True)
class Trust:
    """A made-up authority and what it vouches for."""

    server: ssl.SSLContext
    """Of a server called localhost, 127.0.0.1 and status.example."""
    stranger: ssl.SSLContext
    """Of a server that is called something else."""
    expired: ssl.SSLContext
    """Of the first server, as of yesterday."""
    authority: Path

    def visitor(self) -> ssl.SSLContext:
        """Make the context of a client that trusts the authority."""
        return ssl.create_default_context(cafile=str(self.authority))


def make_trust(folder: Path) -> Trust:
    """Make an authority and its certificates in ``folder``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Made-up authority")])
    authority = folder / "authority.pem"
    certificate = (
        _certificate(name, name, key.public_key(), 7)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .add_extension(_AUTHORITY_USE, critical=True)
        .sign(key, hashes.SHA256())
    )
    authority.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    names = ("localhost", "status.example")
    return Trust(
        _server_context(folder / "server.pem", key, name, names),
        _server_context(folder / "stranger.pem", key, name, ("elsewhere.example",)),
        _server_context(folder / "expired.pem", key, name, names, days=-1),
        authority,
    )


_AUTHORITY_USE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=days))
    )


def _server_context(
    file: Path,
    signer: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    names: tuple[str, ...],
    *,
    days: int = 7,
) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    known = [x509.DNSName(name) for name in names]
    local = [x509.IPAddress(ip_address("127.0.0.1"))] if "localhost" in names else []
    certificate = (
        _certificate(subject, issuer, key.public_key(), days)
        .add_extension(x509.SubjectAlternativeName([*known, *local]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
