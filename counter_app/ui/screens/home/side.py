"""The side of home: the doors, how things stand with the province, reminders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.home import SideCard
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.text import Icon, label, recolour, rule


class SyncCard(Card):
    """What is not at the province, what needs a person, which numbers wait for ink."""

    def __init__(self) -> None:
        """Empty until shown."""
        super().__init__()
        self._icon = Icon("cloud-up", "text2", 20)
        self._title = label("", "strong", wrap=True)
        self._words = label("", "caption", "text2", wrap=True)
        self._oldest = label("", "caption", "text2")
        self._waiting = label("", "bold")
        self._tasks = Badge("0", "wait", "alert-triangle")
        self._unconfirmed = Badge("0", "wait", "writing-sign")
        self._place = label("", "bold")
        self._known = QWidget()
        head = QHBoxLayout()
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self.add(head)
        self.add(self._words)
        column = QVBoxLayout(self._known)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(rule())
        column.addLayout(line(self._oldest, self._waiting))
        column.addLayout(line(label(tr("Việc chờ xử lý"), "caption", "text2"), self._tasks))
        column.addWidget(rule())
        unsigned = label(tr("Đã cấp số, chưa xác nhận đã ký"), "caption", "text2")
        column.addLayout(line(unsigned, self._unconfirmed))
        column.addLayout(line(label(tr("Cấp số SCT/BS"), "caption", "text2"), self._place))
        self.add(self._known)
        self.show_unknown(tr("Đang đọc dữ liệu"))

    def show_unknown(self, words: str) -> None:
        """Nothing was read: no figure stands there that could be taken for one."""
        self._icon.show_icon("cloud", "text2")
        self._title.setText(words)
        recolour(self._title, colour="")
        self._words.hide()
        self._known.hide()

    def show_card(self, card: SideCard) -> None:
        """What waits is grey; only age raises the colour."""
        self._words.show()
        self._known.show()
        late = card.level == "warn"
        icon = "cloud-off" if card.down else "cloud-up" if card.waiting else "cloud-check"
        self._icon.show_icon(icon, "warn" if late else "text2" if card.waiting or card.down else "ok")
        self._title.setText(card.title)
        recolour(self._title, colour="warn" if late else "")
        self._words.setText(card.words)
        oldest = tr("Chờ gửi tỉnh · cũ nhất {age}").format(age=card.oldest)
        self._oldest.setText(oldest if card.oldest else tr("Chờ gửi tỉnh"))
        self._waiting.setText(str(card.waiting))
        self._tasks.show_state(str(card.tasks), "bad" if card.tasks else "wait", "alert-triangle")
        kind = "conf" if card.unconfirmed else "wait"
        self._unconfirmed.show_state(str(card.unconfirmed), kind, "writing-sign")
        self._place.setText(card.numbers_at)


class Reminders(Card):
    """Things not to forget; hidden when there are none."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(tr("Nhắc việc"))
        self._lines: QWidget | None = None
        self.hide()

    def show_lines(self, reminders: Sequence[tuple[str, str]]) -> None:
        """Icon and words, a line each."""
        if self._lines is not None:
            self.body.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = QWidget()
        column = QVBoxLayout(self._lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for icon, words in reminders:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Icon(icon, "text2", 17), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(words, "caption", wrap=True), 1)
            column.addLayout(row)
        self.add(self._lines)
        self.setVisible(bool(reminders))
