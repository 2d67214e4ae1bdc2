"""The main window: joins the parts of the frame and the screens, and acts on keys and scans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from counter_app.services.ports.session import Session
from counter_app.ui.actions import Action
from counter_app.ui.errors import is_nobody_signed_in, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import (
    KeyHint,
    ScreenContext,
    ScreenEntry,
    ScreenView,
)
from counter_app.ui.shell.asking import Asking
from counter_app.ui.shell.bar import NoticeBar
from counter_app.ui.shell.dialog import DialogHost
from counter_app.ui.shell.drawer import Drawer
from counter_app.ui.shell.legend import Legend
from counter_app.ui.shell.rail import Rail
from counter_app.ui.shell.topbar import TopBar
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.text import Icon, label

FULL_RAIL_FROM = 1280
SMALLEST = (1366, 697)
"""What Windows' title bar and taskbar leave of the commonest screen, px (``ux.md`` 6.3)."""


class Window(Asking, QMainWindow):
    """Implements ``screens.contract.Shell`` for screens and ``keyboard.KeyTarget`` for keys."""

    lock_asked = Signal()
    sign_out_asked = Signal()
    scan_unclaimed = Signal(str)
    next_task_asked = Signal()
    refresh_asked = Signal()
    error_shown = Signal(object)
    person_came = Signal(object)

    def __init__(self) -> None:
        """Paints the empty frame; ``start`` gives it screens."""
        super().__init__()
        self.rail, self.top, self.legend = Rail(), TopBar(), Legend()
        self._screens = QStackedWidget()
        self._screens.setObjectName("screens")
        self._practice = _practice_band()
        self._root = QStackedWidget()
        self._frame = self._build_frame()
        self._root.addWidget(self._frame)
        self.setCentralWidget(self._root)
        self.bar = NoticeBar(self._frame, self._screens)
        self.drawer = Drawer(self._screens)
        self.dialog = DialogHost(self._root)
        self._entries: dict[str, ScreenEntry] = {}
        self._views: dict[str, ScreenView] = {}
        self._context: ScreenContext | None = None
        self._current = ""
        self._cover: ScreenView | None = None
        self._support = ""
        self.drawer.leave_asked.connect(self.leave_panel)
        self.rail.chosen.connect(self._go_to)
        self.rail.lock_asked.connect(self.lock)
        self.top.tasks_asked.connect(self.next_task_asked)
        self.top.sync_asked.connect(lambda: self._go_to("sync"))
        self.setWindowTitle(tr("Một cửa cấp xã"))

    def start(
        self,
        entries: Sequence[ScreenEntry],
        rail: Sequence[ScreenEntry],
        context: ScreenContext,
        support: str = "",
    ) -> None:
        """A person sat down: ``entries`` may be opened, ``rail`` are shown; the first of it opens.

        What was told to whoever sat here before is not for him.
        """
        self.bar.put_away()
        for view in self._views.values():
            self._screens.removeWidget(view.widget())
            view.widget().deleteLater()
        self._views.clear()
        self._current = ""
        self._entries = {entry.name: entry for entry in entries}
        self._context, self._support = context, support
        self.rail.show_entries(rail)
        counter = context.counter
        self.rail.show_unit(f"{counter.counter_name} · {counter.unit_title or counter.unit_name}")
        self.rail.person.show_person(context.session.name, context.session.title)
        self._practice.setVisible(counter.practice)
        self.uncover()
        if rail:
            self.open_screen(rail[0].name)

    # --- what screens may ask (contract.Shell) ---

    def open_screen(self, name: str, argument: object = None) -> None:
        """Loads the screen if it was not shown before and brings it to the front."""
        if name not in self._entries or self._context is None:
            return
        if name not in self._views:
            view = self._entries[name].load(self._context)
            self._views[name] = view
            self._screens.addWidget(view.widget())
        before = self.current_view()
        if before is not None and name != self._current:
            before.on_hidden()
            self.bar.put_away_error()  # of the page that goes
        self._current = name
        self.drawer.close_panel()
        self._screens.setCurrentWidget(self._views[name].widget())
        self.rail.show_current(name)
        self.legend_changed()
        self._views[name].on_shown(argument)
        self.legend_changed()

    def legend_changed(self) -> None:
        """Title, small words and legend of the view in front, drawn again."""
        view = self.current_view()
        if view is None:
            return
        self.top.show_title(view.title(), view.subtitle())
        self.legend.show_hints((*view.legend(), KeyHint("F1", tr("Trợ giúp"))))

    def show_error(self, error: BaseException) -> None:
        """Words of a known error; a bug gets a calm sentence, and ``error_shown`` hands it to the log.

        What a page asked just as the screen was covered has no answer, and that is no fault: the next
        person would find red words under his cover. The page asks again when it is in front.
        """
        if self.is_covered() and is_nobody_signed_in(error):
            return
        self.bar.tell_error(words_of(error).sentence)
        self.error_shown.emit(error)

    def lock(self) -> None:
        """Asks to cover the screen; drafts stay."""
        self.dialog.close_dialog()
        self.lock_asked.emit()

    def signed_in(self, session: Session) -> None:
        """Somebody gave his PIN or password."""
        self.has_pin = session.has_pin
        self.person_came.emit(session)
        if session.before:
            self.bar.tell(session.before, seconds=12.0)

    # --- cover (sign-in, lock) ---

    def cover(self, view: ScreenView) -> None:
        """Shows a view over everything (sign-in); keys and scans go to it alone."""
        self.uncover()
        self._cover = view
        self._root.addWidget(view.widget())
        self._root.setCurrentWidget(view.widget())
        view.on_shown(None)

    def uncover(self) -> None:
        """Back to the frame; the cover is deleted."""
        cover, self._cover = self._cover, None
        self._root.setCurrentWidget(self._frame)
        if cover is not None:
            self._root.removeWidget(cover.widget())
            cover.widget().deleteLater()

    def cover_changed(self) -> None:
        """Something was committed while nobody sits here: the page over the frame reads again."""
        if self._cover is not None:
            self._cover.on_changed(frozenset({"people", "received"}))

    def is_covered(self) -> bool:
        """Whether sign-in stands over the frame."""
        return self._cover is not None

    # --- keys and scans (keyboard.KeyTarget) ---

    def takes_action(self, action: Action) -> bool:
        """The dialog first, then the cover, the shell's own keys, the screen in front."""
        if self.dialog.is_open():
            return self.dialog.takes_action(action)
        view = self._cover or self.current_view()
        if view is None:
            return False
        if self._cover is None and (own := self._own_actions().get(action)) is not None:
            own()
            return True
        if action is Action.COMMIT:
            view.on_commit()
            return True
        if action is Action.ESCAPE:
            self._escape(view)
            return True
        if view.on_action(action):
            return True
        if action is Action.PRINT_AGAIN:
            return self.bar.run_action("P")
        if action is Action.UNDO:
            return self.bar.undo()
        if action is Action.REFRESH:
            self.bar.put_away_error()  # what still does not work says so again
            self.refresh_asked.emit()
            return True
        return False

    def takes_screen_key(self, key: str) -> bool:
        """F2-F8: a screen of this role's rail."""
        if self.dialog.is_open() or self._cover is not None:
            return True
        name = self.rail.name_for_key(key)
        if name:
            self._go_to(name)
        return bool(name)

    def takes_scan(self, code: str) -> None:
        """The screen in front, or whoever looks up what the code is; a standing dialog keeps it out."""
        if self.dialog.is_open():
            return
        self.bar.put_away_passing()  # what was said of an earlier code is not true of this one
        view = self._cover or self.current_view()
        if view is not None and view.on_scan(code):
            return
        if self._cover is None:
            if self.drawer.typed():
                self.leave_panel(lambda: self.scan_unclaimed.emit(code))
            else:
                self.scan_unclaimed.emit(code)

    # --- for the application ---

    def current_view(self) -> ScreenView | None:
        """The screen in front."""
        return self._views.get(self._current)

    def current_name(self) -> str:
        """Its name."""
        return self._current

    def screens_changed(self, areas: frozenset[str]) -> None:
        """Tells every screen that was ever opened."""
        for view in tuple(self._views.values()):
            view.on_changed(areas)

    def show_support(self, support: str) -> None:
        """Who helps, as Help names him from now on."""
        self._support = support

    def show_badges(self, counts: Mapping[str, int]) -> None:
        """Counts on the rail."""
        self.rail.show_badges(dict(counts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail collapses below 1280 px at 100 %, earlier with bigger text; overlays follow."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """A new theme or text scale: fixed sizes again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "dialog"):
            self.top.apply_sizes()
            self.legend.apply_sizes()
            self.fit()

    def fit(self) -> None:
        """Places overlays and decides the rail's width."""
        scale = themes.current().scale
        self.rail.set_narrow(self.width() < FULL_RAIL_FROM * (1 if scale <= 1.15 else scale))
        for overlay in (self.bar, self.drawer, self.dialog):
            overlay.place()

    def _own_actions(self) -> dict[Action, Callable[[], None]]:
        return {
            Action.HELP: self._toggle_help,
            Action.SEARCH: self._focus_search,
            Action.NEXT_TASK: self._next_task,
            Action.LOCK: self.lock,
            Action.SIGN_OUT: self.sign_out_asked.emit,
        }

    def _next_task(self) -> None:
        view = self.current_view()
        if view is None or not view.on_action(Action.NEXT_TASK):
            self.next_task_asked.emit()

    def _focus_search(self) -> None:
        self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.search.selectAll()

    def _toggle_help(self) -> None:
        if (view := self.current_view()) is not None:
            self.turn_help(view, self.legend.hints(), self._support)

    def _go_to(self, name: str) -> None:
        """As a person asks for it; what he types in the drawer is not dropped without a word."""
        if name == self._current and self.drawer.typed():
            return
        self.leave_panel(lambda: self.open_screen(name))

    def _escape(self, view: ScreenView) -> None:
        if self.drawer.is_open():
            self.leave_panel()
        elif self.top.search.hasFocus():
            self.top.search.clear()
            view.widget().setFocus()
            view.on_shown(None)
        elif self.bar.is_error():
            self.bar.put_away()
        elif not view.on_escape() and self._entries and self._cover is None:
            first = self.rail.first_name() or next(iter(self._entries))
            if first != self._current:
                self.open_screen(first)

    def _build_frame(self) -> QWidget:
        frame = QWidget()
        frame.setObjectName("canvas")
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self._practice, self.top):
            right.addWidget(part)
        right.addWidget(self._screens, 1)
        right.addWidget(self.legend)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        return frame


def show_large(window: QWidget) -> None:
    """Maximised; where nobody manages windows (a bare X server) as large as the smallest screen we serve."""
    screen = window.screen().availableSize()
    window.resize(QSize(*SMALLEST).boundedTo(screen))
    window.showMaximized()


def _practice_band() -> QFrame:
    band = QFrame()
    band.setObjectName("practiceBand")
    row = QHBoxLayout(band)
    row.setContentsMargins(20, 2, 18, 3)
    row.addWidget(Icon("school", "practice_text", 17))
    words = tr("BẢN TẬP HUẤN · mọi giấy tờ in ra đều KHÔNG CÓ GIÁ TRỊ")
    row.addWidget(label(words, "caption_strong", "practice_text"), 1)
    band.setVisible(False)
    return band
