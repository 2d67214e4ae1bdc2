"""The hour and date on the appointment slip (TT 01/2020 art. 2): when the citizen may come back.

The limit is the close of its last day; the clerk may promise earlier, never later, and only an hour
at which the unit is open.
"""

from datetime import datetime

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.certification.taking_in.time_limit import Due
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.domain.errors import DomainError


def is_open(calendar: WorkingCalendar, moment: datetime) -> bool:
    """True if the unit is open at a local time, the minute of closing included."""
    return any(start <= moment.time() <= end for start, end in calendar.sessions(moment.date()))


def check_appointment(calendar: WorkingCalendar, received_at: int, due: Due, promised: datetime) -> datetime:
    """The promised local time, if it may stand on the slip.

    Raises ``DomainError`` ``appointment.past`` (not after reception), ``appointment.late`` (after the
    limit) or ``appointment.closed`` (the unit is shut then).
    """
    shown = f"{promised:%H:%M} ngày {short_date(promised.date())}"
    shown_en = f"{promised:%H:%M} on {short_date(promised.date())}"
    if promised <= vn_datetime(received_at):
        raise DomainError(
            f"Giờ hẹn {shown} không sau giờ nhận.",
            field="appointment",
            code="appointment.past",
            title_en=f"The appointment {shown_en} is not after reception.",
        )
    if promised > due.due:
        raise DomainError(
            f"Giờ hẹn {shown} quá thời hạn.",
            f"Hạn là {due.due:%H:%M} ngày {short_date(due.due.date())}.",
            "Hẹn sớm hơn, hoặc gia hạn kèm căn cứ (Điều 21).",
            "appointment",
            code="appointment.late",
            title_en=f"The appointment {shown_en} is after the time limit.",
            meaning_en=f"The limit is {due.due:%H:%M} on {short_date(due.due.date())}.",
            remedy_en="Promise earlier, or extend with a ground (article 21).",
        )
    if not is_open(calendar, promised):
        raise DomainError(
            f"Đơn vị không làm việc lúc {shown}.",
            calendar.reason(promised.date()).vi,
            "Chọn giờ trong giờ làm việc.",
            "appointment",
            code="appointment.closed",
            title_en=f"The unit is shut at {shown_en}.",
            meaning_en=calendar.reason(promised.date()).en,
            remedy_en="Choose an hour of work.",
        )
    return promised
