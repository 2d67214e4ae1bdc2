"""One line of the work list: code, person, what, promise, state, where the data is."""

from __future__ import annotations

from counter_app.domain.calendar.day_counting import working_days_between
from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import PartialDate, vn_date, vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.services.ports.home import WorkRow
from counter_app.services.ports.saying import counted, say
from counter_app.storage.queries.requests import RequestRow
from sync.protocol.naming.ids import EntryId

RECORD_STATES = {
    "returned": "accepted",
    "taken_in": "accepted",
    "submitted": "submitted",
    "numbered": "numbered",
    "signed": "ready",
    "handed_over": "returned",
    "struck": "struck",
    "annulled": "struck",
}
"""Stage of a request -> record state of the screens (``ux.md`` 3.2)."""


def row_of(
    row: RequestRow, calendar: WorkingCalendar, now: int, marks: dict[int, int], asked: set[EntryId]
) -> WorkRow:
    """A request as the list shows it; ``marks`` are ``{journal: last seq at the province}``."""
    due_second, kind = _left(row, calendar, now)
    due = vn_datetime(row.due_at)
    copies = counted(row.copies, "copy", "copies")
    what = say(f"Chứng thực bản sao · {row.copies} bản", f"Certified copies · {copies}")
    second = row.returned_words if row.returned_reason else row.titles
    return WorkRow(
        row.id, _code(row), _day(row, now), row.name, _identity(row), what, second,
        f"{due:%H:%M}" if due.date() == vn_date(now) else f"{due:%d/%m %H:%M}", due_second, kind,
        _state(row, asked), _sync(row, marks, asked),
    )  # fmt: skip


def _code(row: RequestRow) -> str:
    try:
        return parse_provisional(row.code).short
    except DomainError:
        return row.code


def _day(row: RequestRow, now: int) -> str:
    """The date below the short code when it is not today's."""
    taken = vn_date(row.taken_at)
    return "" if taken == vn_date(now) else f"{taken:%d/%m}"


def _identity(row: RequestRow) -> str:
    """``CCCD …6812`` or ``Sinh năm 1951``."""
    if row.id_number:
        end = row.id_number[-4:]
        if len(row.id_number) == 12:
            return f"CCCD …{end}"
        return say(f"Giấy tờ …{end}", f"Document …{end}")
    birth = PartialDate.from_int(row.birth)
    return "" if birth is None else say(f"Sinh năm {birth.year}", f"Born {birth.year}")


def _state(row: RequestRow, asked: set[EntryId]) -> str:
    if row.id in asked:
        return "questioned"
    if row.conflicts:
        return "two_versions"
    if row.waiting or row.frozen:
        return "incomplete_data"
    return RECORD_STATES.get(row.stage, "accepted")


def _left(row: RequestRow, calendar: WorkingCalendar, now: int) -> tuple[str, str]:
    """Time left in words, and its kind: ``bad`` overdue or sent back, ``warn`` today, ``ok`` signed."""
    if row.stage == "signed":
        return say("chờ dân đến lấy", "waits to be fetched"), "ok"
    if row.returned_reason:
        return say("Bàn ký trả lại", "Sent back by the desk"), "bad"
    if now > row.due_at:
        days = working_days_between(calendar, vn_date(row.due_at), vn_date(now))
        if not days:
            return say("Quá hạn", "Overdue"), "bad"
        return say(f"Quá hạn {days} ngày", f"{counted(days, 'working day', 'working days')} overdue"), "bad"
    today, due = vn_date(now), vn_date(row.due_at)
    if today == due:
        minutes = (row.due_at - now) // 60_000
        hours, rest = divmod(minutes, 60)
        if not hours:
            return say(f"Còn {rest} phút", f"{rest} min left"), "warn"
        return say(f"Còn {hours} giờ {rest} phút", f"{hours} h {rest} min left"), "warn"
    days = working_days_between(calendar, today, due)
    return say(f"Còn {days} ngày làm việc", f"{counted(days, 'working day', 'working days')} left"), ""


def _sync(row: RequestRow, marks: dict[int, int], asked: set[EntryId]) -> str:
    if row.id in asked:
        return "asked"
    return "received" if marks.get(row.id.journal, 0) >= row.id.seq else "waiting"
