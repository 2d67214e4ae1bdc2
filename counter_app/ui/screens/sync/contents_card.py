"""What lies in a bundle file, seen before it is taken: from whom, when, how much of whom, what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayoutItem, QVBoxLayout

from counter_app.services.ports.exchange import BLOCKED, NOTHING_NEW, PART, WHOLE, FileContents
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.notice import INFO, LOOK, Notice
from counter_app.ui.widgets.text import label

_LEVELS = {WHOLE: "ok", PART: LOOK, BLOCKED: LOOK, NOTHING_NEW: INFO}


class ContentsCard(QFrame):
    """The verdict, then the facts as lines; empty and hidden until a file was looked into."""

    def __init__(self) -> None:
        """Hidden."""
        super().__init__()
        self.setObjectName("plain")
        self.verdict = Notice("–", " ")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(2, 0, 2, 0)
        self._lines.setSpacing(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.verdict)
        column.addLayout(self._lines)
        self.hide()

    def show_contents(self, seen: FileContents | None) -> None:
        """Another file's contents; None hides the card."""
        self._empty()
        self.setVisible(seen is not None)
        if seen is None:
            return
        title, words = _verdict(seen)
        self.verdict.show_words(title, words, _LEVELS[seen.verdict])
        self._add(tr("Gói của"), seen.giver)
        self._add(tr("Đơn vị"), seen.unit)
        if seen.oldest:
            self._add(tr("Mục mới cũ nhất"), formatting.day_and_time(seen.oldest))
        if seen.newest:
            self._add(tr("Mục mới nhất"), formatting.day_and_time(seen.newest))
        for writer, count in seen.brings:
            self._add(tr("Mục mới của {writer}").format(writer=writer), formatting.number(count))
        for gap in seen.missing:
            self._add(tr("Mục còn thiếu"), gap, "warn")
        if seen.word:
            self._add(tr("Tỉnh"), tr("có xác nhận mới"))

    def words(self) -> tuple[str, ...]:
        """Every line as it stands there, ``Gói của: QUẦY-01``."""
        rows = [self._lines.itemAt(place) for place in range(self._lines.count())]
        return tuple(": ".join(one.text() for one in _labels(row)) for row in rows)

    def _add(self, name: str, value: str, colour: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label(name, "caption", "text2"))
        row.addWidget(label(value, "strong", colour, wrap=True), 1)
        self._lines.addLayout(row)

    def _empty(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            for one in _labels(item):
                one.hide()
                one.deleteLater()


def _labels(item: QLayoutItem) -> list[QLabel]:
    """Name and value of one line."""
    row = item.layout()
    found = (part.widget() for place in range(row.count()) if (part := row.itemAt(place)) is not None)
    return [one for one in found if isinstance(one, QLabel)]


def _verdict(seen: FileContents) -> tuple[str, str]:
    """Title and what it means for the person who is about to press F9."""
    if seen.verdict == WHOLE:
        return tr("Nhập được cả gói."), tr("Máy này chưa thay đổi gì. F9 nhập, Esc để sau.")
    if seen.verdict == PART:
        return tr("Chỉ nhập được một phần của gói."), seen.remedy
    if seen.verdict == BLOCKED:
        return tr("Chưa nhập được mục nào của gói."), seen.remedy
    return tr("Gói này không có mục nào mới."), tr("Máy này đã có mọi mục trong gói.")
