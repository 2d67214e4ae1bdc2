"""The cash day: what must be there, what was counted, what is still open; F9 closes and prints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.papers import DayView
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.formatting import day as day_words
from counter_app.ui.formatting import money, number
from counter_app.ui.i18n import tr
from counter_app.ui.screens.cash.count_card import CountCard
from counter_app.ui.screens.cash.view_model import CashModel
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.widgets.button import LINK, Button, commit_button
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_words
from counter_app.ui.widgets.notice import INFO, STOP, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import Icon, label, recolour, rule

AREAS = frozenset({"money", "prints", "requests", "signing", "registers"})
MOST_ITEMS = 6
"""Open things named on the page; the printed sheet names all."""


class CashView(Screen):
    """Focus on the biggest note, Enter down; a difference needs a reason and never blocks."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        self.model = CashModel(context.program.cash, context.background)
        self.reason = Field(tr("Lý do (lệch tiền, biên lai chưa in)"))
        self.count = CountCard()
        self.banner = Notice("", "", INFO, "lock")
        self.banner.hide()
        body = QWidget()
        body.setObjectName("canvas")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        row, main, side = main_and_side(392)
        main.addWidget(self.count)
        main.addWidget(self._open_card(), 1)
        self._build_side(side)
        inner.addLayout(row)
        self.stack = ListStack(body, StatePanel(tr("Chưa đọc được ngày quỹ."), "", "cash-banknote"))
        column = page(self)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.count.end_with(self.reason)
        self._listen()

    # --- what the shell asks ---

    def title(self) -> str:
        """Chốt quỹ ngày."""
        return tr("Chốt quỹ ngày")

    def subtitle(self) -> str:
        """Counter and day."""
        day, counter = self.model.day, self.context.counter.counter_name
        return tr("{counter} · {day}").format(counter=counter, day=day_words(day.day)) if day else counter

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the count."""
        return (
            KeyHint("Enter", tr("Tờ kế tiếp")),
            KeyHint("Ctrl .", tr("Tới việc đang chặn")),
            KeyHint("Ctrl O", tr("Biên lai")),
            KeyHint("F9", tr("Chốt và in")),
            KeyHint("Esc", tr("Để sau")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What this page is for."""
        return (
            tr("Đếm tiền trong ngăn theo từng loại tờ, từ tờ lớn nhất."),
            tr("Lệch thì ghi lý do; lệch không chặn việc chốt."),
            tr("Còn số chưa xác nhận đã ký, còn biên lai chưa in thì chưa chốt được."),
            tr("Chốt xong: in biên bản, sao lưu, PIN hết hiệu lực đến ngày làm việc sau."),
            tr("Thu muộn sau khi chốt là điều chỉnh của ngày sau."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the day; focus on the biggest note."""
        self.stack.loading()
        self.model.read()
        self.count.focus_first()

    def on_commit(self) -> None:
        """F9: says what stops it, or asks the reason of a difference, or the PIN."""
        day, tell = self.model.day, self.context.shell.tell
        if day is None or day.closed:
            tell(tr("Ngày này đã chốt."))
        elif not self._may_close():
            tell(read_only_words(ReadOnly.NO_RIGHT, tr("chốt quỹ")))
        elif day.problems and not self.reason.text():
            tell(day.problems[0])
        elif self.model.needs_reason() and not self.reason.text():
            self.reason.show_error(tr("Lệch {sum}: ghi lý do.").format(sum=money(self.model.difference())))
            self.reason.edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.reason.show_error("")
            self._ask_pin("")

    def on_escape(self) -> bool:
        """The count stays; the shell leaves."""
        return False

    def on_action(self, action: Action) -> bool:
        """Ctrl+. goes to what stops the closing."""
        if action is Action.REFRESH:
            self.model.read()
            return False
        if action is Action.NEXT_TASK:
            self._go_to_problem()
            return bool(self.model.day is not None and self.model.day.problems)
        if action is Action.PART_2:
            self.count.focus_first()
            return True
        if action is Action.OPEN_EXISTING:
            self._open_receipts()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Money came or went, ink was confirmed, a receipt was printed."""
        if areas & AREAS:
            self.model.read()

    # --- page ---

    def _build_side(self, side: QVBoxLayout) -> None:
        side.addWidget(self._day_card())
        side.addWidget(self._result_card())
        side.addStretch(1)
        self.commit = commit_button(tr("Chốt và in"), "printer", self.on_commit)
        side.addWidget(self.commit)

    def _day_card(self) -> Card:
        card = Card(tr("Phải có trong ngăn"), "1")
        self._sums = tuple(label("", "body") for _ in range(4))
        words = (tr("Đầu ngày"), tr("Thu tiền mặt"), tr("Hoàn"), tr("Chuyển khoản (không ở ngăn)"))
        for text, amount in zip(words, self._sums, strict=True):
            card.add(line(label(text, "body", "text2"), amount))
        card.add(rule())
        self._expected = label("", "h1")
        card.add(line(label(tr("Phải có"), "strong"), self._expected))
        self._receipts, self._slips = label("", "body"), label("", "body")
        card.add(line(label(tr("Biên lai, phiếu thu hôm nay"), "body", "text2"), self._receipts))
        card.add(line(label(tr("Phiếu thu tạm chưa có biên lai"), "body", "text2"), self._slips))
        label_words = tr("Biên lai, quyển biên lai")
        self.receipts = Button(label_words, "receipt", "Ctrl O", LINK, on_click=self._open_receipts)
        card.body.addWidget(self.receipts, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _open_receipts(self) -> None:
        self.context.shell.open_screen("receipts")

    def _result_card(self) -> Card:
        card = Card(tr("Lệch"), "3")
        self._difference = label("", "h1")
        card.add_to_head(self._difference)
        card.add(self.reason)
        return card

    def _open_card(self) -> Card:
        card = Card(tr("Việc chưa xong"), "4")
        self.go = Button(tr("Tới việc đang chặn"), "arrow-right", "Ctrl .", on_click=self._go_to_problem)
        self._items: list[tuple[Icon, QWidget]] = []
        self._item_column = QVBoxLayout()
        self._item_column.setSpacing(5)
        card.add(self._item_column)
        card.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card

    def _listen(self) -> None:
        self.count.counted.connect(self.model.count)
        self.model.day_changed.connect(self._show)
        self.model.count_changed.connect(self._show_count)
        self.model.closed.connect(self._closed)
        self.model.pin_refused.connect(self._ask_again)
        self.model.failed.connect(self._failed)
        self.model.unread.connect(self._unread)

    # --- showing ---

    def _show(self) -> None:
        day = self.model.day
        if day is None:
            return
        if not self.model.pieces:
            self.count.clear()
        for shown, amount in zip(
            self._sums, (day.opening, day.cash, -day.refunded, day.transfer), strict=True
        ):
            shown.setText(money(amount))
        if day.transferred_back:
            words = tr("{sum}, hoàn {back}")
            self._sums[-1].setText(words.format(sum=money(day.transfer), back=money(day.transferred_back)))
        self._expected.setText(money(day.expected))
        given = tr("{n}, hủy {voided}") if day.voided else tr("{n}")
        self._receipts.setText(given.format(n=day.receipts, voided=day.voided))
        self._slips.setText(number(day.slips))
        self._show_items(
            [*((words, STOP) for words in day.problems), *((one, INFO) for one in day.open_items)]
        )
        self.go.setVisible(bool(day.problems) and not day.closed)
        self._show_closed(day)
        self._show_count()
        self.stack.loaded(1)
        self.context.shell.legend_changed()

    def _show_closed(self, day: DayView) -> None:
        right = "" if self._may_close() else read_only_words(ReadOnly.NO_RIGHT, tr("chốt quỹ"))
        closed = tr("Ngày {day} đã chốt: chỉ xem. Thu muộn là điều chỉnh của ngày sau.")
        words = closed.format(day=day_words(day.day)) if day.closed else right
        self.banner.show_words(words)
        self.banner.setVisible(bool(words))
        self.count.set_read_only(bool(words))
        self.reason.set_read_only(bool(words))
        self.commit.disable_because(words)

    def _show_items(self, items: Sequence[tuple[str, str]]) -> None:
        for _icon, widget in self._items:
            self._item_column.removeWidget(widget)
            widget.deleteLater()
        self._items = []
        shown = list(items[:MOST_ITEMS])
        if len(items) > MOST_ITEMS:
            shown.append((tr("và {n} việc khác trên biên bản").format(n=len(items) - MOST_ITEMS), INFO))
        for words, level in shown or [(tr("Không còn việc nào dở dang."), "")]:
            name, role = {STOP: ("alert-circle", "bad"), INFO: ("clock", "wait")}.get(
                level, ("circle-check", "ok")
            )
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(7)
            icon = Icon(name, role, 17)
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(words, "strong" if level == STOP else "body", wrap=True), 1)
            holder.setAccessibleName(words)
            self._item_column.addWidget(holder)
            self._items.append((icon, holder))

    def _show_count(self) -> None:
        """What was counted and the difference; of a closed day those of its sheet."""
        begun = self.model.begun()
        difference = self.model.difference()
        self.count.total.setText(money(self.model.counted()) if begun else "–")
        self._difference.setText(money(difference) if begun or not difference else "–")
        recolour(self._difference, colour="warn" if begun and difference else "ok" if not difference else "")
        self.reason.setEnabled(self.model.needs_reason())
        if not self.model.needs_reason():
            self.reason.show_error("")

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    # --- acts ---

    def _may_close(self) -> bool:
        return self.context.may(roles.CLOSE_DAY)

    def _ask_again(self, error: BaseException) -> None:
        self._ask_pin(words_of(error).sentence)

    def _ask_pin(self, again: str) -> None:
        difference = self.model.difference()
        words = tr("Đếm được {counted}, lệch {difference}. Chốt rồi thì PIN của ngày hết hiệu lực.")
        said = words.format(counted=money(self.model.counted()), difference=money(difference))
        reason = self.reason.text() if self.model.needs_reason() else ""
        self.context.shell.ask_pin(
            tr("Chốt quỹ ngày"), again or said, lambda pin: self.model.close(reason, pin)
        )

    def _go_to_problem(self) -> None:
        day = self.model.day
        if day is not None and day.problems:
            self.context.shell.open_screen("signing", 4)

    def _closed(self, sentence: str) -> None:
        self.context.shell.tell(sentence)

    def _failed(self, error: BaseException) -> None:
        if field_of(error) == "reason":
            self.reason.show_error(words_of(error).title)
            self.reason.edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.context.shell.show_error(error)
