"""The top bar: title, small words, the scan and search box, the sync pill, what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
)

from counter_app.services.ports import exchange as ports
from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.lists.badge import key_cap
from counter_app.ui.widgets.text import ElidedLabel, label, recolour


@dataclass(frozen=True, slots=True)
class PillState:
    """What the sync pill says. ``kind``: ok, primary, wait, warn; ``icon``: Tabler name."""

    words: str
    kind: str
    icon: str


_LOOKS = {
    ports.SYNCED: ("ok", "cloud-check"),
    ports.SENDING: ("primary", "cloud-up"),
    ports.SLOW: ("primary", "cloud-up"),
    ports.WAITING: ("wait", "cloud-up"),
    ports.OLD: ("warn", "cloud-off"),
}


def pill_state(pill: ports.Pill) -> PillState:
    """Colour and icon by kind. Only "synced" is green; what is unknown is grey: offline is not an error."""
    return PillState(pill.words, *_LOOKS.get(pill.kind, ("wait", "cloud-off")))


class Pill(QPushButton):
    """A pill that opens something."""

    def __init__(self) -> None:
        """Hidden until it has something to say."""
        super().__init__()
        self.setObjectName("pill")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._state = PillState("", "wait", "")
        self.hide()

    def show_state(self, state: PillState | None) -> None:
        """Words, colour and icon; None hides it."""
        self.setVisible(state is not None)
        if state is None:
            return
        self._state = state
        self.setAccessibleName(state.words)
        recolour(self, kind=state.kind)
        self.updateGeometry()
        self.update()

    def state(self) -> PillState:
        """What it says now."""
        return self._state

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        theme = themes.current()
        return QSize(
            painting.pill_width(theme, self._state.words, self._state.icon), painting.pill_height(theme)
        )

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Like a badge, with the style sheet's focus ring."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        state = self._state
        box = QRect(0, 0, self.width(), self.height())
        painting.draw_pill(painter, themes.current(), state.words, state.kind, state.icon, box)


class SearchBox(QLineEdit):
    """The scan and search box. ``asked`` fires at Enter, ``typed`` at each change."""

    asked = Signal(str)

    def __init__(self) -> None:
        """The icon is painted; the placeholder says what it takes."""
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText(tr("Quét mã, hoặc gõ tên, số giấy tờ, mã hồ sơ ..."))
        self.setAccessibleName(tr("Ô quét và tìm (Ctrl+K)"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(150)
        self.returnPressed.connect(lambda: self.asked.emit(self.text().strip()))

    def sizeHint(self) -> QSize:
        """344 px where there is room."""
        return QSize(344, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The scan mark at the left."""
        super().paintEvent(event)
        painter = QPainter(self)
        painting.draw_icon(painter, themes.current(), "scan", "text2", 17, 10, self.height() // 2)


class TopBar(QFrame):
    """56 px. ``sync_asked`` and ``tasks_asked`` are clicks on the pills."""

    sync_asked = Signal()
    tasks_asked = Signal()

    def __init__(self) -> None:
        """Empty title; pills hidden."""
        super().__init__()
        self.setObjectName("topbar")
        self._title: QLabel = label("", "h1")
        self._subtitle = ElidedLabel("", "caption", "text2")
        self.search = SearchBox()
        self.search.setMaximumWidth(344)
        self.sync, self.tasks = Pill(), Pill()
        self.sync.clicked.connect(lambda _checked=False: self.sync_asked.emit())
        self.tasks.clicked.connect(lambda _checked=False: self.tasks_asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 18, 0)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addWidget(self._subtitle, 1)
        row.addWidget(self.search, 2)
        row.addWidget(key_cap("Ctrl K"))
        row.addSpacing(8)
        row.addWidget(self.sync)
        row.addWidget(self.tasks)
        self.apply_sizes()

    def apply_sizes(self) -> None:
        """Height at the text scale in force."""
        self.setFixedHeight(themes.current().size("topbar"))

    def show_title(self, title: str, subtitle: str = "") -> None:
        """Title and the small words beside it."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def show_sync(self, state: PillState) -> None:
        """The sync pill."""
        self.sync.show_state(state)

    def show_tasks(self, count: int) -> None:
        """The red pill; hidden at 0."""
        words = tr("{n} việc chờ xử lý").format(n=count)
        self.tasks.show_state(PillState(words, "bad", "alert-triangle") if count else None)
