"""A time-stamping service on the loopback, made of pyHanko's own for tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.soft_token import Authority


@contextmanager
def stamping_service(authority: Authority) -> Iterator[tuple[str, list[int]]]:
    """Its address, and a list that grows by one with each request."""
    stamper, asked = _stamper(authority), []

    class Answer(BaseHTTPRequestHandler):
        """One request a stamp."""

        def do_POST(self) -> None:
            from asn1crypto import tsp

            asked.append(1)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _stamper(authority: Authority) -> Any:
    import asyncio

    from asn1crypto import keys, x509
    from pyhanko.sign.timestamps import DummyTimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = rsa.generate_private_key(65_537, 2048)
    certificate = authority.issue(key, "TSA tập huấn", "", stamps=True)
    encoded = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    known: Any = SimpleCertificateStore
    dummy = DummyTimeStamper(
        x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(encoded), certs_to_embed=known(),
    )  # fmt: skip

    class InOneCall:
        """The asynchronous answer, waited for."""

        def request_tsa_response(self, request: Any) -> Any:
            return asyncio.run(dummy.async_request_tsa_response(request))

    return InOneCall()
