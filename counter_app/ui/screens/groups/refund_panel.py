"""The drawer in which a group's money goes back: all of it or what is owed, why, and the second person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.groups import GroupRefund, GroupRefundForm
from counter_app.services.ports.pen import SecondPerson
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import SecondFields, named
from counter_app.ui.widgets.text import label


class RefundPanel(QWidget):
    """``form()`` is what F9 would do; nothing is given back here."""

    def __init__(self) -> None:
        """``show`` fills it."""
        super().__init__()
        self._offered: GroupRefund | None = None
        self.name = label("", "strong", wrap=True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.how = Picker(tr("Hoàn bao nhiêu"))
        self.ground = Field(tr("Lý do"), required=True)
        self.two = SecondFields()
        self.confirm = Button(tr("Hoàn tiền cả nhóm"), "check", "F9", PRIMARY)
        self.later = Button(tr("Để sau"), "history", "Esc", NORMAL)
        self.error = label("", "caption", "bad", wrap=True)
        self.error.hide()
        self.fields = {"ground": self.ground, **self.two.fields()}
        about = tr("Một lần cho mọi biên lai của nhóm; biên lai giữ số, tiền trừ vào quỹ hôm nay.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(9)
        column.addWidget(self.name)
        column.addWidget(label(about, "caption", "text2", wrap=True))
        column.addWidget(named(tr("Hoàn bao nhiêu"), self.how))
        column.addWidget(self.error)
        column.addWidget(self.ground)
        column.addWidget(named(tr("Người thứ hai"), self.two.picker))
        for widget in (self.two.secret, self.confirm, self.later):
            column.addWidget(widget)
        column.addStretch(1)
        self.chain = FocusChain((self.how, self.ground, self.two.picker, self.two.secret), parent=self)

    def show_offer(self, offered: GroupRefund, seconds: Sequence[SecondPerson]) -> None:
        """What can go back, and who may stand beside."""
        self._offered = offered
        self.name.setText(offered.name)
        words = tr("{money} · {n} biên lai")
        whole = tr("Tất cả: {sum}").format(sum=words.format(money=money(offered.paid), n=offered.receipts))
        owed = tr("Phải hoàn: {sum}").format(sum=words.format(money=money(offered.owed), n=offered.owing))
        self.how.show_choices((owed, whole) if offered.owed else (whole,), 0)
        self.two.show_people(seconds)
        nothing = "" if offered.paid else tr("Nhóm này không còn khoản nào để hoàn.")
        self.confirm.disable_because(nothing)
        self.how.setFocus(Qt.FocusReason.TabFocusReason)

    def form(self) -> GroupRefundForm | None:
        """What F9 would do; None while something is missing (said at its cell)."""
        offered, second = self._offered, self.two.chosen()
        self.error.hide()
        for field in (self.ground, self.two.secret):
            field.show_error("" if field.text() else tr("Ô này chưa nhập."))
        if offered is None or second is None or self.ground.error() or self.two.secret.error():
            return None
        whole = not offered.owed or self.how.currentIndex() == 1
        amount = offered.paid if whole else offered.owed
        return GroupRefundForm(offered.group, whole, amount, self.ground.text(), second, self.two.typed())

    def take_error(self, field: str, said: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        if field == "amount":
            self.error.setText(said)
            self.error.show()
            return True
        shown = self.fields.get(field)
        if shown is None:
            return False
        shown.show_error(said)
        shown.edit.setFocus()
        shown.edit.selectAll()
        return True
