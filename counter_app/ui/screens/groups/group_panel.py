"""The drawer of one group that was taken in: how many are how far, everybody in the order of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.groups import GroupRow, MemberRow
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.text import label, rule
from sync.protocol.naming.ids import EntryId

_STATES = {
    "returned": "accepted", "taken_in": "accepted", "submitted": "submitted", "numbered": "numbered",
    "signed": "ready", "handed_over": "returned", "struck": "struck", "annulled": "struck",
}  # fmt: skip
"""Stage of a request -> record state of the screens (``ux.md`` 3.2)."""
_AT_THE_DESK = frozenset({"submitted", "numbered"})


class GroupPanel(QWidget):
    """Reads nothing itself; ``to_desk`` (the group) asks for the signing desk, ``left`` closes."""

    to_desk = Signal(object)
    to_refund = Signal(object)
    left = Signal()

    def __init__(self, group: EntryId, *, may_refund: bool = False) -> None:
        """``show_group`` fills it; ``may_refund``: the person at the counter gives money back."""
        super().__init__()
        self._may_refund = may_refund
        self.group = group
        self.facts = label("", "strong", wrap=True)
        self.counts = label("", "body", wrap=True)
        self.owed = label("", "caption_strong", "text2", wrap=True)
        self.people = label("", "caption", wrap=True)
        for one in (self.facts, self.counts, self.owed, self.people):
            one.setTextFormat(Qt.TextFormat.PlainText)
        self.desk = Button(tr("Xem nhóm ở bàn ký"), "signature", "F7", PRIMARY, self._ask_desk)
        self.back = Button(tr("Hoàn tiền cả nhóm ..."), "receipt-refund", on_click=self._ask_refund)
        self.later = Button(tr("Về danh sách"), "arrow-left", "Esc", NORMAL, self.left.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(9)
        for widget in (
            self.facts,
            self.counts,
            self.owed,
            self.desk,
            self.back,
            self.later,
            rule(),
            self.people,
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def show_group(self, row: GroupRow | None, members: Sequence[MemberRow]) -> None:
        """The group as it stands now; ``row`` None when it is not among the latest."""
        if row is not None:
            words = tr("{code} · {taken} người · {copies} bản sao")
            facts = words.format(code=row.short_code, taken=row.taken, copies=row.copies)
            self.facts.setText(f"{row.name}\n{facts}")
            self.owed.setText(tr("Còn thu {money}.").format(money=money(row.to_pay)) if row.to_pay else "")
        self.facts.setVisible(row is not None)
        self.owed.setVisible(bool(self.owed.text()))
        stages = Counter(_STATES.get(one.stage, "accepted") for one in members)
        self.counts.setText("\n".join(f"{_words(state)}: {count}" for state, count in stages.items()))
        self.back.setVisible(self._may_refund)
        self.desk.setVisible(any(one.stage in _AT_THE_DESK for one in members))
        self.people.setText("\n".join(_line(place, one) for place, one in enumerate(members, 1)))

    def _ask_desk(self) -> None:
        self.to_desk.emit(self.group)

    def _ask_refund(self) -> None:
        self.to_refund.emit(self.group)


def _words(state: str) -> str:
    return tr(record_state(state).words)


def _line(place: int, one: MemberRow) -> str:
    who = f"{place}. {one.name} · {one.label}" if one.label else f"{place}. {one.name}"
    return f"{who} · {one.short_code} · {_words(_STATES.get(one.stage, 'accepted'))}"
