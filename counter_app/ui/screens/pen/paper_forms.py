"""Power cut: to printed sheets, back with the last number used, and what was written there entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.pen import PenCard
from counter_app.services.ports.signing import PileRow
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import FormCard, SecondFields, beside, whole
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId


class TwoPersonsCard(FormCard):
    """One count and the second person."""

    def __init__(self, title: str, words: str, field: Field, name: str) -> None:
        """``name`` is what errors call the field."""
        super().__init__(title, "4")
        self.number, self.two = field, SecondFields()
        self._words = label(words, wrap=True)
        self.add(self._words)
        self.add(field)
        self.two.add_to(self)
        self.fields = {name: field, **self.two.fields()}
        self.chain = FocusChain((field, self.two.picker, self.two.secret))

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        self.missing(self.number, self.two.secret)
        self.not_whole(self.number)
        return self.first_wrong()


class ToPaperCard(TwoPersonsCard):
    """How many numbers are printed beforehand."""

    def __init__(self) -> None:
        """Empty."""
        words = tr("In tờ sổ có các số kế tiếp, hai người ký. Từ đó số ghi tay; máy nào cũng không cấp số.")
        super().__init__(
            tr("Chuyển sang sổ giấy"), words, Field(tr("Số dòng in sẵn"), required=True), "sheets"
        )
        self.fields["sheets_to"] = self.number

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Chuyển sang giấy, in tờ sổ")


class BackCard(TwoPersonsCard):
    """The last number that bears a line on the sheets."""

    def __init__(self) -> None:
        """Empty."""
        field = Field(tr("Số cuối cùng đã dùng trên giấy"), required=True)
        super().__init__(tr("Nhận lại từ sổ giấy"), "", field, "last_used")

    def show_card(self, card: PenCard) -> None:
        """Which numbers the sheets hold."""
        words = tr("Tờ sổ in số {first}–{last}. Chưa dùng số nào thì ghi {before}.")
        self._words.setText(
            words.format(first=card.last_number + 1, last=card.sheets_to, before=card.last_number)
        )

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Nhận lại quyền cấp số")


class SlipsModel(CellModel):
    """Slips that wait; the ticked ones bear the numbers of the sheets in the order they were ticked."""

    def __init__(self) -> None:
        """Numbers, slip."""
        super().__init__((Column(tr("Số trên giấy"), 96), Column(tr("Phiếu"))))
        self.order: list[EntryId] = []
        self.first = 0

    def show_slips(self, rows: Sequence[PileRow]) -> None:
        """Another list; ticks of slips that still wait stay in their order."""
        here = {row.request for row in rows}
        self.order = [one for one in self.order if one in here]
        self.show_rows(rows)

    def start_at(self, first: int) -> None:
        """The number of the first ticked slip's first original."""
        self.first = first
        self._all_changed()

    def turn(self, request: EntryId, *, on: bool | None = None) -> None:
        """Ticks at the end of the order, or unticks; ``on`` None turns it."""
        ticked = request in self.order
        if on is None or on != ticked:
            (self.order.remove if ticked else self.order.append)(request)
        self._all_changed()

    def numbers_of(self, request: EntryId) -> str:
        """``1778`` or ``1778–1780``, "" for a slip that is not ticked."""
        counts = {row.request: row.originals for row in self.rows()}
        at = self.first
        for one in self.order:
            count = counts.get(one, 0)
            if one == request:
                return f"{at}–{at + count - 1}" if count > 1 else str(at)
            at += count
        return ""

    def total(self) -> int:
        """Originals of all ticked slips."""
        counts = {row.request: row.originals for row in self.rows()}
        return sum(counts.get(one, 0) for one in self.order)

    def cell(self, row: int, column: int) -> CellSpec:
        """The number it will bear, then whose it is and what."""
        slip: PileRow = self.rows()[row]
        numbers = self.numbers_of(slip.request)
        if column == 0:
            words = numbers or tr("chưa chọn")
            return CellSpec(numbers or "–", weight=600, row_kind="sel" if numbers else "", words=words)
        return CellSpec(slip.name, slip.content, weight=600)

    def _all_changed(self) -> None:
        if self.rows():
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows()) - 1, 1))


class EnterCard(FormCard):
    """Slips of the power cut get the numbers they bear on paper: Space in the order of the sheet."""

    def __init__(self, on_turn: Callable[[], None]) -> None:
        """``on_turn`` runs after the ticks changed."""
        super().__init__(tr("Nhập số đã dùng trên giấy"), "4")
        self.first = Field(tr("Từ số"), required=True)
        self.day = Field(tr("Ngày ghi trên giấy"), required=True, hint=tr("ngày/tháng/năm"))
        self.signatory = Picker(tr("Người ký trên giấy"))
        self.slips = SlipsModel()
        self.table = TableView(self.slips, "two_line", tr("Phiếu chờ số"), fill_current=False)
        nothing = StatePanel(tr("Không có phiếu chờ số."), tr("Nhập phiếu ở trang Chứng thực (F4)."), "list")
        self.stack = ListStack(self.table, nothing)
        self._signers: tuple[SignatoryChoice, ...] = ()
        self._on_turn = on_turn
        words = tr("Space chọn phiếu theo đúng thứ tự trên tờ sổ, hoặc quét phiếu. Lời chứng không in lại.")
        self.add(label(words, "caption", "text2", wrap=True))
        self.add(beside(self.first, self.day))
        self.add(label(tr("Người ký trên giấy"), "caption_strong", "text2"))
        self.add(self.signatory)
        self.add(self.stack, 1)
        self.fields = {"number": self.first, "first": self.first, "day": self.day}
        self.chain = FocusChain((self.first, self.day, self.signatory), on_end=self.table.setFocus)
        self.first.edit.textChanged.connect(lambda _text: self.slips.start_at(whole(self.first) or 0))

    def show_card(self, card: PenCard) -> None:
        """The next number to enter, unless a person typed another."""
        if not self.first.text() or not self.slips.order:
            self.first.fill(str(card.enter_first) if card.enter_first else "")

    def show_slips(self, slips: Sequence[PileRow], signers: Sequence[SignatoryChoice]) -> None:
        """What waits, and who could have signed."""
        self._signers = tuple(signers)
        choices = [tr("Như trên phiếu"), *(one.label for one in signers)]
        self.signatory.show_choices(choices, max(self.signatory.currentIndex(), 0))
        self.slips.show_slips(slips)
        self.table.go_to(0)
        self.stack.loaded(len(slips))

    def turn_current(self) -> None:
        """Space: the slip of the bar, then the next one."""
        at = self.table.current_row()
        if 0 <= at < len(self.slips.rows()):
            self.slips.turn(self.slips.rows()[at].request)
            self.table.go_to(min(at + 1, len(self.slips.rows()) - 1))
            self._on_turn()

    def tick(self, request: EntryId) -> bool:
        """A scanned slip goes to the end of the order; False when it does not wait here."""
        known = any(row.request == request for row in self.slips.rows())
        if known:
            self.slips.turn(request, on=True)
            self._on_turn()
        return known

    def signer(self) -> EntryId | None:
        """Who signed on paper; None: whom the slip names."""
        at = self.signatory.currentIndex() - 1
        return self._signers[at].official if 0 <= at < len(self._signers) else None

    def numbers(self) -> str:
        """``1778–1780`` of all ticked slips."""
        first, count = whole(self.first) or 0, self.slips.total()
        return f"{first}–{first + count - 1}" if count > 1 else str(first)

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, the list when no slip is ticked, or None."""
        self.missing(self.first, self.day)
        self.not_whole(self.first)
        return self.first_wrong() or (None if self.slips.order else self.table)

    def reset(self) -> None:
        """After the entering: the day stays, for the next slips of the same sheet."""
        self.slips.order = []
        self.clear(self.day)

    def commit_words(self) -> str:
        """Verb and object."""
        if not self.slips.order:
            return tr("Nhập số")
        return tr("Nhập số {numbers}").format(numbers=self.numbers())
