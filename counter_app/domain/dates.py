"""Dates as people type them, and the local date of an instant.

Instants are milliseconds since 1970-01-01 UTC. Viet Nam is UTC+7 all year (law 6: no summer time),
so local time needs no time-zone data base.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counter_app.domain.errors import DomainError

VN_OFFSET = timedelta(hours=7)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive local times are this module's subject
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which only the year may be known: then month and day are 0."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def year_only(self) -> bool:
        """True when the paper shows a year and no more."""
        return self.month == 0

    @property
    def text(self) -> str:
        """``02/09/1998``, or ``1998`` when only the year is known."""
        return f"{self.year:04d}" if self.year_only else f"{self.day:02d}/{self.month:02d}/{self.year:04d}"

    @property
    def iso(self) -> str:
        """``1998-09-02``, or ``1998``: sorts and stores well."""
        return f"{self.year:04d}" if self.year_only else f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def as_int(self) -> int:
        """``19980902``, or ``19980000``: as entries hold it."""
        return self.year * 10_000 + self.month * 100 + self.day

    @classmethod
    def from_int(cls, number: int) -> "PartialDate | None":
        """The inverse of ``as_int``; ``None`` for 0 (not known)."""
        return cls(number // 10_000, number // 100 % 100, number % 100) if number else None

    def as_date(self) -> date | None:
        """The whole date, or ``None`` when only the year is known."""
        return None if self.year_only else date(self.year, self.month, self.day)


def vn_datetime(at: int) -> datetime:
    """Local wall time (naive) of an instant in ms; ``DomainError`` ``date.clock`` outside years 1-9999."""
    try:
        return _EPOCH + timedelta(milliseconds=at) + VN_OFFSET
    except OverflowError:
        raise DomainError(
            "Giờ ghi trong mục này nằm ngoài lịch.",
            "Đồng hồ của máy đã ghi mục này chạy sai.",
            "Xem lại đồng hồ máy, rồi báo kỹ thuật viên.",
            code="date.clock",
            title_en="The time written here is outside the calendar.",
            meaning_en="The clock of the PC that wrote it was wrong.",
            remedy_en="Check the PC's clock and tell the technician.",
        ) from None


def vn_date(at: int) -> date:
    """Local date of an instant in ms."""
    return vn_datetime(at).date()


def moment_text(at: int, form: str, none: str = "") -> str:
    """Local time of an instant in ms as ``form`` (``strftime``) has it, ``none`` for 0.

    ``?`` for one outside the calendar: only a clock or a program that went mad writes it, and a list of many
    must not stop at it.
    """
    try:
        return vn_datetime(at).strftime(form) if at else none
    except DomainError:
        return "?"


def vn_instant(local: datetime) -> int:
    """Instant in ms of a naive local wall time; the inverse of ``vn_datetime``."""
    return (local - VN_OFFSET - _EPOCH) // timedelta(milliseconds=1)


def noon_of(day: int) -> int:
    """Noon of ``day`` (``yyyymmdd``) in ms, 0 for no day: the moment of what is only known by its day."""
    try:
        return vn_instant(datetime(day // 10_000, day // 100 % 100, day % 100, 12))  # noqa: DTZ001 - local
    except ValueError:
        return 0


def short_date(day: date) -> str:
    """``20/11/2026``: the form of screens."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def paper_date(day: date) -> str:
    """``ngày 20 tháng 11 năm 2026``; day < 10 and month < 3 take a zero, so that none can be added."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _not_understood(text: str, field: str) -> DomainError:
    return DomainError(
        f"Chưa đọc được ngày “{text[:20]}”.",
        "",
        "Nhập như 020998, 2/9/98, 02091998, hoặc chỉ năm 1998.",
        field,
        code="date.format",
        title_en=f"“{text[:20]}” is not read as a date.",
        remedy_en="Type 020998, 2/9/98, 02091998, or the year alone: 1998.",
    )


def _impossible(day: str, month: str, year: int, field: str) -> DomainError:
    shown = f"{int(day):02d}/{int(month):02d}/{year:04d}"
    return DomainError(
        f"Ngày {shown} không có trong lịch.",
        field=field,
        code="date.impossible",
        title_en=f"The calendar has no {shown}.",
    )


def _parts(text: str, field: str) -> tuple[str, str, str]:
    """Day, month and year as typed; day and month empty for a year alone."""
    compact = text.strip()
    if re.fullmatch(r"[0-9]{4}", compact):
        return "", "", compact
    if run := re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})", compact):
        return run[1], run[2], run[3]
    if iso := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", compact):
        return iso[3], iso[2], iso[1]
    if apart := re.fullmatch(
        r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})\s*[/.\- ]\s*([0-9]{4}|[0-9]{2})", compact
    ):
        return apart[1], apart[2], apart[3]
    raise _not_understood(compact, field)


def _full_year(typed: str, today: date) -> int:
    """Year with its century: two digits mean the latest such year that is not in the future."""
    if len(typed) == 4:
        return int(typed)
    year = today.year - today.year % 100 + int(typed)
    return year if year <= today.year else year - 100


def parse_date(text: str, today: date, field: str = "date") -> PartialDate:
    """Date typed in any usual way; ``today`` decides the century of a two-digit year.

    Raises ``DomainError`` ``date.format``, ``date.impossible`` or ``date.year`` (before 1900 or
    after 2199).
    """
    day, month, typed_year = _parts(text, field)
    year = _full_year(typed_year, today)
    if not _FIRST_YEAR <= year <= 2199:
        raise DomainError(
            f"Năm {year} không hợp với giấy tờ hiện nay.",
            remedy="Kiểm tra lại năm.",
            field=field,
            code="date.year",
            title_en=f"The year {year} does not suit a paper of today.",
            remedy_en="Check the year.",
        )
    if not day:
        return PartialDate(year)
    try:
        date(year, int(month), int(day))
    except ValueError:
        raise _impossible(day, month, year, field) from None
    return PartialDate(year, int(month), int(day))


def parse_birth_date(text: str, today: date, field: str = "birth_date") -> PartialDate:
    """Date or year of birth, as ``parse_date``; ``DomainError`` ``date.future`` after ``today``."""
    birth = parse_date(text, today, field)
    if (birth.year, birth.month, birth.day) > (today.year, today.month, today.day):
        raise DomainError(
            f"Ngày sinh {birth.text} sau hôm nay ({short_date(today)}).",
            remedy="Kiểm tra lại ngày sinh.",
            field=field,
            code="date.future",
            title_en=f"Born {birth.text}, which is after today ({short_date(today)}).",
            remedy_en="Check the date of birth.",
        )
    return birth
