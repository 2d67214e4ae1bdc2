"""Signing tokens of this PC: which library reads them, who gives time-stamps, which roots are trusted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.digital import DigitalPort, TokenKey
from counter_app.services.ports.settings import MOST_PATH, SettingsPort, TokenSettings
from counter_app.ui.actions import Action
from counter_app.ui.background import Background
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_banner
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label


class TokensModel(QObject):
    """Settings as read, and the certificates that the token shows through them."""

    changed = Signal()
    keys_changed = Signal()
    kept = Signal()
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, settings: SettingsPort, digital: DigitalPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._digital, self._background = settings, digital, background
        self.settings = TokenSettings()
        self.keys: tuple[TokenKey, ...] = ()
        self.trouble: BaseException | None = None

    def read(self) -> None:
        """What was set, and which certificates are there."""
        self._background.run_query(
            self._port.tokens, self._show, self.failed.emit, owner=self, key="technician.tokens"
        )
        self._background.run_query(
            self._digital.keys, self._found, self._not_found, owner=self, key="technician.keys"
        )

    def keep(self, settings: TokenSettings) -> None:
        """Keeps them. Called from F9 alone."""
        port = self._port
        self._background.run_change(
            lambda: port.keep_tokens(settings), self._kept, self.refused.emit, owner=self
        )

    def _show(self, settings: TokenSettings) -> None:
        self.settings = settings
        self.changed.emit()

    def _found(self, keys: tuple[TokenKey, ...]) -> None:
        self.keys, self.trouble = keys, None
        self.keys_changed.emit()

    def _not_found(self, error: BaseException) -> None:
        self.keys, self.trouble = (), error
        self.keys_changed.emit()

    def _kept(self, _nothing: None) -> None:
        self.kept.emit()
        self.read()


class KeysModel(CellModel):
    """Certificates on the tokens in the readers."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(
            (Column(tr("Chứng thư"), 220, grow=1), Column(tr("Đến ngày"), 120), Column(tr("Còn"), 120))
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """Whose, until when, days left."""
        key: TokenKey = self.rows()[row]
        if column == 0:
            return CellSpec(key.subject, key.serial, weight=600)
        if column == 1:
            return CellSpec(key.last_day)
        days = tr("{n} ngày").format(n=max(key.days, 0))
        kind = "bad" if not key.usable else "warn" if key.warning else "ok"
        return CellSpec(badge=(days, kind, "certificate"), tooltip=key.warning)


class TokensView(Screen):
    """Three fields at the right, what the token shows at the left; F9 keeps, F5 looks again."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = TokensModel(program.settings, program.digital, context.background)
        self.may_act = context.may(roles.MANAGE_DEVICES)
        self.rows = KeysModel()
        self.table = TableView(self.rows, "two_line", tr("Chứng thư trên thẻ"))
        self._empty = StatePanel(tr("Chưa thấy thẻ ký số."), " ", "key")
        self.stack = ListStack(self.table, self._empty)
        self.module = Field(tr("Thư viện PKCS#11 của thẻ"), hint=tr("đường dẫn tệp .dll hoặc .so"))
        self.tsa = Field(tr("Địa chỉ cấp dấu thời gian"), hint="https://")
        self.roots = Field(tr("Chứng thư gốc tin cậy"), hint=tr("tệp .pem, .cer; cách nhau bằng dấu ;"))
        self.offered = label("", "caption", "text2", wrap=True)
        self.commit = commit_button(tr("Lưu thẻ ký số"), "check", self.on_commit)
        self.again = Button(tr("Tìm lại thẻ"), "refresh", "F5", on_click=self.model.read)
        self._build()
        self.model.changed.connect(self._show)
        self.model.keys_changed.connect(self._show_keys)
        self.model.kept.connect(self._kept)
        self.model.refused.connect(self._refused)
        self.model.failed.connect(context.shell.show_error)

    def title(self) -> str:
        """The name of the page."""
        return tr("Thẻ ký số")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        return (KeyHint("F5", tr("Tìm lại thẻ")), KeyHint("F9", tr("Lưu thẻ ký số")))

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Thư viện do nơi cấp thẻ cài; chương trình mở nó trong một tiến trình riêng."),
            tr("Chưa thư viện nào được thử với thẻ thật: cắm thẻ, F5, xem danh sách chứng thư."),
            tr("Không có địa chỉ dấu thời gian thì chữ ký vẫn có giá trị; đóng dấu sau được."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the settings and asks the token."""
        self.stack.loading()
        self.model.read()
        self.module.edit.setFocus()

    def on_commit(self) -> None:
        """F9: what stands in the fields."""
        if not self.may_act:
            return
        for field in self._fields().values():
            field.show_error("")
        self.model.keep(TokenSettings(self.module.text(), self.tsa.text(), self.roots.text()))

    def on_action(self, action: Action) -> bool:
        """F5 asks the token again."""
        if action is Action.REFRESH:
            self.model.read()
            return True
        return False

    def _fields(self) -> dict[str, Field]:
        return {"module": self.module, "tsa": self.tsa, "roots": self.roots}

    def _show(self) -> None:
        settings = self.model.settings
        for name, field in self._fields().items():
            if not field.edit.isModified():
                field.fill(getattr(settings, name))
        found = tr("Thấy trên máy này: {paths}").format(paths=", ".join(settings.offered))
        self.offered.setText(found if settings.offered else tr("Không thấy thư viện quen tên trên máy này."))

    def _show_keys(self) -> None:
        self.rows.show_rows(self.model.keys)
        if self.model.trouble is not None:
            words = words_of(self.model.trouble)
            self._empty.show_words(words.title, words.remedy)
        self.stack.loaded(len(self.model.keys))

    def _kept(self) -> None:
        for field in self._fields().values():
            field.edit.setModified(False)
        self.context.shell.tell(tr("Đã lưu cài đặt thẻ ký số."))

    def _refused(self, error: BaseException) -> None:
        field = self._fields().get(field_of(error) or "")
        if field is None:
            self.context.shell.show_error(error)
        else:
            field.show_error(words_of(error).sentence)

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(392)
        left = Card(tr("Chứng thư trên thẻ"), flush=True)
        left.add(self.stack, 1)
        main.addWidget(left, 1)
        card, inner = Card(), QVBoxLayout()
        inner.setSpacing(9)
        if not self.may_act:
            inner.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("đổi thẻ ký số")))
            self.commit.hide()
        parts: tuple[QWidget, ...] = (
            self.module, self.offered, self.tsa, self.roots, self.again, self.commit,
        )  # fmt: skip
        for part in parts:
            inner.addWidget(part)
        for field in self._fields().values():
            field.edit.setMaxLength(MOST_PATH)
            field.set_read_only(not self.may_act)
        card.add(inner)
        side.addWidget(card)
        side.addStretch(1)
        column.addLayout(row, 1)
