"""Moment 4, and the two ways back: a slip before its number, a number whose paper came back unsigned."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles import signing
from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.amend import return_request
from counter_app.domain.organisation import roles
from counter_app.services.groups.sums import refund_words
from counter_app.services.ports.saying import counted, say
from counter_app.services.session.desk import Desk
from counter_app.services.signing.pile import short_code
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


@dataclass
class Confirming:
    """Acts of the desk that need no number."""

    work: Workplace
    desk: Desk

    def confirm(self, lot: EntryId, lines: tuple[EntryId, ...] | None) -> str:
        """Ink and seal of the ticked lines, or of all still open. Raises ``line*``, ``role.*``."""
        roles.require(self.desk.require(), roles.CONFIRM_SIGNED)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            if lines is not None:
                return signing.confirm_signed([self._line(acting, line) for line in lines])
            rows = register_queries.lines_of_lot(acting.connection, lot)
            return signing.confirm_pile([self._line(acting, row.id) for row in rows])

        acted = self.work.store.act(decide, self.desk.act())
        self.work.changed("requests", "registers", "signing")
        with self.work.store.read() as connection:
            rows = register_queries.lines_of_lot(connection, lot)
        left = sum(row.state == "numbered" for row in rows)
        count = len(acted.entries)
        done = say(
            f"Đã xác nhận {count} số đã ký, đóng dấu.",
            f"{counted(count, 'number', 'numbers')} confirmed as signed and sealed.",
        )
        return say(f"{done} Còn {left} số.", f"{done} {left} left.") if left else done

    def strike(self, line: EntryId, reason: str, words: str) -> str:
        """The number of an unsigned paper is struck and stays. Raises ``reason.*``, ``line.*``."""
        roles.require(self.desk.require(), roles.CONFIRM_SIGNED)
        number, request = "", line

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal number, request
            state = self._line(acting, line)
            number, request = state.shown_number, state.request
            return signing.strike_line(state, reason, words)

        self.work.store.act(decide, self.desk.act())
        self.work.changed("requests", "registers", "signing")
        with self.work.store.read() as connection:
            back = refund_words(connection, self.work, self.work.state(connection, request))
        done = say(
            f"Đã gạch số {number}, số ở lại trong sổ.", f"Number {number} is struck and stays in the book."
        )
        return f"{done} {back}".strip()

    def return_to_clerk(self, request: EntryId, reason: str, words: str) -> str:
        """Back to the clerk before numbering. Raises DomainError ``reason.*``, ``request.*``, ``role.*``."""
        roles.require(self.desk.require(), roles.CONFIRM_SIGNED)
        code = ""

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal code
            state: RequestState = self.work.state(acting.connection, request)
            code = short_code(state)
            return return_request(state, reason, words)

        self.work.store.act(decide, self.desk.act())
        self.work.changed("requests", "signing")
        return say(f"Đã trả phiếu {code} về người tiếp nhận.", f"Slip {code} went back to the clerk.")

    def _line(self, acting: Acting, line: EntryId) -> LineState:
        state: LineState = self.work.state(acting.connection, line)
        return state
