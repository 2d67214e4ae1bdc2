"""Garbage is collected on the main thread alone.

The collector runs on whatever thread happens to allocate. A QObject found in a cycle on a worker's thread
is destroyed there: it waits for Python's lock inside one of Qt's, while the main thread holds the first and
waits for the second, and the program stands still for good (seen in a run of the screens' tests).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000
FULL_EACH = 300
"""Looks between two collections of everything, which hold the thread longest; a covered window makes one."""


class Collector(QObject):
    """Takes the collector over from Python for as long as the process lives; made on the main thread."""

    def __init__(self, parent: QObject) -> None:
        """Python's own collector is off from now on."""
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, as Python would have; all of them every few minutes."""
        self._looks += 1
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[2] > limits[2] and self._looks >= FULL_EACH:
            self._looks = 0
            gc.collect()
        elif counts[1] > limits[1]:
            gc.collect(1)
        elif counts[0] > limits[0]:
            gc.collect(0)
