"""Hand painting shared by buttons, badges and the table delegate: text, icons, caps, pills."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from counter_app.ui.theme.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def text_width(font: QFont, text: str) -> int:
    """Width of a line in px, rounded up so that nothing is elided by a fraction."""
    return QFontMetrics(font).horizontalAdvance(text) + 1


def draw_text(
    painter: QPainter,
    box: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line, elided to the box. The line's own rect is 4 px higher than the font: stacked capitals."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    height = max(box.height(), metrics.height() + 4)
    rect = QRect(box.left(), box.center().y() - height // 2 + 1, box.width(), height)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, int(align) | int(Qt.TextFlag.TextSingleLine), shown)


def draw_icon(painter: QPainter, theme: Theme, name: str, role: str, px: int, left: int, middle: int) -> int:
    """Icon with its left edge and vertical middle given; returns its width in px."""
    dpr = painter.device().devicePixelRatioF()
    side = theme.size(px)
    painter.drawPixmap(QPointF(left, middle - side / 2), theme.icon(name, role, px, dpr))
    return side


def cap_width(theme: Theme, keys: str) -> int:
    """Width of a key cap in px."""
    return text_width(theme.font("keycap", 600), keys) + 12


def draw_cap(
    painter: QPainter, theme: Theme, keys: str, left: int, middle: int, *, on_primary: bool = False
) -> None:
    """A key cap with its left edge and vertical middle given."""
    font = theme.font("keycap", 600)
    height = QFontMetrics(font).height() + 3
    box = QRectF(left + 0.5, middle - height / 2 + 0.5, cap_width(theme, keys) - 1, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on_blue = "text_inv" if theme.is_high_contrast else "primary_line"
    line = theme.colour(on_blue if on_primary else "line_strong")
    fill = QColor(Qt.GlobalColor.transparent) if on_primary else theme.colour("surface")
    painter.setPen(QPen(line, 1))
    painter.setBrush(QBrush(fill))
    painter.drawRoundedRect(box, 4, 4)
    if not on_primary:
        painter.drawLine(
            QPointF(box.left() + 3, box.bottom() - 1), QPointF(box.right() - 3, box.bottom() - 1)
        )
    colour = theme.colour("text_inv" if on_primary else "text2")
    draw_text(painter, box.toRect().adjusted(0, -1, 1, -1), keys, font, colour, CENTER)


def pill_width(theme: Theme, words: str, icon: str = "") -> int:
    """Width of a badge in px."""
    side = theme.size(14) + 5 if icon else 0
    return text_width(theme.font("caption", 600), words) + side + 17


def pill_height(theme: Theme) -> int:
    """Height of a badge in px."""
    return theme.size("badge")


def draw_pill(painter: QPainter, theme: Theme, words: str, kind: str, icon: str, box: QRect) -> None:
    """A badge in the colours of its kind; the word is elided when the box is narrow."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(f"{kind}_line"), 1))
    painter.setBrush(theme.colour(f"{kind}_soft"))
    frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
    left = box.left() + 8
    if icon:
        left += draw_icon(painter, theme, icon, kind, 14, left, box.center().y() + 1) + 4
    words_box = QRect(left, box.top(), box.right() - left - 6, box.height())
    draw_text(painter, words_box, words, theme.font("caption", 600), theme.colour(kind))


def count_width(theme: Theme, count: str) -> int:
    """Width of a rail badge in px."""
    return max(theme.size(22), text_width(theme.font("keycap", 700), count) + 12)


def draw_count(painter: QPainter, theme: Theme, count: str, left: int, middle: int) -> None:
    """The gold count on the rail."""
    height = theme.size(18)
    box = QRectF(left, middle - height / 2, count_width(theme, count), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("rail_accent"))
    painter.drawRoundedRect(box, height / 2, height / 2)
    colour = theme.colour("on_accent")
    draw_text(painter, box.toRect(), count, theme.font("keycap", 700), colour, CENTER)
