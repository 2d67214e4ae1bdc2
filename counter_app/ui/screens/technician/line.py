"""The line to the province of this PC: bytes a day, paid hours, the way out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.technician import LineForm, LineView, TechnicianPort
from counter_app.ui.actions import Action
from counter_app.ui.background import Background
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_banner
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label

USUAL, PAID = "usual", "paid"
_MOST_TYPED = 200


class LineModel(QObject):
    """Settings as read; keeping them."""

    changed = Signal()
    kept = Signal(str)
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, port: TechnicianPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self.view = LineView()

    def read(self) -> None:
        """What is set."""
        self._background.run_query(
            self._port.province_line, self._show, self.failed.emit, owner=self, key="technician.line"
        )

    def keep(self, form: LineForm) -> None:
        """Keeps them. Called from F9 alone."""
        port = self._port
        self._background.run_change(
            lambda: port.keep_province_line(form), self._kept, self.refused.emit, owner=self
        )

    def _show(self, view: LineView) -> None:
        self.view = view
        self.changed.emit()

    def _kept(self, sentence: str) -> None:
        self.kept.emit(sentence)
        self.read()


class LinePage(Screen):
    """What the line may cost at the left, the way out at the right; F9 keeps."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = LineModel(context.program.technician, context.background)
        self.may_act = context.may(roles.MANAGE_DEVICES)
        self.paid = Segmented(((USUAL, tr("Thường")), (PAID, tr("Tính cước"))))
        self.paid.setAccessibleName(tr("Mạng của máy này"))
        self.day_mb = Field(tr("Dung lượng mỗi ngày (MB)"), hint=tr("để trống: không giới hạn"))
        self.hours = Field(tr("Giờ tính cước"), hint=tr("8-11:30, 13-17; để trống: không có"))
        self.spent = label("", "caption", "text2", wrap=True)
        self.hub = Field(
            tr("Địa chỉ của tỉnh"), hint=tr("như https://hub.tinh.vn:8443; để trống: giữ nguyên")
        )
        self.proxy = Field(tr("Máy chủ trung gian (proxy)"), hint=tr("10.0.0.1:3128; để trống: không dùng"))
        self.user = Field(tr("Người dùng proxy"), hint=tr("để trống: không cần"))
        self.password = Field(tr("Mật khẩu proxy"))
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.commit = commit_button(tr("Lưu đường truyền"), "check", self.on_commit)
        self._chosen = False
        self._build()
        self.paid.chosen.connect(self._choose)
        self.model.changed.connect(self._show)
        self.model.kept.connect(self._kept)
        self.model.refused.connect(self._refused)
        self.model.failed.connect(context.shell.show_error)

    def title(self) -> str:
        """The name of the page."""
        return tr("Đường truyền tỉnh")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the page."""
        return (KeyHint("F5", tr("Đọc lại")), KeyHint("F9", tr("Lưu đường truyền")))

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Hồ sơ, số, chữ ký luôn gửi trước; tệp đính kèm gửi sau, và chờ khi mạng tính cước."),
            tr("Hết dung lượng của ngày thì dừng gửi đến hôm sau; việc vẫn lưu, xuất gói được."),
            tr("Máy chủ của tỉnh đổi tên: ghi địa chỉ mới; chỉ máy chủ giữ khóa của tỉnh mới được nhận."),
            tr("Mật khẩu proxy nằm trong kho bí mật của máy, không ở tệp nào khác."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the settings."""
        self.model.read()
        self.day_mb.edit.setFocus()

    def on_commit(self) -> None:
        """F9: what stands in the fields."""
        if not self.may_act:
            return
        for field in self._fields().values():
            field.show_error("")
        self.model.keep(
            LineForm(
                self.day_mb.text(), self.hours.text(), self.paid.current() == PAID, self.proxy.text(),
                self.user.text(), self.password.text(), self.hub.text(),
            )
        )  # fmt: skip

    def on_action(self, action: Action) -> bool:
        """F5 reads again."""
        if action is Action.REFRESH:
            self.model.read()
            return True
        return False

    def _fields(self) -> dict[str, Field]:
        return {
            "day_mb": self.day_mb, "hours": self.hours, "proxy": self.proxy, "user": self.user,
            "password": self.password, "hub": self.hub,
        }  # fmt: skip

    def _choose(self, _code: str) -> None:
        self._chosen = True

    def _show(self) -> None:
        view = self.model.view
        if not self._chosen:
            self.paid.choose(PAID if view.paid else USUAL, quiet=True)
        shown = {
            "day_mb": str(view.day_mb or ""), "hours": view.hours, "proxy": view.proxy, "user": view.user,
            "hub": view.hub,
        }  # fmt: skip
        for name, words in shown.items():
            field = self._fields()[name]
            if not field.edit.isModified():
                field.fill(words)
        kept = tr("đã lưu; để trống: giữ nguyên") if view.has_password else ""
        self.password.edit.setPlaceholderText(kept)
        used = tr("Hôm nay đã dùng {size} MB.").format(size=f"{view.spent / 1_000_000:.1f}".replace(".", ","))
        self.spent.setText(used)
        self.spent.setVisible(bool(view.day_mb))

    def _kept(self, sentence: str) -> None:
        self._chosen = False
        self.password.fill("")
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

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(392)
        cost, way = Card(tr("Dung lượng, giờ gửi")), Card(tr("Đường đến tỉnh"))
        parts: tuple[QWidget, ...] = (
            label(tr("Mạng của máy này"), "caption_strong", "text2"), self.paid,
            label(tr("Tính cước: phát từ điện thoại, gói theo dung lượng. Tệp đính kèm chờ."), "caption",
                  "text2", wrap=True),
            self.day_mb, self.spent, self.hours,
        )  # fmt: skip
        way_parts = (self.hub, self.proxy, self.user, self.password, self.commit)
        for card, widgets in ((cost, parts), (way, way_parts)):
            inner = QVBoxLayout()
            inner.setSpacing(9)
            for part in widgets:
                inner.addWidget(part)
            card.add(inner)
        if not self.may_act:
            main.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("đổi đường truyền")))
            self.commit.hide()
        self.paid.setEnabled(self.may_act)
        for field in self._fields().values():
            field.edit.setMaxLength(_MOST_TYPED)
            field.set_read_only(not self.may_act)
        main.addWidget(cost)
        main.addStretch(1)
        side.addWidget(way)
        side.addStretch(1)
        column.addLayout(row, 1)
