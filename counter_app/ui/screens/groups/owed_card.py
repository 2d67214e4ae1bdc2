"""A group's money at return: what it owes, cash with change or a transfer; F9 takes it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import change_for, read_given
from counter_app.services.ports.groups import GroupRow
from counter_app.ui.formatting import money
from counter_app.ui.i18n import language, tr
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.fields.field import MoneyField
from counter_app.ui.widgets.fields.ways_to_pay import CASH, ways_to_pay
from counter_app.ui.widgets.text import ElidedLabel, label, rule


class OwedPanel(Card):
    """One group of the list; nothing is taken here, the page's F9 asks ``ready``."""

    left = Signal()

    def __init__(self) -> None:
        """No group yet."""
        super().__init__(tr("Thu khi trả kết quả"))
        self.row: GroupRow | None = None
        self.name = ElidedLabel("", "strong")
        self.people = ElidedLabel("", "body", "text2")
        self.total = label("", "h1")
        self.method = ways_to_pay()
        self.given = MoneyField(tr("Tiền nhận"))
        self.change = label("", "strong", "ok")
        self.add(self.name)
        self.add(self.people)
        self.add(rule())
        self.add(line(label(tr("Phải thu"), "strong"), self.total))
        self.add(self.method)
        self.add(self.given)
        self.add(line(label(tr("Tiền trả lại"), "caption_strong", "text2"), self.change))
        self.add(Button(tr("Về danh sách"), "arrow-left", "Esc", LINK, self.left.emit))
        self.body.addStretch(1)
        self.method.chosen.connect(self._choose)
        self.given.edit.textEdited.connect(self._type)

    def open(self, row: GroupRow) -> None:
        """What this group owes; the money given has the focus."""
        self.row = row
        self.name.setText(row.name)
        words = tr("{code} · {taken} người · {copies} bản sao")
        self.people.setText(words.format(code=row.short_code, taken=row.taken, copies=row.copies))
        self.total.setText(money(row.to_pay))
        self.method.choose(CASH, quiet=True)
        self.given.fill("")
        self.given.edit.setFocus()
        self._show()

    def ready(self) -> tuple[GroupRow, str, str] | None:
        """Group, money given as typed, way; None while too little was given (said at the cell)."""
        if self.row is None or not self._show():
            self.given.edit.setFocus()
            return None
        return self.row, self.given.text() if self.method.current() == CASH else "", self.method.current()

    def _choose(self, _code: str) -> None:
        self._show()

    def _type(self, _text: str) -> None:
        self._show()

    def _show(self) -> bool:
        """Change, or what is wrong with the money given; True when it may be taken."""
        cash = self.method.current() == CASH
        self.given.set_read_only(not cash)
        if self.row is None or not cash:
            self.change.setText("")
            self.given.show_error("")
            return self.row is not None
        try:
            change = change_for(read_given(self.given.text(), self.row.to_pay), self.row.to_pay)
        except DomainError as error:
            words = error.words(language())
            self.change.setText("")
            self.given.show_error(f"{words.title} {words.remedy}".strip() if self.given.text() else "")
            return False
        self.change.setText(money(change))
        self.given.show_error("")
        return True
