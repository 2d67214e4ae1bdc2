"""The province's own authority for TLS: an EC key that certifies the hub's server, pinned by every device.

Devices do not judge dates (a flat battery lives in 2009), so a lost authority key is answered by a new
authority. One that is to follow is made and announced while the old one serves (``next_authority``), and
takes its place when counters had time to hear of it (``put_in_service``). The certificate of the server is
made anew when its names change or it nears its end.
"""

from __future__ import annotations

import datetime
import ipaddress
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sync.flushing import flush_folder

TLS_FOLDER = "tls"
"""Below a hub's folder: its authority and certificates."""
AUTHORITY_NAME = "authority.pem"
AUTHORITY_KEY_NAME = "authority.key"
NEXT_NAME = "next-authority.pem"
NEXT_KEY_NAME = "next-authority.key"
SERVER_NAME = "server.pem"
SERVER_KEY_NAME = "server.key"
LOCAL_NAMES = ("localhost", "127.0.0.1")
_AUTHORITY_DAYS = 20 * 365
_SERVER_DAYS = 397
_RENEW_DAYS = 60


class ServerFiles(NamedTuple):
    """Paths of what a TLS server needs, and the authority's certificate (PEM text) that devices pin."""

    certificate: Path
    key: Path
    authority_pem: str


def server_files(folder: Path, names: Sequence[str], now: datetime.datetime) -> ServerFiles:
    """A certificate for ``names`` (host names and addresses) under the authority in ``folder``.

    Authority and certificate are made when they are missing; ``now`` is an aware time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / AUTHORITY_NAME).exists():
        _make_authority(folder, now, AUTHORITY_NAME, AUTHORITY_KEY_NAME)
    if (folder / NEXT_NAME).exists() and not (folder / NEXT_KEY_NAME).exists():
        _finish_change(folder)
    pem = (folder / AUTHORITY_NAME).read_text("ascii")
    if not _serves(folder / SERVER_NAME, names, pem, now):
        _make_server(folder, names, now)
    return ServerFiles(folder / SERVER_NAME, folder / SERVER_KEY_NAME, pem)


def next_authority(folder: Path, now: datetime.datetime) -> str:
    """The certificate (PEM) of the authority that is to follow, made when there is none yet."""
    folder.mkdir(parents=True, exist_ok=True)
    if not ((folder / NEXT_NAME).exists() and (folder / NEXT_KEY_NAME).exists()):
        _make_authority(folder, now, NEXT_NAME, NEXT_KEY_NAME)
    return (folder / NEXT_NAME).read_text("ascii")


def put_in_service(folder: Path) -> str:
    """The next authority certifies the server from its next start on; the certificate (PEM) that it follows.

    Killed in between, the next start of the server finishes it. Raises FileNotFoundError without a next one.
    """
    before = (folder / AUTHORITY_NAME).read_text("ascii")
    if not (folder / NEXT_NAME).exists():
        raise FileNotFoundError(2, "no next authority was made", str(folder / NEXT_NAME))
    if (folder / NEXT_KEY_NAME).exists():
        os.replace(folder / NEXT_KEY_NAME, folder / AUTHORITY_KEY_NAME)
        flush_folder(folder)
    _finish_change(folder)
    return before


def _finish_change(folder: Path) -> None:
    os.replace(folder / NEXT_NAME, folder / AUTHORITY_NAME)
    flush_folder(folder)


def digest_of(pem: str) -> bytes:
    """SHA-256 of a certificate, by which it is given up. Raises ValueError for none."""
    return x509.load_pem_x509_certificate(pem.encode()).fingerprint(hashes.SHA256())


def _serves(path: Path, names: Sequence[str], authority_pem: str, now: datetime.datetime) -> bool:
    """True when the certificate there is of this authority, for exactly ``names``, and will last."""
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
        found.verify_directly_issued_by(x509.load_pem_x509_certificate(authority_pem.encode()))
        held = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # whatever is wrong with it, a new one is made
        return False
    lasts = found.not_valid_after_utc - now > datetime.timedelta(days=_RENEW_DAYS)
    return lasts and found.not_valid_before_utc <= now and set(held) == set(map(_name, names))


def _name(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _make_authority(folder: Path, now: datetime.datetime, name: str, key_name: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Commune counter province authority")])
    made = (
        _builder(who, who, key.public_key(), now, _AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(folder / key_name, key)
    with (folder / name).open("wb") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
        file.flush()
        os.fsync(file.fileno())
    flush_folder(folder)


def _make_server(folder: Path, names: Sequence[str], now: datetime.datetime) -> None:
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY_NAME).read_bytes())
    signer = serialization.load_pem_private_key((folder / AUTHORITY_KEY_NAME).read_bytes(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise ValueError("the authority's key is no EC key")
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    identifier = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    made = (
        _builder(who, authority.subject, key.public_key(), now, _SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in names]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
    _write_key(folder / SERVER_KEY_NAME, key)
    (folder / SERVER_NAME).write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _builder(
    who: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime.datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
