"""The counters of a unit's file and who has taken which; a person types the number of this PC."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.enrolment import SeatView
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import line
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import ElidedLabel, label

_MOST_SEEN = 132
"""Height of the list, px: four counters; more of them scroll."""


class SeatsBox(QWidget):
    """Hidden while the file has one counter. No number stands there by itself: each is for one PC only."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setObjectName("plain")
        self.number = Field(tr("Máy này là quầy số"), required=True)
        self._seats: tuple[SeatView, ...] = ()
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(3)
        self._area = scrolled(self._inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setMaximumHeight(_MOST_SEEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(tr("Mỗi số chỉ dùng cho một máy."), "caption", "text2", wrap=True))
        column.addWidget(self._area)
        column.addWidget(self.number)
        self.hide()

    def show_seats(self, seats: Sequence[SeatView]) -> None:
        """The counters of the file that stands in front; a number typed for another file goes."""
        if tuple(seats) == self._seats:
            return
        self._seats = tuple(seats)
        self.number.fill("")
        self.number.show_error("")
        while self._rows.count():
            self._rows.takeAt(0).widget().deleteLater()
        for seat in self._seats:
            self._rows.addWidget(_row(seat))
        self.setVisible(len(self._seats) > 1)

    def chosen(self) -> SeatView | None:
        """The counter whose number is typed, None for anything else."""
        text = self.number.text()
        if not (text.isascii() and text.isdigit()):
            return None
        return next((one for one in self._seats if one.counter == int(text)), None)

    def complain(self) -> bool:
        """Says what is wrong with the number; whether anything is."""
        seat = self.chosen()
        words = ""
        if len(self._seats) > 1 and seat is None:
            words = tr("Gõ số của một quầy trong danh sách.")
        elif len(self._seats) > 1 and seat is not None and seat.taken:
            words = tr("Số này {taken}. Gõ số còn trống.").format(taken=seat.taken)
        self.number.show_error(words)
        return bool(words)


def _row(seat: SeatView) -> QWidget:
    kind = tr("{name} (lưu động)") if seat.mobile else "{name}"
    name = ElidedLabel(f"{seat.counter} · " + kind.format(name=seat.name), "strong")
    state = label(seat.taken or tr("còn trống"), "caption_strong", "bad" if seat.taken else "ok")
    row = QWidget()
    row.setObjectName("plain")
    row.setLayout(line(name, state))
    row.setAccessibleName(f"{name.text()}, {state.text()}")
    return row
