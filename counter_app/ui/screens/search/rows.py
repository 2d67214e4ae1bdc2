"""Hits in groups: the group's name stands at its first line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from counter_app.services.ports.home import SearchHit
from counter_app.ui.i18n import tr
from counter_app.ui.shell.search import group_words
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

ALL = "all"
GROUPS = ("person", "request", "number", "procedure", "command")
_ICONS = {
    "person": "user",
    "dossier": "file-description",
    "request": "file-text",
    "number": "numbers",
    "procedure": "book",
    "command": "player-play",
}


def tab_of(hit: SearchHit) -> str:
    """Dossiers and requests of copies stand in one tab: both are *hồ sơ* to people."""
    return "request" if hit.group == "dossier" else hit.group


def in_group(hits: Sequence[SearchHit], group: str) -> list[SearchHit]:
    """The hits of one tab."""
    return [hit for hit in hits if group in (ALL, tab_of(hit))]


def counts(hits: Sequence[SearchHit]) -> dict[str, int]:
    """How many each tab holds."""
    return dict.fromkeys(GROUPS, 0) | dict(Counter(map(tab_of, hits))) | {ALL: len(hits)}


class HitsModel(CellModel):
    """Group, what it is, how to open it."""

    def __init__(self) -> None:
        """Nothing found yet."""
        super().__init__((Column(tr("Nhóm"), 138), Column(tr("Kết quả")), Column("", 92, right=True)))

    def cell(self, row: int, column: int) -> CellSpec:
        """The cell of a hit."""
        hit: SearchHit = self.rows()[row]
        if column == 0:
            first = row == 0 or tab_of(self.rows()[row - 1]) != tab_of(hit)
            words = group_words(hit.group)
            return CellSpec(words if first else "", colour="text2", weight=600, words=words)
        if column == 1:
            return CellSpec(
                hit.title, hit.second_line, icon=(_ICONS.get(hit.group, "search"), "text2"), weight=600,
                tooltip=hit.title,
            )  # fmt: skip
        return CellSpec(tr("Enter mở"), colour="text3", align="right", words=" ")
