"""When a certification is due, and why (NĐ 23/2015 arts. 7, 21, 37; TT 01/2020 art. 2).

Same day; received after 15:00, the next working day. For many kinds, pages or copies or complex
content the limit may be extended by at most two working days, or longer by written agreement.
Whatever is not handed out the same day needs an appointment slip with hour and date.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec

from counter_app.domain.calendar.day_counting import add_working_days, is_after
from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.dates import short_date, vn_datetime, vn_instant
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.table_files import decode_table


class ExtensionGround(StrEnum):
    """Grounds of art. 21 for an extension; values are stored."""

    MANY_KINDS = "many_kinds"
    MANY_PAGES = "many_pages"
    MANY_COPIES = "many_copies"
    COMPLEX = "complex"


GROUND_WORDS: dict[ExtensionGround, tuple[str, str]] = {
    ExtensionGround.MANY_KINDS: ("nhiều loại bản chính", "many kinds of originals"),
    ExtensionGround.MANY_PAGES: ("bản chính có nhiều trang", "originals of many pages"),
    ExtensionGround.MANY_COPIES: ("yêu cầu số lượng nhiều bản sao", "many copies asked for"),
    ExtensionGround.COMPLEX: (
        "nội dung phức tạp, khó kiểm tra, đối chiếu",
        "complex content, hard to compare",
    ),
}


class TimeLimitRule(msgspec.Struct, frozen=True, gc=False):
    """One kind's limit: ``working_days`` 0 is the same day; dates of validity both included."""

    matter: str
    working_days: int
    cutoff: time
    extension_max: int
    source: str
    status: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension in working days, its ground, and the written agreement when it is longer."""

    working_days: int
    ground: ExtensionGround
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Due time (local, naive; ``at`` in ms) and the steps that led to it, in words.

    ``slip`` is true when an appointment slip with hour and date must be handed out.
    """

    due: datetime
    at: int
    slip: bool
    steps: tuple[Notice, ...]


def parse_time_limits(raw: bytes) -> tuple[TimeLimitRule, ...]:
    """Rules from their JSON; ``DomainError`` ``table.file`` if it is not that."""
    return decode_table(raw, tuple[TimeLimitRule, ...], "Bảng thời hạn", "The table of time limits")


def rule_on(rules: tuple[TimeLimitRule, ...], matter: str, day: date) -> TimeLimitRule:
    """The rule in force on a day; ``DomainError`` ``time_limit.none`` when the table has none."""
    for rule in rules:
        if (
            rule.matter == matter
            and rule.valid_from <= day
            and (rule.valid_to is None or day <= rule.valid_to)
        ):
            return rule
    raise DomainError(
        f"Chưa có thời hạn cho việc này vào ngày {short_date(day)}.",
        remedy="Nhập ngày hẹn kèm căn cứ, hoặc cập nhật dữ liệu.",
        code="time_limit.none",
        title_en=f"No time limit is known for this on {short_date(day)}.",
        remedy_en="Type the appointment with its ground, or update the data.",
    )


def read_extension(ground: str, days: str, agreement: str) -> Extension | None:
    """What was typed as an extension, None without a ground; no number is 0 days, which none may have."""
    if ground not in set(ExtensionGround):
        return None
    typed = days.strip()
    fits = typed.isascii() and typed.isdigit() and len(typed) <= 3
    return Extension(int(typed) if fits else 0, ExtensionGround(ground), agreement.strip())


def check_extension(rule: TimeLimitRule, extension: Extension) -> None:
    """Refuse what art. 21 does not allow; ``DomainError`` ``extension.range`` or ``.agreement``."""
    if not 1 <= extension.working_days <= 60:
        raise DomainError(
            "Số ngày gia hạn phải từ 1 đến 60.",
            field="extension",
            code="extension.range",
            title_en="An extension has 1 to 60 days.",
        )
    if extension.working_days > rule.extension_max and not extension.agreement.strip():
        raise DomainError(
            f"Gia hạn {extension.working_days} ngày cần thỏa thuận bằng văn bản.",
            f"Không có thỏa thuận thì nhiều nhất {rule.extension_max} ngày làm việc (Điều 21).",
            "Ghi số, ngày của văn bản thỏa thuận.",
            "extension",
            code="extension.agreement",
            title_en=f"An extension of {extension.working_days} days needs a written agreement.",
            meaning_en=f"Without one at most {rule.extension_max} working days are allowed.",
            remedy_en="Type the number and date of the agreement.",
        )


def _skipped(calendar: WorkingCalendar, start: date, end: date) -> list[Notice]:
    """Reasons of the rest days between two days, both left out."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days))
    return [calendar.reason(day) for day in days if not calendar.is_working_day(day)]


def _first_step(received: datetime, rule: TimeLimitRule, same_day: bool, opened: bool) -> Notice:
    """The sentence on reception: when, and which rule of the law counts from it."""
    when, cutoff = f"{received:%H:%M} {short_date(received.date())}", f"{rule.cutoff:%H:%M}"
    vi, en = f"Nhận lúc {when}", f"Received {when}"
    if rule.working_days:
        return Notice(
            "due.counted",
            f"{vi}, thời hạn {rule.working_days} ngày làm việc ({rule.source}).",
            f"{en}; the limit is {rule.working_days} working days ({rule.source}).",
        )
    if same_day:
        return Notice(
            "due.same_day",
            f"{vi}, không sau {cutoff}: trả trong ngày ({rule.source}).",
            f"{en}, not after {cutoff}: returned the same day ({rule.source}).",
        )
    why = _why_next(received, rule, opened)
    return Notice(
        "due.next_day",
        f"{vi}, {why[0]}: trả trong ngày làm việc tiếp theo ({rule.source}).",
        f"{en}, {why[1]}: returned on the next working day ({rule.source}).",
    )


def _why_next(received: datetime, rule: TimeLimitRule, opened: bool) -> tuple[str, str]:
    """Which of the three things moves a same-day return to the next working day."""
    if not opened:
        return "ngày nghỉ", "a day of rest"
    cutoff = f"{rule.cutoff:%H:%M}"
    late = is_after(received, rule.cutoff)
    return (f"sau {cutoff}", f"after {cutoff}") if late else ("sau giờ làm việc", "after closing")


def reason_of_next_day(received_at: int, rule: TimeLimitRule, calendar: WorkingCalendar) -> str:
    """Why the copies are not given the day they came in, as the appointment slip says it: "Nhận sau 15:00".

    Read from the same rule that moved the promise (NĐ 23/2015 art. 7), so paper and promise cannot differ.
    """
    received = vn_datetime(received_at)
    why = _why_next(received, rule, bool(calendar.sessions(received.date())))[0]
    return f"Nhận {why}"


def reason_of_due(received_at: int, rule: TimeLimitRule, calendar: WorkingCalendar) -> str:
    """Why a paper is promised for another day: a limit in working days (art. 37), or today is too late."""
    if rule.working_days:
        return f"Thời hạn {rule.working_days} ngày làm việc ({rule.source})"
    return reason_of_next_day(received_at, rule, calendar)


def reason_of_extension(stored: str) -> str:
    """The ground of an extension as the slip says it; ``stored`` as ``AppointmentExtended`` holds it."""
    ground, _, agreement = stored.partition(": ")
    words = GROUND_WORDS[ExtensionGround(ground)][0]
    agreed = f", thỏa thuận {agreement}" if agreement else ""
    return f"Gia hạn theo Điều 21: {words}{agreed}"


def same_day_or_next(calendar: WorkingCalendar, received: datetime, cutoff: time) -> date:
    """The day itself when the unit is open and the cut-off has not passed, else the next working day."""
    day = received.date()
    if not calendar.sessions(day) or is_after(received, cutoff) or received >= calendar.closing(day):
        return calendar.next_working_day(day)
    return day


def _extended(calendar: WorkingCalendar, day: date, extension: Extension) -> tuple[date, Notice]:
    until = add_working_days(calendar, day, extension.working_days)
    words = GROUND_WORDS[extension.ground]
    agreed = (
        (f" theo thỏa thuận {extension.agreement}", f" by agreement {extension.agreement}")
        if extension.agreement.strip()
        else ("", "")
    )
    return until, Notice(
        "due.extended",
        f"Gia hạn {extension.working_days} ngày làm việc{agreed[0]}: {words[0]}.",
        f"Extended by {extension.working_days} working days{agreed[1]}: {words[1]}.",
    )


def certification_due(
    received_at: int, rule: TimeLimitRule, calendar: WorkingCalendar, extension: Extension | None = None
) -> Due:
    """Due time of a certification taken in at ``received_at`` (ms), at the close of its last day.

    Raises ``DomainError`` of ``check_extension`` and of the calendar.
    """
    received = vn_datetime(received_at)
    start = received.date()
    same_or_next = same_day_or_next(calendar, received, rule.cutoff)
    day = add_working_days(calendar, start, rule.working_days) if rule.working_days else same_or_next
    steps = [_first_step(received, rule, day == start, bool(calendar.sessions(start)))]
    if extension is not None:
        check_extension(rule, extension)
        day, step = _extended(calendar, day, extension)
        steps.append(step)
    due = calendar.closing(day)
    steps += _skipped(calendar, start, day)
    steps.append(
        Notice(
            "due.result",
            f"Hẹn trả trước {due:%H:%M}, {calendar.reason(day).vi}",
            f"Due before {due:%H:%M}; {calendar.reason(day).en}",
        )
    )
    steps += calendar.doubts(day)
    return Due(due, vn_instant(due), day != start, tuple(steps))
