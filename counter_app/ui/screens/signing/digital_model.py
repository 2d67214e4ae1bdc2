"""Electronic copies at the signing desk: what waits, which keys are there, one lot at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.errors import DomainError
from counter_app.services.ports.digital import (
    DigitalLot,
    DigitalPort,
    FileLook,
    KeyChoice,
    Progress,
    ScannedFile,
    SignedRow,
    TokenKey,
    WaitingFile,
)
from counter_app.services.ports.signing import PenStatus, Reason, SigningPort
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId

ELECTRONIC = "electronic"
NO_PEN = PenStatus(False, "", "")
TURN_MS = 150
"""How often the page looks how far the lot is."""


@dataclass(frozen=True, slots=True)
class Read:
    """The page read in one go; ``now`` ms."""

    files: tuple[WaitingFile, ...] = ()
    signed: tuple[SignedRow, ...] = ()
    pen: PenStatus = NO_PEN
    reasons: tuple[Reason, ...] = ()
    now: int = 0


class DigitalModel(QObject):
    """All verbs return at once; a lot runs on the worker and says how far it is."""

    changed = Signal()
    keys_changed = Signal()
    progressed = Signal()
    signed = Signal(object)
    """``DigitalLot``: what came of F9."""
    looked = Signal(object)
    """``FileLook``."""
    said = Signal(str)
    witnessed = Signal()
    pin_refused = Signal(object, object)
    """The error of the counter's PIN, and a function that takes the next one."""
    failed = Signal(object)
    unread = Signal(object)

    def __init__(
        self, port: DigitalPort, desk: SigningPort, background: Background, now: Callable[[], int]
    ) -> None:
        """Nothing is read before ``read``; ``now`` is asked on a worker."""
        super().__init__()
        self._port, self._desk, self._background, self._now = port, desk, background, now
        self.page = Read()
        self.keys: tuple[TokenKey, ...] = ()
        self.no_keys: BaseException | None = None
        self.searching = False
        self.sentences: dict[tuple[EntryId, int], str] = {}
        self.progress: Progress | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self.progressed)

    def ready(self) -> tuple[WaitingFile, ...]:
        """Files whose scan lies on this PC: what F9 signs."""
        return tuple(one for one in self.page.files if one.scan_pages)

    @property
    def busy(self) -> bool:
        """True while a lot is signed."""
        return self.progress is not None

    def read(self) -> None:
        """What waits and what was signed."""
        port, desk, now = self._port, self._desk, self._now
        self._background.run_query(
            lambda: Read(port.waiting(), port.signed(), desk.pen(ELECTRONIC), desk.reasons(), now()),
            self._show, self.unread.emit, owner=self, key="digital",
        )  # fmt: skip

    def find_keys(self) -> None:
        """Looks into the readers; a token's library may take seconds, the page goes on."""
        if self.busy:
            return
        self.searching = True
        self.keys_changed.emit()
        self._background.run_query(
            self._port.keys, self._found, self._not_found, owner=self, key="digital.keys"
        )

    def sign(self, pin: str, person: KeyChoice, organisation: KeyChoice | None) -> None:
        """Signs every file that is ready. Called after F9 and a PIN alone; a second F9 does nothing."""
        if self.busy:
            return
        files = tuple(ScannedFile(one.request, one.original) for one in self.ready())
        progress = self.progress = Progress(total=len(files))
        self._timer.start()
        self.progressed.emit()
        port = self._port
        self._background.run_change(
            lambda: port.sign(files, pin, person, organisation, progress),
            self._signed,
            self._pin_or_failed(lambda again: self.sign(again, person, organisation)),
            owner=self,
        )

    def stop(self) -> None:
        """The file under way is finished, the rest waits."""
        if self.progress is not None:
            self.progress.stopped = True
            self.progressed.emit()

    def needs_witness(self) -> bool:
        """Whether the last number on paper or the date must be confirmed before the first number."""
        pen = self.page.pen
        return pen.paper_witness_needed or pen.date_confirmation_needed

    def confirm_witness(self, last_number: int, pin: str) -> None:
        """Commits the paper witness or the date (sync 5)."""
        desk = self._desk
        self._background.run_change(
            lambda: desk.confirm_witness(last_number, pin, ELECTRONIC),
            self._witnessed,
            self._pin_or_failed(lambda again: self.confirm_witness(last_number, again)),
            owner=self,
        )

    def attach(self, file: WaitingFile, path: str) -> None:
        """The scan of a file that has none here."""
        port = self._port
        self._change(lambda: port.attach(file.request, file.original, path))

    def return_to_clerk(self, file: WaitingFile, reason: str, words: str) -> None:
        """Back to the clerk, before it has a number."""
        desk = self._desk
        self._change(lambda: desk.return_to_clerk(file.request, reason, words))

    def export(self, lines: tuple[EntryId, ...], folder: str) -> None:
        """Signed files into a folder."""
        port = self._port
        self._change(lambda: port.export(lines, folder))

    def stamp(self, line: EntryId) -> None:
        """A time-stamp, later."""
        port = self._port
        self._change(lambda: port.stamp(line))

    def look(self, line: EntryId) -> None:
        """Who signed a file; ``looked`` tells."""
        port = self._port

        def look() -> FileLook:
            return port.look(line)

        self._background.run_query(look, self.looked.emit, self.failed.emit, owner=self, key="digital.look")

    # --- answers ---

    def _change(self, work: Callable[[], str]) -> None:
        self._background.run_change(work, self._said, self.failed.emit, owner=self)

    def _said(self, sentence: str) -> None:
        self.said.emit(sentence)
        self.read()

    def _show(self, read: Read) -> None:
        self.page = read
        here = {(one.request, one.original) for one in read.files}
        self.sentences = {place: words for place, words in self.sentences.items() if place in here}
        self.changed.emit()

    def _found(self, keys: tuple[TokenKey, ...]) -> None:
        self.keys, self.no_keys, self.searching = keys, None, False
        self.keys_changed.emit()

    def _not_found(self, error: BaseException) -> None:
        self.keys, self.no_keys, self.searching = (), error, False
        self.keys_changed.emit()

    def _signed(self, lot: DigitalLot) -> None:
        self._over()
        self.sentences = {(one.request, one.original): one.sentence for one in lot.files if one.sentence}
        self.signed.emit(lot)
        self.read()

    def _over(self) -> None:
        self._timer.stop()
        self.progress = None
        self.progressed.emit()

    def _witnessed(self, _nothing: None) -> None:
        self.witnessed.emit()
        self.read()

    def _pin_or_failed(self, again: Callable[[str], None]) -> Callable[[BaseException], None]:
        def take(error: BaseException) -> None:
            self._over()
            if isinstance(error, DomainError) and error.code == "pin.wrong":
                self.pin_refused.emit(error, again)
            else:
                self.failed.emit(error)
                self.read()

        return take
