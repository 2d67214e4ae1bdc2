"""The one delegate: paints a ``CellSpec`` with the row's bar, tick, badge, icon and lines of text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.fields.choices import paint_tick

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_PADDING = 10


@dataclass(frozen=True, slots=True)
class CellSpec:
    """What stands in a cell.

    ``colour``/``second_colour``: theme roles. ``weight``: 400-700. ``badge``: (words, kind, icon).
    ``icon``: (Tabler name, role). ``align``: left, right, centre. ``tick``: None no box, else on or off.
    ``edit``: draws the frame of an input (the cell being filled). ``row_kind``: ground of the whole row as
    given by its first cell (``bad`` for a struck number, ``sel`` for a ticked row). ``words``: what a screen
    reader hears when it is not the text (an icon's meaning).
    """

    text: str = ""
    second: str = ""
    badge: tuple[str, str, str] | None = None
    icon: tuple[str, str] | None = None
    colour: str = "text"
    second_colour: str = "text2"
    weight: int = 400
    align: str = "left"
    tick: bool | None = None
    tick_enabled: bool = True
    struck: bool = False
    edit: bool = False
    row_kind: str = ""
    words: str = ""
    tooltip: str = ""

    def spoken(self) -> str:
        """The cell in words."""
        tick = "" if self.tick is None else tr("đã chọn") if self.tick else tr("chưa chọn")
        badge = self.badge[0] if self.badge else ""
        parts = (self.words or self.text, self.second, badge, tick)
        return " ".join(part for part in parts if part)


class CellDelegate(QStyledItemDelegate):
    """Paints cells. The current row has a bar at its left; ticked rows a fill: never the same thing.

    While the list holds the focus the current row says so: a ring where rows are ticked, else a fill.
    """

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground, bar, hairline, contents."""
        theme = themes.current()
        painter.save()
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        spec = index.data(CELL_ROLE)
        view = self.parent()
        current = isinstance(view, QAbstractItemView) and view.currentIndex().row() == index.row()
        held = current and isinstance(view, QAbstractItemView) and view.hasFocus()
        self._ground(painter, theme, rect, index, option, current=current, held=held)
        if isinstance(spec, CellSpec):
            _contents(painter, theme, rect.adjusted(_PADDING, 0, -_PADDING, -1), spec, current=held)
        painter.restore()

    def _ground(
        self,
        painter: QPainter,
        theme: Theme,
        rect: QRect,
        index: QModelIndex | QPersistentModelIndex,
        option: QStyleOptionViewItem,
        *,
        current: bool,
        held: bool,
    ) -> None:
        first = index.sibling(index.row(), 0).data(CELL_ROLE)
        kind = first.row_kind if isinstance(first, CellSpec) else ""
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined]
        ticked_list = isinstance(first, CellSpec) and first.tick is not None
        role = "row_hover" if hovered else "surface"
        if kind:
            role = {"bad": "bad_soft", "sel": "row_sel", "warn": "warn_soft"}[kind]
        elif current and not ticked_list and self._fills(held=held):
            role = "row_sel"
        painter.fillRect(rect, theme.colour(role))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if not current:
            return
        if ticked_list and held:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawLine(rect.topLeft() + QPoint(0, 1), rect.topRight() + QPoint(0, 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))

    def _fills(self, *, held: bool) -> bool:
        view = self.parent()
        return getattr(view, "fill_current", True) or (held and getattr(view, "fill_held", False))


def _contents(painter: QPainter, theme: Theme, box: QRect, spec: CellSpec, *, current: bool) -> None:
    if spec.tick is not None:
        _tick(painter, theme, box, spec, current=current)
        if not spec.text:
            return
        box = box.adjusted(theme.size("checkbox") + 10, 0, 0, 0)
    if spec.badge is not None:
        words, kind, icon = spec.badge
        width = min(painting.pill_width(theme, words, icon), box.width() + _PADDING - 2)
        height = painting.pill_height(theme)
        pill = QRect(box.left(), box.center().y() - height // 2 + 1, width, height)
        painting.draw_pill(painter, theme, words, kind, icon, pill)
        return
    if spec.icon is not None:
        side = theme.size(17)
        left = box.center().x() - side // 2 if spec.align == "centre" else box.left()
        left = box.left() if spec.text else left
        painting.draw_icon(painter, theme, *spec.icon, 17, left, box.center().y() + 1)
        if not spec.text:
            return
        box = box.adjusted(side + 8, 0, 0, 0)
    if spec.edit:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(-6, 5, 6, -4), 5, 5)
    _lines(painter, theme, box, spec)


def _tick(painter: QPainter, theme: Theme, box: QRect, spec: CellSpec, *, current: bool) -> None:
    side = theme.size("checkbox")
    left = box.center().x() - side // 2 if spec.align == "centre" else box.left()
    square = QRect(left, box.center().y() - side // 2 + 1, side, side)
    paint_tick(painter, theme, square, on=bool(spec.tick), enabled=spec.tick_enabled)
    if current and spec.align == "centre":
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square.adjusted(-5, -5, 5, 5), 5, 5)


def _lines(painter: QPainter, theme: Theme, box: QRect, spec: CellSpec) -> None:
    align = {"right": painting.RIGHT, "centre": painting.CENTER}.get(spec.align, painting.LEFT)
    font = QFont(theme.font("body", spec.weight))
    colour = theme.colour("text3" if spec.struck else spec.colour)
    if spec.struck:
        font.setStrikeOut(True)
    if not spec.second:
        painting.draw_text(painter, box, spec.text, font, colour, align)
        return
    middle = box.center().y() + 1
    half = box.height() // 2
    first = QRect(box.left(), middle - half + 3, box.width(), half - 2)
    second = QRect(box.left(), middle, box.width(), half - 3)
    painting.draw_text(painter, first, spec.text, font, colour, align)
    small = theme.font("caption")
    painting.draw_text(painter, second, spec.second, small, theme.colour(spec.second_colour), align)
