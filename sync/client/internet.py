"""The Internet as a carrier: ``POST /v1/exchange`` over one kept TLS connection to a pinned authority.

Environment variables, the system's certificates, cookies and redirects have no part in it: where a request
goes is what the settings say, and who answers is whom the province's own authority certified. Only Host and
Content-Length are sent, since on a slow line headers would outweigh an idle exchange.
"""

from __future__ import annotations

import base64
import http.client
import io
import ssl
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import exceptions as under
from urllib3.util import SKIP_HEADER

from sync.client.transport import (
    CutOff,
    Garbled,
    HubFailed,
    LineFault,
    NoLine,
    NotTheHub,
    ProxyFailed,
    RequestRefused,
    TimedOut,
)
from sync.protocol.meeting.brief import ANSWER_MARK
from sync.protocol.meeting.exchange import MAX_MESSAGE_BYTES

PATH = "/v1/exchange"
SHORT_PATH = "/x"
"""The same, for a hub that has answered briefly before: ten bytes of each request less."""
NO_PROGRESS_S = 10.0
LONGEST_ANSWER_S = 300.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PIECE = 16 * 1024
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, which the ssl module does not name

_Answer = TypeVar("_Answer")


class HubAddress(NamedTuple):
    """Where the hub is: ``https://name[:port]``, its authority's certificate (PEM), a proxy URL or ''.

    Plain http is taken for this machine only (measurements, tests).
    """

    url: str
    authority_pem: str
    proxy: str = ""


def pinned_context(authority_pem: str) -> ssl.SSLContext:
    """TLS 1.2+ that believes this authority and no other. Raises ValueError for no PEM certificate.

    A certificate's dates are not judged: a counter with a flat battery lives in 2009, and only an exchange
    can tell it so. The authority is the province's own, so a lost key is answered by a new authority.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cadata=authority_pem)
    except (ssl.SSLError, ValueError) as error:
        raise ValueError("no certificate of an authority") from error
    context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
    return context


class _PinnedAdapter(HTTPAdapter):
    """Hands our TLS context to direct and proxied connections, and adds no other authorities to it."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        # The inherited method knows Latin-1 alone: a Vietnamese password would end the exchange.
        parts = urlsplit(proxy)
        if not parts.username:
            return {}
        words = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        return {"Proxy-Authorization": f"Basic {base64.b64encode(words).decode()}"}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        # The inherited method would load the certificates of public authorities into our context.
        conn.cert_reqs = "CERT_REQUIRED"


class InternetLine:
    """One kept connection to the hub (``Transport``); a second exchange in flight takes a second line."""

    def __init__(self, address: HubAddress, no_progress_s: float = NO_PROGRESS_S) -> None:
        """Opens nothing yet. Raises ValueError for an address or a certificate that cannot be meant."""
        parts = urlsplit(address.url)
        if not parts.hostname or parts.scheme not in ("https", "http") or parts.username:
            raise ValueError(f"no address of a hub: {address.url!r}")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("a hub is spoken to over TLS")
        self._url = f"{parts.scheme}://{parts.netloc}{PATH}"
        self._short_url = f"{parts.scheme}://{parts.netloc}{SHORT_PATH}"
        self._short = False
        self._context = pinned_context(address.authority_pem) if parts.scheme == "https" else None
        self._proxy = address.proxy
        self._timeout = no_progress_s
        self._session: requests.Session | None = None

    def send(self, request: bytes) -> bytes:
        """One request and its answer's bytes. Raises LineFault; after one the next call connects anew."""
        try:
            answer = self._persistent(lambda: self._send(request))
        except RequestRefused:
            if not self._short:
                raise
            self._short = False  # a hub of before, or something before it that passes only what it knows
            answer = self._persistent(lambda: self._send(request))
        except LineFault:
            self._short = False
            raise
        self._short = answer.startswith(ANSWER_MARK)
        return answer

    def _persistent(self, send: Callable[[], _Answer]) -> _Answer:
        """Sends; once more when a kept connection turns out to be closed. Raises LineFault."""
        kept = self._session is not None
        try:
            return send()
        except CutOff:
            # Somebody in between closed a kept connection while it rested; an exchange may be repeated.
            self.close()
            if not kept:
                raise
        except LineFault:
            self.close()
            raise
        try:
            return send()
        except LineFault:
            self.close()
            raise

    def close(self) -> None:
        """Drops the connection."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _send(self, request: bytes) -> bytes:
        if self._session is None:
            self._session = self._open()
        try:
            # A file is sent in pieces, each with the full time-out: slow is not the same as stuck.
            with self._session.post(
                self._short_url if self._short else self._url,
                data=io.BytesIO(request),
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
            ) as response:
                _judge(response.status_code)
                return whole_body(response.raw)
        except (requests.RequestException, under.HTTPError, http.client.HTTPException, OSError) as error:
            raise fault_of(error) from error

    def _open(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.headers.clear()
        session.headers.update({"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER})
        session.proxies = {"https": self._proxy, "http": self._proxy} if self._proxy else {}
        session.mount("https://", _PinnedAdapter(self._context))
        session.mount("http://", _PinnedAdapter(None))
        return session


def _judge(status: int) -> None:
    """Raises the fault that an HTTP status other than 200 means."""
    if status == 200:
        return
    words = f"HTTP status {status}"
    if status == 407:
        raise ProxyFailed(words)
    if status == 511 or status < 400:
        raise NotTheHub(words)
    if status == 429 or status >= 500:
        raise HubFailed(words)
    raise RequestRefused(words)


def whole_body(raw: Any) -> bytes:
    """The whole answer, never more than a message may have, never longer than minutes for a dripping one."""
    parts: list[bytes] = []
    size = 0
    until = time.monotonic() + LONGEST_ANSWER_S
    while piece := raw.read(_PIECE, decode_content=False):
        parts.append(piece)
        size += len(piece)
        if size > MAX_MESSAGE_BYTES:
            raise Garbled(f"an answer of more than {MAX_MESSAGE_BYTES} bytes")
        if time.monotonic() > until:
            raise TimedOut(f"no whole answer in {LONGEST_ANSWER_S:.0f} s")
    return b"".join(parts)


def fault_of(error: Exception) -> LineFault:
    """What a failure below means for an exchange; the first match in the chain of causes decides."""
    chain = _causes(error)
    for kinds, fault in _MEANINGS:
        if any(isinstance(cause, kinds) for cause in chain):
            return fault(_first_words(chain))
    return NoLine(_first_words(chain))


_MEANINGS: tuple[tuple[tuple[type[Exception], ...], type[LineFault]], ...] = (
    ((requests.exceptions.ProxyError, under.ProxyError), ProxyFailed),
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError), CutOff),
    ((requests.exceptions.SSLError, under.SSLError, ssl.SSLError), NotTheHub),
    ((requests.exceptions.ConnectTimeout, under.NewConnectionError, under.NameResolutionError), NoLine),
    ((requests.exceptions.ReadTimeout, under.ReadTimeoutError, TimeoutError), TimedOut),
    ((http.client.RemoteDisconnected, ConnectionError, http.client.IncompleteRead), CutOff),
    ((http.client.HTTPException, under.HeaderParsingError), Garbled),
    ((under.IncompleteRead, under.ProtocolError), CutOff),
)


def _causes(error: BaseException) -> list[BaseException]:
    """``error``, what it was raised from, and errors wrapped as arguments, outermost first."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and one not in seen:
            seen.append(one)
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return seen


def _first_words(chain: list[BaseException]) -> str:
    """For a log: the kinds of error, without addresses or contents."""
    return " < ".join(type(cause).__name__ for cause in chain[:3])
