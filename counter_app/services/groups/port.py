"""Groups: the port of the screens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.certification.state import RequestState
from counter_app.domain.codes import parse_provisional
from counter_app.domain.errors import DomainError
from counter_app.domain.groups.state import GroupState
from counter_app.domain.money.entries import CASH
from counter_app.services.groups import drafts, sheets
from counter_app.services.groups.again import Again
from counter_app.services.groups.checking import Checker
from counter_app.services.groups.listing import people_of, sheet_of
from counter_app.services.groups.paying import Paying
from counter_app.services.groups.refunding import Refunding
from counter_app.services.groups.sums import sums_of
from counter_app.services.groups.writing import Writing
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports import reads
from counter_app.services.ports.groups import (
    GroupForm,
    GroupRefund,
    GroupRefundForm,
    GroupRow,
    GroupView,
    MemberRow,
    PersonLine,
    Piece,
    Sheet,
)
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries
from sync.protocol.naming.ids import EntryId

PASTED = ("các ô vừa dán", "the pasted cells")


@dataclass
class GroupsArea:
    """Implements ``GroupsPort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def read_text(self, text: str) -> Sheet:
        """A list pasted from a spreadsheet; raises DomainError ``sheet.*``."""
        return sheet_of(sheets.read_text(text), say(*PASTED))

    def read_file(self, path: str) -> Sheet:
        """An .xlsx or .csv file; raises DomainError ``sheet.*``."""
        return sheet_of(sheets.read_file(Path(path)), Path(path).name)

    def people(self, sheet: Sheet, roles: tuple[str, ...]) -> tuple[PersonLine, ...]:
        """The persons of a list under the chosen roles of its columns. Raises ``sheet.no_name``."""
        return people_of(sheet, roles)

    def view(self, form: GroupForm) -> GroupView:
        """The form read: faults by line, sums. Never raises for what was typed."""
        now, me = self.work.now(), self.desk.require().id
        with self.work.store.read() as connection:
            return Checker(self.work, connection, me, now).view(form)

    def write_piece(self, form: GroupForm) -> Piece:
        """F9: the next persons, at most 25, as one transaction. The list is fixed with the first piece.

        Raises DomainError ``group.*`` and those of the page; then nothing is written.
        """
        if form.group is not None:
            return Writing(self.work, self.desk, self.queue, self._fixed(form.group), form.group).run()
        for field, words in self.view(form).faults:
            raise DomainError(words, field=field, code="group.fault", title_en=words)
        ticked = tuple(person for person in form.people if person.compared_at)
        rest = tuple(person for person in form.people if not person.compared_at)
        left = replace(form, people=rest, given="") if rest else None
        return Writing(self.work, self.desk, self.queue, replace(form, people=ticked), left=left).run()

    def end(self, group: EntryId, ground: str) -> Piece:
        """Ends a group that stopped half way: slip, list and receipt of those that are written."""
        return Writing(self.work, self.desk, self.queue, self._fixed(group), group, ground).run()

    def take_money(self, group: EntryId, given: str, method: str = CASH) -> Piece:
        """The group's money at return: one receipt. Raises ``money.*``, ``group.paid``."""
        return Paying(self.work, self.desk, self.queue, group, given, method).run()

    def refundable(self, group: EntryId) -> GroupRefund:
        """What can be given back of a group."""
        return Refunding(self.work, self.desk).offered(group)

    def refund(self, form: GroupRefundForm) -> str:
        """Every receipt in one act with one second person. Raises as ``Refunding.run``."""
        return Refunding(self.work, self.desk).run(form)

    def print_again(self, group: EntryId, reason: str) -> str:
        """Slip and list once more, marked as such. Raises DomainError ``reprint.reason``, ``group.open``."""
        return self.print_jobs(Again(self.work, self.desk, self.queue, group, reason).run()) or say(
            "Đã in lại phiếu và danh sách của nhóm.", "Slip and list of the group are printed again."
        )

    def print_jobs(self, jobs: tuple[int, ...]) -> str:
        """Tries print jobs; "" when all came out, else the sentence of the first that did not."""
        failed = [job for job in self.queue.run(jobs) if job.state != "done"]
        return self.queue.words(failed[0].id) if failed else ""

    def recent(self) -> tuple[GroupRow, ...]:
        """Groups, unfinished first."""
        with self.work.store.read() as connection:
            rows = group_queries.recent_groups(connection)
            found = tuple(self._row(connection, row) for row in rows)
        self.desk.saw(reads.WORK_LIST, [row.id for row in rows])
        return found

    def resume(self, group: EntryId) -> GroupForm:
        """The fixed list of a group that is half written here. Raises ``group.elsewhere``."""
        form = self._fixed(group)
        self.desk.saw(reads.REQUEST, [group])
        return form

    def members(self, group: EntryId) -> tuple[MemberRow, ...]:
        """Persons of a group in the order of its list."""
        with self.work.store.read() as connection:
            rows = group_queries.members(connection, group)
            states: list[RequestState] = [self.work.state(connection, row.id) for row in rows]
        self.desk.saw(reads.WORK_LIST, [row.id for row in rows])
        return tuple(
            MemberRow(row.id, parse_provisional(state.code).short, row.name, row.label, row.stage)
            for row, state in zip(rows, states, strict=True)
        )

    def load_draft(self) -> GroupForm | None:
        """The group that was being prepared by the person at the counter."""
        with self.work.store.read() as connection:
            return drafts.load(connection, self.desk.require().id)

    def save_draft(self, form: GroupForm | None) -> None:
        """Keeps (or with None drops) what is being prepared; local, never exchanged."""
        official, now = self.desk.require().id, self.work.now()
        with self.work.store.write() as connection:
            if form is None or form.group is not None or replace(form, signatory=None) == GroupForm():
                drafts.drop(connection, official)
            else:
                drafts.save(connection, official, form, now)

    def _fixed(self, group: EntryId) -> GroupForm:
        with self.work.store.read() as connection:
            form = drafts.fixed(connection, group)
            state: GroupState = self.work.state(connection, group)
        if form is None:
            raise DomainError(
                f"Danh sách của nhóm {state.name} không có trên máy này.",
                f"Đã ghi {state.taken} trong {state.planned} người.",
                "Ghi tiếp ở quầy đã bắt đầu, hoặc lập nhóm mới cho người còn lại.", code="group.elsewhere",
                title_en=f"The list of {state.name} is not on this PC.",
                meaning_en=f"{state.taken} of {state.planned} are written.",
                remedy_en="Go on at the counter where it began, or make a group of those who are left.",
            )  # fmt: skip
        return form

    def _row(self, connection: Connection, row: group_queries.GroupRow) -> GroupRow:
        here = not row.ended_at and drafts.fixed(connection, row.id) is not None
        sums = sums_of(connection, self.work.state(connection, row.id))
        return GroupRow(
            row.id, parse_provisional(row.code).short, row.name, row.bearer, row.papers, row.taken_at,
            row.taken, row.planned, row.copies, row.amount, sums.to_pay, row.ended_at > 0, here,
            sums.to_refund,
        )  # fmt: skip
