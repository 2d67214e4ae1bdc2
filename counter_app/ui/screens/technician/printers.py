"""Which printer each kind of paper goes to; the test page shows what a printer cuts and shifts."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.ui.actions import Action
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.technician.rows import PrintersListModel, RolesModel
from counter_app.ui.screens.technician.view_model import PrintersModel
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_banner
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label


class PrintersView(Screen):
    """Kinds of paper at the left, printers at the right; F9 joins the two current lines."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = PrintersModel(program.technician, program.papers, context.background)
        self.may_act = context.may(roles.MANAGE_DEVICES)
        self.role_rows, self.printer_rows = RolesModel(), PrintersListModel()
        self.role_table = TableView(self.role_rows, "two_line", tr("Loại giấy"))
        self.printer_table = TableView(self.printer_rows, "normal", tr("Máy in của máy này"))
        empty = StatePanel(
            tr("Máy này chưa có máy in nào."),
            tr("Cài máy in trong hệ điều hành, rồi nhấn F5. Hoặc gõ “folder:” và một thư mục để ghi PDF."),
            "printer-off",
        )
        self.stack = ListStack(self.printer_table, empty)
        self.name = Field(tr("Máy in được chọn"), hint=tr("Chọn ở trên, hoặc gõ tên"))
        self.effect = label("", "caption", "text2", wrap=True)
        self.commit = commit_button(tr("Dùng máy in này"), "check", self.on_commit)
        self.try_page = Button(tr("In trang thử"), "printer", "Ctrl P", on_click=self._test_page)
        self._build()
        self._listen()

    def title(self) -> str:
        """The name of the page."""
        return tr("Máy in")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        hints = (
            KeyHint("↑ ↓", tr("Chọn")),
            KeyHint("Enter", tr("Sang máy in")),
            KeyHint("F5", tr("Đọc lại")),
        )
        if not self.may_act:
            return hints
        return (*hints, KeyHint("Ctrl P", tr("In trang thử")), KeyHint("F9", tr("Dùng máy in này")))

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Mỗi loại giấy có một máy in; chưa chọn thì các loại khổ lớn dùng máy in giấy A4."),
            tr("Phiếu 80 mm phải chọn riêng."),
            tr("Trang thử có dấu chồng, thước milimét, khung biên và mã để thử máy quét."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads both lists."""
        self.stack.loading()
        self.model.read()
        self.role_table.setFocus()

    def on_commit(self) -> None:
        """F9: the current kind of paper gets the named printer."""
        row = self.role_table.current_row()
        if not self.may_act or not 0 <= row < len(self.model.roles):
            return
        if not self.name.text():
            self.name.show_error(tr("Chọn một máy in."))
            self.name.edit.setFocus()
            return
        self.name.show_error("")
        self.model.choose(self.model.roles[row].role, self.name.text())

    def on_escape(self) -> bool:
        """From the right column back to the left one."""
        if self.role_table.hasFocus():
            return False
        self.role_table.setFocus()
        return True

    def on_action(self, action: Action) -> bool:
        """Enter goes over to the printers, Ctrl+P prints the test page, F5 reads again."""
        if action is Action.REFRESH:
            self.model.read()
            return True
        if action is Action.PREVIEW:
            self._test_page()
            return True
        if action is Action.OPEN:
            (self.printer_table if self.model.printers else self.name.edit).setFocus()
            return True
        return False

    def _listen(self) -> None:
        self.model.changed.connect(self._show)
        self.model.told.connect(self.context.shell.tell)
        self.model.failed.connect(self.context.shell.show_error)
        self.role_table.current_changed.connect(self._role_changed)
        self.printer_table.current_changed.connect(self._printer_changed)
        self.name.edit.textChanged.connect(lambda _text: self._say_effect())

    def _show(self) -> None:
        row = max(self.role_table.current_row(), 0)
        self.role_rows.show_rows(self.model.roles)
        self.printer_rows.show_rows(self.model.printers)
        self.stack.loaded(len(self.model.printers))
        self.role_table.go_to(row)
        self._role_changed(self.role_table.current_row())

    def _role_changed(self, row: int) -> None:
        if not 0 <= row < len(self.model.roles):
            return
        chosen = self.model.roles[row].printer
        if chosen in self.model.printers:
            self.printer_table.go_to(self.model.printers.index(chosen))
        self.name.fill(chosen or (self.model.printers[0] if self.model.printers else ""))
        self._say_effect()

    def _printer_changed(self, row: int) -> None:
        if 0 <= row < len(self.model.printers) and self.printer_table.hasFocus():
            self.name.fill(self.model.printers[row])

    def _say_effect(self) -> None:
        row = self.role_table.current_row()
        if not 0 <= row < len(self.model.roles) or not self.name.text():
            self.effect.setText("")
            return
        words = tr("F9: giấy loại {paper} từ nay in ở {printer}. Bản in đang chờ không đổi.")
        self.effect.setText(words.format(paper=self.model.roles[row].words, printer=self.name.text()))

    def _test_page(self) -> None:
        if not self.may_act:
            return
        if not self.name.text():
            self.name.show_error(tr("Chọn một máy in."))
            return
        self.context.shell.tell(tr("Đang in trang thử …"))
        self.model.test_page(self.name.text())

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(392)
        left = Card(flush=True)
        left.add(self.role_table, 1)
        main.addWidget(left, 1)
        right = Card(flush=True)
        right.add(self.stack, 1)
        side.addWidget(right, 1)
        side.addWidget(self._chosen())
        column.addLayout(row, 1)

    def _chosen(self) -> QWidget:
        card = Card()
        inner = QVBoxLayout()
        inner.setSpacing(8)
        if not self.may_act:
            self.name.set_read_only(True)
            inner.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("đổi máy in")))
        inner.addWidget(self.name)
        inner.addWidget(self.effect)
        inner.addWidget(self.try_page)
        inner.addWidget(self.commit)
        for button in (self.try_page, self.commit) if not self.may_act else ():
            button.hide()
        card.add(inner)
        return card
