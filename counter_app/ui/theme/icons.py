"""Icons as pixmaps: the SVG's colour and stroke replaced, drawn once per (name, colour, px, dpr)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from counter_app.ui.theme.tokens import tokens
from resources import open_resource

_STROKE = re.compile(r'stroke-width="[^"]*"')


@cache
def _source(name: str) -> str:
    source = open_resource("icons", f"{name}.svg")
    if not source.is_file():
        source = open_resource("icons", "help-circle.svg")
    return _STROKE.sub(f'stroke-width="{tokens().icon_stroke}"', source.read_text("utf-8"))


def svg_of(name: str, colour: str) -> str:
    """SVG text of an icon in one colour and our stroke; an unknown name is drawn as a question mark."""
    return _source(name).replace("currentColor", colour)


def exists(name: str) -> bool:
    """Whether the icon was prepared (tests ask; at run time an unknown icon is only a question mark)."""
    return open_resource("icons", f"{name}.svg").is_file()


@lru_cache(maxsize=600)
def pixmap(name: str, colour: str, px: int, dpr: float = 1.0) -> QPixmap:
    """The icon ``px`` logical pixels wide for a screen of ratio ``dpr``. Needs a QGuiApplication."""
    side = max(1, round(px * dpr))
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg_of(name, colour).encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(dpr)
    return picture


def forget_pixmaps() -> None:
    """Empties the cache: at a change of theme the old colours are not needed again."""
    pixmap.cache_clear()
