"""*Báo sự cố*: tell the technicians what happened, read what they answer, see what they ask of this PC."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from counter_app.services.ports.tickets import TicketDone, TicketForm, TicketView
from counter_app.ui import formatting
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.technician.ticket_model import TicketsModel
from counter_app.ui.screens.technician.ticket_rows import AfarRows, TicketRows
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import LOOK, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label

MOST_TYPED = 900
AREAS = frozenset({"tickets", "received", "sync"})


class TicketsPage(Screen):
    """Tickets at the left with the words of the current one, a new one at the right; F9 sends it."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = TicketsModel(context.program.tickets, context.background)
        self.rows, self.afar = TicketRows(), AfarRows()
        self.table = TableView(self.rows, "two_line", tr("Phiếu báo sự cố"))
        empty = StatePanel(tr("Chưa có phiếu nào."), tr("Máy hỏng gì thì ghi ở bên phải rồi F9."), "lifebuoy")
        self.stack = ListStack(self.table, empty)
        self.afar_table = TableView(self.afar, "two_line", tr("Tỉnh nhờ máy này"))
        self.afar_card = Card(tr("Tỉnh nhờ máy này"), flush=True)
        self.detail = label("", "body", "", wrap=True)
        self.detail_card = Card(tr("Lời báo và trả lời"))
        self.doing = Field(tr("Đang làm gì"), hint=tr("in lời chứng cho 3 bản sao"))
        self.happened = Field(tr("Chuyện gì xảy ra, máy báo gì"), hint=tr("máy in kẹt giấy, báo mã E05"))
        self.support = label("", "caption", "text2", wrap=True)
        self.commit = commit_button(tr("Gửi phiếu báo sự cố"), "send", self.on_commit)
        self.bundle = Button(tr("Lưu gói chẩn đoán ra tệp …"), "download", on_click=self._choose_folder)
        self._screen = ""
        self._filled = False
        self._build()
        self._chain = FocusChain((self.doing, self.happened, self.commit), parent=self)
        self._listen()

    def title(self) -> str:
        """The name of the page."""
        return tr("Báo sự cố")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        return (KeyHint("F5", tr("Đọc lại")), KeyHint("F9", tr("Gửi phiếu báo sự cố")))

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Phiếu đi cùng kết quả tự kiểm tra và gói chẩn đoán của máy;"
               " không có dữ liệu công dân trong đó."),
            tr("Không có mạng: phiếu tự gửi sau, máy in ra số phiếu và số điện thoại để gọi."),
            tr("Mang bằng USB: phiếu đi, gói chẩn đoán ở lại đến khi có mạng; cần ngay thì lưu gói ra tệp."),
            tr("Tỉnh trả lời thì lời trả lời hiện ở đây và ở Bàn làm việc."),
        )  # fmt: skip

    def on_shown(self, argument: object) -> None:
        """Reads; ``argument`` is the name of the page whoever comes here came from."""
        if isinstance(argument, str) and argument:
            self._screen = argument
        self.stack.loading()
        self.model.read()
        self.doing.edit.setFocus()

    def on_hidden(self) -> None:
        """What is typed stays."""
        self._keep()

    def on_commit(self) -> None:
        """F9: the ticket goes."""
        for field in (self.doing, self.happened):
            field.show_error("")
        self.model.open_ticket(self._form())

    def on_action(self, action: Action) -> bool:
        """F5 reads again."""
        if action is Action.REFRESH:
            self.model.read()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """An answer or a request came."""
        if areas & AREAS:
            self.model.read()

    def _form(self) -> TicketForm:
        words = "\n".join(part for part in (self.doing.text(), self.happened.text()) if part)
        return TicketForm(self._screen, words)

    def _keep(self) -> None:
        if self.doing.edit.isModified() or self.happened.edit.isModified():
            self.model.keep_draft(self._form())

    def _show(self) -> None:
        view = self.model.view
        self.rows.show_rows(view.tickets)
        self.stack.loaded(len(view.tickets))
        self.afar.show_rows(view.afar)
        self.afar_card.setVisible(bool(view.afar))
        if view.tickets and self.table.current_row() < 0:
            self.table.go_to(0)
        self._show_current()
        support = view.support or tr("chưa ghi (trang Cài đặt)")
        self.support.setText(tr("Gọi hỗ trợ: {support}").format(support=support))
        if not self._filled and view.draft is not None:
            first, _, rest = view.draft.words.partition("\n")
            self.doing.fill(first)
            self.happened.fill(rest)
            self._screen = self._screen or view.draft.screen
        self._filled = True

    def _show_current(self) -> None:
        row = self.table.current_row()
        found = self.rows.rows()
        shown = 0 <= row < len(found)
        self.detail_card.setVisible(shown)
        if shown:
            self.detail.setText(_words(found[row]))

    def _row_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_current()

    def _opened(self, done: TicketDone) -> None:
        for field in (self.doing, self.happened):
            field.fill("")
            field.edit.setModified(False)
        self.context.shell.tell(done.words, seconds=12.0)
        self.table.setFocus()

    def _told(self, path: str) -> None:
        self.context.shell.tell(tr("Gói chẩn đoán nằm ở {path}").format(path=path), seconds=12.0)

    def _refused(self, error: BaseException) -> None:
        if getattr(error, "field", None) == "words":
            self.happened.show_error(words_of(error).sentence)
            self.happened.edit.setFocus()
        else:
            self.context.shell.show_error(error)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    def _busy(self) -> None:
        self.commit.setEnabled(not self.model.busy)
        self.bundle.setEnabled(not self.model.busy)
        if self.model.busy:
            self.context.shell.tell(tr("Đang tự kiểm tra và gói lại …"))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Lưu gói chẩn đoán vào"))
        if folder:
            self.model.write_bundle(folder)

    def _listen(self) -> None:
        self.model.changed.connect(self._show)
        self.model.opened.connect(self._opened)
        self.model.told.connect(self._told)
        self.model.refused.connect(self._refused)
        self.model.failed.connect(self._unread)
        self.model.busy_changed.connect(self._busy)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        for field in (self.doing, self.happened):
            field.left.connect(self._keep)

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(420)
        left = Card(tr("Phiếu của đơn vị"), flush=True)
        left.add(self.stack, 1)
        main.addWidget(left, 3)
        self.detail_card.add(scrolled(self.detail), 1)
        self.detail_card.hide()
        main.addWidget(self.detail_card, 2)
        self.afar_card.add(self.afar_table, 1)
        self.afar_card.hide()
        main.addWidget(self.afar_card, 2)
        card, inner = Card(tr("Phiếu mới")), QVBoxLayout()
        inner.setSpacing(9)
        warning = Notice(
            tr("Không ghi tên, số định danh, địa chỉ của công dân."),
            tr("Người đọc là kỹ thuật viên. Cần nói về một hồ sơ thì ghi mã hồ sơ."), LOOK,
        )  # fmt: skip
        effect = label(
            tr("F9: máy tự kiểm tra, gói số liệu máy (không có dữ liệu công dân) và gửi cùng phiếu."),
            "caption", "text2", wrap=True,
        )  # fmt: skip
        parts: tuple[QWidget, ...] = (
            warning, self.doing, self.happened, effect, self.commit, self.support, self.bundle,
        )  # fmt: skip
        for part in parts:
            inner.addWidget(part)
        for field in (self.doing, self.happened):
            field.edit.setMaxLength(MOST_TYPED)
        card.add(inner)
        side.addWidget(card)
        side.addStretch(1)
        column.addLayout(row, 1)


def _words(one: TicketView) -> str:
    told = [one.words]
    for at, words in one.answers:
        told.append(tr("Tỉnh, {moment}: {words}").format(moment=formatting.day_and_time(at), words=words))
    return "\n".join(told)
