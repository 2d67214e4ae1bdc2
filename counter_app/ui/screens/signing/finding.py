"""Going to one request of the desk, which home or a hit opened; and what is not on the desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from counter_app.services.ports.home import ScanResult
from counter_app.services.ports.signing import LotLine
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.signing.page import INK, PILE, SigningPage
from counter_app.ui.screens.signing.view_model import NUMBERED, SigningModel
from sync.protocol.naming.ids import EntryId


def group_ticked(people: int, ticked: int) -> str:
    """What the scan of a group's slip did to the pile."""
    done = tr("Nhóm {people} phiếu: đã chọn {ticked} phiếu Đủ.").format(people=people, ticked=ticked)
    rest = tr("Còn {left} phiếu mở xem từng phiếu.").format(left=people - ticked)
    return f"{done} {rest}" if ticked < people else done


class Finding:
    """Looks in the pile, among the numbers that wait for ink, then in the other queues."""

    def __init__(
        self, model: SigningModel, parts: SigningPage, go: Callable[[int], None], lost: Callable[[], None]
    ) -> None:
        """``go`` brings the focus into a part; ``lost`` says that the request is not on this desk."""
        self._model, self._parts, self._go, self._lost = model, parts, go, lost
        self._wanted: EntryId | None = None
        self._seen: set[str] = set()

    def begin(self, request: EntryId | None) -> None:
        """The next desk that is read is searched for ``request``; None forgets the last one."""
        self._wanted = request
        self._seen = set()

    def go_on(self) -> None:
        """Called with a desk just read: to the request, to the next queue, or ``lost``."""
        wanted = self._wanted
        if wanted is None:
            return
        line = self._line_of(wanted)
        if self._model.row_of(wanted) is not None:
            self._wanted = None
            self._go(PILE)
            self._parts.pile.go_to(wanted)
        elif line is not None:
            self._wanted = None
            self._to_line(line)
        elif not self._next_queue():
            self._wanted = None
            self._lost()

    def _line_of(self, request: EntryId) -> LotLine | None:
        """Its first number that waits for ink."""
        lines = (line for lines in self._model.desk.lines.values() for line in lines)
        return next((line for line in lines if line.request == request and line.state == NUMBERED), None)

    def _to_line(self, line: LotLine) -> None:
        lot = self._model.lot_of(line.line)
        if lot is not None:
            self._parts.lots.go_to(lot)
        self._go(INK)
        self._parts.lines.go_to(line.line)

    def _next_queue(self) -> bool:
        self._seen.add(self._model.kind)
        for place, tab in enumerate(self._model.desk.tabs):
            if tab.count and tab.kind not in self._seen:
                return self._parts.pile.choose_tab(place)
        return False


class Elsewhere:
    """A code that is nothing on this desk: a dossier opens, anything else is said in words (``ux.md`` 1)."""

    def __init__(self, context: ScreenContext, owner: QObject) -> None:
        """``owner``: no answer once it is deleted."""
        self._context, self._owner = context, owner

    def look(self, code: str) -> None:
        """Finds out what it is; the pile with its ticks stays as it is."""
        program = self._context.program
        self._context.background.run_query(
            lambda: program.home.scan(code), self._show, owner=self._owner, key="signing.elsewhere"
        )

    def _show(self, found: ScanResult) -> None:
        shell = self._context.shell
        if found.kind == "dossier":
            shell.open_screen("dossier", found)
            shell.tell(found.words)
            return
        here = tr("Mã vừa quét không có trong xấp chờ cấp số hay đang ở người ký.")
        shell.tell(f"{found.words} {here}" if found.subject is not None else here)
