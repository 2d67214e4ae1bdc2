"""Part 4: what the citizen will hold: code, due date with its reason, money, where the result is given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.copies import Notice
from counter_app.services.ports.intake import ACCEPT, ASK, REFUSE, IntakeForm, IntakeView
from counter_app.ui import formatting
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.screens.intake.form_model import LATER, NOW, Words
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import MoneyField
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.text import ElidedLabel, label, recolour, rule

DELIVER_COUNTER, DELIVER_POST, DELIVER_ONLINE = "counter", "post", "online"


_RESIDENCE = {"01": "CT04", "02": "CT05", "03": "CT06"}
"""The police's own forms of residence (TT 66/2023/TT-BCA)."""


class SlipCard(Card):
    """``pay_chosen``, ``given_typed``, ``deliver_chosen``, ``exemption_chosen`` carry text; ``why_asked``."""

    pay_chosen = Signal(str)
    given_typed = Signal(str)
    deliver_chosen = Signal(str)
    exemption_chosen = Signal(str)
    why_asked = Signal()

    def __init__(self, counter: str) -> None:
        """``counter``: its two or three digits, the only part of a code that is known before F9."""
        super().__init__(tr("Phiếu cho dân"), "4")
        self.form_badge = Badge("", "wait", "file-text")
        self.add_to_head(self.form_badge)
        self.code = label("", "strong")
        self._counter = counter
        self.add(line(label(tr("Mã hồ sơ"), "body", "text2"), self.code))
        self.add(
            label(tr("Có khi lưu, kèm mã tạm 18 số; mã chính thức của tỉnh có sau, tra được cả hai."),
                  "caption", "text2", wrap=True)
        )  # fmt: skip
        self.received = label("", "strong")
        self.add(line(label(tr("Ngày đến nộp"), "body", "text2"), self.received))
        self.due = label("", "h2")
        self.add(line(label(tr("Hẹn trả"), "body", "text2"), self.due))
        self.why = label("", "caption", "text2", wrap=True)
        self.why_button = Button(tr("Vì sao ngày này"), "help-circle", "Ctrl T", LINK, self.why_asked.emit)
        self.add(self.why)
        self.add(line(QWidget(), self.why_button))
        self.add(rule())
        self._build_money()
        self.add(rule())
        self.deliver_at = ElidedLabel("", "caption", "text2")
        self.deliver = Segmented(
            ((DELIVER_COUNTER, tr("Tại quầy")), (DELIVER_POST, tr("Bưu chính")),
             (DELIVER_ONLINE, tr("Trực tuyến")))
        )  # fmt: skip
        self.deliver.setAccessibleName(tr("Nhận kết quả"))
        self.deliver.chosen.connect(self.deliver_chosen)
        self.add(label(tr("Nhận kết quả"), "caption_strong", "text2"))
        self.add(self.deliver)
        self.add(self.deliver_at)
        self._exemptions: Words = ()

    def inputs(self) -> tuple[QWidget, ...]:
        """What takes keys, in order."""
        return (self.exemption, self.given.edit)

    def fill(self, form: IntakeForm) -> None:
        """What a draft says."""
        self.given.edit.fill(form.given)

    def show_form(self, form: IntakeForm, view: IntakeView | None, now: int) -> None:
        """Everything the paper will say, as far as it is known."""
        outcome = view.outcome if view is not None else ACCEPT
        number, kind = {ASK: ("02", "warn"), REFUSE: ("03", "bad")}.get(outcome, ("01", "ok"))
        if view is not None and view.form_set == "residence":
            number = _RESIDENCE[number]
        self.form_badge.show_state(tr("mẫu {number}").format(number=number), kind, "file-text")
        self.code.setText(f"{self._counter}-····")
        self.code.setAccessibleName(tr("Mã hồ sơ có khi lưu"))
        self.received.setText(f"{formatting.date(now)} {formatting.time(now)}" if now else "")
        self._show_due(view, outcome)
        self._show_money(form, view)
        self.deliver.choose(form.deliver, quiet=True)
        self.deliver_at.setText(
            view.deliver_at if view is not None and form.deliver == DELIVER_COUNTER else ""
        )
        self.deliver_at.setVisible(bool(self.deliver_at.text()))

    def show_exemptions(self, exemptions: Words) -> None:
        """Reasons of exemption, after "not exempt"."""
        self._exemptions = exemptions

    def show_fault(self, notices: Sequence[Notice], *, tried: bool) -> None:
        """Words under the money given."""
        found = next((one for one in notices if one.field == "given"), None)
        typed = bool(self.given.text()) and not self.given.edit.hasFocus()
        self.given.show_error(found.title if found is not None and (tried or typed) else "")

    def set_read_only(self, read_only: bool) -> None:
        """Nothing can be chosen."""
        self.given.set_read_only(read_only)
        for part in (self.exemption, self.deliver, self.when):
            part.setEnabled(not read_only)

    def start(self) -> None:
        """Focus to the money, or to where the result is given when there is none."""
        target = self.given.edit if self.given.edit.isVisible() else self.deliver.focusProxy()
        (target or self.deliver.findChildren(QWidget)[0]).setFocus()

    def _build_money(self) -> None:
        self.fee_words, self.fee = ElidedLabel("", "body", "text2"), label("", "strong")
        self.add(line(self.fee_words, self.fee))
        self.exemption = Picker(tr("Miễn lệ phí: lý do"))
        self.exemption.picked.connect(self._exempt)
        self.add(self.exemption)
        self.when = Segmented(((NOW, tr("Thu ngay")), (LATER, tr("Thu khi trả"))))
        self.when.setAccessibleName(tr("Thu ngay hoặc thu khi trả (Ctrl+M)"))
        self.when.chosen.connect(self.pay_chosen)
        self.add(self.when)
        self.given = MoneyField(tr("Tiền nhận"))
        self.given.edit.textEdited.connect(lambda _text: self.given_typed.emit(self.given.text()))
        self.given.left.connect(lambda: self.given_typed.emit(self.given.text()))
        self.change_words = label(tr("Tiền trả lại"), "caption_strong", "text2")
        self.change = label("", "h2", "ok")
        self._pay_part = QWidget()
        row = QHBoxLayout(self._pay_part)
        row.setContentsMargins(0, 0, 0, 0)
        right = QVBoxLayout()
        right.setSpacing(3)
        for part in (self.change_words, self.change):
            right.addWidget(part, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        row.addWidget(self.given, 1)
        row.addLayout(right, 1)
        self.add(self._pay_part)

    def _show_due(self, view: IntakeView | None, outcome: str) -> None:
        chosen = view is not None and view.procedure is not None
        words = view.due if view is not None and outcome == ACCEPT else ""
        if not chosen:
            words = "–"
        elif outcome == ASK:
            words = tr("khi đủ giấy tờ")
        elif outcome == REFUSE:
            words = tr("không hẹn")
        self.due.setText(words or tr("chưa có hạn"))
        recolour(self.due, colour="" if words else "warn")
        steps = view.due_steps if view is not None and outcome == ACCEPT else ()
        self.why.setText(" ".join(step.words for step in steps[1:]))
        self.why.setVisible(bool(self.why.text()))
        self.why_button.setVisible(bool(steps))

    def _show_money(self, form: IntakeForm, view: IntakeView | None) -> None:
        total = view.total if view is not None else 0
        known = view is None or view.fee_known
        chosen = view is not None and view.procedure is not None
        self.fee_words.setText(tr("Lệ phí"))
        free = bool(form.exemption) or total == 0
        shown = money(total) if not free else tr("Miễn lệ phí") if known else tr("chưa có mức")
        self.fee.setText(shown if chosen else "–")
        recolour(self.fee, colour="warn" if chosen and not known else "")
        self.exemption.setVisible(chosen and (total > 0 or not known or bool(form.exemption)))
        codes = [code for code, _ in self._exemptions]
        place = codes.index(form.exemption) + 1 if form.exemption in codes else 0
        self.exemption.show_choices([tr("Không miễn"), *(words for _, words in self._exemptions)], place)
        self.when.choose(form.pay, quiet=True)
        self.when.setVisible(total > 0)
        self._pay_part.setVisible(total > 0 and form.pay == NOW)
        change = view.change if view is not None else 0
        self.change_words.setText(tr("Còn thiếu") if change < 0 else tr("Tiền trả lại"))
        self.change.setText(money(abs(change)))
        recolour(self.change, colour="bad" if change < 0 else "ok")

    def _exempt(self, place: int) -> None:
        self.exemption_chosen.emit(self._exemptions[place - 1][0] if place > 0 else "")
