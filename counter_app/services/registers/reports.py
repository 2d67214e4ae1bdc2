"""Six-monthly and yearly counts of certification, read from the lines of every register (``law.md`` 4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.organisation import roles
from counter_app.printing.forms import register_report as form
from counter_app.services.ports import reads
from counter_app.services.ports.register_reports import Report, ReportPeriod, ReportRow
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.saying import counted, say
from counter_app.services.registers.desk_of_books import BookDesk
from counter_app.services.rules import register_kinds
from counter_app.storage.queries import exchange
from counter_app.storage.queries import register_reports as queries
from counter_app.storage.queries.registers import register_years

REBUILT = "rebuilt"
"""State of a number that has no line of its own: it is signed, and stands in a row of its own."""
STATES = {
    "numbers": ("signed", "numbered", "struck", "annulled"),
    "signed": ("signed",),
    "unconfirmed": ("numbered",),
    "struck": ("struck",),
    "annulled": ("annulled",),
    "own": ("signed", "numbered", "struck", "annulled"),
}
"""States of lines behind each figure."""


class Reports(BookDesk):
    """Reports of certification."""

    def report_periods(self) -> tuple[ReportPeriod, ...]:
        """Periods that have begun in years with a register, newest first: year, second half, first half."""
        today = self.work.today()
        with self.work.store.read() as connection:
            years = sorted({row.year for row in register_years(connection)} | {today.year}, reverse=True)
        return tuple(
            period
            for year in years
            for period in (ReportPeriod(year, 0), ReportPeriod(year, 2), ReportPeriod(year, 1))
            if days_of(period)[0] <= today
        )

    def report(self, period: ReportPeriod) -> Report:
        """The counts of a period. Raises DomainError ``role.*``."""
        roles.require(self.desk.require(), roles.READ_REPORTS)
        with self.work.store.read() as connection:
            return self._report(connection, period)

    def _report(self, connection: Connection, period: ReportPeriod) -> Report:
        first, last = days_of(period)
        found = queries.counts(connection, _day(first), _day(last))
        rows: list[ReportRow] = []
        for one in register_kinds().in_use(last):
            of_kind = [count for count in found if count.kind == one.kind]
            label = f"{one.symbol} · {say(one.title[0] + one.title[1:].lower(), one.title_en)}"
            rows.append(_row(one.kind, label, "", of_kind))
            lines = [count for count in of_kind if count.state != REBUILT]
            for name in dict.fromkeys(count.signatory for count in lines):
                mine = [count for count in lines if count.signatory == name]
                rows.append(_row(one.kind, name, name, mine))
            if rebuilt := [count for count in of_kind if count.state == REBUILT]:
                label = say("Số dựng lại từ căn cứ", "Numbers rebuilt from evidence")
                rows.append(_row(one.kind, label, REBUILT, rebuilt))
        waiting = exchange.sync_counts(connection).waiting
        moment = vn_datetime(self.work.now())
        note = say(
            f"Số liệu của máy này đến {moment:%H:%M}; {waiting} mục chưa ở tỉnh.",
            f"As this PC knows at {moment:%H:%M}; {counted(waiting, 'item', 'items')} not at the province.",
        )
        total = _row("", say("Tổng cộng", "Total"), "", found)
        return Report(period, title_of(period), note, tuple(rows), total)

    def report_lines(self, period: ReportPeriod, row: ReportRow, figure: str) -> tuple[RegisterRow, ...]:
        """The lines behind one figure. Raises DomainError ``role.*``."""
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        first, last = (_day(day) for day in days_of(period))
        with self.work.store.read() as connection:
            found = queries.lines_behind(
                connection, first, last, row.kind, row.signatory, STATES[figure], own=figure == "own"
            )
        self.desk.saw(reads.LINE, [line.id for line in found], shown=len(found), reason=f"report {figure}")
        return tuple(
            RegisterRow(
                line.id, line.number, line.day, line.parties or line.requester_name, line.original_name,
                line.signatory_line, line.copies, line.fee, line.remarks, line.state,
            )
            for line in found
        )  # fmt: skip

    def export_report(self, period: ReportPeriod, *, excel: bool) -> str:
        """Writes the report; returns its path. Raises DomainError ``export.disk``, ``role.*``."""
        roles.require(self.desk.require(), roles.READ_REPORTS)
        with self.work.store.read() as connection:
            paper = self._paper_of(self._report(connection, period))
        name = f"bao-cao-chung-thuc-{period.year}" + (f"-{period.half}" if period.half else "")
        if excel:
            return self.write_file(f"{name}.xlsx", form.excel(paper))
        return self.write_file(f"{name}.pdf", form.render(paper))

    def _paper_of(self, report: Report) -> form.RegisterReport:
        first, last = days_of(report.period)
        return form.RegisterReport(
            head=self.work.place.head, title=f"BÁO CÁO CÔNG TÁC CHỨNG THỰC {_words(report.period).upper()}",
            first=first, last=last, as_of=vn_datetime(self.work.now()), marks=self.work.place.marks(),
            lines=tuple(_line(row) for row in (*report.rows, report.total)),
        )  # fmt: skip


def days_of(period: ReportPeriod) -> tuple[date, date]:
    """First and last day of a period."""
    first, last = {0: ((1, 1), (12, 31)), 1: ((1, 1), (6, 30)), 2: ((7, 1), (12, 31))}[period.half]
    return date(period.year, *first), date(period.year, *last)


def title_of(period: ReportPeriod) -> str:
    """``6 tháng đầu năm 2026`` and so on."""
    english = {0: "Year", 1: "First half of", 2: "Second half of"}[period.half]
    return say(_words(period), f"{english} {period.year}")


def _words(period: ReportPeriod) -> str:
    return {0: "năm", 1: "6 tháng đầu năm", 2: "6 tháng cuối năm"}[period.half] + f" {period.year}"


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _row(kind: str, label: str, signatory: str, found: Iterable[queries.CountRow]) -> ReportRow:
    """One row of counts that add up; struck numbers carry no copies and no fee."""
    counts = tuple(found)

    def of(state: str) -> int:
        return sum(count.numbers for count in counts if count.state == state)

    valid = [count for count in counts if count.state != "struck"]
    return ReportRow(
        kind, label, signatory, sum(count.numbers for count in counts), of("signed") + of(REBUILT),
        of("numbered"),
        of("struck"), of("annulled"), sum(count.copies for count in valid),
        sum(count.fees for count in valid),
        sum(count.numbers for count in counts if count.own),
    )  # fmt: skip


def _line(row: ReportRow) -> form.ReportLine:
    figures = (
        row.numbers, row.signed, row.unconfirmed, row.struck, row.annulled, row.copies, row.fees, row.own,
    )  # fmt: skip
    label = f"- {row.label}" if row.signatory else row.label
    return form.ReportLine(label=label, figures=figures, bold=not row.signatory)
