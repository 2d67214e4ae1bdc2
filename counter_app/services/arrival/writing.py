"""A file of an old book is let in by two persons, then written in pieces; what stopped half way goes on.

Its rows are kept sealed and flushed before the entry names them, so that a kill between two pieces costs
nothing: the arrival's own state says which row comes next, and a row is never written twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.arrival.beginning import Letting, begin_arrival
from counter_app.domain.arrival.dossiers import Taking, dossier_drafts
from counter_app.domain.arrival.entries import ArrivalBegun
from counter_app.domain.arrival.lines import line_draft
from counter_app.domain.arrival.state import ArrivalState
from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.refusals import pen_elsewhere
from counter_app.domain.registers.spans import size
from counter_app.domain.registers.state import RegisterState
from counter_app.services.arrival import files, kept_rows, minutes_paper, plan
from counter_app.services.arrival.plan import Looked, Plan
from counter_app.services.dossiers.showing import tables
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.arrival import DOSSIERS, LINES, ArrivalProgress, LetIn
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import old_books
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId, life_of

PIECE = {LINES: 40, DOSSIERS: 20}
"""Rows of one transaction: some 100 ms on a slow PC, so that other work of it goes on between pieces."""


@dataclass
class Writing:
    """Letting in, and one piece after another."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def begin(self, form: LetIn) -> ArrivalProgress:
        """Two persons let the file in; nothing of it is written yet.

        One that stopped half way, and whose rows are not here any more, has them back and goes on.

        Raises DomainError ``arrival.faults``, ``arrival.*``, ``register.*``, ``pen.elsewhere``, ``role.*``,
        ``second.*``, ``pin.*``, ``password.*``; ``OSError`` when its rows cannot be kept.
        """
        person = self.desk.require()
        roles.require(person, roles.CLOSE_BOOKS)
        with self.work.store.read() as connection:
            looked = plan.look(connection, self.work, form.file, form.roles)
            left = kept_rows.lacking_rows(connection, self.work, looked)
        if left is not None:  # two persons let it in; only its rows were lost with a disk
            self.work.kept_files(plan.FOLDER).put(looked.plan.packed())
            return self.progress(left.id)
        _check(looked, form.roles)
        act = self.desk.act(sealed=True)
        second = self.desk.second(_second(form.second), form.second_secret)
        self.work.kept_files(plan.FOLDER).put(looked.plan.packed())

        def decide(acting: Acting) -> tuple[Draft, ...]:
            again = plan.look(acting.connection, self.work, form.file, form.roles)
            _check(again, form.roles)  # what a bundle brought since the page was drawn
            letting = Letting(person, second, self.work.journal, self._held(acting.connection))
            return begin_arrival(letting, _body(form, again), again.register)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            files.keep(connection, form.file, form.roles)

        acted = self.work.store.act(decide, act, then)
        self.work.changed("arrival")
        return self.progress(acted.entries[0].id)

    def _held(self, connection: Connection) -> tuple[ArrivalState, ...]:
        return tuple(self.work.state(connection, row.id) for row in old_books.arrivals(connection))

    def progress(self, arrival: EntryId) -> ArrivalProgress:
        """How far a file is written."""
        with self.work.store.read() as connection:
            state: ArrivalState = self.work.state(connection, arrival)
        here = self.work.kept_files(plan.FOLDER).has(state.plan_digest.hex())
        return ArrivalProgress(arrival, state.name, state.what, state.written, state.planned, here)

    def unfinished(self) -> tuple[ArrivalProgress, ...]:
        """Files that stopped half way."""
        with self.work.store.read() as connection:
            rows = [row for row in old_books.arrivals(connection) if row.written < row.planned]
            kept_rows.sweep(connection, self.work)
        return tuple(self.progress(row.id) for row in rows)

    def write_piece(self, arrival: EntryId) -> ArrivalProgress:
        """The next rows; with the last one the minutes are printed.

        Raises DomainError ``arrival.rows_gone``, ``arrival.elsewhere``, ``pen.elsewhere``, ``role.*``.
        """
        roles.require(self.desk.require(), roles.CLOSE_BOOKS)
        with self.work.store.read() as connection:
            state: ArrivalState = self.work.state(connection, arrival)
        rows = plan.kept(self.work, state.plan_digest)
        if rows is None:
            raise _rows_gone(state.name)
        act, jobs = self.desk.act(), list[int]()

        def decide(acting: Acting) -> list[Draft]:
            now: ArrivalState = acting.state(arrival).state
            return self._piece(acting, now, rows)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            now: ArrivalState = self.work.state(connection, arrival)
            if entries and now.is_complete:
                paper = minutes_paper.of_file(connection, self.work, now, rows)
                jobs.append(self.queue.put(connection, paper, arrival, act.at))

        self.work.store.act(decide, act, then)
        self.work.changed("arrival", "registers", "dossiers", "prints")
        done = self.progress(arrival)
        return self._ended(done, state, jobs) if done.is_complete else done

    def _ended(self, done: ArrivalProgress, state: ArrivalState, jobs: list[int]) -> ArrivalProgress:
        """The last row is written and committed: the sealed copy of the rows goes, the paper comes."""
        self.work.kept_files(plan.FOLDER).drop(state.plan_digest.hex())
        failed = [job for job in self.queue.run(jobs) if job.state != "done"]
        count = f"{done.planned:,}".replace(",", ".")
        words = say(
            f"Đã ghi {count} dòng từ sổ cũ “{done.name}”.",
            f"{done.planned} rows of the old book “{done.name}” are written.",
        )
        paper = (
            self.queue.words(failed[0].id) if failed else say("Đã in biên bản.", "The minutes are printed.")
        )
        return ArrivalProgress(
            done.arrival, done.name, done.what, done.written, done.planned, True, f"{words} {paper}"
        )

    def _piece(self, acting: Acting, state: ArrivalState, rows: Plan) -> list[Draft]:
        """Drafts of the next rows as the state of this very transaction says."""
        first, last = state.written, min(state.planned, state.written + PIECE[state.what])
        if state.what != LINES:
            return self._dossiers(acting, state.id, rows, range(first, last))
        assert state.register is not None
        register: RegisterState = acting.state(state.register).state
        if register.holder != self.work.journal:  # else two PCs could write one file
            raise pen_elsewhere("")
        return [
            line_draft(rows.lines[row], row, rows.year, register.id, state.id, salt())
            for row in range(first, last)
        ]

    def _dossiers(self, acting: Acting, arrival: EntryId, rows: Plan, which: range) -> list[Draft]:
        if arrival.journal != self.work.journal:
            raise _elsewhere()
        batch: list[Draft] = []
        used: Counter[int] = Counter()
        catalogue = tables.catalogue(acting.connection, self.work.today())
        place = self.work.place
        for row in which:
            one = rows.dossiers[row]
            received = vn_date(one.received_at)
            day = received.year * 10_000 + received.month * 100 + received.day
            used[day] += 1
            daily = request_queries.last_daily(acting.connection, day, self.work.journal) + used[day]
            code = provisional_code(
                place.unit, place.counter_number, life_of(self.work.journal), received, daily
            )
            procedure = catalogue.require(one.procedure, received)
            taking = Taking(code.digits, code.seq, procedure, catalogue.version, salt())
            batch += dossier_drafts(one, row, taking, arrival, len(batch) + 1)
        return batch


def _body(form: LetIn, looked: Looked) -> ArrivalBegun:
    rows = looked.plan
    numbers = [one.number for one in rows.lines] or [0]
    return ArrivalBegun(
        rows.what, form.file.name[:120], form.file.digest, rows.digest, rows.rows, min(numbers),
        max(numbers), size(looked.left), sum(one.copies for one in rows.lines),
        sum(one.fee for one in rows.lines), form.words.strip()[:600],
    )  # fmt: skip


def _check(looked: Looked, roles_: tuple[str, ...]) -> None:
    """Raise what the dry run shows: nothing is written while a row is wrong."""
    lacking = files.lacking_words(looked.plan.what, roles_)
    if lacking:
        raise DomainError(
            f"Chưa biết cột nào là: {lacking}.", remedy="Chọn cột, rồi xem lại.", field="columns",
            code="arrival.columns", title_en=f"No column is named as: {lacking}.",
            remedy_en="Choose the column and look again.",
        )  # fmt: skip
    if looked.faults:
        count, one = len(looked.faults), min(looked.faults)
        raise DomainError(
            f"Tệp còn {count} chỗ chưa đúng, dòng {one.line}: {one.vi}.", "Chưa ghi dòng nào.",
            "Sửa trong tệp, lưu lại, rồi chọn lại tệp.", "file", code="arrival.faults",
            title_en=f"{count} cells of the file are wrong; row {one.line}: {one.en}.",
            meaning_en="Nothing is written.", remedy_en="Mend the file and choose it again.",
        )  # fmt: skip


def _second(second: EntryId | None) -> EntryId:
    if second is None:
        raise DomainError(
            "Chưa chọn người thứ hai.", field="second", code="second.missing",
            title_en="The second person is not chosen.",
        )  # fmt: skip
    return second


def _rows_gone(name: str) -> DomainError:
    return DomainError(
        f"Các dòng còn lại của “{name}” không có trên máy này.",
        "Tệp được nhập ở máy khác, hoặc máy đã cài lại.",
        "Ghi tiếp ở máy đó, hoặc chọn lại đúng tệp ấy.", code="arrival.rows_gone",
        title_en=f"The remaining rows of “{name}” are not on this PC.",
        meaning_en="The file was let in at another PC, or this one was set up again.",
        remedy_en="Go on there, or choose that very file again.",
    )  # fmt: skip


def _elsewhere() -> DomainError:
    return DomainError(
        "Tệp này đang được ghi ở máy khác.", remedy="Ghi tiếp ở máy đó.", code="arrival.elsewhere",
        title_en="This file is being written at another PC.", remedy_en="Go on there.",
    )  # fmt: skip
