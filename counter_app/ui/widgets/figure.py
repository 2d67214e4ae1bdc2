"""A figure of a page with its name beside it and one small line below: no button, nothing filters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from counter_app.ui.widgets.text import ElidedLabel, Icon, label, recolour


class Figure(QFrame):
    """Icon, number, words; ``show_value`` fills it. ``alarm`` draws the red border."""

    def __init__(self, words: str, icon: str, kind: str = "wait") -> None:
        """``kind`` colours the icon."""
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words, self._name = words, icon
        self._icon = Icon(icon, kind, 24)
        self._value = label("–", "h1")
        self._second = ElidedLabel("", "caption", "text2")
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._value)
        first.addWidget(ElidedLabel(words, "strong"), 1)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addLayout(first)
        texts.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 6, 12, 8)
        row.setSpacing(13)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        self.show_value("–", "")

    def show_value(self, value: str, second: str, kind: str = "", *, alarm: bool = False) -> None:
        """Number and the line below; ``kind`` recolours icon and number when alarming."""
        self._value.setText(value)
        self._second.setText(second)
        if kind:
            self._icon.show_icon(self._name, kind)
        recolour(self, alarm=alarm)
        recolour(self._value, colour="bad" if alarm else "")
        self.setAccessibleName(f"{self._words}: {value}. {second}".strip())

    def value(self) -> str:
        """The number as it is shown."""
        return self._value.text()
