"""A school's list from the clipboard or a file to F9, by keys (``ux.md`` 4.4 "School lot")."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog

from counter_app.services.ports.groups import GroupRow, Piece, Sheet
from counter_app.ui.actions import Action
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.screens.groups import keys
from counter_app.ui.screens.groups.asking import Asking
from counter_app.ui.screens.groups.group_acts import GroupActs
from counter_app.ui.screens.groups.layout import GroupsPage
from sync.protocol.naming.ids import EntryId

AREAS = frozenset({"groups", "received"})


class GroupsView(GroupsPage):
    """F9 alone writes. Space ticks one person, never all; Esc stops between two pieces, or goes back."""

    def __init__(self, context: ScreenContext) -> None:
        """Joins the parts with keys and answers."""
        super().__init__(context)
        self._opened = False
        self._asking = Asking(self.model, context.shell)
        self.taken_in = GroupActs(context.program.groups, context, self)
        self._chain = FocusChain((*self.fields.values(), self.papers), self._to_list, self)
        self._listen()
        self.draw()

    # --- what the shell asks ---

    def title(self) -> str:
        """The name of the page."""
        return tr("Nhóm chứng thực")

    def subtitle(self) -> str:
        """How far the writing is."""
        return self.progress if self.model.writing.busy else ""

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the list, of the groups before, or of what is open at the right."""
        side, drawer = self.side.currentWidget(), self.taken_in.hints()
        if drawer or side is self.owed:
            return drawer or keys.of_money()
        if self.recent.hasFocus():
            return keys.of_groups()
        return keys.of_person() if side is self.person else keys.of_list()

    def on_shown(self, argument: object) -> None:
        """Opens what is half written here, else the draft; an id: the drawer of that group."""
        if not self.model.writing.busy:
            self._opened = True
            self.stack.loading()
            self.model.open()
        self.fields["name"].edit.setFocus()
        if isinstance(argument, EntryId):
            self.taken_in.open(argument)

    def on_hidden(self) -> None:
        """Keeps what is being typed."""
        if self._opened:
            self._take_typed()
            self.person.keep()

    def on_commit(self) -> None:
        """F9: the drawer that stands; else looks at the form, then writes piece by piece."""
        model = self.model
        if self.taken_in.refunds.commit() or not self.may_write or model.writing.busy:
            return
        if self.side.currentWidget() is self.owed:
            self._take_money()
            return
        self._take_typed()
        self.person.keep()
        if model.form.group is None and not model.form.people:
            self.context.shell.tell(tr("Chưa có danh sách. Ctrl+V dán các ô từ Excel."))
            return
        self.progress = ""
        model.commit()
        self.draw()

    def on_escape(self) -> bool:
        """Stops the writing between two pieces; closes the person or the columns; else the shell leaves."""
        if self.model.writing.busy:
            self.model.writing.stop()
            return True
        if self.side.currentWidget() is not self.money:
            self._show_money()
            return True
        return False

    def on_action(self, action: Action) -> bool:
        """Keys of the page."""
        run = {
            Action.OPEN_EXISTING: self._choose_file,
            Action.PAY_WHEN: self._choose_payment,
            Action.TICK: self._tick,
            Action.OPEN: self._open_row,
            Action.SEEN: self._see,
            Action.GIVE_BACK: self._ask_paper,
            Action.PRINT_AGAIN: self._print_again,
            Action.DELETE_ROW: self._delete,
            Action.DUPLICATE_ROW: self._add,
            Action.PART_1: self.fields["name"].edit.setFocus,
            Action.PART_2: self._to_list,
            Action.PART_3: self.money.given.edit.setFocus,
            Action.PART_4: self.recent.setFocus,
            Action.NEXT_TASK: self._next_wrong,
        }.get(action)
        if run is not None and self.may_write:
            run()
            return True
        pages = (Action.TAB_1, Action.TAB_2, Action.TAB_3, Action.TAB_4)
        return action in pages and self.tabs.choose(pages.index(action))

    def on_changed(self, areas: frozenset[str]) -> None:
        """Groups were taken in or paid."""
        if self._opened and areas & AREAS and not self.model.writing.busy:
            self.model.read_recent()
            self.taken_in.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V where no text has the focus: the cells of a spreadsheet."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.may_write and not self.model.is_fixed:
            self.paste()
            return
        super().keyPressEvent(event)

    def paste(self) -> None:
        """The list on the clipboard."""
        self._take_typed()
        self.model.paste(QGuiApplication.clipboard().text())

    # --- acting ---

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self.draw)
        model.imported.connect(self._imported)
        model.taken.connect(self._paid)
        model.told.connect(self.context.shell.tell)
        model.failed.connect(self.context.shell.show_error)
        model.writing.moved.connect(self._moved)
        model.writing.done.connect(self._done)
        model.writing.stopped.connect(self._stopped)
        model.writing.printed.connect(self._printed)
        for field in (*self.fields.values(), self.papers):
            field.left.connect(self._take_typed)
        self.money.changed.connect(model.put)
        self.person.written.connect(model.put_person)
        self.person.left.connect(self._show_money)
        self.owed.left.connect(self._show_money)
        self.columns.named.connect(model.name_columns)
        self.tabs.chosen.connect(self._turn_page)
        self.table.tick_clicked.connect(self._tick_clicked)
        self.table.opened.connect(self._row_opened)
        self.recent.opened.connect(self._row_opened)
        self.finish.clicked.connect(self._ask_end)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self.keep_in_sight)

    def _take_typed(self) -> None:
        form = self.typed()
        if form != self.model.form:
            self.model.put(form)

    def _turn_page(self, code: str) -> None:
        self.model.page = code
        self.draw()

    def _to_list(self) -> None:
        self._take_typed()
        (self.table if self.model.form.people else self.stack).setFocus()
        if self.table.current_row() < 0:
            self.table.go_to(0)

    def _tick(self) -> None:
        """Space: one person, then the next."""
        place, row = self.current_place(), self.table.current_row()
        if place < 0 or not self.table.hasFocus():
            return
        ticking = not self.model.form.people[place].compared_at
        self.model.turn_tick(place)
        if ticking and row + 1 < self.rows.rowCount():
            self.table.go_to(row + 1)

    def _tick_clicked(self, row: int) -> None:
        self.model.turn_tick(self.rows.rows()[row].place)

    def _row_opened(self, _row: int) -> None:
        self._open_row()

    def _ask_paper(self) -> None:
        self._asking.paper(self.current_place())

    def _ask_end(self, _checked: bool = False) -> None:
        self._asking.end()

    def _see(self) -> None:
        self.model.see(self.current_place())

    def _open_row(self) -> None:
        if self.recent.hasFocus():
            self._open_owed()
            return
        place = self.current_place()
        if place >= 0 and not self.model.is_fixed:
            self.side.setCurrentWidget(self.person)
            self.person.open(place, self.model.form.people[place], self.model.line(place))
            self.context.shell.legend_changed()

    def _show_money(self) -> None:
        self.person.keep()
        self.person.place = -1
        self.side.setCurrentWidget(self.money)
        self.table.setFocus()
        self.draw()

    def _add(self) -> None:
        if not self.model.is_fixed:
            place = self.model.add_person()
            self._turn_page("all")
            self.table.go_to(place)
            self._open_row()

    def _delete(self) -> None:
        place = self.current_place()
        if place < 0 or self.model.is_fixed or not self.table.hasFocus():
            return
        gone = self.model.drop_person(place)
        words = tr("Đã xóa dòng {n} ({name}).").format(n=place + 1, name=gone.name)
        self.context.shell.tell_undo(words, lambda: self.model.bring_back(place, gone))

    def _next_wrong(self) -> None:
        """Ctrl+.: the next line that is to be mended."""
        count, after = len(self.model.form.people), self.current_place()
        for step in range(1, count + 1):
            place = (after + step) % count
            if self.model.state_of(place) in ("stop", "look"):
                self._turn_page("all")
                self.tabs.choose(0)
                self.table.go_to(place)
                self.table.setFocus()
                return

    def _choose_file(self) -> None:
        if self.model.is_fixed:
            return
        dialog = QFileDialog(self, tr("Mở danh sách"))
        dialog.setNameFilters([tr("Danh sách (*.xlsx *.csv)"), tr("Mọi tệp (*)")])
        dialog.fileSelected.connect(self.model.read_file)
        dialog.open()

    def _group_before(self) -> GroupRow | None:
        """The group under the bar of the list at the right."""
        row = self.recent.current_row()
        return self.model.recent[row] if 0 <= row < len(self.model.recent) else None

    def _open_owed(self) -> None:
        group = self._group_before()
        if group is not None and group.complete and group.to_pay:
            self.side.setCurrentWidget(self.owed)
            self.owed.open(group)
            self.draw()
        elif group is not None and group.complete:
            self.taken_in.open(group.group)

    def _take_money(self) -> None:
        if (ready := self.owed.ready()) is not None:
            self.model.take_money(*ready)

    def _choose_payment(self) -> None:
        """Ctrl+M: now or at return; at return, cash or transfer."""
        owed = self.side.currentWidget() is self.owed
        (self.owed.method if owed else self.money.when).choose_next()

    def _paid(self, words: str) -> None:
        self._show_money()
        self.recent.setFocus()
        self.context.shell.tell(words)

    def _print_again(self) -> None:
        if self.recent.hasFocus() and (group := self._group_before()) is not None:
            self._asking.print_again(group)

    # --- answers ---

    def _imported(self, sheet: Sheet) -> None:
        self.columns.show_sheet(sheet)
        people = len(self.model.form.people)
        if "name" not in sheet.roles or "id_number" not in sheet.roles:
            self.side.setCurrentWidget(self.columns)
            self.columns.pickers["name" if "name" not in sheet.roles else "id_number"].setFocus()
            self.context.shell.tell(tr("Chọn cột họ tên và cột số giấy tờ của danh sách."))
            return
        self.table.setFocus()
        self.table.go_to(0)
        words = tr("Đã đọc {n} người từ {source}.").format(n=people, source=sheet.source)
        self.context.shell.tell(words)

    def _moved(self, taken: int, planned: int) -> None:
        self.progress = tr("Đã ghi {taken}/{planned}").format(taken=taken, planned=planned)
        self.draw()

    def _done(self, piece: Piece) -> None:
        self.context.shell.tell(piece.sentence)

    def _stopped(self, piece: Piece) -> None:
        words = tr("Đã dừng: đã ghi {taken}/{planned}. F9 ghi tiếp.")
        self.context.shell.tell(words.format(taken=piece.taken, planned=piece.planned))

    def _printed(self, words: str) -> None:
        if words:
            self.context.shell.tell(tr("{words} Giấy còn lại ở “Bản in đang chờ”.").format(words=words))
