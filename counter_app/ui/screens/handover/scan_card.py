"""The box in which everything at the return desk begins."""

from __future__ import annotations

from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Line
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.text import ElidedLabel


class ScanCard(Card):
    """Scan or type; a badge says when somebody was found without his slip."""

    def __init__(self) -> None:
        """Empty, nobody found."""
        super().__init__(tr("Quét giấy hẹn, phiếu hoặc thẻ"), "1")
        self.by_card = Badge(tr("Tìm theo thẻ · mất giấy hẹn"), "warn", "alert-triangle")
        self.how = ElidedLabel(tr("Quét là mở ngay, không cần Enter"), "caption", "text2")
        self.add_to_head(self.by_card, self.how)
        self.box = Line()
        self.box.setAccessibleName(tr("Quét giấy hẹn, phiếu hoặc thẻ"))
        self.box.setPlaceholderText(tr("Quét, hoặc gõ họ tên, số căn cước, mã hồ sơ rồi Enter"))
        self.add(self.box)

    def show_by_card(self, by_card: bool) -> None:
        """Whether the person was found by his card."""
        self.by_card.setVisible(by_card)
        self.how.setVisible(not by_card)
