"""What the page knows and may ask of the exchange. The line is asked on a query worker: it may take long."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.exchange import (
    ExchangePort,
    FileContents,
    FilePlace,
    FileResult,
    QuestionView,
    SyncItem,
    SyncStatus,
)
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId

WAITING, RECEIVED, QUESTIONED = "waiting", "received", "questioned"


class SyncModel(QObject):
    """Figures, lists, the question in the panel, files. Every change answers with a sentence."""

    figures_changed = Signal()
    asked_changed = Signal()
    items_changed = Signal()
    question_changed = Signal()
    places_found = Signal(object)
    told = Signal(str)
    answered = Signal(str)
    file_seen = Signal(str, object)
    file_done = Signal(object)
    failed = Signal(object)
    list_failed = Signal(object)

    def __init__(self, port: ExchangePort, background: Background, now: Callable[[], int]) -> None:
        """``now`` is the program's clock in ms; it is asked on the workers."""
        super().__init__()
        self._port, self._background, self._now = port, background, now
        self.status: SyncStatus | None = None
        self.now = 0
        self.asked: tuple[SyncItem, ...] = ()
        self.items: tuple[SyncItem, ...] = ()
        self.which = WAITING
        self.item: SyncItem | None = None
        self.question: QuestionView | None = None
        self.trying = False

    def read(self) -> None:
        """Figures and both lists again."""
        port, now = self._port, self._now
        run = self._background.run_query
        run(lambda: (port.status(), now()), self._figures, self.failed.emit, owner=self, key="sync.status")
        run(lambda: port.items(QUESTIONED), self._asked, self.failed.emit, owner=self, key="sync.asked")
        self._read_items()

    def choose(self, which: str) -> None:
        """Another list below: ``waiting`` or ``received``."""
        self.which = which
        self._read_items()

    def open(self, item: SyncItem | None) -> None:
        """Puts a question into the panel; None empties it."""
        self.item = item
        if item is None:
            self._question(None)
            return
        port, question = self._port, item.entry
        self._background.run_query(
            lambda: port.question(question), self._question, self.failed.emit, owner=self, key="sync.question"
        )

    def try_now(self) -> None:
        """Asks the province now. Asking twice at once is asking once."""
        if self.trying:
            return
        self.trying = True
        port = self._port
        self._background.run_query(port.try_now, self._tried, self._try_failed, owner=self)

    def compare(self) -> None:
        """Compares with the province entry by entry, now. Asking twice at once is asking once."""
        if self.trying:
            return
        self.trying = True
        port = self._port
        self._background.run_query(lambda: port.compare().words, self._tried, self._try_failed, owner=self)

    def correct(self, value: str) -> None:
        """Commits a correction. Called from F9 alone."""
        port = self._port
        self._answer(lambda question: port.correct(question, value))

    def explain(self, words: str) -> None:
        """Commits an explanation."""
        port = self._port
        self._answer(lambda question: port.explain(question, words))

    def ask_back(self, words: str) -> None:
        """Sends the question back with words."""
        port = self._port
        self._answer(lambda question: port.ask_back(question, words))

    def find_places(self) -> None:
        """Looks for sticks and bundle files."""
        port = self._port
        self._background.run_query(port.places, self._places, self.failed.emit, owner=self, key="sync.places")

    def export(self, folder: str) -> None:
        """Writes a bundle. Called from F9 alone."""
        port = self._port
        self._change_files(lambda: port.export_file(folder))

    def look(self, path: str) -> None:
        """Opens the bundle at ``path`` and tells what importing it would bring; nothing is changed."""
        port = self._port

        def seen(contents: FileContents) -> None:
            self.file_seen.emit(path, contents)

        self._background.run_query(
            lambda: port.look_into_file(path), seen, self.failed.emit, owner=self, key="sync.look"
        )

    def import_(self, path: str) -> None:
        """Reads a bundle. Called from F9 alone."""
        port = self._port
        self._change_files(lambda: port.import_file(path))

    def _change_files(self, work: Callable[[], FileResult]) -> None:
        self._background.run_change(work, self._file_done, self.failed.emit, owner=self)

    def _answer(self, work: Callable[[EntryId], str]) -> None:
        if self.question is None:
            return
        question = self.question.question
        self._background.run_change(lambda: work(question), self._answered, self.failed.emit, owner=self)

    def _read_items(self) -> None:
        port, which = self._port, self.which
        self._background.run_query(
            lambda: port.items(which), self._items, self.list_failed.emit, owner=self, key="sync.items"
        )

    def _figures(self, found: tuple[SyncStatus, int]) -> None:
        self.status, self.now = found
        self.figures_changed.emit()

    def _asked(self, items: tuple[SyncItem, ...]) -> None:
        self.asked = items
        self.asked_changed.emit()

    def _items(self, items: tuple[SyncItem, ...]) -> None:
        self.items = items
        self.items_changed.emit()

    def _question(self, question: QuestionView | None) -> None:
        self.question = question
        self.question_changed.emit()

    def _tried(self, sentence: str) -> None:
        self.trying = False
        self.told.emit(sentence)
        self.read()

    def _try_failed(self, error: BaseException) -> None:
        self.trying = False
        self.failed.emit(error)

    def _answered(self, sentence: str) -> None:
        self.answered.emit(sentence)
        self.read()

    def _places(self, places: tuple[FilePlace, ...]) -> None:
        self.places_found.emit(places)

    def _file_done(self, result: FileResult) -> None:
        self.file_done.emit(result)
        self.read()
