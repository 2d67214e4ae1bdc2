"""Officials of the unit and the acts under which they sign; at the right what F9 does to the one chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.enrolment import FoundFile
from counter_app.services.ports.founding import AccountView, CarriedAccounts
from counter_app.services.ports.officials import ActView
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.enrolment.follow import FocusFollower
from counter_app.ui.screens.founding.person_card import PersonCard
from counter_app.ui.screens.people.change_card import ChangeCard
from counter_app.ui.screens.people.delegation_card import DelegationCard, officials_in
from counter_app.ui.screens.people.end_act_card import EndActCard
from counter_app.ui.screens.people.layout import on_top
from counter_app.ui.screens.people.password_card import PasswordCard
from counter_app.ui.screens.people.rows import ActsModel, OfficialsModel
from counter_app.ui.screens.people.scans import ActScans
from counter_app.ui.screens.people.view_model import PeopleModel
from counter_app.ui.screens.people.words import ask_until, ending, ending_words, legend_of
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import CellModel, TableView
from counter_app.ui.widgets.notice import LOOK, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page

CHOICES = (
    roles.INTAKE, roles.CASHIER, roles.REGISTRAR, roles.SIGNATORY, roles.HANDLER, roles.POSTAL,
    roles.DEPUTY_DIRECTOR, roles.DIRECTOR, roles.CHAIRMAN, roles.INSPECTOR, roles.TECHNICIAN,
)  # fmt: skip
"""Roles in the order a one-stop centre fills them."""
NEW, ACT, CHANGE, PASSWORD, END_ACT = range(5)
"""Forms at the right, in the order of Ctrl+1 to Ctrl+4; the last belongs to the list of acts."""
PARTS = {Action.PART_1: NEW, Action.PART_2: ACT, Action.PART_3: CHANGE, Action.PART_4: PASSWORD}
PEOPLE, ACTS = "people", "acts"


class PeopleView(Screen):
    """F9 does what stands at the right; Ctrl+E writes the accounts for another PC, Ctrl+O reads them."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = PeopleModel(
            program.founding, program.officials, program.exchange, context.background, program.now
        )
        self.rows, self.act_rows = OfficialsModel(), ActsModel()
        self.table = TableView(self.rows, "two_line", tr("Cán bộ của đơn vị"))
        self.acts = TableView(self.act_rows, "two_line", tr("Văn bản giao ký"))
        self.stack = ListStack(self.table, StatePanel(tr("Chưa có cán bộ nào."), icon="users"))
        self.act_stack = ListStack(
            self.acts, StatePanel(tr("Chưa ghi văn bản giao ký nào."), icon="certificate")
        )
        self.tabs = TabStrip(((PEOPLE, tr("Cán bộ")), (ACTS, tr("Văn bản giao ký"))))
        self.ending = Notice("–", "", LOOK)
        self.person = PersonCard(tr("Cán bộ mới"), "1", CHOICES, two_roles=True)
        self.act, self.change = DelegationCard(program.officials.systems()), ChangeCard(CHOICES)
        self.password, self.end_act = PasswordCard(), EndActCard()
        self.cards = (self.person, self.act, self.change, self.password, self.end_act)
        self.lists, self.forms = QStackedWidget(), QStackedWidget()
        self._shown: tuple[object, object] = (None, None)
        self._committed, self._done_in = NEW, -1
        self.commit = commit_button(tr("Thêm cán bộ"), "user-plus", self.on_commit)
        self._build()
        self.scans = ActScans(self.model, self.act, context, self)
        self._chains = tuple(FocusChain(card.inputs, parent=card) for card in self.cards)
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """The name of the page."""
        return tr("Cán bộ")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page, those of the acts first while their list stands."""
        return legend_of(self.forms.currentIndex() == END_ACT, self.commit.words())

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Người đứng đầu thêm cán bộ; mỗi người tự nhập mật khẩu của mình."),
            tr("Ai ký chứng thực phải có văn bản giao ký còn hiệu lực, kể cả Chủ tịch."),
            tr("Máy khác của xã: Ctrl+E ghi tệp tài khoản ra USB, nhập ở trang đầu của máy đó."),
            tr("Quên mật khẩu: người đó nhập mật khẩu mới tại đây (Ctrl+4), lãnh đạo xác nhận."),
            tr("Máy đã có người dùng: Ctrl+O nhập tệp tài khoản từ máy khác."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the lists."""
        self.stack.loading()
        self.model.read()
        self._first_field().edit.setFocus()

    def on_commit(self) -> None:
        """F9: whatever stands at the right, for the one chosen."""
        place, chosen, act = self.forms.currentIndex(), self._chosen(), self._chosen_act()
        self._committed = place
        if place == NEW:
            self.person.clear_errors()
            self.model.add(self.person.form())
        elif place == END_ACT:
            self._commit_end(act)
        elif chosen is not None:
            self._commit_to(place, chosen)

    def on_action(self, action: Action) -> bool:
        """Forms, lists, Alt+Enter (here today or not), Ctrl+D (the act that follows), Ctrl+E, Ctrl+O, Ctrl+P
        (accounts, the scan of an act), F5.
        """
        if action in PARTS:
            self._turn(PARTS[action])
        elif action in (Action.TAB_1, Action.TAB_2):
            self.tabs.choose(0 if action is Action.TAB_1 else 1)
        elif action is Action.SEEN and (one := self._chosen()) is not None:
            self._mark(one)
        elif action is Action.DUPLICATE_ROW:
            self._renew()
        elif action is Action.EXPORT:
            self.model.write_accounts()
        elif action is Action.OPEN_EXISTING:
            self._open()
        elif action is Action.PREVIEW:
            self.scans.look(self._chosen_act() if self.lists.currentIndex() else None)
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

    def _commit_to(self, place: int, chosen: AccountView) -> None:
        """An act, a change or a new password of the official chosen."""
        if place == ACT:
            self.act.clear(errors_only=True)
            if (form := self.act.form(chosen)) is not None:
                self.model.record(form)
        elif place == CHANGE:
            self.change.clear_errors()
            self.model.change(self.change.form(chosen), chosen.name)
        else:
            self.password.clear_errors()
            self.model.replace_password(self.password.form(chosen), chosen.name)

    def _commit_end(self, act: ActView | None) -> None:
        self.end_act.clear_errors()
        form = None if act is None else self.end_act.form(act)
        if act is not None and form is not None:
            self.model.end_act(form, act.act_number)

    def _open(self) -> None:
        """Ctrl+O: the scan of the act that is written or lacks it here, else a file of accounts."""
        act = self._chosen_act() if self.lists.currentIndex() else None
        if self.forms.currentIndex() == ACT:
            self.scans.choose_for_form()
        elif act is None or not self.scans.bring(act):
            self.model.find_files()

    def _mark(self, one: AccountView) -> None:
        """Here at once; away asks until when, so that every counter proposes him again in time."""
        if one.on_duty:
            ask_until(self.context.shell, one.name, lambda until: self.model.mark_away(one, until))
        else:
            self.model.mark_present(one)

    def _renew(self) -> None:
        """The act that follows the one chosen, or the first that ends: its official is chosen too."""
        act = self._chosen_act() if self.lists.currentIndex() else next(iter(ending(self.model.acts)), None)
        place = next((n for n, one in enumerate(self.model.rows) if act and one.official == act.official), -1)
        if act is None or place < 0:
            self.context.shell.tell(tr("Chọn văn bản (phím 2) rồi nhấn Ctrl+D."))
            return
        self.table.go_to(place)
        self._turn(ACT)
        self.act.propose(act)
        self.context.shell.tell(tr("Ghi số và ngày của văn bản mới rồi nhấn F9."))

    def _turn(self, place: int) -> None:
        """Another form comes; what stands half typed in this one waits, except passwords."""
        if place != PASSWORD:
            self.password.clear()
        self.forms.setCurrentIndex(place)
        self._show_list(ACTS if place == END_ACT else PEOPLE)
        words = (
            (tr("Thêm cán bộ"), "user-plus"), (tr("Ghi văn bản"), "certificate"),
            (tr("Ghi thay đổi"), "user-check"), (tr("Thay mật khẩu"), "key"),
            (tr("Kết thúc văn bản"), "certificate-off"),
        )  # fmt: skip
        self.commit.show_words(*words[place])
        self._first_field().edit.setFocus()
        self.context.shell.legend_changed()

    def _first_field(self) -> Field:
        """Of the form that stands."""
        first = (
            self.person.name, self.act.act_number, self.change.title_line, self.password.new, self.end_act.on,
        )  # fmt: skip
        return first[self.forms.currentIndex()]

    def _show_list(self, code: str) -> None:
        if self.tabs.current() != code:
            self.tabs.blockSignals(True)
            self.tabs.choose(code)
            self.tabs.blockSignals(False)
        self.lists.setCurrentIndex(0 if code == PEOPLE else 1)
        self._bring.show_cap(None if code == PEOPLE else False)  # there Ctrl+O brings the scan of an act

    def _tab(self, code: str) -> None:
        self._turn(END_ACT if code == ACTS else NEW)
        (self.acts if code == ACTS else self.table).setFocus()

    def _chosen(self) -> AccountView | None:
        return officials_in(self.model.rows, self.table.current_row())

    def _chosen_act(self) -> ActView | None:
        place = self.acts.current_row()
        return self.model.acts[place] if 0 <= place < len(self.model.acts) else None

    def _show_chosen(self, done: int = -1) -> None:
        """The forms speak of the one chosen; what was typed for somebody else goes.

        For the same one everything typed stays, except in the form that was ``done``: it starts anew.
        """
        chosen, act = self._chosen(), self._chosen_act()
        official, delegation = self._shown
        self._shown = (chosen and chosen.official, act and act.delegation)
        other = self._shown[0] != official
        if other or (done == CHANGE and not self.act.signs_as.edit.isModified()):  # his title may be new
            self.act.show_official(chosen)
        if other or done == CHANGE:
            self.change.show_official(chosen)
        if other or done == PASSWORD:
            self.password.show_official(chosen)
        if done == END_ACT or self._shown[1] != delegation:
            self.end_act.show_act(act, self.model.today)

    def _show(self) -> None:
        official, delegation = self._shown
        _renew(self.table, self.rows, self.model.rows, [one.official for one in self.model.rows], official)
        _renew(
            self.acts, self.act_rows, self.model.acts, [one.delegation for one in self.model.acts], delegation
        )
        self.stack.loaded(len(self.model.rows))
        self.act_stack.loaded(len(self.model.acts))
        self.tabs.show_counts({PEOPLE: len(self.model.rows), ACTS: len(self.model.acts)})
        soon = ending(self.model.acts)
        self.ending.setVisible(bool(soon))
        if soon:
            self.ending.show_words(*ending_words(soon))
        done, self._done_in = self._done_in, -1
        self._show_chosen(done)

    def _added(self, name: str) -> None:
        for field in self.person.fields().values():
            field.fill("")
        self.person.more.setCurrentIndex(0)
        self.context.shell.tell(tr("Đã thêm {name}.").format(name=name))
        self.person.name.edit.setFocus()

    def _recorded(self, number: str) -> None:
        self.act.clear()
        self.act.show_official(self._chosen())  # his next act proposes his title again
        self.context.shell.tell(tr("Đã ghi văn bản số {number}.").format(number=number))

    def _written(self, file: CarriedAccounts) -> None:
        words = tr("Đã ghi {n} tài khoản vào {path}.").format(n=file.count, path=file.path)
        self.context.shell.tell(words)

    def _choose_file(self, files: tuple[FoundFile, ...]) -> None:
        """One of what lies on the sticks, or a path typed."""
        choices = tuple((one.path, f"{one.name} · {one.place}") for one in files[:9])
        self.context.shell.ask_reason(
            tr("Nhập tệp tài khoản"),
            choices,
            lambda path, typed: self.model.take(typed or path),
            words=tr("Tệp do máy khác của xã ghi (Ctrl+E). Không thấy tệp thì ghi đường dẫn."),
            commit_words=tr("Nhập tệp"),
        )

    def _brought(self, count: int) -> None:
        words = tr("Đã nhận {n} tài khoản. Mỗi người vào bằng mật khẩu của mình.").format(n=count)
        self.context.shell.tell(words if count else tr("Tệp không có tài khoản nào mới cho máy này."))

    def _done(self, words: str) -> None:
        """The form is read anew with what it changed."""
        self._done_in = self._committed
        self.context.shell.tell(words)
        self.model.read()

    def _failed(self, error: BaseException) -> None:
        field, words = field_of(error) or "", words_of(error).sentence
        if not self.cards[self.forms.currentIndex()].take_error(field, words):
            self.context.shell.show_error(error)

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.added.connect(self._added)
        model.recorded.connect(self._recorded)
        model.written.connect(self._written)
        model.brought.connect(self._brought)
        model.files_read.connect(self._choose_file)
        model.done.connect(self._done)
        model.failed.connect(self._failed)
        self.tabs.chosen.connect(self._tab)
        for table in (self.table, self.acts):
            table.current_changed.connect(lambda _row: self._show_chosen())

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(440)
        listed = Card("", flush=True)
        carry = Button(tr("Ghi tệp tài khoản"), "usb", "Ctrl E", on_click=self.model.write_accounts)
        self._bring = Button(tr("Nhập tệp"), "download", "Ctrl O", on_click=self.model.find_files)
        for stack in (self.stack, self.act_stack):
            self.lists.addWidget(stack)
        listed.add(self.tabs)
        listed.add(self.lists, 1)
        listed.add_foot(carry, self._bring).addStretch(1)
        self.ending.hide()
        main.addWidget(self.ending)
        main.addWidget(listed, 1)
        for card in self.cards:
            self.forms.addWidget(on_top(card))
        area = scrolled(self.forms)
        self._follower = FocusFollower(area)
        side.addWidget(area, 1)
        side.addWidget(self.commit)
        column.addLayout(row, 1)


def _renew(
    table: TableView, model: CellModel, rows: Sequence[object], ids: Sequence[object], chosen: object
) -> None:
    """Rows read again; whoever was chosen stays chosen, wherever he stands now. The same rows: nothing."""
    if list(rows) == list(model.rows()):
        return
    table.blockSignals(True)
    model.show_rows(rows)
    if chosen in ids:
        table.go_to(ids.index(chosen))
    table.blockSignals(False)
