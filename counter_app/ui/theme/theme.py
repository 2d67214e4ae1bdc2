"""The theme in force: colours by role, sizes at the text scale. Widgets ask ``current()`` when they paint."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QPixmap
from PySide6.QtWidgets import QApplication

from counter_app.ui.theme import icons
from counter_app.ui.theme.fonts import load_fonts, ui_font
from counter_app.ui.theme.palette import palette_for
from counter_app.ui.theme.stylesheet import style_sheet
from counter_app.ui.theme.tokens import HIGH_CONTRAST, LIGHT, THEMES, tokens

SOFT_GROWTH = 0.45
"""Boxes grow by less than half of what text grows: at 130 % text everything still fits 1366x697."""
COLUMN_GROWTH = 0.75
"""Columns of lists hold text: they grow more."""
SIDE_GROWTH = 0.6
"""Side columns stand between boxes and columns: the list beside them needs its room."""
ROOMY_UP_TO = 1.15
"""Text scale up to which hints that nobody needs are shown."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. ``name`` of ``tokens.THEMES``, ``scale`` of text 1.0-1.5."""

    name: str = LIGHT
    scale: float = 1.0

    def __post_init__(self) -> None:
        """Refuses what no token describes."""
        if self.name not in THEMES or not 1.0 <= self.scale <= 1.5:
            raise ValueError(f"no theme {self.name} at {self.scale}")

    def hex(self, role: str) -> str:
        """Colour of a role as ``#RRGGBB``; raises KeyError for an unknown role."""
        return tokens().themes[self.name][role]

    def colour(self, role: str) -> QColor:
        """Colour of a role."""
        return QColor(self.hex(role))

    def px(self, role: str) -> int:
        """Size of text by role (``h1``, ``body``, ``caption`` …) in px at this scale."""
        return round(tokens().font.px[role] * self.scale)

    def size(self, base: int | str) -> int:
        """A box of ``base`` px (or the name of a size token) at this scale."""
        number = tokens().size[base] if isinstance(base, str) else base
        return round(number * (1 + (self.scale - 1) * SOFT_GROWTH))

    def column(self, base: int) -> int:
        """Width of a list's column of ``base`` px at this scale."""
        return round(base * (1 + (self.scale - 1) * COLUMN_GROWTH))

    def side(self, base: int) -> int:
        """Width of a side column of ``base`` px at this scale."""
        return round(base * (1 + (self.scale - 1) * SIDE_GROWTH))

    def font(self, role: str = "body", weight: int = 400) -> QFont:
        """Font for painting by hand."""
        return ui_font(self.px(role), weight)

    def icon(self, name: str, role: str = "text2", px: int = 17, dpr: float = 1.0) -> QPixmap:
        """Icon in the colour of a role, ``px`` at 100 %, cached."""
        return icons.pixmap(name, self.hex(role), self.size(px), dpr)

    @property
    def is_high_contrast(self) -> bool:
        """Borders instead of fills."""
        return self.name == HIGH_CONTRAST


_in_force = [Theme()]


def current() -> Theme:
    """The theme in force."""
    return _in_force[0]


def apply(app: QApplication, theme: Theme) -> None:
    """Puts a theme in force: fonts, palette, style sheet. Every widget repaints itself."""
    load_fonts()
    _in_force[0] = theme
    icons.forget_pixmaps()
    app.setStyle("Fusion")
    app.setPalette(palette_for(tokens().themes[theme.name]))
    app.setFont(theme.font("body"))
    app.setStyleSheet(style_sheet(theme))
