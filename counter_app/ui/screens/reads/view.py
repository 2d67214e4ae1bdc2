"""The list of looks of today, of a week, of a month; nothing is changed here."""

from __future__ import annotations

from counter_app.services.ports.reads import ReadRow
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.reads.rows import ReadsModel
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import STOP, Notice
from counter_app.ui.widgets.screen import Screen, page

DAYS = {"today": 1, "week": 7, "month": 31}
_TABS = {Action.TAB_1: "today", Action.TAB_2: "week", Action.TAB_3: "month"}


class ReadsView(Screen):
    """Keys 1 to 3 choose how far back, F5 reads again."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.rows = ReadsModel()
        self.table = TableView(self.rows, "two_line", tr("Ai đã xem dữ liệu"))
        empty = StatePanel(tr("Chưa ai xem dữ liệu."), tr("Mỗi lần xem, in, xuất để lại một dòng."), "eye")
        self.stack = ListStack(self.table, empty)
        self.tabs = TabStrip((("today", tr("Hôm nay")), ("week", tr("7 ngày")), ("month", tr("31 ngày"))))
        self.tabs.chosen.connect(lambda _code: self._read())
        self.broken = Notice(
            tr("Có dòng bị sửa hoặc bị lấy đi."),
            tr("Báo kỹ thuật viên và tỉnh; giữ nguyên máy này."), STOP, "shield-x",
        )  # fmt: skip
        self.broken.hide()
        column = page(self)
        card = Card(flush=True)
        column.addWidget(self.broken)
        column.addWidget(self.tabs)
        card.add(self.stack, 1)
        column.addWidget(card, 1)

    def title(self) -> str:
        """The name of the page."""
        return tr("Ai đã xem dữ liệu")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list."""
        return (
            KeyHint("↑ ↓", tr("Chọn")),
            KeyHint("1-3", tr("Đổi khoảng ngày")),
            KeyHint("F5", tr("Đọc lại")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Mỗi lần mở phiếu, tìm người, xem sổ, in, xuất trên máy này để lại một dòng."),
            tr("Dòng chỉ ghi mã, không ghi tên hay số giấy tờ; mỗi dòng khóa các dòng trước nó."),
            tr("Người đứng đầu và người kiểm tra xem được; không ai sửa được."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the list."""
        self.stack.loading()
        self._read()
        self.table.setFocus()

    def on_action(self, action: Action) -> bool:
        """1 to 3 and F5."""
        if action in _TABS:
            self.tabs.choose(_TABS[action])
            return True
        if action is Action.REFRESH:
            self._read()
        return action is Action.REFRESH

    def _read(self) -> None:
        port, days = self.context.program.reads, DAYS[self.tabs.current()]
        self.context.background.run_query(
            lambda: (port.rows(days), port.intact()), self._show, self._unread, owner=self,
            key="reads",
        )  # fmt: skip

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy, self._read)

    def _show(self, found: tuple[tuple[ReadRow, ...], bool]) -> None:
        rows, intact = found
        self.rows.show_rows(list(rows))
        self.stack.loaded(len(rows))
        self.broken.setVisible(not intact)
