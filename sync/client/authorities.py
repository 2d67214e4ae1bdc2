"""TLS authorities that a counter believes: provisioned, or announced since, and not given up."""

from __future__ import annotations

import hashlib
import re
import ssl
from collections.abc import Collection, Iterable

_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----")


def believed(pinned: str, announced: Iterable[str], given_up: Collection[bytes]) -> str:
    """Certificates (PEM, one behind the other), each once; ``given_up`` are SHA-256 digests of DER.

    What is no certificate is left out: an announcement that cannot be read must not end the line. When all
    are given up, the newest stays: a counter that believes nobody could not even be told so.
    """
    blocks = [block for text in (pinned, *announced) for block in _BLOCK.findall(text)]
    known = {digest: block for block in blocks if (digest := _digest(block)) is not None}
    left = [block for digest, block in known.items() if digest not in given_up]
    return "\n".join(left or list(known.values())[-1:]) + "\n" if known else pinned


def _digest(block: str) -> bytes | None:
    """Of the certificate's DER; None for one that no library would load."""
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=block)
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(block)).digest()
    except (ssl.SSLError, ValueError):
        return None
