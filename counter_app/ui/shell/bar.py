"""The bottom bar: a fact with its buttons for 6 s, undo for 8 s, an error until it is overtaken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import BarAction
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.text import Icon, label, recolour

UNDO_SECONDS = 8.0
_BELOW = 1
_LEFT = 20
"""As the pages, so that the bar stands flush with their cards, px."""
_BORDER = 1
_RIGHT = 200
"""Left free for the clock of the legend, px."""


class NoticeBar(QFrame):
    """Floats over the legend of its parent, at most as high as legend and margin of a page: whatever stands
    on the page stays in sight, and its buttons name their keys too. Never takes focus.
    """

    def __init__(self, parent: QWidget, pages: QWidget) -> None:
        """Hidden until something is told; ``pages``: the child of ``parent`` in whose column it stands."""
        super().__init__(parent)
        self._pages = pages
        self.setObjectName("bar")
        self._icon = Icon("info-circle", "primary", 20)
        self._words = label("", "body", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 5, 10, 5)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._words, 1)
        self._buttons: list[QWidget] = []
        self._actions: tuple[BarAction, ...] = ()
        self._undo: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.put_away)
        self.hide()

    def words(self) -> str:
        """What it says; empty when hidden."""
        return "" if self.isHidden() else self._words.text()

    def tell(self, words: str, actions: Sequence[BarAction] = (), seconds: float = 6.0) -> None:
        """Shows a fact for so many seconds; 0 keeps it until it is put away."""
        self._undo = None
        self._show(words, actions, "", "info-circle", "primary", seconds)

    def tell_undo(self, words: str, undo: Callable[[], None]) -> None:
        """A deleted row and its undo."""
        self._show(
            words,
            (BarAction(tr("Hoàn tác"), self._undo_clicked, "Ctrl Z"),),
            "",
            "trash",
            "primary",
            UNDO_SECONDS,
        )
        self._undo = undo

    def tell_error(self, words: str, actions: Sequence[BarAction] = ()) -> None:
        """An error in words; stays until it is put away, an act succeeds or another page comes."""
        self._undo = None
        self._show(words, (*actions, BarAction(tr("Đóng"), self.put_away)), "bad", "alert-triangle", "bad", 0)

    def tell_progress(self, words: str, share: float, stop: Callable[[], None] | None = None) -> None:
        """A long job: percent and "Dừng"."""
        actions = (BarAction(tr("Dừng"), stop),) if stop is not None else ()
        self._show(words, actions, "", "hourglass", "primary", 0)
        bar = QProgressBar()
        bar.setRange(0, 100)
        bar.setValue(round(share * 100))
        self._row.insertWidget(2, bar)
        self._buttons.append(bar)

    def undo(self) -> bool:
        """Runs the undo that stands; False when there is none."""
        undo, self._undo = self._undo, None
        if undo is None:
            return False
        self.put_away()
        undo()
        return True

    def _undo_clicked(self) -> None:
        self.undo()

    def run_action(self, keys: str) -> bool:
        """Runs the button with this cap, as ``P`` for print again; False when it is not shown."""
        found = next((action for action in self._actions if action.keys == keys), None)
        if found is None or self.isHidden():
            return False
        self.put_away()
        found.run()
        return True

    def put_away(self) -> None:
        """Hides it; an undo that stood is gone."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def put_away_passing(self) -> None:
        """Hides a fact that only passes; errors, progress and what has buttons (undo, print again) stay."""
        if self._timer.isActive() and not self._actions:
            self.put_away()

    def is_error(self) -> bool:
        """Whether an error stands."""
        return not self.isHidden() and self.property("kind") == "bad"

    def put_away_error(self) -> None:
        """Hides an error that something later overtook; everything else stays."""
        if self.is_error():
            self.put_away()

    def place(self) -> None:
        """At the very bottom, at the left; as wide as its words in one line where there is room."""
        parent = self.parentWidget()
        if parent is None:
            return
        words = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 4
        beside = self.sizeHint().width() - self._words.sizeHint().width()
        width = min(self._pages.width() - _LEFT - _RIGHT, max(beside + words, 420))
        lines = self._words.heightForWidth(width - beside)
        margins = self._row.contentsMargins()
        height = max(lines, *(part.sizeHint().height() for part in (self._icon, *self._buttons)))
        height += margins.top() + margins.bottom() + 2 * _BORDER
        self.setGeometry(self._pages.x() + _LEFT, parent.height() - height - _BELOW, width, height)

    def _show(
        self, words: str, actions: Sequence[BarAction], kind: str, icon: str, role: str, seconds: float
    ) -> None:
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._actions = tuple(actions)
        self._buttons = [Button(one.words, keys=one.keys, on_click=one.run) for one in actions]
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._row.addWidget(button)
        self._words.setText(words)
        self._icon.show_icon(icon, role)
        self.setAccessibleName(words)
        recolour(self, kind=kind)
        self._timer.stop()
        if seconds:
            self._timer.start(round(seconds * 1000))
        self.show()
        self.place()
        self.raise_()
