"""Software tokens for tests: SoftHSM2 with made-up people of a practice commune, and an authority for them.

Nothing here is secret: keys are made for each run, PINs are written in the tests.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from reportlab.pdfgen.canvas import Canvas

FOLDERS = ("/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/local/lib")
PIN = "48215937"
SO_PIN = "90817263"
NOON = 1_795_410_000_000
"""2026-11-23 12:00 in Viet Nam, ms: a moment at which the certificates below are valid."""
_FROM, _TO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_STORE = """
import sys, pkcs11
from pathlib import Path
from pkcs11 import Attribute, CertificateType, ObjectClass
from asn1crypto import x509
path, label, pin, *pairs = sys.argv[1:]
with pkcs11.lib(path).get_token(token_label=label).open(user_pin=pin, rw=True) as session:
    for key_id, file in zip(pairs[::2], pairs[1::2]):
        data = Path(file).read_bytes()
        session.create_object({
            Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.TOKEN: True, Attribute.LABEL: "same label", Attribute.ID: bytes.fromhex(key_id),
            Attribute.SUBJECT: x509.Certificate.load(data).subject.dump(), Attribute.VALUE: data,
        })
"""


def module_path() -> str:
    """Where SoftHSM2 lies; "" without it."""
    paths = (f"{folder}/softhsm/libsofthsm2.so" for folder in FOLDERS)
    return next((path for path in paths if Path(path).is_file()), "")


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the tests."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    def issue(
        self, key: Key, name: str, organisation: str, *, until: dt.datetime = _TO, stamps: bool = False
    ) -> x509.Certificate:
        """A certificate for signing documents, or for time-stamps."""
        builder = _builder(key, name, organisation, self.certificate.subject, until)
        builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
        if stamps:
            builder = builder.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        return builder.sign(self.key, hashes.SHA256())

    def write(self, path: Path) -> str:
        """The root as PEM; returns the path."""
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return str(path)


def make_authority() -> Authority:
    """A new authority."""
    key = rsa.generate_private_key(65_537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA tập huấn")])
    builder = _builder(key, "CA tập huấn", "", name, dt.datetime(2040, 1, 1, tzinfo=dt.UTC), authority=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return Authority(key, builder.sign(key, hashes.SHA256()))


def _builder(
    key: Key, name: str, organisation: str, issuer: x509.Name, until: dt.datetime, authority: bool = False
) -> x509.CertificateBuilder:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    subject = issuer if authority else x509.Name(parts)
    return (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(_FROM).not_valid_after(until)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
    )  # fmt: skip


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


@dataclass(frozen=True)
class SoftToken:
    """A token on disk: everything under ``folder``; ``use`` makes it the one that SoftHSM2 shows."""

    folder: Path
    authority: Authority

    @property
    def configuration(self) -> Path:
        """What ``SOFTHSM2_CONF`` names."""
        return self.folder / "softhsm2.conf"

    def copy(self, folder: Path) -> SoftToken:
        """The same token elsewhere, for a test that breaks it."""
        shutil.copytree(self.folder, folder)
        copied = SoftToken(folder, self.authority)
        copied.configure()
        return copied

    def configure(self) -> None:
        """Write the configuration that names this folder."""
        tokens = self.folder / "tokens"
        tokens.mkdir(parents=True, exist_ok=True)
        words = f"directories.tokendir = {tokens}\nlog.level = ERROR\n"
        self.configuration.write_text(words, encoding="utf-8")

    def pull(self) -> None:
        """The token leaves its reader."""
        (self.folder / "tokens").rename(self.folder / "pulled")
        (self.folder / "tokens").mkdir()

    def plug(self) -> None:
        """It is back."""
        (self.folder / "tokens").rmdir()
        (self.folder / "pulled").rename(self.folder / "tokens")


def make_token(folder: Path, label: str, people: dict[str, tuple[str, str, dt.datetime, str]]) -> SoftToken:
    """A token with a key for each id of ``people``: name, organisation, end of certificate, rsa or ec."""
    authority = make_authority()
    token = SoftToken(folder, authority)
    folder.mkdir(parents=True)
    token.configure()
    environment = {**os.environ, "SOFTHSM2_CONF": str(token.configuration)}
    tool = ["softhsm2-util", "--module", module_path()]
    _run([*tool, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", SO_PIN], environment)
    pairs: list[str] = []
    for key_id, (name, organisation, until, kind) in people.items():
        key = _key(kind)
        pem, der = folder / f"{key_id}.pem", folder / f"{key_id}.der"
        pem.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        certificate = authority.issue(key, name, organisation, until=until)
        der.write_bytes(certificate.public_bytes(serialization.Encoding.DER))
        what = ["--import", str(pem), "--token", label, "--label", "same label", "--id", key_id]
        _run([*tool, *what, "--pin", PIN], environment)
        pem.unlink()
        pairs += [key_id, str(der)]
    _run([sys.executable, "-c", _STORE, module_path(), label, PIN, *pairs], environment)
    return token


def _key(kind: str) -> Key:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65_537, 2048)


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def a_pdf(path: Path, words: str = "Bản sao từ bản chính", pages: int = 1) -> str:
    """A small PDF; returns its path."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    for page in range(pages):
        canvas.drawString(72, 700, f"{words} {page + 1}".encode("ascii", "replace").decode())
        canvas.showPage()
    canvas.save()
    path.write_bytes(target.getvalue())
    return str(path)
