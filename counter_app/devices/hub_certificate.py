"""The certificate the hub shows, fetched by a TLS greeting of its own, through the proxy where one is set."""

from __future__ import annotations

import base64
import datetime
import http.client
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from cryptography import x509

from sync.client.internet import HubAddress, pinned_context

GREETING_S: Final = 6.0
_HTTPS, _PROXY = 443, 3128


def last_day_shown(address: HubAddress, seconds: float = GREETING_S) -> datetime.datetime | None:
    """When the hub's certificate ends; None for a hub without TLS (tests on one machine).

    Raises OSError (``ssl.SSLError`` for a stranger) where nobody answers, ValueError for no address.
    """
    hub = urlsplit(address.url)
    if hub.scheme != "https" or not hub.hostname:
        return None
    connection = _connection(hub, address, seconds)
    try:
        connection.connect()
        shown: Any = connection.sock.getpeercert(binary_form=True)
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()
    return x509.load_der_x509_certificate(shown).not_valid_after_utc


def last_days_of(authorities: str) -> tuple[datetime.datetime, ...]:
    """When each certificate of a PEM text ends. Raises ValueError."""
    return tuple(
        one.not_valid_after_utc for one in x509.load_pem_x509_certificates(authorities.encode("ascii"))
    )


def _connection(hub: SplitResult, address: HubAddress, seconds: float) -> http.client.HTTPSConnection:
    context = pinned_context(address.authority_pem)
    assert hub.hostname is not None
    if not address.proxy:
        return http.client.HTTPSConnection(hub.hostname, hub.port or _HTTPS, context=context, timeout=seconds)
    proxy = urlsplit(address.proxy)
    if not proxy.hostname:
        raise ValueError("no address of a proxy")
    way = http.client.HTTPSConnection(proxy.hostname, proxy.port or _PROXY, context=context, timeout=seconds)
    headers = {}
    if proxy.username:
        words = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
        headers["Proxy-Authorization"] = f"Basic {base64.b64encode(words).decode()}"
    way.set_tunnel(hub.hostname, hub.port or _HTTPS, headers)
    return way
