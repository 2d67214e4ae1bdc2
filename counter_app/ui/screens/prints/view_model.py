"""Print jobs that wait: printing, another printer, dropping with a reason, looking at a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.papers import PapersPort, PrintJobView
from counter_app.ui.background import Background

FAILED = "failed"


class PrintsModel(QObject):
    """The record of a job is saved before it prints: nothing here can lose anything."""

    changed = Signal()
    page_read = Signal(int, bytes)
    printed = Signal(object)
    not_printed = Signal(object)
    dropped = Signal(str)
    printers_known = Signal(object)
    failed = Signal(object)
    unread = Signal(object)
    no_page = Signal(object)

    def __init__(self, port: PapersPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self.jobs: tuple[PrintJobView, ...] = ()

    def read(self) -> None:
        """The list again."""
        self._background.run_query(
            self._port.waiting, self._show, self.unread.emit, owner=self, key="prints.list"
        )

    def look(self, job: int) -> None:
        """First page of a job as PNG."""
        port = self._port
        self._background.run_query(
            lambda: port.preview(job),
            lambda png: self.page_read.emit(job, png),
            self.no_page.emit,
            owner=self,
            key="prints.page",
        )

    def print_(self, job: int, printer: str = "") -> None:
        """Prints a job. Called from F9 or after a printer was chosen."""
        port = self._port
        self._run(lambda: port.print_job(job, printer))

    def drop(self, job: PrintJobView, reason: str) -> None:
        """Takes a job off the list; its record stays."""
        port, title = self._port, job.title

        def work() -> str:
            port.drop(job.job, reason)
            return title

        self._background.run_change(work, self._dropped, self.failed.emit, owner=self)

    def find_printers(self) -> None:
        """Printers of the PC."""
        self._background.run_query(
            self._port.printers, self.printers_known.emit, self.failed.emit, owner=self
        )

    def _run(self, work: Callable[[], PrintJobView]) -> None:
        self._background.run_change(work, self._tried, self.failed.emit, owner=self)

    def _show(self, jobs: tuple[PrintJobView, ...]) -> None:
        self.jobs = jobs
        self.changed.emit()

    def _tried(self, job: PrintJobView) -> None:
        (self.not_printed if job.state == FAILED else self.printed).emit(job)
        self.read()

    def _dropped(self, title: str) -> None:
        self.dropped.emit(title)
        self.read()
