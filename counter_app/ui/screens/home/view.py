"""Home of the clerk: tiles, the work list, the doors. A scan anywhere opens what was scanned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.home import Tile, WorkRow
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.dossier.view_model import Asked
from counter_app.ui.screens.home.rows import WorkModel
from counter_app.ui.screens.home.side import Reminders, SyncCard
from counter_app.ui.screens.home.today import TodayCard
from counter_app.ui.screens.home.view_model import HomeModel
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.widgets.button import WideButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import KpiTile
from counter_app.ui.widgets.screen import Screen, main_and_side, page

_TABS = (Action.TAB_1, Action.TAB_2, Action.TAB_3, Action.TAB_4, Action.TAB_5)
_CODES = ("todo", "online", "overdue", "supplement", "ready", "returned")
_TILES = (
    ("overdue", "alarm", "bad"),
    ("due_today", "calendar-due", "warn"),
    ("ready", "package-export", "ok"),
    ("taken", "file-plus", "primary"),
    ("on_time", "circle-check", "ok"),
)
_TAB_OF_TILE = {"overdue": "overdue", "due_today": "todo", "ready": "ready"}
_OPENS = {
    "accepted": "copies",
    "ready": "handover",
    "returned": "handover",
    "numbered": "signing",
    "questioned": "sync",
}


class HomeView(Screen):
    """Enter opens the row where its next step is done: sent back rows at the copies counter."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; it is read when shown."""
        super().__init__(context)
        self.model = HomeModel(context.program.home, context.background)
        self.tiles: dict[str, KpiTile] = {}
        self.rows = WorkModel()
        self.table = TableView(self.rows, "two_line", tr("Việc cần làm"))
        self.empty = StatePanel(*self._empty_words(""))
        self.stack = ListStack(self.table, self.empty)
        self.tabs = TabStrip(
            (
                ("todo", tr("Việc cần làm")),
                ("online", tr("Trực tuyến chờ tiếp nhận")),
                ("overdue", tr("Quá hạn")),
                ("supplement", tr("Chờ dân bổ sung")),
                ("returned", tr("Bàn ký trả lại")),
                ("ready", tr("Chờ trả")),
            )
        )
        self.tabs.show_codes(("todo", "overdue", "returned", "ready"))
        self.sync, self.reminders, self.today = SyncCard(), Reminders(), TodayCard()
        self._build()
        self.model.changed.connect(self._show)
        self.model.unread.connect(self._unread)
        self.tabs.chosen.connect(self.model.choose_tab)
        self.table.opened.connect(lambda _row: self._open())

    # --- what the shell asks ---

    def title(self) -> str:
        """*Bàn làm việc*."""
        return tr("Bàn làm việc")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list."""
        return (
            KeyHint("↑ ↓", tr("Chọn phiếu")),
            KeyHint("Enter", tr("Mở")),
            KeyHint("1–5", tr("Đổi nhóm")),
            KeyHint("Ctrl .", tr("Việc chờ xử lý")),
            KeyHint("Ctrl K", tr("Tìm")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What this page is for."""
        return (
            tr("Việc cần làm tiếp theo: quá hạn trước, rồi đến hạn, việc chờ dân sau cùng."),
            tr("Quét mã bất kỳ để mở phiếu; không cần chọn ô nào trước."),
            tr("Mất mạng không cản việc gì: mọi thứ đã lưu trên máy này."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the page; ``argument`` may name a tab."""
        if isinstance(argument, str) and argument in _CODES:
            self.tabs.choose(argument)
        self.stack.loading()
        self.model.read()
        self.stack.currentWidget().setFocus()

    def on_action(self, action: Action) -> bool:
        """Keys of the list."""
        if action in _TABS:
            return self.tabs.choose(_TABS.index(action))
        if action is Action.OPEN:
            self._open()
            return True
        if action is Action.REFRESH:
            self.model.read()
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Anything that was committed may be work."""
        self.model.read()

    # --- building ---

    def _build(self) -> None:
        column = page(self)
        column.addLayout(self._tiles())
        row, main, side = main_and_side(292)
        card = Card(flush=True)
        card.add(self.tabs)
        card.add(self.stack, 1)
        main.addWidget(card)
        self._side(side)
        column.addLayout(row, 1)

    def _tiles(self) -> QHBoxLayout:
        words = {
            "overdue": tr("Quá hạn"),
            "due_today": tr("Đến hạn hôm nay"),
            "ready": tr("Chờ trả kết quả"),
            "taken": tr("Đã nhận hôm nay"),
            "on_time": tr("Đúng hạn tháng này"),
        }
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for code, icon, kind in _TILES:
            tile = KpiTile(words[code], icon, kind, on_click=self._filter(code))
            self.tiles[code] = tile
            tiles.addWidget(tile)
        return tiles

    def _filter(self, code: str) -> Callable[[], None] | None:
        tab = _TAB_OF_TILE.get(code)

        def choose() -> None:
            self.tabs.choose(tab or "todo")
            self.stack.currentWidget().setFocus()

        return choose if tab else None

    def _side(self, side: QVBoxLayout) -> None:
        shell = self.context.shell
        copies = WideButton(
            tr("Chứng thực bản sao"),
            tr("Quét CCCD để bắt đầu"),
            "rubber-stamp",
            "F4",
            primary=not self.context.may("intake"),
            on_click=lambda: shell.open_screen("copies"),
        )
        handing = WideButton(
            tr("Trả kết quả"),
            tr("Quét mã trên phiếu"),
            "package-export",
            "F6",
            on_click=lambda: shell.open_screen("handover"),
        )
        for door in (*self._intake_door(), copies, handing):
            side.addWidget(door)
        cards = QWidget()
        below = QVBoxLayout(cards)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(side.spacing())
        for card in (self.today, self.sync, self.reminders):
            below.addWidget(card)
        below.addStretch(1)
        side.addWidget(scrolled(cards), 1)

    def _intake_door(self) -> tuple[WideButton, ...]:
        if not self.context.may("intake"):
            return ()
        return (
            WideButton(
                tr("Tiếp nhận hồ sơ"), tr("Quét CCCD để bắt đầu"), "file-plus", "F3", primary=True,
                on_click=lambda: self.context.shell.open_screen("intake"),
            ),
        )  # fmt: skip

    # --- showing ---

    def _empty_words(self, last_asked: str) -> tuple[str, str]:
        """What an empty tab says, and the key that fills it."""
        if self.model.tab == "online":
            words = tr("Không có hồ sơ trực tuyến chờ. Lần hỏi cuối {time}.").format(time=last_asked)
            return (words if last_asked else tr("Không có hồ sơ trực tuyến chờ. Chưa hỏi được tỉnh.")), ""
        if self.model.tab == "supplement":
            return tr("Không có hồ sơ nào chờ dân bổ sung."), ""
        first = self.context.may("intake")
        key = tr("Nhấn F3 để tiếp nhận hồ sơ.") if first else tr("Nhấn F4 để chứng thực bản sao.")
        return tr("Chưa có việc nào đến hạn."), key

    def _show(self) -> None:
        shown = self.model.page
        if shown is None:
            return
        for tile in shown.tiles:
            self._show_tile(tile)
        counts = {code: count for code, _words, count in shown.tabs if code in _CODES}
        dossiers = "online" in counts  # then what was sent back stands red in the work list (ux.md 4.5)
        self.tabs.show_codes([code for code in counts if not (dossiers and code == "returned")])
        self.tabs.show_counts(counts, {"overdue": "bad", "returned": "bad"})
        self.empty.show_words(*self._empty_words(shown.last_asked))
        here = self._current()
        self.rows.show_rows(shown.rows)
        self.stack.loaded(len(shown.rows))
        self._keep(here)
        self.sync.show_card(shown.side)
        self.reminders.show_lines(shown.reminders)
        self.today.show_figures(shown.today)

    def _show_tile(self, tile: Tile) -> None:
        shown = self.tiles.get(tile.code)
        if shown is not None:
            calm = tile.kind == "bad" and tile.value == "0"
            shown.show_value(tile.value, "wait" if calm else tile.kind)
            shown.setToolTip(tile.formula)

    def _current(self) -> WorkRow | None:
        row, rows = self.table.current_row(), self.rows.rows()
        return rows[row] if 0 <= row < len(rows) else None

    def _keep(self, before: WorkRow | None) -> None:
        """The bar stays on the row it was on, when that is still there."""
        for index, row in enumerate(self.rows.rows()):
            if before is not None and row.subject == before.subject:
                self.table.go_to(index)
                return

    def _open(self) -> None:
        row = self._current()
        if row is None:
            return
        if row.target == "dossier":
            self.context.shell.open_screen("dossier", Asked(row.subject, "home"))
        elif row.target == "intake":
            self.context.shell.open_screen("intake", Opened(row.subject, "home"))
        else:
            self.context.shell.open_screen(row.target or _OPENS.get(row.state, "signing"), row.subject)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        if self.model.page is None:
            self.sync.show_unknown(words.title)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.read)
