"""Part 3: the check-list in groups, with the two other outcomes a clerk may choose."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.ports.intake import ASK, REFUSE, IntakeForm, IntakeView
from counter_app.ui.i18n import tr
from counter_app.ui.screens.intake import entry
from counter_app.ui.screens.intake.rows import CASE, FOLD, PAPER, Line, PapersModel, lines_of, missing_groups
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import PADDING, Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView

EMPTY_ROWS = 3


class PapersCard(Card):
    """``ticked``/``looked_up`` (row), ``case_turned`` (key), ``asked`` (row, words), ``ended``."""

    ticked = Signal(int)
    looked_up = Signal(int)
    case_turned = Signal(str)
    asked = Signal(int, str)
    ended = Signal()
    ask_pressed = Signal()
    refuse_pressed = Signal()

    def __init__(self) -> None:
        """No list."""
        super().__init__(tr("Giấy tờ kèm theo"), "3", flush=True)
        self.lacks = Badge("", "warn", "alert-triangle")
        self.lacks.hide()
        self.ask_button = Button(tr("Yêu cầu bổ sung"), "file-text", "B", LINK, self.ask_pressed.emit)
        self.refuse_button = Button(tr("Từ chối"), "ban", "R", LINK, self.refuse_pressed.emit)
        self.add_to_head(self.lacks, self.ask_button, self.refuse_button)
        self.model = PapersModel()
        self.table = TableView(
            self.model, "two_line", tr("Giấy tờ kèm theo"), heads=False, fill_current=False, fill_held=True
        )
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = StatePanel(tr("Chọn thủ tục để có danh sách giấy tờ."), "", "list-check")
        self.stack = ListStack(self.table, self.empty)
        self.add(self.stack)
        self.words = Field(
            tr("Ghi thêm vào phiếu bổ sung"), hint=tr("vd. nộp văn bản của hai người làm chứng")
        )
        self._words_part = QWidget()
        row = QHBoxLayout(self._words_part)
        row.setContentsMargins(PADDING[0], 6, PADDING[0], 10)
        row.addWidget(self.words)
        self.add(self._words_part)
        self._words_part.hide()
        self._form = IntakeForm()
        self._view: IntakeView | None = None
        self._unfolded = self._locked = False
        self._answers = True
        self._row_of_words = -1
        self.table.tick_clicked.connect(self._clicked)
        self.table.current_changed.connect(lambda _place: self._show_words())
        self.words.edit.textEdited.connect(self._tell_words)
        self.show_form(self._form, None)

    def loaded(self) -> None:
        """The rows are there: no skeleton any more."""
        self.stack.loaded(self.model.rowCount())

    def show_form(self, form: IntakeForm, view: IntakeView | None) -> None:
        """The list again, with the bar where it was."""
        if form.procedure != self._form.procedure:
            self._unfolded = False
        self._form, self._view = form, view
        lines = lines_of(form, view, unfolded=self._unfolded)
        if lines != list(self.model.rows()):
            before = self.current()
            self.model.show_rows(lines)
            self._stay_on(before)
            self._fit()
        if view is not None:
            self._say_empty(view)
            self.stack.loaded(len(lines))
        missing = missing_groups(view)
        self.lacks.setVisible(bool(missing))
        self.lacks.show_state(tr("Thiếu {n} nhóm").format(n=missing), "warn", "alert-triangle")
        self.ask_button.show_words(tr("Thôi bổ sung") if form.outcome == ASK else tr("Yêu cầu bổ sung"))
        self.refuse_button.show_words(tr("Thôi từ chối") if form.outcome == REFUSE else tr("Từ chối"))
        for button in (self.ask_button, self.refuse_button):
            button.setEnabled(bool(form.procedure) and self._answers)
        self._show_words()

    def current(self) -> Line | None:
        """The line under the bar."""
        return self.model.line(self.table.current_row())

    def start(self) -> None:
        """Focus to the list, on the first paper that is not there."""
        lines = self.model.rows()
        open_lines = [i for i, one in enumerate(lines) if one.kind == PAPER and not one.ticked]
        self.table.go_to(open_lines[0] if open_lines else 0)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def go_to(self, row: int) -> None:
        """Bar and focus on a row of the procedure's list."""
        self.table.go_to(max(self.model.place_of(row), 0))
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def tick(self) -> bool:
        """Space: there or missing, then the next line; on a condition: applies or not; on the fold: opens.

        A paper that will be asked for keeps the bar: what form 02 adds to it is typed next.
        """
        line = self.current()
        if line is None:
            return False
        if line.kind == FOLD:
            self._fold()
        elif not self._locked and line.kind == CASE:
            self.case_turned.emit(line.key)
        elif not self._locked:
            asked = self._form.outcome == ASK and line.ticked
            self.ticked.emit(line.row)
            if not asked:
                self._next_paper()
        return True

    def look_up(self) -> bool:
        """T: the State's own data before the paper."""
        line = self.current()
        if line is None or line.kind != PAPER or self._locked:
            return False
        if line.look_up:
            self.looked_up.emit(line.row)
        return line.look_up

    def enter(self) -> bool:
        """Enter: the next line; after the last one the next part; on the fold it opens."""
        line = self.current()
        if line is not None and line.kind == FOLD and not self._unfolded:
            self._fold()
        elif self.table.current_row() + 1 < self.model.rowCount():
            self.table.go_to(self.table.current_row() + 1)
        else:
            self.ended.emit()
        return True

    def set_locked(self, locked: bool, *, answers: bool) -> None:
        """No ticks while F9 runs, without the right or online, where B and R are still ``answers``."""
        self._locked, self._answers = locked, answers
        for button in (self.ask_button, self.refuse_button):
            button.setEnabled(bool(self._form.procedure) and answers)
        self.words.set_read_only(not answers)

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _stay_on(self, before: Line | None) -> None:
        if before is None:
            return
        same = [
            place for place, line in enumerate(self.model.rows())
            if (line.kind, line.row, line.key) == (before.kind, before.row, before.key)
        ]  # fmt: skip
        self.table.go_to(same[0] if same else 0)

    def _next_paper(self) -> None:
        place = self.table.current_row() + 1
        following = self.model.line(place)
        if following is not None and following.kind == PAPER:
            self.table.go_to(place)

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        self.show_form(self._form, self._view)

    def _clicked(self, place: int) -> None:
        self.table.go_to(place)
        line = self.model.line(place)
        if line is None or self._locked:
            return
        if line.kind == CASE:
            self.case_turned.emit(line.key)
        else:
            self.ticked.emit(line.row)

    def _say_empty(self, view: IntakeView) -> None:
        if view.procedure is None:
            title = tr("Chọn thủ tục để có danh sách giấy tờ.")
            self.empty.show_words(title, tr("Ctrl+2 đến ô thủ tục, gõ vài chữ."))
        else:
            title = tr("Danh mục chưa có giấy tờ nào của thủ tục này.")
            self.empty.show_words(title, tr("Xem quyết định công bố; F9 lưu không kèm giấy tờ."))

    def _fit(self) -> None:
        """As high as its rows: the page scrolls, not the list."""
        rows = self.model.rowCount() or EMPTY_ROWS
        height = themes.current().size("row_two_line") * rows + 2
        self.stack.setFixedHeight(height)

    def _show_words(self) -> None:
        """The cell for form 02, for the row under the bar while more papers will be asked."""
        line = self.current()
        outcome = self._view.outcome if self._view is not None else ""
        asks = (self._form.outcome or outcome) == ASK
        shown = asks and line is not None and line.kind == PAPER and line.missing
        self._words_part.setVisible(shown or self.words.edit.hasFocus())
        if line is None or not shown or line.row == self._row_of_words:
            return
        self._row_of_words = line.row
        self.words.fill(entry.asked_words(self._form, line.row))

    def _tell_words(self, text: str) -> None:
        if self._row_of_words >= 0:
            self.asked.emit(self._row_of_words, text)
