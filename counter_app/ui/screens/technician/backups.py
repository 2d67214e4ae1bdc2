"""Backups: one now (F9), one tried as a restore (Enter). Nothing on this page touches the store itself."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from counter_app.domain.organisation import roles
from counter_app.services.ports.technician import BackupRow
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.technician.rows import BackupsTableModel, file_name, megabytes
from counter_app.ui.screens.technician.view_model import BackupsModel
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_banner
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label


class BackupsView(Screen):
    """The list, and one sentence of effect before each act."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = BackupsModel(context.program.technician, context.background)
        self.may_act = context.may(roles.MANAGE_DEVICES)
        self.rows = BackupsTableModel()
        self.table = TableView(self.rows, "two_line", tr("Sao lưu, khôi phục"))
        empty = StatePanel(
            tr("Chưa có bản sao lưu nào."),
            tr("Nhấn F9 để sao lưu ngay. Chốt quỹ ngày cũng tự sao lưu."),
            "database",
        )
        self.stack = ListStack(self.table, empty)
        self.outcome = Notice(tr("Chưa thử bản nào trên trang này"), "", icon="history")
        self.commit = commit_button(tr("Sao lưu ngay"), "database-export", self.on_commit)
        self.try_button = Button(tr("Khôi phục thử bản đang chọn"), "history", "Enter", on_click=self._try)
        self.place = Notice(tr("Nơi sao lưu"), "", icon="usb")
        self.choose_button = Button(
            tr("Chọn nơi sao lưu khác"), "folder-open", "Ctrl O", on_click=self._choose
        )
        self._build()
        self._listen()

    def title(self) -> str:
        """The name of the page."""
        return tr("Sao lưu, khôi phục")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        hints = (KeyHint("↑ ↓", tr("Chọn")), KeyHint("F5", tr("Đọc lại")))
        if not self.may_act:
            return hints
        return (
            *hints,
            KeyHint("Enter", tr("Khôi phục thử")),
            KeyHint("Ctrl O", tr("Nơi sao lưu")),
            KeyHint("F9", tr("Sao lưu ngay")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Bản sao lưu được mở lại và kiểm tra từng chuỗi, từng chữ ký ngay sau khi ghi."),
            tr("Ảnh quét và tệp đã ký nằm ở thư mục .files cạnh bản sao lưu: chép đi thì chép cả hai."),
            tr("Máy tự sao lưu mỗi giờ khi không ai thao tác, và khi chốt quỹ ngày."),
            tr("Khôi phục thử mở bản sao lưu trong một bản nháp; kho đang dùng không bị đụng tới."),
            tr("Khôi phục thật: đóng chương trình, chạy commune-counter restore. Máy mở đời mới."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the list."""
        self.stack.loading()
        self.model.read()
        self.table.setFocus()

    def on_commit(self) -> None:
        """F9: a backup now."""
        if self.may_act:
            self.context.shell.tell(tr("Đang sao lưu và kiểm tra …"))
            self.model.back_up()

    def on_action(self, action: Action) -> bool:
        """Enter tries the current one, F5 reads again."""
        if action is Action.REFRESH:
            self.model.read()
            return True
        if action is Action.OPEN:
            self._try()
            return True
        if action is Action.OPEN_EXISTING:
            self._choose()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """A backup was made elsewhere, such as at the day's closing."""
        if "backups" in areas:
            self.model.read()

    def _listen(self) -> None:
        self.model.changed.connect(self._show)
        self.model.made.connect(self._made)
        self.model.chosen.connect(self._chosen)
        self.model.told.connect(self._tried)
        self.model.failed.connect(self._failed)

    def _show(self) -> None:
        row = max(self.table.current_row(), 0)
        self.rows.show_rows(self.model.rows)
        self.stack.loaded(len(self.model.rows))
        self.table.go_to(row)
        self._show_place()
        self.try_button.disable_because("" if self.model.rows else tr("Chưa có bản sao lưu nào."))

    def _show_place(self) -> None:
        place = self.model.place
        if place is None:
            return
        title = tr("Nơi sao lưu: {path}").format(path=place.path)
        if place.trouble:
            self.place.show_words(title, place.trouble, "stop")
        elif place.same_disk:
            words = tr("Cùng ổ đĩa với kho: đĩa hỏng thì mất cả hai. Chọn USB, ổ thứ hai hoặc ổ mạng.")
            self.place.show_words(title, words, "warn", "alert-triangle")
        else:
            words = tr("Còn trống {size}.").format(size=megabytes(place.free))
            self.place.show_words(title, words, "ok", "usb")

    def _choose(self) -> None:
        """A stick, a second disk, a share."""
        if not self.may_act:
            return
        dialog = QFileDialog(self, tr("Chọn nơi sao lưu"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.model.choose)
        dialog.open()

    def _chosen(self, sentence: str) -> None:
        self.context.shell.tell(sentence)

    def _try(self) -> None:
        row = self.table.current_row()
        if self.may_act and 0 <= row < len(self.model.rows):
            name = file_name(self.model.rows[row].path)
            self.outcome.show_words(tr("Đang khôi phục thử …"), name, "primary", "history")
            self.model.try_restore(self.model.rows[row].path)

    def _made(self, row: BackupRow) -> None:
        words = tr("Đã sao lưu {size}, {n} tệp kèm, đã mở lại và kiểm tra.").format(
            size=megabytes(row.size), n=row.files
        )
        if row.faulty:
            faulty = tr("{n} tệp hỏng hoặc nơi lưu hết chỗ, chưa sao lưu được.").format(n=row.faulty)
            self.outcome.show_words(words, faulty, "warn", "alert-triangle")
        else:
            self.outcome.show_words(words, row.path, "ok", "shield-check")
        self.context.shell.tell(words)

    def _tried(self, sentence: str) -> None:
        self.outcome.show_words(tr("Khôi phục thử: đạt"), sentence, "ok", "shield-check")

    def _failed(self, error: BaseException) -> None:
        words = words_of(error)
        rest = " ".join(part for part in (words.meaning, words.remedy) if part)
        self.outcome.show_words(words.title, rest, "stop")
        self.stack.loaded(len(self.model.rows))

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(392)
        card = Card(flush=True)
        card.add(self.stack, 1)
        main.addWidget(card, 1)
        panel = Card(tr("Sao lưu của máy này"))
        for words in (
            tr("F9 ghi một bản mới, mở lại, kiểm tra từng chuỗi và chữ ký. Người dùng vẫn làm việc được."),
            tr("Enter mở bản đang chọn trong một bản nháp rồi xóa bản nháp. Kho đang dùng không đổi."),
        ):
            panel.add(label(words, "caption", "text2", wrap=True))
        panel.add(self.place)
        panel.add(self.outcome)
        panel.body.addStretch(1)
        if not self.may_act:
            panel.add(read_only_banner(ReadOnly.NO_RIGHT, tr("sao lưu, khôi phục")))
        panel.add(self.choose_button)
        panel.add(self.try_button)
        panel.add(self.commit)
        for button in (self.choose_button, self.try_button, self.commit) if not self.may_act else ():
            button.hide()
        side.addWidget(panel, 1)
        column.addLayout(row, 1)
