"""Certificates: an authority of the world, and one that only the test knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def issue(
    folder: Path, issuer: str, hosts: Iterable[str], ahead: timedelta = timedelta()
) -> tuple[Path, Path]:
    """Make an authority, and one certificate of it for all hosts.

    Args:
        folder: Where the files go.
        issuer: What the authority is called.
        hosts: Names and numbers.
        ahead: How much later than today all of it is valid.

    Returns:
        The authority's certificate; the hosts' with its key.
    """
    above, below = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = _called(issuer)
    root = (
        _valid(name, name, above, ahead)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(above, hashes.SHA256())
    )
    leaf = (
        _valid(_called("one of the world's servers"), name, below, ahead)
        .add_extension(
            x509.SubjectAlternativeName(map(_written, hosts)), critical=False
        )
        .sign(above, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key = below.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    authority, server = folder / f"{issuer}.pem", folder / f"{issuer}-server.pem"
    authority.write_bytes(root.public_bytes(pem))
    server.write_bytes(key + leaf.public_bytes(pem))
    return authority, server


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _written(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _valid(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    ahead: timedelta,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC) + ahead
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
    )
