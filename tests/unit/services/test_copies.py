"""The copies counter on real stores: rows, money, notices, one transaction at F9, papers after it."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import decisions
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.copies import INFO, LOOK, STOP, PersonForm, RefusalForm, RequestForm, RowForm
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    SIGNER,
    TECHNICIAN,
    UNIT,
    form,
    person,
    take_in,
)

CARD = "012086006812|123456789|Hoàng Văn Sơn|14031986|Nam|Bản Nà Khan, xã Bình Lư, Lai Châu|01012021"


def view(counter, *rows, **more):
    return counter.areas.copies.view(form(*rows, **more))


def notice(seen, code):
    return next((n for n in seen.notices if n.code == code), None)


def refused(code, act, *values, **more) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values, **more)
    assert caught.value.code == code
    return caught.value


def entries(counter) -> int:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()


def test_the_scripted_five_rows_cost_what_the_law_says(counter):
    seen = view(counter, "bang 1x3", "hb 24x2", "cc 2x5", "gks 1x1", "qsdd 4x2")
    assert seen.total == 6_000 + 52_000 + 20_000 + 2_000 + 12_000
    assert (seen.originals, seen.copies) == (5, 13)
    assert [row.unit_price for row in seen.rows] == [2_000, 26_000, 4_000, 2_000, 6_000]


def test_photocopies_are_a_row_and_a_line_of_money_of_their_own(counter):
    seen = view(counter, "hb 24x2p", given="100")
    assert [(row.kind, row.amount) for row in seen.rows] == [("copy", 52_000), ("photocopy", 24_000)]
    assert [line.label for line in seen.money] == ["Phí chứng thực bản sao · 2 bản", "Photo · 48 trang"]
    assert (seen.total, seen.given, seen.change) == (76_000, 100_000, 24_000)


def test_photocopies_without_a_price_are_left_off_the_bill_by_choice_alone(counter):
    with counter.store.write() as connection:
        device.put_setting(connection, "price.photocopy", "")
    seen = view(counter, "hb 24x2p")
    asked = notice(seen, "photocopy.no_price")
    assert (asked.level, asked.row) == (LOOK, 0)
    assert "lãnh đạo ghi ở Cài đặt" in asked.detail
    assert (seen.can_commit, seen.total, [row.kind for row in seen.rows]) == (False, 52_000, ["copy"])
    typed = form("hb 24x2p")
    said = replace(typed, rows=(replace(typed.rows[0], seen=("photocopy.no_price",)),))
    done = counter.areas.copies.commit(said)
    (original,) = counter.state(done.request).originals
    assert (original.taken.photocopy_pages, original.taken.noticed) == (0, ("photocopy.no_price",))
    assert original.taken.note == "chưa có giá sao chụp, khoản photo không tính"


def test_a_transfer_is_taken_whole_and_not_in_the_drawer(counter):
    by_bank = replace(form("hb 24x2", given="500"), method="transfer")
    seen = counter.areas.copies.view(by_bank)
    assert (seen.total, seen.given, seen.change, seen.can_commit) == (52_000, 52_000, 0, True)
    counter.areas.copies.commit(by_bank)
    counter.areas.copies.commit(form("gks 1x1", given="100"))
    day = counter.areas.cash.day()
    assert (day.cash, day.transfer, day.expected - day.opening) == (2_000, 52_000, 2_000)


def test_a_province_fee_table_stands_before_the_shipped_one(counter):
    from counter_app.domain.drafting import draft
    from counter_app.domain.province.entries import DataPut
    from sync.protocol.naming.ids import SELF

    rule = {"kind": "certified_copy", "unit": "copy", "source": "x", "status": "unverified",
            "tiers": [{"per_page": 7000}]}  # fmt: skip
    content = json.dumps({"rules": [rule]}).encode()
    counter.store.append(
        [draft(DataPut("fees", 20260101, content, "tập huấn"), SELF)], counter.areas.desk.act()
    )
    assert view(counter, "gks 1x1").total == 7_000


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("gks 0x1", "Dòng 1: số trang phải từ 1 đến 999."),
        ("gks 10000x1", "Dòng 1: số trang phải từ 1 đến 999."),
        ("gks 1x0", "Dòng 1: số bản phải từ 1 đến 200."),
        ("gks 1x201", "Dòng 1: số bản phải từ 1 đến 200."),
    ],
)
def test_impossible_pages_and_copies_stop_with_the_words_of_the_screen(counter, row, title):
    seen = view(counter, row)
    assert [n.title for n in seen.notices if n.row == 0] == [title]
    assert not seen.can_commit


def test_a_row_that_was_not_compared_stops_and_names_itself(counter):
    half = replace(form("gks 1x1", "hb 2x1"), rows=(RowForm("gks 1x1", compared_at=1), RowForm("hb 2x1")))
    seen = counter.areas.copies.view(half)
    found = notice(seen, "original.not_compared")
    assert (found.title, found.row, found.level) == ("Dòng 2: chưa đánh dấu đã đối chiếu bản chính.", 1, STOP)
    before = entries(counter)
    refused("original.not_compared", counter.areas.copies.commit, half)
    assert entries(counter) == before


@pytest.mark.parametrize(
    ("person_form", "code"),
    [
        (person(number="01208600681"), "identity.length"),
        (person(number="01208600681x"), "identity.characters"),
        (person(name="  "), "name.empty"),
        (person(name="SƠN=CMD|' /C calc'!A0"), "name.character"),
        (person(birth="31/02/1998"), "date.impossible"),
        (person(birth="hôm qua"), "date.format"),
        (PersonForm(), "requester.identity"),
    ],
)
def test_bad_particulars_stop_in_words_and_write_nothing(counter, person_form, code):
    bad = form("gks 1x1", who=person_form)
    found = notice(counter.areas.copies.view(bad), code)
    assert found is not None
    assert found.level == STOP
    assert found.row == -1
    before = entries(counter)
    refused(code, counter.areas.copies.commit, bad)
    assert entries(counter) == before


@pytest.mark.parametrize(
    "text", ["", "\x00", "x" * 5_000, "hb", "24x2", "ck", "=1+1", "ẤẦẨ 1x", "🙂 1x1", "\u202ehb 1x1"]
)
def test_whatever_is_typed_in_a_row_is_only_ever_a_notice(counter, text):
    view(counter, text)


def test_words_for_31_february_and_for_11_digits(counter):
    assert notice(view(counter, who=person(birth="31/02/1998")), "date.impossible").title == (
        "Ngày 31/02/1998 không có trong lịch."
    )
    assert notice(view(counter, who=person(number="01208600681")), "identity.length").title == (
        "Số căn cước phải có 12 chữ số, hiện có 11."
    )


def test_an_old_card_is_looked_at_by_alt_enter_and_the_signatory_sees_it_too(counter):
    who = person(card_issued="20210101")
    seen = view(counter, "hb 1x1", "gks 1x1", "cc 2x5", who=who)
    found = notice(seen, "card.expired")
    assert (found.level, found.title) == (LOOK, "Dòng 3: thẻ căn cước hết hạn ngày 14/03/2026.")
    refused("notice.unseen", take_in, counter, "hb 1x1", "gks 1x1", "cc 2x5", who=who)
    rows = (*form("hb 1x1", "gks 1x1").rows, RowForm("cc 2x5", compared_at=1, seen=("card.expired",)))
    looked = RequestForm(who, rows)
    assert counter.areas.copies.view(looked).can_commit
    taken = counter.state(counter.areas.copies.commit(looked).request).originals[2].taken
    assert taken.noticed == ("card.expired",)
    assert "14/03/2026" in taken.note


def test_a_notice_seen_on_another_row_does_not_count(counter):
    who = person(card_issued="20210101")
    rows = (RowForm("hb 1x1", compared_at=1, seen=("card.expired",)), RowForm("cc 2x5", compared_at=1))
    refused("notice.unseen", counter.areas.copies.commit, RequestForm(who, rows))


def test_receiver_will_be_signatory_only_where_the_unit_warns(counter):
    counter.sign_in(SIGNER)
    me = counter.officials[SIGNER]
    assert notice(view(counter, "gks 1x1", signatory=me), "receiver.signs").level == LOOK
    counter.sign_in(CHAIRMAN)
    unit = unit_subject(UNIT)
    counter.areas.accounts.set_policy(unit, decisions.RECEIVER_SIGNS, "forbid")
    counter.sign_in(SIGNER)
    assert notice(view(counter, "gks 1x1", signatory=me), "receiver.signs").level == STOP
    counter.sign_in(CHAIRMAN)
    counter.areas.accounts.set_policy(unit, decisions.RECEIVER_SIGNS, "allow")
    counter.sign_in(SIGNER)
    assert notice(view(counter, "gks 1x1", signatory=me), "receiver.signs") is None


def test_short_cash_is_said_in_figures_and_commits_nothing(counter):
    found = notice(view(counter, "hb 24x2", given="50"), "money.short")
    assert found.title.replace("\xa0", " ") == "Tiền nhận 50.000 đ, còn thiếu 2.000 đ."
    before = entries(counter)
    refused("money.short", take_in, counter, "hb 24x2", given="50")
    assert entries(counter) == before


def test_paid_at_return_takes_no_money_and_gives_no_slip(counter):
    done = take_in(counter, "hb 24x2", pay="return")
    state = counter.state(done.request)
    assert (state.paid, state.to_pay) == (0, 52_000)
    assert [path.name for path in counter.papers()] == ["strip-1.pdf"]


def test_f9_says_the_short_code_and_prints_strip_and_slip(counter):
    done = take_in(counter, "hb 24x2", given="100")
    assert (done.short_code, done.sentence) == ("01-0001", "Đã lưu 01-0001, đã in phiếu.")
    assert [path.name for path in counter.papers()] == ["slip-2.pdf", "strip-1.pdf"]
    state = counter.state(done.request)
    assert (state.paid, state.to_pay, state.person is not None) == (52_000, 0, True)
    assert {form_name for form_name, _ in state.printed} == {"strip"}


def test_an_open_paper_book_gives_receipts_until_it_is_used_up(counters):
    from tests.support.counter import open_receipt_book

    counter = counters(1)
    open_receipt_book(counter, 41, 42)
    for _ in range(3):
        take_in(counter)
    assert [path.name.partition("-")[0] for path in counter.papers()] == [
        "receipt", "receipt", "slip", "strip", "strip", "strip",
    ]  # fmt: skip
    with counter.store.read() as connection:
        numbers = connection.exec_driver_sql(
            "SELECT number FROM receipts WHERE kind = 'receipt' ORDER BY id"
        ).all()
    assert [row[0] for row in numbers] == [41, 42]


def test_numbers_of_the_day_go_on_and_begin_again_the_next_day(counter):
    assert [take_in(counter).short_code for _ in range(3)] == ["01-0001", "01-0002", "01-0003"]
    counter.clock.forward(hours=72)
    counter.sign_in(CLERK)
    assert take_in(counter).short_code == "01-0001"


def test_a_person_is_recorded_once_and_a_typed_name_does_not_overwrite_his_record(counter):
    first = counter.state(take_in(counter).request).person
    again = counter.state(take_in(counter, who=person(name="HOÀNG VĂN SƠN NHẦM")).request)
    assert again.person == first
    assert again.requester.name == "HOÀNG VĂN SƠN NHẦM"
    assert counter.state(first).name == "HOÀNG VĂN SƠN"


def test_a_scanned_card_brings_his_record_up_to_date_but_keeps_the_phone(counter):
    take_in(counter, who=person(name="HOANG SON", phone="0912345678"))
    known = counter.areas.copies.read_card(CARD)
    assert known.person.phone == "0912345678"
    assert known.times_this_year == 1
    done = counter.areas.copies.commit(form("gks 1x1", who=known.person))
    record = counter.state(counter.state(done.request).person)
    assert (record.name, record.phone, record.changes) == ("HOÀNG VĂN SƠN", "0912345678", 1)


def test_a_returning_person_is_told_with_what_he_brought_and_can_take_it_again(counter):
    take_in(counter, "hb 24x2p", "gks 1x4")
    take_in(counter, "hb 24x2p", "gks 1x4")
    found = notice(view(counter, "gks 1x1"), "person.again")
    assert (found.level, found.title, found.detail) == (
        INFO, "Lần thứ 3 trong năm.", "Lần trước: học bạ, giấy khai sinh.",
    )  # fmt: skip
    assert counter.areas.copies.known("012 086 006 812").last_rows == ("hb 24x2p", "gks 1x4")
    assert counter.areas.copies.known("999") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CARD[:30], "card.incomplete"),
        ("Hoàng Văn Sơn|012086006812|14031986|Nam", "card.incomplete"),
        (CARD.replace("Sơn", "S\x07ơn"), "card.characters"),
        ("0" * 4_000, "card.length"),
        ("", "card.incomplete"),
    ],
)
def test_a_card_cut_reordered_or_damaged_is_refused_in_words(counter, text, code):
    error = refused(code, counter.areas.copies.read_card, text)
    assert error.title
    assert error.remedy
    assert "Sơn" not in str(error)


def test_a_card_with_its_marks_apart_is_composed(counter):
    import unicodedata

    known = counter.areas.copies.read_card(unicodedata.normalize("NFD", CARD))
    assert known.person.name == "HOÀNG VĂN SƠN"
    assert known.card_notes == ("Mã có dấu tách rời, đã ghép lại. Đối chiếu họ tên với thẻ.",)


def test_a_card_with_an_impossible_date_fills_the_rest_and_says_that_a_cell_is_missing(counter):
    number, old, name, _birth, *rest = CARD.split("|")
    bent = "|".join((number, old, name, "31021986", *rest))
    words = "Đọc được mã nhưng thiếu phần, kiểm tra lại từng ô."
    first = counter.areas.copies.read_card(bent)
    assert (first.person.name, first.person.birth, first.card_notes) == ("HOÀNG VĂN SƠN", "", (words,))
    take_in(counter)
    assert counter.areas.copies.read_card(bent).card_notes == (words,), "of a known person too"
    assert counter.areas.copies.read_card(CARD).card_notes == ()


def test_copies_and_signatures_of_one_form_are_one_request_one_slip_and_one_payment(counter):
    done = counter.areas.copies.commit(form("gks 1x4", "ck syll 1", given="50"))
    first = counter.state(done.request)
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT register, daily, paid FROM requests").all()
        originals = connection.exec_driver_sql("SELECT register, fee FROM originals ORDER BY place").all()
        receipts = connection.exec_driver_sql("SELECT amount, change FROM receipts").all()
        lines = connection.exec_driver_sql("SELECT kind, amount FROM receipt_lines ORDER BY place").all()
    assert [tuple(row) for row in rows] == [("copy", 1, 18_000)]
    assert first.registers == ("copy", "signature")
    assert [tuple(row) for row in originals] == [("copy", 8_000), ("signature", 10_000)]
    assert [tuple(row) for row in receipts] == [(18_000, 32_000)]
    assert [tuple(row) for row in lines] == [("copy_fee", 8_000), ("signature_fee", 10_000)]
    names = [path.name.partition("-")[0] for path in counter.papers()]
    assert sorted(names) == ["slip", "strip"]


def test_a_request_after_fifteen_hours_gets_an_appointment_for_monday(counter):
    counter.clock.forward(hours=7, minutes=31)
    counter.sign_in(CLERK)
    assert view(counter, "gks 1x1").due_text == "Hẹn 17:00 ngày 23/11/2026"
    take_in(counter)
    papers = {path.name.partition("-")[0]: path for path in counter.papers()}
    assert set(papers) == {"appointment", "slip", "strip"}
    said = PdfDocument(papers["appointment"])[0].get_textpage().get_text_range()
    assert "Nhận sau 15:00" in unicodedata.normalize("NFC", said), (
        "the hour of the rule that moved the promise"
    )


def paper_text(counter, name: str) -> str:
    papers = {path.name.partition("-")[0]: path for path in counter.papers()}
    said = PdfDocument(papers[name])[0].get_textpage().get_text_range()
    return unicodedata.normalize("NFC", said).replace("\r\n", " ")


def test_much_work_is_promised_two_working_days_later_with_its_ground_on_the_slip(counter):
    """Friday, 20 November 2026; the 24th is a holiday, so two working days end on the 25th."""
    counter.sign_in(CLERK)
    later = {"later_ground": "many_copies", "later_days": "2"}
    assert view(counter, "gks 1x20", **later).due_text == "Hẹn 17:00 ngày 25/11/2026"
    before = entries(counter)
    take_in(counter, "gks 1x20", **later)
    said = paper_text(counter, "appointment")
    assert "Gia hạn theo Điều 21: yêu cầu số lượng nhiều bản sao" in said
    assert "25 tháng 11 năm 2026" in said
    with counter.store.read() as connection:
        (row,) = connection.exec_driver_sql("SELECT extended, due_at FROM requests").all()
    assert (row[0], f"{vn_datetime(row[1]):%d/%m/%Y %H:%M}") == (1, "25/11/2026 17:00")
    assert entries(counter) > before


@pytest.mark.parametrize(
    ("days", "agreement", "code"),
    [("3", "", "extension.agreement"), ("0", "", "extension.range"), ("", "", "extension.range"),
     ("hai", "", "extension.range"), ("61", "số 7", "extension.range")],
)  # fmt: skip
def test_a_later_promise_beyond_the_law_stops_and_writes_nothing(counter, days, agreement, code):
    counter.sign_in(CLERK)
    before = entries(counter)
    form = {"later_ground": "complex", "later_days": days, "agreement": agreement}
    assert notice(view(counter, "gks 1x1", **form), code).level == STOP
    refused(code, take_in, counter, "gks 1x1", **form)
    assert entries(counter) == before


def test_by_written_agreement_it_may_be_longer(counter):
    counter.sign_in(CLERK)
    take_in(counter, "gks 1x1", later_ground="many_pages", later_days="5", agreement="số 7 ngày 20/11/2026")
    assert "thỏa thuận số 7 ngày 20/11/2026" in paper_text(counter, "appointment")


def test_at_fifteen_hours_it_is_still_today(counter):
    counter.clock.forward(hours=7, minutes=29, seconds=50)
    counter.sign_in(CLERK)
    assert view(counter, "gks 1x1").due_text == "Trả trong ngày, trước 17:00"


def test_a_printer_that_vanished_leaves_the_record_and_a_visible_job(counter):
    with counter.store.write() as connection:
        device.put_setting(connection, "printer.strip", "folder:/dev/null/khong-co")
    done = take_in(counter)
    assert done.sentence.startswith("Đã lưu 01-0001. Không ghi được vào Thư mục khong-co. Hồ sơ đã lưu.")
    waiting = counter.areas.papers.waiting()
    assert [(job.state, job.title) for job in waiting] == [("failed", "Phiếu 01-0001")]
    assert counter.state(done.request).printed == ()
    folder = f"folder:{counter.folder / 'papers'}"
    assert counter.areas.papers.print_job(waiting[0].job, folder).state == "printed"
    assert counter.areas.papers.waiting() == ()


def test_no_printer_chosen_is_said_and_nothing_is_lost(counter):
    with counter.store.write() as connection:
        device.put_setting(connection, "printer.strip", "")
    done = take_in(counter)
    assert "Chưa chọn máy in cho loại giấy này. Hồ sơ đã lưu." in done.sentence
    assert counter.state(done.request).paid == 4_000


def test_papers_are_printed_only_after_the_commit(counter, monkeypatch):
    from counter_app.services.papers import queue

    seen = []
    draw = queue.draw

    def looking(form_name, content, copy_number, own=None):
        with counter.store.read() as connection:
            seen.append(connection.exec_driver_sql("SELECT count(*) FROM requests").scalar())
        return draw(form_name, content, copy_number, own)

    monkeypatch.setattr(queue, "draw", looking)
    take_in(counter)
    assert seen == [1, 1]


def test_a_full_disk_is_told_and_nothing_is_half_written(counter, monkeypatch):
    before = entries(counter)

    def full(*_):
        raise StoreError("store.full")

    monkeypatch.setattr("counter_app.storage.journals.appending.write_entries", full)
    with pytest.raises(StoreError) as caught:
        take_in(counter)
    assert caught.value.code == "store.full"
    assert caught.value.remedy
    monkeypatch.undo()
    assert entries(counter) == before
    assert counter.areas.papers.waiting() == ()
    assert take_in(counter).short_code == "01-0001"


def test_the_draft_goes_in_the_same_transaction_as_its_act(counter, monkeypatch):
    counter.areas.copies.save_draft(form("gks 1x2"), 0)
    monkeypatch.setattr(
        "counter_app.services.copies.commit.strip_of",
        lambda *a, **k: (_ for _ in ()).throw(RuntimeError("fault")),
    )
    before = entries(counter)
    with pytest.raises(RuntimeError):
        take_in(counter)
    assert entries(counter) == before
    assert counter.areas.copies.load_draft() is not None
    monkeypatch.undo()
    take_in(counter)
    assert counter.areas.copies.load_draft() is None


def test_a_draft_survives_a_restart_and_is_dropped_on_wish(counter):
    counter.areas.copies.save_draft(form("hb 24x", compared=False), 0)
    counter.reopen()
    counter.sign_in(CLERK)
    assert counter.areas.copies.load_draft().rows[0].text == "hb 24x"
    counter.areas.copies.save_draft(None)
    assert counter.areas.copies.load_draft() is None


def test_a_draft_of_another_version_is_passed_over(counter):
    from counter_app.storage.this_pc import local

    with counter.store.write() as connection:
        local.save_draft(connection, counter.officials[CLERK], "copies", "", b'{"form": 3}', 1)
    assert counter.areas.copies.load_draft() is None


def test_who_has_no_right_takes_nothing_in(counter):
    counter.sign_in(TECHNICIAN)
    refused("role.not_allowed", take_in, counter)


def test_a_refusal_has_its_ground_and_paper_and_no_number(counter):
    done = counter.areas.copies.refuse(RefusalForm(person(), "bang", "altered", "Ngày cấp bị sửa bằng bút"))
    state = counter.state(done.request)
    assert (state.original_name, state.ground) == ("Bằng tốt nghiệp", "altered")
    assert [path.name.partition("-")[0] for path in counter.papers()] == ["refusal"]
    with counter.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM lines").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM requests").scalar() == 0


def test_a_diploma_is_not_refused_for_want_of_legalisation(counter):
    refused("ground.exempt", counter.areas.copies.refuse, RefusalForm(person(), "bang", "not_legalised"))


def test_six_grounds_are_offered_in_the_words_of_the_screen(counter):
    grounds = counter.areas.copies.grounds()
    assert len(grounds) == 6
    assert grounds[0].words.startswith("Không được chứng thực: bản chính bị tẩy xóa")


def test_the_header_shows_book_and_place_but_never_a_number(counter):
    assert counter.areas.copies.book_line() == ("Quyển số 03/2026-SCT/BS", "cấp số tại QUẦY-01")


def test_without_a_register_intake_goes_on(counters):
    counter = counters(1, register=False)
    assert counter.areas.copies.book_line() == ("Chưa mở sổ SCT/BS", "")
    assert take_in(counter).short_code == "01-0001"


def test_kinds_by_alias_name_and_last_used_first(counter):
    kinds = counter.areas.copies.kinds
    assert kinds("hb")[0].name == "Học bạ"
    assert kinds("giay khai sinh")[0].alias == "gks"
    assert kinds("") == ()
    take_in(counter, "qsdd 4x1", "hb 1x1")
    assert [kind.alias for kind in kinds("")] == ["qsdd", "hb"]


def test_signatories_with_an_act_fewest_waiting_first(counter):
    choices = counter.areas.copies.signatories()
    assert [choice.official for choice in choices] == [counter.officials[SIGNER]]
    take_in(counter, signatory=counter.officials[SIGNER])
    assert counter.areas.copies.signatories()[0].waiting == 1
    counter.clock.forward(hours=24 * 38)
    counter.sign_in(CLERK)
    assert "hết hiệu lực sau" in counter.areas.copies.signatories()[0].warning
    counter.clock.forward(hours=24 * 5)
    counter.sign_in(CLERK)
    assert counter.areas.copies.signatories() == ()


def test_the_preview_has_the_wording_and_no_number_or_date(counter):
    shown = counter.areas.copies.preview(form("hb 24x2", "gks 1x3"))
    text = "\n".join(shown.lines)
    assert shown.count == 5
    assert shown.medium == "overlay"
    assert "ĐÚNG VỚI BẢN CHÍNH" in text
    assert "KT. CHỦ TỊCH" in text
    assert "……" in text
    assert "1776" not in text
    assert "20/11" not in text


def test_the_strip_is_drawn_before_anything_is_committed(counter):
    before = entries(counter)
    assert counter.areas.copies.strip_preview(form("hb 24x2p"))[:8] == b"\x89PNG\r\n\x1a\n"
    assert entries(counter) == before


def test_listeners_hear_which_areas_changed(counter):
    heard = []
    counter.work.on_change(heard.append)
    take_in(counter)
    assert frozenset({"requests", "money", "prints", "people"}) in heard


def test_readings_live_and_rebuilt_agree_after_a_morning(counter):
    from counter_app.storage.readings.upkeep import compare_with_rebuilt

    take_in(counter, "hb 24x2p", "gks 1x1")
    counter.areas.copies.refuse(RefusalForm(person(), "bang", "damaged"))
    with counter.store.engine.connect() as plain:
        assert compare_with_rebuilt(plain) == ()
        plain.rollback()


def test_a_wrong_password_of_a_lapsed_account_is_no_way_in(counter):
    counter.areas.session.sign_out()
    with pytest.raises(DomainError):
        counter.areas.session.sign_in(counter.officials[CLERK], PASSWORD + "x")
