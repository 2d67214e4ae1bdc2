"""A season over 31 December, 16:50: the old year's last pile, what waits, the first days of the new one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import entries as o
from counter_app.services.ports.register_years import YearForm
from counter_app.services.rules import shipped_rules
from sync.protocol.naming.ids import EntryId
from tests.journeys.season.commune import SIGNERS, Commune
from tests.journeys.season.plan import SCHOOL, Day, Size, season
from tests.support.counter import (
    CHAIRMAN,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    Counter,
    open_receipt_book,
)

SMALL = Size(6, 16, 0)
FULL = Size(44, 120, 300)
OLD, NEW = 2026, 2027
RECEIPTS_A_BOOK = 5_000


def first_day(wanted: Size) -> date:
    """The last three working days of the year are in the shortest season, December in the full one."""
    return date(OLD, 12, 29) if wanted.days < 10 else date(OLD, 12, 1)


class YearCrossed:
    """The commune after its crossing; ``years`` are the register-years by year."""

    def __init__(self, folder: Path, wanted: Size, seed: int = 23) -> None:
        self.size, self.folder = wanted, folder
        self.days = season(seed, wanted, shipped_rules().calendar, first_day(wanted))
        self.commune = Commune(folder, self.days[0].at(7, 30), seed)
        self.refused: list[str] = []
        self.lot: EntryId | None = None
        self.left_on_the_last_day = 0
        self.struck_in_january = 0
        self.book = Path()
        for place, pc in enumerate(self.commune.pcs):
            pc.sign_in(REGISTRAR)
            first = 1 + place * RECEIPTS_A_BOOK
            open_receipt_book(pc, first, first + RECEIPTS_A_BOOK - 1)
        one = self.commune.pcs[0]
        assert one.register is not None
        self.years = {OLD: one.register}
        old = [day for day in self.days if day.date.year == OLD]
        new = [day for day in self.days if day.date.year == NEW]
        self._old_year(old)
        self._first_morning(new[0])
        for place, day in enumerate(new):
            self._day(day)
            if place == 0:
                self._close_the_old_year()
        self._end(new[-1])

    # the old year

    def _old_year(self, days: list[Day]) -> None:
        """The holder opens the next year in December; on the last day a pile is numbered and left lying."""
        commune = self.commune
        for place, day in enumerate(days):
            last = place == len(days) - 1
            if day.event == SCHOOL and self.size.pupils:
                commune.clocks(day.at(7, 30))
                commune.school(commune.pcs[1], self.size.pupils)
            self._day(day, afternoon=not last)
            if place == len(days) // 2:
                self._pen_to_the_desk(day)
            if last:
                self._ten_to_five(day)

    def _pen_to_the_desk(self, day: Day) -> None:
        """Both registers' pens go to the signing desk: the one in use, and the next year's, opened before."""
        commune = self.commune
        holder = commune.holder
        assert holder is not None
        commune.office.settle()
        commune.pass_pen(holder, commune.pcs[2].number, self.folder)
        commune.stick()
        commune.office.settle()
        desk = commune.pcs[2]
        desk.sign_in(REGISTRAR)
        desk.areas.registers.open_next_year(OLD)
        self.years[NEW] = next(card.register for card in desk.areas.registers.years() if card.year == NEW)
        commune.office.settle()

    def _ten_to_five(self, day: Day) -> None:
        """31/12, 16:50, without a line: a pile gets numbers of the old year, others are too late for it."""
        commune = self.commune
        half = len(day.citizens) // 2
        for citizen in day.citizens[half:-3]:
            commune.take_in(commune.chance.choice(commune.pcs), citizen)
        commune.stick()
        commune.clocks(day.at(16, 50))
        desk = commune.pcs[2]
        desk.sign_in(SIGNER)
        waiting = [row.request for row in desk.areas.signing.pile()]
        self.lot = commune.number(desk, waiting).lot
        for citizen in day.citizens[-3:]:
            commune.take_in(desk, citizen)
        self.left_on_the_last_day = sum(len(citizen.rows) for citizen in day.citizens[-3:])
        desk.sign_in(REGISTRAR)
        self._refusal(desk.areas.registers.close_year, self._closing(desk))

    # the new year

    def _first_morning(self, day: Day) -> None:
        """4 January: nobody signs under acts that ended with the year; new acts; what lay is settled."""
        commune = self.commune
        commune.clocks(day.at(7, 30))
        desk = commune.pcs[2]
        for pc in commune.pcs:
            pc.register = self.years[NEW]
        for signer in SIGNERS:
            desk.sign_in(signer)
            waiting = tuple(row.request for row in desk.areas.signing.pile())
            self._refusal(desk.areas.signing.number, waiting, PIN)
        self._new_acts(desk)
        desk.sign_in(SIGNER)
        assert self.lot is not None
        lines = desk.areas.signing.lot_lines(self.lot)
        for line in lines[-2:]:
            desk.areas.signing.strike(line.line, "differs", "mờ dấu")
            self.struck_in_january += 1
        commune.done["struck"] += self.struck_in_january
        desk.areas.signing.confirm(self.lot, None)
        commune.office.settle()

    def _new_acts(self, desk: Counter) -> None:
        desk.sign_in(CHAIRMAN)
        for login, number, prefix, title in (
            (SIGNER, "01/QĐ-UBND", "KT.", "Phó Chủ tịch"), (CHAIRMAN, "02/QĐ-UBND", "", "Chủ tịch"),
        ):  # fmt: skip
            act = o.DelegationRecorded(
                number, 20270104, o.ASSIGNED, prefix, ("copy",), 20270104, 20271231, title
            )
            desk.areas.accounts.delegate(desk.officials[login], act)

    def _close_the_old_year(self) -> None:
        """December and the year are bound by the desk, with both years side by side before and after."""
        commune, desk = self.commune, self.commune.pcs[2]
        commune.office.settle()
        desk.sign_in(REGISTRAR)
        registers = desk.areas.registers
        for year, month in sorted(registers.months()):
            if year == OLD:
                registers.close_month(year, month, PIN)
        registers.close_year(self._closing(desk))
        self.book = Path(registers.export_year(OLD))
        commune.office.settle()

    def _closing(self, desk: Counter) -> YearForm:
        return YearForm("copy", OLD, PIN, desk.officials[SIGNER], PASSWORD)

    def _end(self, day: Day) -> None:
        commune = self.commune
        commune.clocks(day.at(16, 50))
        commune.office.settle()
        commune.sign_all(commune.pcs[2])
        commune.confirm_rest(commune.pcs[2])
        commune.office.settle()

    # any day

    def _day(self, day: Day, *, afternoon: bool = True) -> None:
        """Mornings and afternoons; the line as planned, sticks without it."""
        commune = self.commune
        half = len(day.citizens) // 2
        parts = [(7, 30, day.citizens[:half]), (13, 30, day.citizens[half:])]
        for place, (hour, minute, citizens) in enumerate(parts[: 1 + afternoon]):
            commune.clocks(day.at(hour, minute))
            for citizen in citizens:
                commune.take_in(commune.chance.choice(commune.pcs), citizen)
            commune.meet(day.lines[place])
            holder = commune.holder
            assert holder is not None
            commune.sign_all(holder)
            commune.meet(day.lines[place])
            commune.hand_over(commune.pcs[0])

    def _refusal(self, act: object, *values: object) -> None:
        """The act is refused in words; its code is kept."""
        assert callable(act)
        try:
            act(*values)
        except DomainError as refused:
            self.refused.append(refused.code)
        else:
            self.refused.append("")
