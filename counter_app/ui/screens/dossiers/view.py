"""Queues: tabs and rows; Enter opens a dossier's page. Nothing is committed here."""

from __future__ import annotations

from pathlib import Path

from counter_app.services.ports.dossiers import DossierRow
from counter_app.services.ports.intake import ASK, REFUSE
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.dossier.view_model import Asked
from counter_app.ui.screens.dossiers.preview import PreviewCard
from counter_app.ui.screens.dossiers.rows import QueueModel
from counter_app.ui.screens.dossiers.view_model import (
    DECIDING,
    FIELDS,
    LATE,
    MINE,
    ONLINE,
    UNIT,
    WAITING,
    PreviewReader,
    QueueReader,
)
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.lists.states import ListStack, StatePanel, offline_line
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.screen import Screen, main_and_side, page

SIDE = 318
AREAS = frozenset({"dossiers", "received"})
_TABS = (
    Action.TAB_1, Action.TAB_2, Action.TAB_3, Action.TAB_4, Action.TAB_5, Action.TAB_6, Action.TAB_7,
)  # fmt: skip
_WITHOUT_FIELDS = (MINE, UNIT, WAITING, DECIDING, LATE, ONLINE)


def empty_words(tab: str, last_asked: str) -> tuple[str, str]:
    """What an empty tab says, and what fills it."""
    if tab == ONLINE:
        words = tr("Không có hồ sơ trực tuyến chờ. Lần hỏi cuối {time}.").format(time=last_asked)
        return (words if last_asked else tr("Không có hồ sơ trực tuyến chờ. Chưa hỏi được tỉnh.")), ""
    return {
        FIELDS: (tr("Lĩnh vực này không còn hồ sơ nào."), ""),
        MINE: (
            tr("Không có hồ sơ nào ở bàn này."),
            tr("Hồ sơ đến đây khi được giao. Cả đơn vị: nhóm bên cạnh."),
        ),
        UNIT: (tr("Đơn vị không còn hồ sơ nào đang giải quyết."), tr("Nhấn F3 để tiếp nhận hồ sơ.")),
        WAITING: (tr("Không có hồ sơ nào chờ dân bổ sung."), ""),
        DECIDING: (tr("Không có dự thảo nào chờ ký."), tr("Dự thảo đến đây khi được trình.")),
        LATE: (tr("Không có hồ sơ quá hạn."), ""),
    }.get(tab, (tr("Chưa có gì ở đây."), ""))


class _Queue(Screen):
    """The list and what happens when nothing, or something wrong, came."""

    NAME = ""

    def __init__(self, context: ScreenContext, tab: str, due_words: str) -> None:
        """``tab``: the one in front first."""
        super().__init__(context)
        self.model = QueueReader(context.program.dossiers, context.background, tab)
        self.rows = QueueModel(due_words)
        self.table = TableView(self.rows, "two_line", self.title())
        self.empty = StatePanel("", "", "checks")
        self.stack = ListStack(self.table, self.empty)
        self.model.changed.connect(self._show)
        self.model.unread.connect(self._unread)
        self.table.opened.connect(lambda _row: self._open())

    def on_shown(self, argument: object) -> None:
        """Reads."""
        self.stack.loading()
        self.model.read()
        self.stack.currentWidget().setFocus()

    def on_action(self, action: Action) -> bool:
        """Enter and F5."""
        if action is Action.OPEN:
            self._open()
            return True
        if action is Action.REFRESH:
            self.model.read()
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """A dossier moved, or something came."""
        if areas & AREAS:
            self.model.read()

    def _show(self) -> None:
        shown = self.model.page
        if shown is None:
            return
        here = self._current()
        self.rows.show_rows(shown.rows)
        self.empty.show_words(*empty_words(self.model.tab, shown.last_asked))
        self.stack.loaded(len(shown.rows))
        for place, row in enumerate(shown.rows):
            if here is not None and row.dossier == here.dossier:
                self.table.go_to(place)

    def _current(self) -> DossierRow | None:
        place, rows = self.table.current_row(), self.rows.rows()
        return rows[place] if 0 <= place < len(rows) else None

    def _open(self, answer: str = "") -> None:
        """Who may take in meets an online dossier on the intake page (``ux.md`` 4.3b), his answer begun."""
        row = self._current()
        if row is None:
            return
        if row.state == "online_new" and self.context.may("intake"):
            self.context.shell.open_screen("intake", Opened(row.dossier, self.NAME, answer))
        else:
            self.context.shell.open_screen("dossier", Asked(row.dossier, self.NAME))

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.read)


class QueueView(_Queue):
    """Work of this person, of the unit, and what holds it up."""

    NAME = "dossiers"

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; it is read when shown."""
        super().__init__(context, MINE, "")
        self.tabs = TabStrip(
            (
                (MINE, tr("Của tôi")), (FIELDS, tr("Lĩnh vực của tôi")), (UNIT, tr("Của đơn vị")),
                (WAITING, tr("Chờ dân bổ sung")), (DECIDING, tr("Chờ ký")), (LATE, tr("Quá hạn")),
                (ONLINE, tr("Trực tuyến")),
            )
        )  # fmt: skip
        self.tabs.show_codes(_WITHOUT_FIELDS)  # until it is known that this person has fields of work
        card = Card(flush=True)
        card.add(self.tabs)
        card.add(self.stack, 1)
        page(self).addWidget(card, 1)
        self.tabs.chosen.connect(self._chosen)
        self.model.written.connect(self._written)
        self.model.failed.connect(context.shell.show_error)

    def title(self) -> str:
        """Hồ sơ giải quyết."""
        return tr("Hồ sơ giải quyết")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list."""
        return (
            KeyHint("↑ ↓", tr("Chọn hồ sơ")),
            KeyHint("Enter", tr("Mở")),
            KeyHint(f"1–{self.tabs.shown()}", tr("Đổi nhóm")),
            KeyHint("Ctrl P", tr("Sổ hôm nay")),
            KeyHint("Ctrl E", tr("Sổ cả năm")),
            KeyHint("F5", tr("Đọc lại")),
            KeyHint("Ctrl K", tr("Tìm")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What this page is for."""
        return (
            tr("Hồ sơ giao cho bàn này: quá hạn trước, rồi đến hạn, việc chờ dân sau cùng."),
            tr("Hồ sơ chờ dân không có hạn và không bao giờ quá hạn."),
            tr("Quét phiếu hoặc nhấn Enter để mở một hồ sơ."),
            tr("Ctrl+P ghi sổ theo dõi (mẫu 07) hôm nay của quầy, Ctrl+E sổ cả năm của đơn vị (Excel)."),
        )

    def on_shown(self, argument: object) -> None:
        """``argument`` may name a tab."""
        if isinstance(argument, str) and argument in (*_WITHOUT_FIELDS, FIELDS):
            self.tabs.choose(argument)
        super().on_shown(argument)

    def on_action(self, action: Action) -> bool:
        """Digits change the tab; Ctrl+P and Ctrl+E write the tracking register."""
        if action in _TABS:
            return self.tabs.choose(_TABS.index(action))
        if action is Action.PREVIEW:
            self.model.write_register()
            return True
        if action is Action.EXPORT:
            self.model.write_register(whole_year=True)
            return True
        return super().on_action(action)

    def _written(self, path: str) -> None:
        place = Path(path)
        said = tr("Đã ghi {name} vào {folder}.").format(name=place.name, folder=place.parent)
        self.context.shell.tell(said)

    def _chosen(self, tab: str) -> None:
        self.stack.loading()
        self.model.choose(tab)
        self.stack.currentWidget().setFocus()

    def _show(self) -> None:
        super()._show()
        if self.model.page is not None:
            counts = {code: count for code, _words, count in self.model.page.tabs}
            before = self.tabs.shown()
            self.tabs.show_codes(tuple(counts))
            self.tabs.show_counts(counts, {LATE: "bad"})
            if self.tabs.shown() != before:
                self.context.shell.legend_changed()


class OnlineView(_Queue):
    """Filed on the portal, waiting for acceptance; works on what was fetched, answers wait for the line."""

    NAME = "online"

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; it is read when shown."""
        super().__init__(context, ONLINE, tr("Hạn tiếp nhận"))
        self.preview = PreviewCard()
        self.reader = PreviewReader(context.program.dossiers, context.background)
        card = Card(flush=True)
        card.add(self.stack, 1)
        column = page(self)
        row, main, side = main_and_side(SIDE)
        self._asked = offline_line("")
        main.addWidget(card, 1)
        main.addWidget(self._asked)
        side.addWidget(self.preview, 1)
        column.addLayout(row, 1)
        self.table.current_changed.connect(lambda _row: self._look())
        self.reader.changed.connect(self.preview.show_view)
        self.reader.unread.connect(self._page_unread)
        self.preview.open_asked.connect(self._open)
        self.preview.ask_asked.connect(lambda: self._open(ASK))
        self.preview.refuse_asked.connect(lambda: self._open(REFUSE))

    def _page_unread(self, error: BaseException) -> None:
        self.preview.show_words(words_of(error).sentence)

    def title(self) -> str:
        """Trực tuyến chờ tiếp nhận."""
        return tr("Trực tuyến chờ tiếp nhận")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list."""
        return (
            KeyHint("↑ ↓", tr("Chọn hồ sơ")),
            KeyHint("Enter", tr("Mở")),
            KeyHint("B", tr("Bổ sung")),
            KeyHint("R", tr("Từ chối")),
            KeyHint("F5", tr("Hỏi lại tỉnh")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What this page is for."""
        return (
            tr("Hồ sơ nộp trên cổng, gấp nhất trên cùng; mở ra rồi F9 tiếp nhận, B bổ sung, R từ chối."),
            tr("Mất mạng vẫn tiếp nhận được hồ sơ đã tải về; câu trả lời tự gửi khi có mạng."),
            tr("Giấy tờ ghi “xuất trình khi nhận” thì người dân mang bản chính khi đến lấy kết quả."),
        )

    def on_action(self, action: Action) -> bool:
        """B and R open the dossier with that answer begun; nothing is committed before F9."""
        answer = {Action.ASK_SUPPLEMENT: ASK, Action.GIVE_BACK: REFUSE}.get(action)
        if answer is None:
            return super().on_action(action)
        self._open(answer)
        return True

    def _look(self) -> None:
        row = self._current()
        wanted = None if row is None else row.dossier
        if wanted != self.reader.wanted:
            self.reader.show(wanted)

    def _show(self) -> None:
        super()._show()
        row = self._current()
        self.reader.show(None if row is None else row.dossier)
        last = self.model.page.last_asked if self.model.page is not None else ""
        words = tr("Lần hỏi cuối {time}.").format(time=last) if last else tr("Chưa hỏi được tỉnh.")
        self._asked.show_words(words, tr("Tiếp nhận, trả lời được ngay cả khi mất mạng."))
