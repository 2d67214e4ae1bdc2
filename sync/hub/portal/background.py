"""A thread beside the hub's requests that visits the portal once a minute."""

from __future__ import annotations

import logging
import threading

from sync.hub.days_parked import DAY_MS, kept_since
from sync.hub.hub import Hub
from sync.hub.portal import queue
from sync.hub.portal.sender import MOST
from sync.hub.portal.service import Ran, configured, visit

log = logging.getLogger(__name__)
PAUSE_SECONDS = 60.0


class PortalTurns:
    """Visits the portal of ``hub``; without a configuration it looks now and then whether one has come."""

    def __init__(self, hub: Hub, pause: float = PAUSE_SECONDS) -> None:
        self._hub = hub
        self._pause = pause
        self._ending = threading.Event()
        self._day = 0
        self._thread = threading.Thread(target=self._run, name="hub-portal", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the running question to the portal, or without waiting for a portal that is silent."""
        self._ending.set()
        self._thread.join(5.0)

    def once(self) -> Ran:
        """One visit; faults of the configuration are told in the log, never its contents."""
        try:
            config = configured(self._hub)
            if config is None:
                return Ran()
            ran = visit(self._hub, config, ending=self._ending.is_set)
            if ran.worked or ran.taken or ran.moved:
                self._hub.read()  # codes and dossiers are there for the next counter that asks
        except Exception as error:
            # The queue keeps everything; the next visit tries again.
            log.error("portal: visit failed with %s", type(error).__name__)
            return Ran(fault="broken")
        if ran.worked or ran.taken:
            log.info("portal: %d done, %d failed, %d fetched", ran.done, ran.failed, ran.taken)
        return ran

    def drop_parked(self) -> int:
        """Once a day: what nobody could read in its days goes; how much that was."""
        day = self._hub.now() // DAY_MS
        if day == self._day:
            return 0
        try:
            with self._hub.database.write() as connection:
                dropped = queue.drop_parked(connection, kept_since(connection, self._hub.now()))
        except Exception as error:  # tomorrow is another day
            log.error("portal: dropping what is parked failed with %s", type(error).__name__)
            return 0
        self._day = day
        return dropped

    def _run(self) -> None:
        while not self._ending.wait(self._pause):
            self.drop_parked()
            while self.once().worked >= MOST and not self._ending.is_set():
                pass  # a backlog does not wait for the next minute
