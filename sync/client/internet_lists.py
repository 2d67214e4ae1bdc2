"""The province's list for the check of copies over the Internet, when it says something new."""

from __future__ import annotations

import http.client
from typing import Final

import requests
from urllib3 import exceptions as under

from sync.client.internet import NO_PROGRESS_S, HubAddress, InternetLine, fault_of, whole_body
from sync.client.list_line import Fetched
from sync.client.transport import HubFailed, LineFault, NotTheHub, ProxyFailed, RequestRefused

PATH: Final = "/v1/check-list"
_HEADERS_COST: Final = 400
"""About what headers of a question and its answer weigh, for the day's budget."""
_FAULTS: Final[dict[int, type[LineFault]]] = {407: ProxyFailed, 511: NotTheHub}


class InternetListLine(InternetLine):
    """Asks the hub for its list; one connection for one question."""

    def __init__(self, address: HubAddress, no_progress_s: float = NO_PROGRESS_S) -> None:
        """Opens nothing yet. Raises ValueError as ``InternetLine``."""
        super().__init__(address, no_progress_s)
        self._place = self._url.removesuffix("/v1/exchange") + PATH

    def newer(self, mark: str) -> Fetched:
        """The list, unless its mark (``mark_of``) is the one named; "" names none. Raises LineFault."""
        return self._persistent(lambda: self._newer(mark))

    def _newer(self, mark: str) -> Fetched:
        if self._session is None:
            self._session = self._open()
        asked = {"If-None-Match": f'"{mark}"'} if mark else {}
        try:
            with self._session.get(
                self._place, headers=asked, timeout=self._timeout, stream=True, allow_redirects=False
            ) as response:
                if response.status_code == 304 and mark:
                    return Fetched(b"", _HEADERS_COST)
                _judge(response.status_code)
                data = whole_body(response.raw)
                return Fetched(data, _HEADERS_COST + len(data))
        except (requests.RequestException, under.HTTPError, http.client.HTTPException, OSError) as error:
            raise fault_of(error) from error


def _judge(status: int) -> None:
    """Raises the fault that a status other than 200 means."""
    if status == 200:
        return
    words = f"HTTP status {status}"
    if status in _FAULTS:
        raise _FAULTS[status](words)
    if status < 400:
        raise NotTheHub(words)
    raise HubFailed(words) if status >= 500 or status == 429 else RequestRefused(words)
