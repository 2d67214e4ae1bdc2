"""Every look at personal data leaves one row; no row holds a name, a number or a word of a body."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports import reads
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.services.session.reads import SAME_LOOK_MS
from counter_app.storage.this_pc import read_log
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    MORNING,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    TECHNICIAN,
    take_in,
)

NAME = "Vàng Thị Dở"
NUMBER = "012186003417"
CANARIES = ("Vàng", "Dở", NUMBER, NUMBER[-4:], "Bản Hon", "0912", "Bằng tốt nghiệp")
FORM = RequestForm(
    person=PersonForm(
        id_number=NUMBER, name=NAME, birth="03/04/1986", address="Bản Hon 1", phone="0912000417"
    ),
    rows=(RowForm("bang 1x3", compared_at=MORNING),), pay="now",
)  # fmt: skip


def rows(counter) -> list[read_log.LoggedRead]:
    """Oldest first, whatever still waits included."""
    counter.store.settle_reads()
    with counter.store.read() as connection:
        assert read_log.read_log_intact(connection)
        return read_log.logged_reads(connection, 0, 2**62, 1_000)[::-1]


def ways(counter) -> list[str]:
    return [row.what for row in rows(counter)]


def looked(counter, look) -> list[read_log.LoggedRead]:
    """The rows that ``look`` adds."""
    before = len(rows(counter))
    look()
    return rows(counter)[before:]


@pytest.fixture
def request_id(counter):
    return counter.areas.copies.commit(FORM).request


def one(found, what, subject, who):
    assert [(row.what, row.subjects, row.official) for row in found] == [(what, (subject,), who)]


def test_a_request_opened_at_the_return_desk(counter, request_id):
    found = looked(counter, lambda: counter.areas.handover.find(NUMBER))
    one(found, reads.REQUEST, request_id, counter.officials[CLERK])


def test_a_person_found_by_number_or_card(counter, request_id):
    found = looked(counter, lambda: counter.areas.copies.known(NUMBER))
    (row,) = found
    assert (row.what, len(row.subjects)) == (reads.PERSON, 1)
    card = f"{NUMBER}||{NAME}|03041986|Nữ|Bản Hon 1|01012021"
    counter.clock.at += SAME_LOOK_MS + 1_000
    (scanned,) = looked(counter, lambda: counter.areas.home.scan(card))
    assert (scanned.what, scanned.subjects) == (reads.PERSON, row.subjects)


def test_nobody_found_is_no_look(counter):
    assert looked(counter, lambda: counter.areas.copies.known("012186999999")) == []
    assert looked(counter, lambda: counter.areas.home.search("khongco")) == []


def test_a_list_of_hits_names_each_of_them(counter, request_id):
    (row,) = looked(counter, lambda: counter.areas.home.search("vang do"))
    assert row.what == reads.SEARCH
    assert request_id in row.subjects
    assert row.shown == len(row.subjects) >= 2


def test_lists_of_work_pile_and_prints(counter, request_id):
    counter.areas.home.home()
    counter.sign_in(SIGNER)
    counter.areas.signing.pile()
    counter.areas.signing.detail(request_id)
    assert ways(counter)[-3:] == [reads.WORK_LIST, reads.PILE, reads.REQUEST]


def test_lots_lines_copies_and_the_month(counter, request_id):
    counter.sign_in(SIGNER)
    if counter.areas.signing.pen().paper_witness_needed:
        counter.areas.signing.confirm_witness(counter.areas.signing.pen().last_number, PIN)
    numbered = counter.areas.signing.number((request_id,), PIN)
    (lot,) = counter.areas.signing.lots()
    (row,) = looked(counter, lambda: counter.areas.signing.lot_lines(lot.lot))
    assert (row.what, row.shown) == (reads.LOT, 1)
    (history,) = looked(counter, lambda: counter.areas.registers.history(row.subjects[0]))
    one([history], reads.LINE, row.subjects[0], counter.officials[SIGNER])
    (month,) = looked(counter, lambda: counter.areas.registers.month(2026, 11))
    assert (month.what, month.shown, month.reason) == (reads.MONTH, 1, "2026-11")
    assert month.subjects == (counter.register,)
    assert numbered.sentence


def test_what_leaves_the_pc_is_written_down_each_time(counter, request_id):
    def twice():
        counter.areas.registers.export_pdf(2026, 11)
        counter.areas.registers.export_pdf(2026, 11)
        counter.areas.registers.export_excel(2026, 11)

    assert [row.what for row in looked(counter, twice)] == [
        reads.MONTH_PDF, reads.MONTH_PDF, reads.MONTH_EXCEL
    ]  # fmt: skip


def test_papers_that_came_out_and_previews(counter):
    found = looked(counter, lambda: counter.areas.copies.commit(FORM))
    printed = [row for row in found if row.what == reads.PRINT]
    with counter.store.read() as connection:
        (entries,) = connection.exec_driver_sql("SELECT count(*) FROM print_jobs WHERE state = 'done'").one()
        job = connection.exec_driver_sql("SELECT min(id) FROM print_jobs").scalar_one()
    assert len(printed) == entries > 0
    (row,) = looked(counter, lambda: counter.areas.papers.preview(job))
    assert row.what == reads.PREVIEW
    again = looked(counter, lambda: counter.areas.papers.reprint(job, "giấy kẹt"))
    assert [(row.what, row.reason) for row in again] == [(reads.PRINT, "")]


def test_the_row_of_a_print_is_in_the_prints_own_transaction(counter, monkeypatch):
    """No transaction is added to an act: the look goes with the entry ``Printed``."""
    begun = []
    inside = type(counter.store).write

    def counted(self):
        begun.append(1)
        return inside(self)

    counter.store.settle_reads()
    monkeypatch.setattr(type(counter.store), "write", counted)
    done = counter.areas.copies.commit(FORM)
    with_log = len(begun)
    begun.clear()
    monkeypatch.setattr(type(counter.areas.desk), "saw", lambda *a, **k: None)
    seen = tuple(replace(row, seen=("original.today",)) for row in FORM.rows)
    counter.areas.copies.commit(replace(FORM, rows=seen))
    assert done.request is not None
    assert with_log == len(begun)


def test_a_screen_drawn_again_is_one_look_and_later_another(counter, request_id):
    area = counter.areas.handover
    assert len(looked(counter, lambda: (area.find(NUMBER), area.find(NUMBER)))) == 1
    counter.clock.at += SAME_LOOK_MS + 1_000
    assert len(looked(counter, lambda: area.find(NUMBER))) == 1


def test_another_person_has_looks_of_his_own(counter, request_id):
    counter.areas.handover.find(NUMBER)
    counter.sign_in(REGISTRAR)
    (row,) = looked(counter, lambda: counter.areas.handover.find(NUMBER))
    assert row.official == counter.officials[REGISTRAR]


def test_the_same_person_after_a_lock_looks_anew(counter, request_id):
    counter.areas.handover.find(NUMBER)
    counter.areas.session.lock()
    counter.areas.session.sign_in(counter.officials[CLERK], PIN)
    assert len(looked(counter, lambda: counter.areas.handover.find(NUMBER))) == 1


def test_no_name_and_no_number_stands_in_the_log(counter, request_id):
    """The canary: everything is looked at, then the bytes of the table are searched."""
    areas = counter.areas
    (
        areas.home.home(),
        areas.home.search("vang do"),
        areas.handover.find(NUMBER),
        areas.handover.find("vang do"),
    )
    (
        areas.copies.known(NUMBER),
        areas.home.scan(NUMBER),
        areas.papers.waiting(),
        areas.copies.reopen(request_id),
    )
    areas.registers.month(2026, 11), areas.registers.export_excel(2026, 11)
    counter.sign_in(SIGNER)
    areas.signing.pile(), areas.signing.detail(request_id)
    assert len(rows(counter)) >= 9
    with counter.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM read_log").all()
    text = repr([tuple(row) for row in kept])
    assert [canary for canary in CANARIES if canary in text] == []


def test_heads_and_inspection_read_it_and_nobody_else(counter, request_id):
    counter.areas.handover.find(NUMBER)
    for login in (CLERK, REGISTRAR, TECHNICIAN):
        counter.sign_in(login)
        with pytest.raises(DomainError) as refused:
            counter.areas.reads.rows()
        assert refused.value.code.startswith("role.")
        with pytest.raises(DomainError):
            counter.areas.reads.intact()
    counter.sign_in(CHAIRMAN)
    found = [row for row in counter.areas.reads.rows() if row.what == reads.REQUEST]
    assert [(row.who, row.subjects, row.shown) for row in found] == [
        ("Lù Thị Mai (tập huấn)", ("01-0001",), 1)
    ]
    assert counter.areas.reads.intact()


def test_codes_stand_for_what_was_seen(counter, request_id):
    take_in(counter)
    counter.areas.home.search("vang do")
    counter.sign_in(CHAIRMAN)
    (row,) = [row for row in counter.areas.reads.rows() if row.what == reads.SEARCH]
    assert "01-0001" in row.subjects
    assert not any(canary in " ".join(row.subjects) for canary in CANARIES[:4])


def test_days_are_days_of_viet_nam(counter, request_id):
    counter.areas.handover.find(NUMBER)
    counter.clock.at += 24 * 3_600_000
    counter.areas.session.sign_in(counter.officials[CHAIRMAN], PASSWORD)
    assert [row for row in counter.areas.reads.rows(1) if row.what == reads.REQUEST] == []
    assert len([row for row in counter.areas.reads.rows(2) if row.what == reads.REQUEST]) == 1


def test_an_unlocking_keeps_its_reason(counter):
    areas = counter.areas
    areas.session.open_locked(
        counter.officials[CLERK], counter.officials[CHAIRMAN], PASSWORD, "quên mật khẩu"
    )
    (row,) = [row for row in rows(counter) if row.what == reads.OPEN_LOCKED]
    assert (row.reason, row.shown) == ("quên mật khẩu", 1)


def test_every_way_is_known_to_the_page():
    assert len(set(reads.WAYS)) == len(reads.WAYS)
    named = {value for name, value in vars(reads).items() if name.isupper() and isinstance(value, str)}
    assert named == set(reads.WAYS)
