"""Moment 4 on the page: the lots at the signatory, and the lines of one lot with their ticks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.ports.signing import LotLine, LotRow
from counter_app.ui.i18n import tr
from counter_app.ui.screens.signing.rows import LinesModel, LotsModel
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import DANGER, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.badge import Badge, key_cap
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.text import ElidedLabel, label
from sync.protocol.naming.ids import EntryId

LOTS_SEEN = 2
"""Rows of lots seen at once; more scroll."""
ROOMY_BELOW = 1.2
"""From this text scale on the head keeps to its buttons: the legend names the keys too."""


class LotsCard(Card):
    """Numbered lots that nobody has wholly confirmed."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(tr("Đã ký, đóng dấu"), "4", flush=True)
        self.rows = LotsModel()
        self.table = TableView(
            self.rows, "two_line", tr("Xấp đang ở người ký"), heads=False, fill_current=False, fill_held=True
        )
        self._badge = Badge("", "conf", "writing-sign")
        self._cap = key_cap("Ctrl 4")
        self._none = QWidget()
        self.confirm = Button(tr("Đã ký cả xấp"), "checks", "F9")
        self.strike = Button(tr("Gạch số ..."), "ban", "R", DANGER)
        self.add_to_head(self._badge, self._cap, self.confirm, self.strike)
        self.add(self.table)
        line = QHBoxLayout(self._none)
        line.setContentsMargins(14, 0, 14, 12)
        line.addWidget(label(tr("Không có số nào chờ xác nhận đã ký."), "body", "text2"))
        self.add(self._none)
        self.show_lots((), 0)

    def show_lots(self, lots: Sequence[LotRow], unconfirmed: int) -> None:
        """The lots read again; the bar stays on its lot."""
        before = self.current()
        self.rows.show_rows(lots)
        place = next((i for i, lot in enumerate(lots) if before and lot.lot == before.lot), 0)
        self.table.go_to(place)
        words = tr("{n} số chưa xác nhận").format(n=unconfirmed)
        self._badge.show_state(words, "conf" if unconfirmed else "wait", "writing-sign")
        for part in (self.table, self._badge, self.confirm, self.strike):
            part.setVisible(bool(lots))
        self._none.setVisible(not lots)
        self._fit()

    def current(self) -> LotRow | None:
        """The lot of the bar."""
        place, lots = self.table.current_row(), self.rows.rows()
        return lots[place] if 0 <= place < len(lots) else None

    def go_to(self, lot: EntryId) -> None:
        """Moves the bar to a lot."""
        for place, row in enumerate(self.rows.rows()):
            if row.lot == lot:
                self.table.go_to(place)

    def show_inked(self, count: int) -> None:
        """The button says what F9 records: the ticked numbers, or the whole pile."""
        self.confirm.show_words(tr("Ghi đã ký {n} số").format(n=count) if count else tr("Đã ký cả xấp"))

    def show_caps(self, shown: bool) -> None:
        """Key caps stand only on the part that has focus."""
        self.confirm.show_cap(shown)
        self.strike.show_cap(shown)

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale: other row heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_none"):
            self._fit()

    def _fit(self) -> None:
        rows = max(1, min(len(self.rows.rows()), LOTS_SEEN))
        height = themes.current().size("row_two_line") * rows + 2
        self.table.setMinimumHeight(height)
        self.table.setMaximumHeight(height)
        self._cap.setVisible(bool(self.rows.rows()) and themes.current().scale < ROOMY_BELOW)


class LinesCard(Card):
    """The lines of one lot: scanning ticks them, Space too."""

    def __init__(self, is_inked: Callable[[EntryId], bool]) -> None:
        """Empty."""
        super().__init__(flush=True)
        self._title, self._left = ElidedLabel("", "h2"), label("", "bold", "conf")
        self._how = label(
            tr("Quét cuống phiếu hoặc bản sao để đánh dấu; F9 ghi các số đã đánh dấu."),
            "caption",
            "text2",
            wrap=True,
        )
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 2)
        head.addWidget(self._title, 1)
        head.addWidget(self._left)
        below = QHBoxLayout()
        below.setContentsMargins(14, 0, 14, 8)
        below.addWidget(self._how)
        self.rows = LinesModel(is_inked)
        self.table = TableView(self.rows, "two_line", tr("Số của xấp"), heads=False)
        self.add(head)
        self.add(below)
        self.add(self.table, 1)
        self.confirm = Button("", "checks", "F9")
        self.strike = Button(tr("Gạch số ..."), "ban", "R", DANGER)
        for button in (self.confirm, self.strike):
            button.setSizePolicy(
                button.sizePolicy().Policy.MinimumExpanding, button.sizePolicy().Policy.Fixed
            )
        self.add_foot(self.confirm, self.strike)
        self._lot: EntryId | None = None

    def show_lot(self, lot: LotRow | None, lines: Sequence[LotLine]) -> None:
        """Another lot, or this one read again."""
        same = lot is not None and lot.lot == self._lot
        before = self.current() if same else None
        self._lot = lot.lot if lot else None
        self._title.setText(lot.title if lot else "")
        self._left.setText(tr("còn {n}").format(n=lot.total - lot.confirmed) if lot else "")
        self.rows.show_rows(lines)
        waiting = (i for i, line in enumerate(lines) if line.state == "numbered")
        place = next((i for i, line in enumerate(lines) if before and line.line == before.line), None)
        if place is None:
            place = next(waiting, 0)
            self.table.go_to(place, at_top=True)
        else:
            self.table.go_to(place)

    def current(self) -> LotLine | None:
        """The line of the bar."""
        place, lines = self.table.current_row(), self.rows.rows()
        return lines[place] if 0 <= place < len(lines) else None

    def show_from_current(self) -> None:
        """Just come to the front: the line of the bar stands at the top, what follows it below."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.table.go_to(self.table.current_row(), at_top=True)

    def go_to(self, line: EntryId) -> None:
        """Moves the bar to a line."""
        for place, one in enumerate(self.rows.rows()):
            if one.line == line:
                self.table.go_to(place)

    def show_inked(self, count: int) -> None:
        """As the lots' button."""
        self.confirm.show_words(tr("Ghi đã ký {n} số").format(n=count) if count else tr("Đã ký cả xấp"))
        self.table.viewport().update()

    def show_caps(self, shown: bool) -> None:
        """Key caps stand only on the part that has focus."""
        self.confirm.show_cap(shown)
        self.strike.show_cap(shown)
