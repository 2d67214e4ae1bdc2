"""The desk: what waits at the left, both words and the decision at the right; F9 asks for the secret."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.contradictions import ContradictionView, DecisionForm
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.contradictions.decision_card import DecisionCard
from counter_app.ui.screens.contradictions.rows import SettledModel, WaitingModel
from counter_app.ui.screens.contradictions.stray_part import StrayPart
from counter_app.ui.screens.contradictions.view_model import ContradictionsModel
from counter_app.ui.screens.dossier.view_model import Asked
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.form_card import FormCard
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_words
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.screen import Screen, main_and_side, page

AREAS = frozenset({"contradictions", "dossiers", "requests", "registers", "received"})
SIDE = 392
WAITING, SETTLED, STRAYS = "waiting", "settled", "strays"
_TABS = {Action.TAB_1: WAITING, Action.TAB_2: SETTLED, Action.TAB_3: STRAYS}


class ContradictionsView(Screen):
    """Keys 1 and 2 choose the list; Ctrl+4 goes to the decision, Enter opens what it is about."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = ContradictionsModel(context.program.contradictions, context.background)
        self.waiting, self.settled = WaitingModel(), SettledModel()
        self.table = TableView(self.waiting, "two_line", tr("Việc trùng chờ quyết định"))
        self.history = TableView(self.settled, "two_line", tr("Việc trùng đã quyết định"))
        self.tabs = TabStrip(
            ((WAITING, tr("Chờ quyết định")), (SETTLED, tr("Đã quyết định")), (STRAYS, tr("Việc lạc")))
        )
        self.strays = StrayPart(context)
        self.card = DecisionCard()
        self.commit = commit_button(tr("Ghi quyết định"), "checks", self.on_commit)
        self._build()
        self._listen()

    def title(self) -> str:
        """The name of the page."""
        return tr("Đối chiếu việc trùng")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the lists, and of the decision while there is one to take."""
        lists = (KeyHint("1-3", tr("Đổi danh sách")),)
        if self._card() is None:
            return lists
        decision = (KeyHint("Ctrl 4", tr("Chọn bản đúng")), KeyHint("F9", tr("Ghi quyết định")))
        return (*lists, *decision, *((KeyHint("Enter", tr("Mở mục này")),) if self._first() else ()))

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Hai quầy mất liên lạc có thể cùng trả một kết quả, cùng sửa một mục, cùng nhận một người."),
            tr("Không bản nào mất. Danh sách giống nhau ở mọi quầy đã nhận đủ dữ liệu."),
            tr("Lãnh đạo chọn bản đúng, ghi căn cứ, xác nhận bằng PIN. Máy tự ghi việc đính chính."),
            tr("Có thêm một việc trùng sau khi quyết định thì việc đó trở lại danh sách."),
            tr("Việc lạc: việc của một bản sao của máy. Hai người nhập lại một lần; số không cấp lại."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads both lists."""
        self._stacks()[self.tabs.current()].loading()
        self._read()
        self._front().setFocus()

    def on_commit(self) -> None:
        """F9: a whole decision asks for the secret of the person at the counter."""
        one = self.card.shown
        if self.tabs.current() == STRAYS:
            self.strays.commit()
            return
        if self.tabs.current() != WAITING or one is None:
            self.context.shell.tell(tr("Chọn một việc trùng trong danh sách."))
            return
        if not self.context.may(roles.REVIEW_CLASHES):
            self.context.shell.tell(read_only_words(ReadOnly.NO_RIGHT, tr("quyết định việc trùng")))
            return
        wrong = self.card.check()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.context.shell.ask_pin(tr("Ghi quyết định"), one.about, self._decide)

    def on_action(self, action: Action) -> bool:
        """Lists, the decision, what it is about, reading again."""
        if action in _TABS:
            self.tabs.choose(_TABS[action])
        elif action is Action.PART_4 and (front := self._card()) is not None:
            front.chain.start()
        elif action is Action.OPEN and self.table.hasFocus() and self.card.shown is not None:
            self._open(self.card.shown)
        elif action is Action.REFRESH:
            self._read()
        else:
            return False
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """An act here or a bundle may bring or end one."""
        if areas & AREAS:
            self._read()

    # --- the page ---

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(SIDE)
        nothing = StatePanel(
            tr("Không có việc trùng."), tr("Hai quầy ghi khác nhau thì hiện ở đây."), "circle-check"
        )
        none_yet = StatePanel(tr("Chưa có quyết định nào."), tr("Quyết định được giữ lại ở đây."), "history")
        self.stack, self.past = ListStack(self.table, nothing), ListStack(self.history, none_yet)
        self.lists = Card(flush=True)
        self.lists.add(self.stack, 1)
        self.lists.add(self.past, 1)
        self.lists.add(self.strays.stack, 1)
        self.past.hide()
        self.strays.stack.hide()
        main.addWidget(self.tabs)
        main.addWidget(self.lists, 1)
        side.addWidget(self.card, 1)
        side.addWidget(self.strays.card, 1)
        side.addWidget(self.commit)
        self.commit.hide()
        column.addLayout(row, 1)

    def _listen(self) -> None:
        self.tabs.chosen.connect(self._turn)
        self.strays.model.read_done.connect(self._show_strays)
        self.table.current_changed.connect(self._show_current)
        self.model.read_done.connect(self._show)
        self.model.unread.connect(self._unread)
        self.model.decided.connect(self._decided)
        self.model.failed.connect(self._failed)

    def _stacks(self) -> dict[str, ListStack]:
        return {WAITING: self.stack, SETTLED: self.past, STRAYS: self.strays.stack}

    def _card(self) -> FormCard | None:
        """The form in front, None while none is filled."""
        if self.tabs.current() == STRAYS:
            return None if self.strays.card.shown is None else self.strays.card
        return None if self.card.shown is None else self.card

    def _read(self) -> None:
        self.model.read()
        self.strays.model.read()

    def _front(self) -> TableView:
        return {WAITING: self.table, SETTLED: self.history, STRAYS: self.strays.table}[self.tabs.current()]

    def _turn(self, code: str) -> None:
        for name, stack in self._stacks().items():
            stack.setVisible(name == code)
        self._show_current()
        self._front().setFocus()

    def _show_strays(self) -> None:
        self._count()
        self._show_current()

    def _count(self) -> None:
        self.tabs.show_counts({WAITING: len(self.model.waiting), STRAYS: len(self.strays.model.cases)})

    def _show(self) -> None:
        self.table.show_again(self.model.waiting, _key)
        self.settled.show_rows(list(self.model.settled))
        self.stack.loaded(len(self.model.waiting))
        self.past.loaded(len(self.model.settled))
        self._count()
        self._show_current()

    def _show_current(self, _row: int = -1) -> None:
        row, rows = self.table.current_row(), self.model.waiting
        self.card.show_one(rows[row] if self._first() and 0 <= row < len(rows) else None)
        self.strays.show_current()
        self.commit.setVisible(self._card() is not None)
        self.context.shell.legend_changed()

    def _first(self) -> bool:
        return self.tabs.current() == WAITING

    def _open(self, one: ContradictionView) -> None:
        """A dossier leads back here by Esc."""
        subject = Asked(one.subject, "contradictions") if one.page == "dossier" else one.subject
        self.context.shell.open_screen(one.page, subject)

    def _decide(self, secret: str) -> None:
        one = self.card.shown
        if one is not None:
            self.model.decide(DecisionForm(one.key, self.card.choice(), self.card.words.text(), secret))

    def _decided(self, words: str) -> None:
        self.card.words.fill("")
        self.context.shell.tell(words)
        self.table.setFocus()

    def _failed(self, error: BaseException) -> None:
        one = self.card.shown
        if isinstance(error, DomainError) and error.code.startswith("pin.") and one is not None:
            self.context.shell.ask_pin(tr("PIN chưa đúng"), words_of(error).sentence, self._decide)
        elif not self.card.show_error(field_of(error), words_of(error).sentence):
            self.context.shell.show_error(error)
            self.model.read()

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        for stack in (self.stack, self.past):
            stack.failed(words.title, words.remedy, self.model.read)


def _key(value: object) -> object:
    return getattr(value, "key", value)
