"""A page of a paper as it will come out, fitted into the room there is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting

EDGE = 8


class PagePreview(QWidget):
    """Draws a PNG; without one it says so."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._page = QPixmap()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_words(tr("Chọn một bản in để xem."))

    def show_page(self, png: bytes, name: str) -> None:
        """A page; ``name`` is what a screen reader says."""
        page = QPixmap()
        if not png or not page.loadFromData(png):
            self.show_words(tr("Không xem được bản in này."))
            return
        self._page, self._words = page, ""
        self.setAccessibleName(tr("Trang 1 của {title}").format(title=name))
        self.update()

    def show_words(self, words: str) -> None:
        """Words in place of a page."""
        self._page, self._words = QPixmap(), words
        self.setAccessibleName(words)
        self.update()

    def has_page(self) -> bool:
        """Whether a page is shown."""
        return not self._page.isNull()

    def minimumSizeHint(self) -> QSize:
        """Little: it fits into what is left."""
        return QSize(120, 96)

    def sizeHint(self) -> QSize:
        """An upright sheet."""
        return QSize(360, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet on its ground, a line around it."""
        painter = QPainter(self)
        theme = themes.current()
        painter.fillRect(self.rect(), theme.colour("sunken"))
        if self._page.isNull():
            painting.draw_text(
                painter,
                self.rect(),
                self._words,
                theme.font("caption"),
                theme.colour("text2"),
                painting.CENTER,
            )
            return
        room = self.size() - QSize(2 * EDGE, 2 * EDGE)
        size = self._page.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        sheet = QRect(left, top, size.width(), size.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(sheet, self._page)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))
