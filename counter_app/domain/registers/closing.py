"""Closing of a month and of the year: refuses while anything is open, and names it.

NĐ 23/2015 art. 13(3), TT 01/2020: printed and bound monthly, closed on 31 December with the total.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from counter_app.domain.dates import vn_date
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers import refusals
from counter_app.domain.registers.entries import MonthClosed, YearClosed
from counter_app.domain.registers.spans import Spans, overlap, size, spans_text
from counter_app.domain.registers.state import RegisterState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft


class LineCounts(NamedTuple):
    """What the lines' reading counts of one month or of the year; numbers given twice or missing as spans.

    ``signed`` + ``struck`` + ``unconfirmed`` are all lines; annulled lines were signed and stay counted so.
    ``copies`` and ``fees`` (dong) are those of signed lines; ``unexplained``: struck without a reason.
    """

    first: int
    last: int
    signed: int
    struck: int
    unconfirmed: int
    copies: int = 0
    fees: int = 0
    missing: Spans = ()
    doubles: Spans = ()
    unexplained: Spans = ()


class Obstacle(NamedTuple):
    """Something that holds up a closing, in both languages; ``code`` for tests and screens."""

    code: str
    vi: str
    en: str


def obstacles(state: RegisterState, counts: LineCounts) -> tuple[Obstacle, ...]:
    """What keeps ``counts.first .. counts.last`` from being closed; empty when it may be closed."""
    unknown = overlap(state.unknown, counts.first, counts.last)
    doubles = overlap(state.open_doubles, counts.first, counts.last) or counts.doubles
    paper = overlap(state.to_enter_from_paper, counts.first, counts.last)
    found = []
    if counts.unconfirmed:
        n = counts.unconfirmed
        found.append(Obstacle("unconfirmed", f"{n} số chưa xác nhận ký", f"{n} numbers not yet confirmed"))
    if unknown:
        text = spans_text(unknown)
        found.append(Obstacle("unknown", f"số {text} chưa rõ", f"numbers {text} unknown"))
    if counts.missing or state.missing_lines:
        text = spans_text(counts.missing) or str(state.missing_lines)
        found.append(Obstacle("missing", f"thiếu dòng của số {text}", f"lines of {text} are missing"))
    if doubles:
        text = spans_text(doubles)
        found.append(Obstacle("double", f"số {text} có hai dòng", f"two lines for {text}"))
    if paper:
        text = spans_text(paper)
        found.append(Obstacle("paper", f"chưa nhập số {text} từ sổ giấy", f"{text} not entered from paper"))
    if counts.unexplained:
        text = spans_text(counts.unexplained)
        found.append(
            Obstacle("unexplained", f"số gạch {text} chưa có lý do", f"struck {text} without reason")
        )
    if state.is_on_paper:
        found.append(Obstacle("on_paper", "quyền cấp số đang ở sổ giấy", "the pen is on paper"))
    return tuple(found)


def year_obstacles(state: RegisterState, counts: LineCounts, today: date) -> tuple[Obstacle, ...]:
    """What keeps the register-year from being closed on ``today``; empty when it may be closed.

    The last day of the year comes first (NĐ 23/2015 art. 13(3)), then months not closed, then what
    ``obstacles`` names of ``counts``, which are those of the whole year, first number to last.
    """
    found = []
    if today < date(state.year, 12, 31):
        day = f"31/12/{state.year}"
        found.append(Obstacle("too_early", f"chưa đến ngày {day}", f"{day} has not come"))
    if still_open := open_months(state):
        months = ", ".join(str(month) for month in still_open)
        found.append(Obstacle("months", f"tháng {months} chưa khóa", f"months {months} are not closed"))
    return (*found, *obstacles(state, counts))


def open_months(state: RegisterState) -> tuple[int, ...]:
    """Months (1-12) with numbers that are not closed, in order."""
    closed = {month.month for month in state.closed_months}
    return tuple(tally.month for tally in state.months if tally.month not in closed)


def close_month(
    state: RegisterState,
    author: OfficialState,
    month: int,
    counts: LineCounts,
    at: int,
    held: tuple[tuple[int, int], ...] = (),
) -> tuple[Draft, ...]:
    """A month (1-12) is printed, bound and closed. ``counts`` are those of its lines, ``at`` in ms.

    ``held``: how far this PC holds each journal (journal, last entry); a change beyond is pasted in later.

    Raises ``role.*``, ``register.closed``, ``month.closed``, ``closing.blocked`` with every open item.
    """
    roles.require(author, roles.CLOSE_BOOKS)
    if state.closed:
        raise refusals.register_closed(state.year)
    if any(closed.month == month for closed in state.closed_months):
        raise refusals.month_closed(month)
    _check(obstacles(state, counts), month)
    voided = _voided_within(state, counts)
    body = MonthClosed(
        month, counts.first, counts.last, counts.signed, counts.struck, voided, counts.copies, counts.fees,
        at, held,
    )  # fmt: skip
    return (draft(body, state.id),)


def close_year(
    state: RegisterState, author: OfficialState, second: Second, counts: LineCounts, at: int
) -> tuple[Draft, ...]:
    """The register-year is closed with its total; two persons; the second signs the closing.

    Raises ``role.*``, ``second.*``, ``register.closed``, ``closing.blocked``: also before 31 December and for
    a month with numbers that is not closed. Closed later than that day, the book still bears its date.
    """
    roles.require(author, roles.CLOSE_BOOKS)
    if state.closed:
        raise refusals.register_closed(state.year)
    _check(year_obstacles(state, counts, vn_date(at)), 0)
    body = YearClosed(
        state.last_number,
        counts.signed,
        counts.struck,
        _voided_within(state, counts),
        at,
        second.official.id,
        b"",
    )
    return (draft(countersign(body, state.id, author, second, roles.SIGN_CLOSING), state.id),)


def _check(found: tuple[Obstacle, ...], month: int) -> None:
    if found:
        raise refusals.closing_blocked(
            month, "; ".join(item.vi for item in found), "; ".join(item.en for item in found)
        )


def _voided_within(state: RegisterState, counts: LineCounts) -> int:
    voided = tuple(part for recovery in state.recoveries for part in recovery.voided)
    return size(overlap(voided, counts.first, counts.last))
