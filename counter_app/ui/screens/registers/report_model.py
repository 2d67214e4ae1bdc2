"""The report of a period: read, its figures opened, written out; all verbs return at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.register_reports import Report, ReportPeriod, ReportRow
from counter_app.services.ports.registers import RegistersPort
from counter_app.ui.background import Background
from counter_app.ui.i18n import tr

REPORT = "report"
"""Code of the tab, beside the kinds of registers."""


def words_of(period: ReportPeriod) -> str:
    """``6 tháng đầu năm 2026`` and so on."""
    words = {0: tr("Năm {year}"), 1: tr("6 tháng đầu năm {year}"), 2: tr("6 tháng cuối năm {year}")}
    return words[period.half].format(year=period.year)


def _read(port: RegistersPort, wanted: ReportPeriod | None) -> tuple[tuple[ReportPeriod, ...], Report]:
    periods = port.report_periods()
    return periods, port.report(wanted if wanted in periods and wanted is not None else periods[0])


class ReportModel(QObject):
    """``read`` answers with the periods there are and the report of the chosen one (the newest at first)."""

    shown = Signal()
    lines_read = Signal(object, str, object)
    """The row, the figure, its ``RegisterRow``s."""
    written = Signal(str)
    failed = Signal(object)
    unread = Signal(object)

    def __init__(self, port: RegistersPort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self._wanted: ReportPeriod | None = None
        self.periods: tuple[ReportPeriod, ...] = ()
        self.report: Report | None = None

    def read(self) -> None:
        """The report again; ``shown`` tells."""
        port, wanted = self._port, self._wanted
        self._background.run_query(
            lambda: _read(port, wanted), self._shown, self.unread.emit, owner=self, key="registers.report"
        )

    def choose(self, place: int) -> None:
        """Another period."""
        if 0 <= place < len(self.periods):
            self._wanted = self.periods[place]
            self.read()

    def open_lines(self, row: ReportRow, figure: str) -> None:
        """The lines behind one figure; ``lines_read`` tells."""
        port, report = self._port, self.report
        if report is None:
            return
        self._background.run_query(
            lambda: (row, figure, port.report_lines(report.period, row, figure)),
            self._lines, self.failed.emit, owner=self, key="registers.report_lines",
        )  # fmt: skip

    def export(self, *, excel: bool) -> None:
        """Writes the report as Excel or PDF beside the other papers; work goes on meanwhile."""
        port, report = self._port, self.report
        if report is not None:
            self._background.run_query(
                lambda: port.export_report(report.period, excel=excel),
                self.written.emit, self.failed.emit, owner=self,
            )  # fmt: skip

    def _shown(self, answer: tuple[tuple[ReportPeriod, ...], Report]) -> None:
        self.periods, self.report = answer
        self._wanted = self.report.period
        self.shown.emit()

    def _lines(self, answer: tuple[ReportRow, str, object]) -> None:
        self.lines_read.emit(*answer)
