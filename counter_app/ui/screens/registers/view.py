"""The register of a month: every legal column, what adds up to what, and the closing bar."""

from __future__ import annotations

from counter_app.domain.organisation import roles
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.registers import RegisterMonth
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.registers.annulling import Annulling
from counter_app.ui.screens.registers.book_card import BookCard
from counter_app.ui.screens.registers.closing_card import ClosingCard
from counter_app.ui.screens.registers.history_panel import history_panel
from counter_app.ui.screens.registers.line_acts import LineActs
from counter_app.ui.screens.registers.line_model import LineModel
from counter_app.ui.screens.registers.opening import Opening
from counter_app.ui.screens.registers.report_model import ReportModel
from counter_app.ui.screens.registers.reporting import Reporting
from counter_app.ui.screens.registers.view_model import COUNT, RegistersModel, words_of_file
from counter_app.ui.screens.registers.year_model import YearsModel
from counter_app.ui.screens.registers.yearly import Yearly
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words
from counter_app.ui.widgets.notice import INFO, Notice
from counter_app.ui.widgets.screen import Screen, page
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId

_TABS = {
    Action.TAB_1: 0, Action.TAB_2: 1, Action.TAB_3: 2, Action.TAB_4: 3, Action.TAB_5: 4, Action.TAB_6: 5,
}  # fmt: skip
AREAS = frozenset({"registers", "requests", "signing", "received"})


class RegistersView(Screen):
    """Enter opens the acts on a number; Ctrl+E and Ctrl+P write it out; F9 closes in three steps."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = RegistersModel(
            program.registers, program.pen, program.session, context.background, program.now
        )
        self.annulling = Annulling(self.model, context)
        self.opening = Opening(self.model, context, self.on_commit)
        self.years = YearsModel(program.registers, context.background)
        self.yearly = Yearly(self.years, context)
        self.note = Notice("", "", INFO)
        self.note.add_right(label(tr("Mỗi con số mở ra các việc của nó: Enter"), "caption", "text2"))
        self.closing = ClosingCard()
        column = page(self)
        column.addWidget(self.note)
        self.book = BookCard(self.opening.ask, reports=context.may(roles.READ_REPORTS))
        self.month, self.rows, self.table = self.book.month, self.book.rows, self.book.table
        self.stack, self.begin = self.book.stack, self.book.begin
        self.reporting = Reporting(
            ReportModel(program.registers, context.background), self.model, self.book, context
        )
        self.lines = LineActs(
            LineModel(program.registers, program.pen, context.background), self.model, self.rows, context
        )
        self._drawers = (self.annulling, self.opening, self.yearly, self.lines)
        column.addWidget(self.book, 1)
        column.addWidget(self.closing)
        self.note.hide()
        self.closing.hide()
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """The register by its name."""
        return self.book.title_of(self.model.kind)

    def subtitle(self) -> str:
        """Unit and year."""
        month, report = self.model.month, self.reporting.model.report
        unit = self.context.counter.unit_name
        if self.reporting.stands():
            return f"{unit} · {report.title}" if report else unit
        return tr("{unit} · năm {year}").format(unit=unit, year=month.year) if month else unit

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the book, or of the drawer that stands."""
        if any(drawer.stands() for drawer in self._drawers):
            return (KeyHint("Enter", tr("Ô kế tiếp")), KeyHint("F9", tr("Ghi")), KeyHint("Esc", tr("Đóng")))
        if self.reporting.stands():
            return self.reporting.legend()
        return (
            KeyHint("↑ ↓", tr("Chọn số")),
            KeyHint("Enter", tr("Các việc của số")),
            KeyHint("Alt ↓", tr("Đổi tháng")),
            KeyHint(self.book.tab_keys(), tr("Đổi sổ")),
            KeyHint("Ctrl E", tr("Xuất Excel")),
            KeyHint("Ctrl P", tr("Ghi PDF")),
            *self.lines.legend(),
            KeyHint("T", tr("Sổ năm")),
            KeyHint("F9", tr("Khóa tháng")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What this page is for."""
        return (
            tr("Đúng các cột của sổ; số gạch giữ nguyên dòng, lý do ở Ghi chú."),
            tr("Enter mở các việc đã làm với số đang chọn; R: huỷ bỏ giá trị theo quyết định của Chủ tịch."),
            tr("B: ghi chú cho số đang chọn; Q: đính chính một cột, hai người; dòng đã ghi giữ nguyên."),
            tr("Báo cáo: kỳ sáu tháng hoặc năm; mũi tên chọn con số, Enter mở các số đứng sau."),
            tr("Khóa tháng có 3 bước: kiểm tra, đếm, in và hai người ký."),
            tr("Số chưa xác nhận đã ký thì chưa khóa được tháng."),
            tr("T: sổ năm; kiểm tra, đếm, khóa năm, ghi quyển năm, mở sổ năm sau, in phiếu ghi chú bổ sung."),
            tr("Sổ chưa mở thì Ctrl+O: nhập số cuối cùng trên sổ giấy, hai người."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads; ``argument``: a line (EntryId) opens its month on it, (year, month) opens that month."""
        self.stack.loading()
        self.model.read_kinds()
        if isinstance(argument, EntryId):  # a pair of numbers too, but no month
            self.model.look_for(argument)
        elif isinstance(argument, tuple) and len(argument) == 2:
            self.book.show_kind(self.model.kind)  # a month, though the reports were in front
            self.model.choose(int(argument[0]), int(argument[1]))
        elif self.reporting.stands():
            self.reporting.read()
            return
        else:
            self.model.read()
        self.table.setFocus()

    def on_commit(self) -> None:
        """F9: the drawer's form if one stands; else the next step of the closing, the last asks the PIN."""
        month = self.model.month
        if drawer := next((one for one in self._drawers if one.stands()), None):
            drawer.commit()
        elif month is None or month.closed or self.reporting.stands():
            self.context.shell.tell(tr("Không có tháng nào để khóa."))
        elif why_not := self._why_not(month):
            self.context.shell.tell(why_not)
        elif self.model.step != COUNT:
            self.model.next_step()
            self._show_closing()
        else:
            self._ask_pin(
                tr("In bìa, biên bản và các trang; hai người ký vào sổ. Khóa rồi chỉ thêm ghi chú.")
            )

    def on_escape(self) -> bool:
        """From counting back to checking, in the drawer of the years or on the page."""
        if self.yearly.back():
            return True
        if self.model.step != COUNT:
            return False
        self.model.first_step()
        self._show_closing()
        return True

    def on_action(self, action: Action) -> bool:
        """Keys of the book."""
        if action in _TABS:
            return self.book.choose_tab(_TABS[action])
        if action is Action.REFRESH:
            self._read_again()
            return False
        if self.reporting.stands():
            return self.reporting.on_action(action)
        run = {
            Action.OPEN: self._open_history,
            Action.EXPORT: lambda: self.model.export(excel=True),
            Action.PREVIEW: lambda: self.model.export(excel=False),
            Action.PART_1: self.month.setFocus,
            Action.PART_2: self.table.setFocus,
            Action.OPEN_EXISTING: self.opening.ask,
            Action.LOOK_UP: self._ask_years,
            Action.GIVE_BACK: lambda: self.annulling.ask(self._current()),
            Action.ASK_SUPPLEMENT: lambda: self.lines.ask_note(self._current()),
            Action.SCAN_PAPER: lambda: self.lines.ask_correction(self._current()),
        }.get(action)
        if run is None:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Numbers, ink, a bundle."""
        if areas & AREAS:
            self._read_again()

    def _read_again(self) -> None:
        (self.reporting.model if self.reporting.stands() else self.model).read()

    # --- page ---

    def _listen(self) -> None:
        model = self.model
        model.month_changed.connect(self._show)
        model.no_register.connect(self._show_no_register)
        model.history_read.connect(self._show_history)
        model.people_read.connect(self.opening.show)
        model.said.connect(self._written)
        model.closed.connect(self._closed)
        model.opened.connect(self._opened)
        model.seconds_read.connect(self.annulling.show)
        model.annulled.connect(self._annulled)
        model.line_found.connect(self._go_to_line)
        model.pin_refused.connect(self._ask_pin_again)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        model.kind_changed.connect(self._show_kind)
        self.yearly.listen()
        self.reporting.listen()
        self.lines.listen(self._line_done)
        self.month.picked.connect(self._choose)
        self.book.kind_chosen.connect(self._choose_kind)
        model.kinds_read.connect(self.book.show_tabs)
        self.table.opened.connect(lambda _row: self._open_history())
        self.closing.commit.clicked.connect(lambda _checked=False: self.on_commit())

    # --- showing ---

    def _show(self) -> None:
        month = self.model.month
        if month is None or self.reporting.stands():
            return
        self.note.show_words(month.data_note)
        self.note.setVisible(bool(month.data_note))
        self.book.show_month(month, self.model.months)
        self.closing.show()
        self._show_closing()
        self.context.shell.legend_changed()

    def _show_closing(self) -> None:
        if self.model.month is not None:
            self.closing.show_month(self.model.month, self.model.step, self._why_not(self.model.month))

    def _why_not(self, month: RegisterMonth) -> str:
        if month.blocked:
            return month.blocked
        may = self.context.may(roles.CLOSE_BOOKS)
        return "" if may else read_only_words(ReadOnly.NO_RIGHT, tr("khóa sổ"))

    def _show_no_register(self, error: BaseException) -> None:
        words = words_of(error)
        may = self.context.may(roles.CLOSE_BOOKS)
        self.book.show_nothing(words.title, words.remedy or words.meaning, may_begin=may)
        self.closing.hide()

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.read)
        self.closing.hide()

    # --- one number ---

    def _ask_years(self) -> None:
        self.yearly.ask(self.model.kind)

    def _current(self) -> RegisterRow | None:
        place, rows = self.table.current_row(), self.rows.rows()
        return rows[place] if 0 <= place < len(rows) else None

    def _go_to_line(self, line: EntryId) -> None:
        place = next((i for i, row in enumerate(self.rows.rows()) if row.line == line), -1)
        if place >= 0:
            self.table.go_to(place)

    def _line_done(self) -> None:
        self.model.read()
        self.table.setFocus()

    def _open_history(self) -> None:
        row = self._current()
        if row is not None:
            self.model.history(row)

    def _show_history(self, row: RegisterRow, acts: tuple[str, ...]) -> None:
        annul = (self.annulling.button(row),) if self.annulling.may(row) else ()
        panel = history_panel(row, acts, (*self.lines.buttons(row), *annul))
        self.context.shell.open_panel(tr("Số {n}").format(n=row.number), panel)

    def _annulled(self, sentence: str) -> None:
        self.annulling.done(sentence)
        self.table.setFocus()

    # --- acts ---

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.model.months):
            self.model.choose(*self.model.months[place])
            self.table.setFocus()

    def _choose_kind(self, kind: str) -> None:
        left = self.book.turn()
        if self.reporting.stands():
            self.note.hide()
            self.closing.hide()
            self.reporting.read()
        elif kind == self.model.kind:
            self.model.read()
        else:
            self.stack.loading()
            self.model.choose_kind(kind)
        if left:
            self.stack.currentWidget().setFocus()
        self.context.shell.legend_changed()

    def _show_kind(self, kind: str) -> None:
        self.book.show_kind(kind)
        self.context.shell.legend_changed()

    def _written(self, path: str) -> None:
        self.context.shell.tell(words_of_file(path))

    def _ask_pin(self, words: str) -> None:
        month = self.model.month
        if month is not None:
            title = tr("Khóa tháng {month}/{year}").format(month=month.month, year=month.year)
            self.context.shell.ask_pin(title, words, self.model.close)

    def _ask_pin_again(self, error: BaseException) -> None:
        self._ask_pin(words_of(error).sentence)

    def _closed(self, sentence: str) -> None:
        self.context.shell.tell(sentence)

    def _opened(self, sentence: str) -> None:
        self.opening.done(sentence)
        self.table.setFocus()

    def _failed(self, error: BaseException) -> None:
        if not self.annulling.take_error(error) and not self.opening.take_error(error):
            self.context.shell.show_error(error)
