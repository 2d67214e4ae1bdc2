"""What stands on the pen desk: the pen's card, both lists, and the side with its forms."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter_app.services.ports.pen import PenCard
from counter_app.ui.i18n import tr
from counter_app.ui.screens.pen.acts import BACK, ENTER, PASS, RECOVER, TAKE, TO_PAPER, Act, ActsModel
from counter_app.ui.screens.pen.forms import RecoveryCard, RulingCard, SettleCard, place_words
from counter_app.ui.screens.pen.moving_forms import PassCard, TakeCard
from counter_app.ui.screens.pen.paper_forms import BackCard, EnterCard, ToPaperCard
from counter_app.ui.screens.pen.rows import DoublesModel, UnknownModel
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import FormCard
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_words
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.screen import main_and_side, page
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
    if card.taken_back:
        words = tr(
            "Hai máy cùng nhận lại tờ sổ: {where}. Đối chiếu với tờ sổ: nhập số còn thiếu, phân xử số trùng."
        )
        return words.format(where=card.taken_back)
    if card.to_enter:
        return tr("Chưa nhập số {spans} từ sổ giấy. Chưa khóa sổ được.").format(spans=card.to_enter)
    if card.unknown_count or card.doubles:
        words = tr("{unknown} số chưa rõ, {doubles} số trùng. Chưa khóa sổ được.")
        return words.format(unknown=card.unknown_count, doubles=card.doubles)
    return ""


class Overview(Card):
    """The side while no form is asked for: what can be done with the pen where it is."""

    def __init__(self) -> None:
        """How to go on."""
        super().__init__(tr("Việc với quyền cấp số"), "4", flush=True)
        self.rows = ActsModel()
        self.table = TableView(
            self.rows,
            "two_line",
            tr("Việc với quyền cấp số"),
            heads=False,
            fill_current=False,
            fill_held=True,
        )
        self._nothing = StatePanel(tr("Không có việc nào."), "", "lock")
        self.stack = ListStack(self.table, self._nothing)
        self._words = label("", "caption", "text2", wrap=True)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(14, 2, 14, 10)
        column.addWidget(self._words)
        self.add(holder)
        self.add(self.stack, 1)

    def words(self) -> str:
        """What stands above the acts."""
        return self._words.text()

    def show_card(self, card: PenCard | None, acts: tuple[Act, ...]) -> None:
        """Words for where the pen is, and the acts of this place."""
        before = self.table.current_row()
        self.rows.show_rows(acts)
        self.table.go_to(min(max(before, 0), max(len(acts) - 1, 0)))
        self._nothing.show_words(*_no_acts(card))
        self.stack.loaded(len(acts))
        self._words.setText(_place_words(card))


def _place_words(card: PenCard | None) -> str:
    if card is None:
        return tr("Chưa có sổ nào. Mở sổ ở trang Sổ.")
    if card.closed:
        return tr("Sổ đã khóa chỉ được ghi chú.")
    if card.on_paper:
        return tr("Số đang ghi tay trên tờ sổ. Có điện thì nhận lại quyền, rồi nhập các số đã dùng.")
    if card.here:
        return tr("Máy này cấp số. Chọn một số chưa rõ hoặc số trùng rồi nhấn Enter.")
    return tr("Máy giữ quyền còn chạy thì chuyển bằng tệp; hỏng hẳn mới khôi phục, có người thứ hai.")


def _no_acts(card: PenCard | None) -> tuple[str, str]:
    if card is not None and card.closed:
        return tr("Sổ đã khóa."), tr("Quyền cấp số của năm này không chuyển nữa.")
    return tr("Chỉ xem."), read_only_words(ReadOnly.NO_RIGHT, tr("chuyển quyền cấp số"))


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
        self.passing, self.taking = PassCard(), TakeCard()
        self.to_paper, self.back = ToPaperCard(), BackCard()
        self.enter = EnterCard(self.show_commit)
        self.by_act: dict[str, FormCard] = {
            PASS: self.passing, TAKE: self.taking, TO_PAPER: self.to_paper, BACK: self.back,
            ENTER: self.enter, RECOVER: self.recovery,
        }  # fmt: skip
        self.overview = Overview()
        self.commit = commit_button("", "check")
        self._forms = QStackedWidget()
        column = page(screen)
        row, main, side = main_and_side(364)
        main.addWidget(self.holder)
        main.addWidget(_list_card(tr("Số chưa rõ"), "2", self.unknown_stack), 3)
        main.addWidget(_list_card(tr("Số trùng"), "3", self.doubles_stack), 2)
        self._forms.addWidget(self.overview)
        self._places: dict[FormCard | None, int] = {None: 0}
        for form in (*self.by_act.values(), self.settle, self.ruling):
            self._places[form] = self._forms.addWidget(form if form is self.enter else _top(form))
        side.addWidget(self._forms, 1)
        side.addWidget(self.commit)
        self.holder.hide()  # until something was read
        column.addLayout(row, 1)
        self.form: FormCard | None = None
        self.show_form(None)

    def show_form(self, form: FormCard | None) -> None:
        """A form, or the overview; the button says what F9 does."""
        self.form = form
        self._forms.setCurrentIndex(self._places[form])
        self.commit.setVisible(form is not None)
        self.show_commit()

    def show_commit(self) -> None:
        """Verb and object of the form that stands."""
        if self.form is not None:
            self.commit.show_words(self.form.commit_words())


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
