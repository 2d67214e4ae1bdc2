"""Who takes the copies, how he signs for them, and what is still to be paid."""

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
from counter_app.ui.screens.handover.view_model import FINGERPRINT, HIMSELF, OTHER, PAD, PAPER, Receiver
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.choices import Segmented
from counter_app.ui.widgets.field import Field, MoneyField
from counter_app.ui.widgets.text import label, recolour


class ReceiverCard(Card):
    """*Người nộp* needs nothing; *Người khác* needs his name and his card."""

    def __init__(self) -> None:
        """The requester himself, signing on paper."""
        super().__init__(tr("Người nhận"), "3")
        self.who = Segmented(((HIMSELF, tr("Người nộp")), (OTHER, tr("Người khác"))))
        self.identity = Field(tr("Số căn cước"), required=True)
        self.how = Segmented(((PAPER, tr("Ký giấy")), (PAD, tr("Bảng ký")), (FINGERPRINT, tr("Điểm chỉ"))))
        self.name = Field(tr("Họ và tên"), required=True, hint=tr("Quét thẻ của người nhận"))
        for part in (self.who, self.name, self.identity):
            self.add(part)
        signed = QHBoxLayout()
        signed.addWidget(label(tr("Ký nhận"), "caption_strong", "text2"))
        signed.addWidget(self.how, 1)
        self.add(signed)
        self.who.chosen.connect(self._show_who)
        self._show_who(HIMSELF)

    def reset(self) -> None:
        """For the next person."""
        self.who.choose(HIMSELF)
        self.how.choose(PAPER)
        for field in (self.name, self.identity):
            field.fill("")
            field.show_error("")

    def focus_choice(self) -> None:
        """Focus on the choice of the receiver."""
        chosen = next(button for button in self.who.findChildren(QAbstractButton) if button.isChecked())
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def is_other(self) -> bool:
        """Whether somebody else takes the copies."""
        return self.who.current() == OTHER

    def fill_card(self, card: CardData) -> None:
        """The other person's card."""
        self.name.fill(card.name, from_qr=True)
        self.identity.fill(grouped(card.number), from_qr=True)

    def check(self) -> QWidget | None:
        """Field errors of what is missing; the first wrong input, or None."""
        if not self.is_other():
            return None
        digits = "".join(self.identity.text().split())
        self.name.show_error("" if self.name.text() else tr("Nhập họ và tên người nhận."))
        right = digits.isascii() and digits.isdigit() and len(digits) == 12
        words = tr("Số căn cước phải có 12 chữ số, hiện có {n}.").format(n=len(digits))
        self.identity.show_error("" if right else words)
        return next((one.edit for one in (self.name, self.identity) if one.error()), None)

    def receiver(self, given: str) -> Receiver:
        """What the form says now."""
        if not self.is_other():
            return Receiver(how_signed=self.how.current(), given=given)
        digits = "".join(self.identity.text().split())
        return Receiver(self.name.text(), digits, self.how.current(), given)

    def _show_who(self, who: str) -> None:
        for part in (self.name, self.identity):
            part.setVisible(who == OTHER)
            part.updateGeometry()


class PayCard(Card):
    """What is still to be paid for the ticked results, and the change. Empty means exactly that."""

    changed = Signal()

    def __init__(self) -> None:
        """Nothing to pay."""
        super().__init__(tr("Thu khi trả"), "4")
        self._due = 0
        self._total = label("", "display")
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
        self.add(row)
        self.given.edit.textEdited.connect(lambda _text: self._show_change())
        self.show_due(0)

    def show_due(self, due: int) -> None:
        """Another sum; what was typed stays."""
        self._due = due
        self._total.setText(money(due))
        self.given.setEnabled(due > 0)
        if not due:
            self.given.fill("")
        self.given.show_error("")
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

    def text(self) -> str:
        """What was typed; empty: exactly the sum."""
        return self.given.text() if self._due else ""

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
    return FocusChain((receiver.name, receiver.identity, pay.given, *after))
