"""The supervisor's day on home: what came, what waits, what is expected, hours of signing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from counter_app.services.ports.home import TodayFigure
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.text import label


class TodayCard(Card):
    """A line a figure, its formula as tooltip; hidden for people without these figures."""

    def __init__(self) -> None:
        """Hidden until shown."""
        super().__init__(tr("Hôm nay"))
        self._values: dict[str, tuple[QLabel, QLabel]] = {}
        self.hide()

    def show_figures(self, figures: Sequence[TodayFigure]) -> None:
        """The same five each time; lines are made once."""
        for figure in figures:
            name, value = self._values.get(figure.code) or self._line(figure.code)
            name.setText(figure.label)
            value.setText(figure.value)
            for widget in (name, value):
                widget.setToolTip(figure.formula)
            value.setAccessibleName(f"{figure.label}: {figure.value}")
        self.setVisible(bool(figures))

    def _line(self, code: str) -> tuple[QLabel, QLabel]:
        made = label("", "caption", "text2"), label("", "bold")
        row: QWidget = QWidget()
        row.setLayout(line(*made))
        self.add(row)
        self._values[code] = made
        return made
