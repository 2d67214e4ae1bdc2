"""Settings of the unit: what, the value in force, who may change it. To read only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.settings import UnitSetting
from counter_app.ui.i18n import tr
from counter_app.ui.screens.settings.words import unit_setting, unit_value
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import label, rule


class UnitCard(Card):
    """One block a setting."""

    def __init__(self) -> None:
        """Empty until ``show_settings``."""
        super().__init__(tr("Cài đặt của đơn vị"))
        self.add_to_head(Badge(tr("Chỉ xem"), "wait", "lock"))
        self._lines: QWidget | None = None
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(0, 0, 6, 0)
        self.add(scrolled(holder), 1)

    def show_settings(self, settings: Sequence[UnitSetting]) -> None:
        """Replaces all blocks."""
        if self._lines is not None:
            self._holder.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = QWidget()
        column = QVBoxLayout(self._lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for place, setting in enumerate(settings):
            name, who = unit_setting(setting.code)
            if place:
                column.addWidget(rule())
            column.addWidget(label(name, "caption_strong", "text2", wrap=True))
            column.addWidget(label(unit_value(setting.code, setting.value), "strong", wrap=True))
            source = tr("{who} · đơn vị đã đặt") if setting.is_set else tr("{who} · đang dùng mặc định")
            column.addWidget(label(source.format(who=who), "caption", "text2", wrap=True))
        column.addStretch(1)
        self._holder.addWidget(self._lines)
        self._lines.setMinimumHeight(self._lines.sizeHint().height())  # it scrolls before its words are cut
