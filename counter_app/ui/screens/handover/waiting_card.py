"""What waits for its owner: results and copies, those that lie long by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counter_app.services.ports.dossiers import GivingRow
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.handover.rows import WaitingModel
from counter_app.ui.screens.handover.view_model import Waiting, uncollected
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.text import ElidedLabel
from sync.protocol.naming.ids import EntryId

ALL, LONG = "all", "long"


class WaitingCard(Card):
    """Two tabs over one list; Enter opens a row, B notes that its owner was told."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__(flush=True)
        self.tabs = TabStrip(((ALL, tr("Chờ trả")), (LONG, tr("Quá 30 ngày"))))
        self.tabs.add_right(ElidedLabel(tr("B: báo người dân"), "caption", "text2"))
        self.rows = WaitingModel()
        self.table = TableView(self.rows, "two_line", tr("Hồ sơ chờ trả"), fill_current=False, fill_held=True)
        self._empty = StatePanel("", "", "checks")
        self.stack = ListStack(self.table, self._empty)
        self._waiting: Sequence[Waiting] = ()
        self.add(self.tabs)
        self.add(self.stack, 1)
        self.tabs.chosen.connect(lambda _tab: self._show())

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Another day's list."""
        self._waiting = waiting
        counts = {ALL: len(waiting), LONG: sum(map(uncollected, waiting))}
        self.tabs.show_counts(counts, {LONG: "warn"})
        self._show()

    def current(self) -> Waiting | None:
        """The row of the bar."""
        place, rows = self.table.current_row(), self.rows.rows()
        return rows[place] if 0 <= place < len(rows) else None

    def ask_how(self, shell: Shell, on_told: Callable[[EntryId, str, str], None]) -> None:
        """The dialog of how the owner of the current result was told; F9 there gives way and words."""
        one = self.current()
        if not self.table.hasFocus() or not isinstance(one, GivingRow):
            shell.tell(tr("Chọn một kết quả hồ sơ trong danh sách chờ trả, rồi nhấn B."))
            return
        ways = (("call", tr("Gọi điện")), ("sms", tr("Nhắn SMS")), ("hamlet", tr("Nhờ trưởng bản báo")))
        shell.ask_reason(
            tr("Báo {name} đến nhận").format(name=one.name), ways,
            lambda how, words: on_told(one.dossier, how, words),
            words=one.contact, commit_words=tr("Ghi đã báo"),
        )  # fmt: skip

    def _show(self) -> None:
        long = self.tabs.current() == LONG
        shown = [one for one in self._waiting if uncollected(one)] if long else self._waiting
        self.rows.show_rows(shown)
        if long:
            self._empty.show_words(tr("Không có kết quả nào nằm quá 30 ngày."))
        else:
            words = tr("Kết quả đến đây khi đã ký, đóng dấu.")
            self._empty.show_words(tr("Không có kết quả nào chờ trả."), words)
        self.stack.loaded(len(shown))
