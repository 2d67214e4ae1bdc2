"""The clock as acts move it: running, waiting for the citizen, restarted from zero, extended, ended.

A waiting clock has no due date and is never late (``law.md`` 0.15, 6). Each rule that refuses is asked
before an entry is written; folding an entry that is already written never asks again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from counter_app.domain.calendar.day_counting import add_working_days, working_days_between
from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.dossiers.clock import refusals
from counter_app.domain.dossiers.clock.due import shifted
from counter_app.domain.dossiers.clock.rule import LimitRule, Unit


class Phase(StrEnum):
    """Where the clock stands; ``BEFORE``: handed in, not accepted yet."""

    BEFORE = "before"
    RUNNING = "running"
    WAITING = "waiting"
    FEE = "fee"
    ENDED = "ended"


class Clock(msgspec.Struct, frozen=True, gc=False):
    """A dossier's clock. Times are local and naive; ``due`` is None while waiting, ended or without limit.

    ``since``: when it was accepted or restarted. ``asked``: when waiting began. ``supplements``: requests
    made at vetting. ``promised``: the due time in force when the clock stopped or ended.
    """

    phase: Phase = Phase.BEFORE
    since: datetime | None = None
    due: datetime | None = None
    promised: datetime | None = None
    asked: datetime | None = None
    supplements: int = 0
    extended: bool = False

    def waited(self, now: datetime) -> int:
        """Days waited for the citizen, never negative whatever the PC's clock says."""
        return 0 if self.asked is None else max(0, (now.date() - self.asked.date()).days)

    def started(self, at: datetime, due: datetime | None) -> Clock:
        """Accepted, or complete again: from zero."""
        return replace(self, phase=Phase.RUNNING, since=at, due=due, promised=due, asked=None)

    def asking(self, at: datetime, *, vetting: bool) -> Clock:
        """Papers are asked of the citizen."""
        return replace(
            self, phase=Phase.WAITING, due=None, asked=at, supplements=self.supplements + int(vetting)
        )

    def duty_asked(self, at: datetime, rule: LimitRule) -> Clock:
        """A financial duty is asked: waits only where the procedure says so."""
        return replace(self, phase=Phase.FEE, due=None, asked=at) if rule.fee_pauses else self

    def duty_met(self, due: datetime | None) -> Clock:
        """The duty is met: runs on until ``due`` (see ``due_after_duty``)."""
        if self.phase is not Phase.FEE:
            return self
        return replace(self, phase=Phase.RUNNING, due=due, promised=due, asked=None)

    def extended_to(self, due: datetime) -> Clock:
        """The one re-appointment."""
        return replace(self, due=due, promised=due, extended=True)

    def ended(self) -> Clock:
        """Result, refusal, withdrawal or stop; ``promised`` stays for the count of what was late."""
        return replace(self, phase=Phase.ENDED, due=None, asked=None)


def due_after_duty(
    clock: Clock, rule: LimitRule, paid: datetime, calendar: WorkingCalendar
) -> datetime | None:
    """The due time once a pausing duty is met: the days waited are added, nothing restarts [U]."""
    if clock.phase is not Phase.FEE or clock.promised is None or clock.asked is None:
        return clock.due
    begin, end = clock.asked.date(), max(clock.asked.date(), paid.date())
    if rule.unit in (Unit.CALENDAR_DAY, Unit.MONTH):
        return shifted(rule, clock.promised, (end - begin).days, calendar)
    return shifted(rule, clock.promised, working_days_between(calendar, begin, end), calendar)


def last_vetting_day(clock: Clock, rule: LimitRule, calendar: WorkingCalendar) -> date | None:
    """Last day on which papers may still be asked at vetting; None when the procedure sets none."""
    if rule.vetting_days is None or clock.since is None:
        return None
    return add_working_days(calendar, clock.since.date(), rule.vetting_days)


def check_ask(clock: Clock, rule: LimitRule, at: datetime, calendar: WorkingCalendar) -> None:
    """May papers be asked at vetting now (NĐ 61/2018 art. 19: once, within three working days)?

    Raises DomainError ``clock.ended``, ``clock.waiting``, ``clock.second_supplement`` or
    ``clock.vetting_over``.
    """
    check_open(clock)
    if clock.phase in (Phase.WAITING, Phase.FEE):
        raise refusals.waiting()
    if rule.supplements and clock.supplements >= rule.supplements:
        raise refusals.second_supplement(rule.supplements)
    last = last_vetting_day(clock, rule, calendar)
    if last is not None and at.date() > last:
        raise refusals.vetting_over(last)


def check_extend(clock: Clock, at: datetime, new_due: datetime, calendar: WorkingCalendar) -> None:
    """May the due date be moved now (form 04: once, at least one day before it)?

    Raises DomainError ``clock.ended``, ``clock.extension_paused``, ``clock.no_due``,
    ``clock.second_extension``, ``clock.extension_late``, ``clock.extension_not_later``,
    ``clock.extension_day_off``.
    """
    check_open(clock)
    if clock.phase is not Phase.RUNNING:
        raise refusals.extension_paused()
    if clock.due is None:
        raise refusals.no_due()
    if clock.extended:
        raise refusals.second_extension()
    if at.date() > clock.due.date() - timedelta(days=1):
        raise refusals.extension_late(clock.due)
    if new_due <= clock.due:
        raise refusals.extension_not_later(clock.due)
    if not calendar.is_working_day(new_due.date()):
        raise refusals.extension_day_off(calendar.reason(new_due.date()))


def check_open(clock: Clock) -> None:
    """Raises DomainError ``clock.ended`` when nothing more can happen to the time limit."""
    if clock.phase is Phase.ENDED:
        raise refusals.ended()
