"""A group from the pasted list to F9: the form, what is read of it, its draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.copies import SignatoryChoice
from counter_app.services.ports.groups import (
    GroupForm,
    GroupRow,
    GroupsPort,
    GroupView,
    LineView,
    PersonLine,
    Piece,
    Sheet,
)
from counter_app.ui.background import Background
from counter_app.ui.draft_keeper import DraftKeeper
from counter_app.ui.screens.groups.writing_model import WritingModel

ALL, WRONG, OPEN, READY = "all", "wrong", "open", "ready"
"""Pages of the list: everybody, what is to be mended or looked at, not compared yet, complete."""
_NEVER = 0
Opening = tuple[tuple[GroupRow, ...], GroupForm | None, tuple[SignatoryChoice, ...]]
"""Groups before, the form, who may sign copies (fewest waiting first)."""


class GroupsModel(QObject):
    """Intentions are verbs; every answer comes back through a signal on the main thread."""

    changed = Signal()
    """The form or what was read of it: draw again."""
    opened = Signal()
    imported = Signal(object)
    """A ``Sheet`` was taken over: how many persons, which columns."""
    taken = Signal(str)
    """A group's money was taken; the sentence."""
    told = Signal(str)
    """Something else was done; the sentence."""
    failed = Signal(object)

    def __init__(
        self,
        port: GroupsPort,
        background: Background,
        now: Callable[[], int],
        who_may_sign: Callable[[], tuple[SignatoryChoice, ...]],
    ) -> None:
        """``now``: the program's clock in ms; it and ``who_may_sign`` are called on workers only."""
        super().__init__()
        self._port, self._background, self._now = port, background, now
        self.form, self.view = GroupForm(), None
        self.sheet: Sheet | None = None
        self._who_may_sign = who_may_sign
        self.signers: tuple[SignatoryChoice, ...] = ()
        self.recent: tuple[GroupRow, ...] = ()
        self.page = ALL
        self.writing = WritingModel(port, background)
        self._keeper = DraftKeeper(self._save, background)
        self._keeper.failed.connect(self.failed)
        self.writing.done.connect(self._written)
        self.writing.stopped.connect(self._stopped)
        self.writing.failed.connect(self._not_written)
        self._reading = False

    form: GroupForm
    view: GroupView | None

    # --- opening ---

    def open(self) -> None:
        """A group that is half written here comes first, else the draft of the person at the counter."""
        port, who_may_sign = self._port, self._who_may_sign

        def read() -> Opening:
            recent, signers = port.recent(), who_may_sign()
            half = next((row for row in recent if row.here and not row.complete), None)
            return recent, port.load_draft() if half is None else port.resume(half.group), signers

        self._background.run_query(read, self._show, self.failed.emit, owner=self, key="groups.open")

    def read_recent(self) -> None:
        """The list of groups again."""
        self._background.run_query(
            self._port.recent, self._show_recent, self.failed.emit, owner=self, key="groups.recent"
        )

    # --- the list ---

    def paste(self, text: str) -> None:
        """Cells of a spreadsheet."""
        port = self._port
        self._import(lambda: port.read_text(text))

    def read_file(self, path: str) -> None:
        """An .xlsx or .csv file."""
        port = self._port
        self._import(lambda: port.read_file(path))

    def name_columns(self, roles: tuple[str, ...]) -> None:
        """The list once more under other columns; what was mended by hand is read anew."""
        port, sheet = self._port, self.sheet
        if sheet is not None and not self.is_fixed:
            self._background.run_query(
                lambda: (sheet, port.people(sheet, roles)), self._renamed, self.failed.emit, owner=self
            )

    @property
    def is_fixed(self) -> bool:
        """True once a piece is written: the list may not change any more."""
        return self.form.group is not None or self.writing.busy

    def lines(self) -> tuple[int, ...]:
        """Places (from 0) of the persons of the page in front."""
        people = self.form.people
        if self.page == ALL or self.view is None:
            return tuple(range(len(people)))
        wanted = {WRONG: ("stop", "look"), OPEN: ("unticked",), READY: ("ready", "taken")}[self.page]
        return tuple(place for place in range(len(people)) if self.state_of(place) in wanted)

    def line(self, place: int) -> LineView | None:
        """What was read of one person, None while it is being read."""
        lines = () if self.view is None else self.view.lines
        return lines[place] if 0 <= place < len(lines) == len(self.form.people) else None

    def state_of(self, place: int) -> str:
        """``stop``, ``look``, ``unticked``, ``ready`` or ``taken``; the tick is believed at once."""
        line = self.line(place)
        if line is None or line.state in ("stop", "look", "taken"):
            return "" if line is None else line.state
        return "ready" if self.form.people[place].compared_at else "unticked"

    def put(self, form: GroupForm) -> None:
        """The form as typed: kept and read again."""
        if self.is_fixed:
            return
        self.form = form
        self._keeper.put(form)
        self.changed.emit()
        self._read()

    def put_person(self, place: int, person: PersonLine) -> None:
        """One person mended."""
        people = self.form.people
        self.put(replace(self.form, people=(*people[:place], person, *people[place + 1 :])))

    def add_person(self) -> int:
        """An empty line at the end; its place."""
        self.put(replace(self.form, people=(*self.form.people, PersonLine())))
        return len(self.form.people) - 1

    def drop_person(self, place: int) -> PersonLine:
        """Takes a line off the list and gives it back for an undo."""
        gone = self.form.people[place]
        self.put(replace(self.form, people=self.form.people[:place] + self.form.people[place + 1 :]))
        return gone

    def bring_back(self, place: int, person: PersonLine) -> None:
        """Undo of ``drop_person``."""
        people = self.form.people
        self.put(replace(self.form, people=(*people[:place], person, *people[place:])))

    def turn_tick(self, place: int) -> None:
        """One person's originals were compared, or were not after all: one a key, never all at once."""
        if self.is_fixed or not 0 <= place < len(self.form.people):
            return
        if self.form.people[place].compared_at:
            self.put_person(place, replace(self.form.people[place], compared_at=_NEVER))
            return
        self._background.run_query(self._now, lambda at: self._tick(place, at), self.failed.emit, owner=self)

    def turn_paper(self, place: int, paper: int) -> None:
        """A paper that this person did not bring, or did after all."""
        person = self.form.people[place]
        left = set(person.without) ^ {paper}
        self.put_person(place, replace(person, without=tuple(sorted(left))))

    def see(self, place: int) -> bool:
        """Alt+Enter: what is worth a look on this line was looked at; False when there is nothing."""
        line = self.line(place)
        if line is None or not line.looks:
            return False
        person = self.form.people[place]
        self.put_person(place, replace(person, seen=tuple(dict.fromkeys((*person.seen, *line.looks)))))
        return True

    # --- acting ---

    def commit(self) -> None:
        """F9: the first piece, or the next ones of what stopped."""
        self.writing.begin(self.form)

    def end(self, ground: str) -> None:
        """Ends what stopped half way."""
        self.writing.end(self.form, ground)

    def take_money(self, row: GroupRow, given: str = "", method: str = "cash") -> None:
        """What a group owes; ``given`` as typed, "" exactly that."""
        port = self._port

        def take() -> str:
            piece = port.take_money(row.group, given, method)
            return " ".join(part for part in (piece.sentence, port.print_jobs(piece.jobs)) if part)

        self._background.run_change(take, self._paid, self.failed.emit, owner=self)

    def print_again(self, row: GroupRow, reason: str) -> None:
        """Slip and list once more."""
        port = self._port
        self._background.run_change(
            lambda: port.print_again(row.group, reason), self.told.emit, self.failed.emit, owner=self
        )

    def choose_signatory(self, place: int) -> None:
        """Whose pile the requests go to, by the place in ``signers``."""
        if 0 <= place < len(self.signers):
            self.put(replace(self.form, signatory=self.signers[place].official))

    # --- answers ---

    def _import(self, read: Callable[[], Sheet]) -> None:
        if self.is_fixed:
            return
        port = self._port

        def work() -> tuple[Sheet, tuple[PersonLine, ...]]:
            sheet = read()
            roles = sheet.roles
            return sheet, port.people(sheet, roles) if "name" in roles else ()

        self._background.run_query(work, self._imported, self.failed.emit, owner=self, key="groups.import")

    def _imported(self, answer: tuple[Sheet, tuple[PersonLine, ...]]) -> None:
        self._renamed(answer)
        self.imported.emit(answer[0])

    def _renamed(self, answer: tuple[Sheet, tuple[PersonLine, ...]]) -> None:
        self.sheet, people = answer
        self.page = ALL
        self.put(replace(self.form, people=people))

    def _tick(self, place: int, at: int) -> None:
        self.put_person(place, replace(self.form.people[place], compared_at=at))

    def _show(self, answer: Opening) -> None:
        self.recent, form, self.signers = answer
        self.form = form or GroupForm(signatory=self.signers[0].official if self.signers else None)
        self.sheet, self.view = None, None
        self.opened.emit()
        self.changed.emit()
        self._read()

    def _show_recent(self, rows: tuple[GroupRow, ...]) -> None:
        self.recent = rows
        self.changed.emit()

    def _read(self) -> None:
        port, form = self._port, self.form
        self._background.run_query(
            lambda: port.view(form), self._show_view, self.failed.emit, owner=self, key="groups.view"
        )

    def _show_view(self, view: GroupView) -> None:
        self.view = view
        self.changed.emit()

    def _save(self, form: object) -> int:
        if not isinstance(form, GroupForm):
            return _NEVER
        self._port.save_draft(form)
        return self._now()

    def _written(self, piece: Piece) -> None:
        self._keeper.forget()
        self.open()

    def _stopped(self, piece: Piece) -> None:
        self._keeper.forget()
        self.open()

    def _not_written(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.open()

    def _paid(self, sentence: str) -> None:
        self.taken.emit(sentence)
        self.read_recent()
