"""Generated arrivals of two years and a quarter at a commune, so that a forecast can be held against them.

Each seed is a commune of its own: its size, how much busier the second year is, when its school season begins
and how high it rises (other in each year), how its weekdays differ, how a slow tide of weeks goes, and days
that are busier than Poisson would have them. Nothing of the forecast's own arithmetic is in here.
"""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

from counter_app.domain.calendar.working_days import WorkingCalendar

FIRST, LAST = date(2025, 1, 2), date(2027, 3, 26)
NEW_MOON = (date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6))
"""The first day of Tết in each year: it wanders by three weeks against the calendar."""


def arrivals(seed: int, calendar: WorkingCalendar, *, same_level: bool = False) -> dict[date, float]:
    """Requests by working day. ``same_level``: both years alike but for chance, last year's best case."""
    chance = random.Random(seed)
    level = math.exp(chance.gauss(math.log(45), 0.6))
    grown = 1.0 if same_level else math.exp(chance.gauss(0.08, 0.25))
    weekdays = [math.exp(chance.gauss(mean, 0.12)) for mean in (0.2, 0.05, 0.0, -0.05, -0.15)]
    seasons = {year: _season(chance, same_level=same_level) for year in (2025, 2026, 2027)}
    if same_level:
        seasons[2026] = seasons[2027] = seasons[2025]
    rush, lull = chance.uniform(0.15, 0.7), chance.uniform(0.3, 0.7)
    found, day, tide = {}, FIRST, 0.0
    while day <= LAST:
        if day.weekday() == 0:
            tide = 0.7 * tide + chance.gauss(0, 0.0 if same_level else 0.12)
        if calendar.is_working_day(day):
            mean = level * (grown if day.year > 2025 else 1.0) * weekdays[min(day.weekday(), 4)]
            mean *= _rise(day, seasons[day.year]) * math.exp(tide) * _tet(day, rush, lull)
            found[day] = float(_count(chance, mean))
        day += timedelta(days=1)
    return found


def _season(chance: random.Random, *, same_level: bool) -> tuple[date, float, float]:
    """Day of the year's top (as of 2025), its height over the ordinary, days it lasts."""
    shift = 0 if same_level else chance.randrange(-7, 8)
    return date(2025, 8, 25) + timedelta(days=shift), chance.uniform(0.8, 2.2), chance.uniform(12, 24)


def _rise(day: date, season: tuple[date, float, float]) -> float:
    top, height, width = season
    away = (day - top.replace(year=day.year)).days / width
    return 1.0 + height * math.exp(-away * away / 2)


def _tet(day: date, rush: float, lull: float) -> float:
    """Busier for three weeks before Tết, still in the last days, slow to begin after: own assumption."""
    away = min(((day - moon).days for moon in NEW_MOON), key=abs)
    if -24 <= away < -4:
        return 1.0 + rush * (24 + away) / 20
    if -4 <= away < 4:
        return 0.6
    if 4 <= away < 22:
        return lull + (1.0 - lull) * (away - 4) / 18
    return 1.0


def _count(chance: random.Random, mean: float) -> int:
    """A Poisson whose mean is itself drawn (Gamma, shape 14): busier and calmer days than chance alone."""
    drawn = chance.gammavariate(14.0, mean / 14.0)
    limit, product, count = math.exp(-min(drawn, 500.0)), 1.0, 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count - 1
