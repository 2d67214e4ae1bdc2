"""Cards: white boxes with an optional head (part number, title, things at the right) and a foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.widgets.text import label

PADDING = (14, 10)


class Card(QFrame):
    """A box. Add contents to ``body``; ``flush`` lets a table touch the edges."""

    def __init__(self, title: str = "", part: str = "", *, flush: bool = False, role: str = "strong") -> None:
        """``part``: the blue number Ctrl+1..4 jumps to; ``role`` of the title's text."""
        super().__init__()
        self.setObjectName("card")
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        margin = 1 if flush else 0
        self._outer.setContentsMargins(margin, margin, margin, margin)
        self.title_label: QLabel | None = None
        self._head: QHBoxLayout | None = None
        if title:
            self._outer.addLayout(self._make_head(title, part, role, flush=flush))
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        if not flush:
            top = 4 if title else PADDING[1]
            self.body.setContentsMargins(PADDING[0], top, PADDING[0], PADDING[1] + 1)
        else:
            self.body.setContentsMargins(0, 0, 0, 0)
            self.body.setSpacing(0)
        self._outer.addLayout(self.body, 1)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Adds a widget or layout below the others."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)

    def add_to_head(self, *widgets: QWidget) -> None:
        """Puts widgets at the right of the head. The card must have a title."""
        if self._head is None:
            raise ValueError("a card without title has no head")
        for widget in widgets:
            self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_foot(self, *widgets: QWidget, selection: bool = False) -> QHBoxLayout:
        """A grey foot below a table (blue while rows are ticked); returns its layout."""
        foot = QFrame()
        foot.setObjectName("selectionFoot" if selection else "cardFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 7, 11, 7)
        row.setSpacing(10)
        for widget in widgets:
            row.addWidget(widget)
        self._outer.addWidget(foot)
        return row

    def _make_head(self, title: str, part: str, role: str, *, flush: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.setContentsMargins(PADDING[0], 10, PADDING[0], 9 if flush else 0)
        if part:
            head.addWidget(label(part, "bold", "primary"))
        self.title_label = label(title, "bold" if role == "strong" else role)
        head.addWidget(self.title_label)
        head.addStretch(1)
        self._head = head
        return head


def line(first: QWidget, last: QWidget) -> QHBoxLayout:
    """One line of a card: words at the left, value at the right."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    first.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Preferred)
    row.addWidget(first, 1)
    row.addWidget(last, 0, Qt.AlignmentFlag.AlignRight)
    return row
