"""Hours that may stand on an appointment slip. 20/11/2026 is a Friday, 24/11 a holiday."""

from datetime import datetime

import pytest

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.certification.taking_in.appointment import check_appointment, is_open
from counter_app.domain.certification.taking_in.time_limit import (
    certification_due,
    parse_time_limits,
    rule_on,
)
from counter_app.domain.dates import vn_instant
from counter_app.domain.errors import DomainError
from resources import load

CALENDAR = parse_calendar(load.working_calendar())
RECEIVED = datetime.fromisoformat("2026-11-20T15:30")
AT = vn_instant(RECEIVED)
DUE = certification_due(AT, rule_on(parse_time_limits(load.time_limits()), "copy", RECEIVED.date()), CALENDAR)


def test_the_limit_itself() -> None:
    assert datetime.fromisoformat("2026-11-23T17:00") == DUE.due
    assert check_appointment(CALENDAR, AT, DUE, DUE.due) == DUE.due


@pytest.mark.parametrize(
    "promised", ["2026-11-20T16:30", "2026-11-23T07:30", "2026-11-23T11:30", "2026-11-23T13:30"]
)
def test_earlier_hours_of_work(promised: str) -> None:
    moment = datetime.fromisoformat(promised)
    assert check_appointment(CALENDAR, AT, DUE, moment) == moment


@pytest.mark.parametrize(
    ("promised", "code"),
    [
        ("2026-11-20T15:30", "appointment.past"),
        ("2026-11-19T09:00", "appointment.past"),
        ("2026-11-23T17:01", "appointment.late"),
        ("2026-11-25T09:00", "appointment.late"),
        ("2026-11-23T12:00", "appointment.closed"),
        ("2026-11-23T07:29", "appointment.closed"),
        ("2026-11-21T09:00", "appointment.closed"),
    ],
)
def test_hours_that_are_refused(promised: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        check_appointment(CALENDAR, AT, DUE, datetime.fromisoformat(promised))
    assert (refusal.value.code, refusal.value.field) == (code, "appointment")
    assert refusal.value.words("en").title


def test_a_weekend_says_that_it_is_one() -> None:
    with pytest.raises(DomainError) as refusal:
        check_appointment(CALENDAR, AT, DUE, datetime.fromisoformat("2026-11-21T09:00"))
    assert "thứ Bảy" in refusal.value.meaning


def test_shut_on_a_holiday() -> None:
    assert not is_open(CALENDAR, datetime.fromisoformat("2026-11-24T09:00"))
    assert is_open(CALENDAR, datetime.fromisoformat("2026-08-22T09:00")), "a worked Saturday"
