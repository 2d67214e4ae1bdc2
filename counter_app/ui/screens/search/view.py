"""Search (F8): one box, groups, what happened to a number. Reads only; F9 does nothing here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.domain.errors import DomainError
from counter_app.services.ports.home import SearchHit
from counter_app.ui.actions import Action
from counter_app.ui.errors import is_bug, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.search.rows import ALL, HitsModel, counts, in_group
from counter_app.ui.screens.search.view_model import SearchModel
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.fields.clearing import clear
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.badge import key_cap
from counter_app.ui.widgets.lists.states import ListStack, StatePanel, offline_line
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import label, rule

SIDE = 318
SELF = "search"
_TABS = {Action.TAB_1: 0, Action.TAB_2: 1, Action.TAB_3: 2, Action.TAB_4: 3, Action.TAB_5: 4, Action.TAB_6: 5}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchView(Screen):
    """The box keeps the focus; arrows move in the list below it, Enter opens."""

    def __init__(self, context: ScreenContext) -> None:
        """An empty box."""
        super().__init__(context)
        program = context.program
        self.model = SearchModel(program.home, program.registers, context.background)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.box = Field(
            tr("Tìm người, hồ sơ, số chứng thực"), hint=tr("Gõ tên, số giấy tờ, mã hồ sơ, số chứng thực")
        )
        self.tabs = TabStrip(
            (
                (ALL, tr("Tất cả")), ("person", tr("Người")), ("request", tr("Hồ sơ")),
                ("number", tr("Số chứng thực")), ("procedure", tr("Thủ tục")), ("command", tr("Lệnh")),
            )
        )  # fmt: skip
        self.rows = HitsModel()
        self.table = TableView(self.rows, "two_line", tr("Kết quả tìm"))
        self.empty = StatePanel(
            tr("Gõ vài chữ để tìm"),
            tr("Không cần dấu, thứ tự nào cũng được. Hoặc quét thẻ, phiếu."),
            "search",
        )
        self.stack = ListStack(self.table, self.empty)
        self.history = QVBoxLayout()
        self.about = Card(tr("Đang chọn"))
        self._build()
        self._listen()
        self._show()

    # --- what the shell asks ---

    def title(self) -> str:
        """Title of the page."""
        return tr("Tra cứu")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list."""
        return (
            KeyHint("↑ ↓", tr("Chọn dòng")),
            KeyHint("Enter", tr("Mở")),
            KeyHint("1–6", tr("Đổi nhóm")),
            KeyHint("Esc", tr("Xóa chữ đã gõ")),
            KeyHint("Ctrl K", tr("Tìm")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What may be typed."""
        return (
            tr("Gõ không dấu, thứ tự nào cũng được: son hoang tìm ra Hoàng Văn Sơn."),
            tr("Số: 4 số cuối hoặc cả số căn cước, mã phiếu 02-0018, số chứng thực 1842/2026, ngày 20/11."),
            tr("Quét thẻ căn cước để tìm người; quét phiếu thì phiếu tự mở."),
            tr("Chỉ tìm trong dữ liệu của máy này."),
        )

    def on_shown(self, argument: object) -> None:
        """Focus in the box; a text or a hit that has no page of its own is looked for."""
        if isinstance(argument, str) and argument:
            self._look_for(argument)
        elif isinstance(argument, SearchHit):
            self._look_for(argument.title)
        self.box.edit.setFocus()
        self.box.edit.selectAll()

    def on_escape(self) -> bool:
        """Empties the box first, then the shell leaves."""
        if not self.box.text():
            return False
        self._look_for("")
        self.box.edit.setFocus()
        return True

    def on_scan(self, code: str) -> bool:
        """A card finds its person; slips, receipts and copies are opened by the shell."""
        scan = classify_scan(code)
        if scan.kind is ScanKind.PERSONAL_NUMBER:
            self._look_for(scan.text)
            return True
        if scan.kind is not ScanKind.IDENTITY_CARD:
            return False
        try:
            self._look_for(parse_card_qr(scan.text).card.number)
        except DomainError as error:
            self.context.shell.show_error(error)
        return True

    def on_action(self, action: Action) -> bool:
        """Groups and opening."""
        if action in _TABS:
            return self.tabs.choose(_TABS[action])
        if action is Action.OPEN:
            self._open()
            return True
        if action is Action.REFRESH and self.model.text:
            self.model.search()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Found again while something is typed."""
        if self.model.text and self.isVisible():
            self.model.search()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the box act on the list; the box keeps the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and self.rows.rowCount():
            last = self.rows.rowCount() - 1
            self.table.go_to(max(0, min(self.table.current_row() + step, last)))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return True
        return False

    # --- inside ---

    def _build(self) -> None:
        column = page(self)
        row, main, side = main_and_side(SIDE)
        head = Card()
        head.add(self.box)
        main.addWidget(head)
        found = Card(flush=True)
        found.add(self.tabs)
        found.add(self.stack, 1)
        main.addWidget(found, 1)
        main.addWidget(offline_line(tr("Chỉ tìm trên máy này.")))
        self.history.setSpacing(5)
        self.about.add(self.history)
        side.addWidget(self.about)
        side.addWidget(_examples())
        side.addStretch(1)
        column.addLayout(row, 1)

    def _listen(self) -> None:
        self.box.edit.textEdited.connect(self._typed)
        self.box.edit.installEventFilter(self)
        self.tabs.chosen.connect(lambda _code: self._show())
        self.table.current_changed.connect(self._current_changed)
        self.table.opened.connect(lambda _row: self._open())
        self.model.found.connect(self._show)
        self.model.history_known.connect(self._show_history)
        self.model.failed.connect(self._failed)

    def _typed(self, text: str) -> None:
        self.stack.loading()
        self.model.type(text)

    def _look_for(self, text: str) -> None:
        self.box.fill(text)
        self.model.text = text.strip()
        self.model.search()

    def _show(self) -> None:
        hits = self.model.hits
        self.tabs.show_counts(counts(hits) if self.model.answered else {})
        shown = in_group(hits, self.tabs.current())
        if self.model.answered:
            self.empty.show_words(tr("Không thấy."), tr("Thử bỏ bớt chữ, hoặc quét CCCD."))
        else:
            self.empty.show_words(
                tr("Gõ vài chữ để tìm"), tr("Không cần dấu, thứ tự nào cũng được. Hoặc quét thẻ, phiếu.")
            )
        self.rows.show_rows(shown)
        self.stack.loaded(len(shown))
        self._current_changed(self.table.current_row())

    def _failed(self, error: BaseException) -> None:
        if is_bug(error):
            self.context.shell.show_error(error)
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.search)

    def _current(self) -> SearchHit | None:
        place, shown = self.table.current_row(), self.rows.rows()
        return shown[place] if 0 <= place < len(shown) else None

    def _current_changed(self, _row: int) -> None:
        hit = self._current()
        self.about.setVisible(hit is not None)
        if hit is not None:
            self._show_history(hit, ())
            self.model.ask_history(hit)

    def _show_history(self, hit: SearchHit, acts: tuple[str, ...]) -> None:
        if hit != self._current():
            return
        clear(self.history)
        self.history.addWidget(label(hit.title, "strong", wrap=True))
        if hit.second_line:
            self.history.addWidget(label(hit.second_line, "caption", "text2", wrap=True))
        if acts:
            self.history.addWidget(rule())
            for act in acts:
                self.history.addWidget(label(act, "caption", wrap=True))

    def _open(self) -> None:
        hit = self._current()
        if hit is None or self.model.answered != self.model.text:
            return
        if hit.target == SELF:
            self.context.shell.tell(hit.second_line or hit.title)
            return
        self.context.shell.open_screen(hit.target, hit)


def _examples() -> Card:
    card = Card(tr("Gõ được gì"))
    for typed, words in (
        ("son hoang", tr("tên, không cần dấu")),
        ("6812", tr("số cuối của giấy tờ")),
        ("02-0018", tr("mã phiếu")),
        ("1842/2026", tr("số chứng thực")),
        ("20/11", tr("ngày")),
    ):
        row = QHBoxLayout()
        row.setSpacing(8)
        cap: QFrame = key_cap(typed)
        row.addWidget(cap)
        row.addWidget(label(words, "caption", "text2"), 1)
        card.add(row)
    return card
