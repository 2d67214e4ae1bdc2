"""A bare PC's first page: choose the province's file, see what it holds, F9 makes the PC a counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from counter_app.services.ports.enrolment import EnrolledView, EnrolmentPort
from counter_app.services.ports.program import Program
from counter_app.ui.actions import Action
from counter_app.ui.background import Background
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.enrolment.files import FileList
from counter_app.ui.screens.enrolment.follow import FocusFollower
from counter_app.ui.screens.enrolment.holds import HoldsCard
from counter_app.ui.screens.enrolment.plate import ENROL as STEP
from counter_app.ui.screens.enrolment.plate import StepsPlate
from counter_app.ui.screens.enrolment.progress import ProgressCard
from counter_app.ui.screens.enrolment.seats import SeatsBox
from counter_app.ui.screens.enrolment.view_model import UNLOCK, EnrolmentModel
from counter_app.ui.shell.legend import Legend
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.notice import INFO, STOP, Notice
from counter_app.ui.widgets.screen import Screen, SideColumn
from counter_app.ui.widgets.text import label

SHORTEST = 8
WATCH_MS = 120
"""How often the page looks how far the worker is."""


class EnrolmentView(Screen):
    """F5 looks for files again, F9 enrols; a wrong file is refused in words and changes nothing."""

    def __init__(
        self, port: EnrolmentPort, background: Background, on_open: Callable[[Program], None]
    ) -> None:
        """There is no program, so there is no context."""
        super().__init__(cast(ScreenContext, cast(Any, None)))
        self.model = EnrolmentModel(port, background)
        self.legend_bar = Legend()
        self.files = FileList(tr("Tệp cấp phát tìm thấy"), tr("Tệp cấp phát (.mcp)"))
        self.seats, self.progress = SeatsBox(), ProgressCard()
        self.holds = HoldsCard()
        self.told = Notice("–", "", INFO)
        self.first, self.again = Field(tr("Mật khẩu cất khóa"), required=True), Field(tr("Nhập lại"))
        for field in (self.first, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.commit = commit_button(tr("Ghi danh máy này"), "device-desktop", self.on_commit)
        self._build()
        chain = (self.files.path_field, self.seats.number, self.first, self.again)
        self._chain = FocusChain(chain, parent=self)
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._listen(on_open)
        self.legend_bar.show_hints(self.legend())
        self._show()

    # --- what the shell asks ---

    def title(self) -> str:
        """The heading of the page."""
        if self.model.program is not None and (seat := self.seats.chosen()) is not None:
            return tr("Máy này là {counter}").format(counter=seat.name)
        return tr("Mở máy của quầy") if self.model.mode == UNLOCK else tr("Máy này chưa là quầy nào")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        if self.model.program is not None:
            return (KeyHint("F9", self.commit.words()),)
        return (
            KeyHint("↑ ↓", tr("Chọn tệp")),
            KeyHint("Enter", tr("Ô kế tiếp")),
            KeyHint("F5", tr("Tìm lại")),
            KeyHint("F9", self.commit.words()),
        )

    def on_shown(self, argument: object) -> None:
        """Looks for files."""
        self.model.read()

    def on_commit(self) -> None:
        """F9: nothing is done before the file was shown and every field is right."""
        if self.model.program is not None:
            self.model.go_in()
            return
        if self.model.busy or not self._passphrase_fits():
            return
        if self.model.mode == UNLOCK:
            self._say(tr("Đang mở kho dữ liệu…"))
            self.model.open(self.first.edit.text())
        elif self.model.view is None or self.model.path != self.files.path():
            self.model.look(self.files.path())  # typed over the file that is shown: this one is shown first
        elif self.seats.complain():
            self._pages.setCurrentWidget(self._choose)
            self.seats.number.edit.setFocus()
        else:
            self._say(tr("Đang ghi danh…"))
            seat = self.seats.chosen()
            self._pages.setCurrentWidget(self.progress)
            self._watch.start()
            self.model.enrol(self.first.edit.text(), 0 if seat is None else seat.counter)

    def on_escape(self) -> bool:
        """There is nowhere else to go."""
        return True

    def on_scan(self, code: str) -> bool:
        """A scan does nothing here."""
        return True

    def on_action(self, action: Action) -> bool:
        """F5 looks for files again."""
        if action is Action.REFRESH and not self.model.busy and self.model.program is None:
            self.model.read()
        return action is Action.REFRESH

    # --- inside ---

    def _passphrase_fits(self) -> bool:
        typed = self.first.edit.text()
        short = self.model.needs_new() and len(typed) < SHORTEST
        missing = self.model.needs_passphrase() and not typed
        differs = self.model.needs_new() and not short and self.again.edit.text() != typed
        words = tr("Nhập mật khẩu.") if missing else tr("Cần ít nhất {n} ký tự.").format(n=SHORTEST)
        self.first.show_error(words if short or missing else "")
        self.again.show_error(tr("Hai lần nhập không giống nhau.") if differs else "")
        return self._chain.first_error() is None

    def _show(self) -> None:
        model = self.model
        unlock = model.mode == UNLOCK
        self._pages.setCurrentWidget(self._choose)
        self._heading.setText(self.title())
        self._pages.setVisible(not unlock)
        self.holds.setVisible(not unlock)
        self._secret.setVisible(model.needs_passphrase())
        self.again.setVisible(model.needs_new())
        self._why.setText(self._why_words())
        self.commit.show_words(tr("Mở kho") if unlock else tr("Ghi danh máy này"))
        self.legend_bar.show_hints(self.legend())
        if unlock:
            self._say(tr("Máy này đã ghi danh; khóa của kho được cất bằng mật khẩu"))
            self.first.edit.setFocus()
        elif model.state is not None:
            self.files.show_files(model.files)

    def _why_words(self) -> str:
        if self.model.needs_new():
            return tr(
                "Máy không có kho khóa: đặt một câu dài. Mất câu này là mất kho; hỏi lại mỗi lần mở máy."
            )
        return tr("Câu đã đặt khi ghi danh máy này.")

    def _looked(self) -> None:
        view = self.model.view
        self.seats.show_seats(() if view is None else view.seats)
        self._seat_typed()
        if view is not None and len(view.seats) > 1:
            title = tr("Gõ số quầy của máy này, rồi nhấn F9")
            words = tr("Không cần mạng. Máy tự xóa bản chép của tệp; USB giữ tệp đến khi hết số trống.")
            self.told.show_words(title, words, INFO, "info-circle")
        elif view is not None:
            title = tr("Xem kỹ đơn vị và quầy, rồi nhấn F9")
            words = tr(
                "Không cần mạng. Tệp trên USB bị xóa sau khi dùng: ai có tệp cũng ghi danh được một máy."
            )
            self.told.show_words(title, words, INFO, "info-circle")
        elif not self.files.path():
            self._say(tr("Cắm USB có tệp cấp phát (.mcp) của tỉnh"))

    def _seat_typed(self) -> None:
        """What the file holds for the number that stands there now."""
        view, seat = self.model.view, self.seats.chosen()
        if view is not None and seat is not None and len(view.seats) > 1:
            view = replace(
                view, counter_name=seat.name, counter_number=seat.counter, device=seat.device,
                valid_until=seat.valid_until,
            )  # fmt: skip
        self.holds.show_provision(view)

    def _tick(self) -> None:
        self.progress.show_steps(self.model.steps())
        if not self.model.busy:
            self._watch.stop()

    def _arrived(self) -> None:
        """Some step wants to be looked at: the page stays until F9."""
        self._tick()
        self._heading.setText(self.title())
        title = tr("Máy đã là quầy. Xem các bước có dấu, rồi nhấn F9")
        self.told.show_words(title, tr("Máy làm việc được ngay; những bước ấy làm sau cũng được."), "warn",
                             "alert-triangle")  # fmt: skip
        self.commit.show_words(tr("Đi tiếp"))
        self.legend_bar.show_hints(self.legend())
        self.commit.setFocus()

    def _refused(self, error: BaseException) -> None:
        self._tick()
        if field_of(error) in ("file", "counter"):
            self._pages.setCurrentWidget(self._choose)
        words = words_of(error)
        rest = " ".join(part for part in (words.meaning, words.remedy) if part)
        self.told.show_words(words.title, rest, STOP, "alert-circle")

    def _enrolled(self, result: EnrolledView) -> None:
        if result.file_left:
            words = tr("Hãy tự xóa tệp {name} trên USB.").format(name=result.file_left)
            self.told.show_words(tr("Đã ghi danh."), words, "warn", "alert-triangle")
        else:
            self._say(tr("Đã ghi danh. Đang mở chương trình…"))

    def _say(self, words: str) -> None:
        self.told.show_words(words, "", INFO, "info-circle")

    def _listen(self, on_open: Callable[[Program], None]) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.looked.connect(self._looked)
        model.refused.connect(self._refused)
        model.enrolled.connect(self._enrolled)
        model.opened.connect(on_open)
        model.arrived.connect(self._arrived)
        self.files.chosen.connect(model.look)
        self.seats.number.edit.textChanged.connect(self._seat_typed)
        self._watch.timeout.connect(self._tick)

    def _build(self) -> None:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(36, 22, 36, 18)
        column.setSpacing(12)
        self._heading = label(self.title(), "kpi")
        column.addWidget(self._heading)
        column.addWidget(self.told)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        self._choose = Card(tr("Tệp của tỉnh"), role="h2")
        self._choose.add(self.files, 1)
        self._choose.add(self.seats)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._choose)
        self._pages.addWidget(self.progress)
        cards.addWidget(self._pages, 1)
        cards.addWidget(self._side())
        column.addLayout(cards, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(work, 1)
        right.addWidget(self.legend_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(StepsPlate(STEP))
        row.addLayout(right, 1)

    def _side(self) -> QWidget:
        side = SideColumn(380)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._secret = Card(tr("Khóa của kho dữ liệu"))
        self._why = label("", "caption", "text2", wrap=True)
        for part in (self._why, self.first, self.again):
            self._secret.add(part)
        inner = QWidget()
        parts = QVBoxLayout(inner)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(12)
        parts.addWidget(self.holds)
        parts.addWidget(self._secret)
        parts.addStretch(1)
        area = scrolled(inner)
        self._follower = FocusFollower(area)
        column.addWidget(area, 1)
        column.addWidget(self.commit)
        return side
