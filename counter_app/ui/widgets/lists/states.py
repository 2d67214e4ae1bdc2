"""The six states each screen must draw (ux.md 3.1): empty, loading, error, offline, asked, read-only."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.notice import INFO, STOP, Notice
from counter_app.ui.widgets.text import Icon, label

SKELETON_AFTER_MS = 300
FOR_A_LIST = "stands_for_a_list"
"""Property of what stands where a list would."""


class ReadOnly(StrEnum):
    """Why a record can only be looked at."""

    NEWER = "newer"
    INCOMPLETE = "incomplete"
    NO_RIGHT = "no_right"


def read_only_words(why: ReadOnly, right: str = "") -> str:
    """The banner's words; ``right`` names the missing permission."""
    if why is ReadOnly.NEWER:
        return tr("Chỉ xem: cần bản mới để xử lý tiếp")
    if why is ReadOnly.INCOMPLETE:
        return tr("Chưa đủ dữ liệu")
    return tr("Không có quyền {right}").format(right=right)


def read_only_banner(why: ReadOnly, right: str = "") -> Notice:
    """The banner above a record that can only be looked at."""
    return Notice(read_only_words(why, right), level=INFO, icon="lock")


def offline_line(words: str = "") -> Notice:
    """A calm grey sentence where something needs the hub: "chờ mạng"."""
    return Notice(words or tr("Chờ mạng: sẽ tự gửi khi có mạng."), level=INFO, icon="cloud-off")


def asked_notice(words: str) -> Notice:
    """The province has accepted and asks about one place."""
    return Notice(tr("Tỉnh đã nhận và hỏi lại một chỗ"), words, level=STOP, icon="message-circle-question")


def _stand_for_a_list(panel: QWidget) -> None:
    """Where a list is empty its keys - digits of the tabs, F5 - still work (``keyboard``)."""
    panel.setProperty(FOR_A_LIST, True)
    panel.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


class StatePanel(QWidget):
    """Icon, what this is, what to do, perhaps a button; in the middle of an empty space."""

    def __init__(
        self,
        title: str,
        words: str = "",
        icon: str = "list",
        role: str = "text3",
        button: Button | None = None,
    ) -> None:
        """Title and words translated by the caller."""
        super().__init__()
        _stand_for_a_list(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(6)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Icon(icon, role, 24), 0, centre)
        self._title = label(title, "strong", "bad" if role == "bad" else "", wrap=True)
        self._words = label(words, "caption", "text2", wrap=True)
        for text in (self._title, self._words):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        if button is not None:
            column.addWidget(button, 0, centre)
        column.addStretch(2)
        self.show_words(title, words)

    def show_words(self, title: str, words: str = "") -> None:
        """Changes what it says, where the way on depends on what else there is."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(f"{title} {words}".strip())


class Skeleton(QWidget):
    """Three grey rows: shown only when data takes longer than 300 ms."""

    def __init__(self) -> None:
        """No text: the accessible name says it is loading."""
        super().__init__()
        _stand_for_a_list(self)
        self.setAccessibleName(tr("Đang đọc dữ liệu"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Three rows."""
        return QSize(200, themes.current().size(48) * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two bars a row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line" if theme.is_high_contrast else "sunken"))
        high = theme.size(48)
        for row in range(3):
            top = row * high + 10
            for left, share in ((14, 0.18), (0.3 * self.width(), 0.32), (0.72 * self.width(), 0.16)):
                painter.drawRoundedRect(QRectF(left, top, share * self.width(), 10), 5, 5)
                painter.drawRoundedRect(QRectF(left, top + 17, share * self.width() * 0.6, 8), 4, 4)


class ListStack(QStackedWidget):
    """A list with its states: rows, empty, loading (after 300 ms), error with a way out."""

    def __init__(self, table: QWidget, empty: QWidget) -> None:
        """``table`` the list; ``empty`` says what this is and the key that fills it."""
        super().__init__()
        self._table, self._empty, self._skeleton = table, empty, Skeleton()
        self._error: QWidget | None = None
        for page in (table, empty, self._skeleton):
            self.addWidget(page)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SKELETON_AFTER_MS)
        self._timer.timeout.connect(lambda: self._turn_to(self._skeleton))

    def loading(self) -> None:
        """A query went out: nothing for 300 ms, then grey rows."""
        self._timer.start()

    def loaded(self, count: int) -> None:
        """Data came: the list, or the empty page."""
        self._timer.stop()
        self._turn_to(self._table if count else self._empty)

    def failed(self, title: str, words: str, retry: Callable[[], None]) -> None:
        """Reading failed: the words and F5."""
        self._timer.stop()
        if self._error is not None:
            self.removeWidget(self._error)
            self._error.deleteLater()
        button = Button(tr("Thử lại"), "refresh", "F5", on_click=retry)
        self._error = StatePanel(title, words, "alert-triangle", "bad", button)
        self.addWidget(self._error)
        self._turn_to(self._error)

    def _turn_to(self, page: QWidget) -> None:
        """The keys stay here: what takes the place of a list that held the focus holds it too."""
        held = self.currentWidget().hasFocus()
        self.setCurrentWidget(page)
        if held:
            page.setFocus()
