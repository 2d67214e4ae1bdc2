"""The drawer of a register's years, two around New Year, and the closing in three steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_years import YearCard
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.registers.year_model import CHECK, COUNT, SIGN, to_close
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.form_card import FormCard, SecondFields
from counter_app.ui.widgets.text import label

Act = Callable[[int], None]


class OneYear(Card):
    """A year: what its numbers came to, its months, what can be done."""

    def __init__(self, card: YearCard, acts: tuple[Act, Act, Act], why_not: str) -> None:
        """``acts``: write the book, print slips, open the next year; ``why_not``: not for this person."""
        super().__init__(tr("Sổ {symbol} năm {year}").format(symbol=card.symbol, year=card.year))
        export, slips, following = acts
        self.words = [card.total, _state(card), *_months(card)]
        for text in self.words:
            self.add(label(text, "caption", "text2", wrap=True))
        self.book = Button(tr("Ghi quyển năm (PDF)"), "book", on_click=lambda: export(card.year))
        self.add(self.book)
        self.slips = Button(
            tr("In {n} phiếu ghi chú bổ sung").format(n=card.unprinted), "printer",
            on_click=lambda: slips(card.year),
        )  # fmt: skip
        self.slips.disable_because(why_not)
        self.add(self.slips)
        if not card.unprinted:
            self.slips.hide()
        self.following = Button(
            tr("Mở sổ năm {year}").format(year=card.year + 1), "books", on_click=lambda: following(card.year)
        )
        self.following.disable_because(why_not or card.next_why_not)
        self.add(self.following)


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
        acts: tuple[Act, Act, Act],
        why_not: str,
        on_commit: Callable[[], None],
    ) -> None:
        """``step`` of the closing of the oldest open year; ``why_not`` says why this person may not."""
        super().__init__()
        self.card = to_close(cards)
        self.years = [OneYear(card, acts, why_not) for card in cards]
        self.form = ClosingForm(people)
        self.commit = commit_button(tr("Khóa sổ năm"), "lock")
        self.commit.clicked.connect(lambda _checked=False: on_commit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(9)
        if self.card is not None:
            self._closing(column, self.card, step, why_not)
        else:
            self.form.hide()
            self.commit.hide()
        for year in self.years:
            column.addWidget(year)
        column.addStretch(1)
        held: QWidget = self.form.two.picker if step == SIGN else self.commit
        # A button that is disabled takes no keys; the drawer must hold them all the same.
        self.setFocusProxy(held if self.card is not None and self.commit.isEnabled() else self.years[0].book)

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


def _state(card: YearCard) -> str:
    if card.closed:
        return tr("Đã khóa sổ đến hết 31/12/{year}").format(year=card.year)
    if card.last < card.first:
        return tr("Chưa khóa sổ, bắt đầu từ số {n:02d}; cấp số ở {place}").format(
            n=card.first, place=card.holder
        )
    return tr("Chưa khóa sổ, đến số {n:02d}; cấp số ở {place}").format(n=card.last, place=card.holder)


def _months(card: YearCard) -> list[str]:
    """A sentence a month, and what was settled."""
    bound, still_open = tr("đã khóa"), tr("chưa khóa")
    found = [
        tr("Tháng {month:02d}: số {first}–{last}, {state}").format(
            month=one.month, first=one.first, last=one.last, state=bound if one.closed else still_open
        )
        for one in card.months
    ]
    if card.settled:
        found.append(tr("{n} số chưa rõ đã giải quyết, có biên bản").format(n=card.settled))
    return found
