"""Early, on time or late, told by the act's own time (form 06: trước hạn, đúng hạn, quá hạn).

Compared are days: done on an earlier day than the due day is early. A minute after closing on the due day
is late by one day, for begun working days are counted (own reading, unverified).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from counter_app.domain.calendar.day_counting import working_days_between
from counter_app.domain.calendar.working_days import WorkingCalendar


class Timing(StrEnum):
    """The three columns of form 06."""

    EARLY = "early"
    EXACT = "exact"
    LATE = "late"


class Timeliness(NamedTuple):
    """How an act stands to its due time; ``days`` late in begun working days, 0 when not late."""

    timing: Timing
    days: int = 0


def timeliness(due: datetime | None, done: datetime, calendar: WorkingCalendar) -> Timeliness:
    """Where ``done`` stands to ``due`` (both local); without a due time nothing is late."""
    if due is None:
        return Timeliness(Timing.EXACT)
    if done <= due:
        return Timeliness(Timing.EARLY if done.date() < due.date() else Timing.EXACT)
    return Timeliness(Timing.LATE, max(1, working_days_between(calendar, due.date(), done.date())))
