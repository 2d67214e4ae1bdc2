"""The signing desk: keys, scans and focus; the widgets stand in ``page``, the questions in ``numbering``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt

from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.domain.organisation import roles
from counter_app.services.ports.home import ScanResult
from counter_app.services.ports.papers import PrintJobView
from counter_app.services.ports.signing import COMPLETE, Numbered
from counter_app.ui.actions import Action
from counter_app.ui.errors import words_of
from counter_app.ui.i18n import tr
from counter_app.ui.print_outcome import PrintOutcome
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.signing.asked import GroupAsked
from counter_app.ui.screens.signing.digital_model import ELECTRONIC
from counter_app.ui.screens.signing.finding import Elsewhere, Finding, group_ticked
from counter_app.ui.screens.signing.numbering import Numbering, goes_alone
from counter_app.ui.screens.signing.page import INK, PILE, SigningPage, help_of, legend_of
from counter_app.ui.screens.signing.view_model import NUMBERED, Scanned, SigningModel
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_words
from counter_app.ui.widgets.screen import Screen
from sync.protocol.naming.ids import EntryId

AREAS = frozenset({"signing", "requests", "registers", "people"})
_TABS = {Action.TAB_1: 0, Action.TAB_2: 1, Action.TAB_3: 2, Action.TAB_4: 3, Action.TAB_5: 4, Action.TAB_6: 5}


class SigningView(Screen):
    """Keys: Space, Ctrl+A, Ctrl+Enter on the pile; Ctrl+4, scans and F9 when the papers are back."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the page; nothing is read before it is shown."""
        super().__init__(context)
        program = context.program
        self.model = SigningModel(
            program.signing,
            program.papers,
            context.background,
            program.now,
            lambda: program.copies.signatories(self.model.kind),
        )
        self.parts = SigningPage(self, self.model)
        self.pile, self.lots = self.parts.pile, self.parts.lots
        self.detail, self.lines = self.parts.detail, self.parts.lines
        self.numbering = Numbering(context.shell, self.model, self._why_not)
        self._prints = PrintOutcome(program.papers, context.background, context.shell)
        self._finding = Finding(self.model, self.parts, self._go, self._lost)
        self._elsewhere, self._scan = Elsewhere(context, self), ""
        self._part = PILE
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._listen()
        self._show_part(PILE)

    # --- what the shell asks ---

    def title(self) -> str:
        """*Bàn ký* for whoever signs, *Trình ký* for the others."""
        return tr("Bàn ký") if self.context.may(roles.SIGN) else tr("Trình ký")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the part that has focus."""
        return legend_of(self._part)

    def help_lines(self) -> tuple[str, ...]:
        """The four moments."""
        return help_of()

    def on_shown(self, argument: object) -> None:
        """Reads; 4 goes to the papers that came back, a request to its row, a scan to its slip."""
        self.pile.stack.loading()
        self._finding.begin(argument if isinstance(argument, EntryId) else None)
        self.model.groups.group = argument.group if isinstance(argument, GroupAsked) else None
        self.model.read()
        self._go(INK if argument == INK else PILE)
        if isinstance(argument, ScanResult):
            self.on_scan(argument.text)

    def on_commit(self) -> None:
        """F9: the witness panel first; else this request alone, or the ink of the ticked (or all) numbers."""
        if self.numbering.witness_stands():
            self.numbering.confirm_witness()
        elif self._part == INK:
            self._confirm_ink()
        else:
            self._number_alone()

    def on_escape(self) -> bool:
        """From the papers that came back to the pile; then the shell leaves."""
        if self._part == INK:
            self._go(PILE)
            return True
        return False

    def on_scan(self, code: str) -> bool:
        """A slip or a copy ticks or opens, a dossier's slip opens it; a citizen's card is the shell's."""
        if classify_scan(code).kind is ScanKind.IDENTITY_CARD:
            return False
        self._scan = code
        self.model.scan(code)
        return True

    def on_action(self, action: Action) -> bool:
        """Keys of the lists."""
        if action in _TABS:
            return self._part == PILE and self.pile.choose_tab(_TABS[action])
        if action is Action.REFRESH:
            self.model.read()
            return False
        run = self._acts().get(action)
        if run is not None:
            run()
        return run is not None

    def on_changed(self, areas: frozenset[str]) -> None:
        """Reads again when requests, lots, acts or the pen changed."""
        if areas & AREAS:
            self.model.read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The part follows the focus."""
        if event.type() == QEvent.Type.FocusIn:
            self._show_part(PILE if watched is self.pile.table else INK)
        return False

    # --- parts and showing ---

    def _acts(self) -> dict[Action, Callable[[], None]]:
        return {
            Action.PART_2: lambda: self._go(PILE),
            Action.PART_4: self._go_to_ink,
            Action.TICK_ALL: self._tick_all,
            Action.TICK: self._tick,
            Action.OPEN: self._open,
            Action.COMMIT_TICKED: self.numbering.number_ticked,
            Action.GIVE_BACK: self._give_back,
            Action.NEXT_TASK: self._next_to_look_at,
            Action.SCHOOL_LOT: self.pile.choose_next_group,
        }

    def _listen(self) -> None:
        model = self.model
        model.desk_changed.connect(self._show_desk)
        model.ticks_changed.connect(self.parts.show_ticks)
        model.detail_changed.connect(self.parts.show_detail)
        model.scanned.connect(self._scanned)
        model.said.connect(self._said)
        model.numbered.connect(self._numbered)
        model.failed.connect(self._failed)
        model.unread.connect(self._unread)
        self.pile.kind_chosen.connect(self._choose_kind)
        self.pile.group_chosen.connect(model.choose_group)
        self.pile.table.current_changed.connect(lambda _row: self._look_at_current())
        self.pile.table.opened.connect(lambda _row: self._open())
        self.lots.table.current_changed.connect(lambda _row: self.parts.show_lot())
        for table in (self.pile.table, self.lines.table):
            table.tick_clicked.connect(lambda _row: self._tick(stay=True))
        for table in self.parts.tables():
            table.installEventFilter(self)
        self.parts.on_clicks(
            (
                (self.pile.number, self.numbering.number_ticked),
                (self.pile.give_back, self._return_to_clerk),
                (self.detail.look, self._open),
                (self.detail.number, self._number_alone),
                (self.detail.give_back, self._return_to_clerk),
                (self.lots.confirm, self._confirm_ink),
                (self.lots.strike, self._strike),
                (self.lines.confirm, self._confirm_ink),
                (self.lines.strike, self._strike),
            )
        )

    def _choose_kind(self, kind: str) -> None:
        if kind == ELECTRONIC:  # files are signed on a page of their own (*Ký số*)
            self.pile.show_kind(self.model.kind)
            self.context.shell.open_screen("digital")
        else:
            self.model.choose_kind(kind)

    def _go(self, part: int) -> None:
        """Focus into a part; where its list is empty the page itself takes it."""
        self._show_part(part)
        if part == INK:
            if not (self.lots.table.hasFocus() or self.lines.table.hasFocus()):
                (self.lines.table if self.model.desk.lots else self).setFocus()
        elif self.pile.table.isVisibleTo(self):
            self.pile.table.setFocus()
        else:
            self.setFocus()

    def _go_to_ink(self) -> None:
        if self.model.desk.lots:
            self._go(INK)
        else:
            self.context.shell.tell(tr("Không có số nào chờ xác nhận đã ký."))

    def _show_part(self, part: int) -> None:
        changed, self._part = part != self._part, part
        self.parts.show_part(part)
        if changed:
            self.context.shell.legend_changed()

    def _show_desk(self) -> None:
        held = self.hasFocus() or any(table.hasFocus() for table in self.parts.tables())
        self.parts.show_desk(self._why_not())
        self._finding.go_on()
        self._look_at_current()
        if self._part == INK and not self.model.desk.lots:
            self._show_part(PILE)
        if held:
            self._go(self._part)

    def _why_not(self) -> str:
        """Why no number can be given on this PC by this person; empty when it can."""
        pen = self.model.desk.pen
        if not pen.here:
            return pen.words or tr("Máy này không giữ quyền cấp số.")
        may = self.context.may(roles.NUMBER) or self.context.may(roles.SIGN)
        return "" if may else read_only_words(ReadOnly.NO_RIGHT, tr("cấp số"))

    def _look_at_current(self) -> None:
        if (row := self.pile.current()) is not None:
            self.model.look_at(row.request)

    def _unread(self, error: BaseException) -> None:
        words = words_of(error)
        self.pile.stack.failed(words.title, words.remedy or words.meaning, self.model.read)

    # --- moment 2 ---

    def _tick_all(self) -> None:
        if self._part == PILE:
            self.model.tick_complete()

    def _tick(self, *, stay: bool = False) -> None:
        if self._part == INK:
            if (line := self.lines.current()) is not None and self.model.ink(line.line) and not stay:
                self.lines.table.go_to(self.lines.table.current_row() + 1)
            return
        row = self.pile.current()
        if row is None:
            return
        if not self.model.turn(row.request):
            self.context.shell.tell(goes_alone(row))
        elif not stay:
            self.pile.table.go_to(self.pile.table.current_row() + 1)

    def _open(self) -> None:
        if self._part == INK:
            self.lines.table.setFocus()
        elif (row := self.pile.current()) is not None:
            self.model.open(row.request)

    def _next_to_look_at(self) -> None:
        rows = self.model.desk.rows
        start = self.pile.table.current_row() + 1
        for row in (*rows[start:], *rows[:start]):
            if row.check != COMPLETE:
                self._go(PILE)
                self.pile.go_to(row.request)
                return

    def _number_alone(self) -> None:
        if (row := self.pile.current()) is not None:
            self.numbering.number_alone(row)

    def _numbered(self, done: Numbered, unprinted: Sequence[PrintJobView]) -> None:
        self._prints.tell(done.sentence, done.jobs, unprinted)

    def _give_back(self) -> None:
        (self._strike if self._part == INK else self._return_to_clerk)()

    def _return_to_clerk(self) -> None:
        if (row := self.pile.current()) is not None:
            self.numbering.give_back(row)

    # --- moment 4 ---

    def _confirm_ink(self) -> None:
        if (lot := self.lots.current()) is not None:
            self.model.confirm(lot.lot)

    def _strike(self) -> None:
        line, tell = self.lines.current(), self.context.shell.tell
        if line is None or not self.lines.isVisibleTo(self):
            self._go(INK)
            tell(tr("Chọn số của bản không ký, rồi nhấn R."))
            return
        if line.state != NUMBERED:
            tell(tr("Số {n} không còn chờ ký.").format(n=line.number))
            return
        chosen = line.line
        words = tr("{name} · {original}. Số bị gạch vẫn ở trong sổ, không dùng lại.")
        self.context.shell.ask_reason(
            tr("Gạch số {n}").format(n=line.number),
            self.model.reasons(),
            lambda reason, typed: self.model.strike(chosen, reason, typed),
            words=words.format(name=line.name, original=line.original),
            commit_words=tr("Gạch số {n}").format(n=line.number),
        )

    # --- answers ---

    def _lost(self) -> None:
        self.context.shell.tell(tr("Phiếu này không còn chờ cấp số hay chờ xác nhận đã ký."))

    def _said(self, sentence: str) -> None:
        self.context.shell.tell(sentence)

    def _scanned(self, scanned: Scanned) -> None:
        if scanned.lines:
            lot = self.model.lot_of(scanned.lines[0])
            if lot is not None:
                self.lots.go_to(lot)
            self._go(INK)
            self.lines.go_to(scanned.lines[-1])
        elif scanned.request is not None:
            self._go(PILE)
            self.pile.go_to(scanned.request)
            if scanned.together:
                self.context.shell.tell(group_ticked(len(scanned.together), self.model.ticked_of(scanned)))
        else:
            self._elsewhere.look(self._scan)

    def _failed(self, error: BaseException) -> None:
        if not self.numbering.takes_error(error):
            self.context.shell.show_error(error)
