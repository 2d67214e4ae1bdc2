"""A group that was taken in, opened from home or the list: its drawer, and the way to the signing desk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from counter_app.services.ports.groups import GroupRow, GroupsPort, MemberRow
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.groups import keys
from counter_app.ui.screens.groups.group_panel import GroupPanel
from counter_app.ui.screens.groups.refund_acts import RefundActs
from counter_app.ui.screens.signing.asked import GroupAsked
from counter_app.ui.standing import standing
from sync.protocol.naming.ids import EntryId

Found = tuple[GroupRow | None, tuple[MemberRow, ...]]


class GroupActs(QObject):
    """One drawer at a time; it is read again when groups change."""

    def __init__(self, port: GroupsPort, context: ScreenContext, parent: QObject) -> None:
        """Nothing is open."""
        super().__init__(parent)
        self._port, self._context = port, context
        self._panel: GroupPanel | None = None
        self.refunds = RefundActs(port, context, self)

    def open(self, group: EntryId) -> None:
        """The drawer of a group."""
        self._panel = GroupPanel(group, may_refund=self.refunds.may)
        self._panel.to_refund.connect(self.refunds.open)
        self._panel.to_desk.connect(self._to_desk)
        self._panel.left.connect(self._leave)
        self._panel.installEventFilter(self)
        self._context.shell.open_panel(tr("Nhóm chứng thực"), self._panel)
        self.read()

    def read(self) -> None:
        """The group in the drawer as it stands now; nothing without a drawer."""
        panel = self.panel()
        if panel is None:
            return
        port, group = self._port, panel.group

        def work() -> Found:
            return next((row for row in port.recent() if row.group == group), None), port.members(group)

        shell = self._context.shell
        self._context.background.run_query(
            work, self._show, shell.show_error, owner=self, key="groups.members"
        )

    def panel(self) -> GroupPanel | None:
        """The drawer while it stands."""
        return standing(self._panel)

    def hints(self) -> keys.Hints:
        """Keys of the drawer that stands, none without one."""
        if self.refunds.panel() is not None:
            return keys.of_refund()
        panel = self.panel()
        return () if panel is None else keys.of_drawer(at_desk=panel.desk.isVisibleTo(panel))

    def _show(self, found: Found) -> None:
        panel = self.panel()
        if panel is None:
            return
        panel.show_group(*found)
        self._context.shell.legend_changed()
        (panel.desk if panel.desk.isVisibleTo(panel) else panel.later).setFocus()

    def _to_desk(self, group: EntryId) -> None:
        self._leave()
        self._context.shell.open_screen("signing", GroupAsked(group))

    def _leave(self) -> None:
        self._panel = None
        self._context.shell.close_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The drawer came or went: the keys at the foot are its own, or the page's again."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._context.shell.legend_changed()
        return False
