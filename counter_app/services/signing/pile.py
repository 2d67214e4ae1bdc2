"""The pile as the desk shows it: rows, verdicts, the right pane of one request."""

from __future__ import annotations

from counter_app.domain.certification.checks import RequestCheck
from counter_app.domain.certification.state import SUBMITTED, OriginalState, RequestState
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.money_words import money_figures
from counter_app.services.ports.signing import CheckLine, DetailLine, PileDetail, PileRow
from counter_app.services.signing.checking import Checker

LABELS = (
    ("copy", "Chứng thực bản sao"),
    ("signature", "Chữ ký"),
    ("transaction", "Giao dịch"),
    ("civil_status", "Hộ tịch"),
    ("other", "Khác"),
)
"""One queue per authority; a lot never crosses them."""


def short_code(request: RequestState) -> str:
    """``02-0018``"""
    return parse_provisional(request.code).short


def waited(minutes: int) -> str:
    """``16 phút``, ``2 giờ 10 phút``, ``3 ngày``"""
    if minutes < 60:
        return f"{max(0, minutes)} phút"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
    return f"{hours // 24} ngày"


def due_of(at: int, now: int) -> str:
    """``hạn 17:00``, with the day when it is another."""
    moment = vn_datetime(at)
    if moment.date() == vn_date(now):
        return f"hạn {moment:%H:%M}"
    return f"hạn {moment:%H:%M %d/%m}"


def row_of(checks: Checker, request: RequestState, receiver: str, now: int) -> PileRow:
    """One request of the pile."""
    check = checks.check(request)
    waiting = [one for one in request.originals if one.state == SUBMITTED]
    copies = sum(one.taken.copies for one in waiting)
    notes = len(check.reasons)
    second = money_figures(sum(one.taken.fee for one in waiting))
    if notes:
        second += f" · {notes} điều cần xem"
    return PileRow(
        request.id, request.requester.name, f"{short_code(request)} · {receiver}",
        f"{len(waiting)} bản chính · {copies} bản sao", second, waited((now - request.taken_at) // 60_000),
        due_of(request.due_at, now), now > request.due_at, check.verdict, len(waiting), copies, request.code,
    )  # fmt: skip


def detail_of(checks: Checker, request: RequestState, receiver: str) -> PileDetail:
    """The right pane: the paper's own list and the machine's checks."""
    check = checks.check(request)
    waiting = [one for one in request.originals if one.state == SUBMITTED]
    copies = sum(one.taken.copies for one in waiting)
    money = money_figures(sum(one.taken.fee for one in waiting))
    lines = tuple(
        _line(index, one, receiver) for index, one in enumerate(request.originals) if one.state == SUBMITTED
    )
    return PileDetail(
        request.id, request.requester.name, check.verdict,
        f"Phiếu {short_code(request)} · {copies} bản sao từ {len(waiting)} bản chính · thu {money}",
        lines, _checks(check), "Không lưu ảnh bản chính.",
    )  # fmt: skip


def _line(index: int, one: OriginalState, receiver: str) -> DetailLine:
    taken = one.taken
    when = f"{vn_datetime(taken.compared_at):%H:%M}" if taken.compared_at else ""
    compared = f"Đối chiếu: {receiver} {when}" if when else "Chưa đối chiếu"
    parts = (taken.mark, compared)
    return DetailLine(
        index + 1,
        taken.name,
        f"{taken.pages} tr × {taken.copies}",
        " · ".join(p for p in parts if p),
        taken.note,
    )


def _checks(check: RequestCheck) -> tuple[CheckLine, ...]:
    return tuple(CheckLine(point.passed, point.vi) for point in check.points)
