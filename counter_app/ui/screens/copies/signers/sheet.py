"""The citizen's sheet, small: his own writing above, the text of the certification at its place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.services.ports.copies import SHEET_MM, TextPlace
from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting

SHEET_WIDE_MM = 210
MARGIN_MM, LINE_MM = 20, 7
HIGH = 210
"""Pixels of the sheet's height at 100 % of the text."""


class SheetPicture(QWidget):
    """Lines of writing, the frame of the text with its millimetres; red where it would be cut."""

    def __init__(self) -> None:
        """An empty sheet."""
        super().__init__()
        self._place = TextPlace("under")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_place(self._place)

    def show_place(self, place: TextPlace) -> None:
        """Where the text will stand, in millimetres."""
        self._place = place
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        """What the picture says, for who does not see it."""
        place = self._place
        if not place.top or not place.height:
            return tr("Gõ khoảng cách từ mép trên tờ giấy.")
        end = place.top + place.height
        if not place.fits:
            return tr("Lời chứng từ {top} đến {end} mm, tờ giấy cao {sheet} mm: không đủ chỗ.").format(
                top=place.top, end=end, sheet=SHEET_MM
            )
        return tr("Lời chứng từ {top} đến {end} mm tính từ mép trên.").format(top=place.top, end=end)

    def sizeHint(self) -> QSize:
        """As high as an A4 sheet of ``HIGH`` px."""
        theme = themes.current()
        return QSize(theme.size(HIGH), theme.size(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet in the middle, the frame on it."""
        theme, place = themes.current(), self._place
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = (self.height() - 4) / SHEET_MM
        left, top = (self.width() - SHEET_WIDE_MM * scale) / 2, 2.0
        sheet = QRectF(left, top, SHEET_WIDE_MM * scale, SHEET_MM * scale)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRect(sheet)
        painter.setPen(QPen(theme.colour("text2"), 1))
        last = place.top or SHEET_MM // 2
        for at in range(MARGIN_MM, last - LINE_MM // 2, LINE_MM):
            y = top + at * scale
            painter.drawLine(int(left + 20 * scale), int(y), int(sheet.right() - 15 * scale), int(y))
        if place.top and place.height:
            self._draw_text(painter, sheet, scale)

    def _draw_text(self, painter: QPainter, sheet: QRectF, scale: float) -> None:
        theme, place = themes.current(), self._place
        role = "primary" if place.fits else "bad"
        frame = QRectF(
            sheet.left() + 28 * scale, sheet.top() + place.top * scale, 160 * scale, place.height * scale
        )
        painter.setPen(QPen(theme.colour(role), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        words, font = tr("Lời chứng"), theme.font("caption", 600)
        if frame.height() > 18:
            box = frame.toRect().adjusted(4, 2, -4, -2)
            painting.draw_text(painter, box, words, font, theme.colour(role))
