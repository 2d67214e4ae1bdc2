"""The self-test: one list, each line with its cure; F9 prints the acceptance minutes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.technician import (
    BROKEN,
    LOOK,
    MEND_BACKUP,
    MEND_REBUILD,
    MEND_SEND,
    UNCHECKED,
    CheckRow,
)
from counter_app.ui import formatting
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.technician.rows import ChecksModel, verdict_badge
from counter_app.ui.screens.technician.scanner_test import ScannerTest
from counter_app.ui.screens.technician.view_model import SelfTestModel
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_banner
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label

PAGES = {
    "printers": "printers", "spooler": "printers", "scanner": "scanner", "input_method": "scanner",
    "backup": "backups", "lan": "lan", "hub": "sync", "unsent": "sync", "equality": "sync",
    "standing": "sync", "parked": "sync", "proxy": "line", "certificate": "line", "tokens": "tokens",
    "unit_key": "enrolment", "year_seals": "sync",
}  # fmt: skip
"""Line of the test -> page where it is mended."""


class SelfTestView(Screen):
    """List at the left, the current line at the right; the scanner's line carries its test."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing runs before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = SelfTestModel(program.technician, context.background, program.now)
        self.may_act = context.may(roles.MANAGE_DEVICES)
        self.band = Notice(tr("Đang kiểm tra máy …"), "", "primary", "stethoscope")
        self.band.add_right(Button(tr("Kiểm tra lại"), "refresh", "F5", on_click=self._run))
        self.rows = ChecksModel()
        self.table = TableView(self.rows, "two_line", tr("Tự kiểm tra"))
        self.stack = ListStack(self.table, StatePanel(tr("Chưa kiểm tra."), tr("Nhấn F5."), "stethoscope"))
        self.test = ScannerTest()
        self.commit = commit_button(tr("In biên bản nghiệm thu"), "printer", self.on_commit)
        if not self.may_act:
            self.commit.hide()
        self.open_page = Button(
            tr("Mở trang của mục này"), "external-link", "Enter", on_click=self._open_page
        )
        self.mend_button = Button("", "tools", "Ctrl Enter", on_click=self._mend)
        column = page(self)
        column.addWidget(self.band)
        row, main, side = main_and_side(392)
        card = Card(flush=True)
        card.add(self.stack, 1)
        main.addWidget(card, 1)
        side.addWidget(self._detail(), 1)
        column.addLayout(row, 1)
        self._listen()

    def title(self) -> str:
        """The name of the page."""
        return tr("Tự kiểm tra máy")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list."""
        hints = (
            KeyHint("↑ ↓", tr("Chọn hạng mục")),
            KeyHint("Enter", tr("Mở trang")),
            KeyHint("F5", tr("Kiểm tra lại")),
        )
        if not self.may_act:
            return hints
        return (
            *hints,
            KeyHint("Ctrl Enter", tr("Chữa mục này")),
            KeyHint("Ctrl E", tr("Ghi kết quả ra USB")),
            KeyHint("F9", tr("In biên bản")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Mỗi dòng là một thứ máy này cần để làm việc, kèm cách chữa khi chưa đạt."),
            tr("Ngoại tuyến không phải là hỏng: quầy làm việc đủ khi không có mạng."),
            tr("F9 in biên bản nghiệm thu với kết quả vừa chạy lại. Trang này không đọc dữ liệu cá nhân."),
            tr("Ctrl Enter chữa mục đang chọn khi chương trình tự chữa được: sao lưu, gửi, lập lại bảng."),
            tr(
                "Ctrl E ghi kết quả vào thư mục doctor trên USB; tỉnh gộp mọi máy: commune-hub doctor-report."
            ),
        )

    def on_shown(self, argument: object) -> None:
        """Runs the list the first time; later F5 does."""
        self.table.setFocus()
        if not self.model.rows:
            self._run()
        port = self.context.program.technician
        self.context.background.run_query(
            port.scan_samples, self.test.show_samples, self._no_samples, owner=self, key="technician.samples"
        )

    def on_commit(self) -> None:
        """F9: the acceptance minutes."""
        if self.may_act:
            self.context.shell.tell(tr("Đang kiểm tra lại và in biên bản …"))
            self.model.print_minutes()

    def on_scan(self, code: str) -> bool:
        """While the scanner's line stands open, a scan is its test."""
        if not self.test.isVisible():
            return False
        self.test.recorder.end_run()
        return True

    def on_action(self, action: Action) -> bool:
        """F5 and Enter."""
        if action is Action.REFRESH:
            self._run()
            return True
        if action is Action.OPEN:
            self._open_page()
            return True
        if action is Action.COMMIT_TICKED:
            self._mend()
            return True
        if action is Action.EXPORT:
            self._choose_place()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Printers or backups changed: the lines about them are old."""
        if areas & {"printers", "backups"} and self.model.rows:
            self.model.run()

    def _listen(self) -> None:
        self.model.rows_changed.connect(self._show_rows)
        self.model.printed.connect(self.context.shell.tell)
        self.model.told.connect(self.context.shell.tell)
        self.model.mended.connect(self.context.shell.tell)
        self.model.failed.connect(self._failed)
        self.table.current_changed.connect(self._show_detail)
        self.test.passed.connect(self._scanner_passed)

    def _run(self) -> None:
        self.band.show_words(tr("Đang kiểm tra máy …"), tr("Mất vài giây."), "primary", "stethoscope")
        if not self.model.rows:
            self.stack.loading()
        self.model.run()

    def _show_rows(self) -> None:
        row = max(self.table.current_row(), 0)
        self.rows.show_rows(self.model.rows)
        self.stack.loaded(len(self.model.rows))
        self.table.go_to(row)
        self._show_detail(self.table.current_row())
        look = self.model.to_look_at()
        if not self.model.works():
            title, kind = tr("Máy này chưa làm việc được. {n} điều phải chữa hoặc xem."), "bad"
        elif look:
            title, kind = tr("Máy này làm việc được. {n} điều cần xem trước khi bàn giao."), "warn"
        else:
            title, kind = tr("Máy này làm việc được."), "ok"
        moment = tr("{date} {time}").format(
            date=formatting.date(self.model.run_at), time=formatting.time(self.model.run_at)
        )
        words = tr("{n} hạng mục, {good} đạt · {moment} · không đọc dữ liệu cá nhân").format(
            n=len(self.model.rows), good=self.model.good(), moment=moment
        )
        self.band.show_words(title.format(n=look), words, kind, "stethoscope")

    def _show_detail(self, row: int) -> None:
        if not 0 <= row < len(self.model.rows):
            return
        check: CheckRow = self.model.rows[row]
        scanning = check.code == "scanner"
        self.test.setVisible(scanning)
        self._lines.setVisible(not scanning)
        self._title.setText(check.title)
        self._badge.show_state(*verdict_badge(check.verdict))
        self._badge.show()
        self._words.setText(check.words)
        self._remedy.show_words(
            tr("Cách chữa"),
            check.remedy,
            "warn" if check.verdict in (BROKEN, LOOK, UNCHECKED) else "wait",
            "tools",
        )
        self._remedy.setVisible(bool(check.remedy))
        self.open_page.setVisible(check.code in PAGES)
        if check.mend:
            self.mend_button.show_words(_mend_words(check.mend))
        self.mend_button.setVisible(bool(check.mend) and self.may_act)

    def _open_page(self) -> None:
        row = self.table.current_row()
        if 0 <= row < len(self.model.rows) and (name := PAGES.get(self.model.rows[row].code)):
            self.context.shell.open_screen(name)

    def _mend(self) -> None:
        """Ctrl+Enter: what the current line's button says."""
        row = self.table.current_row()
        if self.may_act and 0 <= row < len(self.model.rows) and (what := self.model.rows[row].mend):
            self.context.shell.tell(_mend_words(what) + " …")
            self.model.mend(what)

    def _choose_place(self) -> None:
        """Ctrl+E: a stick for the results."""
        if not self.may_act:
            return
        dialog = QFileDialog(self, tr("Ghi kết quả ra USB"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._write)
        dialog.open()

    def _write(self, folder: str) -> None:
        self.context.shell.tell(tr("Đang kiểm tra lại và ghi kết quả …"))
        self.model.write_results(folder)

    def _no_samples(self, _error: BaseException) -> None:
        """The list says what is wrong; the scanner's test merely has nothing to compare with."""
        self.test.show_samples(())

    def _scanner_passed(self) -> None:
        port = self.context.program.technician
        self.context.background.run_change(
            port.scanner_answered, lambda _nothing: self.model.run(), owner=self
        )

    def _failed(self, error: BaseException) -> None:
        if self.model.rows:
            self.context.shell.show_error(error)
            return
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self._run)

    def _detail(self) -> Card:
        card = Card()
        self._title, self._words = label("", "h2", wrap=True), label("", wrap=True)
        self._badge = Badge("", "wait")
        self._remedy = Notice("", "", "warn", "tools")
        self._lines = QWidget()
        column = QVBoxLayout(self._lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._remedy)
        column.addStretch(1)
        inner, both = QWidget(), QVBoxLayout()
        inner.setLayout(both)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self._lines, 1)
        both.addWidget(self.test, 1)
        card.add(scrolled(inner), 1)
        for widget in (self.test, self._badge, self._remedy, self.open_page, self.mend_button):
            widget.hide()
        if not self.may_act:
            card.add(read_only_banner(ReadOnly.NO_RIGHT, tr("đổi máy in, sao lưu, in biên bản")))
        card.add(self.mend_button)
        card.add(self.open_page)
        card.add(self.commit)
        return card


def _mend_words(what: str) -> str:
    """The button of an act; the name of none is shown as it is."""
    return {
        MEND_BACKUP: tr("Sao lưu ngay"),
        MEND_SEND: tr("Gửi ngay"),
        MEND_REBUILD: tr("Lập lại bảng từ nhật ký"),
    }.get(what, what)
