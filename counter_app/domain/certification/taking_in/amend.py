"""Before the number: sent back to the clerk, mended, corrected, promised for later."""

from __future__ import annotations

from counter_app.domain.certification.entries import (
    OriginalTaken,
    Requester,
    RequesterCorrected,
    RequestResubmitted,
    RequestReturned,
)
from counter_app.domain.certification.state import STRUCK, SUBMITTED, TAKEN_IN, RequestState
from counter_app.domain.certification.taking_in.intake import IntakeRules, extension_draft
from counter_app.domain.certification.taking_in.intake_faults import (
    count_faults,
    original_faults,
    requester_faults,
)
from counter_app.domain.certification.taking_in.reasons import check_reason, worded
from counter_app.domain.certification.taking_in.time_limit import Extension, certification_due
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


def return_request(state: RequestState, reason: str, words: str) -> tuple[Draft, ...]:
    """The signatory's side sends the request back, until moment 2.

    Raises DomainError ``reason.*``, ``request.returned`` (already there) or ``request.numbered``.
    """
    chosen = check_reason(reason, words)
    if state.is_returned:
        raise DomainError(
            f"Phiếu này đã trả lại: {state.returned_words}.",
            code="request.returned",
            title_en=f"This slip has been sent back already: {state.returned_words}.",
        )
    if not any(original.state == SUBMITTED for original in state.originals):
        raise DomainError(
            "Phiếu này đã cấp số, không trả lại được nữa.",
            "Số đã cấp nằm trong sổ.",
            "Nếu không ký: chọn số, nhấn R và ghi lý do; số bị gạch và ở lại trong sổ.",
            code="request.numbered",
            title_en="This slip has its numbers and cannot be sent back.",
            meaning_en="A number that was given stands in the book.",
            remedy_en="If it is not signed: choose the number, press R, give the reason; it stays struck.",
        )
    return (draft(RequestReturned(chosen.code, worded(reason, words)), state.id),)


def resubmit_request(
    state: RequestState,
    originals: tuple[OriginalTaken, ...],
    rules: IntakeRules,
    *,
    ground: str,
    salt: bytes,
    signatory: EntryId | None = None,
    left_out: tuple[int, ...] = (),
) -> tuple[Draft, ...]:
    """The mended request goes to the pile again; the promise to the citizen stays as it was.

    Originals with a line keep their row; those whose line counts keep their particulars too. Struck ones are
    submitted again unless ``left_out`` names them. Fees are those of the day of intake. Raises DomainError of
    ``original_faults``, ``request.closed``, ``request.nothing``, ``original.has_line``.
    """
    mendable = any(original.state in (TAKEN_IN, SUBMITTED, STRUCK) for original in state.originals)
    if not mendable:
        raise _closed()
    for fault in count_faults(originals):
        raise fault
    for index, original in enumerate(originals):
        for fault in original_faults(index, original, rules.fees, state.taken_at, state.register):
            raise fault
    _check_rows_with_lines(state, originals)
    stays = {i for i in left_out if i < len(state.originals) and state.originals[i].state == STRUCK}
    stays |= {i for i, original in enumerate(state.originals) if original.has_valid_line}
    if all(index in stays for index in range(len(originals))):
        raise DomainError(
            "Không có giấy tờ nào để trình lại.",
            code="request.nothing",
            title_en="There is no paper to submit again.",
        )
    body = RequestResubmitted(
        originals, state.due_at, signatory or state.signatory, ground, salt, tuple(sorted(left_out))
    )
    return (draft(body, state.id),)


def _closed() -> DomainError:
    return DomainError(
        "Phiếu này không còn giấy tờ nào chờ cấp số.",
        "Đã cấp số, đã ký hoặc đã trả.",
        "Lập phiếu mới cho giấy tờ mới.",
        code="request.closed",
        title_en="This slip has no paper waiting for a number.",
        meaning_en="All are numbered, signed or handed over.",
        remedy_en="Make a new slip for new papers.",
    )


def _check_rows_with_lines(state: RequestState, originals: tuple[OriginalTaken, ...]) -> None:
    """Rows that stand in the register may not move, and while their line counts may not change."""
    for index, held in enumerate(state.originals):
        if held.line is None:
            continue
        gone = index >= len(originals)
        if gone or (held.state != STRUCK and originals[index] != held.taken):
            raise DomainError(
                f"Dòng {index + 1} đã có số {held.number:02d}/{held.year}, không sửa hoặc bỏ được.",
                "Số đã cấp nằm trong sổ.",
                "Giữ nguyên dòng này; muốn sửa thì gạch số trước.",
                f"originals.{index}",
                code="original.has_line",
                title_en=f"Row {index + 1} has number {held.number:02d}/{held.year}: it stays as it is.",
                meaning_en="A number that was given stands in the book.",
                remedy_en="Leave the row; to change it, strike its number first.",
            )


def correct_requester(
    state: RequestState, requester: Requester, ground: str, salt: bytes
) -> tuple[Draft, ...]:
    """A correction of the requester's particulars; the first text stays in history.

    Lines already born keep the name that was certified: a note is written beside them (``note_line``).
    Raises DomainError ``requester.*``, ``correction.ground``, ``correction.same``.
    """
    for fault in requester_faults(requester):
        raise fault
    if requester == state.requester:
        raise DomainError("Chưa sửa gì.", code="correction.same", title_en="Nothing was changed.")
    if not ground.strip():
        raise DomainError(
            "Ghi lý do đính chính.",
            field="ground",
            code="correction.ground",
            title_en="Write why it is corrected.",
        )
    return (draft(RequesterCorrected(requester, ground.strip(), salt), state.id),)


def extend_appointment(state: RequestState, extension: Extension, rules: IntakeRules) -> tuple[Draft, ...]:
    """A later promise: at most two working days, or longer by written agreement (NĐ 23/2015 art. 21).

    Counted from the day of intake, so that two extensions never add up beyond the law. Raises DomainError
    ``extension.range``, ``extension.agreement``, ``extension.not_later``, ``request.closed``.
    """
    if not any(original.is_open for original in state.originals):
        raise _closed()
    due = certification_due(state.taken_at, rules.limit, rules.calendar, extension)
    if due.at <= state.due_at:
        raise DomainError(
            "Hạn mới không sau hạn đã hẹn.",
            remedy="Chọn số ngày gia hạn lớn hơn.",
            field="extension",
            code="extension.not_later",
            title_en="The new time is not after the promised one.",
            remedy_en="Choose more days.",
        )
    return (extension_draft(state.id, due.at, extension),)
