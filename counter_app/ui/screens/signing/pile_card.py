"""Moment 2 on the page: queues, the pile with its ticks, and the foot that numbers the lot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.signing import COMPLETE, PileRow, QueueTab
from counter_app.ui.i18n import tr
from counter_app.ui.screens.signing.group_filter import GroupFilter
from counter_app.ui.screens.signing.rows import PileModel
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import DANGER, PRIMARY, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.lists.badge import key_cap
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.text import ElidedLabel, label, recolour
from sync.protocol.naming.ids import EntryId

ROOMY_BELOW = 1.2
"""Text scale from which there is room for one button only."""


class PileCard(Card):
    """The list of requests that wait for numbers."""

    kind_chosen = Signal(str)
    group_chosen = Signal(object)
    """The group to be shown alone, None everybody."""

    def __init__(self, is_ticked: Callable[[EntryId], bool]) -> None:
        """Empty; the view shows rows and tabs."""
        super().__init__(flush=True)
        self._queues = QHBoxLayout()
        self._queues.setContentsMargins(14, 0, 0, 0)
        self._queues.setSpacing(0)
        self._queues.addWidget(label("2", "bold", "primary"))
        self._queues.addSpacing(7)
        self._queues.addWidget(label(tr("Cấp số"), "bold"))
        self._queues.addStretch(0)  # before the queues are read the words stand where they will stand
        self._queues.addStrut(themes.current().size(44))
        self._strip: TabStrip | None = None
        self._kinds: tuple[str, ...] = ()
        self.rows = PileModel(is_ticked)
        self.table = TableView(self.rows, "two_line", tr("Phiếu chờ cấp số"))
        self._empty = StatePanel(tr("Không còn phiếu chờ cấp số."), " ", "checks")
        self.stack = ListStack(self.table, self._empty)
        self.add(self._queues)
        self.groups = Picker(tr("Nhóm được xem (Ctrl+B)"))
        self.groups.picked.connect(self._tell_group)
        self._groups: tuple[EntryId | None, ...] = (None,)
        self._group_line = QWidget()
        row = QHBoxLayout(self._group_line)
        row.setContentsMargins(14, 0, 14, 8)
        row.setSpacing(8)
        row.addWidget(label(tr("Nhóm"), "caption_strong", "text2"))
        row.addWidget(self.groups, 1)
        row.addWidget(key_cap("Ctrl B"))
        self._group_line.hide()
        self.add(self._group_line)
        self.add(self.stack, 1)
        self._chosen = ElidedLabel("", "h2", "primary")
        self._beside = ElidedLabel("", "caption_strong", "warn")
        self.give_back = Button(tr("Trả lại ..."), "arrow-back-up", "R", DANGER)
        self.number = Button("", "printer", "Ctrl Enter", PRIMARY)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._chosen)
        column.addWidget(self._beside)
        foot = self.add_foot(words, self.give_back, self.number, selection=True)
        foot.setStretch(0, 1)
        self._foot = words.parentWidget()
        self.show_chosen((), ())
        self._fit()

    def show_tabs(self, tabs: Sequence[QueueTab], current: str) -> None:
        """One queue an authority, with its count; the strip is made anew only when the queues differ."""
        if not tabs:
            return
        kinds = tuple(tab.kind for tab in tabs)
        if kinds != self._kinds:
            self._kinds = kinds
            if self._strip is not None:
                self._queues.removeWidget(self._strip)
                self._strip.deleteLater()
            self._strip = TabStrip(tuple((tab.kind, tab.label) for tab in tabs))
            if current in kinds:
                self._strip.choose(current)
            self._strip.chosen.connect(self.kind_chosen)
            self._queues.addWidget(self._strip, 1)
        if self._strip is not None:
            self._strip.show_counts({tab.kind: tab.count for tab in tabs})

    def show_groups(self, found: GroupFilter) -> None:
        """The groups that wait in this queue; without any there is nothing to choose."""
        choices = found.choices()
        self._groups = (None, *(group for group, _name, _count in choices))
        everybody = tr("Tất cả · {n} phiếu").format(n=found.waiting())
        words = (tr("{name} · {n} phiếu").format(name=name, n=count) for _group, name, count in choices)
        self.groups.show_choices((everybody, *words), self._groups.index(found.group))
        self._group_line.setVisible(bool(choices))

    def choose_next_group(self) -> None:
        """Ctrl+B: the next group, then everybody again."""
        place = (self.groups.currentIndex() + 1) % len(self._groups)
        if len(self._groups) > 1:
            self.groups.setCurrentIndex(place)
            self._tell_group(place)

    def _tell_group(self, place: int) -> None:
        self.group_chosen.emit(self._groups[place])

    def show_kind(self, kind: str) -> None:
        """The strip stands on a queue again."""
        if self._strip is not None and kind in self._kinds:
            self._strip.choose(kind)

    def choose_tab(self, index: int) -> bool:
        """Keys 1..5; False when there is no such queue."""
        return self._strip is not None and self._strip.choose(index)

    def show_rows(self, rows: Sequence[PileRow], unconfirmed: int) -> None:
        """The pile read again; the bar stays on its request if that still waits."""
        before = self.current()
        self.rows.show_rows(rows)
        place = next((i for i, row in enumerate(rows) if before and row.request == before.request), 0)
        self.table.go_to(place)
        self._say_empty(unconfirmed)
        if self._foot is not None:
            self._foot.setVisible(bool(rows))
        self.stack.loaded(len(rows))

    def current(self) -> PileRow | None:
        """The row of the bar."""
        place, rows = self.table.current_row(), self.rows.rows()
        return rows[place] if 0 <= place < len(rows) else None

    def go_to(self, request: EntryId) -> None:
        """Moves the bar to a request."""
        for place, row in enumerate(self.rows.rows()):
            if row.request == request:
                self.table.go_to(place)

    def show_chosen(self, chosen: Sequence[PileRow], rows: Sequence[PileRow]) -> None:
        """The foot: how many are ticked, and what the button will print."""
        originals = sum(row.originals for row in chosen)
        self._chosen.setText(
            tr("Đã chọn {n} phiếu · {originals} bản chính").format(n=len(chosen), originals=originals)
            if chosen
            else tr("Chưa chọn phiếu nào")
        )
        alone = sum(row.check != COMPLETE for row in rows)
        aside = tr("{n} phiếu Cần xem, Thiếu không vào lô").format(n=alone)
        self._beside.setText(aside if alone else tr("Ctrl+A chọn hết phiếu Đủ"))
        recolour(self._beside, colour="warn" if alone else "text2")
        texts = sum(row.copies for row in chosen)
        self.number.show_words(
            tr("Cấp số, in {n} lời chứng").format(n=texts) if chosen else tr("Cấp số, in lời chứng")
        )
        self.table.viewport().update()

    def show_caps(self, shown: bool) -> None:
        """Key caps stand only on the part that has focus."""
        self.give_back.show_cap(shown)
        self.number.show_cap(shown)

    def changeEvent(self, event: QEvent) -> None:
        """With bigger text the foot keeps to its one button: the right pane gives back too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_foot"):
            self._fit()

    def _fit(self) -> None:
        self.give_back.setVisible(themes.current().scale < ROOMY_BELOW)

    def _say_empty(self, unconfirmed: int) -> None:
        words = tr("Đang ở người ký: {n} số. Ctrl+4 để xác nhận đã ký.").format(n=unconfirmed)
        self._empty.show_words(
            tr("Không còn phiếu chờ cấp số."),
            words if unconfirmed else tr("Phiếu đến đây khi nhập xong ở Chứng thực (F4)."),
        )
