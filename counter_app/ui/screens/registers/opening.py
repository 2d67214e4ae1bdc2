"""The first page of a register in this program: the paper book's last number, before two persons (sync 4)."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.services.ports.registers import OpeningForm
from counter_app.services.ports.session import PersonChoice
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
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
