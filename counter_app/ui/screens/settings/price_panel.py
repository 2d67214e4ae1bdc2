"""The drawer for the price of a photocopied page: amount, decision, the day it holds from; what there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.settings import PhotocopyPrices, PriceForm
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import nfc
from counter_app.ui.i18n import tr
from counter_app.ui.screens.settings import words
from counter_app.ui.screens.settings.unit_panel import point_at, secret_field
from counter_app.ui.widgets.button import PRIMARY, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.form_card import beside
from counter_app.ui.widgets.text import label, rule


class PricePanel(QWidget):
    """``form()`` is what was typed; an empty amount takes the price of the day away."""

    def __init__(self) -> None:
        """No prices yet."""
        super().__init__()
        self.dong = Field(tr("Giá một trang (đồng)"), hint=tr("theo văn bản"))
        self.since = Field(tr("Áp dụng từ ngày"), hint=tr("hôm nay"))
        self.decision = Field(tr("Số văn bản"), required=True)
        self.decided = Field(tr("Ngày văn bản"), required=True)
        self.secret = secret_field()
        self.confirm = Button(tr("Ghi giá cho mọi quầy"), "check", "F9", PRIMARY)
        self.fields = {
            "dong": self.dong, "since": self.since, "decision": self.decision, "decided": self.decided,
            "pin": self.secret, "password": self.secret,
        }  # fmt: skip
        self.known = label("", wrap=True)
        self.known.setTextFormat(Qt.TextFormat.PlainText)
        self._build()
        inputs = (self.dong, self.since, self.decision, self.decided, self.secret)
        self.chain = FocusChain(tuple(field.edit for field in inputs), parent=self)

    def _build(self) -> None:
        about = tr("Không phải phí: khoản riêng trên phiếu thu. Phiếu đã lập giữ giá cũ.")
        away = tr("Ghi nhầm: để trống giá, ghi đúng ngày áp dụng để bỏ giá của ngày đó.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(9)
        column.addWidget(label(about, "caption", "text2", wrap=True))
        column.addLayout(beside(self.dong, self.since))
        column.addLayout(beside(self.decision, self.decided))
        column.addWidget(self.secret)
        column.addWidget(label(away, "caption", "text2", wrap=True))
        column.addWidget(self.confirm)
        column.addWidget(rule())
        column.addWidget(self.known)
        column.addStretch(1)

    def form(self) -> PriceForm:
        """What stands in the fields."""
        return PriceForm(
            self.dong.text(), self.decision.text(), self.decided.text(), self.since.text(),
            nfc(self.secret.edit.text()),
        )  # fmt: skip

    def show_prices(self, prices: PhotocopyPrices) -> None:
        """The list below the fields, the latest first."""
        lines = [words.price_line(row) for row in prices.rows]
        if prices.this_pc:
            lines.append(words.price_of_this_pc(prices.this_pc))
        self.known.setText("\n".join(lines) or tr("Đơn vị chưa ghi giá nào."))

    def take_error(self, field: str, said: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        return field in self.fields and point_at(self.fields[field], said)

    def clear_errors(self) -> None:
        """Before the next F9."""
        for field in self.fields.values():
            field.show_error("")

    def begin_anew(self) -> None:
        """Empty fields for the next price."""
        for field in self.fields.values():
            field.fill("")
        self.clear_errors()
        self.dong.edit.setFocus(Qt.FocusReason.TabFocusReason)
