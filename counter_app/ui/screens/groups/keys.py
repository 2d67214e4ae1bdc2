"""Keys named at the foot of the page, by what has the focus."""

from __future__ import annotations

from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint

Hints = tuple[KeyHint, ...]


def of_money() -> Hints:
    """Money at return."""
    return (
        KeyHint("Ctrl M", tr("Tiền mặt, chuyển khoản")),
        KeyHint("Esc", tr("Về danh sách")),
        KeyHint("F9", tr("Thu tiền, in biên lai")),
    )


def of_drawer(*, at_desk: bool) -> Hints:
    """One group that was taken in; ``at_desk``: some of it is at the signing desk."""
    desk = (KeyHint("F7", tr("Xem nhóm ở bàn ký")),) if at_desk else ()
    return (*desk, KeyHint("Esc", tr("Về danh sách")))


def of_refund() -> Hints:
    """A group's money goes back."""
    return (KeyHint("Esc", tr("Để sau")), KeyHint("F9", tr("Hoàn tiền cả nhóm")))


def of_groups() -> Hints:
    """The groups that were taken in before."""
    return (
        KeyHint("Enter", tr("Thu tiền nhóm")),
        KeyHint("P", tr("In lại phiếu, danh sách")),
        KeyHint("Ctrl 2", tr("Về danh sách")),
    )


def of_person() -> Hints:
    """One line that is being mended."""
    return (
        KeyHint("Enter", tr("Ô kế tiếp")),
        KeyHint("Esc", tr("Về danh sách")),
        KeyHint("F9", tr("Lưu")),
    )


def of_list() -> Hints:
    """The list of persons."""
    return (
        KeyHint("Ctrl V", tr("Dán danh sách")),
        KeyHint("Ctrl O", tr("Mở tệp")),
        KeyHint("Space", tr("Đã đối chiếu")),
        KeyHint("Enter", tr("Sửa dòng")),
        KeyHint("R", tr("Bỏ một giấy")),
        KeyHint("Alt Enter", tr("Đã xem")),
        KeyHint("F9", tr("Lưu nhóm")),
    )
