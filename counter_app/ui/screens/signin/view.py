"""The sign-in page: who sits here, and his PIN or password. Typing a name chooses the person."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.session import Session
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.signin.box import SecretBox
from counter_app.ui.screens.signin.doorplate import Doorplate
from counter_app.ui.screens.signin.opening import OpeningCard
from counter_app.ui.screens.signin.pin_card import PinCard
from counter_app.ui.screens.signin.recovery import RecoveryCard
from counter_app.ui.screens.signin.rows import PeopleModel
from counter_app.ui.screens.signin.view_model import SignInModel
from counter_app.ui.shell.legend import Legend
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import LOOK, Notice
from counter_app.ui.widgets.screen import Screen, SideColumn
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId

NAME_PAUSE_KEYS = 24
UNANSWERED_MS = 120_000
"""The question about a PIN stands this long; then the counter is locked as before the password."""
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class _CardColumn(SideColumn):
    """As high as its card needs at its width, wrapped words included: a low window cuts no field."""

    def minimumSizeHint(self) -> QSize:
        """Width of the column, least height of what is shown."""
        layout = self.layout()
        if layout is None:
            return super().minimumSizeHint()
        return QSize(self.minimumWidth(), layout.totalMinimumHeightForWidth(self.minimumWidth()))


class SignInView(Screen):
    """Up and down or a typed name choose; Enter opens. Nothing else can be done here."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; people are read when it is shown."""
        super().__init__(context)
        program = context.program
        self.model = SignInModel(program.session, program.exchange, context.background, program.now)
        self.plate, self.legend_bar = Doorplate(context.counter), Legend()
        self.rows, self.box, self.opening = PeopleModel(), SecretBox(), OpeningCard()
        self.pin, self.recovery = PinCard(), RecoveryCard()
        self.table = TableView(self.rows, "two_line", tr("Ai đang ngồi ở quầy?"))
        self.stack = ListStack(self.table, StatePanel(tr("Chưa có tài khoản trên máy này."), icon="users"))
        self.clock = self._clock_notice()
        for card in (self.opening, self.recovery, self.pin):
            card.hide()
        self._unanswered = QTimer(self)
        self._unanswered.setSingleShot(True)
        self._unanswered.setInterval(UNANSWERED_MS)
        self._typed = ""
        self._refused_for: EntryId | None = None
        self._build()
        self._listen()
        self.legend_bar.show_hints(self.legend())

    # --- what the shell asks ---

    def title(self) -> str:
        """The heading of the page."""
        return tr("Màn hình đang khóa")

    def legend(self) -> tuple[KeyHint, ...]:
        """The few keys of this page."""
        return (
            KeyHint("↑ ↓", tr("Chọn người")),
            KeyHint("Enter", tr("Mở khóa")),
            KeyHint("Tab", tr("Ô, nút kế tiếp")),
        )

    def on_shown(self, argument: object) -> None:
        """Reads people and line; focus goes to the input of the last one."""
        self.stack.loading()
        self.model.read()

    def on_commit(self) -> None:
        """F9 opens a locked account or sets a PIN; signing in is Enter, because it writes no act."""
        if self.opening.isVisible():
            self.opening.commit()
        elif self.recovery.isVisible():
            self.recovery.commit()
        elif self.pin.isVisible():
            self.pin.commit()

    def on_escape(self) -> bool:
        """Puts the card at the right aside; there is nowhere else to go."""
        if self.pin.isVisible():
            self.model.put_pin_off()
            return True
        self._show_card(self.box)
        return True

    def on_scan(self, code: str) -> bool:
        """A scan on a covered screen does nothing."""
        return True

    def on_action(self, action: Action) -> bool:
        """Alt+Enter confirms the clock."""
        if action is Action.SEEN and self.clock.isVisible():
            self.model.confirm_date()
            return True
        return False

    # --- building ---

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._work(), 1)
        right.addWidget(self.legend_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.plate)
        row.addLayout(right, 1)

    def _work(self) -> QWidget:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(44, 24, 44, 20)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(label(self.title(), "kpi"))
        self.promise = label(tr("Việc đang làm được giữ nguyên cho từng người."), "body", "text2")
        column.addWidget(self.promise)
        self.promise.setHidden(not self.clock.isHidden())  # at 130 % there is no room for both
        cards = QHBoxLayout()
        cards.setSpacing(18)
        people = Card(tr("Ai đang ngồi ở quầy?"), role="h2", flush=True)
        people.add_to_head(label(tr("↑↓ chọn · gõ tên để tìm"), "caption", "text2"))
        people.add(self.stack, 1)
        cards.addWidget(people, 1)
        side = _CardColumn(350)
        column_of_side = QVBoxLayout(side)
        column_of_side.setContentsMargins(0, 0, 0, 0)
        for card in (self.box, self.opening, self.recovery, self.pin):
            column_of_side.addWidget(card)
        cards.addWidget(side)
        column.addLayout(cards, 8)
        column.addWidget(self.clock)
        column.addStretch(1)
        return work

    def _clock_notice(self) -> Notice:
        question = self.context.counter.clock_question
        notice = Notice(question, tr("Sai thì sửa giờ của máy rồi mở lại chương trình."), LOOK)
        notice.add_right(Button(tr("Đúng"), "check", "Alt Enter", on_click=self.model.confirm_date))
        notice.setVisible(bool(question))
        return notice

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.chosen_changed.connect(self._show_chosen)
        model.opened.connect(self.context.shell.signed_in)
        model.refused.connect(self._refused)
        model.pin_offered.connect(self._offer_pin)
        model.pin_refused.connect(self._pin_refused)
        self._unanswered.timeout.connect(model.lock_again)
        model.locked_again.connect(self._pin_unanswered)
        self.pin.given.connect(model.set_pin)
        self.pin.left.connect(model.put_pin_off)
        model.confirmed.connect(self.clock.hide)
        model.confirmed.connect(self.promise.show)
        model.account_opened.connect(self._account_opened)
        self.box.given.connect(model.sign_in)
        self.box.password_asked.connect(model.ask_password)
        self.box.supervisor_asked.connect(lambda: self._show_card(self.opening))
        self.box.recovery_asked.connect(lambda: self._show_card(self.recovery))
        self.opening.given.connect(model.open_locked)
        self.recovery.given.connect(model.recover)
        for card in (self.opening, self.recovery):
            card.left.connect(lambda: self._show_card(self.box))
        self.table.current_changed.connect(model.choose)
        for widget in (self.table, self.box.pin, self.box.password.edit, self.box.supervisor):
            widget.installEventFilter(self)

    # --- keys: the arrows move the list from wherever typing goes ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose; letters in the PIN box or list search a name (a password takes its letters)."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
            return True
        if watched is self.table and (event.text().isdigit() or event.key() in _ENTERS):
            self.box.input().setFocus()
            return not event.text().isdigit() or self.box.take(event.text())
        if watched is self.box.password.edit or not event.text().isalpha():
            self._typed = ""
            return False
        self._typed = (self._typed + event.text())[-NAME_PAUSE_KEYS:]
        self.table.setFocus()
        if not self.model.choose_by_name(self._typed):
            self._typed = event.text()
            self.model.choose_by_name(self._typed)
        return True

    def _step(self, by: int) -> None:
        people = self.model.people()
        self._typed = ""
        if people:
            here = next((i for i, one in enumerate(people) if one == self.model.chosen), 0)
            self.model.choose(min(max(here + by, 0), len(people) - 1))

    # --- showing ---

    def _show(self) -> None:
        door = self.model.door
        if door is None:
            return
        self.plate.show_now(door.now)
        self.plate.show_line(door.line)
        self.table.blockSignals(True)  # a list read again chooses nobody
        self.rows.show_rows(door.people)
        self.table.blockSignals(False)
        self.stack.loaded(len(door.people))
        self._point()

    def _show_chosen(self) -> None:
        wrong, chosen = self.box.wrong(), self.model.chosen
        self.box.show_person(chosen, self.model.needs())
        if chosen is not None and chosen.official == self._refused_for:
            self.box.show_wrong(wrong)
        self._point()
        if self.box.isVisible() and not self._typed:
            self.box.input().setFocus()

    def _point(self) -> None:
        people = self.model.people()
        for index, person in enumerate(people):
            if person == self.model.chosen and self.table.current_row() != index:
                self.table.go_to(index)

    def _refused(self, error: BaseException) -> None:
        words = words_of(error).sentence
        for card in (self.opening, self.recovery):
            if card.isVisible():
                card.show_wrong(words)
                return
        self._refused_for = self.model.chosen.official if self.model.chosen is not None else None
        self.box.refuse(words)

    def _offer_pin(self, session: Session) -> None:
        """The one who gave his password stays the one chosen until he answers."""
        self.table.setEnabled(False)
        for card in (self.box, self.opening, self.recovery):
            card.hide()
        self.pin.show()
        self.pin.ask(session.name, has_pin=session.has_pin)
        self._unanswered.start()

    def _pin_unanswered(self) -> None:
        self.pin.hide()
        self.table.setEnabled(True)
        self.box.show()
        self._show_chosen()

    # A model keeps whatever a lambda on its signals holds, and a page beside its model would never go.

    def _pin_refused(self, error: BaseException) -> None:
        self.pin.refuse(field_of(error) or "", words_of(error).sentence)

    def _account_opened(self) -> None:
        self._show_card(self.box)

    def _show_card(self, card: SecretBox | OpeningCard | RecoveryCard) -> None:
        """One card stands at the right; what needs somebody chosen gives way to the box."""
        chosen = self.model.chosen
        comes = card if chosen is not None else self.box
        for other in (self.box, self.opening, self.recovery):
            other.setVisible(False)  # first: a window that grew for two would not shrink again
        comes.show()
        if chosen is None or isinstance(comes, SecretBox):
            self.box.input().setFocus()
        else:
            comes.ask(chosen, self.model.people())
