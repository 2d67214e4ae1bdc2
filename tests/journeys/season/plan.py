"""A season's plan from one seed: working days, who comes, which half days have a line, what happens when."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.dates import vn_instant

FIRST_DAY = date(2026, 8, 27)
"""A Thursday before the school year: August is closed in the midst of even the shortest season."""

ROWS = ("gks 1x2", "hb 24x1", "cccd 2x2", "bang 1x1", "gkh 1x3")
FAMILY = ("Lò Văn", "Lù Thị", "Vàng A", "Giàng Thị", "Sùng A", "Tẩn Thị", "Hoàng Văn", "Lò Thị")


class Size(NamedTuple):
    """Working days, requests a day, pupils of the group, part of the printed copies that is read back."""

    days: int
    a_day: int
    pupils: int


SMALL, FULL = Size(6, 20, 40), Size(60, 120, 300)


def size() -> Size:
    """What the environment asks for: ``SIZE=full``, or ``SEASON=days,requests,pupils``."""
    told = os.environ.get("SEASON")
    if told:
        days, a_day, pupils = (int(part) for part in told.split(","))
        return Size(days, a_day, pupils)
    return FULL if os.environ.get("SIZE") == "full" else SMALL


class Citizen(NamedTuple):
    """Who comes with which rows; practice data."""

    name: str
    id_number: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """One working day; ``lines`` says for each half whether the line to the province works."""

    date: date
    event: str
    lines: tuple[bool, bool]
    citizens: tuple[Citizen, ...]

    def at(self, hour: int, minute: int = 0) -> int:
        """A moment of the day, ms."""
        return vn_instant(datetime.combine(self.date, time(hour, minute)))

    @property
    def number(self) -> int:
        """``yyyymmdd``."""
        return self.date.year * 10_000 + self.date.month * 100 + self.date.day


PEN_TO_DESK, SCHOOL, PAPER_DAY, PEN_TO_TWO, DIES, RETURNS = (
    "pen-to-desk", "school", "paper-day", "pen-to-two", "dies", "returns",
)  # fmt: skip
EVENTS = (PEN_TO_DESK, SCHOOL, PAPER_DAY, PEN_TO_TWO, DIES, RETURNS)


def season(seed: int, wanted: Size, calendar: WorkingCalendar, first: date = FIRST_DAY) -> list[Day]:
    """The days in order; events are spread evenly, exactly half of the half days have no line."""
    chance = random.Random(seed)
    halves = [True, False] * wanted.days
    chance.shuffle(halves)
    happens = {place * wanted.days // len(EVENTS): event for place, event in enumerate(EVENTS)}
    days, when, serial = [], first, 0
    for place in range(wanted.days):
        count = max(4, round(wanted.a_day * chance.uniform(0.75, 1.25)))
        people = tuple(_citizen(chance, serial + n) for n in range(count))
        serial += count
        days.append(Day(when, happens.get(place, ""), (halves[2 * place], halves[2 * place + 1]), people))
        when = calendar.next_working_day(when)
    return days


def _citizen(chance: random.Random, serial: int) -> Citizen:
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{serial:05d}").capitalize()
    rows = chance.sample(ROWS, chance.choices((1, 2, 3), (70, 22, 8))[0])
    return Citizen(f"{FAMILY[serial % 8]} {letters}", f"0120860{serial:05d}", tuple(rows))
