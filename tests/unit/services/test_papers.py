"""Jobs: visible until a person or a printer ends them, reprints marked, nothing printed twice by itself."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.papers import forms, queue
from counter_app.services.papers.queue import DIED
from counter_app.storage.this_pc import device, local
from tests.support.counter import take_in

STRIP = 1


def refused(code, act, *values):
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code


def no_printer(counter, role="strip"):
    with counter.store.write() as connection:
        device.put_setting(connection, f"printer.{role}", "")


def printed(counter) -> list[tuple[str, int, str]]:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT form, copy_no, reason FROM prints ORDER BY id").all()


def test_what_came_out_is_an_entry_with_its_pages(counter):
    done = take_in(counter)
    assert printed(counter) == [("strip", 1, ""), ("slip", 1, "")]
    assert counter.state(done.request).printed == (("strip", 1),)


def test_the_stub_counts_originals_and_copies_not_photocopies(counter):
    import pypdf

    take_in(counter, "hb 24x2p", "gks 1x3")
    text = pypdf.PdfReader(counter.folder / "papers" / "strip-1.pdf").pages[0].extract_text()
    assert "2 bản chính, 5 bản sao" in text


def test_a_reprint_needs_a_reason_and_is_marked(counter):
    take_in(counter)
    papers = counter.areas.papers
    refused("reprint.reason", papers.reprint, STRIP, " ")
    again = papers.reprint(STRIP, "kẹt giấy")
    assert (again.state, again.title) == ("printed", "Phiếu 01-0001, bản in lần 2")
    assert printed(counter)[-1] == ("strip", 2, "kẹt giấy")
    import pypdf

    text = pypdf.PdfReader(counter.folder / "papers" / f"strip-{again.job}.pdf").pages[0].extract_text()
    assert "Bản in lần 2" in text
    first = pypdf.PdfReader(counter.folder / "papers" / "strip-1.pdf").pages[0].extract_text()
    assert "Bản in lần" not in first
    assert "BẢN TẬP HUẤN" in first


def test_a_job_that_died_while_printing_waits_for_a_person(counter, monkeypatch):
    class Dies:
        name = "x"

        def print_pdf(self, *_):
            raise SystemExit

    monkeypatch.setattr(queue.printers, "find", lambda name: Dies())
    with pytest.raises(SystemExit):
        take_in(counter)
    monkeypatch.undo()
    counter.reopen()
    counter.sign_in("mai")
    waiting = counter.areas.papers.waiting()
    assert [(job.state, job.words) for job in waiting] == [("failed", DIED[0]), ("queued", "")]
    assert printed(counter) == []
    assert counter.areas.papers.print_job(waiting[0].job).state == "printed"


def test_a_job_is_dropped_with_a_reason_and_the_record_stays(counter):
    no_printer(counter)
    done = take_in(counter)
    refused("drop.reason", counter.areas.papers.drop, STRIP, "")
    counter.areas.papers.drop(STRIP, "dân không cần phiếu")
    assert counter.areas.papers.waiting() == ()
    assert counter.areas.papers.print_job(STRIP).state == "dropped"
    assert counter.state(done.request).paid == 4_000


def test_a_printed_job_is_not_printed_again_by_another_try(counter):
    take_in(counter)
    assert counter.areas.papers.print_job(STRIP).state == "printed"
    assert len([path for path in counter.papers() if path.name.startswith("strip")]) == 1


def test_one_jam_holds_the_same_printers_papers_in_order_and_no_others(counter):
    no_printer(counter)
    take_in(counter)
    take_in(counter)
    jobs = counter.areas.papers.waiting()
    tried = counter.areas.copies.queue.run([job.job for job in jobs])
    assert [job.state for job in tried] == ["failed", "failed"]
    assert [path.name for path in counter.papers()] == ["slip-2.pdf", "slip-4.pdf"]


def test_another_printer_may_be_chosen(counter):
    no_printer(counter)
    take_in(counter)
    other = counter.folder / "may-khac"
    view = counter.areas.papers.print_job(STRIP, f"folder:{other}")
    assert view.state == "printed"
    assert [path.name for path in other.iterdir()] == ["strip-1.pdf"]


def test_the_preview_is_the_paper(counter):
    take_in(counter)
    assert counter.areas.papers.preview(STRIP)[:4] == b"\x89PNG"
    with pytest.raises(IndexError):
        counter.areas.papers.preview(STRIP, 5)
    refused("job.unknown", counter.areas.papers.preview, 99)


@pytest.mark.parametrize("form_name", ["strip", "khac", ""])
def test_a_job_nobody_can_read_fails_in_words(counter, form_name):
    take_in(counter)
    with counter.store.write() as connection:
        request = local.print_job(connection, STRIP).subject
        job = local.queue_print(connection, form_name, "Hỏng", b"\xff\x00garbage", request, 1)
    with counter.store.write() as connection:
        device.put_setting(connection, "printer.a4", "folder:/tmp")
    view = counter.areas.papers.print_job(job, f"folder:{counter.folder / 'papers'}")
    assert view.state == "failed"
    assert view.words.startswith("Không đọc được bản in này.")


@pytest.mark.parametrize("name", ["-rf", "a\nb", "\x00"])
def test_a_name_that_is_no_printer_is_never_run(counter, name):
    no_printer(counter)
    take_in(counter)
    assert counter.areas.papers.print_job(STRIP, name).state == "failed"


def test_every_form_can_be_packed_and_drawn_again(counter):
    take_in(counter, "hb 24x2p")
    with counter.store.read() as connection:
        jobs = local.print_jobs(connection, "done")
    for job in jobs:
        assert forms.draw(job.form, job.content, 1)[:5] == b"%PDF-"


def test_other_papers_go_to_the_a4_printer_where_none_was_chosen_the_strip_never(counter):
    from counter_app.printing.jobs import PrinterRole
    from counter_app.services.papers import printers

    with counter.store.write() as connection:
        for role in PrinterRole:
            device.put_setting(connection, printers.printer_setting(role), "")
        device.put_setting(connection, "printer.a4", "HP")
        assert printers.chosen(connection, PrinterRole.A5) == "HP"
        assert printers.chosen(connection, PrinterRole.STRIP) == ""
