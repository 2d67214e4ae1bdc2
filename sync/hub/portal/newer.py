"""The generation of 2026 as far as it is known second-hand (``law.md`` 2.3 [S]); **unverified**.

OAuth token, ``GetNextValue``, ``NoiHoSo``, ``CapNhatTienTrinh`` and ``CapNhatTrangThai``. Addresses, the
names of answers and how a dossier is looked up are ours, in the mapping, until a specification was read. The
progress line goes before the state: one whose answer was lost leaves again, alike in code and moment.
``UploadFile`` is not called: files of dossiers stay at their counters (decision 034).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.dates import vn_datetime
from sync.hub.portal import answers
from sync.hub.portal.line import Line, SessionOver
from sync.hub.portal.mapping import PortalMap
from sync.hub.portal.port import Fields, PortalDirty, PortalRefused, Seen

_OF_STATE = ("row_code", "step_state")


class NewerPortal:
    """``PortalPort`` of the 2026 generation. Not safe for several threads: one sender has it."""

    def __init__(self, line: Line, mapping: PortalMap, user: str, secret: str) -> None:
        self._line = line
        self._map = mapping
        self._user = user
        self._secret = secret
        self._token = ""

    def official_code(self, office: str, own_code: str) -> str:
        """``GetNextValue``: a lost answer wastes one value, which no dossier ever gets."""
        body = {self._map.answers["office"]: office, self._map.answers["own_code"]: own_code}
        return answers.code_of(self._map, self._call("code", body))

    def put_dossier(self, office: str, record: Fields, *, known: bool) -> None:
        """``NoiHoSo``; where the portal has it, its own code makes it the same one."""
        self._call("record", {**record, self._map.answers["office"]: office})

    def put_step(self, office: str, step: Fields) -> None:
        """``CapNhatTienTrinh``, then ``CapNhatTrangThai``."""
        self._call("step", {**step, self._map.answers["office"]: office})
        names = [self._map.answers[name] for name in _OF_STATE]
        self._call("state", {name: step[name] for name in names})

    def look(self, office: str, code: str) -> Seen | None:
        """The dossier as the portal has it [U]."""
        try:
            answer = self._call("look", {self._map.answers["row_code"]: code})
        except PortalRefused as error:
            if error.detail.split(":")[0] in self._map.absent:
                return None
            raise
        return answers.seen_of(self._map, answers.rows_of(self._map, answer), code)

    def online(self, office: str, since: int) -> Sequence[object]:
        """Dossiers filed online since then [U]."""
        names = self._map.answers
        body = {names["office"]: office, names["since"]: f"{vn_datetime(since):%Y%m%d%H%M%S}"}
        return answers.rows_of(self._map, self._call("online", body))

    def _call(self, service: str, body: Mapping[str, Any]) -> dict[str, Any]:
        path = self._map.services[service]
        for last in (False, True):
            words = {"Authorization": f"Bearer {self._token or self._sign_in()}"}
            try:
                answer = self._line.post(path, body, words)
                break
            except SessionOver:
                self._token = ""
                if last:
                    raise PortalRefused("token") from None
        number = answers.error_number(self._map, answer)
        if number != "0":
            raise answers.refusal(self._map, answer, number)
        return answer

    def _sign_in(self) -> str:
        body = {"grant_type": "client_credentials", "client_id": self._user, "client_secret": self._secret}
        try:
            answer = self._line.post(self._map.paths["sign_in"], body)
        except SessionOver:
            raise PortalRefused("sign-in") from None
        token = answer.get(self._map.answers["session"])
        if not isinstance(token, str) or not 1 <= len(token) <= 4_000 or not token.isascii():
            raise PortalDirty("token")
        self._token = token
        return token
