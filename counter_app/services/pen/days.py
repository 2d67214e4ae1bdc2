"""A day as people write it in these forms: a whole date, not in the future."""

from __future__ import annotations

from datetime import date

from counter_app.domain.dates import parse_date
from counter_app.domain.errors import DomainError


def day_typed(text: str, today: date, field: str = "day") -> int:
    """``yyyymmdd`` of a typed day. Raises DomainError ``date.*``, ``day.whole``, ``day.future``."""
    typed = parse_date(text, today, field)
    day = typed.as_date()
    if day is None:
        raise DomainError(
            "Ghi đủ ngày, tháng, năm.", field=field, code="day.whole", title_en="Type day, month and year."
        )
    if day > today:
        raise DomainError(
            "Ngày này chưa đến.", remedy="Xem lại ngày trên giấy.", field=field, code="day.future",
            title_en="This day is still to come.", remedy_en="Look at the date on the paper.",
        )  # fmt: skip
    return typed.as_int
