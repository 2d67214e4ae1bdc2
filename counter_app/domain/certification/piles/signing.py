"""Moment 4: ink and seal are confirmed, or a numbered paper came back unsigned and its number is struck."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from counter_app.domain.certification.entries import LineNoted, LineSigned, LineStruck, Printed
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import ANNULLED, NUMBERED, SIGNED, STRUCK
from counter_app.domain.certification.taking_in.reasons import check_reason, worded
from counter_app.domain.dates import vn_datetime
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


def _subjects(line: LineState) -> tuple[EntryId, EntryId, EntryId]:
    return line.id, line.request, line.lot


def confirm_signed(lines: Sequence[LineState]) -> tuple[Draft, ...]:
    """Ink and seal of the scanned lines, each once.

    Raises DomainError ``line.signed``, ``line.struck``, ``line.annulled`` for a line that waits for nothing,
    ``lines.none`` for no line.
    """
    chosen = {line.id: line for line in lines}
    if not chosen:
        raise _none_waiting()
    for line in chosen.values():
        _check_numbered(line)
    return tuple(draft(LineSigned(codes.BY_SCAN), *_subjects(line)) for line in chosen.values())


def confirm_pile(lines: Sequence[LineState], unsigned: Collection[EntryId] = ()) -> tuple[Draft, ...]:
    """The whole pile but the ``unsigned`` lines, which are struck one by one with their reasons.

    Lines already signed or struck are passed over. Raises DomainError ``lines.none`` when none is left.
    """
    waiting = [line for line in lines if line.state == NUMBERED and line.id not in unsigned]
    if not waiting:
        raise _none_waiting()
    return tuple(draft(LineSigned(codes.WHOLE_PILE), *_subjects(line)) for line in waiting)


def strike_line(line: LineState, reason: str, words: str) -> tuple[Draft, ...]:
    """The paper came back unsigned: its number is struck and stays in the book with its reason [U].

    Raises DomainError ``reason.*``, or ``line.*`` for a line that is no longer only numbered: a signed one is
    annulled by decision, never struck.
    """
    chosen = check_reason(reason, words)
    _check_numbered(line)
    return (draft(LineStruck(chosen.code, worded(reason, words)), *_subjects(line)),)


def strike_double(line: LineState, kept: LineState) -> tuple[Draft, ...]:
    """One of two lines of one original or one number is struck; a person chose which (signed or not)."""
    if line.state not in (NUMBERED, SIGNED) or kept.state not in (NUMBERED, SIGNED) or line.id == kept.id:
        raise DomainError(
            "Chỉ gạch một trong hai dòng còn giá trị.",
            code="line.not_double",
            title_en="Only one of two lines that count can be struck.",
        )
    words = f"Trùng, giữ số {kept.shown_number}"
    return (draft(LineStruck(codes.DOUBLE, words), *_subjects(line)),)


def settle_line(line: LineState, signed: bool, words: str) -> tuple[Draft, ...]:
    """A person settles a line that one counter confirmed and another struck at the same time.

    Raises DomainError ``line.not_contested``; ``reason.words`` when the line is struck without words.
    """
    if not line.contested:
        raise DomainError(
            f"Số {line.number} không có hai bản khác nhau.",
            code="line.not_contested",
            title_en=f"There are no two versions of number {line.number}.",
        )
    if signed:
        return (draft(LineSigned(codes.SETTLED), *_subjects(line)),)
    return (draft(LineStruck(codes.SETTLED, worded("other", words)), *_subjects(line)),)


def note_line(line: LineState, words: str) -> tuple[Draft, ...]:
    """A note of column 8 (Ghi chú); also after the month is bound (then printed to paste). Needs words."""
    if not words.strip():
        raise DomainError(
            "Nhập nội dung ghi chú.", field="words", code="note.empty", title_en="Type the note."
        )
    return (draft(LineNoted(words.strip()), line.id),)


def printed(
    form: str, pages: int, subject: EntryId, *, printed_before: int = 0, reason: str = ""
) -> tuple[Draft, ...]:
    """A paper that came out; a reprint is marked with its copy number and needs a reason (``ux.md`` 3.4).

    Raises DomainError ``reprint.reason``.
    """
    if printed_before and not reason.strip():
        raise DomainError(
            "Ghi lý do in lại.",
            field="reason",
            code="reprint.reason",
            title_en="Write why it is printed again.",
        )
    return (draft(Printed(form, pages, printed_before + 1, reason.strip()), subject),)


def _none_waiting() -> DomainError:
    return DomainError(
        "Không còn số nào chờ xác nhận đã ký, đóng dấu.",
        code="lines.none",
        title_en="No number is waiting for ink and seal to be confirmed.",
    )


def _check_numbered(line: LineState) -> None:
    if line.state == NUMBERED:
        return
    if line.state == SIGNED:
        when = vn_datetime(line.signed_at)
        raise DomainError(
            f"Số {line.number} đã xác nhận đã ký lúc {when:%H:%M} ngày {when:%d/%m}.",
            "Số đã ký chỉ mất giá trị theo quyết định của Chủ tịch.",
            code="line.signed",
            title_en=f"Number {line.number} was confirmed as signed at {when:%H:%M} on {when:%d/%m}.",
            meaning_en="A signed number loses its value only by the Chairman's decision.",
        )
    if line.state == STRUCK:
        raise DomainError(
            f"Số {line.number} đã gạch: {line.words}.",
            code="line.struck",
            title_en=f"Number {line.number} is struck: {line.words}.",
        )
    if line.state == ANNULLED:
        raise DomainError(
            f"Số {line.number} đã huỷ bỏ giá trị.",
            code="line.annulled",
            title_en=f"Number {line.number} was annulled.",
        )
