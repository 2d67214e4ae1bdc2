"""The drawer of a register's years, two around New Year, and the closing in three steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_years import LaterNoteRow, YearCard
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.registers.one_year import OneYear, Refusals, YearActs
from counter_app.ui.screens.registers.year_model import CHECK, COUNT, SIGN, to_close
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.form_card import FormCard, SecondFields
from counter_app.ui.widgets.text import label

Notes = dict[int, tuple[LaterNoteRow, ...]]
"""Notes after binding by year."""
PAIR = 2
BESIDE = 300
"""Width of a year in px at 100 % below which two no longer stand side by side."""


class ClosingForm(FormCard):
    """Who stands beside the closing; shown in its last step."""

    def __init__(self, people: Sequence[SecondPerson]) -> None:
        """``people`` may sign a closing."""
        super().__init__(tr("Hai người ký khóa sổ"))
        self.two = SecondFields()
        self.two.show_people(people)
        self.two.add_to(self)
        self.fields = dict(self.two.fields())
        self.chain = FocusChain((self.two.picker, self.two.secret), parent=self)


class YearPanel(QWidget):
    """What the drawer holds; built again for each step."""

    def __init__(
        self,
        cards: tuple[YearCard, ...],
        people: Sequence[SecondPerson],
        step: int,
        acts: YearActs,
        why_not: Refusals,
        on_commit: Callable[[], None],
        notes: Notes,
    ) -> None:
        """``step`` of the closing of the oldest open year; ``why_not`` says why this person may not."""
        super().__init__()
        self.setProperty("wide", len(cards) > 1)
        self.card = to_close(cards)
        self.years = [OneYear(card, notes.get(card.year, ()), people, acts, why_not) for card in cards]
        self.form = ClosingForm(people)
        self.commit = commit_button(tr("Khóa sổ năm"), "lock")
        self.commit.clicked.connect(lambda _checked=False: on_commit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(9)
        if self.card is not None:
            self._closing(column, self.card, step, why_not.closing)
        else:
            self.form.hide()
            self.commit.hide()
        self._grid = QGridLayout()
        self._grid.setSpacing(9)
        column.addLayout(self._grid)
        self._across = 0
        self._place(1)
        column.addStretch(1)
        held: QWidget = self.form.two.picker if step == SIGN else self.commit
        # A button that is disabled takes no keys; the drawer must hold them all the same.
        self.setFocusProxy(held if self.card is not None and self.commit.isEnabled() else self.years[0].book)

    def beside(self) -> bool:
        """Whether the years stand side by side."""
        return self._across == PAIR

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where each has its room, else one below the other."""
        super().resizeEvent(event)
        room = event.size().width() >= themes.current().size(BESIDE) * PAIR
        self._place(PAIR if room and len(self.years) > 1 else 1)

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, year in enumerate(self.years):
            self._grid.addWidget(year, place // across, place % across)
        for side in range(PAIR):
            self._grid.setColumnStretch(side, 1 if side < across else 0)

    def _closing(self, column: QVBoxLayout, card: YearCard, step: int, why_not: str) -> None:
        names = {CHECK: tr("kiểm tra"), COUNT: tr("đếm"), SIGN: tr("in, hai người ký")}
        title = tr("Khóa sổ năm {year} · bước {step} trong 3: {name}")
        column.addWidget(label(title.format(year=card.year, step=step, name=names[step]), "bold", wrap=True))
        self.said = said(card, step)
        for text in self.said:
            column.addWidget(label(text, "body", "warn" if card.open_items else "text2", wrap=True))
        column.addWidget(self.form)
        column.addWidget(self.commit)
        self.form.setVisible(step == SIGN)
        self.commit.show_words(
            {CHECK: tr("Kiểm tra xong"), COUNT: tr("Đếm đúng")}.get(step, tr("Khóa sổ năm, in biên bản"))
        )
        self.commit.disable_because(why_not or "; ".join(card.open_items))


def said(card: YearCard, step: int) -> tuple[str, ...]:
    """What a step of the closing says."""
    if card.open_items:
        return tuple(tr("Còn: {item}").format(item=item) for item in card.open_items)
    if step == CHECK:
        return (tr("Đủ số, không trùng; mỗi số gạch có lý do; các tháng đã khóa."),)
    if step == COUNT:
        return (tr("Đối chiếu với các quyển tháng: {total}").format(total=card.total),)
    return (tr("In trang khóa sổ và biên bản. Khóa rồi chỉ thêm ghi chú."),)
