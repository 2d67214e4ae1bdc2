"""What stands on the pen desk: the pen's card, both lists, and the side with its forms."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter_app.services.ports.pen import PenCard
from counter_app.ui.i18n import tr
from counter_app.ui.screens.pen.forms import FormCard, RecoveryCard, RulingCard, SettleCard, place_words
from counter_app.ui.screens.pen.rows import DoublesModel, UnknownModel
from counter_app.ui.widgets.badge import Badge
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.picker import Picker
from counter_app.ui.widgets.screen import main_and_side, page
from counter_app.ui.widgets.states import ListStack, StatePanel
from counter_app.ui.widgets.table import TableView
from counter_app.ui.widgets.text import ElidedLabel, label


class HolderCard(Card):
    """Where numbers are given now, and what waits because of it."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """Empty."""
        super().__init__(tr("Quyền cấp số"), "1")
        self.registers = Picker(tr("Sổ"))
        self.registers.setMinimumWidth(150)
        self.registers.picked.connect(self.chosen)
        self._badge = Badge("", "wait", "key")
        self.add_to_head(self.registers, self._badge)
        self._holder = ElidedLabel("", "h2")
        self._facts = label("", "body", wrap=True)
        self._open = label("", "caption_strong", "warn", wrap=True)
        for part in (self._holder, self._facts, self._open):
            self.add(part)

    def show_card(self, cards: tuple[PenCard, ...], card: PenCard) -> None:
        """One register; the choice is hidden while there is only one."""
        names = [tr("{symbol} năm {year}").format(symbol=one.symbol, year=one.year) for one in cards]
        self.registers.show_choices(names, cards.index(card))
        self.registers.setVisible(len(cards) > 1)
        self._badge.show_state(place_words(card), "ok" if card.here else "warn", "key")
        self._holder.setText(card.holder)
        words = tr(
            "Sổ {symbol} năm {year}, quyển {book:02d} · số cuối biết được: {n} · {waiting} phiếu chờ số"
        )
        self._facts.setText(
            words.format(
                symbol=card.symbol, year=card.year, book=card.book, n=card.last_number, waiting=card.waiting
            )
        )
        self._open.setText(_open_words(card))
        self._open.setVisible(bool(self._open.text()))


def _open_words(card: PenCard) -> str:
    """What holds up the closing of the month."""
    if card.to_enter:
        return tr("Chưa nhập số {spans} từ sổ giấy. Chưa khóa sổ được.").format(spans=card.to_enter)
    if card.unknown_count or card.doubles:
        words = tr("{unknown} số chưa rõ, {doubles} số trùng. Chưa khóa sổ được.")
        return words.format(unknown=card.unknown_count, doubles=card.doubles)
    return ""


class Overview(Card):
    """The side while no form is asked for."""

    def __init__(self) -> None:
        """How to go on."""
        super().__init__(tr("Việc của hai người"), "4")
        self._words = label("", wrap=True)
        self.add(self._words)

    def show_card(self, card: PenCard | None) -> None:
        """Words for where the pen is."""
        if card is None:
            words = tr("Chưa có sổ nào. Mở sổ ở trang Sổ.")
        elif card.here:
            words = tr("Máy này cấp số. Chọn một số chưa rõ hoặc số trùng rồi nhấn Enter.")
        elif card.closed:
            words = tr("Sổ đã khóa chỉ được ghi chú.")
        else:
            words = tr("Máy giữ quyền không dùng được nữa thì nhấn Ctrl+4 để khôi phục, có người thứ hai.")
        self._words.setText(words)


class PenPage:
    """The widgets of the page; ``show_form`` says which form F9 commits."""

    def __init__(self, screen: QWidget) -> None:
        """Builds all; the overview stands at the side."""
        self.holder = HolderCard()
        self.unknown_rows, self.double_rows = UnknownModel(), DoublesModel()
        self.unknown = TableView(self.unknown_rows, "normal", tr("Số chưa rõ"))
        self.doubles = TableView(self.double_rows, "two_line", tr("Số trùng"))
        nothing = StatePanel(tr("Không có số nào chưa rõ."), tr("Mọi số của sổ đều có người biết."), "checks")
        self.unknown_stack = ListStack(self.unknown, nothing)
        self.doubles_stack = ListStack(self.doubles, StatePanel(tr("Không có số trùng."), "", "checks"))
        self.recovery, self.settle, self.ruling = RecoveryCard(), SettleCard(), RulingCard()
        self.overview = Overview()
        self.commit = commit_button("", "check")
        self._forms = QStackedWidget()
        column = page(screen)
        row, main, side = main_and_side(364)
        main.addWidget(self.holder)
        main.addWidget(_list_card(tr("Số chưa rõ"), "2", self.unknown_stack), 3)
        main.addWidget(_list_card(tr("Số trùng"), "3", self.doubles_stack), 2)
        for form in (self.overview, self.recovery, self.settle, self.ruling):
            self._forms.addWidget(_top(form))
        side.addWidget(self._forms, 1)
        side.addWidget(self.commit)
        column.addLayout(row, 1)
        self.form: FormCard | None = None
        self.show_form(None)

    def show_form(self, form: FormCard | None) -> None:
        """A form, or the overview; the button says what F9 does."""
        self.form = form
        places: dict[FormCard | None, int] = {None: 0, self.recovery: 1, self.settle: 2, self.ruling: 3}
        self._forms.setCurrentIndex(places[form])
        self.commit.setVisible(form is not None)
        self.show_commit()

    def show_commit(self) -> None:
        """Verb and object of the form that stands."""
        if self.form is self.recovery:
            self.commit.show_words(tr("Khôi phục, in biên bản"))
        elif self.form is self.ruling:
            self.commit.show_words(tr("Giữ dòng này, gạch dòng kia"))
        else:
            words = tr("Hủy số {n}") if self.settle.voids() else tr("Ghi số {n}")
            self.commit.show_words(words.format(n=self.settle.number))


def _list_card(title: str, part: str, stack: ListStack) -> Card:
    card = Card(title, part, flush=True)
    card.add(stack, 1)
    return card


def _top(form: Card) -> QWidget:
    """A form keeps its height; what is left stays empty below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(form)
    column.addStretch(1)
    return holder
