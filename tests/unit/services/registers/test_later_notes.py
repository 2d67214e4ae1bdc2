"""A bound month does not change: what happens to its lines is listed, printed to paste, and noted."""

from __future__ import annotations

import pypdf
import pytest

from counter_app.printing.jobs import PrinterRole
from counter_app.services.papers import forms
from counter_app.services.papers.printers import folder_printer, printer_setting
from counter_app.services.ports.pen import AnnulForm
from counter_app.services.ports.register_years import CorrectionForm
from counter_app.storage.this_pc import device, local
from tests.support.counter import CLERK, PASSWORD, PIN, REGISTRAR, SIGNER, give
from tests.unit.services.pen.office import FIRST, day, refused
from tests.unit.services.registers.test_years import at

MONTH = (2026, 11)


def row_of(counter, number: int):
    return next(row for row in counter.areas.registers.month(*MONTH).rows if row.number == number)


def annul(counter, line, number="12/QĐ-UBND", act_day="30/11/2026"):
    second = counter.officials[SIGNER]
    return counter.areas.pen.annul(AnnulForm(line, number, act_day, "sai bản chính", second, PASSWORD))


def correction(counter, line, **more) -> CorrectionForm:
    given = {"column": 4, "now": "Giấy khai sinh (bản chính)", "words": "ghi thiếu"}
    second = {"second": counter.officials[SIGNER], "second_secret": PASSWORD, "secret": PIN}
    return CorrectionForm(line, **{**given, **second, **more})


@pytest.fixture
def bound(counter):
    """Three signed numbers, November bound; 1 December, the registrar sits there."""
    lot = day(counter, 3)
    counter.areas.signing.confirm(lot.lot, None)
    counter.sign_in(REGISTRAR)
    counter.areas.registers.note(row_of(counter, FIRST).line, "ghi trước khi đóng quyển")
    at(counter, "2026-11-30 16:30")
    counter.areas.registers.close_month(*MONTH, PIN)
    at(counter, "2026-12-01 09:00")
    return counter


def test_what_the_pages_show_needs_no_slip(bound):
    assert bound.areas.registers.later_notes(2026) == ()
    refused("notes.none", bound.areas.registers.print_later_notes, 2026)


def test_annulment_correction_and_note_wait_for_their_slips_until_these_are_out(bound):
    registers = bound.areas.registers
    annul(bound, row_of(bound, FIRST).line)
    registers.correct(correction(bound, row_of(bound, FIRST + 1).line))
    registers.note(row_of(bound, FIRST + 1).line, "đã báo người dân")
    found = registers.later_notes(2026)
    assert [(note.number, note.month, note.printed) for note in found] == [
        (FIRST, 11, False), (FIRST + 1, 11, False), (FIRST + 1, 11, False),
    ]  # fmt: skip
    assert found[0].words == "Huỷ bỏ giá trị theo 12/QĐ-UBND ngày 30/11/2026: sai bản chính"
    assert found[1].who == "Lò Thị Hoa (tập huấn)"
    assert registers.years()[0].unprinted == 3
    before = set(bound.papers())
    assert registers.print_later_notes(2026) == (
        "Đã in 2 phiếu ghi chú bổ sung; dán vào đúng số trong quyển tháng."
    )
    told = sorted(
        " ".join(pypdf.PdfReader(paper).pages[0].extract_text().split())
        for paper in set(bound.papers()) - before
    )
    assert len(told) == 2
    assert all("PHIẾU GHI CHÚ BỔ SUNG" in text and "sổ tháng 11/2026" in text for text in told)
    assert sum("đã báo người dân" in text and "Đính chính cột (4)" in text for text in told) == 1
    assert registers.years()[0].unprinted == 0
    assert all(note.printed for note in registers.later_notes(2026))
    registers.note(row_of(bound, FIRST + 1).line, "thêm một điều")
    assert [n.words for n in registers.later_notes(2026) if not n.printed] == ["thêm một điều"]


def test_a_corrected_line_stays_readable_and_its_acts_are_told(bound):
    line = row_of(bound, FIRST).line
    bound.areas.registers.correct(correction(bound, line))
    row = row_of(bound, FIRST)
    assert row.original == "Giấy khai sinh"
    assert "Đính chính cột (4): “Giấy khai sinh (bản chính)” thay cho “Giấy khai sinh”" in row.note
    assert any("Đính chính cột (4)" in act for act in bound.areas.registers.history(line))


def test_who_may_correct_and_note(bound):
    line = row_of(bound, FIRST).line
    registers = bound.areas.registers
    own = bound.officials[REGISTRAR]
    refused("second.same_person", registers.correct, correction(bound, line, second=own))
    refused("password.wrong", registers.correct, correction(bound, line, second_secret="khác"))
    refused("correct.words", registers.correct, correction(bound, line, words=" "))
    refused("note.empty", registers.note, line, "  ")
    bound.sign_in(CLERK)
    refused("role.not_allowed", registers.correct, correction(bound, line))
    refused("role.not_allowed", registers.note, line, "tự ghi")
    refused("role.not_allowed", registers.print_later_notes, 2026)


def test_an_annulment_made_before_the_closing_and_heard_after_it_needs_a_slip_too(counters):
    """Its clock says it was earlier; the bound pages cannot show it all the same."""
    one = counters(1)
    lot = day(one, 1)
    one.areas.signing.confirm(lot.lot, None)
    two = counters(2, founder=one)
    at(two, "2026-11-30 09:00")
    annul(two, row_of(two, FIRST).line)
    at(one, "2026-11-30 16:30")
    one.areas.registers.close_month(*MONTH, PIN)
    assert one.areas.registers.later_notes(2026) == ()
    give(two, one)
    (note,) = one.areas.registers.later_notes(2026)
    assert (note.number, note.printed) == (FIRST, False)
    give(one, two)
    two.sign_in(REGISTRAR)
    assert two.areas.registers.later_notes(2026) == (note,)
    assert row_of(one, FIRST).state == row_of(two, FIRST).state == "annulled"


def printer(counter, name: str) -> None:
    """What prints slips on this PC (A4 stands in for A5); "" for none."""
    with counter.work.store.write() as connection:
        for role in (PrinterRole.A5, PrinterRole.A4):
            device.put_setting(connection, printer_setting(role), name)


def slips(counter, *states: str) -> list[local.PrintJob]:
    with counter.work.store.read() as connection:
        return [job for job in local.print_jobs(connection, *states) if job.form == forms.BOUND_NOTE]


def test_a_slip_that_waits_is_asked_for_once_and_replaced_when_more_is_noted(bound):
    registers = bound.areas.registers
    for number in (FIRST, FIRST + 1):
        registers.note(row_of(bound, number).line, "đã báo người dân")
    printer(bound, "")
    registers.print_later_notes(2026)
    asked = [job.id for job in slips(bound)]
    at(bound, "2026-12-01 09:20")
    registers.print_later_notes(2026)
    assert [job.id for job in slips(bound)] == asked, "the second asking queues nothing"
    assert len(asked) == 2
    registers.note(row_of(bound, FIRST).line, "thêm một điều")
    registers.print_later_notes(2026)
    assert [job.id for job in slips(bound, "dropped")] == asked[:1], "a slip that says less goes"
    assert [job.subject for job in slips(bound)] == [
        row_of(bound, FIRST + 1).line, row_of(bound, FIRST).line,
    ]  # fmt: skip
    printer(bound, folder_printer(bound.folder / "papers"))
    assert "Đã in 2 phiếu" in registers.print_later_notes(2026)
    assert slips(bound) == []
    assert registers.years()[0].unprinted == 0


def test_a_slip_that_may_have_come_out_is_not_sent_again_by_itself(bound):
    registers = bound.areas.registers
    registers.note(row_of(bound, FIRST).line, "đã báo người dân")
    printer(bound, "")
    registers.print_later_notes(2026)
    (job,) = slips(bound)
    with bound.work.store.write() as connection:
        local.note_print(connection, job.id, "sent", 0, "A5")
    printer(bound, folder_printer(bound.folder / "papers"))
    before = bound.papers()
    assert "Xem giấy đã ra chưa" in registers.print_later_notes(2026)
    assert bound.papers() == before
    assert [(one.id, one.state) for one in slips(bound)] == [(job.id, "sent")]
    registers.note(row_of(bound, FIRST).line, "thêm một điều")
    assert "Xem giấy đã ra chưa" in registers.print_later_notes(2026)
    assert [(one.id, one.state) for one in slips(bound)] == [(job.id, "sent")], "a person says it first"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"secret": "111222"}, "pin.wrong", "secret"),
        ({"secret": ""}, "password.wrong", "secret"),
        ({"second_secret": "nhầm mật khẩu"}, "password.wrong", "password"),
    ],
)
def test_each_of_the_two_gives_his_own_secret(bound, change, code, field):
    line = row_of(bound, FIRST).line
    error = refused(code, bound.areas.registers.correct, correction(bound, line, **change))
    assert error.field == field
    assert bound.areas.registers.later_notes(2026) == ()
