"""When and where somebody signed in last, and what failed since: told to him and to the supervisor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.dates import moment_text
from counter_app.domain.organisation.presence import presence_of
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports.saying import say
from counter_app.services.session import uses
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries


@dataclass(frozen=True, slots=True)
class Before:
    """The last sign-in before this one (ms, 0: none) and what failed since; ``where`` names a counter."""

    at: int = 0
    where: str = ""
    failed: int = 0
    failed_at: int = 0

    def words(self) -> str:
        """``Lần trước: 19/11/2026, 07:31, QUẦY-01. Từ đó có 2 lần nhập sai, lần cuối 06:10 …``."""
        if not self.at:
            said = say("Lần đăng nhập đầu tiên tại máy này.", "The first sign-in at this PC.")
        else:
            said = say(
                f"Lần trước: {_moment(self.at)}, {self.where}.",
                f"Last time: {_moment(self.at)}, {self.where}.",
            )
        if not self.failed:
            return said
        last = _moment(self.failed_at)
        return f"{said} " + say(
            f"Từ đó có {self.failed} lần nhập sai, lần cuối {last}. Không phải mình thì báo lãnh đạo.",
            f"{self.failed} wrong tries since, the last {last}. If that was not you, tell the supervisor.",
        )

    def short(self) -> str:
        """The same in few words, for the supervisor's list."""
        said = say("chưa vào lần nào", "never signed in")
        if self.at:
            said = say(
                f"vào lần cuối {_moment(self.at)}, {self.where}", f"last in {_moment(self.at)}, {self.where}"
            )
        return said + (say(f", {self.failed} lần sai", f", {self.failed} wrong") if self.failed else "")


def _moment(at: int) -> str:
    return moment_text(at, "%d/%m/%Y, %H:%M")


def last_sign_in(connection: Connection, work: Workplace, official: OfficialState) -> Before:
    """When and where he signed in last, and what failed since.

    Sessions are not exchanged: of other counters only the presence tells that a signatory's sign-in leaves.
    """
    here = desk_queries.last_sign_ins(connection).get(official.id, 0)
    failed = uses.failures(connection, official.login)
    said = presence_of(work.policies(connection), official.id)
    at, where = here, work.place.counter_name
    if said is not None and said.here and said.since > here:
        at = said.since
        where = work.counter_name(connection, said.journal) or say("máy khác", "another PC")
    return Before(at, where, failed.failures, failed.last_failure)
