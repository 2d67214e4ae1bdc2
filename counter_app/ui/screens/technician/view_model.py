"""What the technician's pages know and may ask. Whole self-tests run on a query worker: they take seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.papers import PapersPort
from counter_app.services.ports.technician import (
    BROKEN,
    GOOD,
    LOOK,
    NOT_HERE,
    UNCHECKED,
    BackupPlace,
    BackupRow,
    CheckRow,
    EnrolmentView,
    PrinterRoleView,
    TechnicianPort,
)
from counter_app.ui.background import Background

_WORST_FIRST = {BROKEN: 0, LOOK: 1, UNCHECKED: 2, NOT_HERE: 9}
_BETWEEN = 5


class SelfTestModel(QObject):
    """The list of checks and when it was run."""

    rows_changed = Signal()
    printed = Signal(str)
    told = Signal(str)
    mended = Signal(str)
    failed = Signal(object)

    def __init__(self, port: TechnicianPort, background: Background, now: Callable[[], int]) -> None:
        """``now`` in ms, asked on the worker."""
        super().__init__()
        self._port, self._background, self._now = port, background, now
        self.rows: tuple[CheckRow, ...] = ()
        self.run_at = 0
        self.running = self._prints = self._mends = False

    def run(self) -> None:
        """Runs the list again; a run under way is let finish."""
        if self.running:
            return
        self.running = True
        port, now = self._port, self._now
        self._background.run_query(lambda: (port.self_test(), now()), self._show, self._fail, owner=self)

    def print_minutes(self) -> None:
        """Prints the acceptance minutes, once until that is answered. Called from F9 alone."""
        if not self._prints:
            self._prints = True
            # Its list may wait long for a dead line: acts of others must not stand behind it.
            self._background.run_query(self._port.acceptance, self._printed, self._not_printed, owner=self)

    def mend(self, what: str) -> None:
        """Does what the line's button says, once until it is done. Called from Ctrl+Enter alone."""
        if not self._mends:
            self._mends = True
            port = self._port
            self._background.run_change(lambda: port.mend(what), self._done, self._not_done, owner=self)

    def write_results(self, folder: str) -> None:
        """Writes the results of a fresh run into a folder. Called from the choice of a folder alone."""
        port = self._port
        self._background.run_query(
            lambda: port.write_results(folder), self.told.emit, self.failed.emit, owner=self
        )

    def to_look_at(self) -> int:
        """How many lines want a person; offline is no fault of the PC."""
        return sum(row.verdict in (LOOK, BROKEN, UNCHECKED) for row in self.rows)

    def works(self) -> bool:
        """Whether nothing is broken."""
        return all(row.verdict != BROKEN for row in self.rows)

    def good(self) -> int:
        """How many lines are well."""
        return sum(row.verdict == GOOD for row in self.rows)

    def _show(self, found: tuple[tuple[CheckRow, ...], int]) -> None:
        self.running = False
        rows, self.run_at = found
        self.rows = tuple(sorted(rows, key=lambda row: _WORST_FIRST.get(row.verdict, _BETWEEN)))
        self.rows_changed.emit()

    def _fail(self, error: BaseException) -> None:
        self.running = False
        self.failed.emit(error)

    def _printed(self, sentence: str) -> None:
        self._prints = False
        self.printed.emit(sentence)

    def _done(self, sentence: str) -> None:
        self._mends = False
        self.mended.emit(sentence)
        self.run()

    def _not_done(self, error: BaseException) -> None:
        self._mends = False
        self.failed.emit(error)

    def _not_printed(self, error: BaseException) -> None:
        self._prints = False
        self.failed.emit(error)


class PrintersModel(QObject):
    """Kinds of paper, printers of the PC, and which goes where."""

    changed = Signal()
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, port: TechnicianPort, papers: PapersPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._papers, self._background = port, papers, background
        self.roles: tuple[PrinterRoleView, ...] = ()
        self.printers: tuple[str, ...] = ()

    def read(self) -> None:
        """Both lists again."""
        port, papers = self._port, self._papers
        self._background.run_query(
            lambda: (port.printer_roles(), papers.printers()),
            self._show,
            self.failed.emit,
            owner=self,
            key="technician.printers",
        )

    def choose(self, role: str, printer: str) -> None:
        """Keeps the printer of a role. Called from F9 alone."""
        port = self._port
        self._background.run_change(
            lambda: port.choose_printer(role, printer), self._chosen, self.failed.emit, owner=self
        )

    def test_page(self, printer: str) -> None:
        """Prints the test page: paper, no entry."""
        port = self._port
        self._background.run_change(
            lambda: port.test_page(printer), self.told.emit, self.failed.emit, owner=self
        )

    def _chosen(self, sentence: str) -> None:
        self.told.emit(sentence)
        self.read()

    def _show(self, found: tuple[tuple[PrinterRoleView, ...], tuple[str, ...]]) -> None:
        self.roles, self.printers = found
        self.changed.emit()


class BackupsModel(QObject):
    """Backups of the PC: made, tried; where they go."""

    changed = Signal()
    chosen = Signal(str)
    made = Signal(object)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, port: TechnicianPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self.rows: tuple[BackupRow, ...] = ()
        self.place: BackupPlace | None = None
        self._saves = False

    def read(self) -> None:
        """The list and the place again."""
        port = self._port
        self._background.run_query(
            lambda: (port.backups(), port.backup_place()),
            self._show,
            self.failed.emit,
            owner=self,
            key="technician.backups",
        )

    def choose(self, path: str) -> None:
        """Backups go there from now on. Called from the choice of a folder alone."""
        port = self._port
        self._background.run_change(
            lambda: port.choose_backup_place(path), self._chosen, self.failed.emit, owner=self
        )

    def back_up(self) -> None:
        """Makes one now, once until it is made. Called from F9 alone."""
        if not self._saves:
            self._saves = True
            self._background.run_change(self._port.back_up, self._made, self._not_made, owner=self)

    def try_restore(self, path: str) -> None:
        """Restores into a throw-away copy; the store is not touched."""
        port = self._port
        self._background.run_query(
            lambda: port.try_restore(path), self.told.emit, self.failed.emit, owner=self
        )

    def _made(self, row: BackupRow) -> None:
        self._saves = False
        self.made.emit(row)
        self.read()

    def _not_made(self, error: BaseException) -> None:
        self._saves = False
        self.failed.emit(error)

    def _chosen(self, sentence: str) -> None:
        self.chosen.emit(sentence)
        self.read()

    def _show(self, found: tuple[tuple[BackupRow, ...], BackupPlace]) -> None:
        self.rows, self.place = found
        self.changed.emit()


class EnrolmentModel(QObject):
    """Who this PC is."""

    known = Signal(object)
    failed = Signal(object)

    def __init__(self, port: TechnicianPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self.view: EnrolmentView | None = None

    def read(self) -> None:
        """Reads it."""
        self._background.run_query(
            self._port.enrolment, self._show, self.failed.emit, owner=self, key="technician.enrolment"
        )

    def _show(self, view: EnrolmentView) -> None:
        self.view = view
        self.known.emit(view)
