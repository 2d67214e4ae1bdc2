"""The month of a register, its closing, the opening balance, and the day's cash."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.cash.port import set_opening
from counter_app.services.ports.papers import DayForm
from counter_app.services.ports.registers import OpeningForm
from counter_app.services.ports.session import NEEDS_PASSWORD
from counter_app.storage.this_pc import device
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    TECHNICIAN,
    person,
    take_in,
)

MONTH = (2026, 11)


def refused(code, act, *values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code
    return caught.value


def numbered(counter, count=3, confirm=True, strike=False):
    asked = tuple(
        take_in(counter, "gks 1x2", who=person(f"TẬP HUẤN {'ABCDEFGH'[i]}", f"0120860069{i:02d}")).request
        for i in range(count)
    )
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN)
    lot = counter.areas.signing.number(asked, PIN).lot
    if strike:
        counter.areas.signing.strike(counter.areas.signing.lot_lines(lot)[1].line, "differs", "mờ dấu")
    if confirm:
        counter.areas.signing.confirm(lot, None)
    return lot


def last_day(counter, login=REGISTRAR):
    counter.clock.forward(hours=24 * 10)
    counter.sign_in(login)


def test_the_sum_line_adds_up_by_state(counter):
    numbered(counter, 3, strike=True)
    counter.sign_in(CLERK)
    numbered(counter, 1, confirm=False)
    shown = counter.areas.registers.month(*MONTH)
    assert shown.sum_line.replace("\xa0", " ") == (
        "4 số = 2 đã ký + 1 chưa xác nhận + 1 gạch; 6 bản sao; 12.000 đ"
    )
    assert [row.number for row in shown.rows] == [1776, 1777, 1778, 1779]
    assert shown.rows[1].note == "Số gạch: Bản sao khác bản chính: mờ dấu"
    assert shown.rows[0].signatory == "Vàng Văn Thăng (tập huấn), Phó Chủ tịch"
    assert "mục chưa ở tỉnh" in shown.data_note


def test_a_month_with_unconfirmed_numbers_names_them_and_does_not_close(counter):
    numbered(counter, 2, confirm=False)
    last_day(counter)
    assert counter.areas.registers.month(*MONTH).blocked == (
        "Tháng 11 còn 2 số chưa xác nhận ký, chưa khóa được."
    )
    error = refused("closing.blocked", counter.areas.registers.close_month, *MONTH, PIN)
    assert "2 số chưa xác nhận ký" in error.title


def test_a_month_that_is_not_over_stays_open_for_its_numbers(counter):
    numbered(counter)
    counter.sign_in(REGISTRAR)
    assert counter.areas.registers.month(*MONTH).blocked.startswith("Tháng 11 chưa hết")
    refused("month.running", counter.areas.registers.close_month, *MONTH, PIN)


def test_a_closed_month_is_sealed_printed_and_takes_no_more_numbers(counter):
    numbered(counter, 3, strike=True)
    last_day(counter)
    assert counter.areas.registers.close_month(*MONTH, PIN) == "Đã khóa sổ tháng 11/2026, đã in sổ."
    shown = counter.areas.registers.month(*MONTH)
    assert shown.closed
    assert shown.blocked == ""
    refused("month.closed", counter.areas.registers.close_month, *MONTH, PIN)
    assert any(path.name.startswith("register") for path in counter.papers())
    state = counter.state(counter.register)
    assert (state.closed_months[0].first, state.closed_months[0].last) == (1776, 1778)
    counter.sign_in(CLERK)
    request = take_in(counter).request
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    assert pen.date_confirmation_needed
    counter.areas.signing.confirm_witness(pen.last_number, PIN)
    refused("month.closed", counter.areas.signing.number, (request,), PIN)


def test_an_empty_month_has_nothing_to_close(counter):
    last_day(counter)
    refused("month.empty", counter.areas.registers.close_month, *MONTH, PIN)
    assert counter.areas.registers.months() == (MONTH,)


def test_the_clerk_does_not_close_books(counter):
    numbered(counter)
    last_day(counter, CLERK)
    refused("role.not_allowed", counter.areas.registers.close_month, *MONTH, PIN)
    counter.sign_in(TECHNICIAN)
    refused("role.not_allowed", counter.areas.registers.month, *MONTH)


def test_the_month_goes_out_as_pdf_and_as_excel_with_real_figures(counter):
    import openpyxl
    import pypdf

    numbered(counter, 3, strike=True)
    text = pypdf.PdfReader(counter.areas.registers.export_pdf(*MONTH)).pages[0].extract_text()
    assert "1777" in text
    assert "CHƯA KHÓA SỔ THÁNG" in text
    sheet = openpyxl.load_workbook(counter.areas.registers.export_excel(*MONTH)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 4_000 in cells
    assert any(getattr(cell, "year", 0) == 2026 for cell in cells)


def test_a_folder_that_cannot_be_written_is_told(counter, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    counter.work.papers_folder = blocked
    numbered_nothing = counter.areas.registers
    refused("export.disk", numbered_nothing.export_pdf, *MONTH)


def test_the_acts_on_a_line_are_told_oldest_first(counter):
    lot = numbered(counter, 2, strike=True)
    line = counter.areas.signing.lot_lines(lot)[1].line
    told = counter.areas.registers.history(line)
    assert told[0].endswith("Vàng Văn Thăng (tập huấn) · Cấp số 1777/2026, 2 bản sao: Giấy khai sinh")
    assert told[1].endswith("Gạch số: Bản sao khác bản chính: mờ dấu")


def test_a_line_names_the_month_of_its_page(counter):
    lot = numbered(counter, 1)
    (line,) = counter.areas.signing.lot_lines(lot)
    assert counter.areas.registers.month_of(line.line) == MONTH
    refused("subject.unknown", counter.areas.registers.month_of, lot)


def test_an_annulled_line_keeps_its_sums_and_page_and_screen_agree(counter):
    import pypdf

    from counter_app.services.ports.pen import AnnulForm

    lot = numbered(counter, 2)
    (first, _) = counter.areas.signing.lot_lines(lot)
    before = counter.areas.registers.month(*MONTH)
    counter.sign_in(REGISTRAR)
    counter.areas.pen.annul(
        AnnulForm(
            first.line, "12/QĐ-UBND", "20/11/2026", "Bản chính giả", counter.officials[CHAIRMAN], PASSWORD
        )
    )
    after = counter.areas.registers.month(*MONTH)
    assert (after.copies, after.fees) == (before.copies, before.fees)
    assert "1 đã ký + 1 huỷ bỏ giá trị" in after.sum_line
    assert "12/QĐ-UBND" in after.rows[0].note
    text = pypdf.PdfReader(counter.areas.registers.export_pdf(*MONTH)).pages[-1].extract_text()
    assert f"{after.copies} bản sao" in text.replace("\n", " ")


def opening(counter, **more) -> OpeningForm:
    given = {"year": 2026, "book": 3, "last_number": 1_775, "words": "Số cuối trên sổ giấy: 1775",
             "second": counter.officials[SIGNER], "second_secret": PASSWORD, **more}  # fmt: skip
    return OpeningForm(**given)


def test_the_opening_balance_takes_two_persons_and_the_next_number_follows_the_paper(counters):
    counter = counters(1, register=False)
    counter.sign_in(REGISTRAR)
    open_register = counter.areas.registers.open_register
    refused("second.same_person", open_register, opening(counter, second=counter.officials[REGISTRAR]))
    refused("password.wrong", open_register, opening(counter, second_secret="sai mat khau"))
    refused("role.not_allowed", open_register, opening(counter, second=counter.officials[CLERK]))
    refused("register.words", open_register, opening(counter, words=" "))
    refused("register.opening", open_register, opening(counter, last_number=-1))
    assert open_register(opening(counter)).startswith("Đã mở sổ SCT/BS năm 2026")
    refused("register.exists", open_register, opening(counter))
    counter.sign_in(CLERK)
    numbered(counter, 1)
    assert counter.areas.registers.month(*MONTH).rows[0].number == 1_776


def test_the_second_person_may_use_his_pin_while_his_key_is_open(counters):
    counter = counters(1, register=False)
    counter.sign_in(CHAIRMAN)
    counter.sign_in(REGISTRAR)
    counter.areas.registers.open_register(
        opening(counter, second=counter.officials[CHAIRMAN], second_secret=PIN)
    )


def close(counter, *notes, reason="", pin=PIN):
    return counter.areas.cash.close_day(DayForm(tuple(notes), reason), pin)


def test_the_day_counts_cash_and_closes_with_its_sheet(counter):
    set_opening(counter.work, 500_000)
    take_in(counter, "hb 24x2p", given="100")
    seen = counter.areas.cash.day()
    assert (seen.opening, seen.cash, seen.expected, seen.closed) == (500_000, 76_000, 576_000, False)
    assert "1 phiếu thu tạm chưa có biên lai" in seen.open_items
    assert (
        close(counter, (500_000, 1), (50_000, 1), (20_000, 1), (5_000, 1), (1_000, 1))
        == "Đã chốt ngày 20/11."
    )
    assert counter.areas.cash.day().closed
    assert any(path.name.startswith("day_closing") for path in counter.papers())


def test_the_sheet_bears_the_head_of_the_journal_before_it(counter):
    from counter_app.storage.journals.journal import position

    take_in(counter)
    with counter.store.read() as connection:
        head = position(connection, counter.work.journal).head
    close(counter, (2_000, 2))
    import pypdf

    sheet = next(path for path in counter.papers() if path.name.startswith("day_closing"))
    text = pypdf.PdfReader(sheet).pages[0].extract_text().replace("\n", "")
    assert head.hex() in text.replace(" ", "")


def test_a_difference_needs_a_reason_and_never_blocks(counter):
    take_in(counter, "hb 24x2")
    error = refused("day.difference", close, counter, (50_000, 1))
    assert error.title.replace("\xa0", " ") == "Lệch −2.000 đ. Ghi lý do lệch."
    said = close(counter, (50_000, 1), reason="trả thừa")
    assert said.replace("\xa0", " ") == "Đã chốt ngày 20/11, lệch −2.000 đ."


def test_a_day_without_a_receipt_closes_too_and_only_once(counter):
    close(counter)
    counter.sign_in(CLERK)
    refused("day.closed", close, counter)


def test_after_the_closing_every_pin_ends(counter):
    close(counter)
    assert {choice.needs for choice in counter.areas.session.people()} == {NEEDS_PASSWORD}
    refused("session.key_closed", counter.areas.session.check_pin, PIN)


def test_unconfirmed_numbers_of_this_pc_hold_up_the_day(counter):
    numbered(counter, 2, confirm=False)
    counter.sign_in(CLERK)
    assert counter.areas.cash.day().problems == (
        "Còn 2 số đã cấp chưa xác nhận đã ký. Ctrl+. để đến bàn ký.",
    )
    refused("day.unconfirmed", close, counter, (2_000, 4))


def test_a_receipt_that_did_not_print_is_printed_or_explained(counter):
    with counter.store.write() as connection:
        device.put_setting(connection, "printer.a5", "")
        device.put_setting(connection, "printer.a4", "")
    take_in(counter)
    assert counter.areas.cash.day().problems == ("Có 1 biên lai chưa in được. In lại hoặc ghi lý do.",)
    refused("day.unprinted", close, counter, (2_000, 2))
    close(counter, (2_000, 2), reason="hết giấy A5")


def test_impossible_counts_are_refused(counter):
    refused("day.count", close, counter, (3_000, 1))
    refused("day.count", close, counter, (2_000, -1))
    refused("day.count", close, counter, (2_000, 1), (2_000, 1))


def test_the_backup_follows_and_its_failure_does_not_undo_the_closing(counter):
    made = []
    counter.work.back_up = lambda: made.append(1)
    assert close(counter) == "Đã chốt ngày 20/11. Đã sao lưu."
    assert made == [1]
    counter.clock.forward(hours=24)
    counter.sign_in(CLERK)

    def fails() -> None:
        raise OSError("stick gone")

    counter.work.back_up = fails
    assert close(counter) == "Đã chốt ngày 21/11. Chưa sao lưu được."
    assert counter.areas.cash.day().closed


def test_who_may_not_close_does_not(counter):
    counter.sign_in(REGISTRAR)
    refused("role.not_allowed", close, counter)


def test_readings_agree_after_closings(counter):
    from counter_app.storage.readings.upkeep import compare_with_rebuilt

    numbered(counter, 2)
    last_day(counter)
    counter.areas.registers.close_month(*MONTH, PIN)
    counter.sign_in(CLERK)
    close(counter)
    with counter.store.engine.connect() as plain:
        assert compare_with_rebuilt(plain) == ()
        plain.rollback()
