"""Forms at the right: void or refund, the receipt that replaces a slip, a new book, a book put away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.services.ports.pen import BookForm, ReceiptFound, UndoForm
from counter_app.services.ports.receipts import BookView, CloseBookForm, FollowForm, SlipView
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.fields.ways_to_pay import ways_to_pay
from counter_app.ui.widgets.form_card import FormCard, SecondFields, beside, whole
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId

VOID, REFUND = "void", "refund"


class UndoCard(FormCard):
    """Two persons: the receipt counts no more, or money goes back."""

    def __init__(self) -> None:
        """No receipt is chosen."""
        super().__init__(tr("Hủy hoặc hoàn tiền"), "4")
        self.receipt: ReceiptFound | None = None
        self._words = label("", wrap=True)
        self.how = Segmented(((VOID, tr("Hủy biên lai")), (REFUND, tr("Hoàn tiền"))))
        self.amount = MoneyField(tr("Số tiền hoàn"), shorthand=False)
        self.way = ways_to_pay()
        self.ground = Field(tr("Lý do"), required=True)
        self.two = SecondFields()
        for part in (self._words, self.how, self.amount, self.way, self.ground):
            self.add(part)
        self.two.add_to(self)
        self.fields = {"amount": self.amount, "ground": self.ground, **self.two.fields()}
        self.chain = FocusChain((self.amount, self.ground, self.two.picker, self.two.secret))
        self.how.chosen.connect(self.show_how)
        self.show_how(VOID)

    def show_receipt(self, receipt: ReceiptFound) -> None:
        """What would be undone; another receipt empties the form."""
        if self.receipt is None or receipt.receipt != self.receipt.receipt:
            self.clear()
            self.way.choose(receipt.method, quiet=True)
        self.receipt = receipt
        words = tr("{title} · {payer} · còn {left}")
        self._words.setText(words.format(title=receipt.title, payer=receipt.payer, left=money(receipt.left)))
        if self.amount.amount() is None:
            self.amount.show_amount(receipt.left)

    def show_how(self, how: str) -> None:
        """The amount and its way only where money goes back."""
        self.way.setVisible(how == REFUND)
        self.amount.setVisible(how == REFUND)
        self.amount.edit.setVisible(how == REFUND)

    def refunds(self) -> bool:
        """Whether money goes back and the receipt stands."""
        return self.how.current() == REFUND

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        self.missing(self.ground, self.two.secret)
        if self.refunds():
            wrong = "" if self.amount.amount() else tr("Nhập số tiền.")
            self.amount.show_error(wrong)
        else:
            self.amount.show_error("")
        return self.first_wrong()

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Hoàn tiền") if self.refunds() else tr("Hủy biên lai")

    def form(self, receipt: EntryId, second: EntryId) -> UndoForm:
        """What the form says."""
        method = self.way.current() if self.refunds() else ""
        return UndoForm(receipt, self.ground.text(), second, self.two.typed(), method)


class FollowCard(FormCard):
    """Data of the electronic receipt, as the system that made it shows them."""

    def __init__(self) -> None:
        """No slip is chosen."""
        super().__init__(tr("Biên lai điện tử thay phiếu thu tạm"), "4")
        self.slip: SlipView | None = None
        self._words = label("", wrap=True)
        self.symbol = Field(tr("Ký hiệu"), required=True, hint="26TAA")
        self.number = Field(tr("Số biên lai"), required=True)
        self.lookup = Field(tr("Mã tra cứu"), required=True)
        self.day = Field(tr("Ngày biên lai"), required=True, hint=tr("ngày/tháng/năm"))
        self.add(self._words)
        self.add(beside(self.symbol, self.number))
        self.add(self.lookup)
        self.add(self.day)
        self.fields = {
            "symbol": self.symbol, "number": self.number, "lookup": self.lookup, "day": self.day,
            "receipt": self.day,
        }  # fmt: skip
        self.chain = FocusChain((self.symbol, self.number, self.lookup, self.day))

    def show_slip(self, slip: SlipView) -> None:
        """Which slip is replaced; symbol and day stay for the next one."""
        if self.slip is None or slip.slip != self.slip.slip:
            self.clear(self.symbol, self.day)
        self.slip = slip
        words = tr("{payer} · {amount} · phiếu {code}")
        self._words.setText(words.format(payer=slip.payer, amount=money(slip.amount), code=slip.code))

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        self.missing(self.symbol, self.number, self.lookup, self.day)
        self.not_whole(self.number)
        return self.first_wrong()

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Ghi biên lai điện tử")

    def form(self, slip: EntryId) -> FollowForm:
        """What the form says."""
        number = whole(self.number) or 0
        return FollowForm(slip, self.symbol.text(), number, self.lookup.text(), self.day.text())


class OpenBookCard(FormCard):
    """A new book, or a started one that goes on."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(tr("Mở quyển biên lai"), "4")
        self.symbol = Field(tr("Ký hiệu"), required=True, hint="AA-26P")
        self.template = Field(tr("Mẫu số"), required=True)
        self.first = Field(tr("Từ số"), required=True)
        self.last = Field(tr("Đến số"), required=True)
        self.next = Field(tr("Số tiếp theo"), hint=tr("bỏ trống: số đầu"))
        self.add(label(tr("Nhìn bìa quyển. Quyển đang dùng dở thì ghi số tiếp theo."), wrap=True))
        self.add(beside(self.symbol, self.template))
        self.add(beside(self.first, self.last))
        self.add(self.next)
        self.fields = {
            "symbol": self.symbol, "template": self.template, "first_number": self.first,
            "last_number": self.last, "next_number": self.next, "receipt": self.symbol,
        }  # fmt: skip
        self.chain = FocusChain((self.symbol, self.template, self.first, self.last, self.next))

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        self.next.show_error("")
        self.missing(self.symbol, self.template, self.first, self.last)
        self.not_whole(self.first, self.last, self.next)
        return self.first_wrong()

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Mở quyển biên lai")

    def form(self) -> BookForm:
        """What the form says."""
        first = whole(self.first) or 0
        following = whole(self.next) if self.next.text() else first
        return BookForm(
            self.symbol.text(), self.template.text(), first, whole(self.last) or 0, following or 0
        )


class CloseBookCard(FormCard):
    """Where a book went: used up, returned, destroyed, lost."""

    def __init__(self) -> None:
        """No book is chosen."""
        super().__init__(tr("Đóng quyển biên lai"), "4")
        self.book: BookView | None = None
        self._words = label("", wrap=True)
        self.outcome = Segmented(
            (
                ("used", tr("Hết")), ("returned", tr("Nộp lại")), ("destroyed", tr("Hủy")),
                ("lost", tr("Mất")),
            )
        )  # fmt: skip
        self.words = Field(tr("Căn cứ"), hint=tr("biên bản, phiếu nộp"))
        for part in (self._words, self.outcome, self.words):
            self.add(part)
        self.fields = {"words": self.words, "outcome": self.words}
        self.chain = FocusChain((self.words,))

    def show_book(self, book: BookView) -> None:
        """Which book; one with papers left was hardly used up."""
        if self.book is None or book.book != self.book.book:
            self.clear()
            self.outcome.choose("returned" if book.left else "used")
        self.book = book
        words = tr("{symbol}: đã dùng {issued} số, còn {left} số từ {next}. Đóng rồi không ghi được nữa.")
        if not book.left:
            words = tr("{symbol}: đã dùng {issued} số, hết quyển.")
        self._words.setText(
            words.format(symbol=book.symbol, issued=book.issued, left=book.left, next=book.next_number)
        )

    def check(self) -> QWidget | None:
        """Nothing: what is asked depends on the book, and the rules say it."""
        self.words.show_error("")
        return None

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Đóng quyển biên lai")

    def form(self, book: EntryId) -> CloseBookForm:
        """What the form says."""
        return CloseBookForm(book, self.outcome.current(), self.words.text())
