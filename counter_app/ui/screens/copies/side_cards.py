"""Parts 3 and 4: the money, the certification text and who is asked to sign."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.services.ports.copies import (
    Notice,
    RequestForm,
    RequestView,
    SignatoryChoice,
    TextPreview,
)
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.form_model import LATER, NOW, TRANSFER, way_of
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.fields.field import MoneyField
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.lists.badge import key_cap
from counter_app.ui.widgets.text import ElidedLabel, label, recolour, rule

MONEY_LINES = 3
TEXT_LINES = 8
YIELDING_GAP = 4
_UNBOUND = 16_777_215
"""Qt's own greatest height, px."""


class WaysToPay(Picker):
    """Now in cash, now by transfer, or at return: three do not fit side by side at 130 % of the text."""

    chosen = Signal(str)
    WAYS = (NOW, TRANSFER, LATER)

    def __init__(self) -> None:
        """In cash, as most pay."""
        super().__init__(tr("Thu ngay tiền mặt, chuyển khoản, hoặc thu khi trả (Ctrl+M)"))
        self.show_choices((tr("Tiền mặt"), tr("Chuyển khoản"), tr("Thu khi trả")), 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.picked.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Wide enough for the longest of the three, no higher than the words beside it."""
        theme = themes.current()
        words = (self.itemText(place) for place in range(self.count()))
        width = max(painting.text_width(theme.font("input"), one) for one in words)
        return QSize(width + theme.size(17) + 32, super().sizeHint().height())

    def current(self) -> str:
        """NOW, TRANSFER or LATER."""
        return self.WAYS[max(self.currentIndex(), 0)]

    def choose(self, way: str, *, quiet: bool = False) -> None:
        """Chooses; ``quiet`` tells nobody. Raises ValueError for an unknown way."""
        self.setCurrentIndex(self.WAYS.index(way))
        if not quiet:
            self.chosen.emit(way)

    def choose_next(self) -> None:
        """The next way, round again (Ctrl+M)."""
        self.choose(self.WAYS[(self.WAYS.index(self.current()) + 1) % len(self.WAYS)])

    def _tell(self, place: int) -> None:
        self.chosen.emit(self.WAYS[place])


class MoneyCard(Card):
    """Fees, what was given, what goes back. ``when_changed`` and ``given_changed`` carry text."""

    when_changed = Signal(str)
    given_changed = Signal(str)

    def __init__(self) -> None:
        """Nothing to pay."""
        super().__init__(tr("Thu tiền"), "3")
        self.when = WaysToPay()
        self.when.chosen.connect(self.when_changed)
        self.add_to_head(self.when, key_cap("Ctrl M"))
        self._lines = [(ElidedLabel("", "body", "text2"), label()) for _ in range(MONEY_LINES)]
        for words, amount in self._lines:
            self.add(line(words, amount))
        self.add(rule())
        self.total = label("", "display")
        self.add(line(label(tr("Phải thu"), "strong"), self.total))
        self.given = MoneyField(tr("Tiền nhận"))
        self.given.edit.textEdited.connect(lambda _text: self.given_changed.emit(self.given.text()))
        self.given.left.connect(lambda: self.given_changed.emit(self.given.text()))
        self.change_words = label("", "caption_strong", "text2")
        self.change = label("", "h1", "ok")
        self.add(self._pay_row())

    def show_money(self, form: RequestForm, view: RequestView | None) -> None:
        """Lines, total, change."""
        lines = view.money if view is not None else ()
        for (words, amount), shown in zip(self._lines, (*lines, None, None, None), strict=False):
            for part in (words, amount):
                part.setVisible(shown is not None)
            if shown is not None:
                words.setText(shown.label)
                amount.setText(money(shown.amount))
        self.total.setText(money(view.total if view is not None else 0))
        way = way_of(form)
        if self.when.current() != way:
            self.when.choose(way, quiet=True)
        self.given.setEnabled(way == NOW)
        if not self.given.edit.hasFocus() and not form.given:
            self.given.edit.fill("")
        self._show_change(form, view)

    def fill_given(self, text: str) -> None:
        """What a draft says was given."""
        self.given.edit.fill(text)

    def show_fault(self, notice: Notice | None) -> None:
        """Words under the money given."""
        self.given.show_error(notice.title if notice is not None else "")

    def _show_change(self, form: RequestForm, view: RequestView | None) -> None:
        cash = way_of(form) == NOW
        change = view.change if view is not None and cash else 0
        short = change < 0
        self.change_words.setText(tr("Còn thiếu") if short else tr("Tiền trả lại"))
        self.change.setText(money(abs(change)) if cash else "–")
        recolour(self.change, colour="bad" if short else "ok")

    def _pay_row(self) -> QHBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(3)
        side = Qt.AlignmentFlag.AlignRight
        right.addWidget(self.change_words, 0, side | Qt.AlignmentFlag.AlignTop)
        right.addWidget(self.change, 1, side | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.addWidget(self.given, 1)
        row.addLayout(right, 1)
        return row


class Yielding(QWidget):
    """Parts shown only where the column has room for them, the first one given up first."""

    def __init__(self, *parts: QWidget, below: int = 0) -> None:
        """One below the other, and ``below`` px under the last."""
        super().__init__()
        self._parts, self._below = parts, below
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, below)
        column.setSpacing(YIELDING_GAP)
        for part in parts:
            column.addWidget(part)

    def minimumSizeHint(self) -> QSize:
        """Nothing: the window may always become lower."""
        return QSize(0, 0)

    def fit(self, room: int) -> int:
        """Hides parts until the rest fits into ``room`` px; returns what is left of it."""
        left = room - self._below
        for part in reversed(self._parts):
            height = part.sizeHint().height() + YIELDING_GAP
            part.setVisible(left >= height)
            left = left - height if left >= height else 0
        shown = any(not part.isHidden() for part in self._parts)
        self.setMaximumHeight(_UNBOUND if shown else 0)
        return max(left, 0)


class TextCard(Card):
    """The text without number and date, and who is asked to sign. ``signatory_chosen`` carries the place."""

    signatory_chosen = Signal(int)

    def __init__(self) -> None:
        """An empty stamp."""
        super().__init__(tr("Lời chứng"), "4")
        self.medium = ElidedLabel("", "caption", "text2")
        self.add_to_head(self.medium)
        stamp = QFrame()
        stamp.setObjectName("stampBox")
        stamp.setAccessibleName(tr("Lời chứng sẽ in"))
        column = QVBoxLayout(stamp)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(0)
        self._lines = [ElidedLabel("", "caption") for _ in range(TEXT_LINES)]
        for one in self._lines:
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(one)
        self.stamp = stamp
        self.where = ElidedLabel("", "caption", "text2")
        self.yielding = Yielding(stamp, self.where)
        self.add(self.yielding)
        self.queue = ElidedLabel("", "caption_strong", "text2")
        self.signatory = Picker(tr("Trình ai ký"))
        self.signatory.picked.connect(self.signatory_chosen)
        self.warning = label("", "caption", "warn", wrap=True)
        self.add(self.queue)
        self.add(self.signatory)
        self.add(self.warning)

    def show_text(self, preview: TextPreview | None) -> None:
        """The lines as they will print."""
        lines = preview.lines if preview is not None else ()
        for place, shown in enumerate(self._lines):
            words = lines[place].strip() if place < len(lines) else ""
            shown.setVisible(bool(words))
            shown.setText(words)
            strong = bool(words) and (words.isupper() or place == len(lines) - 1)
            recolour(shown, role="caption_strong" if strong else "caption")
        media = {
            "overlay": tr("in lên trang cuối"),
            "stamp": tr("đóng dấu tay"),
            "half_sheet": tr("in nửa tờ"),
            "label": tr("in nhãn dán"),
            "electronic": tr("ký số trên tệp"),
            "page": tr("tờ riêng kèm theo"),
            "under": tr("ngay dưới chữ ký"),
        }
        if preview is None:
            self.medium.setText("")
            return
        words = tr("{n} lời chứng · {medium}")
        medium = media.get(preview.medium, media["overlay"])
        self.medium.setText(words.format(n=preview.count, medium=medium))

    def show_place(self, place: str) -> None:
        """When number, date and name come onto the paper."""
        words = tr("Số, ngày, tên người ký in khi {place}.").format(place=place) if place else ""
        self.where.setText(words)

    def fit(self, spare: int) -> None:
        """Shows as much of the text as ``spare`` px and what it holds now allow."""
        self.yielding.fit(spare)

    def show_signatories(
        self, choices: Sequence[SignatoryChoice], form: RequestForm, *, known: bool = True
    ) -> None:
        """People with a valid act; fewest waiting first. Not ``known``: they are still being read."""
        current = next((i for i, one in enumerate(choices) if one.official == form.signatory), -1)
        self.signatory.show_choices([one.label for one in choices], current)
        self.signatory.setEnabled(bool(choices))
        least = min((one.waiting for one in choices), default=0)
        words = tr("Trình ai ký · ít phiếu chờ nhất: {n}").format(n=least)
        self.queue.setText(words if choices else tr("Trình ai ký"))
        if current >= 0 and choices[current].load:
            self.queue.setText(choices[current].load)
        warning = choices[current].warning if current >= 0 else ""
        if not choices and known:
            warning = tr("Chưa có ai được phân công ký chứng thực. Nhập được, trình sau.")
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
