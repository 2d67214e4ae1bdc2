"""Versions of the program from the province's hub, piece by piece; who answers is pinned as for exchanges."""

from __future__ import annotations

import http.client
from typing import Final

import requests
from urllib3 import exceptions as under

from sync.client.internet import NO_PROGRESS_S, HubAddress, InternetLine, fault_of, whole_body
from sync.client.transport import Garbled, HubFailed, LineFault, NotTheHub, ProxyFailed, RequestRefused

PATH: Final = "/v1/updates/"
_FAULTS: Final[dict[int, type[LineFault]]] = {407: ProxyFailed, 511: NotTheHub}


class InternetUpdateLine(InternetLine):
    """One kept connection to the hub's versions."""

    def __init__(self, address: HubAddress, no_progress_s: float = NO_PROGRESS_S) -> None:
        """Opens nothing yet. Raises ValueError as ``InternetLine``."""
        super().__init__(address, no_progress_s)
        self._root = self._url.removesuffix("/v1/exchange") + PATH

    def part(self, name: str, offset: int, most: int) -> bytes:
        """At most ``most`` bytes of a file from ``offset``; empty at its end. Raises LineFault."""
        if self._session is None:
            self._session = self._open()
        asked = {"Range": f"bytes={offset}-{offset + most - 1}"}
        try:
            with self._session.get(
                self._root + name, headers=asked, timeout=self._timeout, stream=True, allow_redirects=False
            ) as response:
                data = whole_body(response.raw)
                return _judged(
                    response.status_code, response.headers.get("content-range", ""), offset, data, most
                )
        except (requests.RequestException, under.HTTPError, http.client.HTTPException, OSError) as error:
            self.close()
            raise fault_of(error) from error
        except LineFault:
            self.close()
            raise


def _judged(status: int, told: str, offset: int, data: bytes, most: int) -> bytes:
    """The bytes that were asked for, and no others: a proxy may know nothing of ranges. Raises LineFault."""
    if status == 416:
        return b""
    if status == 200:
        return data[offset : offset + most]
    if status == 206:
        if not told.startswith(f"bytes {offset}-") or len(data) > most:
            raise Garbled("another part than was asked for")
        return data
    words = f"HTTP status {status}"
    if status in _FAULTS:
        raise _FAULTS[status](words)
    raise HubFailed(words) if status >= 500 or status == 429 else RequestRefused(words)
