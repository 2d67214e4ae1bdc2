"""What must be confirmed before the first numbering after a start: the last number on paper, the date.

``sync.md`` 5 (paper witness) and 6 (clock). Both live only as long as the program runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.pen import DATE_PROVED_FOR, check_clock
from counter_app.domain.registers.state import RegisterState
from counter_app.services.session import clock_question
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import CLOCK_PROVED, Workplace
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.this_pc import device
from sync.protocol.journals.system_kinds import DatePurpose
from sync.protocol.naming.ids import EntryId


@dataclass
class Guards:
    """Confirmations of this run of the program; ``date_day`` is the day (``yyyymmdd``) that was confirmed."""

    work: Workplace
    desk: Desk
    date_day: int = 0
    _witnessed: set[EntryId] = field(default_factory=set)

    def last_contact(self, connection: Connection) -> int:
        """When something last proved the date, ms; what lies ahead of the clock is no proof of its day."""
        latest = self.work.now() + DATE_PROVED_FOR
        proved = int(device.setting(connection, CLOCK_PROVED, "0"))
        known = desk_queries.date_proved_at(connection, self.work.journal, latest)
        return max(proved if proved <= latest else 0, known)

    def date_confirmed(self) -> bool:
        """True when the signatory confirmed today's date under his key."""
        return bool(self.date_day) and self.date_day == self.work.day()

    def needs_witness(self, state: RegisterState) -> bool:
        """True until somebody compared the last number with the paper, if nobody else was heard from."""
        here = state.holder == self.work.journal
        return here and state.last_number > 0 and state.id not in self._witnessed and not self.work.heard

    def needs_date(self, connection: Connection, state: RegisterState) -> bool:
        """True when the clock alone may not number."""
        if self.date_confirmed():
            return False
        try:
            check_clock(state, self.work.now(), self.last_contact(connection))
        except DomainError:
            return True
        return False

    def check(self, state: RegisterState) -> None:
        """Raises DomainError ``pen.witness`` while the paper has not been looked at."""
        if self.needs_witness(state):
            raise DomainError(
                "Nhập số cuối cùng trên sổ giấy trước khi cấp số.",
                "Máy vừa khởi động và chưa gặp máy nào khác.", "Xem số cuối đã ký, nhập số đó và PIN.",
                "last_number", code="pen.witness",
                title_en="Type the last number on paper before numbering.",
                meaning_en="The program has just started and met no other PC.",
                remedy_en="Look at the last signed number, type it with your PIN.",
            )  # fmt: skip

    def confirm(self, state: RegisterState, last_number: int) -> None:
        """The paper's last number and today's date, by the person at the counter whose PIN was checked.

        Raises DomainError ``pen.witness_differs``, ``role.*``, ``session.key_closed``.
        """
        person = self.desk.require()
        roles.require(person, roles.NUMBER, with_act=True)
        if self.needs_witness(state) and not _fits_paper(state, last_number):
            raise _differs(state.last_number, last_number)
        with self.work.store.read() as connection:
            date_needed = self.needs_date(connection, state)
        if date_needed:
            roles.require(person, roles.SIGN, with_act=True)
            key = self.desk.act(sealed=True).official
            clock_question.answer(self.work, self.work.now(), person, DatePurpose.NUMBERING, key)
            self.date_day = self.work.day()
        self.witnessed(state.id)

    def witnessed(self, register: EntryId) -> None:
        """Somebody compared the register's last number with the paper just now."""
        self._witnessed.add(register)


def _fits_paper(state: RegisterState, last_number: int) -> bool:
    """Right after a recovery the highest paper lies anywhere below the range that was passed over."""
    recovered = state.recoveries[-1] if state.recoveries else None
    if recovered is not None and recovered.last == state.last_number:
        return last_number <= recovered.last
    return last_number == state.last_number


def _differs(held: int, on_paper: int) -> DomainError:
    return DomainError(
        f"Số cuối trên giấy là {on_paper}, máy này ghi {held}.",
        "Kho của máy này có thể là bản cũ hoặc bản sao.", "Không cấp số. Xem lại giấy, gọi kỹ thuật viên.",
        "last_number", code="pen.witness_differs",
        title_en=f"The last number on paper is {on_paper}, this PC holds {held}.",
        meaning_en="The store of this PC may be old or a copy.",
        remedy_en="Give no numbers. Look at the paper again, call the technician.",
    )  # fmt: skip
