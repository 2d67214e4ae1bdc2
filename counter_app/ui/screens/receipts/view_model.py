"""Receipts found, slips and books of this counter, and the acts on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.papers import CashPort
from counter_app.services.ports.pen import BookForm, PenDeskPort, ReceiptFound, SecondPerson, UndoForm
from counter_app.services.ports.receipts import BookView, CloseBookForm, FollowForm, SlipView
from counter_app.ui.background import Background


@dataclass(frozen=True, slots=True)
class ReceiptsRead:
    """One reading of the page."""

    slips: tuple[SlipView, ...] = ()
    books: tuple[BookView, ...] = ()
    seconds: tuple[SecondPerson, ...] = ()


class ReceiptsModel(QObject):
    """Reads the page, finds receipts, commits its forms; nothing twice by two presses of F9."""

    changed = Signal()
    found = Signal(object, bool)
    """``ReceiptFound``s for what was asked last; whether somebody asked, or they were only read again."""
    done = Signal(str)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(self, cash: CashPort, pen: PenDeskPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._cash, self._pen, self._background = cash, pen, background
        self._busy = False
        self.asked, self._awaited = "", False
        self.page = ReceiptsRead()
        self.receipts: tuple[ReceiptFound, ...] = ()

    def read(self) -> None:
        """Reads slips and books again, and what was found before."""
        cash, pen = self._cash, self._pen
        self._background.run_query(
            lambda: ReceiptsRead(cash.slips(), cash.books(), pen.seconds(money=True)),
            self._show,
            self.unread.emit,
            owner=self,
            key="receipts.page",
        )
        if self.asked:
            self._find()

    def find(self, text: str) -> None:
        """Receipts by number, symbol and number, or barcode; ``found`` tells."""
        self.asked, self._awaited = text, True
        self._find()

    def _find(self) -> None:
        pen, text = self._pen, self.asked
        self._background.run_query(
            lambda: pen.receipts(text), self._found, self.failed.emit, owner=self, key="receipts.find"
        )

    def void(self, form: UndoForm) -> None:
        """Commits. Called from F9 alone."""
        pen = self._pen
        self._commit(lambda: pen.void_receipt(form))

    def refund(self, form: UndoForm, amount: int) -> None:
        """Commits; ``amount`` in dong. Called from F9 alone."""
        pen = self._pen
        self._commit(lambda: pen.refund(form, amount))

    def follow(self, form: FollowForm) -> None:
        """Commits. Called from F9 alone."""
        cash = self._cash
        self._commit(lambda: cash.follow_slip(form))

    def open_book(self, form: BookForm) -> None:
        """Commits. Called from F9 alone."""
        pen = self._pen
        self._commit(lambda: pen.open_receipt_book(form))

    def close_book(self, form: CloseBookForm) -> None:
        """Commits. Called from F9 alone."""
        cash = self._cash
        self._commit(lambda: cash.close_book(form))

    def _commit(self, act: Callable[[], str]) -> None:
        if self._busy:
            return
        self._busy = True
        self._background.run_change(act, self._done, self._refused, owner=self)

    def _show(self, page: ReceiptsRead) -> None:
        self.page = page
        self.changed.emit()

    def _found(self, receipts: tuple[ReceiptFound, ...]) -> None:
        self.receipts = receipts
        awaited, self._awaited = self._awaited, False
        self.found.emit(receipts, awaited)

    def _done(self, sentence: str) -> None:
        self._busy = False
        self.done.emit(sentence)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._busy = False
        self.failed.emit(error)
