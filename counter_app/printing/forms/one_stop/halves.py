"""Two A5 pages on one lying A4 sheet, cut in the middle: for counters whose printer has no A5."""

from __future__ import annotations

from typing import Final

from counter_app.printing.layout import A4_LANDSCAPE, A5, MM, Sheet

HALF: Final = A4_LANDSCAPE[0] / 2


class HalfSheet(Sheet):
    """A sheet whose pages are A5 to whoever draws, left and right halves of A4 to the printer."""

    def __init__(self, title: str, *, practice: bool) -> None:
        super().__init__(A4_LANDSCAPE, title, practice=practice)
        self.width, self.height = A5
        self._right = False

    def new_page(self) -> None:
        """Go to the right half, or to the left half of the next sheet of paper."""
        if self._right:
            super().new_page()
            self._right = False
            return
        canvas = self.canvas
        canvas.saveState()
        canvas.setDash(3, 2)
        self.line(HALF, 4, HALF, self.height - 4, weight=0.4)
        canvas.restoreState()
        canvas.translate(HALF * MM, 0)
        self._right = True
