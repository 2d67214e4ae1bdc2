"""Notes, corrections and slips of bound months; the minutes of numbers settled one by one."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import msgspec
from sqlalchemy import Connection

from counter_app.domain.certification.lines.correction import Correction, correct_line
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles.signing import note_line
from counter_app.domain.dates import moment_text, vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.entries import REBUILT
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms import minutes
from counter_app.printing.forms.bound_note import BoundNote
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.pen.recovering import signers
from counter_app.services.ports import reads
from counter_app.services.ports.register_years import CorrectionForm, LaterNoteRow
from counter_app.services.ports.saying import counted, say
from counter_app.services.registers import held
from counter_app.services.registers.desk_of_books import BookDesk
from counter_app.services.registers.year_read import LaterNote, later_notes
from counter_app.storage.journals.journal import position
from counter_app.storage.queries import registers as queries
from counter_app.storage.store import Acting
from counter_app.storage.this_pc import local
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


class LaterNotes(BookDesk):
    """What happens to lines whose pages are bound."""

    def later_notes(self, year: int, kind: str = held.COPY) -> tuple[LaterNoteRow, ...]:
        """What changed in bound months, by number. Raises DomainError ``register.none``, ``role.*``."""
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        with self.work.store.read() as connection:
            state = held.required_register(connection, self.work, year, kind)
            found = later_notes(connection, state)
        self.desk.saw(reads.MONTH, [state.id], shown=len(found), reason=f"{year} later")
        return tuple(
            LaterNoteRow(note.line, note.number, note.month, note.at, note.words, note.who, note.pasted)
            for note in found
        )

    def print_later_notes(self, year: int, kind: str = held.COPY) -> str:
        """Prints one slip a line for what has not come out. Raises DomainError ``notes.none``, ``role.*``."""
        roles.require(self.desk.require(), roles.CLOSE_BOOKS)
        now = self.work.now()
        with self.work.store.write() as connection:
            state = held.required_register(connection, self.work, year, kind)
            open_notes = [note for note in later_notes(connection, state) if not note.pasted]
            asked = [
                self._ask_slip(connection, self._slip(connection, state, list(notes), now), line, now)
                for line, notes in groupby(open_notes, key=lambda note: note.line)
            ]
        if not asked:
            raise _nothing_to_print()
        jobs, doubtful = [[job for job, sent in asked if sent is died] for died in (False, True)]
        self.work.changed("registers", "prints")
        done = sum(job.state == "done" for job in self.queue.run(jobs))
        self.work.changed("registers")
        if done == len(jobs) and doubtful:
            return self.queue.words(doubtful[0])
        if done == len(jobs):
            return say(
                f"Đã in {done} phiếu ghi chú bổ sung; dán vào đúng số trong quyển tháng.",
                f"{counted(done, 'slip', 'slips')} printed; paste each at its number in the month's book.",
            )
        return self.queue.words(jobs[done])

    def _ask_slip(self, connection: Connection, paper: Paper, line: EntryId, now: int) -> tuple[int, bool]:
        """Job of a line's slip, and whether a person must say first if paper came out (then it stays).

        A slip that waits is not asked for twice; one that says less than the line now does is replaced.
        """
        waiting = [job for job in local.print_jobs(connection) if _is_slip(job, line)]
        kept = next((job for job in waiting if job.state == "sent" or _same(job, paper)), None)
        for job in waiting:
            if kept is None:
                local.note_print(connection, job.id, "dropped", now, job.printer)
        return (self.queue.put(connection, paper, line, now), False) if kept is None else (
            kept.id, kept.state == "sent"
        )  # fmt: skip

    def _slip(self, connection: Connection, state: RegisterState, notes: list[LaterNote], now: int) -> Paper:
        line: LineState = self.work.state(connection, notes[0].line)
        changes = tuple((moment_text(n.at, "%H:%M %d/%m/%Y"), n.words, n.who) for n in notes)
        data = BoundNote(
            head=self.work.place.head, symbol=state.symbol, book=f"{line.book:02d}", year=line.year,
            month=notes[0].month, number=line.number,
            day=date(line.day // 10_000, line.day // 100 % 100, line.day % 100), name=line.column_3,
            original=line.original_name, changes=changes, made_at=vn_datetime(now),
            marks=self.work.place.marks(),
        )  # fmt: skip
        return Paper(forms.BOUND_NOTE, f"Ghi chú bổ sung số {line.shown_number}", data)

    def note(self, line: EntryId, words: str) -> str:
        """A note in Ghi chú of one line. Raises DomainError ``note.empty``, ``role.*``."""
        roles.require(self.desk.require(), roles.CLOSE_BOOKS)
        shown = ""

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal shown
            state: LineState = self.work.state(acting.connection, line)
            shown = state.shown_number
            return note_line(state, words)

        self.work.store.act(decide, self.desk.act(sealed=True))
        self.work.changed("registers")
        return say(f"Đã ghi chú số {shown}.", f"Number {shown} has its note.")

    def correct(self, form: CorrectionForm) -> str:
        """A column put right: both give their secret, the first at field ``secret``.

        Raises DomainError ``correct.*``, ``role.*``, ``second.*``, ``pin.*``, ``password.*``.
        """
        act, person = self.desk.act(sealed=True), self.desk.require()
        self._confirm(form.secret)
        second = self.desk.second(form.second, form.second_secret)
        correction, shown = Correction(form.column, form.now, form.words), ""

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal shown
            state: LineState = self.work.state(acting.connection, form.line)
            shown = state.shown_number
            return correct_line(state, correction, person, second)

        self.work.store.act(decide, act)
        self.work.changed("registers", "requests")
        return say(
            f"Đã đính chính số {shown} ở Ghi chú; dòng đã ghi giữ nguyên.",
            f"Number {shown} is put right in its note; the line stays as written.",
        )

    def _confirm(self, secret: str) -> None:
        """The first person's own secret; what is wrong with it stands at its own cell."""
        try:
            self.desk.check_pin(secret)
        except DomainError as error:
            vi, en = error.words("vi"), error.words("en")
            raise DomainError(
                vi.title, vi.meaning, vi.remedy, "secret", code=error.code,
                title_en=en.title, meaning_en=en.meaning, remedy_en=en.remedy,
            ) from error  # fmt: skip

    def print_settlement(self, year: int, second: EntryId, kind: str = held.COPY) -> str:
        """Minutes of the numbers settled so far. DomainError ``settled.none``, ``second.*``, ``role.*``."""
        person = self.desk.require()
        roles.require(person, roles.TWO_PERSONS_FIRST)
        now = self.work.now()
        with self.work.store.write() as connection:
            state = held.required_register(connection, self.work, year, kind)
            rows = queries.settled(connection, state.id)
            if not rows:
                raise _nothing_settled()
            if second == person.id:
                raise _alone()
            first, other = signers(person, self.work.state(connection, second))
            data = minutes.settlement(
                head=self.work.place.head, held_at=vn_datetime(now), register=state.symbol, year=year,
                numbers=tuple(_settled_row(row) for row in rows), first=first, second=other,
                journal_head=position(connection, self.work.journal).head.hex(),
                marks=self.work.place.marks(),
            )  # fmt: skip
            paper = Paper(forms.MINUTES, f"Biên bản giải quyết số chưa rõ {state.symbol}/{year}", data)
            jobs = [self.queue.put(connection, paper, state.id, now)]
        if self.queue.run(jobs)[0].state == "done":
            return say("Đã in biên bản giải quyết số chưa rõ.", "Minutes of the settled numbers are printed.")
        return self.queue.words(jobs[0])


def _is_slip(job: local.PrintJob, line: EntryId) -> bool:
    return job.form == forms.BOUND_NOTE and job.subject == line


def _same(job: local.PrintJob, paper: Paper) -> bool:
    """Whether a waiting slip tells the same changes; it was drawn up at another time."""
    try:
        kept = msgspec.msgpack.decode(job.content, type=BoundNote)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return kept == msgspec.structs.replace(paper.data, made_at=kept.made_at)


def _settled_row(row: queries.SettledRow) -> tuple[str, str, str]:
    outcome = "Dựng lại từ căn cứ" if row.outcome == REBUILT else "Hủy số"
    return f"{row.number:02d}", outcome, row.evidence


def _nothing_to_print() -> DomainError:
    return DomainError(
        "Không có ghi chú nào chờ in.", "Các tháng đã đóng quyển không có thay đổi mới.", code="notes.none",
        title_en="No note waits to be printed.", meaning_en="Nothing changed in the bound months.",
    )  # fmt: skip


def _nothing_settled() -> DomainError:
    return DomainError(
        "Chưa có số nào được giải quyết.", code="settled.none", title_en="No number has been settled."
    )


def _alone() -> DomainError:
    return DomainError(
        "Biên bản cần hai người khác nhau.", field="second", code="second.same_person",
        title_en="Minutes need two different persons.",
    )  # fmt: skip
