"""Two persons found a unit: its head and the technician, under a decision."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.organisation.roles import CHAIRMAN, DIRECTOR, TECHNICIAN
from counter_app.services.ports.founding import FoundingForm, FoundingView
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.enrolment.follow import FocusFollower
from counter_app.ui.screens.founding.person_card import PersonCard
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled

_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")


class FoundPanel(QWidget):
    """``form()`` is what was typed, None with words at the field while it cannot be one."""

    def __init__(self) -> None:
        """Empty fields; the technician's title is proposed."""
        super().__init__()
        self.setObjectName("plain")
        self.head = PersonCard(tr("Người đứng đầu"), "1", (CHAIRMAN, DIRECTOR))
        self.technician = PersonCard(tr("Kỹ thuật viên"), "2", (TECHNICIAN,))
        self.technician.title_line.fill(tr("Kỹ thuật viên"))
        self.technician.role.setEnabled(False)
        self.act_number = Field(tr("Số quyết định"), required=True, hint=tr("Ví dụ: 12/QĐ-UBND"))
        self.act_day = Field(tr("Ngày quyết định"), required=True, hint="01/07/2026")
        self.commit = commit_button(tr("Lập đơn vị"), "user-check")
        self._build()
        self._chain = FocusChain(
            (*self.head.inputs, *self.technician.inputs, self.act_number, self.act_day), parent=self
        )
        self.setFocusProxy(self.head.name.edit)

    def form(self, _view: FoundingView | None = None) -> FoundingForm | None:
        """What was typed; a date that is none gets its words here, everything else from the rules."""
        day = day_typed(self.act_day.text())
        if day == 0:
            self.take_error("act_day", tr("Ghi ngày như 01/07/2026."))
            return None
        return FoundingForm(self.head.form(), self.technician.form(), self.act_number.text(), day)

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        who, _, name = field.partition(".")
        if name:
            card = {"head": self.head, "technician": self.technician}.get(who)
            return card is not None and card.take_error(name, words)
        own = {"act_number": self.act_number, "act_day": self.act_day}.get(field)
        if own is not None:
            own.show_error(words)
            own.edit.setFocus()
        return own is not None

    def clear_errors(self) -> None:
        """Before the next F9."""
        for card in (self.head, self.technician):
            card.clear_errors()
        for field in (self.act_number, self.act_day):
            field.show_error("")

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(11)
        people = QHBoxLayout()
        people.setSpacing(14)
        people.addWidget(self.head, 1)
        people.addWidget(self.technician, 1)
        column.addLayout(people)
        ground = Card(tr("Căn cứ"), "3")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.act_number, 2)
        row.addWidget(self.act_day, 1)
        ground.add(row)
        column.addWidget(ground)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(9)
        area = scrolled(inner)
        self._follower = FocusFollower(area)
        outer.addWidget(area, 1)
        outer.addWidget(self.commit)


def day_typed(text: str) -> int:
    """``01/07/2026`` as 20260701, 0 for anything else; whether the day exists is the rule's to say."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return 0
    day, month, year = map(int, found.groups())
    return year * 10_000 + month * 100 + day
