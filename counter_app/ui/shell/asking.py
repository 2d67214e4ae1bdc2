"""What a screen may say and ask through the window: one bar, one drawer, one dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import BarAction, KeyHint, PrintChoice, ScreenView
from counter_app.ui.shell.bar import NoticeBar
from counter_app.ui.shell.dialog import DialogHost
from counter_app.ui.shell.drawer import Drawer, help_panel

TICKETS = "tickets"
"""The page of tickets, which the help of every other page leads to."""


class Asking:
    """The speaking half of ``screens.contract.Shell``; the window has the three parts."""

    bar: NoticeBar
    drawer: Drawer
    dialog: DialogHost
    has_pin = True

    def open_screen(self, name: str, argument: object = None) -> None:
        """The window's own."""
        raise NotImplementedError

    def tell(self, words: str, actions: tuple[BarAction, ...] = (), seconds: float = 6.0) -> None:
        """A fact in the bottom bar."""
        self.bar.tell(words, actions, seconds)

    def tell_undo(self, words: str, undo: Callable[[], None]) -> None:
        """The 8 s undo bar."""
        self.bar.tell_undo(words, undo)

    def ask_pin(self, title: str, words: str, on_pin: Callable[[str], None]) -> None:
        """The dialog with six digits, or with the password of whoever has none at this PC."""
        if self.has_pin:
            self.dialog.ask_pin(title, words, on_pin)
        else:
            self.dialog.ask_password(title, words, on_pin, lambda: self.open_screen("settings", "pin"))

    def pin_was_set(self) -> None:
        """The next dialog asks for it."""
        self.has_pin = True

    def ask_reason(
        self,
        title: str,
        reasons: tuple[tuple[str, str], ...],
        on_reason: Callable[[str, str], None],
        *,
        words: str = "",
        commit_words: str = "",
    ) -> None:
        """The dialog with reasons."""
        self.dialog.ask_reason(title, reasons, on_reason, words, commit_words)

    def ask_discard(self, title: str, words: str, commit_words: str, on_yes: Callable[[], None]) -> None:
        """The dialog that names a loss."""
        self.dialog.ask_discard(title, words, commit_words, on_yes)

    def print_failed(self, words: str, choice: PrintChoice) -> None:
        """The dialog of a printer that does not answer."""
        self.dialog.print_failed(words, choice)

    def open_panel(self, title: str, content: QWidget) -> None:
        """Something in the drawer."""
        self.drawer.open_panel(title, content)

    def ask_leave(self, name: str, reminders: Sequence[str], on_yes: Callable[[], None]) -> None:
        """Before ``name`` signs out: what stays open, one line each; F9 goes, Esc stays."""
        self.dialog.ask_leave(name, reminders, on_yes)

    def current_name(self) -> str:
        """The window's own."""
        raise NotImplementedError

    def report(self) -> None:
        """From the help: a ticket about the screen in front."""
        self.open_screen(TICKETS, self.current_name())

    def turn_help(self, view: ScreenView, hints: Sequence[KeyHint], support: str) -> None:
        """F1: the help of ``view`` comes into the drawer, or goes when it stands there."""
        title = tr("Trợ giúp: {screen}").format(screen=view.title())
        if self.drawer.is_open() and self.drawer.title() == title:
            self.drawer.close_panel()
            return
        report = None if self.current_name() == TICKETS else self.report
        panel = help_panel(view.help_lines(), hints, support, report)
        self.leave_panel(lambda: self.drawer.open_panel(title, panel))

    def leave_panel(self, then: Callable[[], None] | None = None) -> None:
        """Closes the drawer and runs ``then``; asks first while it holds what somebody typed.

        A form in the drawer is no draft that waits (its passwords must not), so Esc names the loss.
        """

        def leave() -> None:
            self.drawer.close_panel()
            if then is not None:
                then()

        if (typed := self.drawer.typed()) == 0:
            leave()
            return
        title = tr("Bỏ phần đang nhập: {title}?").format(title=self.drawer.title())
        words = tr("{n} ô đã nhập sẽ mất.").format(n=typed)
        self.dialog.ask_discard(title, words, tr("Bỏ phần đang nhập"), leave)

    def close_panel(self) -> None:
        """Closes the drawer."""
        self.drawer.close_panel()
