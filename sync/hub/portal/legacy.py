"""The legacy generation: a session, one envelope for every service, ``error_code`` (``law.md`` 2.3).

Read from client code, second-hand as an interface. As running clients do: ``TraCuuHoSo`` where it is not
known what the portal has, ``DongBoHoSoMC``, then ``CapNhatTienDoHoSoMC``. How official codes and online
dossiers are handed out was read nowhere: those services' names in the mapping are unverified.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.dates import vn_datetime
from sync.hub.portal import answers
from sync.hub.portal.line import Line, SessionOver
from sync.hub.portal.mapping import PortalMap
from sync.hub.portal.port import Fields, PortalDirty, PortalRefused, Seen


class LegacyPortal:
    """``PortalPort`` of the legacy generation. Not safe for several threads: one sender has it."""

    def __init__(self, line: Line, mapping: PortalMap, user: str, secret: str) -> None:
        self._line = line
        self._map = mapping
        self._user = user
        self._secret = secret
        self._session = ""

    def official_code(self, office: str, own_code: str) -> str:
        """Asked with the counter's code, so that asking again may give the same."""
        return answers.code_of(self._map, self._call("code", office, [{self._name("own_code"): own_code}]))

    def put_dossier(self, office: str, record: Fields, *, known: bool) -> None:
        """``DongBoHoSoMC``."""
        self._call("record", office, [record], updating=known)

    def put_step(self, office: str, step: Fields) -> None:
        """``CapNhatTienDoHoSoMC``."""
        self._call("step", office, [step], updating=True)

    def look(self, office: str, code: str) -> Seen | None:
        """``TraCuuHoSo``; an error that the mapping lists as ``absent`` means there is none."""
        try:
            answer = self._call("look", office, [{self._name("row_code"): code}])
        except PortalRefused as error:
            if error.detail.split(":")[0] in self._map.absent:
                return None
            raise
        return answers.seen_of(self._map, answers.rows_of(self._map, answer), code)

    def online(self, office: str, since: int) -> Sequence[object]:
        """Dossiers filed online since then."""
        asked = {self._name("since"): f"{vn_datetime(since):%Y%m%d%H%M%S}"}
        return answers.rows_of(self._map, self._call("online", office, [asked]))

    def _name(self, what: str) -> str:
        return self._map.answers[what]

    def _call(
        self, service: str, office: str, data: Sequence[Mapping[str, Any]], *, updating: bool = False
    ) -> dict[str, Any]:
        """One service; a session that ended is begun again, once."""
        for last in (False, True):
            body = {
                "session": self._session or self._sign_in(), "madonvi": office,
                "service": self._map.services[service], "isUpdating": str(updating), "data": list(data),
            }  # fmt: skip
            try:
                answer = self._line.post(self._map.paths["call"], body)
                number = answers.error_number(self._map, answer)
                if number not in self._map.session_over:
                    break
            except SessionOver:
                pass
            self._session = ""
            if last:
                raise PortalRefused("session", "refused")
        if number != "0":
            raise answers.refusal(self._map, answer, number)
        return answer

    def _sign_in(self) -> str:
        body = {"username": self._user, "password": self._secret}
        try:
            answer = self._line.post(self._map.paths["sign_in"], body)
        except SessionOver:
            raise PortalRefused("sign-in") from None
        number = answers.error_number(self._map, answer)
        if number != "0":
            raise answers.refusal(self._map, answer, number)
        session = answer.get(self._map.answers["session"])
        if not isinstance(session, str) or not 1 <= len(session) <= 4_000:
            raise PortalDirty("session")
        self._session = session
        return session
