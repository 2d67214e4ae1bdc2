"""The pen desk: who holds the pen, numbers to settle, and F9 for the form that stands at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.pen import UnknownNumber
from counter_app.services.ports.signing import PileRow
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.pen.acts import FETCH, Act, acts_for, codes_for
from counter_app.ui.screens.pen.committing import Committing
from counter_app.ui.screens.pen.page import PenPage
from counter_app.ui.screens.pen.rows import DoubleRow, double_rows
from counter_app.ui.screens.pen.view_model import PenModel, PenPorts
from counter_app.ui.widgets.form_card import FormCard
from counter_app.ui.widgets.screen import Screen
from sync.protocol.naming.ids import EntryId

AREAS = frozenset({"registers", "requests", "received"})


class PenView(Screen):
    """Lists at the left, one form at the right; Esc puts the form aside."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        program = context.program
        ports = PenPorts(program.pen, program.exchange, program.signing, program.copies.signatories)
        self.model = PenModel(ports, context.background)
        self.parts = PenPage(self)
        self.committing = Committing(self.model, self.parts, context.shell)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """Quyền cấp số và sổ."""
        return tr("Quyền cấp số và sổ")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        if self.parts.form is self.parts.enter:
            return (
                KeyHint("Space", tr("Chọn phiếu")),
                KeyHint("F9", tr("Nhập số")),
                KeyHint("Esc", tr("Để sau")),
            )
        if self.parts.form is not None:
            return (KeyHint("Enter", tr("Ô kế tiếp")), KeyHint("F9", tr("Ghi")), KeyHint("Esc", tr("Để sau")))
        return (
            KeyHint("Ctrl 2", tr("Số chưa rõ")),
            KeyHint("Ctrl 3", tr("Số trùng")),
            KeyHint("Ctrl 4", tr("Chuyển, nhận, khôi phục")),
            KeyHint("Enter", tr("Mở")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What recovery means."""
        return (
            tr("Chỉ một máy giữ quyền cấp số; phiếu ở máy khác vẫn nhập được và chờ số."),
            tr("Chuyển quyền: ghi tệp ở máy giữ, nhập ở máy nhận; mất điện thì sang sổ giấy."),
            tr("Máy giữ quyền hỏng hẳn: hai người khôi phục quyền về máy này, máy in biên bản."),
            tr("Số máy hỏng có thể đã cấp là số chưa rõ: không có hiệu lực, cũng không bị hủy."),
            tr("Mỗi số chưa rõ được dựng lại từ phiếu, biên lai, bản sao, hoặc hủy theo biên bản."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads; a form that stood before still stands."""
        self.parts.unknown_stack.loading()
        self.model.read()
        if self.parts.form is None:
            self.setFocus()
        else:
            self.parts.form.chain.start()

    def on_commit(self) -> None:
        """F9: the form that stands, once its fields are right."""
        form = self.parts.form
        if form is None:
            self.context.shell.tell(tr("Chọn một số rồi nhấn Enter, hoặc Ctrl+4 để chọn việc."))
            return
        wrong = form.check()
        if wrong is None:
            self.committing.run(form)
        elif form is self.parts.enter and wrong is self.parts.enter.table:
            self.context.shell.tell(tr("Chọn phiếu theo thứ tự trên tờ sổ: Space, hoặc quét phiếu."))
            wrong.setFocus()
        else:
            wrong.setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(wrong, QLineEdit):
                wrong.selectAll()

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
            self._read_again()
            return False
        if action is Action.TICK and self.parts.enter.table.hasFocus():
            self.parts.enter.turn_current()
            return True
        run = self._acts().get(action)
        if run is None:
            return False
        run()
        return True

    def on_scan(self, code: str) -> bool:
        """A slip while numbers of the sheets are entered: it bears the next ones."""
        if self.parts.form is not self.parts.enter:
            return False
        self.model.scanned(code)
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
        """Into the form that stands; without one to the acts with the pen."""
        if self.parts.form is None:
            self.parts.overview.table.setFocus()
        else:
            self.parts.form.chain.start()

    def _open(self) -> None:
        """Enter on a row opens its form."""
        if self.parts.overview.table.hasFocus():
            act = _current(self.parts.overview.table.current_row(), self.parts.overview.rows.rows())
            if isinstance(act, Act):
                self._open_act(act.code)
        elif self.parts.doubles.hasFocus():
            row = _current(self.parts.doubles.current_row(), self.parts.double_rows.rows())
            if isinstance(row, DoubleRow):
                self.parts.ruling.show_row(row)
                self._open_form(self.parts.ruling)
        elif self.parts.form is not self.parts.enter:
            number = _current(self.parts.unknown.current_row(), self.parts.unknown_rows.rows())
            if isinstance(number, UnknownNumber):
                self.parts.settle.show_number(number.number)
                self._open_form(self.parts.settle)

    def _open_act(self, code: str) -> None:
        """A form with what it needs read first; the pen is asked for over the LAN without one."""
        if code == FETCH:
            if self.model.page.card is not None:
                self.model.fetch(self.model.page.card.register)
            return
        form = self.parts.by_act[code]
        if form in (self.parts.passing, self.parts.taking):
            self.model.find_places()
        if form is self.parts.passing and not self.model.page.others:
            self.context.shell.tell(tr("Chưa biết máy nào khác của đơn vị. Nhận dữ liệu của máy đó trước."))
            return
        if form is self.parts.enter:
            self.parts.enter.stack.loading()
            self.model.find_slips()
        self._open_form(form)

    def _read_again(self) -> None:
        """F5: also the sticks while a file is chosen, the slips while they are ticked."""
        if self.parts.form in (self.parts.passing, self.parts.taking):
            self.model.find_places()
        if self.parts.form is self.parts.enter:
            self.model.find_slips()
        self.model.read()

    # --- answers ---

    def _listen(self) -> None:
        model, parts = self.model, self.parts
        model.changed.connect(self._show)
        model.proposed.connect(self._show_proposal)
        model.done.connect(self._done)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        model.places_found.connect(parts.passing.show_places)
        model.places_found.connect(parts.taking.show_places)
        model.slips_found.connect(self._show_slips)
        model.slip_scanned.connect(self._scanned)
        model.pin_refused.connect(self._pin_refused)
        parts.recovery.typed.connect(model.compute)
        parts.passing.counter.picked.connect(lambda _place: parts.show_commit())
        parts.enter.first.edit.textChanged.connect(lambda _text: parts.show_commit())
        parts.overview.table.opened.connect(lambda _row: self._open())
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
        parts.overview.show_card(page.card, acts_for(page.card, self.context.session.permissions))
        if page.card is not None:
            parts.back.show_card(page.card)
            parts.enter.show_card(page.card)
        parts.unknown.show_again(page.unknown, lambda one: one.number)
        rows = double_rows(page.doubles)
        parts.doubles.show_again(rows, lambda row: row.line.line)
        parts.unknown_stack.loaded(len(page.unknown))
        parts.doubles_stack.loaded(len(rows))
        parts.passing.show_others(page.others)
        for two in (parts.recovery.two, parts.to_paper.two, parts.back.two):
            two.show_people(page.seconds)
        self._show_proposal()
        if self._form_is_past():
            self._open_form(None)
            self._to_list()

    def _pin_refused(self, error: BaseException) -> None:
        self.committing.ask_pin(words_of(error).sentence)

    def _form_is_past(self) -> bool:
        """The pen moved meanwhile: what the form would do makes no sense any more."""
        act = next((code for code, form in self.parts.by_act.items() if form is self.parts.form), "")
        return bool(act) and act not in codes_for(self.model.page.card)

    def _show_slips(self, slips: tuple[PileRow, ...], signers: tuple[SignatoryChoice, ...]) -> None:
        self.parts.enter.show_slips(slips, signers)
        self.parts.show_commit()

    def _scanned(self, request: EntryId | None) -> None:
        if request is None or not self.parts.enter.tick(request):
            self.context.shell.tell(tr("Phiếu này không chờ số ở máy này."))

    def _show_proposal(self) -> None:
        if self.model.proposal is not None:
            self.parts.recovery.show_proposal(self.model.proposal)

    def _done(self, sentence: str) -> None:
        form = self.parts.form
        if form is self.parts.recovery:
            self.parts.recovery.reset()
        elif form is self.parts.enter:
            self.parts.enter.reset()
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
