"""The pile as the desk shows it: rows, verdicts, the right pane of one request."""

from __future__ import annotations

from counter_app.domain.certification.state import SUBMITTED, OriginalState, RequestState
from counter_app.domain.certification.taking_in.checks import RequestCheck
from counter_app.domain.certification.taking_in.circumstances import paper_words, parties_words, remarks_words
from counter_app.domain.certification.taking_in.matters import COPY, ELECTRONIC, OF_COPIES, TRANSACTION
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.money_words import money_figures
from counter_app.services.ports.saying import counted, say
from counter_app.services.ports.signing import CheckLine, DetailLine, PileDetail, PileRow
from counter_app.services.signing.checking import Checker

LABELS = (
    ("copy", ("Chứng thực bản sao", "Certified copies")),
    ("signature", ("Chữ ký", "Signatures")),
    ("translator", ("Chữ ký người dịch", "Translators' signatures")),
    ("transaction", ("Giao dịch", "Transactions")),
    ("civil_status", ("Hộ tịch", "Civil status")),
    ("other", ("Khác", "Other")),
    ("electronic", ("Ký số", "Digital signing")),
)
"""One queue per authority; a lot never crosses them."""


def short_code(request: RequestState) -> str:
    """``02-0018``"""
    return parse_provisional(request.code).short


def waited(minutes: int) -> str:
    """``16 phút``, ``2 giờ 10 phút``, ``3 ngày``"""
    if minutes < 60:
        return say(f"{max(0, minutes)} phút", f"{max(0, minutes)} min")
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        if not rest:
            return say(f"{hours} giờ", f"{hours} h")
        return say(f"{hours} giờ {rest} phút", f"{hours} h {rest} min")
    return say(f"{hours // 24} ngày", counted(hours // 24, "day", "days"))


def due_of(at: int, now: int) -> str:
    """``hạn 17:00``, with the day when it is another."""
    moment = vn_datetime(at)
    if moment.date() == vn_date(now):
        return say(f"hạn {moment:%H:%M}", f"due {moment:%H:%M}")
    return say(f"hạn {moment:%H:%M %d/%m}", f"due {moment:%H:%M %d/%m}")


def waiting_in(request: RequestState, kind: str) -> list[tuple[int, OriginalState]]:
    """What of a request waits in a queue, each with its place from 0."""
    return [
        (place, one) for place, one in enumerate(request.originals)
        if one.state == SUBMITTED and request.register_of(one) == kind
    ]  # fmt: skip


def row_of(checks: Checker, request: RequestState, kind: str, receiver: str, now: int) -> PileRow:
    """One request of the pile of ``kind``."""
    check = checks.check(request, kind)
    waiting = [one for _, one in waiting_in(request, kind)]
    copies = sum(one.taken.copies for one in waiting)
    notes = len(check.reasons)
    second = money_figures(sum(one.taken.fee for one in waiting))
    if notes:
        second += say(f" · {notes} điều cần xem", f" · {notes} to look at")
    return PileRow(
        request.id, request.requester.name,
        " · ".join(part for part in (short_code(request), request.group_label, receiver) if part),
        _amounts(kind, len(waiting), copies), second, waited((now - request.taken_at) // 60_000),
        due_of(request.due_at, now), now > request.due_at, check.verdict, len(waiting), copies, request.code,
    )  # fmt: skip


def _amounts(kind: str, originals: int, copies: int) -> str:
    if kind == TRANSACTION:
        return say(
            f"{originals} giao dịch · {copies} bản chính",
            f"{counted(originals, 'transaction', 'transactions')} ·"
            f" {counted(copies, 'original', 'originals')}",
        )
    if kind == ELECTRONIC:
        return say(f"{copies} tệp ký số", counted(copies, "file to sign", "files to sign"))
    if kind != COPY:
        return say(f"{copies} giấy tờ", counted(copies, "paper", "papers"))
    return say(
        f"{originals} bản chính · {copies} bản sao",
        f"{counted(originals, 'original', 'originals')} · {counted(copies, 'copy', 'copies')}",
    )


def detail_of(checks: Checker, request: RequestState, kind: str, receiver: str) -> PileDetail:
    """The right pane: what waits in this queue of the paper's own list, and the machine's checks."""
    check = checks.check(request, kind)
    waiting = waiting_in(request, kind)
    copies = sum(one.taken.copies for _, one in waiting)
    money, code = money_figures(sum(one.taken.fee for _, one in waiting)), short_code(request)
    lines = tuple(_line(index, one, kind, receiver) for index, one in waiting)
    amounts = _amounts(kind, len(waiting), copies)
    if kind == COPY:
        amounts = say(
            f"{copies} bản sao từ {len(waiting)} bản chính",
            f"{counted(copies, 'copy', 'copies')} of {counted(len(waiting), 'original', 'originals')}",
        )
    return PileDetail(
        request.id, request.requester.name, check.verdict,
        say(f"Phiếu {code} · {amounts} · thu {money}", f"Slip {code} · {amounts} · fee {money}"),
        lines, _checks(check), say("Không lưu ảnh bản chính.", "Pictures of originals are not kept."),
    )  # fmt: skip


def _line(index: int, one: OriginalState, kind: str, receiver: str) -> DetailLine:
    taken = one.taken
    when = f"{vn_datetime(taken.compared_at):%H:%M}" if taken.compared_at else ""
    compared = say("Chưa đối chiếu", "Not compared")
    if when:
        compared = say(f"Đối chiếu: {receiver} {when}", f"Compared: {receiver} {when}")
    quantity = say(f"{taken.pages} tr × {taken.copies}", f"{taken.pages} p × {taken.copies}")
    if kind not in OF_COPIES:
        quantity = f"× {taken.copies}"
        compared = say("Chưa ký trước mặt", "Not signed before the clerk")
        if when:
            compared = say(f"Ký trước mặt: {receiver} {when}", f"Signed before {receiver} {when}")
    parts = (taken.mark, parties_words(taken, kind), compared, remarks_words(taken))
    return DetailLine(
        index + 1,
        paper_words(taken),
        quantity,
        " · ".join(p for p in parts if p),
        taken.note,
    )


def _checks(check: RequestCheck) -> tuple[CheckLine, ...]:
    return tuple(CheckLine(point.passed, say(point.vi, point.en)) for point in check.points)
