"""The pen desk: who holds the pen, numbers to settle, and F9 for the form that stands at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from counter_app.services.ports.pen import UnknownNumber
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.pen.forms import FormCard
from counter_app.ui.screens.pen.page import PenPage
from counter_app.ui.screens.pen.rows import DoubleRow, double_rows
from counter_app.ui.screens.pen.view_model import PenModel
from counter_app.ui.widgets.screen import Screen

AREAS = frozenset({"registers", "requests", "received"})


class PenView(Screen):
    """Lists at the left, one form at the right; Esc puts the form aside."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        self.model = PenModel(context.program.pen, context.background)
        self.parts = PenPage(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """Quyền cấp số và sổ."""
        return tr("Quyền cấp số và sổ")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        if self.parts.form is not None:
            return (KeyHint("Enter", tr("Ô kế tiếp")), KeyHint("F9", tr("Ghi")), KeyHint("Esc", tr("Để sau")))
        return (
            KeyHint("Ctrl 2", tr("Số chưa rõ")),
            KeyHint("Ctrl 3", tr("Số trùng")),
            KeyHint("Ctrl 4", tr("Khôi phục")),
            KeyHint("Enter", tr("Mở")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What recovery means."""
        return (
            tr("Chỉ một máy giữ quyền cấp số; phiếu ở máy khác vẫn nhập được và chờ số."),
            tr("Máy giữ quyền hỏng hẳn: hai người khôi phục quyền về máy này, máy in biên bản."),
            tr("Số máy hỏng có thể đã cấp là số chưa rõ: không có hiệu lực, cũng không bị hủy."),
            tr("Mỗi số chưa rõ được dựng lại từ phiếu, biên lai, bản sao, hoặc hủy theo biên bản."),
            tr("Máy hỏng trở lại thì dữ liệu của nó tự xác định các số đã cấp."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads; a form that stood before still stands."""
        self.parts.unknown_stack.loading()
        self.model.read()
        if self.parts.form is None:
            self.setFocus()

    def on_commit(self) -> None:
        """F9: the form that stands, once its fields are right."""
        form, card = self.parts.form, self.model.page.card
        if form is None or card is None:
            self.context.shell.tell(tr("Chọn một số rồi nhấn Enter, hoặc Ctrl+4 để khôi phục."))
            return
        wrong = form.check()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.TabFocusReason)
        elif form is self.parts.recovery:
            self._recover()
        elif form is self.parts.settle:
            self._settle()
        elif (row := self.parts.ruling.row) is not None:
            ground = self.parts.ruling.ground.text()
            self.model.rule(card.register, row.double, row.line.line, ground)

    def on_escape(self) -> bool:
        """The form goes aside; without one the shell leaves."""
        if self.parts.form is None:
            return False
        self._open_form(None)
        self._to_list()
        return True

    def on_action(self, action: Action) -> bool:
        """Parts and opening rows."""
        if action is Action.REFRESH:
            self.model.read()
            return False
        run = self._acts().get(action)
        if run is None:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Numbers were given, a journal came back, the pen moved."""
        if areas & AREAS:
            self.model.read()

    # --- forms ---

    def _acts(self) -> dict[Action, Callable[[], None]]:
        return {
            Action.PART_1: self._to_registers,
            Action.PART_2: self._to_list,
            Action.PART_3: self.parts.doubles.setFocus,
            Action.PART_4: self._to_form,
            Action.OPEN: self._open,
        }

    def _open_form(self, form: FormCard | None) -> None:
        self.parts.show_form(form)
        self.context.shell.legend_changed()
        if form is not None:
            form.chain.start()

    def _to_registers(self) -> None:
        if self.parts.holder.registers.isVisible():
            self.parts.holder.registers.setFocus()

    def _to_list(self) -> None:
        (self.parts.unknown if self.parts.unknown.isVisibleTo(self) else self).setFocus()

    def _to_form(self) -> None:
        """Into the form that stands; without one the recovery, where the pen is elsewhere."""
        if self.parts.form is None:
            if self.model.proposal is None:
                self.context.shell.tell(tr("Quyền cấp số đang ở chính máy này."))
                return
            self._open_form(self.parts.recovery)
        else:
            self.parts.form.chain.start()

    def _open(self) -> None:
        """Enter on a row opens its form."""
        if self.parts.doubles.hasFocus():
            row = _current(self.parts.doubles.current_row(), self.parts.double_rows.rows())
            if isinstance(row, DoubleRow):
                self.parts.ruling.show_row(row)
                self._open_form(self.parts.ruling)
            return
        number = _current(self.parts.unknown.current_row(), self.parts.unknown_rows.rows())
        if isinstance(number, UnknownNumber):
            self.parts.settle.show_number(number.number)
            self._open_form(self.parts.settle)

    def _recover(self) -> None:
        card = self.model.page.card
        form = None if card is None else self.parts.recovery.form(card.register)
        if form is None:
            self.context.shell.tell(tr("Chưa có người thứ hai nào có tài khoản trên máy này."))
            return
        self.model.recover(form)

    def _settle(self) -> None:
        card, settle = self.model.page.card, self.parts.settle
        if card is None:
            return
        if settle.voids():
            self.model.void(card.register, settle.number, settle.minutes.text())
        else:
            self.model.rebuild(settle.form(card.register))

    # --- answers ---

    def _listen(self) -> None:
        model, parts = self.model, self.parts
        model.changed.connect(self._show)
        model.proposed.connect(self._show_proposal)
        model.done.connect(self._done)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        parts.recovery.typed.connect(model.compute)
        parts.settle.how.chosen.connect(lambda _how: parts.show_commit())
        parts.holder.chosen.connect(model.choose)
        parts.commit.clicked.connect(lambda _checked=False: self.on_commit())
        parts.unknown.opened.connect(lambda _row: self._open())
        parts.doubles.opened.connect(lambda _row: self._open())

    def _show(self) -> None:
        page, parts = self.model.page, self.parts
        parts.holder.setVisible(page.card is not None)
        if page.card is not None:
            parts.holder.show_card(page.cards, page.card)
        parts.overview.show_card(page.card)
        place = parts.unknown.current_row()
        parts.unknown_rows.show_rows(page.unknown)
        parts.unknown.go_to(min(max(place, 0), max(len(page.unknown) - 1, 0)))
        rows = double_rows(page.doubles)
        parts.double_rows.show_rows(rows)
        parts.doubles.go_to(0)
        parts.unknown_stack.loaded(len(page.unknown))
        parts.doubles_stack.loaded(len(rows))
        parts.recovery.show_people(page.seconds)
        self._show_proposal()
        if parts.form is parts.recovery and page.proposal is None:
            self._open_form(None)

    def _show_proposal(self) -> None:
        if self.model.proposal is not None:
            self.parts.recovery.show_proposal(self.model.proposal)

    def _done(self, sentence: str) -> None:
        form = self.parts.form
        if form is self.parts.recovery:
            self.parts.recovery.reset()
        elif form is not None:
            form.clear(self.parts.settle.minutes)
        self._open_form(None)
        self._to_list()
        self.context.shell.tell(sentence)

    def _failed(self, error: BaseException) -> None:
        form = self.parts.form
        if form is None or not form.show_error(field_of(error), words_of(error).sentence):
            self.context.shell.show_error(error)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.parts.unknown_stack.failed(words.title, words.remedy or words.meaning, self.model.read)


def _current(place: int, rows: object) -> object:
    """The row of the bar, None where there is none."""
    if not isinstance(rows, tuple | list) or not 0 <= place < len(rows):
        return None
    return rows[place]
