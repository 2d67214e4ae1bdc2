"""Officials of the unit: the list, a new one (Ctrl+1), an act that lets one sign (Ctrl+2)."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.founding import AccountView, CarriedAccounts
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.enrolment.follow import FocusFollower
from counter_app.ui.screens.founding.person_card import PersonCard
from counter_app.ui.screens.people.delegation_card import DelegationCard, officials_in
from counter_app.ui.screens.people.rows import OfficialsModel
from counter_app.ui.screens.people.view_model import PeopleModel
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.scrolled import scrolled
from counter_app.ui.widgets.states import ListStack, StatePanel
from counter_app.ui.widgets.table import TableView

CHOICES = (
    roles.INTAKE, roles.CASHIER, roles.REGISTRAR, roles.SIGNATORY, roles.HANDLER, roles.POSTAL,
    roles.DEPUTY_DIRECTOR, roles.DIRECTOR, roles.CHAIRMAN, roles.INSPECTOR, roles.TECHNICIAN,
)  # fmt: skip
"""Roles in the order a one-stop centre fills them."""


class PeopleView(Screen):
    """F9 records what stands at the right; Ctrl+E writes the accounts for another PC of the unit."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = PeopleModel(context.program.founding, context.program.exchange, context.background)
        self.rows = OfficialsModel()
        self.table = TableView(self.rows, "two_line", tr("Cán bộ của đơn vị"))
        self.stack = ListStack(self.table, StatePanel(tr("Chưa có cán bộ nào."), icon="users"))
        self.person = PersonCard(tr("Cán bộ mới"), "1", CHOICES, two_roles=True)
        self.act = DelegationCard()
        self.forms = QStackedWidget()
        self.commit = commit_button(tr("Thêm cán bộ"), "user-plus", self.on_commit)
        self._build()
        self._chains = (
            FocusChain(self.person.inputs, parent=self.person),
            FocusChain(self.act.inputs, parent=self.act),
        )
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """The name of the page."""
        return tr("Cán bộ")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        return (
            KeyHint("↑ ↓", tr("Chọn người")),
            KeyHint("Ctrl 1", tr("Cán bộ mới")),
            KeyHint("Ctrl 2", tr("Văn bản giao ký")),
            KeyHint("Ctrl E", tr("Ghi tệp tài khoản")),
            KeyHint("F9", self.commit.words()),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Người đứng đầu thêm cán bộ; mỗi người tự nhập mật khẩu của mình."),
            tr("Ai ký chứng thực phải có văn bản giao ký còn hiệu lực, kể cả Chủ tịch."),
            tr("Máy khác của xã: Ctrl+E ghi tệp tài khoản ra USB, nhập ở trang đầu của máy đó."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the list."""
        self.stack.loading()
        self.model.read()
        self.person.name.edit.setFocus()

    def on_commit(self) -> None:
        """F9: the official or the act, whichever stands at the right."""
        if self.forms.currentIndex() == 0:
            self.person.clear_errors()
            self.model.add(self.person.form())
            return
        chosen = self._chosen()
        self.act.clear(errors_only=True)
        form = None if chosen is None else self.act.form(chosen)
        if form is not None:
            self.model.record(form)

    def on_action(self, action: Action) -> bool:
        """Ctrl+1, Ctrl+2 turn the form; Ctrl+E writes the accounts; F5 reads again."""
        if action in (Action.PART_1, Action.PART_2):
            self._turn(0 if action is Action.PART_1 else 1)
        elif action is Action.EXPORT:
            self.model.write_accounts()
        elif action is Action.REFRESH:
            self.model.read()
        else:
            return False
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Officials or acts came."""
        if areas & {"people", "received"}:
            self.model.read()

    # --- inside ---

    def _turn(self, place: int) -> None:
        self.forms.setCurrentIndex(place)
        self.commit.show_words(tr("Ghi văn bản") if place else tr("Thêm cán bộ"))
        self.act.show_official(self._chosen())
        (self.act.act_number if place else self.person.name).edit.setFocus()
        self.context.shell.legend_changed()

    def _chosen(self) -> AccountView | None:
        return officials_in(self.model.rows, self.table.current_row())

    def _show(self) -> None:
        self.rows.show_rows(self.model.rows)
        self.stack.loaded(len(self.model.rows))
        self.act.show_official(self._chosen())

    def _added(self, name: str) -> None:
        for field in self.person.fields().values():
            field.fill("")
        self.person.more.setCurrentIndex(0)
        self.context.shell.tell(tr("Đã thêm {name}.").format(name=name))
        self.person.name.edit.setFocus()

    def _recorded(self, number: str) -> None:
        self.act.clear()
        self.context.shell.tell(tr("Đã ghi văn bản số {number}.").format(number=number))

    def _written(self, file: CarriedAccounts) -> None:
        words = tr("Đã ghi {n} tài khoản vào {path}.").format(n=file.count, path=file.path)
        self.context.shell.tell(words)

    def _failed(self, error: BaseException) -> None:
        field, words = field_of(error) or "", words_of(error).sentence
        form = self.person if self.forms.currentIndex() == 0 else self.act
        if not form.take_error(field, words):
            self.context.shell.show_error(error)

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.added.connect(self._added)
        model.recorded.connect(self._recorded)
        model.written.connect(self._written)
        model.failed.connect(self._failed)
        self.table.current_changed.connect(lambda _row: self.act.show_official(self._chosen()))

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(440)
        listed = Card(tr("Cán bộ của đơn vị"), flush=True)
        carry = Button(tr("Ghi tệp tài khoản"), "usb", "Ctrl E", on_click=self.model.write_accounts)
        listed.add_to_head(carry)
        listed.add(self.stack, 1)
        main.addWidget(listed, 1)
        for card in (self.person, self.act):
            self.forms.addWidget(_on_top(card))
        area = scrolled(self.forms)
        self._follower = FocusFollower(area)
        side.addWidget(area, 1)
        side.addWidget(self.commit)
        column.addLayout(row, 1)


def _on_top(card: QWidget) -> QWidget:
    held = QWidget()
    held.setObjectName("plain")
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 6, 0)
    column.addWidget(card)
    column.addStretch(1)
    return held
