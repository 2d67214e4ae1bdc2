"""The list of jobs that wait, the page of the current one, and the three ways out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from counter_app.services.ports.papers import PrintJobView
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.prints.preview import PagePreview
from counter_app.ui.screens.prints.rows import JobsModel
from counter_app.ui.screens.prints.view_model import PrintsModel
from counter_app.ui.widgets.button import DANGER, Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import LOOK, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label


class PrintsView(Screen):
    """F9 prints the current job, P chooses another printer, R takes it off with a reason."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = PrintsModel(context.program.papers, context.background)
        self.rows = JobsModel()
        self.table = TableView(self.rows, "two_line", tr("Bản in đang chờ"))
        empty = StatePanel(
            tr("Không có bản in nào đang chờ."),
            tr("Bản in hỏng nằm lại ở đây; hồ sơ của nó luôn đã lưu."),
            "printer",
        )
        self.stack = ListStack(self.table, empty)
        self.preview = PagePreview()
        self.trouble = Notice(tr("Chưa in được"), "", LOOK, "printer-off")
        self.trouble.hide()
        self.commit = commit_button(tr("In bản đang chọn"), "printer", self.on_commit)
        self.other = Button(tr("Chọn máy khác"), "printer", "P", on_click=self._choose_printer)
        self.drop = Button(tr("Bỏ bản in ..."), "trash", "R", DANGER, self._ask_drop)
        self._build()
        self._allow()
        self._listen()

    def title(self) -> str:
        """The name of the page."""
        return tr("Bản in đang chờ")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list."""
        return (
            KeyHint("↑ ↓", tr("Chọn")),
            KeyHint("F9", tr("In bản đang chọn")),
            KeyHint("P", tr("Chọn máy khác")),
            KeyHint("R", tr("Bỏ bản in")),
            KeyHint("F5", tr("Đọc lại")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Hồ sơ luôn lưu trước khi in; bản in ở đây chỉ là giấy chưa ra."),
            tr("Máy dừng khi đang in thì xem giấy đã ra chưa rồi mới in lại."),
            tr("Bỏ bản in cần lý do; sau này vẫn in lại được từ hồ sơ, mang dấu “Bản in lần 2”."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the list."""
        self.stack.loading()
        self.model.read()
        self.table.setFocus()

    def on_commit(self) -> None:
        """F9: prints the current job."""
        job = self.current()
        if job is not None:
            self.context.shell.tell(tr("Đang in {title} …").format(title=job.title))
            self.model.print_(job.job)

    def on_action(self, action: Action) -> bool:
        """P, R and F5."""
        if action is Action.REFRESH:
            self.model.read()
            return True
        if action is Action.PRINT_AGAIN and self.current() is not None:
            self._choose_printer()
            return True
        if action is Action.GIVE_BACK and self.current() is not None:
            self._ask_drop()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Something was printed or failed."""
        if "prints" in areas:
            self.model.read()

    def current(self) -> PrintJobView | None:
        """The job of the bar."""
        row = self.table.current_row()
        return self.model.jobs[row] if 0 <= row < len(self.model.jobs) else None

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.page_read.connect(self._show_page)
        model.no_page.connect(self._no_page)
        model.printed.connect(self._printed)
        model.not_printed.connect(self._not_printed)
        model.dropped.connect(self._dropped)
        model.printers_known.connect(self._offer_printers)
        model.failed.connect(self.context.shell.show_error)
        model.unread.connect(self._unread)
        self.table.current_changed.connect(lambda _row: self._look())

    def _no_page(self, error: BaseException) -> None:
        self.preview.show_words(words_of(error).title)

    def _not_printed(self, job: PrintJobView) -> None:
        self.context.shell.tell(job.words, seconds=12.0)

    def _show(self) -> None:
        row = max(self.table.current_row(), 0)
        self.rows.show_rows(self.model.jobs)
        self.stack.loaded(len(self.model.jobs))
        self.table.go_to(min(row, len(self.model.jobs) - 1))
        self._allow()
        self._look()

    def _allow(self) -> None:
        why = "" if self.model.jobs else tr("Không có bản in nào đang chờ.")
        for button in (self.commit, self.other, self.drop):
            button.disable_because(why)

    def _look(self) -> None:
        job = self.current()
        self.trouble.setVisible(job is not None and bool(job.words))
        if job is None:
            self.preview.show_words(tr("Chọn một bản in để xem."))
        else:
            self.trouble.show_words(tr("Chưa in được"), job.words)
            self.model.look(job.job)

    def _show_page(self, number: int, png: bytes) -> None:
        job = self.current()
        if job is not None and job.job == number:
            self.preview.show_page(png, job.title)

    def _printed(self, job: PrintJobView) -> None:
        self.context.shell.tell(tr("Đã in {title}.").format(title=job.title))

    def _dropped(self, title: str) -> None:
        self.context.shell.tell(tr("Đã bỏ bản in {title}. Hồ sơ vẫn còn nguyên.").format(title=title))

    def _choose_printer(self) -> None:
        if self.current() is not None:
            self.model.find_printers()

    def _offer_printers(self, printers: tuple[str, ...]) -> None:
        job = self.current()
        if job is None:
            return
        number = job.job
        self.context.shell.ask_reason(
            tr("Chọn máy khác"),
            tuple((name, name) for name in printers[:9]),
            lambda name, typed: self.model.print_(number, name or typed),
            words=job.title,
            commit_words=tr("In"),
        )

    def _ask_drop(self) -> None:
        job = self.current()
        if job is None:
            return
        reasons = (
            ("out", tr("Giấy đã ra")),
            ("elsewhere", tr("Đã in ở máy khác")),
            ("needless", tr("Không cần giấy này nữa")),
        )
        known = dict(reasons)
        dropped = job

        def chosen(code: str, typed: str) -> None:
            self.model.drop(dropped, typed or known.get(code, code))

        self.context.shell.ask_reason(
            tr("Bỏ bản in"),
            reasons,
            chosen,
            words=tr("{title}: hồ sơ vẫn còn nguyên, chỉ bỏ việc in.").format(title=job.title),
            commit_words=tr("Bỏ bản in"),
        )

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(392)
        card = Card(flush=True)
        card.add(self.stack, 1)
        main.addWidget(card, 1)
        paper = Card(tr("Trang đầu"))
        paper.add(self.trouble)
        paper.add(self.preview, 1)
        paper.add(label(tr("Hồ sơ đã lưu. In lại không tạo hồ sơ mới."), "caption", "text2", wrap=True))
        pair = QHBoxLayout()
        for button in (self.other, self.drop):
            pair.addWidget(button, 1)
        paper.add(pair)
        paper.add(self.commit)
        side.addWidget(paper, 1)
        column.addLayout(row, 1)
