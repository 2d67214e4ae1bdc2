"""The return desk: scan box, results of the person, the waiting list; at the right receiver, money, F9."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.card_qr import CardData
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.services.ports.dossiers import GivingRow
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.handover.receiver_card import PayCard, ReceiverCard, chain_of
from counter_app.ui.screens.handover.rows import ResultsModel
from counter_app.ui.screens.handover.scan_card import ScanCard
from counter_app.ui.screens.handover.view_model import HandoverModel, ResultLine, id_of, is_ready
from counter_app.ui.screens.handover.waiting_card import WaitingCard
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Tick
from counter_app.ui.widgets.fields.ways_to_pay import CASH
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import INFO, LOOK, STOP, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import ElidedLabel
from sync.protocol.naming.ids import EntryId

ROOMY_BELOW = 1.2
"""Text scale from which there is room for one button only."""
AREAS = frozenset({"requests", "signing", "money", "registers", "dossiers"})
_TABS = {Action.TAB_1: 0, Action.TAB_2: 1}


class HandoverView(Screen):
    """Scan → everything of the person → F9; focus returns to the scan box."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        dossiers = getattr(context.program, "dossiers", None)  # tests of the copies' desk bring none
        self.model = HandoverModel(context.program.handover, context.background, dossiers)
        column = page(self)
        row, main, side = main_and_side(344)
        self.scan = ScanCard()
        self.box, self._by_card = self.scan.box, self.scan.by_card
        main.addWidget(self.scan)
        self.notice = Notice("", "", INFO)
        self.notice.hide()
        main.addWidget(self.notice)
        main.addWidget(self._results_card(), 2)
        self.drawer = WaitingCard()
        self.waiting, self._waiting = self.drawer.table, self.drawer.stack
        main.addWidget(self.drawer, 3)
        self.receiver, self.pay = ReceiverCard(), PayCard()
        self._build_side(side)
        column.addLayout(row, 1)
        self._chain = chain_of(self.receiver, self.pay)
        self._listen()
        self._show_found()

    def title(self) -> str:
        """Trả kết quả."""
        return tr("Trả kết quả")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the desk."""
        return (
            KeyHint(tr("Quét"), tr("Mở")),
            KeyHint("Space", tr("Chọn kết quả")),
            KeyHint("Ctrl 3", tr("Người nhận")),
            KeyHint("Ctrl 4", tr("Thu tiền")),
            KeyHint("B", tr("Báo dân")),
            KeyHint("F9", tr("Đã trả")),
            KeyHint("Esc", tr("Để sau")),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What this desk is for."""
        return (
            tr("Quét phiếu, biên lai, bản sao hoặc thẻ căn cước: mọi kết quả của người đó mở ra."),
            tr("Kết quả chưa xong màu xám, không trả được."),
            tr("Mất giấy hẹn thì quét thẻ: máy tự ghi là mất giấy hẹn."),
            tr("Còn tiền thu khi trả thì nhập Tiền nhận; để trống là đưa vừa đủ."),
            tr("F9 ghi đã trả, rồi con trỏ về ô quét."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads the waiting list; a code, a scan or a hit is found at once, a request opened by its id."""
        self._waiting.loading()
        self.model.read()
        self.box.setFocus()
        if isinstance(argument, ScanResult):
            self._find(argument.text)
        elif isinstance(argument, SearchHit):
            self._find(argument.title)
        elif isinstance(argument, str) and argument:
            self._find(argument)
        elif isinstance(argument, EntryId):
            self.model.open_waiting(argument)

    def on_commit(self) -> None:
        """F9: hands over what is ticked, once its receiver and money are right."""
        if not (self.model.leaving() or self.model.leaving_results()):
            self.context.shell.tell(tr("Chưa có kết quả nào để trả: quét phiếu trước."))
            self.box.setFocus()
            return
        wrong = self.receiver.check() or self.pay.check()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.TabFocusReason)
            self._people.ensureWidgetVisible(wrong)
            return
        self.model.hand_over(self.receiver.receiver(*self.pay.said()), slip_lost=self.lost.isChecked())

    def on_escape(self) -> bool:
        """Puts the person aside."""
        if not self.model.lines() and not self.box.text():
            return False
        self._clear()
        return True

    def on_scan(self, code: str) -> bool:
        """Opens, or, while another receiver is being written down, reads his card."""
        card = classify_scan(code).kind is ScanKind.IDENTITY_CARD
        if card and self.receiver.wants_card() and self.model.lines():
            self.model.read_card(code)
        else:
            self._find(code)
        return True

    def on_action(self, action: Action) -> bool:
        """Parts, ticks, opening a waiting row."""
        run = {
            Action.PART_1: self.box.setFocus,
            Action.PART_2: self.results.setFocus,
            Action.PART_3: self._to_receiver,
            Action.PART_4: self.pay.focus_first,
            Action.TICK: self._tick,
            Action.OPEN: self._open,
            Action.ASK_SUPPLEMENT: self._tell_owner,
        }.get(action)
        if action in _TABS:
            return self.drawer.tabs.choose(_TABS[action])
        if action is Action.REFRESH:
            self.model.read()
            return False
        if run is None:
            return False
        run()
        return True

    def on_changed(self, areas: frozenset[str]) -> None:
        """Something was signed, handed over or paid."""
        if areas & AREAS:
            self.model.read()

    # --- page ---

    def _results_card(self) -> Card:
        card = Card(tr("Kết quả"), "2", flush=True)
        self._person = ElidedLabel("", "caption", "text2")
        self.lost = Tick(tr("Mất giấy hẹn"))
        card.add_to_head(self._person, self.lost)
        self._results_title = card.title_label
        self.result_rows = ResultsModel(lambda request: request in self.model.chosen)
        self.results = TableView(self.result_rows, "two_line", tr("Kết quả của người này"), heads=False)
        words = tr("Quét giấy hẹn, phiếu hoặc thẻ căn cước để mở mọi kết quả của một người.")
        self._found = ListStack(self.results, StatePanel(words, "", "scan"))
        card.add(self._found, 1)
        return card

    def _build_side(self, side: QVBoxLayout) -> None:
        inner = QWidget()
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.addWidget(self.receiver)
        cards.addStretch(1)
        self._people = scrolled(inner)
        side.addWidget(self._people, 1)
        side.addWidget(self.pay)
        self.commit = commit_button("", "checks", self.on_commit)
        side.addWidget(self.commit)
        self.later = Button(tr("Để sau"), "history", "Esc", on_click=self._clear)
        self.later.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        side.addWidget(self.later)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """With bigger text the second button gives way: Esc stands in the legend."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "later"):
            self._fit()

    def _fit(self) -> None:
        self.later.setVisible(themes.current().scale < ROOMY_BELOW)

    def _listen(self) -> None:
        model = self.model
        model.waiting_changed.connect(self._show_waiting)
        model.found_changed.connect(self._show_found)
        model.ticks_changed.connect(self._show_ticks)
        model.card_read.connect(self._fill_card)
        model.handed.connect(self._handed)
        model.told.connect(self.context.shell.tell)
        model.not_found.connect(self._not_found)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        self.box.returnPressed.connect(lambda: self._find(self.box.value()))
        self.results.tick_clicked.connect(lambda _row: self._tick())
        self.waiting.opened.connect(lambda _row: self._open())

    # --- showing ---

    def _show_waiting(self) -> None:
        self.drawer.show_waiting(self.model.waiting)

    def _show_found(self) -> None:
        lines = self.model.lines()
        self.result_rows.show_rows(lines)
        self._found.loaded(len(lines))
        self.scan.show_by_card(self.model.by_card)
        self.lost.setVisible(bool(lines))
        self.lost.setChecked(self.model.by_card)
        self._name_person()
        self.pay.method.choose(CASH)
        if not lines:
            self.receiver.reset()
        elif self.box.hasFocus():
            self.results.setFocus()
        self._show_ticks()

    def _name_person(self) -> None:
        school, whose = self.model.group(), self.model.results or next(iter(self.model.found), None)
        name, identity = ("", "") if whose is None else (whose.name, whose.identity)
        if self._results_title is not None:
            title = tr("Kết quả của {name}") if name else tr("Kết quả")
            self._results_title.setText(title.format(name=school or name))
        many = tr("{count} người").format(count=len(self.model.found))
        self._person.setText(many if school else identity)

    def _show_message(self) -> None:
        """Why something is not there yet, and one sum for all that is ticked."""
        said = [view.message for view in self.model.found if not is_ready(view)]
        if self.model.results is not None:
            rows = self.model.results.rows
            late = [] if self.model.chosen else [row.words for row in rows]  # else grey rows say it
            said = [self.model.results.message, *late, *said]
        if due := self.model.to_pay():
            said.append(tr("Còn thu {money} trước khi trả.").format(money=money(due)))
        words = " ".join(dict.fromkeys(one for one in said if one))
        self.notice.show_words(words, "", LOOK)
        self.notice.setVisible(bool(words))

    def _show_ticks(self) -> None:
        lines, results = self.model.lines(), self.model.leaving_results()
        copies = (one for one in lines if isinstance(one, ResultLine) and one.line.ready)
        leaving = sum(id_of(one) in self.model.chosen for one in copies) + len(results)
        self.receiver.show_needs(results=bool(results), originals=any(row.originals_due for row in results))
        self.commit.show_words(tr("Đã trả {n} kết quả").format(n=leaving) if leaving else tr("Đã trả"))
        self.pay.show_due(self.model.to_pay())
        self._show_message()
        self.results.viewport().update()

    def _fill_card(self, card: CardData) -> None:
        self.receiver.fill_card(card)

    def _handed(self, sentence: str) -> None:
        self.context.shell.tell(sentence)
        self._clear()

    def _not_found(self, error: BaseException) -> None:
        words = words_of(error)
        self.notice.show_words(words.title, f"{words.meaning} {words.remedy}".strip(), STOP)
        self.notice.show()
        self.box.setFocus()

    def _failed(self, error: BaseException) -> None:
        field = {
            "given": self.pay.given,
            "receiver": self.receiver.name,
            "receiver_id": self.receiver.identity,
            "authorisation": self.receiver.authorisation,
            "tracking": self.receiver.tracking,
            "witness": self.receiver.beside.witness,
        }.get(field_of(error) or "")
        if field is None or not field.isVisibleTo(self):
            self.context.shell.show_error(error)
            return
        field.show_error(words_of(error).title)
        field.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self._waiting.failed(words.title, words.remedy or words.meaning, self.model.read)

    # --- acts ---

    def _find(self, text: str) -> None:
        if not text.strip():
            return
        self.box.clear()
        if classify_scan(text).kind in (ScanKind.UNKNOWN, ScanKind.PERSONAL_NUMBER):
            self.box.fill(text)
        self.model.find(text)

    def _clear(self) -> None:
        self.box.clear()
        self.model.clear()
        self.box.setFocus()

    def _tick(self) -> None:
        place, lines = self.results.current_row(), self.model.lines()
        if self.waiting.hasFocus() or not 0 <= place < len(lines):
            return
        one = lines[place]
        if not self.model.turn(id_of(one)):
            self.context.shell.tell(one.words if isinstance(one, GivingRow) else one.line.words)

    def _open(self) -> None:
        one = self.drawer.current()
        if self.waiting.hasFocus() and one is not None:
            self.model.open(one)
            self.results.setFocus()

    def _tell_owner(self) -> None:
        """B: the requester was called, texted or told through the hamlet."""
        self.drawer.ask_how(self.context.shell, self.model.tell_owner)

    def _to_receiver(self) -> None:
        """Ctrl+3: the choice of the receiver; ← → change it, Enter goes on to his name."""
        if self.receiver.is_other():
            self.receiver.name.edit.setFocus()
        else:
            self.receiver.focus_choice()
