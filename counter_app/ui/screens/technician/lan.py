"""The office LAN of this PC: on or off, its port, addresses of siblings; who is in contact."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.technician import LanForm, LanSibling, LanView, TechnicianPort
from counter_app.ui.actions import Action
from counter_app.ui.background import Background
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_banner
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView
from counter_app.ui.widgets.notice import LOOK, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label

ON, OFF = "on", "off"
USUAL_PORT = "7443"
MOST_TYPED = 2_000


class LanModel(QObject):
    """Settings and siblings as read; keeping them."""

    changed = Signal()
    kept = Signal(str)
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, port: TechnicianPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self.view = LanView()

    def read(self) -> None:
        """What is set and who is in contact."""
        self._background.run_query(
            self._port.lan, self._show, self.failed.emit, owner=self, key="technician.lan"
        )

    def call(self) -> None:
        """Every sibling is called now; the list follows when one answers."""
        port = self._port
        self._background.run_query(
            port.call_siblings, self._called, self.failed.emit, owner=self, key="technician.lan.call"
        )

    def keep(self, form: LanForm) -> None:
        """Keeps them. Called from F9 alone."""
        port = self._port
        self._background.run_change(lambda: port.keep_lan(form), self._kept, self.refused.emit, owner=self)

    def _show(self, view: LanView) -> None:
        self.view = view
        self.changed.emit()

    def _called(self, _nothing: None) -> None:
        self.read()

    def _kept(self, sentence: str) -> None:
        self.kept.emit(sentence)
        self.read()


class SiblingsModel(CellModel):
    """Other counters of the unit met in this run."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__((Column(tr("Máy"), 220, grow=1), Column(tr("Tình trạng"), 150)))

    def cell(self, row: int, column: int) -> CellSpec:
        """Name, where and how far; in contact or not."""
        one: LanSibling = self.rows()[row]
        if column == 0:
            return CellSpec(one.words, one.address, weight=600)
        if one.connected:
            return CellSpec(badge=(tr("Đang nối"), "ok", "wifi"))
        return CellSpec(badge=(tr("Mất liên lạc"), "warn", "wifi-off"))


class LanPage(Screen):
    """Settings at the right, siblings at the left; F9 keeps, F5 calls everybody now."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = LanModel(context.program.technician, context.background)
        self.may_act = context.may(roles.MANAGE_DEVICES)
        self.rows = SiblingsModel()
        self.table = TableView(self.rows, "two_line", tr("Máy khác của đơn vị"))
        self._empty = StatePanel(tr("Chưa gặp máy nào của đơn vị."), " ", "wifi-off")
        self.stack = ListStack(self.table, self._empty)
        self.trouble = Notice("–", "", LOOK)
        self.on = Segmented(((ON, tr("Bật")), (OFF, tr("Tắt"))))
        self.on.setAccessibleName(tr("Dùng mạng nội bộ"))
        self.port = Field(tr("Cổng"), hint=USUAL_PORT)
        self.addresses = Field(tr("Địa chỉ máy khác"), hint=tr("192.168.1.12 QUAY-02; để trống: tự tìm"))
        self.own = label("", "caption", "text2", wrap=True)
        self.learnt = label("", "caption", "text2", wrap=True)
        self.commit = commit_button(tr("Lưu mạng nội bộ"), "check", self.on_commit)
        self.again = Button(tr("Gọi lại ngay"), "refresh", "F5", on_click=self.model.call)
        self._chosen = False
        self._build()
        self.on.chosen.connect(self._choose)
        self.model.changed.connect(self._show)
        self.model.kept.connect(self._kept)
        self.model.refused.connect(self._refused)
        self.model.failed.connect(self._unread)

    def title(self) -> str:
        """The name of the page."""
        return tr("Mạng nội bộ")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        return (KeyHint("F5", tr("Gọi lại ngay")), KeyHint("F9", tr("Lưu mạng nội bộ")))

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Máy của một đơn vị nối nhau qua mạng nội bộ, không cần Internet: việc ghi ở máy này có bản"
               " thứ hai ở máy kia sau vài giây."),
            tr("Các máy tự tìm nhau. Không thấy nhau thì ghi địa chỉ, và cho phép cổng trong tường lửa."),
            tr("Máy lạ trên mạng không đọc được gì, cũng không biết đây là đơn vị nào."),
        )  # fmt: skip

    def on_shown(self, argument: object) -> None:
        """Reads settings and siblings."""
        self.stack.loading()
        self.model.read()
        self.port.edit.setFocus()

    def on_commit(self) -> None:
        """F9: what stands in the fields."""
        if not self.may_act:
            return
        for field in self._fields().values():
            field.show_error("")
        self.model.keep(LanForm(self.on.current() == ON, self.port.text(), self.addresses.text()))

    def on_action(self, action: Action) -> bool:
        """F5 calls everybody now."""
        if action is Action.REFRESH:
            self.model.call()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """A sibling came or went."""
        if areas & {"lan"}:
            self.model.read()

    def _fields(self) -> dict[str, Field]:
        return {"port": self.port, "addresses": self.addresses}

    def _choose(self, _code: str) -> None:
        self._chosen = True

    def _show(self) -> None:
        view = self.model.view
        if not self._chosen:
            self.on.choose(ON if view.on else OFF, quiet=True)
        shown = {"port": str(view.port), "addresses": view.addresses}
        for name, field in self._fields().items():
            if not field.edit.isModified():
                field.fill(shown[name])
        listens = tr("Máy này nghe ở {places}.").format(places=", ".join(view.own))
        silent = tr("Máy này chưa nghe.") if view.on else tr("Mạng nội bộ đang tắt trên máy này.")
        self.own.setText(listens if view.own else silent)
        known = tr("Đã gặp ở {places}; mỗi lần mở máy gọi lại các nơi này.")
        self.learnt.setText(known.format(places=", ".join(view.learnt)))
        self.learnt.setVisible(bool(view.learnt))
        self.trouble.setVisible(bool(view.trouble))
        if view.trouble:
            self.trouble.show_words(view.trouble, "", LOOK)
        remedy = tr("Bật máy kia, kiểm tra dây mạng; F5: gọi lại.") if view.on else tr("Chọn Bật rồi F9.")
        self._empty.show_words(tr("Chưa gặp máy nào của đơn vị."), remedy)
        self.rows.show_rows(view.siblings)
        self.stack.loaded(len(view.siblings))

    def _kept(self, sentence: str) -> None:
        self._chosen = False
        for field in self._fields().values():
            field.edit.setModified(False)
        self.context.shell.tell(sentence)

    def _refused(self, error: BaseException) -> None:
        field = self._fields().get(field_of(error) or "")
        if field is None:
            self.context.shell.show_error(error)
        else:
            field.show_error(words_of(error).sentence)
            field.edit.setFocus()

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(392)
        self.trouble.hide()
        main.addWidget(self.trouble)
        left = Card(tr("Máy khác của đơn vị"), flush=True)
        left.add(self.stack, 1)
        main.addWidget(left, 1)
        card, inner = Card(), QVBoxLayout()
        inner.setSpacing(9)
        if not self.may_act:
            inner.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("đổi mạng nội bộ")))
            self.commit.hide()
        parts: tuple[QWidget, ...] = (
            label(tr("Dùng mạng nội bộ"), "caption_strong", "text2"), self.on, self.port, self.own,
            self.addresses, self.learnt, self.again, self.commit,
        )  # fmt: skip
        for part in parts:
            inner.addWidget(part)
        self.on.setEnabled(self.may_act)
        self.port.edit.setMaxLength(5)
        self.addresses.edit.setMaxLength(MOST_TYPED)
        for field in self._fields().values():
            field.set_read_only(not self.may_act)
        card.add(inner)
        side.addWidget(card)
        side.addStretch(1)
        column.addLayout(row, 1)
