"""What the bottom bar says while an update's registers are read anew."""

from __future__ import annotations

from counter_app.ui.i18n import tr
from counter_app.ui.shell.window import Window

SECONDS = 10.0
"""How long one figure stands: until the frame asks for the next."""


class ReadingWords:
    """Says how far the registers are, and once that all are read."""

    def __init__(self, window: Window) -> None:
        """``window`` has the bar."""
        self._window = window
        self._before = 100

    def show(self, percent: int) -> None:
        """``percent`` are read, 100 when all are: then nothing is said, but for the first time after less."""
        words = ""
        if percent < 100:
            words = tr("Máy đang đọc lại sổ sau khi cập nhật: {percent} %. Xem được, chưa nhận việc mới.")
        elif self._before < 100:
            words = tr("Đã đọc xong sổ sau khi cập nhật. Làm việc được.")
        self._before = percent
        if words:
            self._window.tell(words.format(percent=percent), seconds=SECONDS)
