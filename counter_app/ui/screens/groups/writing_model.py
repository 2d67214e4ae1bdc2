"""F9 of a group on the screen: piece after piece on the worker, stop between two, papers at the end."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.groups import GroupForm, GroupsPort, Piece
from counter_app.ui.background import Background

JOBS_AT_ONCE = 10
"""Papers of one turn on the worker, so that other changes come in between."""


class WritingModel(QObject):
    """Writes pieces until the group is complete or ``stop`` was asked; one group at a time."""

    moved = Signal(int, int)
    """Persons written, persons planned."""
    stopped = Signal(object)
    """Stopped between two pieces: the last ``Piece``."""
    done = Signal(object)
    """The last ``Piece``: everything is saved, papers follow."""
    printed = Signal(str)
    """Papers were tried; "" or the sentence of the first that did not come out."""
    failed = Signal(object)

    def __init__(self, port: GroupsPort, background: Background) -> None:
        """Nothing runs yet."""
        super().__init__()
        self._port, self._background = port, background
        self.busy = False
        self._stop = False
        self._jobs: list[int] = []
        self._form = GroupForm()

    def begin(self, form: GroupForm) -> None:
        """Called from F9 alone; a second F9 meanwhile does nothing."""
        if self.busy:
            return
        self.busy, self._stop, self._form = True, False, form
        self._jobs.clear()
        self._next()

    def stop(self) -> None:
        """No further piece: what is written stays, the rest goes on with F9."""
        self._stop = True

    def end(self, form: GroupForm, ground: str) -> None:
        """Ends a half written group with a ground."""
        port, group = self._port, form.group
        if self.busy or group is None:
            return
        self.busy = True
        self._jobs.clear()
        self._background.run_change(lambda: port.end(group, ground), self._took, self._refused, owner=self)

    def _next(self) -> None:
        port, form = self._port, self._form
        self._background.run_change(lambda: port.write_piece(form), self._took, self._refused, owner=self)

    def _took(self, piece: Piece) -> None:
        self._jobs += piece.jobs
        self._form = replace(self._form, group=piece.group)
        self.moved.emit(piece.taken, piece.planned)
        if piece.done:
            self.busy = False
            self.done.emit(piece)
            self._print()
        elif self._stop:
            self.busy = False
            self.stopped.emit(piece)
            self._print()
        else:
            self._next()

    def _print(self) -> None:
        port, jobs = self._port, tuple(self._jobs[:JOBS_AT_ONCE])
        del self._jobs[:JOBS_AT_ONCE]
        if jobs:
            self._background.run_change(
                lambda: port.print_jobs(jobs), self._tried, self.failed.emit, owner=self
            )

    def _tried(self, words: str) -> None:
        """A printer that does not answer keeps the rest on the list of papers that wait."""
        if words:
            self._jobs.clear()
        if words or not self._jobs:
            self.printed.emit(words)
        self._print()

    def _refused(self, error: BaseException) -> None:
        self.busy = False
        self.failed.emit(error)
