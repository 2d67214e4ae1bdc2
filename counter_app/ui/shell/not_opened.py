"""The page when the store did not open: what happened, what it means, who helps. Nothing else can be done."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtWidgets import QVBoxLayout

from counter_app.domain.errors import Words
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.lists.states import StatePanel
from counter_app.ui.widgets.screen import Screen
from counter_app.ui.widgets.text import label


class NotOpened(Screen):
    """Covers the frame; keys do nothing here but close the window."""

    def __init__(self, words: Words) -> None:
        """``words`` of the error; there is no program, so there is no context."""
        super().__init__(cast(ScreenContext, cast(Any, None)))
        rest = " ".join(part for part in (words.meaning, words.remedy) if part)
        leave = Button(tr("Đóng chương trình"), "power", on_click=self._leave)
        self.panel = StatePanel(words.title, rest, "database", "bad", leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 24)
        column.addWidget(label(tr("Một cửa cấp xã"), "h1"))
        column.addWidget(self.panel, 1)
        column.addWidget(label(tr("Chương trình chưa mở được kho dữ liệu của máy này."), "caption", "text2"))

    def title(self) -> str:
        """What the page says."""
        return self.panel.accessibleName()

    def _leave(self) -> None:
        self.window().close()
