"""The three forms at the right: recovery of a lost pen, settling one number, ruling on a double."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.services.ports.pen import PenCard, RebuiltForm, RecoveryForm, RecoveryProposal
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.pen.rows import DoubleRow
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.form_card import FormCard, SecondFields, beside, whole
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId

REBUILD, VOID = "rebuild", "void"


class RecoveryCard(FormCard):
    """Two persons take over the pen of a PC that will not come back soon."""

    typed = Signal(int, int)

    def __init__(self) -> None:
        """Empty; what is known comes with ``show_proposal``."""
        super().__init__(tr("Khôi phục quyền cấp số"), "4")
        self._known = label("", "caption", "text2", wrap=True)
        self.highest = Field(tr("Số lớn nhất trên giấy"), required=True)
        self.waiting = Field(tr("Bản chính chờ số"), required=True)
        self.resume = Field(tr("Cấp tiếp từ số"), required=True)
        self.ground = Field(tr("Lý do"), required=True, hint=tr("Máy hỏng nguồn, mất trộm ..."))
        self.two = SecondFields()
        self.secret = self.two.secret
        self._least = 0
        self.add(self._known)
        self.add(beside(self.highest, self.waiting))
        self.add(self.resume)
        self.add(self.ground)
        self.two.add_to(self)
        self.fields = {
            "highest_on_paper": self.highest, "waiting_there": self.waiting, "resume_at": self.resume,
            "ground": self.ground, **self.two.fields(),
        }  # fmt: skip
        self.chain = FocusChain(
            (self.highest, self.waiting, self.resume, self.ground, self.two.picker, self.secret)
        )
        for field in (self.highest, self.waiting):
            field.left.connect(self._compute)

    def show_proposal(self, proposal: RecoveryProposal) -> None:
        """What is known here; figures a person raised stay as they are."""
        words = tr("{lost} là nơi giữ quyền. Máy này biết đến số {n}; lô lớn nhất {lot} số.")
        self._known.setText(words.format(lost=proposal.lost, n=proposal.last_known, lot=proposal.largest_lot))
        if (whole(self.waiting) or 0) < proposal.waiting_there:
            self.waiting.fill(str(proposal.waiting_there))
        typed = whole(self.resume)
        if typed is None or typed < proposal.least_resume_at or typed == self._least:
            self.resume.fill(str(proposal.least_resume_at))
            if self.resume.edit.hasFocus():  # the answer came while he was here: typing still replaces
                self.resume.edit.selectAll()
        self._least = proposal.least_resume_at

    def reset(self) -> None:
        """After a recovery, or when it is given up."""
        self._least = 0
        self.clear()

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        self.missing(*dict.fromkeys(self.fields.values()))
        self.not_whole(self.highest, self.waiting, self.resume)
        return self.first_wrong()

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Khôi phục, in biên bản")

    def form(self, register: EntryId) -> RecoveryForm | None:
        """What the form says; None while nobody may stand beside."""
        second = self.two.chosen()
        if second is None:
            return None
        return RecoveryForm(
            register, whole(self.highest) or 0, whole(self.waiting) or 0, self.ground.text(), second,
            self.two.typed(), whole(self.resume) or 0,
        )  # fmt: skip

    def _compute(self) -> None:
        self.typed.emit(whole(self.highest) or 0, whole(self.waiting) or 0)


class SettleCard(FormCard):
    """One unknown number: its columns from a paper, or void with minutes."""

    def __init__(self) -> None:
        """Rebuilding stands first: a copy may be in a citizen's hand."""
        super().__init__(tr("Xác định số"), "4")
        self.number = 0
        self.how = Segmented(((REBUILD, tr("Dựng lại")), (VOID, tr("Hủy số"))))
        self.evidence = Field(tr("Căn cứ"), required=True, hint=tr("Phiếu 01-0002, biên lai, bản sao"))
        self.minutes = Field(tr("Biên bản số, ngày"), required=True)
        self.name = Field(tr("Người yêu cầu chứng thực"), required=True)
        self.original = Field(tr("Tên bản chính"), required=True)
        self.copies = Field(tr("Số bản sao"), required=True)
        self.fee = MoneyField(tr("Phí chứng thực"))
        self.day = Field(tr("Ngày chứng thực"), required=True, hint=tr("ngày/tháng/năm"))
        self.signatory = Field(tr("Người ký"), required=True)
        self._columns = (self.name, self.original, self.copies, self.day, self.signatory)
        order = (
            self.evidence, self.minutes, self.name, self.original, self.copies, self.fee, self.day,
            self.signatory,
        )  # fmt: skip
        for part in (self.how, self.evidence, self.minutes, self.name, self.original):
            self.add(part)
        self.add(beside(self.copies, self.fee))
        self.add(beside(self.day, self.signatory))
        self.fields = {
            "evidence": self.evidence, "original_name": self.original, "name": self.name,
            "copies": self.copies, "fee": self.fee, "day": self.day, "signatory": self.signatory,
            "minutes": self.minutes,
        }  # fmt: skip
        self.chain = FocusChain(order)
        self.how.chosen.connect(self.show_how)
        self.show_how(REBUILD)

    def show_number(self, number: int) -> None:
        """Another number; what was typed for the last one goes, the evidence's kind stays chosen."""
        if number != self.number:
            self.clear(self.minutes)
        self.number = number
        if self.title_label is not None:
            self.title_label.setText(tr("Xác định số {n}").format(n=number))

    def show_how(self, how: str) -> None:
        """Columns for rebuilding, the minutes alone for voiding."""
        rebuilding = how == REBUILD
        shown = dict.fromkeys((self.evidence, self.fee, *self._columns), rebuilding)
        for field, visible in (*shown.items(), (self.minutes, not rebuilding)):
            field.setVisible(visible)
            field.edit.setVisible(visible)  # Enter passes over inputs that are hidden themselves

    def commit_words(self) -> str:
        """Verb and object."""
        words = tr("Hủy số {n}") if self.voids() else tr("Ghi số {n}")
        return words.format(n=self.number)

    def voids(self) -> bool:
        """Whether the number is to be voided."""
        return self.how.current() == VOID

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        if self.voids():
            return self.missing(self.minutes)
        wrong = self.missing(self.evidence, *self._columns)
        if self.copies.text() and not whole(self.copies):
            self.copies.show_error(tr("Chỉ nhập số."))
            wrong = wrong or self.copies.edit
        return wrong

    def form(self, register: EntryId) -> RebuiltForm:
        """The columns as typed."""
        return RebuiltForm(
            register, self.number, self.evidence.text(), self.name.text(), self.original.text(),
            whole(self.copies) or 0, self.fee.amount() or 0, self.day.text(), self.signatory.text(),
        )  # fmt: skip


class RulingCard(FormCard):
    """One of two lines stands; the other is struck and stays readable."""

    def __init__(self) -> None:
        """Nothing is chosen."""
        super().__init__(tr("Phân xử số trùng"), "4")
        self.row: DoubleRow | None = None
        self._words = label("", wrap=True)
        self.ground = Field(tr("Lý do giữ dòng này"), required=True)
        self.add(self._words)
        self.add(self.ground)
        self.fields = {"ground": self.ground}
        self.chain = FocusChain((self.ground,))

    def show_row(self, row: DoubleRow) -> None:
        """The line that would stand."""
        self.row = row
        words = tr("Giữ số {n} của {name} ({counter}). Dòng kia bị gạch, vẫn ở trong sổ.")
        self._words.setText(words.format(n=row.double.number, name=row.line.name, counter=row.line.counter))

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        return self.missing(self.ground)

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Giữ dòng này, gạch dòng kia")


def place_words(card: PenCard) -> str:
    """The badge: where the pen is."""
    if card.closed:
        return tr("Sổ đã khóa")
    if card.on_paper:
        return tr("Ở sổ giấy")
    return tr("Tại máy này") if card.here else tr("Ở máy khác")
