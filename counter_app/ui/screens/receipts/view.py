"""Receipts: find, void, refund, replace a slip, open and close books; F9 commits the form that stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_app.domain.organisation import roles
from counter_app.services.ports.pen import ReceiptFound
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.receipts.page import ReceiptsPage
from counter_app.ui.screens.receipts.view_model import ReceiptsModel
from counter_app.ui.widgets.form_card import FormCard
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words
from counter_app.ui.widgets.screen import Screen

AREAS = frozenset({"money", "requests", "received"})


class ReceiptsView(Screen):
    """Lists at the left, one form at the right; Esc puts the form aside and keeps what was typed."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        self.model = ReceiptsModel(context.program.cash, context.program.pen, context.background)
        self.parts = ReceiptsPage(self)
        self._chain = FocusChain((self.parts.box,), on_end=self._find, parent=self)
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """Biên lai."""
        return tr("Biên lai")

    def subtitle(self) -> str:
        """The counter: books are its own."""
        return self.context.counter.counter_name

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the lists, or of the form."""
        if self.parts.form is not None:
            return (KeyHint("Enter", tr("Ô kế tiếp")), KeyHint("F9", tr("Ghi")), KeyHint("Esc", tr("Để sau")))
        return (
            KeyHint("Ctrl 1", tr("Tìm biên lai")),
            KeyHint("Ctrl 2", tr("Phiếu thu tạm")),
            KeyHint("Ctrl 3", tr("Quyển biên lai")),
            KeyHint("Enter", tr("Mở")),
            KeyHint("Ctrl O", tr("Mở quyển")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What this page is for."""
        return (
            tr("Gõ số biên lai rồi Enter, hoặc quét mã trên biên lai hay phiếu thu."),
            tr("Hủy biên lai: số vẫn tính là đã dùng. Ngày đã chốt quỹ thì hoàn tiền vào hôm nay."),
            tr("Phiếu thu tạm không thay biên lai: có biên lai điện tử thì ghi ký hiệu, số, mã tra cứu."),
            tr("Quyển sắp hết thì trang báo trước 10 số. Hết số thì máy in phiếu thu tạm."),
            tr("Biên lai giấy dùng đến hết 31/12/2026; phần còn lại nộp lại hoặc hủy, rồi đóng quyển."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads; ``argument``: text to find at once."""
        self.parts.slips_stack.loading()
        self.parts.books_stack.loading()
        self.model.read()
        if isinstance(argument, str) and argument:
            self._find_text(argument)
        if self.parts.form is None:
            self._to_box()
        else:
            self.parts.form.chain.start()

    def on_commit(self) -> None:
        """F9: the form that stands, once its fields are right."""
        form = self.parts.form
        if form is None:
            self.context.shell.tell(tr("Chọn biên lai, phiếu thu tạm hoặc quyển rồi nhấn Enter."))
            return
        wrong = form.check()
        if wrong is None:
            self._commits()[form]()
            return
        wrong.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(wrong, QLineEdit):
            wrong.selectAll()

    def on_escape(self) -> bool:
        """The form goes aside; without one the shell leaves."""
        if self.parts.form is None:
            return False
        self._open_form(None)
        self._to_box()
        return True

    def on_scan(self, code: str) -> bool:
        """A receipt's or slip's barcode."""
        self._find_text(code)
        return True

    def on_action(self, action: Action) -> bool:
        """Parts, opening rows, a new book."""
        if action is Action.REFRESH:
            self.model.read()
            return False
        acts: dict[Action, Callable[[], None]] = {
            Action.PART_1: self._to_box,
            Action.PART_2: self.parts.slips.setFocus,
            Action.PART_3: self.parts.books.setFocus,
            Action.PART_4: self._to_form,
            Action.OPEN: self._open,
            Action.OPEN_EXISTING: self._ask_book,
        }
        run = acts.get(action)
        if run is None:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Money came, went, or a bundle brought some."""
        if areas & AREAS:
            self.model.read()

    # --- forms ---

    def _to_box(self) -> None:
        """The number asked last is replaced by the next one typed."""
        self.parts.box.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_form(self, form: FormCard | None) -> None:
        self.parts.show_form(form)
        self.context.shell.legend_changed()
        if form is not None:
            form.chain.start()

    def _to_form(self) -> None:
        if self.parts.form is not None:
            self.parts.form.chain.start()

    def _open(self) -> None:
        """Enter on a row opens its form."""
        parts, page = self.parts, self.model.page
        if parts.slips.hasFocus() and 0 <= parts.slips.current_row() < len(page.slips):
            if self._may(roles.TAKE_MONEY, tr("ghi biên lai")):
                parts.follow.show_slip(page.slips[parts.slips.current_row()])
                self._open_form(parts.follow)
        elif parts.books.hasFocus() and 0 <= parts.books.current_row() < len(page.books):
            book = page.books[parts.books.current_row()]
            if book.outcome:
                self.context.shell.tell(tr("Quyển {symbol} đã đóng.").format(symbol=book.symbol))
            elif self._may(roles.TAKE_MONEY, tr("đóng quyển biên lai")):
                parts.close_book.show_book(book)
                self._open_form(parts.close_book)
        elif parts.found.hasFocus() and 0 <= parts.found.current_row() < len(self.model.receipts):
            self._ask_undo(self.model.receipts[parts.found.current_row()])

    def _ask_undo(self, receipt: ReceiptFound) -> None:
        if receipt.void:
            self.context.shell.tell(tr("Biên lai này đã hủy; số vẫn tính là đã dùng."))
        elif self._may(roles.REFUND_FIRST, tr("hủy biên lai, hoàn tiền")):
            self.parts.undo.show_receipt(receipt)
            self._open_form(self.parts.undo)

    def _ask_book(self) -> None:
        if self._may(roles.TAKE_MONEY, tr("mở quyển biên lai")):
            self._open_form(self.parts.open_book)

    def _may(self, act: str, words: str) -> bool:
        if not self.context.may(act):
            self.context.shell.tell(read_only_words(ReadOnly.NO_RIGHT, words))
        return self.context.may(act)

    def _find(self) -> None:
        self._find_text(self.parts.box.value())

    def _find_text(self, text: str) -> None:
        self.parts.box.fill(text)
        if text:
            self.model.find(text)

    # --- what F9 does, form by form ---

    def _commits(self) -> dict[FormCard, Callable[[], None]]:
        parts = self.parts
        return {
            parts.undo: self._undo, parts.follow: self._follow, parts.close_book: self._close_book,
            parts.open_book: lambda: self.model.open_book(parts.open_book.form()),
        }  # fmt: skip

    def _undo(self) -> None:
        card, second = self.parts.undo, self.parts.undo.two.chosen()
        if second is None:
            self.context.shell.tell(tr("Chưa có người thứ hai nào có tài khoản trên máy này."))
        elif card.receipt is not None and card.refunds():
            self.model.refund(card.form(card.receipt.receipt, second), card.amount.amount() or 0)
        elif card.receipt is not None:
            self.model.void(card.form(card.receipt.receipt, second))

    def _follow(self) -> None:
        slip = self.parts.follow.slip
        if slip is not None:
            self.model.follow(self.parts.follow.form(slip.slip))

    def _close_book(self) -> None:
        book = self.parts.close_book.book
        if book is not None:
            self.model.close_book(self.parts.close_book.form(book.book))

    # --- answers ---

    def _listen(self) -> None:
        model, parts = self.model, self.parts
        model.changed.connect(self._show)
        model.found.connect(self._show_found)
        model.done.connect(self._done)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        parts.undo.how.chosen.connect(lambda _how: parts.show_commit())
        parts.begin.clicked.connect(lambda _checked=False: self._ask_book())
        parts.commit.clicked.connect(lambda _checked=False: self.on_commit())
        for table in (parts.found, parts.slips, parts.books):
            table.opened.connect(lambda _row: self._open())

    def _show(self) -> None:
        page, parts = self.model.page, self.parts
        parts.books_card.show()
        parts.slips.show_again(page.slips, lambda slip: slip.slip)
        parts.slips_stack.loaded(len(page.slips))
        parts.books.show_again(page.books, lambda book: book.book)
        parts.books_stack.loaded(len(page.books))
        parts.undo.two.show_people(page.seconds)

    def _show_found(self, found: tuple[ReceiptFound, ...], awaited: bool) -> None:
        """``awaited``: he asked and may go on in the list; else only the rows are newer."""
        self.parts.found.show_again(found, lambda one: one.receipt)
        self.parts.show_found(len(found), self.model.asked)
        if awaited:
            self.parts.found.go_to(0)
            if found and self.parts.box.hasFocus() and self.parts.form is None:
                self.parts.found.setFocus()

    def _done(self, sentence: str) -> None:
        form = self.parts.form
        if form is self.parts.follow:
            form.clear(self.parts.follow.symbol, self.parts.follow.day)
        elif form is not None:
            form.clear()
        self._open_form(None)
        if form is self.parts.follow:
            self.parts.slips.setFocus()
        else:
            self._to_box()
        self.context.shell.tell(sentence)

    def _failed(self, error: BaseException) -> None:
        form = self.parts.form
        if form is None or not form.show_error(field_of(error), words_of(error).sentence):
            self.context.shell.show_error(error)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.parts.books_card.hide()  # one error is enough; nothing of it is known
        self.parts.slips_stack.failed(words.title, words.remedy or words.meaning, self.model.read)
