"""Who takes the results, how he signs for them, and what is still to be paid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.card_qr import CardData
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import change_for, read_given
from counter_app.ui.errors import words_of
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import grouped, money
from counter_app.ui.i18n import tr
from counter_app.ui.screens.handover.signing_part import SigningPart
from counter_app.ui.screens.handover.view_model import (
    FINGERPRINT,
    HIMSELF,
    OTHER,
    PAD,
    PAPER,
    POST,
    Receiver,
)
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.fields.ways_to_pay import CASH, ways_to_pay
from counter_app.ui.widgets.text import label, recolour


class ReceiverCard(Card):
    """*Người nộp* needs nothing; *Người khác* his name, card and authorisation; post the parcel's number."""

    def __init__(self) -> None:
        """The requester himself, signing on paper."""
        super().__init__(tr("Người nhận"), "3")
        self.who = Segmented(
            ((HIMSELF, tr("Người nộp")), (OTHER, tr("Người khác")), (POST, tr("Qua bưu chính")))
        )
        self.identity = Field(tr("Số căn cước"), required=True)
        self.how = Segmented(((PAPER, tr("Ký giấy")), (PAD, tr("Bảng ký")), (FINGERPRINT, tr("Điểm chỉ"))))
        self.name = Field(tr("Họ và tên"), required=True, hint=tr("Quét thẻ của người nhận"))
        self.authorisation = Field(tr("Giấy ủy quyền số, ngày"), required=True)
        self.tracking = Field(tr("Mã bưu gửi"), required=True)
        self.beside = SigningPart()
        self._results = self._originals = False
        for part in (self.who, self.name, self.identity, self.authorisation, self.tracking):
            self.add(part)
        signed = QHBoxLayout()
        signed.addWidget(label(tr("Ký nhận"), "caption_strong", "text2"))
        signed.addWidget(self.how, 1)
        self._signed = QWidget()
        self._signed.setLayout(signed)
        signed.setContentsMargins(0, 0, 0, 0)
        self.add(self._signed)
        self.add(self.beside)
        self.who.chosen.connect(self._show_who)
        self.how.chosen.connect(lambda _how: self._show_who(self.who.current()))
        self._show_who(HIMSELF)

    def reset(self) -> None:
        """For the next person."""
        self.who.choose(HIMSELF)
        self.how.choose(PAPER)
        self.beside.reset()
        for field in (self.name, self.identity, self.authorisation, self.tracking):
            field.fill("")
            field.show_error("")

    def show_needs(self, *, results: bool, originals: bool) -> None:
        """What leaves: results of dossiers ask for more than copies, some for originals to be shown."""
        self._results, self._originals = results, originals
        self._show_who(self.who.current())

    def focus_choice(self) -> None:
        """Focus on the choice of the receiver."""
        chosen = next(button for button in self.who.findChildren(QAbstractButton) if button.isChecked())
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def is_other(self) -> bool:
        """Whether somebody else takes the results."""
        return self.who.current() == OTHER

    def wants_card(self) -> bool:
        """Whether a card scanned now belongs to somebody of this card."""
        return self.is_other() or self.beside.wants_card()

    def fill_card(self, card: CardData) -> None:
        """The card of the other person, of the witness or the interpreter: whose field has the focus."""
        if self.beside.take_card(card):
            return
        self.name.fill(card.name, from_qr=True)
        self.identity.fill(grouped(card.number), from_qr=True)

    def check(self) -> QWidget | None:
        """Field errors of what is missing; the first wrong input, or None."""
        by_post = self.who.current() == POST
        self.tracking.show_error(tr("Nhập mã bưu gửi.") if by_post and not self.tracking.text() else "")
        if by_post:
            return self.tracking.edit if self.tracking.error() else None
        if self.is_other():
            self._check_other()
        fields = (self.name, self.identity, self.authorisation) if self.is_other() else ()
        return next((one.edit for one in fields if one.error()), None) or self.beside.check()

    def receiver(self, given: str, method: str = CASH) -> Receiver:
        """What the form says now; ``given`` and ``method`` of the money."""
        other, by_post, beside = self.is_other(), self.who.current() == POST, self.beside
        fingerprint = self.how.current() == FINGERPRINT
        return Receiver(
            name=self.name.text() if other else "",
            id_number=_digits(self.identity) if other else "",
            how_signed=self.how.current(),
            given=given,
            by_post=by_post,
            tracking=self.tracking.text() if by_post else "",
            authorisation=self.authorisation.text() if other else "",
            witness=beside.witness.text() if fingerprint else "",
            witness_id=_digits(beside.witness_id) if fingerprint else "",
            interpreter=beside.interpreter.text(),
            language=beside.language.text(),
            read_back=beside.read_back.isChecked(),
            method=method,
            originals_shown=beside.originals.isChecked(),
        )

    def _check_other(self) -> None:
        digits = _digits(self.identity)
        self.name.show_error("" if self.name.text() else tr("Nhập họ và tên người nhận."))
        right = digits.isascii() and digits.isdigit() and len(digits) == 12
        words = tr("Số căn cước phải có 12 chữ số, hiện có {n}.").format(n=len(digits))
        self.identity.show_error("" if right else words)
        unwritten = self._results and not self.authorisation.text()
        self.authorisation.show_error(tr("Người khác nhận cần giấy ủy quyền.") if unwritten else "")

    def _show_who(self, who: str) -> None:
        shown = {
            self.name: who == OTHER,
            self.identity: who == OTHER,
            self.authorisation: who == OTHER and self._results,
            self.tracking: who == POST,
        }
        for part, visible in shown.items():
            part.setVisible(visible)
            part.updateGeometry()
        self._signed.setVisible(who != POST)
        at_counter = self._results and who != POST
        self.beside.show_for(results=at_counter, originals=self._originals, how=self.how.current())


def _digits(field: Field) -> str:
    return "".join(field.text().split())


class PayCard(Card):
    """What is still to be paid for the ticked results, and the change. Empty means exactly that."""

    changed = Signal()

    def __init__(self) -> None:
        """Nothing to pay."""
        super().__init__(tr("Thu khi trả"), "4")
        self._due = 0
        self._total = label("", "display")
        self.method = ways_to_pay()
        self.given = MoneyField(tr("Tiền nhận"))
        self._change = label("", "h1", "ok")
        self.add_to_head(self._total)
        back = QVBoxLayout()
        back.setSpacing(3)
        right = Qt.AlignmentFlag.AlignRight
        back.addWidget(label(tr("Tiền trả lại"), "caption_strong", "text2"), 0, right)
        back.addWidget(self._change, 1, right)
        row = QHBoxLayout()
        row.addWidget(self.given, 1)
        row.addLayout(back, 1)
        self.add(self.method)
        self.add(row)
        self.method.chosen.connect(self._show_method)
        self.given.edit.textEdited.connect(lambda _text: self._show_change())
        self.show_due(0)

    def show_due(self, due: int) -> None:
        """Another sum; what was typed stays."""
        self._due = due
        self._total.setText(money(due))
        self.method.setEnabled(due > 0)
        if not due:
            self.method.choose(CASH, quiet=True)
        self._show_method(self.method.current())
        self.given.show_error("")
        self._show_change()

    def focus_first(self) -> None:
        """Ctrl+4: the money given, or the way where none is."""
        if self.given.isEnabled():
            self.given.edit.setFocus()
        else:
            chosen = next(one for one in self.method.findChildren(QAbstractButton) if one.isChecked())
            chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_method(self, method: str) -> None:
        """A transfer is exactly the sum: nothing is given, nothing goes back."""
        in_cash = self._due > 0 and method == CASH
        self.given.setEnabled(in_cash)
        if not in_cash:
            self.given.fill("")
        self._show_change()

    def check(self) -> QWidget | None:
        """Too little, or no money: words at the field and the input; None when it is enough."""
        try:
            change_for(read_given(self.given.text(), self._due), self._due)
        except DomainError as error:
            self.given.show_error(words_of(error).title)
            return self.given.edit
        self.given.show_error("")
        return None

    def said(self) -> tuple[str, str]:
        """The money given as typed (empty: exactly the sum) and the way."""
        return self.given.text() if self._due else "", self.method.current()

    def _show_change(self) -> None:
        try:
            back = read_given(self.given.text(), self._due) - self._due
        except DomainError:
            self._change.setText("")
            return
        self._change.setText(money(max(back, 0)) if back >= 0 else tr("thiếu {sum}").format(sum=money(-back)))
        recolour(self._change, colour="ok" if back >= 0 else "warn")


def chain_of(receiver: ReceiverCard, pay: PayCard, *after: QWidget) -> FocusChain:
    """Enter goes name, card, money; then it stops: only F9 hands over."""
    fields = (receiver.name, receiver.identity, receiver.authorisation, receiver.tracking)
    return FocusChain((*fields, *receiver.beside.chain(), pay.given, *after))
