"""The third list of the desk: acts of a copied PC or a lost branch, and two persons who deal with them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.strays import StrayForm
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.contradictions.rows import StraysRows
from counter_app.ui.screens.contradictions.stray_card import StrayCard
from counter_app.ui.screens.contradictions.stray_model import StraysModel
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_words
from counter_app.ui.widgets.lists.table import TableView


class StrayPart(QObject):
    """List, card and what F9 does with them; the view shows both while its tab is in front."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__()
        self._context = context
        self.model = StraysModel(context.program.strays, context.background)
        self.rows = StraysRows()
        self.table = TableView(self.rows, "two_line", tr("Việc lạc"))
        nothing = StatePanel(
            tr("Không có việc lạc."), tr("Việc của một bản sao của máy nằm ở đây, ngoài sổ."), "circle-check"
        )
        self.stack = ListStack(self.table, nothing)
        self.card = StrayCard()
        self.table.current_changed.connect(self.show_current)
        self.model.read_done.connect(self._show)
        self.model.unread.connect(self._unread)
        self.model.settled.connect(self._settled)
        self.model.failed.connect(self._failed)

    def show_current(self, _row: int = -1) -> None:
        """The card follows the list."""
        row = self.table.current_row()
        self.card.show_one(self.model.cases[row] if 0 <= row < len(self.model.cases) else None)
        self.card.setVisible(self.card.shown is not None and not self.stack.isHidden())

    def commit(self) -> None:
        """F9: both persons give their secrets, the second in the card, the first in the dialog."""
        one, shell = self.card.shown, self._context.shell
        if one is None:
            shell.tell(tr("Chọn một việc lạc trong danh sách."))
            return
        if not self._context.may(roles.TWO_PERSONS_FIRST):
            shell.tell(read_only_words(ReadOnly.NO_RIGHT, tr("nhập lại việc lạc")))
            return
        wrong = self.card.check()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.TabFocusReason)
            return
        shell.ask_pin(self.card.commit_words(), one.title, self._settle)

    def _settle(self, secret: str) -> None:
        one, second = self.card.shown, self.card.two.chosen()
        if one is None or second is None:
            self._context.shell.tell(tr("Máy này chưa có người thứ hai."))
            return
        self.model.settle(
            StrayForm(one.key, self.card.outcome.current(), self.card.words.text(), secret, second,
                      self.card.two.typed())
        )  # fmt: skip

    def _show(self) -> None:
        self.table.show_again(self.model.cases, _key)
        self.stack.loaded(len(self.model.cases))
        self.card.two.show_people(self.model.seconds)
        self.show_current()

    def _settled(self, words: str) -> None:
        self.card.two.secret.fill("")
        self._context.shell.tell(words)
        self.table.setFocus()

    def _failed(self, error: BaseException) -> None:
        own = isinstance(error, DomainError) and error.code == "pin.wrong" and self.card.shown is not None
        if not own and self.card.show_error(field_of(error), words_of(error).sentence):
            return
        self._context.shell.show_error(error)
        self.model.read()

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy, self.model.read)


def _key(value: object) -> object:
    return getattr(value, "key", value)
