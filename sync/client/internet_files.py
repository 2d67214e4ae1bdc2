"""The connection on which files travel: beside those of the records, one part at a time (``sync.md`` 7).

As ``internet``: a pinned authority, no cookies, no redirects, ten seconds without progress end it. Headers
are few, since each part pays for them.
"""

from __future__ import annotations

import http.client
import io
from collections.abc import Mapping

import requests
from urllib3 import exceptions as under

from sync.client.file_line import PATH, VERSION, Reply
from sync.client.internet import NO_PROGRESS_S, HubAddress, InternetLine, fault_of, whole_body
from sync.client.transport import HubFailed, NotTheHub, ProxyFailed


class InternetFileLine(InternetLine):
    """Implements ``FileLine`` over TLS."""

    def __init__(self, address: HubAddress, no_progress_s: float = NO_PROGRESS_S) -> None:
        """Opens nothing yet. Raises ValueError as ``InternetLine``."""
        super().__init__(address, no_progress_s)
        self._root = self._url.removesuffix("/v1/exchange") + PATH

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """One request; a kept connection that rested and was closed meanwhile is opened again once."""
        return self._persistent(lambda: self._ask(method, path, headers, body))

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        if self._session is None:
            self._session = self._open()
        try:
            with self._session.request(
                method,
                self._root + path,
                headers=dict(headers),
                data=io.BytesIO(body) if body else None,
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
            ) as response:
                told = {name.lower(): value for name, value in response.headers.items()}
                reply = Reply(response.status_code, told, whole_body(response.raw))
        except (requests.RequestException, under.HTTPError, http.client.HTTPException, OSError) as error:
            raise fault_of(error) from error
        return _judged(reply)


def _judged(reply: Reply) -> Reply:
    """The answer of a hub. Raises the fault that a proxy's, a portal's or a failing hub's answer means."""
    words = f"HTTP status {reply.status}"
    if reply.status == 407:
        raise ProxyFailed(words)
    if reply.status in (429, 507) or (reply.status >= 500 and reply.status != 511):
        raise HubFailed(words)
    if reply.headers.get("tus-resumable") != VERSION:
        raise NotTheHub(words)
    return reply
