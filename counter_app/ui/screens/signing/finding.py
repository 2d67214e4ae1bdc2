"""Going to one request of the desk: the row that home or a hit of the search opened."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.services.ports.signing import LotLine
from counter_app.ui.screens.signing.page import INK, PILE, SigningPage
from counter_app.ui.screens.signing.view_model import NUMBERED, SigningModel
from sync.protocol.ids import EntryId


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
