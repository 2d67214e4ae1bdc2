"""Forms of one line: a note by one person, a correction of a written column by two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.register_years import CorrectionForm
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import FormCard, SecondFields, beside, named
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId

FIRST_COLUMN = 3
"""Columns 3 to 7 can be put right; number and day are what the copy bears itself."""


def written(row: RegisterRow) -> tuple[str, ...]:
    """What columns 3 to 7 of a line say."""
    return row.name, row.original, row.signatory, str(row.copies), str(row.fee)


class NoteCard(FormCard):
    """One line of words for column 8."""

    def __init__(self, row: RegisterRow) -> None:
        """``row`` gets the note."""
        super().__init__("")
        self._row = row
        self.words = Field(tr("Nội dung ghi chú"), required=True)
        self.add(self.words)
        self.fields = {"words": self.words}
        self.chain = FocusChain((self.words,), parent=self)

    def check(self) -> QWidget | None:
        """The empty field, or None."""
        return self.missing(self.words)

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Ghi chú số {n}").format(n=self._row.number)


class CorrectionCard(FormCard):
    """Which column, what should stand there, why; who stands beside."""

    def __init__(self, row: RegisterRow, heads: Sequence[str], people: Sequence[SecondPerson]) -> None:
        """``heads`` of columns 3 to 7 of this register; the field begins with what is written."""
        super().__init__("")
        self._row, self._written = row, written(row)
        self.column = Picker(tr("Cột"))
        self.column.show_choices([f"({FIRST_COLUMN + i}) {head}" for i, head in enumerate(heads)], 0)
        self.now = Field(tr("Nội dung đúng"), required=True)
        self.words = Field(tr("Lý do, căn cứ"), required=True)
        self.own = Field(tr("PIN của bạn *"), hint=tr("hoặc mật khẩu"))
        self.own.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.two = SecondFields()
        self.two.show_people(people)
        self.two.secret.rename(tr("PIN người thứ hai *"))
        self.two.secret.edit.setPlaceholderText(tr("hoặc mật khẩu"))
        self.add(named(tr("Cột"), self.column))
        self.add(self.now)
        self.add(self.words)
        self.add(named(tr("Người thứ hai"), self.two.picker))
        self.add(beside(self.own, self.two.secret))  # side by side: at 130 % the button stays in sight
        own = {"now": self.now, "column": self.now, "words": self.words, "secret": self.own}
        self.fields = {**own, **self.two.fields()}
        self.chain = FocusChain(
            (self.column, self.now, self.words, self.two.picker, self.own, self.two.secret), parent=self
        )
        self.column.picked.connect(self.choose)
        self.now.fill(self._written[0])

    def choose(self, place: int) -> None:
        """Another column: the field says what is written there."""
        if self.column.currentIndex() != place:
            self.column.setCurrentIndex(place)
        self.now.show_error("")
        self.now.fill(self._written[place])

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        self.missing(self.now, self.words, self.own, self.two.secret)
        if self.now.text() and self.now.text() == self._written[self.column.currentIndex()]:
            self.now.show_error(tr("Nhập nội dung đúng, khác nội dung đã ghi."))
        return self.first_wrong()

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Đính chính số {n}").format(n=self._row.number)

    def form(self, line: EntryId, second: EntryId) -> CorrectionForm:
        """What the form says."""
        column = FIRST_COLUMN + self.column.currentIndex()
        return CorrectionForm(
            line, column, self.now.text(), self.words.text(), second, self.two.typed(), self.own.edit.text()
        )


def line_form(row: RegisterRow, card: FormCard, said: str, commit: Button) -> QWidget:
    """What the drawer holds: whose line it is, what becomes of it, the form, its button."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 4, 8, 0)
    column.setSpacing(8)
    column.addWidget(label(tr("{name} · {original}").format(name=row.name, original=row.original), wrap=True))
    column.addWidget(label(said, "caption", "text2", wrap=True))
    column.addWidget(card)
    column.addWidget(commit)
    column.addStretch(1)
    return holder
