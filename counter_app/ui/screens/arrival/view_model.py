"""What the page of arrival knows and may do; files are written piece after piece, and stop between two."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.arrival import (
    ArrivalPort,
    ArrivalProgress,
    DryRun,
    FiguresForm,
    FiguresView,
    LetIn,
    OldFile,
)
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId


class ArrivalModel(QObject):
    """Figures, a file with its dry run, and the writing of one file at a time."""

    changed = Signal()
    """Figures and unfinished files were read."""
    taken = Signal(str)
    read_done = Signal()
    """A file was read: its columns wait for a look."""
    looked = Signal()
    moved = Signal()
    """A piece was written, or the writing stopped."""
    ended = Signal(str)
    failed = Signal(object)

    def __init__(self, port: ArrivalPort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.figures: FiguresView | None = None
        self.unfinished: tuple[ArrivalProgress, ...] = ()
        self.file: OldFile | None = None
        self.roles: tuple[str, ...] = ()
        self.role_names: tuple[tuple[str, str], ...] = ()
        self.dry: DryRun | None = None
        self.progress: ArrivalProgress | None = None
        self.busy = False
        self._stop = False

    def read(self) -> None:
        """Figures and files that stopped half way."""
        port = self._port
        self._background.run_query(
            lambda: (port.figures(), port.unfinished()), self._show, self.failed.emit, owner=self,
            key="arrival",
        )  # fmt: skip

    def take_figures(self, form: FiguresForm) -> None:
        """Called from F9 alone."""
        if self.busy:
            return
        self.busy, port = True, self._port
        self._background.run_change(lambda: port.take_figures(form), self._taken, self._refused, owner=self)

    def read_file(self, path: str, what: str, kind: str) -> None:
        """A file was chosen; columns are proposed, then looked at."""
        port = self._port
        self._background.run_query(
            lambda: (port.read_file(path, what, kind), port.role_names(what)), self._file_read,
            self.failed.emit, owner=self, key="arrival.file",
        )  # fmt: skip

    def choose(self, column: int, role: str) -> None:
        """One column is something else; a role that another column had is taken from it."""
        roles = ["" if one == role and role else one for one in self.roles]
        roles[column] = role
        self.roles = tuple(roles)
        self.look()

    def look(self) -> None:
        """The dry run under the roles as they stand."""
        port, file, roles = self._port, self.file, self.roles
        if file is not None:
            self._background.run_query(
                lambda: port.look(file, roles), self._looked, self.failed.emit, owner=self, key="arrival.look"
            )

    def forget(self) -> None:
        """The file is put aside; nothing of it was written."""
        self.file, self.roles, self.dry = None, (), None
        self.read_done.emit()

    def half_written(self) -> ArrivalProgress | None:
        """A file that stopped half way and whose rows lie here; none while another one is chosen."""
        return next((one for one in self.unfinished if one.here), None) if self.file is None else None

    def may_begin(self) -> bool:
        """Whether the dry run found nothing wrong."""
        dry = self.dry
        return dry is not None and dry.rows > 0 and not dry.fault_count and not dry.lacking

    def begin(self, words: str, second: EntryId | None, secret: str) -> None:
        """Called from F9 alone: two persons let the file in, then piece after piece is written."""
        if self.busy or self.file is None or not self.may_begin():
            return
        self.busy, self._stop, port = True, False, self._port
        form = LetIn(self.file, self.roles, words, second, secret)
        self._background.run_change(lambda: port.begin(form), self._began, self._refused, owner=self)

    def go_on(self, arrival: EntryId) -> None:
        """A file that stopped half way, from F9 or its button."""
        if not self.busy:
            self.busy, self._stop = True, False
            self._next(arrival)

    def stop(self) -> None:
        """No further piece: what is written stays, the rest goes on later."""
        self._stop = True

    def _next(self, arrival: EntryId) -> None:
        port = self._port
        self._background.run_change(lambda: port.write_piece(arrival), self._wrote, self._refused, owner=self)

    def _began(self, progress: ArrivalProgress) -> None:
        self.forget()
        self._wrote(progress)

    def _wrote(self, progress: ArrivalProgress) -> None:
        self.progress = progress
        self.busy = not (progress.is_complete or self._stop)
        self.moved.emit()
        if self.busy:
            self._next(progress.arrival)
            return
        if progress.is_complete:
            self.progress = None
            self.ended.emit(progress.words)
        self.read()

    def _taken(self, words: str) -> None:
        self.busy = False
        self.taken.emit(words)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self.busy = False
        self.moved.emit()
        self.failed.emit(error)

    def _show(self, found: tuple[FiguresView, tuple[ArrivalProgress, ...]]) -> None:
        self.figures, self.unfinished = found
        self.changed.emit()

    def _file_read(self, found: tuple[OldFile, tuple[tuple[str, str], ...]]) -> None:
        self.file, self.role_names = found
        self.roles, self.dry = tuple(column.role for column in self.file.columns), None
        self.read_done.emit()
        self.look()

    def _looked(self, dry: DryRun) -> None:
        self.dry = dry
        self.looked.emit()
