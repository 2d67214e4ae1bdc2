"""What a screen promises the shell, and what the shell offers a screen. Read this before writing a screen.

**A screen** is a folder ``screens/<name>/``: ``view.py`` (widgets, no rules; a subclass of
``widgets.screen.Screen``, which answers everything below with a sensible default), ``view_model.py`` (a
``QObject`` that imports QtCore only and gets the ports it needs in its constructor; its intentions are
verbs), ``rows.py`` (a ``widgets.table.CellModel``, if it shows a list). Its ``__init__`` holds one light
``ENTRY = ScreenEntry(...)`` whose ``load`` imports the view when it is first shown. One line in
``screens/__init__.py`` adds it to the program.

**Keys** never reach a screen as key events: the shell's key map (``ui.actions``) turns them into an
``Action`` and calls the screen in front. F9 is the only commit (``on_commit``); Esc is "later"
(``on_escape``); a scan arrives whole through ``on_scan`` and commits nothing; everything else arrives
through ``on_action``. A screen that does not use an action returns False and the key goes on as usual.

**Work** goes through ``context.background`` (``run_query`` to read, ``run_change`` to change): a port is
never called on the main thread. What a change altered comes back to every screen as ``on_changed``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_app.domain.errors import Language
    from counter_app.services.ports.program import Program
    from counter_app.services.ports.session import CounterInfo, Session
    from counter_app.ui.actions import Action
    from counter_app.ui.background import Background
    from counter_app.ui.notifications import Notifications
    from counter_app.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One pair of the legend bar: ``keys`` as on the cap (``"Ctrl K"``), ``words`` what it does."""

    keys: str
    words: str


@dataclass(frozen=True, slots=True)
class BarAction:
    """A button of the bottom bar: its words, the cap on it (may be empty) and what it runs."""

    words: str
    run: Callable[[], None]
    keys: str = ""


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """Answers a failed print offers: again, on another printer, or later (the job stays visible)."""

    again: Callable[[], None]
    other_printer: Callable[[], None]
    later: Callable[[], None]


class Shell(Protocol):
    """What a screen may ask of the window around it. All calls on the main thread; none blocks."""

    def open_screen(self, name: str, argument: object = None) -> None:
        """Brings the named screen to the front and hands ``argument`` to its ``on_shown``."""
        ...

    def legend_changed(self) -> None:
        """The screen's ``title``, ``subtitle`` or ``legend`` changed: draw them again."""
        ...

    def tell(self, words: str, actions: tuple[BarAction, ...] = (), seconds: float = 6.0) -> None:
        """A fact in the bottom bar, such as "Đã in phiếu 02-0017", with undo or print-again buttons."""
        ...

    def tell_undo(self, words: str, undo: Callable[[], None]) -> None:
        """The 8 s bar after a row was deleted; Ctrl+Z runs ``undo`` while it stands."""
        ...

    def ask_pin(self, title: str, words: str, on_pin: Callable[[str], None]) -> None:
        """The one dialog, asking six digits; ``on_pin`` gets them, nothing is called on Esc.

        Whoever has no PIN at this PC is asked his password instead, and offered to set one.
        """
        ...

    def pin_was_set(self) -> None:
        """The person at the counter has a PIN from now on."""
        ...

    def ask_reason(
        self,
        title: str,
        reasons: tuple[tuple[str, str], ...],
        on_reason: Callable[[str, str], None],
        *,
        words: str = "",
        commit_words: str = "",
    ) -> None:
        """The one dialog, list of ``(code, words)`` on keys 1..9 plus text: ``on_reason(code, text)``."""
        ...

    def ask_discard(self, title: str, words: str, commit_words: str, on_yes: Callable[[], None]) -> None:
        """The one dialog, naming the thing and the loss; ``commit_words`` is verb and object."""
        ...

    def print_failed(self, words: str, choice: PrintChoice) -> None:
        """The one dialog for a printer that does not answer; the record is already saved."""
        ...

    def show_error(self, error: BaseException) -> None:
        """Words of an error that no field can show: a red notice in the bottom bar until dismissed."""
        ...

    def open_panel(self, title: str, content: QWidget) -> None:
        """The drawer at the right (preview, explanation); replaces what stood there."""
        ...

    def close_panel(self) -> None:
        """Closes the drawer; focus returns to where it was."""
        ...

    def lock(self) -> None:
        """Covers the screen (F12); drafts stay."""
        ...

    def signed_in(self, session: Session) -> None:
        """The sign-in screen says who is at the counter now; the shell uncovers or builds his rail."""
        ...


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """All that a screen receives. Take from ``program`` only the ports the view model needs."""

    program: Program
    background: Background
    notifications: Notifications
    shell: Shell
    theme: Theme
    session: Session
    counter: CounterInfo
    language: Language = "vi"

    def may(self, permission: str) -> bool:
        """Whether the person at the counter has this permission; an empty one is everyone's."""
        return not permission or permission in self.session.permissions


class ScreenView(Protocol):
    """What the shell asks of a screen. ``widgets.screen.Screen`` answers all of it; override what differs."""

    def widget(self) -> QWidget:
        """The widget to put in the content stack (usually ``self``)."""
        ...

    def title(self) -> str:
        """The big words of the top bar."""
        ...

    def subtitle(self) -> str:
        """Small words beside the title, such as ``"02-0017 · đã lưu 10:24"``; may be empty."""
        ...

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys that work now, for the part that has focus; ``shell.legend_changed()`` when it changes."""
        ...

    def help_lines(self) -> tuple[str, ...]:
        """Up to five lines of the F1 panel: what this screen is for, in the user's words."""
        ...

    def on_shown(self, argument: object) -> None:
        """The screen came to the front, perhaps with something to open. Set focus here."""
        ...

    def on_hidden(self) -> None:
        """Another screen came to the front; keep the draft."""
        ...

    def on_commit(self) -> None:
        """F9. The only place where a screen may write (besides ``Action.COMMIT_TICKED`` with PIN)."""
        ...

    def on_escape(self) -> bool:
        """Esc: put aside, go back inside. False: nothing to leave here, go to the first screen."""
        ...

    def on_scan(self, code: str) -> bool:
        """A whole code. True: taken. False: the shell looks up what it is. Never commits."""
        ...

    def on_action(self, action: Action) -> bool:
        """Any other key of the map. True: done. False: the key goes on to the focused widget."""
        ...

    def on_changed(self, areas: frozenset[str]) -> None:
        """Something was committed (here or by the exchange): read again if ``areas`` concern this screen."""
        ...


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One line of the rail, light enough to be read at start-up: no widget is imported to hold it.

    ``name`` is the folder and the key for badges; ``title`` and ``second_line`` are Vietnamese source
    texts marked with ``translated`` and shown through it; ``icon`` a Tabler name; ``shortcut`` the
    canonical key (``"F4"``) or ``""``; ``roles`` limits the entry to rails of these roles (empty: by
    permission alone); ``group`` 0 stands above the line of the rail, 1 below; ``load`` imports the view.
    """

    name: str
    title: str
    permission: str
    shortcut: str
    icon: str
    load: Callable[[ScreenContext], ScreenView]
    second_line: str = ""
    group: int = 0
    roles: frozenset[str] = frozenset()
    on_rail: bool = True
