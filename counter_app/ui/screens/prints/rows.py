"""Rows of the jobs that wait."""

from __future__ import annotations

from counter_app.services.ports.papers import PrintJobView
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


class JobsModel(CellModel):
    """Paper, printer and what happened, state."""

    def __init__(self) -> None:
        """Four columns."""
        super().__init__(
            (
                Column(tr("Bản in"), 230, grow=3),
                Column(tr("Máy in"), 130, grow=2),
                Column(tr("Lúc in"), 98, right=True),
                Column("", 138),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        job: PrintJobView = self.rows()[row]
        if column == 0:
            pages = tr("{n} trang").format(n=job.pages) if job.pages else tr("chưa vẽ được")
            return CellSpec(job.title, pages, icon=("file-text", "text2"), weight=600, tooltip=job.title)
        if column == 1:
            return CellSpec(job.printer or tr("Chưa chọn máy in"), job.words, tooltip=job.words)
        if column == 2:
            return CellSpec(formatting.day_and_time(job.at) if job.at else "", align="right", colour="text2")
        if job.state == "failed":
            return CellSpec(badge=(tr("Chưa in được"), "warn", "printer-off"))
        return CellSpec(badge=(tr("Đang chờ"), "wait", "hourglass"))
