"""Giving a group's money back: its drawer, F9, what was refused at its cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from counter_app.domain.organisation import roles
from counter_app.services.ports.groups import GroupRefund, GroupsPort
from counter_app.services.ports.pen import SecondPerson
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.groups.refund_panel import RefundPanel
from counter_app.ui.standing import standing
from sync.protocol.naming.ids import EntryId


class RefundActs(QObject):
    """One drawer at a time; F9 of the page asks ``commit`` first."""

    def __init__(self, port: GroupsPort, context: ScreenContext, parent: QObject) -> None:
        """Nothing is open."""
        super().__init__(parent)
        self._port, self._context = port, context
        self.may = context.may(roles.REFUND_FIRST)
        self._panel: RefundPanel | None = None
        self._busy = False

    def open(self, group: EntryId) -> None:
        """The drawer of a group."""
        port, program = self._port, self._context.program
        self._panel = RefundPanel()
        self._panel.confirm.clicked.connect(self.commit)
        self._panel.later.clicked.connect(self.leave)
        self._panel.installEventFilter(self)
        self._context.shell.open_panel(tr("Hoàn tiền cả nhóm"), self._panel)
        self._context.background.run_query(
            lambda: (port.refundable(group), program.pen.seconds(money=True)), self._show,
            self._context.shell.show_error, owner=self, key="groups.refund",
        )  # fmt: skip

    def panel(self) -> RefundPanel | None:
        """The drawer while it stands."""
        return standing(self._panel)

    def commit(self) -> bool:
        """F9; False when the drawer does not stand. Two presses give back once."""
        panel = self.panel()
        if panel is None:
            return False
        form = None if self._busy else panel.form()
        if form is not None:
            self._busy, port = True, self._port
            self._context.background.run_change(
                lambda: port.refund(form), self._done, self._refused, owner=self
            )
        return True

    def leave(self) -> None:
        """Closes the drawer."""
        self._panel = None
        self._context.shell.close_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The drawer came or went: the keys at the foot are its own, or the page's again."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._context.shell.legend_changed()
        return False

    def _show(self, found: tuple[GroupRefund, tuple[SecondPerson, ...]]) -> None:
        if (panel := self.panel()) is not None:
            panel.show_offer(*found)

    def _done(self, sentence: str) -> None:
        self._busy = False
        self.leave()
        self._context.shell.tell(sentence)

    def _refused(self, error: BaseException) -> None:
        self._busy = False
        panel, words = self.panel(), words_of(error)
        said = f"{words.title} {words.remedy}".strip()
        if panel is None or not panel.take_error(field_of(error) or "", said):
            self._context.shell.show_error(error)
