"""Officials and written acts as rows."""

from __future__ import annotations

from counter_app.domain.organisation.delegations import SCOPE_NAMES
from counter_app.domain.organisation.roles import ROLE_NAMES
from counter_app.services.ports.founding import AccountView
from counter_app.services.ports.officials import IN_FORCE, LATER, SCAN_ELSEWHERE, SCAN_HERE, ActView
from counter_app.ui.i18n import language, tr
from counter_app.ui.screens.people.words import term_words
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class OfficialsModel(CellModel):
    """One row an official."""

    def __init__(self) -> None:
        """Empty until they are read."""
        super().__init__((Column(tr("Cán bộ")), Column(tr("Vai trò")), Column(tr("Văn bản giao ký"), 150)))

    def cell(self, row: int, column: int) -> CellSpec:
        """Two lines of the name, roles, act."""
        one: AccountView = self.rows()[row]
        if column == 0:
            here = one.presence or (tr("có mặt hôm nay") if one.on_duty else "")
            return CellSpec(one.name, " · ".join(filter(None, (one.title_line, here))), weight=600)
        if column == 1:
            place = 0 if language() == "vi" else 1
            words = ", ".join(ROLE_NAMES[role][place] for role in one.roles if role in ROLE_NAMES)
            return CellSpec(words, _account_words(one))
        return CellSpec(one.act or "–") if one.active else CellSpec(badge=(tr("Đã dừng"), "wait", "lock"))


def _account_words(one: AccountView) -> str:
    if not one.current:
        return tr("mật khẩu đã thay ở máy khác")
    if one.idle_days:
        return tr("{days} ngày không dùng, đã khóa").format(days=one.idle_days)
    return one.last_sign_in if one.here else tr("chưa có tài khoản ở máy này")


class ActsModel(CellModel):
    """One row an act."""

    def __init__(self) -> None:
        """Empty until they are read."""
        super().__init__((Column(tr("Văn bản giao ký")), Column(tr("Hiệu lực")), Column("", 150)))

    def cell(self, row: int, column: int) -> CellSpec:
        """Number and whose, scope and term, how it stands."""
        act: ActView = self.rows()[row]
        if column == 0:
            return CellSpec(act.act_number, act.official_name, weight=600)
        if column == 1:
            place = 0 if language() == "vi" else 1
            signing = ", ".join(SCOPE_NAMES[code][place] for code in act.scope if code in SCOPE_NAMES)
            scope = act.words or signing
            scanned = {SCAN_HERE: tr("có ảnh"), SCAN_ELSEWHERE: tr("ảnh ở máy khác")}.get(act.scan, "")
            return CellSpec(term_words(act), " · ".join(part for part in (scope, scanned) if part))
        if act.followed and (act.with_year or act.days_left >= 0):
            return CellSpec(badge=(tr("Đã có văn bản mới"), "ok", "circle-check"))
        if act.days_left >= 0:
            words = tr("Còn {n} ngày").format(n=act.days_left) if act.days_left else tr("Hết sau hôm nay")
            return CellSpec(badge=(words, "warn", "alert-triangle"))
        if act.with_year:
            return CellSpec(badge=(tr("Hết năm"), "warn", "alert-triangle"))
        return CellSpec(badge=_standing_badge(act.standing))


def _standing_badge(standing: str) -> tuple[str, str, str]:
    if standing == IN_FORCE:
        return (tr("Còn hiệu lực"), "ok", "circle-check")
    if standing == LATER:
        return (tr("Chưa đến ngày"), "wait", "history")
    return (tr("Đã kết thúc"), "wait", "lock")
