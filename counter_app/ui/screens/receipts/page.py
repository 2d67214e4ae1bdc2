"""What stands on the page: the box and what it found, slips, books, and one form at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.screens.receipts.forms import CloseBookCard, FollowCard, OpenBookCard, UndoCard
from counter_app.ui.screens.receipts.rows import BooksModel, FoundModel, SlipsModel
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Line
from counter_app.ui.widgets.form_card import FormCard
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.screen import main_and_side, page
from counter_app.ui.widgets.text import label


class ReceiptsPage:
    """The widgets; ``show_form`` says which form F9 commits."""

    def __init__(self, screen: QWidget) -> None:
        """Builds all; hints stand at the side."""
        self.found_rows, self.slip_rows, self.book_rows = FoundModel(), SlipsModel(), BooksModel()
        self.found = _table(self.found_rows, tr("Biên lai tìm thấy"))
        self.slips = _table(self.slip_rows, tr("Phiếu thu tạm chưa có biên lai"))
        self.books = _table(self.book_rows, tr("Quyển biên lai của máy này"))
        self.box = Line()
        self.box.setAccessibleName(tr("Tìm biên lai"))
        self.box.setPlaceholderText(tr("Số, ký hiệu và số, hoặc quét mã"))
        self._nothing_found = StatePanel(tr("Gõ số biên lai rồi nhấn Enter, hoặc quét mã."), "", "receipt")
        self.found_stack = ListStack(self.found, self._nothing_found)
        self.found_stack.loaded(0)
        none_wait = StatePanel(tr("Mọi phiếu thu tạm đã có biên lai."), "", "checks")
        self.slips_stack = ListStack(self.slips, none_wait)
        no_book = StatePanel(tr("Máy này chưa có quyển biên lai."), tr("Ctrl+O: mở quyển, nhìn bìa."), "book")
        self.books_stack = ListStack(self.books, no_book)
        self.undo, self.follow = UndoCard(), FollowCard()
        self.open_book, self.close_book = OpenBookCard(), CloseBookCard()
        self.begin = Button(tr("Mở quyển ..."), "book", "Ctrl O")
        self.commit = commit_button("", "check")
        self._forms = QStackedWidget()
        self.form: FormCard | None = None
        self._build(screen)
        self.show_form(None)

    def _build(self, screen: QWidget) -> None:
        column = page(screen)
        row, main, side = main_and_side(364)
        main.addWidget(self._find_card(), 4)
        main.addWidget(_list_card(tr("Phiếu thu tạm chưa có biên lai"), "2", self.slips_stack), 3)
        self.books_card = _list_card(tr("Quyển biên lai"), "3", self.books_stack)
        self.books_card.add_to_head(self.begin)
        main.addWidget(self.books_card, 4)
        self._forms.addWidget(_top(_hints()))
        self._places: dict[FormCard | None, int] = {None: 0}
        for form in (self.undo, self.follow, self.open_book, self.close_book):
            self._places[form] = self._forms.addWidget(_top(form))
        side.addWidget(self._forms, 1)
        side.addWidget(self.commit)
        column.addLayout(row, 1)

    def _find_card(self) -> Card:
        card = Card(tr("Biên lai, phiếu thu"), "1", flush=True)
        self.box.setMinimumWidth(250)
        card.add_to_head(self.box)
        card.add(self.found_stack, 1)
        return card

    def show_found(self, count: int, text: str) -> None:
        """The list, or words that nothing bears ``text``."""
        if text and not count:
            words = tr("Không thấy biên lai “{text}” trên máy này.").format(text=text)
            self._nothing_found.show_words(words, tr("Thử số không kèm ký hiệu, hoặc quét mã trên biên lai."))
        self.found_stack.loaded(count)

    def show_form(self, form: FormCard | None) -> None:
        """A form, or the hints; the button says what F9 does."""
        self.form = form
        self._forms.setCurrentIndex(self._places[form])
        self.commit.setVisible(form is not None)
        self.show_commit()

    def show_commit(self) -> None:
        """Verb and object of the form that stands."""
        if self.form is not None:
            self.commit.show_words(self.form.commit_words())


def _table(model: FoundModel | SlipsModel | BooksModel, name: str) -> TableView:
    return TableView(model, "two_line", name, fill_current=False, fill_held=True)


def _list_card(title: str, part: str, stack: ListStack) -> Card:
    card = Card(title, part, flush=True)
    card.add(stack, 1)
    return card


def _hints() -> Card:
    card = Card(tr("Việc với biên lai"), "4")
    for words in (
        tr("Biên lai tìm thấy, Enter: hủy hoặc hoàn tiền, có người thứ hai. Ngày đã chốt thì chỉ hoàn."),
        tr("Phiếu thu tạm, Enter: ghi biên lai điện tử thay phiếu."),
        tr("Quyển, Enter: đóng quyển. Ctrl+O: mở quyển mới."),
    ):
        card.add(label(words, "caption", "text2", wrap=True))
    return card


def _top(form: Card) -> QWidget:
    """A form keeps its height; what is left stays empty below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(form)
    column.addStretch(1)
    return holder
