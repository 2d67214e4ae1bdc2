"""Requests expected on a day, from last year's arrivals and this year's so far.

Method, all of it arithmetic on counts a day:

1. *Same season last year*: the week 364 days before with those around it, a near week weighing more; days
   that were no working days then are left out. One day of last year is mostly chance, many near ones are not.
2. *Weekday*: the share a weekday had in the ten weeks around that day, drawn towards an equal share.
3. *This year*: what came in the last ten working days over what steps 1 and 2 say for them. Counts near the
   day weigh more; a prior of a day and a half of arrivals holds the ratio near 1 while little is known.
4. Without last year the mean of this year's last working days stands in for step 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.forecast.tet import away, counterpart

YEAR = timedelta(days=364)
"""52 weeks: the same weekday of the same season."""
WEEKS = (1.0, 0.65, 0.25)
"""Weight of the week itself, of those one and two weeks away."""
WEEKDAY_WEEKS = 5
"""Weeks to each side from which the share of a weekday is taken."""
NEAR_TET = (1.0, 0.25)
"""The same around Tết, where a week more or less is another time of the year."""
FARTHEST = 8
"""Weeks away from which an ordinary day is taken when all nearer ones belonged to last year's Tết."""
RECENT_DAYS = 10
FADING = 0.85
"""Weight of a working day relative to the one after it, in the growth."""
PRIOR_DAYS = 1.5
"""Days' worth of arrivals that speak for "as last year"."""
MOST_GROWTH = 4.0

Counts = Mapping[date, float]
"""Arrivals by day; a day that is not there had none or is not known."""


def expected(day: date, counts: Counts, today: date, calendar: WorkingCalendar) -> float:
    """Arrivals expected on ``day``, knowing ``counts`` up to the evening before ``today``; 0 on a day off.

    ``day`` may be ``today`` or later. Nothing known at all gives 0.
    """
    if not calendar.is_working_day(day):
        return 0.0
    known = {when: count for when, count in counts.items() if when < today}
    recent = tuple(islice(_working_days_before(today, calendar), RECENT_DAYS))
    base = last_year(day, known, calendar)
    if base is None:
        seen = [known[when] for when in recent if when in known]
        return sum(seen) / len(seen) if seen else 0.0
    return base * growth(recent, known, calendar)


def last_year(day: date, counts: Counts, calendar: WorkingCalendar) -> float | None:
    """What the same season of last year says for ``day``; None when nothing of it is known."""
    found = counterpart(day, calendar)
    if found is not None:
        near = _season(found, NEAR_TET, counts, calendar, of_tet=True)
    else:
        near = _season(day - YEAR, WEEKS, counts, calendar, of_tet=False)
        if near is None:
            near = _season(day - YEAR, (1.0,) * FARTHEST, counts, calendar, of_tet=False)
    if near is None:
        near = _season(day - YEAR, WEEKS, counts, calendar, of_tet=None)
    return None if near is None else near * _weekday_share(day, counts, calendar)


def _season(
    centre: date,
    weights: tuple[float, ...],
    counts: Counts,
    calendar: WorkingCalendar,
    *,
    of_tet: bool | None,
) -> float | None:
    """The mean working day around ``centre``, a near week weighing more; None when none is known.

    ``of_tet``: only days that follow Tết, only days that do not, or (None) all.
    """
    weight_of_all = sum_of_all = 0.0
    for place in range(1 - len(weights), len(weights)):
        monday = centre - timedelta(days=centre.weekday()) + timedelta(weeks=place)
        week = [monday + timedelta(days=n) for n in range(7)]
        worked = [when for when in week if when in counts and calendar.is_working_day(when)]
        if of_tet is not None:
            worked = [when for when in worked if (away(when, calendar) is not None) is of_tet]
        weight = weights[abs(place)] * len(worked)
        weight_of_all += weight
        if worked:
            sum_of_all += weight * sum(counts[when] for when in worked) / len(worked)
    return sum_of_all / weight_of_all if weight_of_all else None


def growth(recent: tuple[date, ...], counts: Counts, calendar: WorkingCalendar) -> float:
    """This year over last year by the working days ``recent``, newest first; 1 while nothing is known."""
    came = wanted = 0.0
    typical: list[float] = []
    for place, when in enumerate(recent):
        base = last_year(when, counts, calendar)
        if when not in counts or base is None:
            continue
        weight = FADING**place
        came += weight * counts[when]
        wanted += weight * base
        typical.append(base)
    if not typical:
        return 1.0
    prior = PRIOR_DAYS * sum(typical) / len(typical)
    if came + wanted + prior == 0:
        return 1.0
    return min(MOST_GROWTH, (came + prior) / max(wanted + prior, 1.0))


def same_week_last_year(day: date, counts: Counts, calendar: WorkingCalendar) -> float:
    """The rule of thumb to beat: the mean working day of the same week last year; 0 on a day off."""
    if not calendar.is_working_day(day):
        return 0.0
    centre = day - YEAR
    monday = centre - timedelta(days=centre.weekday())
    week = (monday + timedelta(days=n) for n in range(7))
    worked = [counts[when] for when in week if when in counts and calendar.is_working_day(when)]
    return sum(worked) / len(worked) if worked else 0.0


def _weekday_share(day: date, counts: Counts, calendar: WorkingCalendar) -> float:
    """How a weekday stands to the mean day of its own weeks, half drawn to 1 while few weeks are known."""
    centre = day - YEAR
    mine: list[float] = []
    for place in range(-WEEKDAY_WEEKS, WEEKDAY_WEEKS + 1):
        monday = centre - timedelta(days=centre.weekday()) + timedelta(weeks=place)
        worked = [
            monday + timedelta(days=n)
            for n in range(7)
            if monday + timedelta(days=n) in counts and calendar.is_working_day(monday + timedelta(days=n))
        ]
        same = monday + timedelta(days=day.weekday())
        total = sum(counts[when] for when in worked)
        if same in worked and total:
            mine.append(counts[same] * len(worked) / total)
    return (sum(mine) + 3.0) / (len(mine) + 3.0)


def _working_days_before(day: date, calendar: WorkingCalendar) -> Iterator[date]:
    when = day
    for _ in range(60):
        when -= timedelta(days=1)
        if calendar.is_working_day(when):
            yield when
