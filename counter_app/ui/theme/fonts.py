"""Noto Sans from ``resources/fonts`` only: pictures and paper previews are equal on every machine."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase

from counter_app.ui.theme.tokens import tokens
from resources import open_resource

WEIGHTS = {
    400: QFont.Weight.Normal,
    500: QFont.Weight.Medium,
    600: QFont.Weight.DemiBold,
    700: QFont.Weight.Bold,
}


class FontsMissing(RuntimeError):
    """The prepared fonts are not there; ``tools/build_assets.py`` makes them."""


def load_fonts() -> str:
    """Gives Qt the four weights and returns the family name. Needs a QGuiApplication; cheap when repeated.

    Raises FontsMissing when a file is absent or is no font.
    """
    family = tokens().font.family
    if family in QFontDatabase.families() and QFontDatabase.styles(family) and _ours_loaded():
        return family
    for name in tokens().font.files:
        source = open_resource("fonts", name)
        if not source.is_file():
            raise FontsMissing(f"resources/fonts/{name}")
        if QFontDatabase.addApplicationFontFromData(QByteArray(source.read_bytes())) < 0:
            raise FontsMissing(f"resources/fonts/{name}: not a font")
    _LOADED.append(family)
    return family


def ui_font(px: int, weight: int = 400) -> QFont:
    """Noto Sans of a size in px, unhinted widths so that columns align at every scale."""
    font = QFont(tokens().font.family)
    font.setFamilies([tokens().font.family, *tokens().font.fallback])
    font.setPixelSize(max(px, 1))
    font.setWeight(WEIGHTS[weight])
    return font


_LOADED: list[str] = []


def _ours_loaded() -> bool:
    return bool(_LOADED)
