"""The widgets of the page: figures, band, two lists, the panel of one question."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.ports.exchange import SyncStatus
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.screens.sync import words
from counter_app.ui.screens.sync.question_panel import QuestionPanel
from counter_app.ui.screens.sync.rows import AskedModel, ItemsModel
from counter_app.ui.screens.sync.view_model import RECEIVED, WAITING, SyncModel
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.figure import Figure
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import Notice
from counter_app.ui.widgets.screen import page
from counter_app.ui.widgets.text import label

ASKED_ROWS = 3
"""Questions seen at once; more are scrolled to. One fewer where the text is bigger than ``BIG_TEXT``."""
BIG_TEXT = 1.15


class SyncPage:
    """Builds the page into ``view``; the panel's buttons are joined by the view."""

    def __init__(self, view: QWidget, panel: QuestionPanel) -> None:
        """All empty."""
        self.panel = panel
        self.saved = Figure(tr("Đã lưu trên máy này"), "database", "ok")
        self.received = Figure(tr("Tỉnh đã nhận"), "cloud-check", "ok")
        self.waiting = Figure(tr("Chờ gửi tỉnh"), "cloud-up", "wait")
        self.tasks = Figure(tr("Việc chờ xử lý"), "alert-triangle", "wait")
        self.band = Notice("–")
        self.try_now = Button(tr("Thử ngay"), "refresh", "F5")
        self.export = Button(tr("Xuất gói gửi tỉnh (USB, thư công vụ)"), "usb")
        self.import_ = Button(tr("Nhập gói"), "database-import", "Ctrl O", LINK)
        self.band.add_right(self.try_now, self.export)
        self.siblings = label("", "caption", "text2", wrap=True)
        self.siblings.hide()
        self.proof = label("", "caption", "text2")
        self.systems = label("", "caption", "warn", wrap=True)
        self.compare = Button(tr("Đối chiếu với tỉnh"), "shield-check", "Ctrl D", LINK)
        self.asked_model, self.items_model = AskedModel(), ItemsModel()
        self.asked = TableView(self.asked_model, "two_line", tr("Việc chờ xử lý"))
        self.items = TableView(
            self.items_model, "two_line", tr("Chưa ở tỉnh"), fill_current=False, fill_held=True
        )
        self.tabs = TabStrip(((WAITING, tr("Chờ gửi")), (RECEIVED, tr("Đã gửi"))))
        self.empty = StatePanel(tr("Mọi mục đã có ở tỉnh."), "", "cloud-check", "ok")
        self.stack = ListStack(self.items, self.empty)
        self._asked_count = label("", "bold", "bad")
        self._waiting_count = label("", "bold", "text2")
        self.files = label("", "caption", "text2")
        self._asked_words = label("", "caption", "text2")
        column = page(view)
        column.addLayout(self._figures())
        column.addWidget(self.band)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._lists(), 1)
        row.addWidget(panel)
        column.addLayout(row, 1)
        self.asked.hide()
        self.fit()

    def show_figures(self, status: SyncStatus, now: int) -> None:
        """Figures, band and counts."""
        number = formatting.number
        self.saved.show_value(number(status.saved), status.second_copy or tr("Chưa có bản thứ hai"))
        self.received.show_value(number(status.received), words.received_line(status, now))
        self.waiting.show_value(number(status.waiting), words.waiting_line(status, now))
        asked = bool(status.questions)
        second = tr("Tỉnh hỏi lại, chờ trả lời") if asked else tr("Không có việc nào")
        self.tasks.show_value(number(status.questions), second, "bad" if asked else "wait", alarm=asked)
        band = words.band(status, now)
        self.band.show_words(band.title, band.words, band.kind, band.icon)
        siblings = words.siblings(status)
        self.siblings.setText(siblings)
        self.siblings.setVisible(bool(siblings))
        self.systems.setText("  ·  ".join(status.systems))
        self.systems.setVisible(bool(status.systems))
        self._waiting_count.setText(number(status.waiting))
        self.files.setText(words.files(status))
        self.proof.setText("" if status.proof.bad else status.proof.words)
        self.items_model.now = now
        last = words.since(status.last_ack, now) if status.last_ack else ""
        self.empty.show_words(
            tr("Không còn gì chờ") if status.troubles else tr("Mọi mục đã có ở tỉnh."),
            tr("Lần cuối {time}.").format(time=last) if last else "",
        )

    def show_asked(self, model: SyncModel) -> None:
        """The list of questions; its height is that of its rows, at most three."""
        row = self.asked.current_row()
        self.asked_model.show_rows(model.asked)
        self.asked.setVisible(bool(model.asked))
        self._asked_count.setText(str(len(model.asked)) if model.asked else "")
        self._asked_words.setText(
            tr("Mỗi việc có người lập và lúc hỏi") if model.asked else tr("Tỉnh không hỏi lại việc nào")
        )
        self.fit()
        self.asked.go_to(min(max(row, 0), len(model.asked) - 1))

    def fit(self) -> None:
        """Heights at the text scale in force."""
        theme = themes.current()
        seen = ASKED_ROWS if theme.scale <= BIG_TEXT else ASKED_ROWS - 1
        rows = min(len(self.asked_model.rows()), seen)
        self.items.setMinimumHeight(theme.size(32) + theme.size("row_two_line"))
        self.asked.setFixedHeight(theme.size(32) + rows * theme.size("row_two_line") + 2)

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        shares = ((self.saved, 9), (self.received, 11), (self.waiting, 8), (self.tasks, 8))
        for sign, (figure, share) in zip(("", "=", "+", ""), shares, strict=True):
            if sign:
                row.addWidget(label(sign, "h1", "text2"))
            row.addWidget(figure, share)
        row.insertSpacing(row.count() - 1, 12)
        return row

    def _lists(self) -> Card:
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(14, 9, 14, 8)
        head.setSpacing(7)
        for part in (label(tr("Việc chờ xử lý"), "bold"), self._asked_count):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._asked_words)
        card.add(head)
        card.add(self.asked)
        middle = QHBoxLayout()
        middle.setContentsMargins(14, 0, 8, 0)
        middle.setSpacing(7)
        for part in (label(tr("Chưa ở tỉnh"), "bold"), self._waiting_count):
            middle.addWidget(part)
        middle.addStretch(1)
        middle.addWidget(self.files)
        middle.addWidget(self.tabs)
        middle.addWidget(self.import_)
        card.add(middle)
        siblings = QHBoxLayout()
        siblings.setContentsMargins(14, 0, 8, 4)
        siblings.addWidget(self.siblings, 1)
        siblings.addStretch(0)
        siblings.addWidget(self.proof)
        siblings.addWidget(self.compare)
        card.add(siblings)
        systems = QHBoxLayout()
        systems.setContentsMargins(14, 0, 14, 6)
        systems.addWidget(self.systems)
        card.add(systems)
        card.add(self.stack, 1)
        return card
