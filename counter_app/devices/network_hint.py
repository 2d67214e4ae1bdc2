"""What the system says of its network: a hint that a line came up, or that its bytes are paid for.

Never more than a hint: an exchange is tried whatever the system says, since it is often wrong about a line
behind a router. Without a backend (a bare Linux) it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtNetwork import QNetworkInformation

_ONLINE = QNetworkInformation.Reachability.Online


class NetworkHint(QObject):
    """Lives in the program's main thread; ``paid`` may be read from any. ``on_up`` is called there."""

    def __init__(self, on_up: Callable[[], None]) -> None:
        """Watches from the main thread's next turn on; nothing without an application."""
        super().__init__()
        self.paid = False
        self._on_up = on_up
        self._reached: bool | None = None
        app = QCoreApplication.instance()
        if app is not None:
            self.moveToThread(app.thread())
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if not QNetworkInformation.loadDefaultBackend():
            return
        known = QNetworkInformation.instance()
        known.reachabilityChanged.connect(self.reached)
        known.isMeteredChanged.connect(self.metered)
        self._reached = known.reachability() == _ONLINE
        self.paid = known.isMetered()

    def reached(self, state: QNetworkInformation.Reachability) -> None:
        """The network came up or went; only coming up is told."""
        before, self._reached = self._reached, state == _ONLINE
        if self._reached and not before:
            self._on_up()

    def metered(self, paid: bool) -> None:
        """The system's network is paid for by the byte, as a phone's mostly is; or no longer."""
        self.paid = paid
