"""The form of opening figures: one row a register, the receipt book, book 07, the float, two persons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.services.ports.arrival import (
    FiguresForm,
    FiguresView,
    ReceiptOpening,
    RegisterFigure,
    RegisterOpening,
)
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.enrolment.follow import FocusFollower
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.form_card import FormCard, SecondFields, beside, whole
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.text import label


class RegisterRow:
    """One register: its last number on paper and the volume; words alone once it is open here."""

    def __init__(self, known: RegisterFigure) -> None:
        """``known`` says whether it is open already."""
        self.known = known
        self.last = Field(tr("{symbol}: số cuối trên sổ giấy").format(symbol=known.symbol))
        self.book = Field(tr("Quyển số"))
        self.last.setToolTip(known.title)
        self.last.edit.setAccessibleName(tr("{title}: số cuối trên sổ giấy").format(title=known.title))
        self.book.edit.setAccessibleName(tr("{title}: quyển số").format(title=known.title))

    def is_named(self) -> bool:
        """Whether anything was typed; an empty row opens nothing."""
        return bool(self.last.text() or self.book.text())

    def opening(self) -> RegisterOpening:
        """What was typed; ``check`` went before."""
        return RegisterOpening(self.known.kind, whole(self.last) or 0, whole(self.book) or 0)


class FiguresCard(QWidget):
    """Left the registers, right everything else; F9 writes all of it in one act."""

    def __init__(self) -> None:
        """Empty until ``show_figures``."""
        super().__init__()
        self.registers: list[RegisterRow] = []
        self.books = Card(tr("Sổ chứng thực đang dùng"), "1")
        self.rest = FormCard(tr("Biên lai, sổ theo dõi hồ sơ, tiền mặt"), "2")
        self.symbol, self.template = Field(tr("Ký hiệu biên lai")), Field(tr("Mẫu số"))
        self.first, self.final = Field(tr("Từ số")), Field(tr("Đến số"))
        self.blank = Field(tr("Số tiếp theo"))
        self.form_number = Field(tr("Sổ theo dõi hồ sơ (mẫu 07): số cuối"), required=True)
        self.cash = MoneyField(tr("Tiền mặt trong két đầu ngày"))
        hint = tr("Ví dụ: sổ giấy quyển 03/2026, lưu tại Trung tâm")
        self.words = Field(tr("Căn cứ"), required=True, hint=hint)
        self.two = SecondFields()
        self.commit = commit_button(tr("Tiếp nhận, in biên bản"), "books")
        self._followers: list[FocusFollower] = []
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self._list = QVBoxLayout()
        self._list.setSpacing(7)
        first = tr("Số đầu tiên của máy nối tiếp số cuối trên sổ giấy. Sổ không dùng: để trống.")
        self.books.add(label(first, wrap=True))
        self.books.add(self._list)
        self.books.add(QWidget(), 1)
        for line in (beside(self.symbol, self.template), beside(self.first, self.final, self.blank),
                     beside(self.form_number, self.cash)):  # fmt: skip
            self.rest.add(line)
        self.rest.add(self.words)
        self.two.add_to(self.rest)
        self.rest.add(QWidget(), 1)
        row.addWidget(self._turning(self.books), 1)
        right = QVBoxLayout()
        right.setSpacing(11)
        right.addWidget(self._turning(self.rest), 1)
        right.addWidget(self.commit)
        row.addLayout(right, 1)
        self.rest.fields = {
            "symbol": self.symbol, "next_number": self.blank, "last_form": self.form_number,
            "cash": self.cash, "words": self.words, **self.two.fields(),
        }  # fmt: skip
        self._chained()

    def _turning(self, card: Card) -> QScrollArea:
        """A card that scrolls: large text and words of errors never push F9 off the screen."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        area = scrolled(held)
        self._followers.append(FocusFollower(area))
        return area

    def _chained(self) -> None:
        fields = [field for row in self.registers for field in (row.last, row.book)]
        chain = (
            *fields, self.symbol, self.template, self.first, self.final, self.blank, self.form_number,
            self.cash, self.words, self.two.picker, self.two.secret,
        )  # fmt: skip
        self.rest.chain = FocusChain(chain, parent=self)

    def show_figures(self, view: FiguresView) -> None:
        """Rows of the registers in use; what is open already is said and not asked."""
        self.two.show_people(view.seconds)
        self.commit.disable_because(tr("Quầy này đã tiếp nhận số liệu đầu kỳ.") if view.taken else "")
        if tuple(row.known for row in self.registers) == view.registers:
            return
        while self._list.count():
            self._list.takeAt(0).widget().deleteLater()
        self.registers = []
        for known in view.registers:
            self._list.addWidget(self._row(known))
        for field in (self.symbol, self.template, self.first, self.final, self.blank):
            field.setVisible(not view.receipt_book)
        self._chained()

    def _row(self, known: RegisterFigure) -> QWidget:
        held = QWidget()
        if known.opened:
            words = tr("{symbol}: đã mở, máy cấp từ số {first}")
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(label(words.format(symbol=known.symbol, first=known.first), "body", "text2"))
            return held
        row = RegisterRow(known)
        self.registers.append(row)
        line = beside(row.last, row.book)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 3)
        held.setLayout(line)
        self.rest.fields[f"register.{known.kind}"] = row.last
        return held

    def form(self) -> FiguresForm | None:
        """What was typed, or None with words at the fields that are wrong."""
        self._check()
        if self.rest.chain.first_error() is not None:
            return None
        rows = tuple(row.opening() for row in self.registers if row.is_named())
        return FiguresForm(
            rows, self._receipts(), whole(self.form_number) or 0, self.cash.amount() or 0, self.words.text(),
            self.two.chosen(), self.two.typed(),
        )  # fmt: skip

    def _check(self) -> None:
        numbers: list[Field] = [self.form_number]
        for row in self.registers:
            for field in (row.last, row.book):
                field.show_error("")
            if row.is_named():
                self.rest.missing(row.last, row.book)
                numbers += [row.last, row.book]
        receipts = (self.symbol, self.template, self.first, self.final, self.blank)
        for field in receipts:
            field.show_error("")
        if any(field.text() for field in receipts):
            self.rest.missing(*receipts)
            numbers += [self.first, self.final, self.blank]
        self.rest.missing(self.form_number, self.words, self.two.secret)
        self.rest.not_whole(*numbers)

    def _receipts(self) -> ReceiptOpening | None:
        if not self.symbol.text():
            return None
        first, final, blank = (whole(field) or 0 for field in (self.first, self.final, self.blank))
        return ReceiptOpening(self.symbol.text(), self.template.text(), first, final, blank)

    def done(self) -> None:
        """Everything is written: secrets go."""
        self.two.secret.fill("")
