"""Which registers number outside the seat (NĐ 23/2015 art. 10: signatures and transactions, never copies)."""

from __future__ import annotations

from counter_app.domain.certification.taking_in.matters import OF_COPIES
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.decisions import COPIES_ON_THE_MOVE, policy
from counter_app.domain.organisation.state import UnitState

ANYWHERE = "anywhere"


def check_place(kind: str, on_the_move: bool, unit: UnitState | None) -> DomainError | None:
    """Why a register of ``kind`` gives no numbers where the PC stands; None when it does.

    Code ``pen.on_the_move``. The unit may let copies be numbered anywhere [U].
    """
    if not on_the_move or kind not in OF_COPIES or policy(unit, COPIES_ON_THE_MOVE) == ANYWHERE:
        return None
    return DomainError(
        "Máy đang đi lưu động: bản sao cấp số tại trụ sở.",
        "Ngoài trụ sở chỉ chứng thực chữ ký, giao dịch (Nghị định 23/2015/NĐ-CP Điều 10).",
        "Nhập phiếu tại đây, cấp số khi về; đã về thì đổi Nơi đặt máy trong Cài đặt.",
        code="pen.on_the_move",
        title_en="This PC is on the move: copies are numbered at the seat.",
        meaning_en="Outside the office signatures and transactions alone are certified (decree 23, art. 10).",
        remedy_en="Take slips in here and number them at the seat; once back, change the place in Settings.",
    )
