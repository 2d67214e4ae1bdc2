"""The page of the book: its month, every line, what adds up to what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy

from counter_app.services.ports.registers import RegisterMonth, RegisterTab
from counter_app.ui.i18n import tr
from counter_app.ui.screens.registers.rows import RegisterModel
from counter_app.ui.screens.registers.view_model import VALID, Months
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.lists.badge import key_cap
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.text import ElidedLabel, label

MONTH_WIDTH = 170


BEFORE_READ = (("copy", "SCT/BS"),)
"""What stands until the registers in use are read: that of copies, which every unit keeps."""


class BookCard(Card):
    """``month`` chooses, ``table`` lists, the foot sums. Tabs are the registers in use, by their symbols."""

    kind_chosen = Signal(str)

    def __init__(self, on_begin: Callable[[], None]) -> None:
        """``on_begin``: the button where no register is open."""
        super().__init__(flush=True)
        self._known: tuple[RegisterTab, ...] = ()
        self._front = "copy"
        self._number = label("", "bold")
        self.month = Picker(tr("Tháng của sổ"))
        self.month.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._right = (label(tr("Quyển số"), "body", "text2"), self._number, self.month, key_cap("Alt ↓"))
        self.tabs = self._strip(BEFORE_READ)
        self.rows = RegisterModel()
        self.table = TableView(self.rows, "compact", tr("Các số của tháng"))
        self.begin = Button(tr("Mở sổ từ sổ giấy ..."), "book", "Ctrl O", on_click=on_begin)
        self._empty = StatePanel(
            tr("Tháng này chưa có số nào."), tr("Số có khi trình ký (F7)."), "books", button=self.begin
        )
        self.begin.hide()
        self.stack = ListStack(self.table, self._empty)
        self.add(self.tabs)
        self.add(self.stack, 1)
        self._seen = label("", "caption", "text2")
        self._sums = ElidedLabel("", "strong")
        self._sums.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.add_foot(self._seen, self._sums).setStretch(1, 1)
        self._fit()

    def show_month(self, month: RegisterMonth, months: Months) -> None:
        """A month of ``months``; the bar stays on its number."""
        self._number.setText(f"{month.book:02d}/{month.year}")
        words = [tr("Tháng {month}/{year}").format(month=m, year=y) for y, m in months]
        at = (month.year, month.month)
        self.month.show_choices(words, months.index(at) if at in months else -1)
        self.rows.show_kind(month.register)
        self.table.show_again(month.rows, lambda row: (row.number, row.line))
        self.begin.hide()
        self._empty.show_words(tr("Tháng này chưa có số nào."), tr("Số có khi trình ký (F7)."))
        self.stack.loaded(len(month.rows))
        valid = sum(row.state in VALID for row in month.rows)
        self._seen.setText(tr("{n} dòng, {valid} có giá trị").format(n=len(month.rows), valid=valid))
        self._sums.setText(month.sum_line)

    def show_nothing(self, title: str, words: str, *, may_begin: bool) -> None:
        """No register is open."""
        self._empty.show_words(title, words)
        self.begin.setVisible(may_begin)
        self.stack.loaded(0)

    def show_tabs(self, kinds: tuple[RegisterTab, ...]) -> None:
        """The registers in use today; the one in front stays in front."""
        if kinds == self._known or not kinds:
            return
        self._known = kinds
        before, codes = self.tabs, [one.kind for one in kinds]
        held = before.isAncestorOf(QApplication.focusWidget() or self)
        self.tabs = self._strip(tuple((one.kind, one.symbol) for one in kinds))
        self.body.replaceWidget(before, self.tabs)
        before.hide()
        before.deleteLater()
        if self._front in codes:
            self.tabs.blockSignals(True)
            self.tabs.choose(self._front)
            self.tabs.blockSignals(False)
        if held:
            self.month.setFocus()

    def _strip(self, tabs: tuple[tuple[str, str], ...]) -> TabStrip:
        strip = TabStrip(tabs)
        for widget in self._right:
            strip.add_right(widget)
        strip.chosen.connect(self._chosen)
        return strip

    def _chosen(self, kind: str) -> None:
        self._front = kind
        self.kind_chosen.emit(kind)

    def title_of(self, kind: str) -> str:
        """Title of a register in use, its code while that is not known."""
        return next((one.title for one in self._known if one.kind == kind), kind)

    def tab_keys(self) -> str:
        """``1–5``: keys of the tabs."""
        return f"1–{max(1, len(self._known))}"

    def show_kind(self, kind: str) -> None:
        """The tab of a register."""
        self._front = kind
        if not self._known or any(one.kind == kind for one in self._known):
            self.tabs.choose(kind if self._known else "copy")

    def choose_tab(self, index: int) -> bool:
        """Keys 1..4; False when there is no such register."""
        return self.tabs.choose(index)

    def sums(self) -> tuple[str, str]:
        """What the foot says: how many lines, what adds up to what."""
        return self._seen.text(), self._sums.text()

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "month"):
            self._fit()

    def _fit(self) -> None:
        self.month.setFixedWidth(themes.current().size(MONTH_WIDTH))
