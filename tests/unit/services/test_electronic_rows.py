"""Electronic copies at the counter: one row, its fee, its register; never in a pile of paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from tests.support.counter import CLERK, SIGNER, Counter, form, open_register, take_in
from tests.support.soft_token import a_pdf


def test_a_row_of_an_electronic_copy_is_one_file_of_so_many_pages(counter: Counter) -> None:
    seen = counter.areas.copies.view(form("dt gks 3"))
    (row,) = seen.rows
    assert (row.kind, row.pages, row.copies, row.amount) == (ELECTRONIC, 3, 1, 5_000)
    assert seen.money[0].label == "Phí chứng thực bản sao · 1 bản"
    assert seen.can_commit


def test_paper_and_file_of_one_person_are_one_slip_in_two_registers(counter: Counter) -> None:
    open_register(counter, ELECTRONIC, "SCTĐT/BS", 0)
    counter.sign_in(CLERK)
    done = take_in(counter, "dt gks 1", "gks 1x2")
    state = counter.state(done.request)
    assert [state.register_of(one) for one in state.originals] == [ELECTRONIC, "copy"]
    assert state.register == "copy"
    counter.sign_in(SIGNER)
    (paper,) = counter.areas.signing.pile("copy")
    (file,) = counter.areas.signing.pile(ELECTRONIC)
    assert (paper.content, file.content) == ("1 bản chính · 2 bản sao", "1 tệp ký số")
    (line,) = counter.areas.signing.detail(done.request, ELECTRONIC).lines
    assert line.second_line.startswith("Đối chiếu:")


def test_a_slip_sent_back_shows_the_row_as_it_was_typed(counter: Counter) -> None:
    done = take_in(counter, "dt gks 4")
    counter.sign_in(SIGNER)
    counter.areas.signing.return_to_clerk(done.request, "pages", "")
    counter.sign_in(CLERK)
    assert [row.text for row in counter.areas.copies.reopen(done.request).rows] == ["dt gks 4"]


def test_the_scan_of_a_row_goes_with_its_original(counter: Counter, tmp_path: Path) -> None:
    open_register(counter, ELECTRONIC, "SCTĐT/BS", 0)
    counter.sign_in(CLERK)
    scan = counter.areas.digital.take_scan(a_pdf(tmp_path / "scan.pdf", pages=2))
    typed = form("gks 1x2", "dt gks 1", "dt hb 2")
    rows = (*typed.rows[:2], replace(typed.rows[2], scan=scan.digest, scan_pages=scan.pages))
    whole = replace(typed, rows=rows)
    seen = counter.areas.copies.view(whole)
    assert [row.second_line for row in seen.rows] == [
        "", "Chưa có tệp quét: Ctrl+O", "Tệp quét 2 trang",
    ]  # fmt: skip
    done = counter.areas.copies.commit(whole)
    counter.sign_in(SIGNER)
    waiting = counter.areas.digital.waiting()
    assert [(one.request, one.original, one.scan_pages) for one in waiting] == [
        (done.request, 1, 0), (done.request, 2, 2),
    ]  # fmt: skip
