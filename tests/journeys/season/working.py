"""A season worked day by day: mornings and afternoons, and what goes wrong in between."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from counter_app.domain.dates import vn_instant
from counter_app.services.rules import shipped_rules
from tests.journeys.season import plan
from tests.journeys.season.commune import Commune
from tests.journeys.season.plan import Day, Size, season

ANNULLED = 1778
"""The third number of the season is annulled by decision later."""


class SeasonWorked:
    """The commune after its season; ``days`` as planned, ``closed`` the months that were closed."""

    def __init__(self, folder: Path, wanted: Size, seed: int = 11) -> None:
        calendar = shipped_rules().calendar
        self.days = season(seed, wanted, calendar)
        self.size = wanted
        self.commune = Commune(folder, self.days[0].at(7, 30), seed)
        self.folder = folder
        self.closed: list[tuple[int, int]] = []
        for place, day in enumerate(self.days):
            self._work(day)
            after = calendar.next_working_day(day.date)
            last = place == len(self.days) - 1
            if last or after.month != day.date.month:
                self._end_of_month(day, last=last)

    def _work(self, day: Day) -> None:
        commune = self.commune
        commune.clocks(day.at(7, 30))
        half = len(day.citizens) // 2
        if day.event == plan.PAPER_DAY:
            self._paper_day(day)
            return
        self._half(day, 0, day.citizens[:half])
        commune.clocks(day.at(13, 30))
        self._event(day)
        self._half(day, 1, day.citizens[half:])

    def _half(self, day: Day, half: int, citizens: tuple[plan.Citizen, ...]) -> None:
        """Citizens at the counters, then the pile, then those who come for their copies."""
        commune = self.commune
        for citizen in citizens:
            commune.take_in(commune.chance.choice(commune.living), citizen)
        commune.meet(day.lines[half])
        holder = commune.holder
        if holder is not None:
            commune.sign_all(holder)
        commune.meet(day.lines[half])
        commune.hand_over(commune.living[0])

    def _event(self, day: Day) -> None:
        commune = self.commune
        one, two, desk = commune.pcs
        if day.event == plan.PEN_TO_DESK:
            commune.pass_pen(one, desk.number, self.folder)
            commune.stick()
        elif day.event == plan.SCHOOL:
            commune.school(two, self.size.pupils)
        elif day.event == plan.PEN_TO_TWO:
            commune.office.settle()
            commune.pass_pen(desk, two.number, self.folder)
            commune.office.settle()
        elif day.event == plan.DIES:
            self._dies(day)
        elif day.event == plan.RETURNS:
            commune.returns(two)
            commune.office.settle()
            commune.confirm_rest(two)
            commune.office.settle()
            commune.settle_unknown(one)

    def _dies(self, day: Day) -> None:
        """The PC with the pen numbers what nobody sees, dies, and the first counter goes on."""
        commune = self.commune
        one, two, _ = commune.pcs
        for citizen in plan.season(day.number, Size(1, 8, 0), shipped_rules().calendar)[0].citizens:
            who = citizen._replace(id_number=f"0120861{citizen.id_number[-5:]}", name=f"{citizen.name} Hai")
            commune.take_in(two, who)
        commune.recover(one, commune.dies(two))

    def _paper_day(self, day: Day) -> None:
        """No power the whole day: sheets printed before, entered in the evening."""
        commune = self.commune
        commune.office.settle()
        holder = commune.holder
        assert holder is not None
        served: list[plan.Citizen] = []
        for citizen in day.citizens:
            if sum(len(one.rows) for one in served) + len(citizen.rows) <= 150:
                served.append(citizen)
        commune.to_paper(holder, 160)
        commune.clocks(day.at(16, 40))
        commune.from_paper(holder, served, f"{day.date:%d/%m/%Y}")
        commune.office.settle()

    def _end_of_month(self, day: Day, *, last: bool) -> None:
        """What waits is numbered and signed; then the books of the month are closed."""
        commune = self.commune
        commune.clocks(day.at(16, 50))
        commune.office.settle(*commune.living)
        holder = commune.holder
        assert holder is not None
        commune.sign_all(holder)
        for pc in commune.living:
            commune.confirm_rest(pc)
        if last:
            commune.annul(holder, ANNULLED, f"{day.date:%d/%m/%Y}")
            commune.clocks(_end_of(day.date))
        commune.office.settle(*commune.living)
        if self._dead:
            return
        for year, month in sorted(holder.areas.registers.months()):
            if (year, month) not in self.closed and month <= day.date.month:
                commune.close_month(holder, year, month)
                self.closed.append((year, month))
        commune.office.settle(*commune.living)

    @property
    def _dead(self) -> bool:
        """While a PC is dead its numbers cannot be settled, and a month with such numbers stays open."""
        return len(self.commune.living) < len(self.commune.pcs)


def _end_of(day: date) -> int:
    """The evening of the last day of a month, ms."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return vn_instant(datetime.combine(date.fromordinal(following.toordinal() - 1), time(16, 55)))
