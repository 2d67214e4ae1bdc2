"""A thread that reads behind the exchanges, so that no device waits for a fold."""

from __future__ import annotations

import logging
import threading

from sync.hub.hub import Hub
from sync.hub.sealing import seal_closed_years

log = logging.getLogger(__name__)
PAUSE_SECONDS = 30.0
"""After so long it looks unasked: a worker may have died, or the database was away for a while."""


class BackgroundReader:
    """Calls ``hub.read()`` whenever it was woken; several wakes in a row cost one turn."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._woken = threading.Event()
        self._ending = False
        self._day = 0
        self._thread = threading.Thread(target=self._run, name="hub-reader", daemon=True)

    def start(self) -> None:
        """Begin; what was left unread by an earlier run comes first."""
        self._woken.set()
        self._thread.start()

    def wake(self) -> None:
        """There is something to read."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the running turn and end."""
        self._ending = True
        self._woken.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._woken.wait(PAUSE_SECONDS)
            self._woken.clear()
            if self._ending:
                return
            try:
                self._prepare_years()
                self._hub.read()
            except Exception:
                # Entries stay queued; the next turn tries again. No contents in a log.
                log.exception("reading failed")

    def _prepare_years(self) -> None:
        """Once a day: a hub that runs over New Year has room for it long before; closed years are sealed."""
        day = self._hub.now() // 86_400_000
        if day != self._day:
            self._hub.new_year()
            self._day = day
            seal_closed_years(self._hub)
