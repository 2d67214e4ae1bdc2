"""The page between enrolment and sign-in: found the unit here (two persons), or receive its people."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.services.ports.founding import FOUND
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.enrolment.plate import FOUND as STEP
from counter_app.ui.screens.enrolment.plate import StepsPlate
from counter_app.ui.screens.founding.found_panel import FoundPanel
from counter_app.ui.screens.founding.receive_panel import ReceivePanel
from counter_app.ui.screens.founding.view_model import FoundingModel
from counter_app.ui.shell.legend import Legend
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.notice import INFO, STOP, Notice
from counter_app.ui.widgets.screen import Screen
from counter_app.ui.widgets.text import label

HERE, ELSEWHERE = "here", "elsewhere"


class FoundingView(Screen):
    """Ctrl+1 the unit's first PC, Ctrl+2 its people come from elsewhere; F9 does what stands in front."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds both halves; stage and files are read when it is shown."""
        super().__init__(context)
        program = context.program
        self.model = FoundingModel(program.founding, program.exchange, context.background)
        self.legend_bar = Legend()
        self.told = Notice("–", "", INFO)
        self._said = ""
        self.tabs = TabStrip(
            ((HERE, tr("Máy đầu tiên của xã (Ctrl+1)")), (ELSEWHERE, tr("Xã đã có cán bộ (Ctrl+2)")))
        )
        self.found, self.receive = FoundPanel(), ReceivePanel()
        self.pages = QStackedWidget()
        for panel in (self.found, self.receive):
            self.pages.addWidget(panel)
        self._build()
        self._listen()
        first = context.counter.founding == FOUND and context.counter.counter_number == 1
        self._go(HERE if first else ELSEWHERE)

    # --- what the shell asks ---

    def title(self) -> str:
        """The heading of the page."""
        return tr("Ai làm việc ở {unit}?").format(unit=self.context.counter.unit_name)

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the half in front."""
        own = (KeyHint("Enter", tr("Ô kế tiếp")),) if self._here() else (KeyHint("F5", tr("Đồng bộ ngay")),)
        button = self.found.commit if self._here() else self.receive.commit
        return (
            KeyHint("Ctrl 1", tr("Máy đầu tiên")),
            KeyHint("Ctrl 2", tr("Đã có cán bộ")),
            *own,
            KeyHint("F9", button.words()),
        )

    def on_shown(self, argument: object) -> None:
        """Reads stage and files."""
        self.model.read()
        self._focus()

    def on_commit(self) -> None:
        """F9: founds, or takes the file that stands in the field."""
        if self.model.busy:
            return
        if not self._here():
            if self.receive.files.path():
                self.model.take(self.receive.files.path())
            return
        self.found.clear_errors()
        form = self.found.form(self.model.view)
        if form is not None:
            self.model.found(form)

    def on_escape(self) -> bool:
        """There is nowhere else to go."""
        return True

    def on_scan(self, code: str) -> bool:
        """A scan does nothing here."""
        return True

    def on_action(self, action: Action) -> bool:
        """Ctrl+1 and Ctrl+2 turn the page; F5 asks the province."""
        if action in (Action.PART_1, Action.PART_2):
            self._go(HERE if action is Action.PART_1 else ELSEWHERE)
            return True
        if action is Action.REFRESH and not self._here():
            self._say(tr("Đang nối tỉnh…"))
            self.model.exchange_now()
        return action is Action.REFRESH

    def on_changed(self, areas: frozenset[str]) -> None:
        """Officials came: the page says so."""
        self.model.read()

    # --- inside ---

    def _here(self) -> bool:
        return self.tabs.current() == HERE

    def _go(self, code: str) -> None:
        if code == HERE and self.model.view is not None and not self.model.may_found():
            code = ELSEWHERE
        self.tabs.blockSignals(True)
        self.tabs.choose(code)
        self.tabs.blockSignals(False)
        self.pages.setCurrentWidget(self.found if code == HERE else self.receive)
        self.legend_bar.show_hints(self.legend())
        self._advise()
        self._focus()

    def _focus(self) -> None:
        if self._here():
            self.found.head.name.edit.setFocus()
        else:
            self.receive.files.setFocus()

    def _advise(self) -> None:
        if self._here() and self.context.counter.counter_number != 1:
            title = tr("Đây không phải quầy số 1 của xã")
            words = tr("Nếu máy khác của xã đã lập cán bộ, đừng lập lại ở đây: nhận bằng Ctrl+2.")
            self.told.show_words(title, words, "warn", "alert-triangle")
        elif self._here():
            title = tr("Lập hai người đầu tiên, cả hai cùng có mặt")
            words = tr(
                "Mỗi người tự nhập mật khẩu của mình. Người đứng đầu thêm cán bộ khác sau khi đăng nhập."
            )
            self.told.show_words(title, words, INFO, "users")
        elif self._said:  # what an exchange or a file brought stays above what is missing still
            self.told.show_words(self._said, self._received()[0], INFO, "info-circle")
        else:
            self.told.show_words(*self._received(), INFO, "info-circle")

    def _received(self) -> tuple[str, str]:
        view = self.model.view
        if view is None or view.stage == FOUND:
            return (
                tr("Máy này chưa biết cán bộ nào của xã"),
                tr("Đồng bộ (F5), hoặc nhập gói .mcx của máy khác; rồi nhập tệp tài khoản .mca."),
            )
        return (
            tr("Đã biết {n} cán bộ, chưa ai có tài khoản ở máy này").format(n=view.officials),
            tr("Trên máy khác: trang Cán bộ, “Ghi tệp tài khoản”. Cắm USB đó vào đây rồi nhấn F9."),
        )

    def _show(self) -> None:
        self.receive.files.show_files(self.model.files)
        self.tabs.setEnabled(self.model.may_found())
        if not self.model.may_found() and self._here():
            self._go(ELSEWHERE)
        elif not self._here():
            self._advise()

    def _failed(self, error: BaseException) -> None:
        self._said = ""
        words = words_of(error)
        rest = " ".join(part for part in (words.meaning, words.remedy) if part)
        self.told.show_words(words.title, rest, STOP, "alert-circle")
        if self._here():
            self.found.take_error(field_of(error) or "", words.sentence)

    def _say(self, words: str) -> None:
        self._said = words
        self.told.show_words(words, "", INFO, "info-circle")

    def _accounts(self, count: int) -> None:
        self._say(tr("Đã nhận {n} tài khoản. Mỗi người đăng nhập bằng mật khẩu của mình.").format(n=count))

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.told.connect(self._say)
        model.accounts_came.connect(self._accounts)
        model.failed.connect(self._failed)
        self.tabs.chosen.connect(self._go)
        self.found.commit.clicked.connect(lambda _checked=False: self.on_commit())
        self.receive.commit.clicked.connect(lambda _checked=False: self.on_commit())
        self.receive.exchange.clicked.connect(lambda _checked=False: self.on_action(Action.REFRESH))

    def _build(self) -> None:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(30, 16, 30, 12)
        column.setSpacing(9)
        column.addWidget(label(self.title(), "h1"))
        column.addWidget(self.tabs)
        column.addWidget(self.told)
        column.addWidget(self.pages, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(work, 1)
        right.addWidget(self.legend_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(StepsPlate(STEP, self.context.counter.practice))
        row.addLayout(right, 1)
