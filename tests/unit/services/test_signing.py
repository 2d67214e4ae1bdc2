"""The signing desk on real stores: checks, numbers, ink and seal, striking, the pen, the clock."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import decisions
from counter_app.domain.organisation import entries as o
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.signing import COMPLETE, MISSING, NEEDS_LOOK
from counter_app.storage.this_pc import device
from sync.protocol.naming.officials import verify_seal
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    LAST_ON_PAPER,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    UNIT,
    give,
    person,
    take_in,
)

FIRST = LAST_ON_PAPER + 1


def refused(code, act, *values, **more) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values, **more)
    assert caught.value.code == code
    return caught.value


def people(count: int):
    return [person(f"TẬP HUẤN {'ABCDEFGHIJ'[i]}", f"0120860068{i:02d}") for i in range(count)]


def pile(counter, count: int = 3, *rows: str):
    """Requests of different people; the signatory sits at the desk, the paper was looked at."""
    asked = tuple(
        take_in(counter, *(rows or ("gks 1x2", "hb 3x1")), who=who).request for who in people(count)
    )
    at_the_desk(counter)
    return asked


def at_the_desk(counter, login: str = SIGNER):
    counter.sign_in(login)
    pen = counter.areas.signing.pen()
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN)


def lines(counter):
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT number, state FROM lines ORDER BY number")
        return [(row[0], row[1]) for row in rows]


def count_entries(counter) -> int:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()


def test_a_pile_is_numbered_in_order_without_a_hole_and_printed_in_one_job(counter):
    asked = pile(counter, 3)
    done = counter.areas.signing.number(asked, PIN)
    assert (done.first, done.last, done.texts) == (FIRST, FIRST + 5, 9)
    assert done.sentence == "Đã cấp số 1776–1781, đã in 9 lời chứng."
    assert lines(counter) == [(FIRST + i, "numbered") for i in range(6)]
    import pypdf

    texts = pypdf.PdfReader(counter.folder / "papers" / f"certification-{done.jobs[0]}.pdf").pages
    shown = [page.extract_text() for page in texts]
    assert len(shown) == 9
    order = [next(n for n in range(FIRST, FIRST + 6) if f"Số chứng thực: {n} " in text) for text in shown]
    assert order == sorted(order)
    assert [order.count(FIRST), order.count(FIRST + 1)] == [2, 1]


def test_the_lot_is_sealed_by_the_signatory_and_names_its_act(counter):
    done = counter.areas.signing.number(pile(counter, 1), PIN)
    lot = counter.state(done.lot)
    assert (lot.signatory, lot.delegation, lot.under_own_key) == (
        counter.officials[SIGNER], counter.delegation, True,
    )  # fmt: skip
    from counter_app.storage.journals.journal import entry_at

    with counter.store.read() as connection:
        verify_seal(entry_at(connection, done.lot), counter.keys[SIGNER].public)


def test_a_wrong_pin_numbers_nothing(counter):
    asked = pile(counter, 1)
    before = count_entries(counter)
    refused("pin.wrong", counter.areas.signing.number, asked, "135791")
    assert count_entries(counter) == before
    assert lines(counter) == []


def test_the_banner_names_the_act_and_warns_in_its_last_week(counter):
    counter.sign_in(SIGNER)
    banner = counter.areas.signing.banner()
    assert banner.act == (
        "Ký theo Quyết định 47/QĐ-UBND ngày 03/11/2026 (phân công) · phạm vi: chứng thực bản sao, chữ ký"
        " · đến 31/12/2026"
    )
    assert banner.warning == ""
    counter.clock.forward(hours=24 * 36)
    counter.sign_in(SIGNER)
    assert "hết hiệu lực sau" in counter.areas.signing.banner().warning
    counter.sign_in(CLERK)
    assert counter.areas.signing.banner().act == ""


def test_in_a_new_year_without_its_register_nothing_is_numbered(counter):
    asked = pile(counter, 1)
    counter.clock.forward(hours=24 * 43)
    counter.sign_in(SIGNER)
    counter.areas.session.confirm_date(counter.clock.at)
    refused("register.none", counter.areas.signing.number, asked, PIN)


def test_an_act_that_was_ended_stops_the_numbers_at_once(counter):
    asked = pile(counter, 1)
    counter.sign_in(CHAIRMAN)
    desk = counter.areas.desk
    ended = decisions.end_delegation(desk.require(), counter.state(counter.delegation), 20261120, "nghỉ phép")
    counter.store.append(ended, desk.act(sealed=True))
    at_the_desk(counter)
    assert counter.areas.signing.pile()[0].check == MISSING
    signer = counter.officials[SIGNER]
    error = refused("delegation.missing", counter.areas.signing.number, asked, PIN, signatory=signer)
    assert error.remedy
    assert lines(counter) == []


def test_an_act_for_other_papers_does_not_cover_copies(counter):
    asked = pile(counter, 1)
    counter.sign_in(CHAIRMAN)
    desk = counter.areas.desk
    ended = decisions.end_delegation(
        desk.require(), counter.state(counter.delegation), 20261120, "đổi phạm vi"
    )
    counter.store.append(ended, desk.act(sealed=True))
    body = o.DelegationRecorded(
        "48/QĐ-UBND", 20261120, o.ASSIGNED, "KT.", ("signature",), 20261120, 0, "Phó Chủ tịch"
    )
    counter.areas.accounts.delegate(counter.officials[SIGNER], body)
    at_the_desk(counter)
    signer = counter.officials[SIGNER]
    refused("delegation.missing", counter.areas.signing.number, asked, PIN, signatory=signer)


def test_a_request_to_look_at_is_numbered_alone_and_never_in_a_lot(counter):
    first = take_in(counter, who=people(2)[0]).request
    twice = take_in(counter, who=people(2)[0]).request
    other = take_in(counter, who=people(2)[1]).request
    at_the_desk(counter)
    checks = {row.request: row.check for row in counter.areas.signing.pile()}
    assert checks == {first: NEEDS_LOOK, twice: NEEDS_LOOK, other: COMPLETE}
    assert any(
        "Trùng người và giấy tờ" in check.words for check in counter.areas.signing.detail(twice).checks
    )
    refused("lot.look", counter.areas.signing.number, (other, twice), PIN)
    assert counter.areas.signing.number((twice,), PIN).first == FIRST
    assert counter.areas.signing.number((other,), PIN).first == FIRST + 1


def test_the_doubles_of_one_person_inside_the_same_pile_are_seen(counter):
    who = people(1)[0]
    both = (take_in(counter, who=who).request, take_in(counter, who=who).request)
    at_the_desk(counter)
    refused("lot.look", counter.areas.signing.number, both, PIN)


def test_money_still_owed_is_looked_at_when_it_was_to_be_paid_now(counter):
    counter.sign_in(CLERK)
    request = take_in(counter, pay="return").request
    at_the_desk(counter)
    row = next(row for row in counter.areas.signing.pile() if row.request == request)
    assert row.check == COMPLETE
    assert row.content == "1 bản chính · 2 bản sao"


def test_an_empty_or_repeated_choice_is_refused(counter):
    asked = pile(counter, 1)
    refused("lot.empty", counter.areas.signing.number, (), PIN)
    refused("lot.twice", counter.areas.signing.number, (*asked, *asked), PIN)
    counter.areas.signing.number(asked, PIN)
    refused("lot.empty", counter.areas.signing.number, asked, PIN)


def test_nobody_else_numbers_without_the_units_leave(counter):
    asked = pile(counter, 1)
    at_the_desk(counter, REGISTRAR)
    refused("lot.own_key", counter.areas.signing.number, asked, PIN)
    counter.sign_in(CHAIRMAN)
    counter.areas.accounts.set_policy(unit_subject(UNIT), decisions.WHO_NUMBERS, "registrar")
    counter.sign_in(REGISTRAR)
    lot = counter.state(counter.areas.signing.number(asked, PIN).lot)
    assert (lot.signatory, lot.numbered_by, lot.under_own_key) == (
        counter.officials[SIGNER], counter.officials[REGISTRAR], False,
    )  # fmt: skip


def test_the_unit_may_want_a_list_for_the_hand_stamp(counter):
    counter.sign_in(CHAIRMAN)
    counter.areas.accounts.set_policy(unit_subject(UNIT), decisions.MEDIUM_OF_TEXTS, "stamp")
    counter.sign_in(CLERK)
    done = counter.areas.signing.number(pile(counter, 2), PIN)
    assert (counter.folder / "papers" / f"stamp_list-{done.jobs[0]}.pdf").exists()


def test_ink_and_seal_by_scan_then_the_rest_of_the_pile(counter):
    asked = pile(counter, 3)
    signing = counter.areas.signing
    lot = signing.number(asked, PIN).lot
    code = counter.state(asked[1]).code
    scanned = signing.lines_of_code(code)
    assert [line.request for line in scanned] == [asked[1], asked[1]]
    assert signing.confirm(lot, tuple(line.line for line in scanned)) == (
        "Đã xác nhận 2 số đã ký, đóng dấu. Còn 4 số."
    )
    row = signing.lots()[0]
    assert (row.numbers, row.content, row.confirmed, row.total) == ("Số 1776–1781", "6 số · 3 phiếu", 2, 6)
    assert signing.confirm(lot, None) == "Đã xác nhận 4 số đã ký, đóng dấu."
    assert signing.lots() == ()
    assert {state for _, state in lines(counter)} == {"signed"}
    refused("lines.none", signing.confirm, lot, None)
    refused("line.signed", signing.confirm, lot, (scanned[0].line,))


def test_a_copys_own_code_ticks_only_its_line(counter):
    import re

    from counter_app.storage.this_pc import local

    asked = pile(counter, 1)
    done = counter.areas.signing.number(asked, PIN)
    with counter.store.read() as connection:
        content = local.print_job(connection, done.jobs[0]).content
    second = re.findall(rb"MC1:[A-Z2-7]+", content)[1].decode()
    assert [line.number for line in counter.areas.signing.lines_of_code(second)] == [FIRST + 1]


def test_an_unsigned_paper_is_struck_and_its_number_stays_in_the_book(counter):
    asked = pile(counter, 2)
    signing = counter.areas.signing
    lot = signing.number(asked, PIN).lot
    line = signing.lot_lines(lot)[1].line
    refused("reason.unknown", signing.strike, line, "", "")
    refused("reason.words", signing.strike, line, "other", " ")
    assert signing.strike(line, "differs", "thiếu trang 3") == "Đã gạch số 1777/2026, số ở lại trong sổ."
    signing.confirm(lot, None)
    assert lines(counter)[1] == (FIRST + 1, "struck")
    refused("line.struck", signing.strike, line, "differs", "")
    counter.sign_in(CLERK)
    more = take_in(counter, who=people(4)[3]).request
    at_the_desk(counter)
    assert signing.number((more,), PIN).first == FIRST + 4


def test_a_signed_number_is_never_struck(counter):
    lot = counter.areas.signing.number(pile(counter, 1), PIN).lot
    counter.areas.signing.confirm(lot, None)
    line = counter.areas.signing.lot_lines(lot)[0].line
    refused("line.signed", counter.areas.signing.strike, line, "pages", "")


def test_a_slip_goes_back_to_the_clerk_with_a_reason_until_it_has_a_number(counter):
    asked = pile(counter, 2)
    signing = counter.areas.signing
    assert signing.return_to_clerk(asked[0], "pages", "") == "Đã trả phiếu 01-0001 về người tiếp nhận."
    assert [row.request for row in signing.pile()] == [asked[1]]
    refused("request.returned", signing.return_to_clerk, asked[0], "pages", "")
    signing.number((asked[1],), PIN)
    refused("request.numbered", signing.return_to_clerk, asked[1], "pages", "")
    counter.sign_in(CLERK)
    red = counter.areas.home.home().rows[0]
    assert (red.subject, red.due_second, red.due_kind, red.what_second) == (
        asked[0], "Bàn ký trả lại", "bad", "Sai số trang",
    )  # fmt: skip


def test_nine_reasons_and_five_queues_that_lots_never_cross(counter):
    assert len(counter.areas.signing.reasons()) == 9
    assert [tab.label for tab in counter.areas.signing.tabs()] == [
        "Chứng thực bản sao", "Chữ ký", "Giao dịch", "Hộ tịch", "Khác",
    ]  # fmt: skip
    copy = take_in(counter, who=people(2)[0]).request
    signature = take_in(counter, "ck syll 1", who=people(2)[1]).request
    at_the_desk(counter)
    assert [tab.count for tab in counter.areas.signing.tabs()] == [1, 1, 0, 0, 0]
    refused("lot.kinds", counter.areas.signing.number, (copy, signature), PIN)


def test_a_printer_that_fails_leaves_the_numbers_and_the_job(counter):
    asked = pile(counter, 1)
    with counter.store.write() as connection:
        device.put_setting(connection, "printer.copies", "")
        device.put_setting(connection, "printer.a4", "")
    done = counter.areas.signing.number(asked, PIN)
    assert done.sentence == "Đã cấp số 1776–1777. Chưa chọn máy in cho loại giấy này. Hồ sơ đã lưu."
    assert [job.title for job in counter.areas.papers.waiting()] == ["Lời chứng số 1776-1777/2026"]
    assert len(lines(counter)) == 2
    refused("lot.empty", counter.areas.signing.number, asked, PIN)


def test_nothing_is_numbered_when_the_text_cannot_be_queued(counter, monkeypatch):
    asked = pile(counter, 2)
    before = count_entries(counter)
    monkeypatch.setattr("counter_app.services.signing.numbering.texts_of", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        counter.areas.signing.number(asked, PIN)
    assert count_entries(counter) == before
    assert lines(counter) == []
    monkeypatch.undo()
    assert counter.areas.signing.number(asked, PIN).first == FIRST


def test_after_a_start_the_paper_is_looked_at_before_the_first_number(counter):
    asked = pile(counter, 2)
    counter.areas.signing.number((asked[0],), PIN)
    counter.reopen()
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    assert pen.paper_witness_needed
    assert pen.last_number == FIRST + 1
    refused("pen.witness", counter.areas.signing.number, (asked[1],), PIN)
    error = refused("pen.witness_differs", counter.areas.signing.confirm_witness, FIRST + 9, PIN)
    assert "gọi kỹ thuật viên" in error.remedy
    refused("pen.witness", counter.areas.signing.number, (asked[1],), PIN)
    counter.areas.signing.confirm_witness(FIRST + 1, PIN)
    assert not counter.areas.signing.pen().paper_witness_needed
    assert counter.areas.signing.number((asked[1],), PIN).first == FIRST + 2


def test_another_holder_heard_from_spares_the_paper(counter):
    counter.work.heard = True
    counter.sign_in(SIGNER)
    assert not counter.areas.signing.pen().paper_witness_needed


@pytest.mark.parametrize("years", [-17, 73])
def test_a_clock_in_2009_or_2099_numbers_nothing_until_the_date_is_confirmed(counter, years):
    asked = pile(counter, 2)
    counter.areas.signing.number((asked[0],), PIN)
    true_time = counter.clock.at
    counter.clock.forward(hours=24 * 365.25 * years)
    counter.sign_in(SIGNER)
    before = lines(counter)
    with pytest.raises(DomainError):
        counter.areas.signing.number((asked[1],), PIN)
    assert lines(counter) == before
    counter.areas.session.confirm_date(true_time)
    counter.sign_in(SIGNER)
    counter.areas.signing.number((asked[1],), PIN)
    assert len(lines(counter)) == 4
    assert {row.day for row in counter.areas.registers.month(2026, 11).rows} == {20261120}


def test_more_than_36_hours_without_any_proof_of_the_date_ask_the_signatory(counter):
    asked = pile(counter, 1)
    counter.clock.forward(hours=72)
    counter.sign_in(SIGNER)
    assert counter.areas.signing.pen().date_confirmation_needed
    refused("clock.unproved", counter.areas.signing.number, asked, PIN)
    counter.sign_in(REGISTRAR)
    counter.sign_in(CLERK)
    refused("role.not_allowed", counter.areas.signing.confirm_witness, FIRST - 1, PIN)
    counter.sign_in(SIGNER)
    counter.areas.signing.confirm_witness(FIRST - 1, PIN)
    assert counter.areas.signing.number(asked, PIN).first == FIRST
    with counter.store.read() as connection:
        seal = connection.exec_driver_sql("SELECT length(seal) FROM entries WHERE kind = 8").scalar()
    assert seal == 64


def test_without_the_pen_the_words_say_where_numbers_are_given(counters, counter):
    other = counters(3, founder=counter)
    take_in(other)
    other.sign_in(SIGNER)
    pen = other.areas.signing.pen()
    assert (pen.here, pen.holder) == (False, "QUẦY-01")
    assert pen.words == "Cấp số tại QUẦY-01. Nhập được, số có khi trình ký."
    asked = tuple(row.request for row in other.areas.signing.pile())
    error = refused("pen.elsewhere", other.areas.signing.number, asked, PIN)
    assert error.title == "Quyền cấp số đang ở QUẦY-01."
    assert other.areas.copies.book_line() == ("Quyển số 03/2026-SCT/BS", "cấp số tại QUẦY-01")


def test_the_pen_goes_by_file_to_the_signing_desk_which_numbers_all_counters_requests(
    counters, counter, tmp_path
):
    desk = counters(3, founder=counter)
    give(desk, counter)
    asked = pile(counter, 2)
    counter.areas.signing.number((asked[0],), PIN)
    refused("export.none", counter.areas.signing.pass_pen_to_file, 3, str(tmp_path))
    counter.work.export = lambda folder: "goi-01.mcx"
    refused("counter.unknown", counter.areas.signing.pass_pen_to_file, 9, str(tmp_path))
    assert counter.areas.signing.pass_pen_to_file(3, str(tmp_path)) == "goi-01.mcx"
    refused("pen.elsewhere", counter.areas.signing.number, (asked[1],), PIN)
    assert counter.areas.signing.pen().holder == "BÀN KÝ"
    give(counter, desk)
    desk.clock.at = counter.clock.at
    at_the_desk(desk)
    assert desk.areas.signing.number((asked[1],), PIN).first == FIRST + 2


def test_a_request_is_found_by_its_slip_its_receipt_and_its_short_code(counter):
    from counter_app.domain.codes import parse_provisional

    asked = pile(counter, 2)
    signing = counter.areas.signing
    code = counter.state(asked[1]).code
    for text in (code, parse_provisional(code).receipt_digits, "01-0002", f" {code} \r"):
        assert signing.request_of_code(text) == asked[1]
    for text in ("", "01-0009", "x" * 4_000, "12345678901234567890", "MC1:AAAA"):
        assert signing.request_of_code(text) is None


def test_the_right_pane_says_who_compared_and_when(counter):
    asked = pile(counter, 1)
    detail = counter.areas.signing.detail(asked[0])
    assert detail.lines[0].second_line == "Đối chiếu: Lù Thị Mai (tập huấn) 07:30"
    assert detail.lines[1].quantity == "3 tr × 1"
    assert all(check.passed for check in detail.checks)


def test_readings_live_and_rebuilt_agree_after_numbers(counter):
    from counter_app.storage.readings.upkeep import compare_with_rebuilt

    lot = counter.areas.signing.number(pile(counter, 3), PIN).lot
    line = counter.areas.signing.lot_lines(lot)[2].line
    counter.areas.signing.strike(line, "pages", "")
    counter.areas.signing.confirm(lot, None)
    with counter.store.engine.connect() as plain:
        assert compare_with_rebuilt(plain) == ()
        plain.rollback()


def test_a_key_closed_by_the_next_day_needs_the_password(counter):
    asked = pile(counter, 1)
    counter.clock.forward(hours=17)
    refused("session.key_closed", counter.areas.signing.number, asked, PIN)
    counter.areas.session.sign_in(counter.officials[SIGNER], PASSWORD)
    assert counter.areas.signing.number(asked, PIN).first == FIRST
