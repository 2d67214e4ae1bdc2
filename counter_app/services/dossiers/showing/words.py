"""Words of dossiers on screens: states, limits, fees, papers, time left; each in both languages."""

from __future__ import annotations

from counter_app.domain.calendar.day_counting import working_days_between
from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.catalogue.procedure import Fee, Limit
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import PartialDate, moment_text, vn_date
from counter_app.domain.dossiers.entries import ONLINE
from counter_app.domain.errors import DomainError
from counter_app.domain.money_words import money_figures
from counter_app.services.ports.saying import counted, say

RECORD_STATES = {
    "online": "online_new",
    "handed_in": "accepted",
    "accepted": "accepted",
    "refused": "refused",
    "processing": "in_work",
    "awaiting_decision": "submitted",
    "waiting_citizen": "supplement",
    "waiting_fee": "waiting_fee",
    "withdrawn": "withdrawn",
    "stopped": "stopped",
    "done": "ready",
    "returned": "returned",
}
"""Stage -> record state of the screens (``ux.md`` 3.2)."""

STAGES = {
    "online": ("Mới nộp trực tuyến", "Filed online"),
    "handed_in": ("Mới nộp", "Handed in"),
    "accepted": ("Mới tiếp nhận", "Accepted"),
    "refused": ("Đã từ chối", "Refused"),
    "processing": ("Đang xử lý", "In work"),
    "awaiting_decision": ("Chờ ký", "Waits for a decision"),
    "waiting_citizen": ("Chờ dân bổ sung", "Waits for papers"),
    "waiting_fee": ("Chờ nộp nghĩa vụ tài chính", "Waits for a payment"),
    "withdrawn": ("Đã rút", "Withdrawn"),
    "stopped": ("Đã dừng", "Stopped"),
    "done": ("Có kết quả, chờ trả", "Done, waits to be fetched"),
    "returned": ("Đã trả", "Returned"),
}

UNITS = {
    "same_day": ("trong ngày", "the same day"),
    "working_day": ("ngày làm việc", "working days"),
    "calendar_day": ("ngày", "days"),
    "hour": ("giờ làm việc", "working hours"),
    "month": ("tháng", "months"),
}
CHANNELS = {
    "counter": ("Trực tiếp", "At the counter"),
    "post": ("Bưu chính", "By post"),
    "online": ("Trực tuyến", "Online"),
    "online_helped": ("Nộp hộ trực tuyến", "Filed online with help"),
}
ROLES = {
    "representative": ("Người đại diện", "Representative"),
    "helper": ("Người nộp hộ", "Helper"),
    "witness": ("Người làm chứng", "Witness"),
    "interpreter": ("Người phiên dịch", "Interpreter"),
    "spouse": ("Vợ hoặc chồng", "Spouse"),
    "child": ("Con", "Child"),
}
PRINTED = {
    "01": ("đã in giấy tiếp nhận và hẹn", "the slip is printed"),
    "02": ("đã in phiếu bổ sung", "the request for papers is printed"),
    "03": ("đã in phiếu từ chối", "the refusal is printed"),
    "04": ("đã in văn bản xin lỗi", "the apology is printed"),
    "05": ("đã in thông báo dừng", "the notice is printed"),
}
"""Which form came out, after an act."""


def limit_words(limit: Limit) -> str:
    """``5 ngày làm việc``; ``chưa có`` when none is known, never 0."""
    return limit_text(limit.value, limit.unit)


def limit_text(value: int, unit: str) -> str:
    """A limit of ``value`` ``unit`` in words."""
    if not unit:
        return say("chưa có", "not known")
    word = say(*UNITS.get(unit, (unit, unit)))
    return word if unit == "same_day" else f"{value} {word}"


def fee_words(fee: Fee) -> str:
    """``8.000 đ``; ``chưa có mức`` when no rate is known, never 0."""
    return say("chưa có mức", "no rate known") if fee.amount is None else money_figures(fee.amount)


def fee_label(kind: str) -> tuple[str, str]:
    """Phí and lệ phí are two words of the law."""
    return ("Phí", "Fee") if kind == "phi" else ("Lệ phí", "Charge")


def short_code(code: str, otherwise: str = "") -> str:
    """``02-0018``, or ``otherwise`` while no counter gave a code."""
    try:
        return parse_provisional(code).short
    except DomainError:
        return otherwise or code


def identity(number: str, birth: int) -> str:
    """``CCCD …6812`` or ``Sinh năm 1951``."""
    if number:
        end = number[-4:]
        return f"CCCD …{end}" if len(number) == 12 else say(f"Giấy tờ …{end}", f"Document …{end}")
    day = PartialDate.from_int(birth)
    return "" if day is None else say(f"Sinh năm {day.year}", f"Born {day.year}")


def moment(at: int) -> str:
    """``09:12 20/11/2026``."""
    return moment_text(at, "%H:%M %d/%m/%Y")


def left(
    stage: str, due: int, asked: int, accept_by: int, calendar: WorkingCalendar, now: int
) -> tuple[str, str]:
    """Time left in words and its kind; who waits for a citizen never hears of overdue (``law.md`` 6)."""
    if stage == "waiting_citizen":
        days = max(0, (vn_date(now) - vn_date(asked)).days) if asked else 0
        if not days:
            return say("Chờ dân bổ sung từ hôm nay", "Waits for papers since today"), "warn"
        return say(
            f"Chờ dân bổ sung, {days} ngày", f"Waits for papers, {counted(days, 'day', 'days')}"
        ), "warn"
    if stage == ONLINE:
        return _until(accept_by, calendar, now, accepting=True)
    if stage == "done":
        return say("chờ dân đến lấy", "waits to be fetched"), "ok"
    if stage in ("refused", "withdrawn", "stopped", "returned"):
        return say(*STAGES[stage]), ""
    if not due:
        return say("chưa có hạn", "no date"), ""
    return _until(due, calendar, now)


def _until(due: int, calendar: WorkingCalendar, now: int, *, accepting: bool = False) -> tuple[str, str]:
    if not due:
        return say("chưa có hạn", "no date"), ""
    today, last = vn_date(now), vn_date(due)
    if now > due:
        days = max(1, working_days_between(calendar, last, today))
        if accepting:
            return say("Quá hạn tiếp nhận", "Acceptance overdue"), "bad"
        return say(f"Quá hạn {days} ngày", f"{counted(days, 'working day', 'working days')} overdue"), "bad"
    if today == last:
        hours, minutes = divmod((due - now) // 60_000, 60)
        return say(f"Còn {hours} giờ {minutes} phút", f"{hours} h {minutes} min left"), "warn"
    days = working_days_between(calendar, today, last)
    return say(f"Còn {days} ngày làm việc", f"{counted(days, 'working day', 'working days')} left"), ""
