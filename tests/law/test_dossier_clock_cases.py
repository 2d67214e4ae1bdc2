"""Every case of the dossier's clock, played through the clock's own acts.

Steps, with local times: ``accept`` / ``valid`` (online) / ``arrive`` (postmark) - complete, the clock starts;
``deskask`` / ``ask`` - papers asked at the desk / at vetting; ``bring`` / ``bringpart`` - everything / not
yet everything is brought; ``forward`` - a routed dossier reaches the competent body; ``extend T -> T``;
``feeask`` / ``feepaid``; ``result``, ``refuse``, ``withdraw``, ``stop``, ``return``; ``at`` - looked at.
Expectations: ``due T`` / ``nodue``; ``running``, ``waiting N``, ``ended``; ``ontime early|exact``, ``late N``
(begun working days; ``many``: a year and more); ``refused CODE`` for the last step.
Rules besides those of ``read_settings``: ``offline`` (a routed body cannot be reached), ``remote=N`` (the
value of a remote commune), ``saturday=07:30-11:30`` (the unit opens on Saturdays).
"""

from __future__ import annotations

from datetime import datetime, time

import msgspec
import pytest

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.dossiers.clock import (
    Clock,
    LimitRule,
    Phase,
    Unit,
    due_of,
    read_settings,
    refusals,
    running,
    timeliness,
)
from counter_app.domain.dossiers.clock.lateness import Timing
from counter_app.domain.errors import DomainError
from resources import load
from tests.law.dossier_clock_cases import CASES, Case

CALENDAR = parse_calendar(load.working_calendar())
MANY = 250


def local(text: str) -> datetime:
    """``20/11/2026 15:01`` as local time."""
    return datetime.strptime(text.strip(), "%d/%m/%Y %H:%M")  # noqa: DTZ007 - local times are naive here


def calendar_of(case: Case) -> WorkingCalendar:
    """The usual calendar, or one of a unit that opens on Saturdays."""
    wanted = next((word for word in case.rule.split() if word.startswith("saturday=")), "")
    if not wanted:
        return CALENDAR
    opens, closes = (time.fromisoformat(part) for part in wanted.removeprefix("saturday=").split("-"))
    season = CALENDAR.hours.seasons[0]
    weekly = {**season.weekly, 6: ((opens, closes),)}
    hours = msgspec.structs.replace(CALENDAR.hours, seasons=(msgspec.structs.replace(season, weekly=weekly),))
    return msgspec.structs.replace(CALENDAR, hours=hours)


def rule_of(case: Case) -> LimitRule:
    """The limit of a case with its settings."""
    value, unit = (0, case.limit) if " " not in case.limit else case.limit.split()
    remote = next((word for word in case.rule.split() if word.startswith("remote=")), "")
    value = remote.removeprefix("remote=") or value
    return read_settings(int(value), Unit("" if unit == "none" else unit), case.rule)


class Play:
    """One story told to the clock; ``now`` is the time of the last step."""

    def __init__(self, case: Case) -> None:
        self.rule = rule_of(case)
        self.calendar = calendar_of(case)
        self.reachable = "offline" not in case.rule.split()
        self.clock = Clock()
        self.now = datetime.min  # noqa: DTZ901 - replaced by the first step
        self.done: datetime | None = None
        self.has_result = False

    def step(self, text: str) -> None:
        """One step; raises what the clock refuses."""
        name, _, rest = text.partition(" ")
        when, _, new = rest.partition("->")
        self.now = local(when)
        if name == "extend":
            running.check_extend(self.clock, self.now, local(new), self.calendar)
            self.clock = self.clock.extended_to(local(new))
        else:
            getattr(self, f"_{name}")()

    def _start(self) -> None:
        due = due_of(self.rule, self.now, self.calendar, reachable=self.reachable)
        self.clock = self.clock.started(self.now, due.due)

    _accept = _valid = _arrive = _bring = _start

    def _forward(self) -> None:
        forwarded = msgspec.structs.replace(self.rule, routed=False)
        self.clock = self.clock.started(self.now, due_of(forwarded, self.now, self.calendar).due)

    def _deskask(self) -> None:
        self.clock = self.clock.asking(self.now, vetting=False)

    def _ask(self) -> None:
        running.check_ask(self.clock, self.rule, self.now, self.calendar)
        self.clock = self.clock.asking(self.now, vetting=True)

    def _bringpart(self) -> None:
        """Still incomplete: the clock stands as it stood."""

    def _feeask(self) -> None:
        self.clock = self.clock.duty_asked(self.now, self.rule)

    def _feepaid(self) -> None:
        self.clock = self.clock.duty_met(
            running.due_after_duty(self.clock, self.rule, self.now, self.calendar)
        )

    def _result(self) -> None:
        self._end()
        self.has_result, self.done = True, self.now

    def _end(self) -> None:
        running.check_open(self.clock)
        self.clock = self.clock.ended()

    _withdraw = _stop = _refuse = _end

    def _return(self) -> None:
        if not self.has_result:
            raise refusals.no_result()

    def _at(self) -> None:
        """Only looked at."""

    def seen(self, wanted: str) -> bool:
        """Whether one expectation holds now."""
        name, _, rest = wanted.partition(" ")
        waiting = self.clock.phase in (Phase.WAITING, Phase.FEE)
        match name:
            case "due":
                return self.clock.due == local(rest)
            case "nodue":
                return self.clock.due is None
            case "running":
                return self.clock.phase is Phase.RUNNING and not self._late()
            case "ended":
                return self.clock.phase is Phase.ENDED
            case "waiting":
                return waiting and self.clock.waited(self.now) == int(rest) and not self._late()
            case "ontime":
                return self._timeliness().timing == Timing(rest)
            case "late":
                days = self._timeliness().days
                return days > MANY if rest == "many" else days == int(rest)
        raise AssertionError(wanted)

    def _late(self) -> int:
        return timeliness(self.clock.due, self.now, self.calendar).days

    def _timeliness(self) -> tuple[Timing, int]:
        if self.done is None:
            return timeliness(self.clock.due, self.now, self.calendar)
        return timeliness(self.clock.promised, self.done, self.calendar)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.limit} - {case.story} - {case.rule}")
def test_a_case_worked_by_hand(case: Case) -> None:
    """What the law gives by hand is what the clock gives."""
    play = Play(case)
    steps = case.story.split("; ")
    for step in steps[:-1]:
        play.step(step)
    name, _, code = case.expect.partition(" ")
    if name == "refused":
        with pytest.raises(DomainError) as refused:
            play.step(steps[-1])
        assert refused.value.code == code
        return
    play.step(steps[-1])
    for wanted in case.expect.split("; "):
        assert play.seen(wanted), f"{case.why} ({case.article}): wanted {wanted}, stands at {play.clock}"


def test_there_are_as_many_cases_as_asked() -> None:
    """At least 150, each told once, each with its article and its reasoning."""
    assert len(CASES) >= 150
    assert len({(case.limit, case.story, case.rule) for case in CASES}) == len(CASES)
    assert all(case.article and case.why for case in CASES)
