"""The drawer at the right: help of the screen (F1), preview, explanation. One thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.lists.badge import key_cap
from counter_app.ui.widgets.text import ElidedLabel, label, rule

WIDTH = 344


class Drawer(QFrame):
    """Covers the right edge of the content; ``leave_asked``: Esc's button was pressed."""

    leave_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Closed."""
        super().__init__(parent)
        self.setObjectName("drawer")
        self._before: QWidget | None = None
        self._times = 1
        self._title = ElidedLabel("", "h2")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(Button(tr("Đóng"), "x", "Esc", LINK, self.leave_asked.emit))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._area, 1)
        self.hide()

    def is_open(self) -> bool:
        """Whether something stands in it."""
        return not self.isHidden()

    def title(self) -> str:
        """Title of what stands in it."""
        return self._title.text()

    def open_panel(self, title: str, content: QWidget) -> None:
        """Shows a widget under a title; what stood there is deleted."""
        if not self.is_open():
            self._before = QApplication.focusWidget()
        content.setObjectName(content.objectName() or "plain")
        self._times = 2 if content.property("wide") else 1
        self._title.setText(title)
        self.setAccessibleName(title)
        self._area.setWidget(content)
        self.show()
        self.place()
        self.raise_()
        content.setFocus()

    def typed(self) -> int:
        """How many fields hold something that somebody typed and nothing has taken over yet."""
        content = self._area.widget() if self.is_open() else None
        lines = content.findChildren(QLineEdit) if content is not None else []
        return sum(line.isVisible() and line.isModified() and bool(line.text().strip()) for line in lines)

    def close_panel(self) -> None:
        """Closes; focus returns to where it was."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self._before = None

    def place(self) -> None:
        """Full height at the right edge; twice as wide where the content has the property ``wide``."""
        parent = self.parentWidget()
        if parent is not None:
            width = min(themes.current().size(WIDTH) * self._times, parent.width())
            self.setGeometry(parent.width() - width, 0, width, parent.height())


def help_panel(
    lines: Sequence[str], hints: Sequence[KeyHint], support: str, report: Callable[[], None] | None = None
) -> QWidget:
    """Content of F1: what the screen is for, all its keys, who helps; ``report`` opens a ticket."""
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(8)
    for words in lines:
        column.addWidget(label(words, wrap=True))
    for title, keys in (
        (tr("Phím của màn hình này"), hints),
        (tr("Phím dùng ở mọi màn hình"), _everywhere()),
    ):
        if keys:
            column.addWidget(rule())
            column.addWidget(label(title, "strong"))
            column.addLayout(_key_list(keys))
    column.addStretch(1)
    if report is not None:
        column.addWidget(Button(tr("Báo sự cố"), "lifebuoy", on_click=report))
    if support:
        column.addWidget(label(support, "caption", "text2", wrap=True))
    return panel


def _everywhere() -> tuple[KeyHint, ...]:
    """Keys that mean the same on every screen (ux.md 2.1)."""
    return (
        KeyHint("F9", tr("Lưu: phím duy nhất ghi vào máy")),
        KeyHint("Enter", tr("Ô kế tiếp, hoặc mở; không bao giờ lưu")),
        KeyHint("Esc", tr("Để sau, bản nháp còn nguyên")),
        KeyHint("F2–F8", tr("Đổi màn hình")),
        KeyHint("Ctrl K", tr("Tìm người, hồ sơ, số, lệnh")),
        KeyHint("Ctrl .", tr("Việc kế tiếp đang chờ")),
        KeyHint("F5", tr("Hỏi tỉnh, đọc lại")),
        KeyHint("F12", tr("Khóa, đổi người")),
        KeyHint("Shift F12", tr("Đăng xuất, nhắc việc còn để lại")),
    )


def _key_list(keys: Sequence[KeyHint]) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setVerticalSpacing(6)
    for row, hint in enumerate(keys):
        grid.addWidget(key_cap(hint.keys), row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(hint.words, wrap=True), row, 1)
    return grid
