"""The draft on disk follows the form: one save at a time, the newest form in the place of older ones.

Each save takes its turn among the changes at the moment it is asked for. A lock asked for later so comes
later, and the last keys before it are still kept for the person who typed them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.copies import CopiesPort, RequestForm
from counter_app.ui.background import Background
from counter_app.ui.screens.copies import entry


class DraftKeeper(QObject):
    """``saved`` carries the moment (ms) of the last save, 0 when there is nothing to keep."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, port: CopiesPort, background: Background, now: Callable[[], int]) -> None:
        """``now``: the program's clock in ms, called on workers only."""
        super().__init__()
        self._port, self._background, self._now = port, background, now
        self.at = 0
        self._newest: deque[tuple[RequestForm, int]] = deque(maxlen=1)

    def keep(self, form: RequestForm, cursor: int) -> None:
        """Saves the form as it stands; a blank one takes the draft away."""
        port, now, newest = self._port, self._now, self._newest
        newest.append((form, cursor))

        def work() -> int | None:
            try:
                taken, at_row = newest.pop()
            except IndexError:  # an earlier turn took this form, or it became an act
                return None
            moment = now()
            blank = entry.is_blank(taken)
            port.save_draft(None if blank else entry.stamped(taken, moment), at_row)
            return 0 if blank else moment

        self._background.run_change(work, self._done, self.failed.emit, owner=self)

    def forget(self) -> None:
        """The draft became an act: what waited to be saved is not saved any more."""
        self._newest.clear()
        self.at = 0

    def _done(self, at: int | None) -> None:
        if at is not None:
            self.at = at
            self.saved.emit()
