"""Joins the shell with the program: sign-in and lock, badges and pill, scans and search from anywhere.

``Application`` is built before the store is open (the frame is painted first); ``attach`` hands it the
program. It imports no screen by itself: ``entries`` name them and load them when they are first shown.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.session import CounterInfo, Session
from counter_app.ui import formatting, i18n
from counter_app.ui.background import Background, Result
from counter_app.ui.errors import is_bug, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.keyboard import Clock, Keyboard, time_of
from counter_app.ui.notifications import Notifications
from counter_app.ui.preferences import Preferences, preferences_of
from counter_app.ui.resting import Rest
from counter_app.ui.screens import ENTRIES, enrolment, rail_for
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView
from counter_app.ui.shell.pen_at_closing import PenAtClosing
from counter_app.ui.shell.reading_words import ReadingWords
from counter_app.ui.shell.search_when_typed import SearchWhenTyped
from counter_app.ui.shell.topbar import pill_state
from counter_app.ui.shell.window import Window, show_large
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from sync.protocol.naming.ids import EntryId

if TYPE_CHECKING:  # the window is painted before any port but the session's is known
    from counter_app.services.ports.enrolment import EnrolmentPort
    from counter_app.services.ports.exchange import Pill
    from counter_app.services.ports.home import ScanResult, SearchHit
    from counter_app.services.ports.program import Program
    from counter_app.services.ports.settings import PcSettings

SIGN_IN = "signin"
FOUNDING = "founding"
COVERS = frozenset({SIGN_IN, FOUNDING})
"""Screens that stand over the frame: nobody sits at the counter yet."""
TICK_MS = 10_000
SCAN_SCREENS: dict[str, tuple[str, ...]] = {
    "card": ("copies",),
    "request": ("handover", "signing"),
    "receipt": ("handover",),
    "copy": ("check",),
    "dossier": ("dossier",),
}
"""Kind of a scan -> screens that open it, when the one in front did not take it (ux.md 1, rule 3). The first
that the person at the counter may use; a slip leads a signer without the return desk to his pile."""
NOBODY = Session(EntryId(0, 0), "", "", (), frozenset(), 0, 10)
_log = logging.getLogger(__name__)


class _IdleWatch(QObject):
    """Counts silence: any key, click or wheel starts it again."""

    _SIGNS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)

    def __init__(self) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)

    def watch(self, minutes: int) -> None:
        self.timer.start(max(minutes, 1) * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in self._SIGNS and self.timer.isActive():
            self.timer.start()
        return False


class Application(QObject):
    """One running program on the screen."""

    def __init__(
        self,
        app: QApplication,
        preferences: Preferences | None = None,
        entries: Sequence[ScreenEntry] = ENTRIES,
        key_clock: Clock = time_of,
    ) -> None:
        """Applies theme and language and builds the frame; shows nothing yet.

        ``preferences`` given stand before the settings that the PC keeps.
        """
        super().__init__()
        self._app, self._entries = app, tuple(entries)
        self._follows_settings = preferences is None
        self.preferences = preferences or Preferences()
        self.background, self.notifications = Background(self.funnel), Notifications()
        self._program: Program | None = None
        self._counter: CounterInfo | None = None
        self._session = NOBODY
        self._allowed: frozenset[str] = frozenset()
        self._seated = self._closed = False
        self._missed: frozenset[str] = frozenset()
        self._entrance: Callable[[], EnrolmentPort] | None = None
        self._came_in: Callable[[Program], None] = self.attach
        i18n.use_language(self.preferences.language)
        themes.apply(app, Theme(self.preferences.theme, self.preferences.scale))
        self.window = Window()
        self.background.acted.connect(self.window.bar.put_away_error)
        self._rest = Rest(self.background)
        self._reading = ReadingWords(self.window)
        self._closing = PenAtClosing(self.window, self.background, lambda: self._program)
        self.keyboard = Keyboard(self.window, key_clock, letter_keys=self.preferences.letter_keys)
        self._idle = _IdleWatch()
        for watcher in (self.keyboard, self._idle):
            app.installEventFilter(watcher)
        self._idle.timer.timeout.connect(self.window.lock)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._join_window()

    def attach(self, program: Program) -> None:
        """The store is open: puts its settings in force, listens to it and shows sign-in."""
        self._program = program
        program.on_change(self.notifications.post)
        if self._follows_settings:
            self._read_settings()
        self._ask(program.session.counter, self._counter_known)
        self._ticks.start()
        self._tick()

    def offer_enrolment(
        self, entrance: Callable[[], EnrolmentPort], came_in: Callable[[Program], None]
    ) -> None:
        """A PC that is no counter yet gets its first page; ``came_in`` receives the program in the end."""
        self._entrance, self._came_in = entrance, came_in

    def apply(self, preferences: Preferences) -> None:
        """New settings: theme and text size at once, a new language builds rail and screens again."""
        old, self.preferences = self.preferences, preferences
        self.keyboard.letter_keys = preferences.letter_keys
        self.window.show_support(preferences.support)
        if (old.theme, old.scale) != (preferences.theme, preferences.scale):
            themes.apply(self._app, Theme(preferences.theme, preferences.scale))
        if old.language != preferences.language:
            i18n.use_language(preferences.language)
            if self._session is not NOBODY:
                before = self.window.current_name()
                self._start(self._session)
                self.window.open_screen(before)
            elif self.window.is_covered():
                self._cover()

    def scan(self, code: str) -> None:
        """A code as if a scanner had sent it: the screen in front, else whoever the code belongs to."""
        self.window.takes_scan(code)

    def funnel(self, error: BaseException) -> None:
        """Every error nobody took: bugs into the log, words on the screen, the work stays.

        Before a program is attached it is the error that kept it from opening, and has the window to itself.
        """
        if is_bug(error):
            _log.error("unexpected error", exc_info=error)
        if self._program is None and not self._closed:
            self.window.cover(self._first_page(error))
        else:
            self.window.show_error(error)

    def _first_page(self, error: BaseException) -> ScreenView:
        """Enrolment where the PC is no counter yet, else the words."""
        if self._entrance is not None and getattr(error, "code", "") in enrolment.FIRST_PAGE_FOR:
            return enrolment.load(self._entrance(), self.background, self._came_in)
        from counter_app.ui.shell.not_opened import NotOpened

        return NotOpened(words_of(error))

    def close(self) -> bool:
        """At exit: no more keys, workers ended; False when one did not end in time.

        The program stays open, but what it still tells reaches nobody: the window is going.
        """
        self._program, self._closed = None, True
        self._ticks.stop()
        self._idle.timer.stop()
        for watcher in (self.keyboard, self._idle):
            self._app.removeEventFilter(watcher)
        return self.background.finish()

    # --- people ---

    def _counter_known(self, counter: CounterInfo) -> None:
        self._counter = counter
        self._cover()

    def _counter_again(self, counter: CounterInfo) -> None:
        """Officials or accounts came: the page over the frame becomes another one, or reads again."""
        if self._counter is not None and counter.founding == self._counter.founding:
            self.window.cover_changed()
        else:
            self._counter_known(counter)

    def _cover(self) -> None:
        name = FOUNDING if self._counter is not None and self._counter.founding else SIGN_IN
        entry = next((one for one in self._entries if one.name == name), None)
        if entry is not None and self._counter is not None:
            self.window.cover(entry.load(self._context(NOBODY)))
            self._rest.covered()

    def _lock(self) -> None:
        program = self._program
        if program is None or self.window.is_covered():
            return
        self._idle.timer.stop()
        self._seated = False
        self.background.run_change(program.session.lock, lambda _nothing: self._cover(), owner=self.window)

    def _sign_out(self) -> None:
        """Reminders first; nothing has ended while they stand."""
        program, session = self._program, self._session
        if program is None or self.window.is_covered() or session is NOBODY:
            return

        def ask(reminders: tuple[str, ...]) -> None:
            if self._session is session and self._seated:
                self.window.ask_leave(session.name, reminders, self._leave)

        self._ask(program.session.reminders, ask)

    def _leave(self) -> None:
        if (program := self._program) is None:
            return
        self._idle.timer.stop()
        self._seated = False

        def gone(_reminders: tuple[str, ...]) -> None:
            self._session = NOBODY
            self._cover()

        self.background.run_change(program.session.sign_out, gone, owner=self.window)

    def _person_came(self, session: Session) -> None:
        self._seated = True
        same = session.official == self._session.official and session.permissions == self._session.permissions
        self._idle.watch(session.idle_minutes)
        if same:
            self._session = session
            self.window.uncover()
            missed, self._missed = self._missed, frozenset()
            self.window.screens_changed(missed)
        else:
            self._start(session)
        self._tick()

    def _start(self, session: Session) -> None:
        self._session, self._missed = session, frozenset()
        context = self._context(session)
        allowed = [e for e in self._entries if e.name not in COVERS and context.may(e.permission)]
        self._allowed = frozenset(entry.name for entry in allowed)
        rail = rail_for(allowed, session.permissions, frozenset(session.roles))
        self.window.start(allowed, rail, context, self.preferences.support)

    def _context(self, session: Session) -> ScreenContext:
        assert self._program is not None
        assert self._counter is not None
        return ScreenContext(
            program=self._program,
            background=self.background,
            notifications=self.notifications,
            shell=self.window,
            theme=themes.current(),
            session=session,
            counter=self._counter,
            language=self.preferences.language,
        )

    def _ask(
        self,
        work: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[BaseException], None] | None = None,
        key: str = "",
    ) -> None:
        """A question of the frame; its answer is dropped when the window is gone."""
        self.background.run_query(work, on_done, on_error, owner=self.window, key=key)

    # --- what changed, what time it is ---

    def _changed(self, areas: frozenset[str]) -> None:
        if self._program is None:
            return
        if "settings" in areas:
            self._follows_settings = True
            self._read_settings()
        if self._seated:
            self.window.screens_changed(areas)
        elif self._counter is not None and self._counter.founding:
            self._ask(self._program.session.counter, self._counter_again)
        else:  # nobody may read now; the same person finds it done when he comes back
            self._missed |= areas
        self._tick()

    def _tick(self) -> None:
        if (program := self._program) is None:
            return
        self._rest.ticked()
        self._ask(program.now, self._show_time, self._quiet, "shell.now")
        self._ask(program.percent_read, self._reading.show, self._quiet, "shell.read")
        self._ask(program.exchange.pill, self._show_pill, self._quiet, "shell.pill")
        if self._session is not NOBODY:
            self._ask(program.home.badges, self.window.show_badges, self._quiet, "shell.badges")

    def _read_settings(self) -> None:
        program = self._program
        if program is not None:
            self._ask(program.settings.pc, self._settings_known, self._quiet, "shell.settings")

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        """Windows turned dark or light: a theme "as the system" follows at once."""
        if self._follows_settings:
            self._read_settings()

    def _settings_known(self, kept: PcSettings) -> None:
        dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.apply(preferences_of(kept, dark_system=dark))

    def _show_time(self, now: int) -> None:
        self.window.legend.show_time(formatting.long_moment(now, self.preferences.language))

    def _show_pill(self, pill: Pill) -> None:
        self.window.top.show_sync(pill_state(pill))
        self.window.top.show_tasks(pill.tasks)

    def _quiet(self, error: BaseException) -> None:
        """Figures that could not be read are asked again in ten seconds; nobody is disturbed."""
        _log.warning("figures of the frame: %s", error)

    # --- scans and search ---

    def _scanned(self, code: str) -> None:
        if (program := self._program) is not None:
            self._ask(lambda: program.home.scan(code), self._open_scan, key="shell.scan")

    def _open_scan(self, result: ScanResult) -> None:
        screens = [name for name in SCAN_SCREENS.get(result.kind, ()) if name in self._allowed]
        if screens:
            self.window.open_screen(screens[0], result)
        if not screens and self.preferences.sounds:
            self._app.beep()
        if result.words or not screens:
            self.window.tell(result.words or tr("Không thấy mã vừa quét trên máy này."))

    def _found(self, hit: SearchHit) -> None:
        self.window.open_screen(hit.target, hit)

    def _next_task(self) -> None:
        self.window.open_screen("sync", "questions")

    def _refresh(self) -> None:
        if self._program is not None:
            self._ask(self._program.exchange.try_now, self.window.tell)

    def _join_window(self) -> None:
        window = self.window
        window.lock_asked.connect(self._lock)
        window.sign_out_asked.connect(self._sign_out)
        window.person_came.connect(self._person_came)
        window.scan_unclaimed.connect(self._scanned)
        window.next_task_asked.connect(self._next_task)
        window.refresh_asked.connect(self._refresh)
        self.notifications.listen(self._changed)
        box, frame = window.top.search, window.centralWidget()
        self._search = SearchWhenTyped(frame, box, self.background, self._find, self._found)

    def _find(self, text: str) -> tuple[SearchHit, ...]:
        return openable(self._program.home.search(text) if self._program else (), self._allowed)


def openable(found: Sequence[SearchHit], allowed: frozenset[str]) -> tuple[SearchHit, ...]:
    """``found`` without pages that are not among ``allowed``: choosing one did nothing, silently."""
    return tuple(hit for hit in found if hit.group != "command" or hit.target in allowed)


def build_application(
    program: Program,
    preferences: Preferences | None = None,
    entries: Sequence[ScreenEntry] = ENTRIES,
    key_clock: Clock = time_of,
) -> Application:
    """The window joined with an open program, not shown yet and without an event loop of its own.

    Tests and the scripted day turn the events themselves; ``Application.close`` ends it, the program stays.
    """
    application = Application(qt_application(), preferences, entries, key_clock)
    application.attach(program)
    return application


def run_window(program: Program, preferences: Preferences | None = None) -> int:
    """Shows a window on an open program until it is closed; returns the exit code. The program stays open."""
    application = build_application(program, preferences)
    show_large(application.window)
    code = qt_application().exec()
    application.close()
    return code


def qt_application() -> QApplication:
    """The one QApplication of the process, made when there is none."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app
