"""Rows of the two lists: what the province asks, and what is (not) there yet."""

from __future__ import annotations

from counter_app.services.ports.exchange import SyncItem
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.screens.sync.words import since
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

WAITING, RECEIVED, QUESTIONED, TWO_VERSIONS = "waiting", "received", "questioned", "two_versions"


class AskedModel(CellModel):
    """What waits for a person, oldest question first as the port gives it."""

    def __init__(self) -> None:
        """State, item, who wrote it, since when."""
        super().__init__(
            (
                Column(tr("Tình trạng"), 168),
                Column(tr("Mục"), 190, grow=4),
                Column(tr("Người lập"), 112, grow=1),
                Column(tr("Từ lúc"), 98, right=True),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        item: SyncItem = self.rows()[row]
        if column == 0:
            state = record_state(TWO_VERSIONS if item.state == TWO_VERSIONS else QUESTIONED)
            return CellSpec(badge=(tr(state.words), state.kind, state.icon))
        if column == 1:
            return CellSpec(item.title, item.second_line, weight=600)
        if column == 2:
            return owner_cell(item)
        return CellSpec(formatting.day_and_time(item.at) if item.at else "", align="right", colour="text2")


class ItemsModel(CellModel):
    """Saved acts with their mark; ``now`` decides whether a time needs its day."""

    def __init__(self) -> None:
        """The same columns as above, so that the lists line up."""
        super().__init__(
            (
                Column(tr("Tình trạng"), 168),
                Column(tr("Mục"), 190, grow=4),
                Column(tr("Người lập"), 112, grow=1),
                Column(tr("Lúc lập"), 98, right=True),
            )
        )
        self.now = 0

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        item: SyncItem = self.rows()[row]
        if column == 0:
            return CellSpec(badge=self._mark(item))
        if column == 1:
            return CellSpec(item.title, item.second_line, weight=500)
        if column == 2:
            return owner_cell(item)
        return CellSpec(since(item.at, self.now), align="right", colour="text2")

    def _mark(self, item: SyncItem) -> tuple[str, str, str]:
        if item.state == WAITING:
            return tr("Chờ gửi"), "wait", "cloud-up"
        if not item.at_province:
            return tr("Tỉnh đã nhận"), "ok", "cloud-check"
        words = tr("Tỉnh nhận {time}").format(time=since(item.at_province, self.now))
        return words, "ok", "cloud-check"


def owner_cell(item: SyncItem) -> CellSpec:
    """Person above, counter below."""
    person, _, counter = item.owner.partition(" · ")
    return CellSpec(person, counter)
