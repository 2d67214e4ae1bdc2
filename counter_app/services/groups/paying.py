"""A group's money at return: one receipt to the school, before anything of it leaves."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from counter_app.domain.certification.state import STRUCK
from counter_app.domain.codes import parse_provisional
from counter_app.domain.errors import DomainError
from counter_app.domain.groups.state import GroupState
from counter_app.domain.money.cash import change_for, read_given
from counter_app.domain.money.entries import CASH, TRANSFER, FeeLine
from counter_app.domain.money.receipts import COPY_FEE, total
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.services.groups.checking import Checker
from counter_app.services.groups.papers_out import PapersOut
from counter_app.services.groups.piece import PieceDrafts, group_lines
from counter_app.services.groups.sums import sums_of
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.groups import GroupForm, Piece
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId


@dataclass
class Paying:
    """One press of F9 for what a group owes."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    group: EntryId
    given: str
    method: str = CASH
    _jobs: list[int] = field(default_factory=list)

    def run(self) -> Piece:
        """Take the money and queue the receipt. Raises ``group.paid``, ``money.*``, ``role.*``."""
        clerk = self.desk.require()
        roles.require(clerk, roles.TAKE_MONEY, with_act=True)
        act = self.desk.act()
        owed = 0

        def decide(acting: Acting) -> list[Draft]:
            nonlocal owed
            state: GroupState = self.work.state(acting.connection, self.group)
            owed = sums_of(acting.connection, state).to_pay
            checker = Checker(self.work, acting.connection, clerk.id, act.at)
            piece = PieceDrafts(self.work, acting, GroupForm(method=self.method), checker, 0)
            lines = self._lines(acting, state, owed)
            given = owed if self.method == TRANSFER else read_given(self.given, owed)
            change_for(given, owed)
            piece.money(lines, given, state.name, state.id, parse_provisional(state.code))
            return piece.batch

        def then(connection: Connection, _: tuple[Entry, ...]) -> None:
            out = PapersOut(self.work, self.queue, connection, clerk, act.at)
            self._jobs = out.receipts_of(self.work.state(connection, self.group))

        self.work.store.act(decide, act, then)
        self.work.changed("groups", "money", "prints")
        with self.work.store.read() as connection:
            state: GroupState = self.work.state(connection, self.group)
        money = money_figures(owed)
        words = say(f"Đã thu {money} của {state.name}.", f"{money} taken from {state.name}.")
        return Piece(state.id, state.taken, state.planned, state.is_ended, tuple(self._jobs), words)

    def _lines(self, acting: Acting, state: GroupState, owed: int) -> tuple[FeeLine, ...]:
        """Paper by paper when nothing was paid, else the rest as one line; a struck line costs nothing."""
        if not owed:
            raise DomainError(
                f"Nhóm {state.name} đã thu đủ.", code="group.paid",
                title_en=f"Group {state.name} has paid all.",
            )  # fmt: skip
        rows = group_queries.members(acting.connection, state.id)
        requests = (self.work.state(acting.connection, row.id) for row in rows)
        lines = group_lines(
            one.taken for request in requests for one in request.originals if one.state != STRUCK
        )
        if total(lines) == owed:
            return lines
        return (FeeLine(COPY_FEE, "Phần còn thiếu", 1, owed),)
