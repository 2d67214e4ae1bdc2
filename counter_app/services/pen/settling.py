"""Numbers nobody vouches for are settled one by one; of two lines with one number a person rules."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles.signing import strike_double
from counter_app.domain.registers.entries import REBUILT, NumberSettled
from counter_app.domain.registers.recovery import rule_double, settle_rebuilt, settle_void
from counter_app.domain.registers.spans import holds
from counter_app.domain.registers.state import RegisterState
from counter_app.services.pen.days import day_typed
from counter_app.services.pen.status import lost_name
from counter_app.services.ports.pen import Double, DoubleLine, LineFound, RebuiltForm, UnknownNumber
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


def unknown_numbers(connection: Connection, work: Workplace, register: EntryId) -> tuple[UnknownNumber, ...]:
    """Every number to settle, ascending, with the PC that may have given it."""
    state: RegisterState = work.state(connection, register)
    return tuple(
        UnknownNumber(
            number,
            say("Sổ giấy", "The paper book")
            if recovery.from_paper or not recovery.lost
            else lost_name(connection, work, recovery.lost),
        )
        for recovery in state.recoveries
        for part in recovery.unknown
        for number in range(part.first, part.last + 1)
    )


def doubles(connection: Connection, work: Workplace, register: EntryId) -> tuple[Double, ...]:
    """Numbers that two valid lines bear, with both lines."""
    return tuple(
        Double(number, tuple(_double_line(connection, work, line) for line in lines))
        for number, lines in register_queries.doubles(connection, register)
    )


def _double_line(connection: Connection, work: Workplace, line: EntryId) -> DoubleLine:
    state: LineState = work.state(connection, line)
    return DoubleLine(
        line, state.requester_name, state.original_name, state.day, state.copies, state.state,
        work.counter_name(connection, line.journal),
    )  # fmt: skip


def lines_of_number(connection: Connection, register: EntryId, number: int) -> tuple[LineFound, ...]:
    """Lines that bear a number; more than one is a double."""
    return tuple(
        LineFound(
            row.id, f"{row.number:02d}/{row.year}", row.day, row.requester_name, row.original_name,
            row.copies, row.state, row.remarks,
        )
        for row in register_queries.line_by_number(connection, register, number)
    )  # fmt: skip


@dataclass
class Settling:
    """Acts of a person on numbers; each is sealed with his key."""

    work: Workplace
    desk: Desk

    def rebuilt(self, form: RebuiltForm) -> str:
        """Columns from evidence. Raises DomainError ``number.*``, ``date.*``, ``day.*``, ``role.*``."""
        act, person = self.desk.act(sealed=True), self.desk.require()
        day = day_typed(form.day, self.work.today())

        def decide(acting: Acting) -> tuple[Draft, ...]:
            state: RegisterState = self.work.state(acting.connection, form.register)
            line = self._line_after_all(acting.connection, state, form.number)
            body = NumberSettled(
                form.number, REBUILT, form.evidence.strip(), line, form.name.strip(), form.original.strip(),
                form.copies, form.fee, day, form.signatory.strip(),
            )  # fmt: skip
            return settle_rebuilt(state, person, body)

        self.work.store.act(decide, act)
        self.work.changed("registers")
        evidence = form.evidence.strip()
        return say(
            f"Đã dựng lại số {form.number} từ {evidence}.",
            f"Number {form.number} is rebuilt from {evidence}.",
        )

    def _line_after_all(self, connection: Connection, state: RegisterState, number: int) -> EntryId | None:
        """The line of a number that was voided before its PC came back: it stands after all."""
        if not any(holds(recovery.voided, number) for recovery in state.recoveries):
            return None
        rows = register_queries.line_by_number(connection, state.id, number)
        return rows[0].id if rows else None

    def void(self, register: EntryId, number: int, minutes: str) -> str:
        """Voided with the minutes named. Raises DomainError ``number.*``, ``role.*``."""
        act, person = self.desk.act(sealed=True), self.desk.require()

        def decide(acting: Acting) -> tuple[Draft, ...]:
            return settle_void(self.work.state(acting.connection, register), person, number, minutes.strip())

        self.work.store.act(decide, act)
        self.work.changed("registers")
        return say(
            f"Đã hủy số {number} theo {minutes.strip()}.", f"Number {number} is voided by {minutes.strip()}."
        )

    def rule(self, register: EntryId, number: int, keep: EntryId, strike: EntryId, ground: str) -> str:
        """Ruling and striking in one batch. Raises ``double.*``, ``line.*``, ``ground.missing``."""
        act, person = self.desk.act(sealed=True), self.desk.require()

        def decide(acting: Acting) -> tuple[Draft, ...]:
            connection = acting.connection
            state: RegisterState = self.work.state(connection, register)
            ruled = rule_double(state, person, number, keep, strike, ground.strip())
            struck: LineState = self.work.state(connection, strike)
            return (*ruled, *strike_double(struck, self.work.state(connection, keep)))

        self.work.store.act(decide, act)
        self.work.changed("registers", "requests", "signing")
        return say(
            f"Số {number}: một dòng được giữ, dòng kia gạch; cả hai ở lại trong sổ.",
            f"Number {number}: one line is kept, the other struck; both stay in the book.",
        )
