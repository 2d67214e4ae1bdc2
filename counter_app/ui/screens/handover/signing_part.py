"""Beside the receiver of a result: witness and interpreter, what was read back, originals that were shown."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.card_qr import CardData
from counter_app.ui.formatting import grouped
from counter_app.ui.i18n import tr
from counter_app.ui.screens.handover.view_model import FINGERPRINT
from counter_app.ui.widgets.fields.choices import Tick
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.form_card import beside


class SigningPart(QWidget):
    """Shown only while a result of a dossier leaves; a fingerprint needs its witness."""

    def __init__(self) -> None:
        """Nobody beside the receiver."""
        super().__init__()
        self.witness = Field(tr("Người làm chứng"), required=True)
        self.witness_id = Field(tr("Số căn cước"), required=True)
        self.witness_id.edit.setAccessibleName(tr("Số căn cước người làm chứng"))
        self.interpreter = Field(tr("Người phiên dịch"))
        self.language = Field(tr("Tiếng"), hint=tr("vd. Mông"))
        self.read_back = Tick(tr("Đã đọc lại cho người nhận nghe"))
        self.originals = Tick(tr("Đã xuất trình bản chính"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(beside(self.witness, self.witness_id))
        column.addLayout(beside(self.interpreter, self.language))
        column.addWidget(self.read_back)
        column.addWidget(self.originals)
        self.show_for(results=False, originals=False, how="")

    def chain(self) -> tuple[QWidget, ...]:
        """Inputs in the order of Enter."""
        return (
            self.witness, self.witness_id, self.interpreter, self.language, self.read_back, self.originals,
        )  # fmt: skip

    def show_for(self, *, results: bool, originals: bool, how: str) -> None:
        """What this handing over asks for."""
        self.setVisible(results)
        for field in (self.witness, self.witness_id):
            field.setVisible(results and how == FINGERPRINT)
        self.originals.setVisible(results and originals)

    def reset(self) -> None:
        """For the next person."""
        for field in (self.witness, self.witness_id, self.interpreter, self.language):
            field.fill("")
            field.show_error("")
        self.read_back.setChecked(False)
        self.originals.setChecked(False)

    def take_card(self, card: CardData) -> bool:
        """A card scanned while the witness or the interpreter is being written down is his."""
        if self.interpreter.edit.hasFocus():
            self.interpreter.fill(card.name, from_qr=True)
            return True
        if not (self.witness.edit.hasFocus() or self.witness_id.edit.hasFocus()):
            return False
        self.witness.fill(card.name, from_qr=True)
        self.witness_id.fill(grouped(card.number), from_qr=True)
        return True

    def wants_card(self) -> bool:
        """Whether a card scanned now belongs to somebody beside the receiver."""
        return any(one.edit.hasFocus() for one in (self.witness, self.witness_id, self.interpreter))

    def check(self) -> QWidget | None:
        """Words at what is missing; the first wrong input, or None."""
        if self.isHidden():
            return None
        fingerprint = not self.witness.isHidden()
        nobody = fingerprint and not self.witness.text()
        self.witness.show_error(tr("Chọn điểm chỉ nên cần người làm chứng.") if nobody else "")
        digits = "".join(self.witness_id.text().split())
        right = digits.isascii() and digits.isdigit() and len(digits) == 12
        words = tr("Số căn cước phải có 12 chữ số, hiện có {n}.").format(n=len(digits))
        self.witness_id.show_error(words if fingerprint and not right else "")
        speechless = self.interpreter.text() and not self.language.text()
        self.language.show_error(tr("Nhập tiếng phiên dịch.") if speechless else "")
        fields = (self.witness, self.witness_id, self.language)
        return next((one.edit for one in fields if one.error()), None)
