"""The signing desk: the port of the screens (``ux.md`` 4.5)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.matters import ELECTRONIC, TRANSLATOR
from counter_app.domain.certification.taking_in.reasons import REASONS
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.domain.organisation.delegations import SCOPE_NAMES, delegation_notices, last_day
from counter_app.domain.organisation.entries import ASSIGNED, AUTHORISED
from counter_app.domain.organisation.state import DelegationState
from counter_app.services.groups.handing import requests_of_code
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports import reads
from counter_app.services.ports.saying import counted, noticed, say
from counter_app.services.ports.signing import (
    Banner,
    LotLine,
    LotRow,
    Numbered,
    PenStatus,
    PileDetail,
    PileRow,
    QueueTab,
    Reason,
    ReceiverSigned,
)
from counter_app.services.registers import held
from counter_app.services.search.resolve import line_of_copy, request_of
from counter_app.services.session.desk import Desk
from counter_app.services.signing import load
from counter_app.services.signing import pen as pens
from counter_app.services.signing.checking import checker
from counter_app.services.signing.confirming import Confirming
from counter_app.services.signing.guards import Guards
from counter_app.services.signing.numbering import Numbering, kind_of
from counter_app.services.signing.pile import LABELS, detail_of, row_of
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.queries import signers as signer_queries
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.queries.electronic import electronic_to_sign
from sync.protocol.naming.ids import EntryId

_BASES = {ASSIGNED: (" (phân công)", " (assignment)"), AUTHORISED: (" (ủy quyền)", " (authorisation)")}


MOST_LOADS = 3
"""Signatories whose load stands in the banner."""


@dataclass
class SigningArea:
    """Implements ``SigningPort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    guards: Guards = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is confirmed yet since the start."""
        self.guards = Guards(self.work, self.desk)

    def banner(self, kind: str = held.COPY) -> Banner:
        """The act under which the person at the desk signs papers of a kind; "" when he has none."""
        person, day = self.desk.require(), self.work.day()
        with self.work.store.read() as connection:
            act = held.act_of(connection, self.work, person.id, kind, day)
            if act is None:
                return Banner("")
            loads = self._loads(connection, kind)
        warning = " ".join(noticed(notice) for notice in delegation_notices(act, person, day))
        return Banner(_act_words(act), warning, loads)

    def _loads(self, connection: Connection, kind: str) -> str:
        """``Vàng Văn Thăng: có mặt · 3 phiếu chờ, lâu nhất 2 giờ; …``, the smallest piles first."""
        found = load.choices(connection, self.work, kind)[:MOST_LOADS]
        return "; ".join(f"{one.label.partition(' — ')[0]}: {one.load}" for one in found)

    def tabs(self) -> tuple[QueueTab, ...]:
        """The queues with their counts."""
        with self.work.store.read() as connection:
            counts = dict(request_queries.waiting_by_authority(connection))
            # A file whose number a token's fault kept waits too.
            counts[ELECTRONIC] = max(counts.get(ELECTRONIC, 0), len(electronic_to_sign(connection)))
            files = held.register_now(connection, self.work, self.work.today().year, ELECTRONIC) is not None
        # Translators come once a year to a commune: their queue is shown while somebody waits in it. Files
        # have theirs once their register is open: the signed ones are given away from there.
        seldom = {TRANSLATOR: False, ELECTRONIC: files}
        shown = [one for one in LABELS if counts.get(one[0]) or seldom.get(one[0], True)]
        return tuple(QueueTab(kind, say(*label), counts.get(kind, 0)) for kind, label in shown)

    def pile(self, kind: str = "copy") -> tuple[PileRow, ...]:
        """Requests waiting for numbers, oldest first."""
        me, now, day = self.desk.require(), self.work.now(), self.work.day()
        with self.work.store.read() as connection:
            checks = checker(self.work, connection, me, day)
            rows = request_queries.waiting_for_number(connection, kind)
            states: list[RequestState] = [self.work.state(connection, row.id) for row in rows]
            self.desk.saw(reads.PILE, [state.id for state in states])
            groups = {state.group for state in states if state.group is not None}
            names = {row.id: row.name for row in group_queries.groups_with(connection, groups)}
            found = (
                (state, row_of(checks, state, kind, self._name(connection, state.taken_by), now))
                for state in states
            )
            return tuple(
                row if state.group is None
                else replace(row, group=state.group, group_name=names.get(state.group, ""))
                for state, row in found
            )  # fmt: skip

    def detail(self, request: EntryId, kind: str = "") -> PileDetail:
        """The right pane; ``kind`` "" shows the first queue in which the request waits."""
        me, day = self.desk.require(), self.work.day()
        with self.work.store.read() as connection:
            state: RequestState = self.work.state(connection, request)
            checks = checker(self.work, connection, me, day)
            self.desk.saw(reads.REQUEST, [request])
            return detail_of(checks, state, kind or kind_of(state), self._name(connection, state.taken_by))

    def _name(self, connection: Connection, official: EntryId | None) -> str:
        found = None if official is None else unit_queries.official(connection, official)
        return "" if found is None else found.name

    def request_of_code(self, code: str) -> EntryId | None:
        """The waiting or numbered request whose slip was scanned."""
        with self.work.store.read() as connection:
            together = requests_of_code(connection, self.work, code)
            return together[0] if together else request_of(connection, self.work, code)

    def group_of_code(self, code: str) -> tuple[EntryId, ...]:
        """Requests of everybody in the group whose slip was scanned; () for other codes."""
        with self.work.store.read() as connection:
            return tuple(requests_of_code(connection, self.work, code))

    def number(
        self, requests: tuple[EntryId, ...], pin: str, *, signatory: EntryId | None = None, kind: str = ""
    ) -> Numbered:
        """Moment 2 for a lot or one looked-at request: checks, numbers, text job in one transaction.

        ``kind`` is the queue; "" takes the first in which the first request waits.
        """
        self.desk.check_pin(pin)
        act = Numbering(self.work, self.desk, self.queue, self.guards, requests, signatory, kind=kind)
        return act.run()

    def confirm_witness(self, last_number: int, pin: str, kind: str = held.COPY) -> None:
        """Paper witness and date confirmation before the first numbering after a start."""
        self.desk.check_pin(pin)
        with self.work.store.read() as connection:
            state = held.required_register(connection, self.work, self.work.today().year, kind)
        self.guards.confirm(state, last_number)

    def return_to_clerk(self, request: EntryId, reason: str, words: str) -> str:
        """Back to the clerk before numbering; returns the sentence for the bar."""
        return Confirming(self.work, self.desk).return_to_clerk(request, reason, words)

    def reasons(self) -> tuple[Reason, ...]:
        """Reasons 1..9 for returning or striking."""
        return tuple(Reason(reason.code, say(reason.vi, reason.en)) for reason in REASONS)

    def lots(self) -> tuple[LotRow, ...]:
        """Lots with numbers not yet confirmed, oldest first."""
        with self.work.store.read() as connection:
            rows = register_queries.unconfirmed_lots(connection)
            return tuple(self._lot(connection, row) for row in rows)

    def _lot(self, connection: Connection, row: register_queries.LotRow) -> LotRow:
        register = self.work.state(connection, row.register)
        last = row.first_number + row.count - 1
        span = f"{row.first_number}–{last}" if row.count > 1 else f"{row.first_number}"
        numbers = say(f"Số {span}", f"Numbers {span}" if row.count > 1 else f"Number {span}")
        slips = len({line.request for line in register_queries.lines_of_lot(connection, row.id)})
        name, official = row.signatory_name, unit_queries.official(connection, row.signatory)
        moment, place = vn_datetime(row.numbered_at), self._place(connection, row)
        book = f"{row.book:02d}/{register.year}-{register.symbol}"
        return LotRow(
            row.id, say(f"Xấp {place} · {moment:%H:%M}", f"Pile {place} · {moment:%H:%M}"),
            say(f"Sổ {book}", f"Register {book}"), numbers,
            say(f"{row.count} số · {slips} phiếu",
                f"{counted(row.count, 'number', 'numbers')} · {counted(slips, 'slip', 'slips')}"),
            name, "" if official is None else official.title_line, row.signed + row.struck, row.count,
        )  # fmt: skip

    def _place(self, connection: Connection, row: register_queries.LotRow) -> int:
        """Which pile of its day and register it is, from 1."""
        return register_queries.lots_before(connection, row.register, row.day, row.first_number) + 1

    def lot_lines(self, lot: EntryId) -> tuple[LotLine, ...]:
        """Lines of a lot in the order of their numbers."""
        with self.work.store.read() as connection:
            rows = register_queries.lines_of_lot(connection, lot)
        self.desk.saw(reads.LOT, [row.id for row in rows])
        return tuple(_line(row) for row in rows)

    def lines_of_code(self, code: str) -> tuple[LotLine, ...]:
        """Unconfirmed lines of the slip or copy that was scanned; of a copy only its own line."""
        with self.work.store.read() as connection:
            own = line_of_copy(connection, self.work, code)
            request = request_of(connection, self.work, code)
            meant_by = [request] if request is not None else requests_of_code(connection, self.work, code)
            rows = [
                row
                for one in meant_by
                for row in register_queries.unconfirmed_lines_of_request(connection, one)
            ]
        meant = [row for row in rows if own is None or row.id == own.id]
        self.desk.saw(reads.LOT, [row.id for row in meant])
        return tuple(_line(row) for row in meant)

    def confirm(self, lot: EntryId, lines: tuple[EntryId, ...] | None) -> str:
        """Moment 4 for the ticked lines, or (None) for all still open; returns the sentence."""
        return Confirming(self.work, self.desk).confirm(lot, lines)

    def strike(self, line: EntryId, reason: str, words: str) -> str:
        """A paper came back unsigned: its number is struck and stays in the book."""
        return Confirming(self.work, self.desk).strike(line, reason, words)

    def pen(self, kind: str = held.COPY) -> PenStatus:
        """Where numbers of a kind are given now."""
        with self.work.store.read() as connection:
            return pens.status(connection, self.work, self.guards, self.work.today().year, kind)

    def receiver_signed(self, first: int, last: int) -> tuple[ReceiverSigned, ...]:
        """Lawful (TT 01/2020 art. 11(1)), yet counted; lines that were struck or annulled are not."""
        with self.work.store.read() as connection:
            rows = signer_queries.receiver_signed(connection, first, last)
        return tuple(ReceiverSigned(row.name, row.register, row.lines, row.own) for row in rows)

    def pass_pen_to_file(self, counter: int, folder: str) -> str:
        """Passes the pen into a file for another counter; returns the file's name."""
        return pens.PenMoves(self.work, self.desk).into_file(counter, folder)


def _act_words(act: DelegationState) -> str:
    """``Ký theo Quyết định 47/QĐ-UBND ngày 03/11/2026 (phân công) · phạm vi … · đến 31/12/2026``"""
    scope = ", ".join(say(*SCOPE_NAMES.get(code, (code, code))) for code in act.scope)
    day = f"{act.act_date % 100:02d}/{act.act_date // 100 % 100:02d}/{act.act_date // 10_000}"
    last = last_day(act)
    until = ""
    if last is not None:
        until = say(f" · đến {short_date(last)}", f" · until {short_date(last)}")
    basis = say(*_BASES.get(act.basis, ("", "")))
    return say(
        f"Ký theo Quyết định {act.act_number} ngày {day}{basis} · phạm vi: chứng thực {scope}{until}",
        f"Signs by decision {act.act_number} of {day}{basis} · scope: certification of {scope}{until}",
    )


def _line(row: register_queries.LineRow) -> LotLine:
    return LotLine(row.id, row.number, row.requester_name, row.original_name, row.state, row.request)
