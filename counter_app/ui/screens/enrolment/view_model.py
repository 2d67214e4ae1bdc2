"""What the first page knows: what this PC is, files that were found, what the chosen one holds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.enrolment import (
    DONE,
    KNOWN_PASSPHRASE,
    NEW_PASSPHRASE,
    EnrolledView,
    EnrolmentPort,
    FoundFile,
    PcState,
    ProvisionView,
    StepView,
)
from counter_app.services.ports.program import Program
from counter_app.ui.background import Background

ENROL, UNLOCK = "enrol", "unlock"
_NOT_YET = frozenset({"store.no_journal", "store.absent"})


class EnrolmentModel(QObject):
    """Finds, shows, enrols, opens; nothing of it on the main thread."""

    changed = Signal()
    looked = Signal()
    refused = Signal(object)
    enrolled = Signal(object)
    opened = Signal(object)
    arrived = Signal()
    """This PC is a counter, and some step is to be looked at before the page goes."""

    def __init__(self, port: EnrolmentPort, background: Background) -> None:
        """Asks nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.state: PcState | None = None
        self.files: tuple[FoundFile, ...] = ()
        self.view: ProvisionView | None = None
        self.mode, self.busy = ENROL, False
        self.path = self._passphrase = ""
        self.program: Program | None = None

    def read(self) -> None:
        """What this PC is, and the files; asked again by F5."""
        port = self._port
        self._background.run_query(
            lambda: (port.state(), port.find()), self._show, self.refused.emit, owner=self, key="enrolment"
        )

    def look(self, path: str) -> None:
        """What the file at ``path`` holds; a refusal comes as words."""
        port, self.view, self.path = self._port, None, path
        if path:
            self._background.run_query(
                lambda: port.look(path), self._looked, self._not_looked, owner=self, key="enrolment.look"
            )
        else:
            self.looked.emit()

    def needs_new(self) -> bool:
        """Whether a passphrase has to be thought of."""
        return self.mode == ENROL and self.state is not None and self.state.passphrase == NEW_PASSPHRASE

    def needs_passphrase(self) -> bool:
        """Whether any passphrase has to be typed."""
        return self.needs_new() or (self.state is not None and self.state.passphrase == KNOWN_PASSPHRASE)

    def steps(self) -> tuple[StepView, ...]:
        """How far the work is; cheap, asked while it runs."""
        return self._port.steps()

    def enrol(self, passphrase: str, counter: int = 0) -> None:
        """Makes this PC counter ``counter`` of the file that was shown. Called from F9 alone."""
        view, port = self.view, self._port
        if view is None or self.busy:
            return
        self.busy, self._passphrase = True, passphrase
        path = view.path
        self._change(lambda: port.enrol(path, passphrase, False, counter), self._enrolled)

    def open(self, passphrase: str) -> None:
        """Opens the program of a PC that is a counter already."""
        if not self.busy:
            self.busy, self._passphrase = True, passphrase
            self._open()

    def _open(self) -> None:
        port, passphrase = self._port, self._passphrase
        self._change(lambda: port.open(passphrase), self._opened)

    def _change(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._background.run_change(work, done, self._failed, owner=self)

    def _enrolled(self, result: EnrolledView) -> None:
        self.enrolled.emit(result)
        self._open()

    def _opened(self, program: Program) -> None:
        self.busy = False
        self.program = program
        if any(one.state != DONE for one in self.steps()):
            self.arrived.emit()
        else:
            self.go_in()

    def go_in(self) -> None:
        """The counter's window; after steps that were to be looked at, F9 says they were."""
        if self.program is not None:
            self.opened.emit(self.program)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        if self.mode == UNLOCK and getattr(error, "code", "") in _NOT_YET:
            self.mode = ENROL  # a power cut stopped the enrolment after the keys were made
            self.changed.emit()
        else:
            self.refused.emit(error)

    def _show(self, found: tuple[PcState, tuple[FoundFile, ...]]) -> None:
        first = self.state is None
        self.state, self.files = found
        if first and self.state.has_store and self.state.passphrase == KNOWN_PASSPHRASE:
            self.mode = UNLOCK
        self.changed.emit()

    def _looked(self, view: ProvisionView) -> None:
        self.view = view
        self.looked.emit()

    def _not_looked(self, error: BaseException) -> None:
        self.looked.emit()
        self.refused.emit(error)
