"""Opening hours of a unit, by season (law 6: set by the province and by season, unverified)."""

from datetime import date, time

import msgspec

Session = tuple[time, time]
"""From and to, local time."""

_SWAPPED_SATURDAY_LIKE = 1  # a worked Saturday keeps the hours of a Monday


class Season(msgspec.Struct, frozen=True, gc=False):
    """Hours by ISO weekday (1 Monday … 7 Sunday) from ``valid_from`` to ``valid_to``, both included."""

    weekly: dict[int, tuple[Session, ...]]
    valid_from: date | None = None
    valid_to: date | None = None
    status: str = "unverified"

    def covers(self, day: date) -> bool:
        """True if the season holds on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class OpeningHours(msgspec.Struct, frozen=True, gc=False):
    """The seasons of a unit; of two that hold on one day the later in the list counts."""

    seasons: tuple[Season, ...]

    def sessions(self, day: date, *, as_worked_saturday: bool = False) -> tuple[Session, ...]:
        """Sessions of a day by the week alone; holidays are the calendar's matter. Empty: closed."""
        weekday = _SWAPPED_SATURDAY_LIKE if as_worked_saturday else day.isoweekday()
        for season in reversed(self.seasons):
            if season.covers(day):
                return season.weekly.get(weekday, ())
        return ()
