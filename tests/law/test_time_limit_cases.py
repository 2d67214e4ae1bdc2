# ruff: noqa: E501 - a case stays on one line, like a row on paper
"""Time limits worked by hand: each row has its article, its reasoning and a date found on a wall calendar.

NĐ 23/2015 arts. 7, 21, 37; days off of 2025-2027 from ``resources/calendar``. 20/11/2026 is a Friday.
"""

from dataclasses import dataclass
from datetime import datetime

import pytest

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.calendar.day_counting import due_after_calendar_days, due_after_days
from counter_app.domain.certification.taking_in.time_limit import (
    Extension,
    ExtensionGround,
    certification_due,
    parse_time_limits,
    rule_on,
)
from counter_app.domain.dates import vn_instant
from counter_app.domain.errors import DomainError
from resources import load

CALENDAR = parse_calendar(load.working_calendar())
RULES = parse_time_limits(load.time_limits())


def local(text: str) -> datetime:
    """``20/11/2026 15:01`` as local time."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M")  # noqa: DTZ007 - local times are naive here


@dataclass(frozen=True)
class Case:
    """Received, matter, extension in working days; the due time; whether a slip is owed."""

    received: str
    due: str
    slip: bool
    article: str
    why: str
    matter: str = "copy"
    extension: int = 0
    agreement: str = ""


CASES = [
    Case("20/11/2026 09:00", "20/11/2026 17:00", False, "7", "Friday morning: same day, at closing"),
    Case("20/11/2026 07:00", "20/11/2026 17:00", False, "7", "before opening, still that day"),
    Case("20/11/2026 12:15", "20/11/2026 17:00", False, "7", "noon break, before 15:00"),
    Case("20/11/2026 00:30", "20/11/2026 17:00", False, "7", "half past midnight local is 17:30 UTC of Thursday"),
    Case("19/11/2026 14:59", "19/11/2026 17:00", False, "7", "one minute before the cut-off"),
    Case("19/11/2026 15:00", "19/11/2026 17:00", False, "7", "at 15:00 is not after 15:00 (own reading)"),
    Case("19/11/2026 15:01", "20/11/2026 17:00", True, "7", "after 15:00: next working day, Friday"),
    Case("20/11/2026 15:01", "23/11/2026 17:00", True, "7", "Friday evening: over the weekend to Monday"),
    Case("20/11/2026 23:59", "23/11/2026 17:00", True, "7", "last minute of the local day"),
    Case("23/11/2026 15:01", "25/11/2026 17:00", True, "7; NQ 80", "24/11 is Culture Day from 2026"),
    Case("23/11/2026 14:59", "23/11/2026 17:00", False, "7", "the eve of Culture Day is a usual day"),
    Case("24/11/2026 09:00", "25/11/2026 17:00", True, "7; NQ 80", "entered on the holiday itself"),
    Case("21/11/2025 15:30", "24/11/2025 17:00", True, "7", "in 2025 24/11 was still worked (Monday)"),
    Case("24/11/2025 10:00", "24/11/2025 17:00", False, "7", "24/11/2025 itself: same day"),
    Case("13/02/2026 14:59", "13/02/2026 17:00", False, "7", "last day before Tết 2026, in time"),
    Case("13/02/2026 15:01", "23/02/2026 17:00", True, "7; 112", "weekend, Tết 16-20/02, weekend: Monday 23/02"),
    Case("31/12/2025 15:10", "05/01/2026 17:00", True, "7; swap", "01/01 off, 02/01 swapped off, weekend: Monday"),
    Case("09/01/2026 15:10", "10/01/2026 17:00", True, "7; swap", "Saturday 10/01/2026 is worked for 02/01"),
    Case("21/08/2026 16:00", "22/08/2026 17:00", True, "7; swap", "Saturday 22/08/2026 is worked for 31/08"),
    Case("22/08/2026 10:00", "22/08/2026 17:00", False, "7; swap", "taken in on the worked Saturday"),
    Case("22/08/2026 15:30", "24/08/2026 17:00", True, "7; swap", "after 15:00 on the worked Saturday: Monday"),
    Case("28/08/2026 15:30", "03/09/2026 17:00", True, "7; 112", "31/08 swapped off, 1-2/09 National Day: Thursday"),
    Case("15/08/2026 09:00", "17/08/2026 17:00", True, "7", "a usual Saturday is closed: Monday"),
    Case("16/08/2026 09:00", "17/08/2026 17:00", True, "7", "Sunday: Monday"),
    Case("25/04/2025 15:10", "26/04/2025 17:00", True, "7; swap", "Saturday 26/04/2025 worked for 02/05"),
    Case("29/04/2025 15:10", "05/05/2025 17:00", True, "7; 112", "30/04, 01/05, swapped 02/05, weekend: Monday"),
    Case("29/04/2026 15:10", "04/05/2026 17:00", True, "7; 112", "30/04 Thursday, 01/05 Friday, weekend: Monday"),
    Case("24/04/2026 15:10", "28/04/2026 17:00", True, "7; 111(3)", "Hùng Kings on Sunday 26/04, taken on Monday 27"),
    Case("31/12/2026 15:30", "04/01/2027 17:00", True, "7; 112", "01/01/2027 is a Friday off: Monday"),
    Case("29/04/2027 15:30", "04/05/2027 17:00", True, "7; 111(3)", "30/04 Friday, 01/05 Saturday taken on 03/05"),
    Case("01/09/2025 08:00", "03/09/2025 17:00", True, "7; 112", "National Day 01-02/09/2025: Wednesday"),
    Case("19/11/2026 09:00", "20/11/2026 17:00", True, "21", "one day of extension", extension=1),
    Case("19/11/2026 09:00", "23/11/2026 17:00", True, "21", "two working days: Friday, Monday", extension=2),
    Case("23/11/2026 09:00", "25/11/2026 17:00", True, "21", "the extension skips Culture Day", extension=1),
    Case("23/11/2026 15:30", "27/11/2026 17:00", True, "7, 21", "base Wednesday 25, then two days", extension=2),
    Case("19/11/2026 09:00", "25/11/2026 17:00", True, "21", "three days by agreement: 20, 23, 25", extension=3,
         agreement="số 5 ngày 19/11/2026"),
    Case("19/11/2026 09:00", "23/11/2026 17:00", True, "37", "transaction: two working days", matter="transaction"),
    Case("20/11/2026 16:00", "25/11/2026 17:00", True, "37", "23, then 25 (24 off); 15:00 plays no part here",
         matter="transaction"),
    Case("19/11/2026 15:01", "20/11/2026 17:00", True, "7", "signatures follow the same hour", matter="signature"),
    Case("19/11/2026 14:00", "19/11/2026 17:00", False, "7", "signature in time", matter="signature"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{c.received} {c.matter} +{c.extension}" for c in CASES])
def test_due_time(case: Case) -> None:
    received = local(case.received)
    extension = None
    if case.extension:
        extension = Extension(case.extension, ExtensionGround.MANY_COPIES, case.agreement)
    rule = rule_on(RULES, case.matter, received.date())
    due = certification_due(vn_instant(received), rule, CALENDAR, extension)
    assert (due.due, due.slip) == (local(case.due), case.slip), f"art. {case.article}: {case.why}"
    assert due.at == vn_instant(local(case.due))


@pytest.mark.parametrize(("matter", "days"), [("copy", 3), ("copy", 60), ("signature", 1)])
def test_longer_extension_needs_a_written_agreement(matter: str, days: int) -> None:
    """Art. 21 allows two working days for copies; more only by agreement; for signatures it says nothing."""
    received = local("19/11/2026 09:00")
    rule = rule_on(RULES, matter, received.date())
    with pytest.raises(DomainError) as refusal:
        certification_due(
            vn_instant(received), rule, CALENDAR, Extension(days, ExtensionGround.COMPLEX, "  ")
        )
    assert refusal.value.code == "extension.agreement"
    assert "thỏa thuận bằng văn bản" in refusal.value.title


WORKING_DAY_LIMITS = [
    # received, days, late counts from the next day, due, why (law 6: pinned 14:59, 15:00, 15:01)
    ("19/11/2026 14:59", 3, False, "25/11/2026", "20, 23, 25: receipt day not counted, 24 off"),
    ("19/11/2026 15:01", 3, False, "25/11/2026", "default: the late hour moves only the forwarding"),
    ("19/11/2026 15:00", 3, True, "25/11/2026", "15:00 is in time"),
    ("19/11/2026 15:01", 3, True, "26/11/2026", "setting: day 1 is the day after Friday"),
    ("20/11/2026 16:30", 1, False, "23/11/2026", "Friday evening, one day: Monday"),
    ("20/11/2026 16:30", 1, True, "25/11/2026", "Friday evening with the setting: begins Monday, 24 off"),
    ("13/02/2026 14:59", 3, False, "25/02/2026", "eve of Tết: 23, 24, 25/02"),
    ("21/11/2026 09:00", 1, True, "25/11/2026", "Saturday with the setting: begins Monday"),
]


@pytest.mark.parametrize(("received", "days", "late", "due", "why"), WORKING_DAY_LIMITS)
def test_limits_in_working_days(received: str, days: int, late: bool, due: str, why: str) -> None:
    found = due_after_days(CALENDAR, local(received), days, late_counts_from_next_day=late)
    assert found == local(f"{due} 17:00"), why


CALENDAR_DAY_LIMITS = [
    ("16/11/2026 09:00", 4, "20/11/2026", "Monday + 4 is Friday"),
    ("16/11/2026 09:00", 5, "23/11/2026", "a Saturday ends on Monday, BLDS art. 148(5)"),
    ("14/11/2026 09:00", 10, "25/11/2026", "24/11 is a holiday: the day after"),
    ("17/08/2026 09:00", 5, "22/08/2026", "Saturday 22/08 is worked, so it ends there"),
]


@pytest.mark.parametrize(("received", "days", "due", "why"), CALENDAR_DAY_LIMITS)
def test_limits_in_calendar_days(received: str, days: int, due: str, why: str) -> None:
    assert due_after_calendar_days(CALENDAR, local(received), days) == local(f"{due} 17:00"), why
