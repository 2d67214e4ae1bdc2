"""Moment 5: signed copies are handed over, once, paid, to somebody named (``ux.md`` 4.6)."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.certification.entries import CopiesHandedOver
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.state import HANDED_OVER, NUMBERED, SIGNED, OriginalState, RequestState
from counter_app.domain.dates import vn_datetime
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.money_words import money_figures
from sync.protocol.journals.entry import Draft


@dataclass(frozen=True, slots=True)
class Handover:
    """Who takes the copies and how he signs for them.

    ``originals`` None gives everything that is ready; ``receiver`` is empty for the requester himself;
    ``paid_now`` is money taken in the same transaction, in dong.
    """

    salt: bytes
    originals: tuple[int, ...] | None = None
    receiver: str = ""
    receiver_id: str = ""
    how_signed: str = codes.ON_PAPER
    slip_lost: bool = False
    paid_now: int = 0


def ready_originals(state: RequestState) -> tuple[int, ...]:
    """Indexes of the originals whose copies can be given now."""
    return tuple(index for index, original in enumerate(state.originals) if original.state == SIGNED)


def hand_over(state: RequestState, handover: Handover) -> tuple[Draft, ...]:
    """The entry of copies that are handed over.

    Raises DomainError ``handover.unpaid``, ``handover.unsigned``, ``handover.done``, ``handover.not_ready``,
    ``handover.receiver``, ``handover.how``.
    """
    wanted = handover.originals
    indexes = ready_originals(state) if wanted is None else tuple(sorted(set(wanted)))
    if not indexes:
        raise _nothing_ready(state)
    for index in indexes:
        _check_ready(state, index)
    still = state.to_pay - handover.paid_now
    if still > 0:
        raise DomainError(
            f"Còn thu {money_figures(still)} trước khi trả.",
            field="given",
            code="handover.unpaid",
            title_en=f"{money_figures(still)} to be paid before the copies are given.",
        )
    _check_receiver(handover)
    body = CopiesHandedOver(
        indexes,
        handover.receiver.strip(),
        handover.receiver_id.strip(),
        handover.how_signed,
        handover.slip_lost,
        handover.salt,
    )
    return (draft(body, state.id),)


def settle_handover(state: RequestState, receiver: str, receiver_id: str, salt: bytes) -> tuple[Draft, ...]:
    """A person says who really received copies that two counters handed over at the same time."""
    twice = (codes.HANDED_OVER_TWICE, codes.HANDED_OVER_UNSIGNED)
    if not any(contest.code in twice for contest in state.contested):
        raise DomainError(
            "Phiếu này không có hai bản khác nhau.",
            code="handover.not_contested",
            title_en="There are no two versions of this slip.",
        )
    given = tuple(i for i, original in enumerate(state.originals) if original.state == HANDED_OVER)
    body = CopiesHandedOver(given, receiver, receiver_id, codes.SETTLED, False, salt)
    return (draft(body, state.id),)


def _nothing_ready(state: RequestState) -> DomainError:
    waiting = next((original for original in state.originals if original.state == NUMBERED), None)
    if waiting is not None:
        return _unsigned(waiting)
    if any(original.state == HANDED_OVER for original in state.originals):
        return _done(state)
    due = vn_datetime(state.due_at)
    return DomainError(
        f"Hồ sơ này chưa có kết quả. Hẹn {due:%d/%m}.",
        code="handover.not_ready",
        title_en=f"There is no result yet. Promised for {due:%d/%m}.",
    )


def _check_ready(state: RequestState, index: int) -> None:
    if not 0 <= index < len(state.originals):
        raise DomainError(
            f"Phiếu này không có dòng {index + 1}.",
            code="handover.row",
            title_en=f"This slip has no row {index + 1}.",
        )
    original = state.originals[index]
    if original.state == NUMBERED:
        raise _unsigned(original)
    if original.state == HANDED_OVER:
        raise _done(state)
    if original.state != SIGNED:
        raise DomainError(
            f"Dòng {index + 1} chưa có kết quả.",
            code="handover.not_ready",
            title_en=f"Row {index + 1} has no result yet.",
        )


def _unsigned(original: OriginalState) -> DomainError:
    return DomainError(
        f"Số {original.number} chưa xác nhận đã ký, đóng dấu.",
        remedy="Quét phiếu ở bàn ký để xác nhận (Ctrl+4).",
        code="handover.unsigned",
        title_en=f"Ink and seal of number {original.number} are not confirmed.",
        remedy_en="Scan the slip at the signing desk to confirm (Ctrl+4).",
    )


def _done(state: RequestState) -> DomainError:
    when = vn_datetime(state.handed_over_at)
    who = state.receiver or state.requester.name
    return DomainError(
        f"Đã trả lúc {when:%H:%M} cho {who}. Xem lại?",
        code="handover.done",
        title_en=f"Handed over at {when:%H:%M} to {who}. Look again?",
    )


def _check_receiver(handover: Handover) -> None:
    if handover.receiver.strip() and not handover.receiver_id.strip():
        raise DomainError(
            "Nhập số giấy tờ của người nhận.",
            remedy="Quét thẻ căn cước của người nhận (Q: quét giấy ủy quyền).",
            field="receiver_id",
            code="handover.receiver",
            title_en="Type the identity number of the receiver.",
            remedy_en="Scan the receiver's card (Q: scan the authorisation).",
        )
    if handover.how_signed not in codes.WAYS_OF_SIGNING:
        raise DomainError(
            "Chọn cách ký nhận: ký giấy, bảng ký hoặc điểm chỉ.",
            field="how_signed",
            code="handover.how",
            title_en="Choose how it is signed for: paper, pad or fingerprint.",
        )
