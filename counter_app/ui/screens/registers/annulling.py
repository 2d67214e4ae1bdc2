"""The Chairman's decision on one signed line, before two persons; the line stays (TT 01/2020 art. 7)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.pen import AnnulForm, SecondPerson
from counter_app.services.ports.register_row import RegisterRow
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.registers.view_model import RegistersModel
from counter_app.ui.standing import standing
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.form_card import FormCard, SecondFields
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId


class AnnulCard(FormCard):
    """Number, day and words of the decision; who stands beside."""

    def __init__(self, row: RegisterRow, people: tuple[SecondPerson, ...]) -> None:
        """``row`` is the line that loses its value."""
        super().__init__(tr("Quyết định của Chủ tịch"))
        self.number = Field(tr("Số quyết định"), required=True, hint="12/QĐ-UBND")
        self.day = Field(tr("Ngày quyết định"), required=True, hint=tr("ngày/tháng/năm"))
        self.words = Field(tr("Lý do huỷ bỏ giá trị"), required=True)
        self.two = SecondFields()
        self.two.show_people(people)
        self._row = row
        for field in (self.number, self.day, self.words):
            self.add(field)
        self.two.add_to(self)
        self.fields = {
            "act_number": self.number, "act_date": self.day, "day": self.day, "words": self.words,
            **self.two.fields(),
        }  # fmt: skip
        self.chain = FocusChain(
            (self.number, self.day, self.words, self.two.picker, self.two.secret), parent=self
        )

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        self.missing(self.number, self.day, self.words, self.two.secret)
        return self.first_wrong()

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Huỷ bỏ giá trị số {n}").format(n=self._row.number)

    def form(self, line: EntryId, second: EntryId) -> AnnulForm:
        """What the form says."""
        return AnnulForm(
            line, self.number.text(), self.day.text(), self.words.text(), second, self.two.typed()
        )


class Annulling:
    """The drawer of one decision: R opens it on a signed line, F9 commits it, once."""

    def __init__(self, model: RegistersModel, context: ScreenContext) -> None:
        """Nothing is open."""
        self._model, self._context = model, context
        self._card: AnnulCard | None = None
        self._row: RegisterRow | None = None

    def may(self, row: RegisterRow) -> bool:
        """Whether this person may begin it on this line."""
        return row.state == "signed" and row.line is not None and self._context.may(roles.TWO_PERSONS_FIRST)

    def ask(self, row: RegisterRow | None) -> None:
        """R: says why not, or asks who may stand beside; ``show`` follows."""
        tell = self._context.shell.tell
        if row is None:
            return
        if not self._context.may(roles.TWO_PERSONS_FIRST):
            tell(read_only_words(ReadOnly.NO_RIGHT, tr("huỷ bỏ giá trị bản sao")))
        elif row.state == "annulled":
            tell(tr("Số {n} đã huỷ bỏ giá trị.").format(n=row.number))
        elif not self.may(row):
            tell(tr("Chỉ huỷ bỏ giá trị số đã ký, đóng dấu. Giấy chưa ký thì gạch số ở bàn ký (F7)."))
        else:
            self._row = row
            self._model.ask_seconds()

    def show(self, people: tuple[SecondPerson, ...]) -> None:
        """The drawer with its form."""
        row = self._row
        if row is None:
            return
        self._card = AnnulCard(row, people)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(8)
        column.addWidget(
            label(tr("{name} · {original}").format(name=row.name, original=row.original), wrap=True)
        )
        column.addWidget(
            label(tr("Dòng ở lại trong sổ, ghi quyết định ở Ghi chú."), "caption", "text2", wrap=True)
        )
        column.addWidget(self._card)
        commit = commit_button(self._card.commit_words(), "ban")
        commit.clicked.connect(lambda _checked=False: self.commit())
        column.addWidget(commit)
        column.addStretch(1)
        holder.setFocusProxy(self._card.number.edit)
        self._context.shell.open_panel(self._card.commit_words(), holder)
        self._context.shell.legend_changed()

    def stands(self) -> bool:
        """True while its drawer is open."""
        return standing(self._card) is not None

    def commit(self) -> None:
        """F9 while the drawer stands."""
        card, row = self._card, self._row
        if card is None or row is None or row.line is None:
            return
        wrong, second = card.check(), card.two.chosen()
        if wrong is not None:
            wrong.setFocus()
        elif second is None:
            self._context.shell.tell(tr("Chưa có người thứ hai nào có tài khoản trên máy này."))
        else:
            self._model.annul(card.form(row.line, second))

    def done(self, sentence: str) -> None:
        """The line is annulled: the drawer goes."""
        self._card = self._row = None
        self._context.shell.close_panel()
        self._context.shell.tell(sentence)
        self._context.shell.legend_changed()

    def take_error(self, error: BaseException) -> bool:
        """Words at the field they concern; False when it is none of these."""
        card = self._card if self.stands() else None
        return card is not None and card.show_error(field_of(error), words_of(error).sentence)

    def button(self, row: RegisterRow) -> Button:
        """For the drawer of a line's acts, where a mouse is used."""
        return Button(tr("Huỷ bỏ giá trị ..."), "ban", "R", on_click=lambda: self.ask(row))
