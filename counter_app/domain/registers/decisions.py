"""Every decision about a register-year in one place, for services and the other aggregates."""

from counter_app.domain.registers.closing import LineCounts, Obstacle, close_month, close_year, obstacles
from counter_app.domain.registers.opening import open_book, open_from_paper_book, open_new_year, open_register
from counter_app.domain.registers.pen import (
    PenRequest,
    check_clock,
    paper_numbers,
    pass_pen,
    pass_pen_into_file,
    pass_to_paper,
    request_pen,
    return_from_paper,
    take_numbers,
)
from counter_app.domain.registers.recovery import (
    least_resume_at,
    recover_pen,
    rule_double,
    settle_rebuilt,
    settle_void,
)

__all__ = [
    "LineCounts",
    "Obstacle",
    "PenRequest",
    "check_clock",
    "close_month",
    "close_year",
    "least_resume_at",
    "obstacles",
    "open_book",
    "open_from_paper_book",
    "open_new_year",
    "open_register",
    "paper_numbers",
    "pass_pen",
    "pass_pen_into_file",
    "pass_to_paper",
    "recover_pen",
    "request_pen",
    "return_from_paper",
    "rule_double",
    "settle_rebuilt",
    "settle_void",
    "take_numbers",
]
