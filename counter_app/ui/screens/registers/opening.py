"""The first page of a register in this program: the paper book's last number, before two persons (sync 4)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.registers import OpeningForm
from counter_app.services.ports.session import PersonChoice
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.registers.view_model import RegistersModel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words
from counter_app.ui.widgets.text import label

_FIELDS_OF_ERRORS = {
    "last_number": "last", "book": "book", "year": "year", "words": "ground",
    "pin": "secret", "password": "secret", "second": "secret",
}  # fmt: skip


class OpeningPanel(QWidget):
    """In the drawer; F9 opens the register, nothing before it does."""

    def __init__(self, year: int, people: tuple[PersonChoice, ...], kind: str) -> None:
        """``year`` runs now; ``people``: who may be the second person (the first is at the counter).

        ``kind`` is the register that is opened.
        """
        super().__init__()
        self._kind = kind
        self._people = people
        self.year, self.book = Field(tr("Năm"), required=True), Field(tr("Quyển số"), required=True)
        self.last = Field(tr("Số cuối cùng trên sổ giấy"), required=True)
        self.ground = Field(tr("Căn cứ"), hint=tr("Ví dụ: chuyển từ sổ giấy, có biên bản"))
        self.second = Picker(tr("Người thứ hai"))
        self.second.show_choices([f"{one.name} — {one.title}" for one in people], 0)
        self.secret = Field(tr("Mật khẩu hoặc PIN của người thứ hai"), required=True)
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.commit = commit_button(tr("Mở sổ"), "book")
        self.year.fill(str(year))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(9)
        first = tr("Số đầu tiên của máy nối tiếp số cuối cùng trên sổ giấy. Hai người cùng xem sổ giấy.")
        column.addWidget(label(first, wrap=True))
        for part in (self.year, self.book, self.last, self.ground):
            column.addWidget(part)
        column.addWidget(label(tr("Người thứ hai"), "caption_strong", "text2"))
        column.addWidget(self.second)
        column.addWidget(self.secret)
        column.addWidget(self.commit)
        column.addStretch(1)
        order = (self.year, self.book, self.last, self.ground, self.second, self.secret)
        self._chain = FocusChain(order, parent=self)
        self.setFocusProxy(self.book.edit)

    def form(self) -> OpeningForm | None:
        """What was typed, or None with words at the fields that are wrong."""
        year, book, last = self._number(self.year), self._number(self.book), self._number(self.last)
        self.secret.show_error("" if self.secret.edit.text() else tr("Người thứ hai nhập mật khẩu hoặc PIN."))
        place = self.second.currentIndex()
        if self._chain.first_error() is not None or not self.has_second():
            return None
        official = self._people[place].official
        typed = self.secret.edit.text()
        return OpeningForm(year, book, last, self.ground.text(), official, typed, self._kind)

    def has_second(self) -> bool:
        """Whether anybody is chosen who may stand beside."""
        return 0 <= self.second.currentIndex() < len(self._people)

    def take_error(self, field: str | None, words: str) -> bool:
        """Shows words at the field they concern; False when it is none of these."""
        name = _FIELDS_OF_ERRORS.get(field or "")
        if name is None:
            return False
        shown: Field = getattr(self, name)
        shown.show_error(words)
        shown.edit.setFocus()
        return True

    def _number(self, field: Field) -> int:
        typed = field.text()
        fits = typed.isascii() and typed.isdigit() and len(typed) <= 7
        field.show_error("" if fits else tr("Chỉ nhập chữ số."))
        return int(typed) if fits else 0


class Opening:
    """The drawer of an opening balance: Ctrl+O asks for it, F9 commits it."""

    def __init__(self, model: RegistersModel, context: ScreenContext, on_commit: Callable[[], None]) -> None:
        """Nothing is open; ``on_commit`` is what the drawer's button does."""
        self._model, self._context, self._on_commit = model, context, on_commit
        self.panel: OpeningPanel | None = None

    def ask(self) -> None:
        """Who may stand beside; ``show`` follows."""
        if self._context.may(roles.CLOSE_BOOKS):
            self._model.ask_people()
        else:
            self._context.shell.tell(read_only_words(ReadOnly.NO_RIGHT, tr("mở sổ")))

    def show(self, people: tuple[PersonChoice, ...], year: int) -> None:
        """The drawer with its form."""
        others = tuple(one for one in people if one.official != self._context.session.official)
        self.panel = OpeningPanel(year, others, self._model.kind)
        self.panel.commit.clicked.connect(lambda _checked=False: self._on_commit())
        self._context.shell.open_panel(tr("Mở sổ từ sổ giấy"), self.panel)

    def stands(self) -> bool:
        """True while its drawer is open."""
        return standing(self.panel) is not None

    def commit(self) -> None:
        """F9 while the drawer stands."""
        panel = self.panel
        form = panel.form() if panel is not None else None
        if form is not None:
            self._model.open_register(form)
        elif panel is not None and not panel.has_second():
            self._context.shell.tell(tr("Chưa có người thứ hai nào có tài khoản trên máy này."))

    def done(self, sentence: str) -> None:
        """The register is open: the drawer goes."""
        self.panel = None
        self._context.shell.close_panel()
        self._context.shell.tell(sentence)

    def take_error(self, error: BaseException) -> bool:
        """Words at the field they concern; False when it is none of these."""
        panel = self.panel if self.stands() else None
        return panel is not None and panel.take_error(field_of(error), words_of(error).sentence)
