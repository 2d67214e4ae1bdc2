"""Settings of the unit: what, the value in force, since when, by whom, why; and what a photocopy costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.settings import NOW, PhotocopyPrices, UnitSetting
from counter_app.ui.i18n import tr
from counter_app.ui.screens.settings import words
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import label, rule


class UnitCard(Card):
    """One block a setting, the price of photocopies first: without it F4 takes nothing for them."""

    def __init__(self, on_change: Callable[[], None] | None, on_price: Callable[[], None] | None) -> None:
        """Empty until ``show_settings``; None for who only reads."""
        super().__init__(tr("Thiết lập của đơn vị"), "2")
        if on_change is None:
            self.add_to_head(Badge(tr("Chỉ xem"), "wait", "lock"))
        else:
            self.add_to_head(Button(tr("Đổi"), "pencil", "Ctrl 2", LINK, on_change))
        self._on_price = on_price
        self._lines: QWidget | None = None
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(0, 0, 6, 0)
        self.add(scrolled(holder), 1)

    def show_settings(self, settings: Sequence[UnitSetting], prices: PhotocopyPrices) -> None:
        """Replaces all blocks."""
        if self._lines is not None:
            self._holder.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = QWidget()
        column = QVBoxLayout(self._lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._price(column, prices)
        for setting in settings:
            column.addWidget(rule())
            value = words.unit_value(setting.code, setting.value) or tr("chưa ghi")
            _block(column, words.unit_setting(setting.code), value, words.unit_story(setting))
        column.addStretch(1)
        self._holder.addWidget(self._lines)
        self._lines.setMinimumHeight(self._lines.sizeHint().height())  # it scrolls before its words are cut

    def _price(self, column: QVBoxLayout, prices: PhotocopyPrices) -> None:
        """What a page costs today, what will hold later, and the key that writes it."""
        now = next((row for row in prices.rows if row.state == NOW), None)
        later = [words.price_line(row) for row in prices.rows if row.state != NOW][:2]
        if now is not None:
            value, story = words.per_page(now.dong), words.price_story(now)
        elif prices.this_pc:
            value, story = words.per_page(prices.this_pc), tr("nhập tại máy này, đơn vị chưa ghi")
        else:
            value, story = (
                tr("chưa ghi"),
                tr("F4 để khoản photo ngoài phiếu thu cho đến khi lãnh đạo ghi giá."),
            )
        _block(column, tr("Giá sao chụp tại đơn vị"), value, "\n".join((story, *later)))
        if self._on_price is not None:
            button = Button(tr("Ghi giá"), "pencil", "Ctrl 3", LINK, self._on_price)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _block(column: QVBoxLayout, name: str, value: str, story: str) -> None:
    for text, role, colour in (
        (name, "caption_strong", "text2"),
        (value, "strong", ""),
        (story, "caption", "text2"),
    ):
        shown = label(text, role, colour, wrap=True)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(shown)
