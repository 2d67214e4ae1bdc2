"""What can be done with the pen where it is now (every row of ``sync.md`` 4), as a list at the right."""

from __future__ import annotations

from typing import NamedTuple

from counter_app.domain.organisation import roles
from counter_app.services.ports.pen import PenCard
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

PASS, TAKE, TO_PAPER, BACK, ENTER, RECOVER = "pass", "take", "to_paper", "back", "enter", "recover"
FETCH = "fetch"


class Act(NamedTuple):
    """One way on; ``right`` is the permission it needs, "" everyone's who sees the page."""

    code: str
    words: str
    second: str
    icon: str
    right: str


def _acts() -> tuple[Act, ...]:
    """All of them, in the language of the moment."""
    number, recover = roles.NUMBER, roles.TWO_PERSONS_FIRST
    return (
        Act(PASS, tr("Chuyển cho máy khác vào tệp"), tr("Tệp .mcx, mang USB sang máy nhận"), "usb", number),
        Act(
            FETCH,
            tr("Xin quyền qua mạng nội bộ"),
            tr("Máy giữ quyền đang bật: về máy này ngay"),
            "wifi",
            number,
        ),
        Act(TAKE, tr("Nhận quyền từ tệp"), tr("Tệp .mcx do máy giữ quyền ghi"), "database-import", ""),
        Act(TO_PAPER, tr("Chuyển sang sổ giấy"), tr("Mất điện: in tờ sổ, hai người"), "printer", number),
        Act(BACK, tr("Nhận lại từ sổ giấy"), tr("Ghi số cuối đã dùng, hai người"), "book", number),
        Act(
            ENTER, tr("Nhập số đã dùng trên giấy"), tr("Phiếu nào mang số nào, theo tờ sổ"), "pencil", number
        ),
        Act(
            RECOVER, tr("Khôi phục quyền về máy này"), tr("Máy giữ quyền hỏng hẳn"), "alert-triangle", recover
        ),
    )


def codes_for(card: PenCard | None) -> tuple[str, ...]:
    """The acts of a pen's place, most likely first; the pen of a closed year does nothing."""
    if card is None:
        return (TAKE,)
    if card.closed:
        return ()
    if card.on_paper:
        return (BACK, RECOVER)
    if card.here:
        return (*((ENTER,) if card.to_enter else ()), PASS, TO_PAPER)
    return (TAKE, RECOVER, FETCH)


class ActsModel(CellModel):
    """Acts with their explanation."""

    def __init__(self) -> None:
        """One column without a head."""
        super().__init__((Column(""),))

    def cell(self, row: int, column: int) -> CellSpec:
        """Icon, act, when it is used."""
        act: Act = self.rows()[row]
        return CellSpec(act.words, act.second, icon=(act.icon, "text2"), weight=600)


def acts_for(card: PenCard | None, permissions: frozenset[str]) -> tuple[Act, ...]:
    """The acts of this place that the person at the counter may do."""
    codes = codes_for(card)
    allowed = (act for act in _acts() if act.code in codes and (not act.right or act.right in permissions))
    return tuple(sorted(allowed, key=lambda act: codes.index(act.code)))
