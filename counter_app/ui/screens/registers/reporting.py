"""The tab of reports on the registers' page: what its keys do while it is in front."""

from __future__ import annotations

from counter_app.services.ports.register_reports import ReportRow
from counter_app.services.ports.register_row import RegisterRow
from counter_app.ui import errors
from counter_app.ui.actions import Action
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.registers.book_card import BookCard
from counter_app.ui.screens.registers.report_model import ReportModel
from counter_app.ui.screens.registers.report_pane import LinesPanel
from counter_app.ui.screens.registers.report_rows import words_of_figure
from counter_app.ui.screens.registers.view_model import RegistersModel, words_of_file
from counter_app.ui.standing import standing


class Reporting:
    """Periods, figures, the drawer of lines; nothing here changes a register."""

    def __init__(
        self, model: ReportModel, books: RegistersModel, book: BookCard, context: ScreenContext
    ) -> None:
        """``books`` opens a line that was chosen; ``book`` holds tab, period and table."""
        self.model, self._books, self._book, self._context = model, books, book, context
        self.lines: LinesPanel | None = None

    def listen(self) -> None:
        """Answers of the model, keys and buttons of the pane."""
        model, pane = self.model, self._book.report
        model.shown.connect(self._show)
        model.lines_read.connect(self._show_lines)
        model.written.connect(self._written)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        self._book.period.picked.connect(self._choose)
        pane.table.opened.connect(self._opened)
        pane.excel.clicked.connect(self._excel)
        pane.pdf.clicked.connect(self._pdf)

    def stands(self) -> bool:
        """True while the tab of reports is in front."""
        return self._book.reports_in_front()

    def read(self) -> None:
        """The report of the chosen period, the keys on its table."""
        if self.model.report is None:
            self._book.report.stack.loading()
        self.model.read()
        self._book.report.stack.currentWidget().setFocus()

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the report, or of the lines in the drawer."""
        if self.lines_stand():
            return (
                KeyHint("↑ ↓", tr("Chọn số")),
                KeyHint("Enter", tr("Mở trong sổ")),
                KeyHint("Esc", tr("Đóng")),
            )
        return (
            KeyHint("↑ ↓", tr("Chọn dòng")),
            KeyHint("← →", tr("Chọn con số")),
            KeyHint("Enter", tr("Các số đứng sau")),
            KeyHint("Alt ↓", tr("Đổi kỳ")),
            KeyHint(self._book.tab_keys(), tr("Đổi sổ")),
            KeyHint("Ctrl E", tr("Xuất Excel")),
            KeyHint("Ctrl P", tr("Ghi PDF")),
        )

    def on_action(self, action: Action) -> bool:
        """Keys while the tab is in front; the others do nothing here."""
        run = {
            Action.OPEN: self.open,
            Action.EXPORT: self._excel,
            Action.PREVIEW: self._pdf,
            Action.PART_1: self._book.period.setFocus,
            Action.PART_2: self._book.report.table.setFocus,
        }.get(action)
        if run is None:
            return False
        run()
        return True

    def open(self) -> None:
        """Enter: the lines behind the figure, or the line of the drawer in its book."""
        if self.lines_stand():
            self.open_line()
            return
        row, figure = self._book.report.chosen()
        if row is None:
            return
        if getattr(row, figure):
            self.model.open_lines(row, figure)
        else:
            self._context.shell.tell(tr("Không có số nào."))

    def open_line(self) -> None:
        """The line under the bar of the drawer on the page of its month."""
        line = self.lines.line() if self.lines is not None and self.lines_stand() else None
        if line is not None and line.line is not None:
            self._context.shell.close_panel()
            self._books.look_for(line.line)

    def lines_stand(self) -> bool:
        """True while the drawer shows lines."""
        return standing(self.lines) is not None

    def _show(self) -> None:
        if self.model.report is not None:
            self._book.show_report(self.model.report, self.model.periods)
            self._context.shell.legend_changed()

    def _show_lines(self, row: ReportRow, figure: str, lines: tuple[RegisterRow, ...]) -> None:
        if self.stands():
            self.lines = LinesPanel(row, figure, lines, self.open_line)
            title = tr("{figure}: {n}").format(figure=words_of_figure(figure), n=getattr(row, figure))
            self._context.shell.open_panel(title, self.lines)
            self._context.shell.legend_changed()

    def _unread(self, error: BaseException) -> None:
        words = errors.words_of(error)
        self._book.report.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    def _failed(self, error: BaseException) -> None:
        self._context.shell.show_error(error)

    def _written(self, path: str) -> None:
        self._context.shell.tell(words_of_file(path))

    def _choose(self, place: int) -> None:
        self.model.choose(place)
        self._book.report.table.setFocus()

    def _opened(self, _row: int) -> None:
        self.open()

    def _excel(self, _checked: bool = False) -> None:
        self.model.export(excel=True)

    def _pdf(self, _checked: bool = False) -> None:
        self.model.export(excel=False)
