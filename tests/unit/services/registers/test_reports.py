"""Counts of half a year and of a year: they add up, open their lines, go out with real figures."""

from __future__ import annotations

import openpyxl
import pypdf
import pytest

from counter_app.services.ports.register_reports import FIGURES, ReportPeriod
from counter_app.storage.queries import register_reports as queries
from tests.support.counter import CLERK, REGISTRAR, SIGNER, open_register, take_in
from tests.unit.services.pen.office import day, refused
from tests.unit.services.registers.test_later_notes import annul
from tests.unit.services.registers.test_years import at

SECOND_HALF = ReportPeriod(2026, 2)
YEAR = ReportPeriod(2026, 0)


@pytest.fixture
def worked(counter):
    """Four numbers: signed, struck, annulled, not confirmed."""
    lot = day(counter, 3).lot
    lines = counter.areas.signing.lot_lines(lot)
    counter.areas.signing.strike(lines[1].line, "differs", "mờ dấu")
    counter.areas.signing.confirm(lot, None)
    day(counter, 1)
    at(counter, "2026-11-30 09:00")
    annul(counter, lines[2].line)
    return counter


def test_the_figures_add_up_by_register_by_signatory_and_in_all(worked):
    report = worked.areas.registers.report(SECOND_HALF)
    assert report.title == "6 tháng cuối năm 2026"
    copies = next(row for row in report.rows if row.kind == "copy" and not row.signatory)
    assert (copies.numbers, copies.signed, copies.unconfirmed, copies.struck, copies.annulled) == (
        4,
        1,
        1,
        1,
        1,
    )
    assert (copies.copies, copies.fees, copies.own) == (6, 12_000, 0), "a struck number counts no copies"
    (signer,) = [row for row in report.rows if row.signatory]
    assert signer.signatory == "Vàng Văn Thăng (tập huấn)"
    assert (signer.numbers, signer.fees) == (copies.numbers, copies.fees)
    assert (report.total.numbers, report.total.fees) == (4, 12_000)
    month = worked.areas.registers.month(2026, 11)
    assert (month.copies, month.fees) == (copies.copies, copies.fees), "the report agrees with the book"


def test_every_figure_opens_exactly_its_lines(worked):
    registers = worked.areas.registers
    report = registers.report(YEAR)
    for row in (*report.rows, report.total):
        for figure in FIGURES:
            assert len(registers.report_lines(YEAR, row, figure)) == getattr(row, figure), (row.label, figure)
    copies = registers.report(YEAR).rows[0]
    assert [line.number for line in registers.report_lines(YEAR, copies, "struck")] == [1777]


def test_the_receiver_who_signs_is_counted(counter):
    counter.sign_in(SIGNER)
    request = take_in(counter, pay="return").request
    signing = counter.areas.signing
    signing.confirm_witness(signing.pen().last_number, "246810")
    signing.number((request,), "246810")
    row = counter.areas.registers.report(YEAR).rows[0]
    assert (row.numbers, row.own) == (1, 1)
    assert len(counter.areas.registers.report_lines(YEAR, row, "own")) == 1


def test_periods_that_have_begun_and_days_outside_are_not_counted(worked):
    registers = worked.areas.registers
    assert registers.report_periods() == (YEAR, SECOND_HALF, ReportPeriod(2026, 1))
    assert registers.report(ReportPeriod(2026, 1)).total.numbers == 0
    at(worked, "2027-01-04 09:00")
    assert registers.report_periods()[:2] == (ReportPeriod(2027, 0), ReportPeriod(2027, 1))
    assert registers.report(ReportPeriod(2027, 0)).total.numbers == 0


def test_every_register_in_use_has_its_row_in_the_order_of_the_law(worked):
    open_register(worked, "signature", "SCT/CK,ĐC", 412)
    kinds = [row.kind for row in worked.areas.registers.report(YEAR).rows if not row.signatory]
    assert kinds == [tab.kind for tab in worked.areas.registers.kinds()]


def test_it_goes_out_as_pdf_and_as_excel_with_numbers_and_dates(worked):
    registers = worked.areas.registers
    text = pypdf.PdfReader(registers.export_report(SECOND_HALF, excel=False)).pages[0].extract_text()
    assert "BÁO CÁO CÔNG TÁC CHỨNG THỰC 6 THÁNG CUỐI NĂM 2026" in text
    assert "Từ ngày 01/07/2026 đến ngày 31/12/2026" in text
    assert "12.000" in text
    sheet = openpyxl.load_workbook(registers.export_report(SECOND_HALF, excel=True)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 12_000 in cells
    assert [(c.month, c.day) for c in cells if getattr(c, "year", 0) == 2026] == [(7, 1), (12, 31)]


def test_the_clerk_reads_no_reports(worked):
    worked.sign_in(CLERK)
    refused("role.not_allowed", worked.areas.registers.report, YEAR)
    refused("role.not_allowed", worked.areas.registers.export_report, YEAR, excel=True)
    worked.sign_in(REGISTRAR)
    assert worked.areas.registers.report(YEAR)


def test_rebuilt_numbers_stand_in_a_row_of_their_own_and_count_as_signed(worked, monkeypatch):
    real = queries.counts
    rebuilt = queries.CountRow("copy", "Chủ tịch (theo bản sao)", "rebuilt", False, 2, 4, 8_000)
    monkeypatch.setattr(queries, "counts", lambda *given: [*real(*given), rebuilt])
    report = worked.areas.registers.report(SECOND_HALF)
    (row,) = [one for one in report.rows if one.label == "Số dựng lại từ căn cứ"]
    assert (row.numbers, row.signed, row.copies, row.fees) == (2, 2, 4, 8_000)
    assert "Chủ tịch (theo bản sao)" not in {one.label for one in report.rows}
    whole = next(one for one in report.rows if one.kind == "copy" and not one.signatory)
    assert (whole.numbers, whole.signed) == (6, 3)
    assert worked.areas.registers.report_lines(SECOND_HALF, row, "numbers") == ()
