"""Power cut: the pen goes to printed register sheets and comes back with the last number used there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.registers.pen import pass_to_paper, return_from_paper
from counter_app.domain.registers.spans import spans_text
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms import register_month as form
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.pen.days import day_typed
from counter_app.services.ports.saying import say
from counter_app.services.registers.month import book_of
from counter_app.services.session.desk import Desk
from counter_app.services.signing.guards import Guards
from counter_app.services.signing.numbering import Numbering
from counter_app.services.workplace import Workplace
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId

MOST_SHEETS = 200


@dataclass
class OnPaper:
    """To paper, back, and the acts of the power cut entered afterwards."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    guards: Guards

    def pass_on(self, register: EntryId, sheets: int, second: EntryId, secret: str) -> str:
        """The next ``sheets`` numbers leave on printed register sheets.

        Raises DomainError ``paper.count``, ``pen.*``, ``role.*``, ``second.*``, ``pin.*``, ``password.*``.
        """
        if not 1 <= sheets <= MOST_SHEETS:
            raise _bad_count()
        act, person = self.desk.act(sealed=True), self.desk.require()
        beside = self.desk.second(second, secret)
        jobs: list[int] = []

        def decide(acting: Acting) -> tuple[Draft, ...]:
            state: RegisterState = self.work.state(acting.connection, register)
            return pass_to_paper(state, self.work.journal, state.last_number + sheets, person, beside)

        def then(connection: Connection, _: tuple[Entry, ...]) -> None:
            state: RegisterState = self.work.state(connection, register)
            jobs.append(self.queue.put(connection, self._sheets(state, act.at), register, act.at))

        self.work.store.act(decide, act, then)
        self.work.changed("registers", "signing", "prints")
        printed = self.queue.run(jobs)[0].state == "done"
        done = say(
            f"Quyền cấp số đã chuyển sang sổ giấy, {sheets} số in sẵn.",
            f"The pen is with the paper book; {sheets} numbers are printed beforehand.",
        )
        return done if printed else f"{done} {self.queue.words(jobs[0])}"

    def _sheets(self, state: RegisterState, at: int) -> Paper:
        """Register pages with the next numbers and empty columns."""
        stay, moment, book = state.papers[-1], vn_datetime(at), book_of(state)
        numbers = range(stay.first, stay.sheets_to + 1)
        data = form.RegisterMonth(
            head=self.work.place.head, book=f"{state.book:02d}", year=state.year, month=moment.month,
            lines=tuple(form.RegisterLine(number=number) for number in numbers), as_of=moment, closed=False,
            marks=self.work.place.marks(), symbol=state.symbol, by_hand=True, title=book.title,
            heads=book.heads, counted=book.counted,
        )  # fmt: skip
        return Paper(forms.REGISTER, f"Tờ sổ {state.symbol} ghi tay, số {stay.first}–{stay.sheets_to}", data)

    def come_back(self, register: EntryId, last_used: int, second: EntryId, secret: str) -> str:
        """The sheets come back to the PC that printed them, with the last number used there.

        Raises DomainError ``paper.*``, ``pen.not_passed``, ``pen.incomplete``, ``role.*``, ``second.*``,
        ``pin.*``.
        """
        act, person = self.desk.act(sealed=True), self.desk.require()
        beside = self.desk.second(second, secret)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            state: RegisterState = self.work.state(acting.connection, register)
            printed_at = state.previous_holder if state.is_on_paper else state.holder
            where = self.work.counter_name(acting.connection, printed_at) if printed_at else ""
            return return_from_paper(state, self.work.journal, last_used, person, beside, holder_name=where)

        self.work.store.act(decide, act)
        self.guards.witnessed(register)
        self.work.changed("registers", "signing")
        with self.work.store.read() as connection:
            left = self.work.state(connection, register).to_enter_from_paper
        place = self.work.place.counter_name
        done = say(f"Quyền cấp số đã về {place}.", f"The pen is back at {place}.")
        if not left:
            return done
        numbers = spans_text(left)
        return say(
            f"{done} Nhập các số đã dùng trên giấy: {numbers}.",
            f"{done} Enter the numbers used on paper: {numbers}.",
        )

    def enter(
        self, requests: tuple[EntryId, ...], first: int, day: str, pin: str, signatory: EntryId | None
    ) -> str:
        """Requests get the numbers they bear on paper; column 8 says so; no text is printed again.

        Raises DomainError ``paper.not_used``, ``day.*``, ``date.*``, ``lot.*``, ``pin.*``, ``role.*``.
        """
        used = day_typed(day, self.work.today())
        self.desk.check_pin(pin)
        numbering = Numbering(
            self.work, self.desk, self.queue, self.guards, requests, signatory, paper_first=first,
            paper_day=used,
        )  # fmt: skip
        done = numbering.run()
        numbers = f"{done.first}–{done.last}" if done.last > done.first else f"{done.first}"
        return say(f"Đã nhập số {numbers} từ sổ giấy.", f"Entered from paper: {numbers}.")


def _bad_count() -> DomainError:
    return DomainError(
        f"In sẵn từ 1 đến {MOST_SHEETS} số.", remedy="Nhập lại số lượng.", field="sheets", code="paper.count",
        title_en=f"From 1 to {MOST_SHEETS} numbers are printed.", remedy_en="Type the count again.",
    )  # fmt: skip
