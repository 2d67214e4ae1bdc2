"""The page of the book: its month, every line, what adds up to what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSizePolicy

from counter_app.services.ports.register_reports import Report, ReportPeriod
from counter_app.services.ports.registers import RegisterMonth, RegisterTab
from counter_app.ui.i18n import tr
from counter_app.ui.screens.registers.report_model import REPORT, words_of
from counter_app.ui.screens.registers.report_pane import ReportPane
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

    def __init__(self, on_begin: Callable[[], None], *, reports: bool = False) -> None:
        """``on_begin``: the button where no register is open; ``reports``: the last tab is reports."""
        super().__init__(flush=True)
        self._reports = reports
        self._known: tuple[RegisterTab, ...] = ()
        self._front = "copy"
        self._number = label("", "bold")
        self.month = Picker(tr("Tháng của sổ"))
        self.month.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.period = Picker(tr("Kỳ báo cáo"))
        self.period.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._of_book = (label(tr("Quyển số"), "body", "text2"), self._number, self.month)
        self._right = (*self._of_book, self.period, key_cap("Alt ↓"))
        self.period.hide()
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
        self.report = ReportPane()
        self.report.hide()
        self.add(self.report, 1)
        for table in (self.table, self.report.table):
            table.installEventFilter(self)
        self._seen = label("", "caption", "text2")
        self._sums = ElidedLabel("", "strong")
        self._sums.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot = self.add_foot(self._seen, self._sums)
        foot.setStretch(1, 1)
        self._foot = foot.parentWidget()
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

    def show_report(self, report: Report, periods: tuple[ReportPeriod, ...]) -> None:
        """The report of one of ``periods``."""
        self.period.show_choices([words_of(one) for one in periods], periods.index(report.period))
        self.report.show_report(report)

    def reports_in_front(self) -> bool:
        """Whether the tab of reports is chosen."""
        return self._front == REPORT

    def turn(self) -> bool:
        """Book or report, as the tab in front says; True when the report was left."""
        report, left = self.reports_in_front(), not self.report.isHidden()
        for widget in (*self._of_book, self.stack, self._foot):
            widget.setVisible(not report)
        self.period.setVisible(report)
        self.report.setVisible(report)
        return left and not report

    def show_tabs(self, kinds: tuple[RegisterTab, ...]) -> None:
        """The registers in use today; the one in front stays in front."""
        if kinds == self._known or not kinds:
            return
        self._known = kinds
        before, codes = self.tabs, [*(one.kind for one in kinds), *((REPORT,) if self._reports else ())]
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
        strip = TabStrip((*tabs, (REPORT, tr("Báo cáo"))) if self._reports else tabs)
        for widget in self._right:
            strip.add_right(widget)
        strip.chosen.connect(self._chosen)
        return strip

    def _chosen(self, kind: str) -> None:
        self._front = kind
        self.kind_chosen.emit(kind)

    def title_of(self, kind: str) -> str:
        """Title of a register, of reports while their tab is in front; the code while that is not known."""
        if self.reports_in_front():
            return tr("Báo cáo chứng thực")
        known = {
            "copy": tr("Sổ chứng thực bản sao"),
            "signature": tr("Sổ chứng thực chữ ký, điểm chỉ"),
            "translator": tr("Sổ chứng thực chữ ký người dịch"),
            "transaction": tr("Sổ chứng thực giao dịch"),
        }.get(kind)
        return known or next((one.title for one in self._known if one.kind == kind), kind)

    def tab_keys(self) -> str:
        """``1–5``: keys of the tabs."""
        return f"1–{max(1, len(self._known)) + self._reports}"

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down in the list opens months or periods, as in a form (``ux.md`` 2.1)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
            if alt and event.key() == Qt.Key.Key_Down:
                picker = self.period if self.reports_in_front() else self.month
                picker.setFocus()
                picker.showPopup()
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "period"):
            self._fit()

    def _fit(self) -> None:
        for picker in (self.month, self.period):
            picker.setFixedWidth(themes.current().size(MONTH_WIDTH))
