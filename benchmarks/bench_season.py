"""The forecast beside "same week last year" on held-out weeks of generated seasons.

``python -m benchmarks.bench_season --seeds 60``. Held out: every week of 2026 from February on, forecast
on its Monday for the whole week and for each day, knowing the days before only. Error: mean of the absolute
errors over the mean of what came. Communes whose two years are alike but for chance stand in a row of their
own: there the rule of thumb has its best case.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from benchmarks.season_arrivals import arrivals
from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.forecast.arrivals import expected, same_week_last_year
from counter_app.services.rules import shipped_rules

FIRST_MONDAY = date(2026, 2, 2)
WEEKS = 47


class Errors(NamedTuple):
    """One commune: errors of the week's sum and of single days, ours and the rule of thumb's, as shares."""

    week: float
    week_thumb: float
    day: float
    day_thumb: float


def errors(counts: dict[date, float], calendar: WorkingCalendar, weeks: range = range(WEEKS)) -> Errors:
    """Every held-out week of one commune."""
    sums = [0.0] * 4
    came = 0.0
    for place in weeks:
        monday = FIRST_MONDAY + timedelta(weeks=place)
        days = [monday + timedelta(days=n) for n in range(7)]
        worked = [day for day in days if day in counts]
        known = {day: count for day, count in counts.items() if day < monday}
        ours = [expected(day, known, monday, calendar) for day in worked]
        thumb = [same_week_last_year(day, known, calendar) for day in worked]
        real = [counts[day] for day in worked]
        came += sum(real)
        sums[0] += abs(sum(ours) - sum(real))
        sums[1] += abs(sum(thumb) - sum(real))
        sums[2] += sum(abs(one - other) for one, other in zip(ours, real, strict=True))
        sums[3] += sum(abs(one - other) for one, other in zip(thumb, real, strict=True))
    return Errors(*(one / came for one in sums))


def show(name: str, found: Sequence[Errors]) -> None:
    """Medians over communes, and in how many of them the forecast was nearer."""
    for what, ours, thumb in (("week", 0, 1), ("day", 2, 3)):
        mine, other = (statistics.median(one[place] for one in found) for place in (ours, thumb))
        won = sum(one[ours] < one[thumb] for one in found)
        print(
            f"{name:34s} {what:5s} {mine * 100:6.1f} % {other * 100:6.1f} % {mine / other:6.2f} "
            f"{won:4d} of {len(found)}"
        )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--first", type=int, default=1)
    options = parser.parse_args()
    calendar = shipped_rules().calendar
    seeds = range(options.first, options.first + options.seeds)
    print(f"{'communes':34s} {'of a':5s} {'forecast':>8s} {'same wk':>8s} {'ratio':>6s} nearer in")
    whole = [errors(arrivals(seed, calendar), calendar) for seed in seeds]
    show("other level, season moved", whole)
    season = [errors(arrivals(seed, calendar), calendar, range(23, 37)) for seed in seeds]
    show("… July to September only", season)
    near_tet = [errors(arrivals(seed, calendar), calendar, range(6)) for seed in seeds]
    show("… weeks around Tết 2026", near_tet)
    crossing = [errors(arrivals(seed, calendar), calendar, range(46, 58)) for seed in seeds]
    show("… 21 December to 12 March 2027", crossing)
    alike = [errors(arrivals(seed, calendar, same_level=True), calendar) for seed in seeds]
    show("years alike but for chance", alike)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
