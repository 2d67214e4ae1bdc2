"""Rows of contradictions: what waits, and what was decided."""

from __future__ import annotations

from counter_app.services.ports.contradictions import ContradictionView, SettledView
from counter_app.services.ports.strays import StrayCaseView
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class WaitingModel(CellModel):
    """What it is about, what sort it is, which counters."""

    def __init__(self) -> None:
        """Empty until ``show_rows``."""
        super().__init__(
            (
                Column(tr("Hồ sơ, phiếu, dòng sổ"), 220, grow=3),
                Column(tr("Việc trùng"), 200, grow=3),
                Column(tr("Các quầy"), 120, grow=1),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        one: ContradictionView = self.rows()[row]
        if column == 0:
            code, name, *rest = (*one.about.split(" · ", 2), "")
            return CellSpec(f"{code} · {name}" if name else code, rest[0] if rest else "", weight=600,
                            tooltip=one.about)  # fmt: skip
        if column == 1:
            return CellSpec(one.title, one.field, icon=("git-merge", "warn"), tooltip=one.title)
        counters = ", ".join(dict.fromkeys(side.counter for side in one.sides))
        return CellSpec(
            counters, formatting.day_and_time(max(side.at for side in one.sides)), tooltip=counters
        )


class SettledModel(CellModel):
    """When, what it was about, what holds and why, who decided where."""

    def __init__(self) -> None:
        """Empty until ``show_rows``."""
        super().__init__(
            (
                Column(tr("Lúc"), 98),
                Column(tr("Hồ sơ, phiếu, dòng sổ"), 220, grow=3),
                Column(tr("Quyết định"), 200, grow=3),
                Column(tr("Người quyết định"), 160, grow=2),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        one: SettledView = self.rows()[row]
        if column == 0:
            return CellSpec(formatting.day_and_time(one.at), colour="text2")
        if column == 1:
            return CellSpec(one.about, one.title, tooltip=one.about)
        if column == 2:
            chosen = one.chosen if one.by_proposal else tr("{chosen}, khác đề xuất").format(chosen=one.chosen)
            return CellSpec(chosen, one.words, weight=500, tooltip=one.words)
        return CellSpec(one.who, one.counter, tooltip=one.who)


class StraysRows(CellModel):
    """Stray acts by case: what, on which PC and when, how many can be written anew."""

    def __init__(self) -> None:
        """Empty until ``show_rows``."""
        super().__init__(
            (
                Column(tr("Việc lạc"), 240, grow=3),
                Column(tr("Máy"), 120, grow=1),
                Column(tr("Nhập lại được"), 150, grow=1),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        one: StrayCaseView = self.rows()[row]
        if column == 0:
            return CellSpec(one.title, one.second, weight=600, tooltip=one.title)
        if column == 1:
            return CellSpec(one.counter, formatting.day_and_time(one.at))
        left = tr("{n} mục không cấp lại").format(n=len(one.left)) if one.left else ""
        return CellSpec(tr("{n} việc").format(n=len(one.acts)), left, second_colour="warn")
