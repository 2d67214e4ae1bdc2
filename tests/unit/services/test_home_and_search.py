"""Home, search from anywhere, what a scan is, and the offline check of a copy's code."""

from __future__ import annotations

import re

import pytest

from counter_app.domain.dates import short_date, vn_datetime
from counter_app.storage.this_pc import local
from sync.protocol.journals.copy_code import CopyCode, digest_of_words, read_copy_code, write_copy_code
from sync.protocol.naming.keys import SigningKey
from tests.support.counter import CLERK, PIN, SIGNER, give, person, take_in

CARD = "012086006812|123456789|Hoàng Văn Sơn|14031986|Nam|Bản Nà Khan|01012021"


def numbered(counter, *rows, confirm=True):
    counter.sign_in(CLERK)
    request = take_in(counter, *(rows or ("gks 1x2",))).request
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN)
    done = counter.areas.signing.number((request,), PIN)
    if confirm:
        counter.areas.signing.confirm(done.lot, None)
    with counter.store.read() as connection:
        content = local.print_job(connection, done.jobs[0]).content
    codes = [code.decode() for code in re.findall(rb"MC1:[A-Z2-7]+", content)]
    return done.lot, codes


def verdict(counter, code) -> str:
    found = counter.areas.home.check_copy(code)
    assert found.title
    return found.kind


def test_a_signed_copy_agrees_with_the_register(counter):
    _, codes = numbered(counter, "gks 1x2", "hb 24x1")
    found = counter.areas.home.check_copy(codes[1])
    assert (found.kind, found.title) == ("valid", "Bản sao đúng với sổ: số 1777/2026, ngày 20/11/2026.")
    assert ("Bản chính", "Học bạ") in found.fields


def test_before_ink_is_confirmed_it_is_not_called_valid(counter):
    _, codes = numbered(counter, confirm=False)
    assert verdict(counter, codes[0]) == "unconfirmed"


def test_a_struck_copy_is_told(counter):
    lot, codes = numbered(counter, confirm=False)
    counter.areas.signing.strike(counter.areas.signing.lot_lines(lot)[0].line, "pages", "")
    assert verdict(counter, codes[0]) == "struck"


def forged(counter, code: str, **changed) -> str:
    """The same code with other figures, signed by the real device: a paper changed after printing."""
    import msgspec

    told = msgspec.structs.replace(read_copy_code(code).code, **changed)
    return write_copy_code(told, counter.store.author.key)


def test_a_changed_figure_is_an_altered_copy(counter):
    _, codes = numbered(counter)
    assert verdict(counter, forged(counter, codes[0], copies=9)) == "altered"
    assert verdict(counter, forged(counter, codes[0], words=digest_of_words("Bằng tiến sĩ"))) == "altered"


def test_a_code_signed_by_anybody_else_is_altered(counter):
    _, codes = numbered(counter)
    told = read_copy_code(codes[0]).code
    assert verdict(counter, write_copy_code(told, SigningKey.fresh())) == "altered"


def test_a_number_not_yet_here_is_never_called_void(counter):
    _, codes = numbered(counter)
    found = counter.areas.home.check_copy(forged(counter, codes[0], number=1_900))
    assert (found.kind, found.title) == ("not_sent", "Chữ ký đúng; máy của xã chưa gửi về tỉnh.")


def test_a_number_below_the_book_is_unknown(counter):
    _, codes = numbered(counter)
    assert verdict(counter, forged(counter, codes[0], number=12)) == "unknown"


def test_any_counter_checks_offline_what_it_holds(counters, counter):
    other = counters(2, founder=counter)
    _, codes = numbered(counter)
    assert verdict(other, codes[0]) == "not_sent"
    give(counter, other)
    assert verdict(other, codes[0]) == "valid"


def test_a_device_nobody_here_knows_cannot_be_judged(counter):
    code = CopyCode("00000", 999 * 256 + 1, 1, 2026, 5, read_day(), 1, digest_of_words("x"))
    found = counter.areas.home.check_copy(write_copy_code(code, SigningKey.fresh()))
    assert (found.kind, found.title) == ("unknown", "Chưa kiểm tra được mã này.")


def read_day():
    from datetime import date

    return date(2026, 11, 20)


def test_a_copy_of_another_unit_needs_the_province(counter):
    _, codes = numbered(counter)
    found = counter.areas.home.check_copy(forged(counter, codes[0], unit="03390"))
    assert found.kind == "unknown"
    assert "03390" in found.title


@pytest.mark.parametrize(
    "text", ["", "hello", "MC1:", "MC1:!!!!", "MC9:AAAA", "MC1:" + "A" * 5_000, "\x00", CARD]
)
def test_whatever_is_scanned_gets_words(counter, text):
    found = counter.areas.home.check_copy(text)
    assert found.kind in ("unknown", "altered")
    assert found.title
    assert found.words


def test_one_flipped_letter_is_never_valid(counter):
    _, codes = numbered(counter)
    for place in range(4, len(codes[0]), 7):
        letter = "A" if codes[0][place] != "A" else "B"
        assert verdict(counter, codes[0][:place] + letter + codes[0][place + 1 :]) in ("altered", "unknown")


def test_a_scan_is_told_by_its_content(counter):
    from counter_app.domain.codes import parse_provisional

    request = take_in(counter).request
    code = counter.state(request).code
    scan = counter.areas.home.scan
    assert (scan(code).kind, scan(code).subject, scan(code).words) == ("request", request, "Phiếu 01-0001.")
    receipt = scan(parse_provisional(code).receipt_digits)
    assert (receipt.kind, receipt.subject) == ("receipt", request)
    card = scan(CARD)
    assert card.kind == "card"
    assert card.subject is not None
    assert card.words == "Thẻ căn cước: HOÀNG VĂN SƠN."
    assert scan("012086006812").kind == "card"
    assert scan(CARD[:20]).kind == "unknown"
    assert "Quét lại" in scan(CARD[:20]).words
    _, codes = numbered(counter)
    assert scan(codes[0].lower()).kind == "copy"
    assert scan("xin chào").kind == "unknown"


def test_a_slip_of_another_counter_says_that_it_is_not_here(counter):
    from datetime import date

    from counter_app.domain.codes import provisional_code

    code = provisional_code("00000", 7, 1, date(2026, 11, 20), 5).digits
    assert counter.areas.home.scan(code).words == "Phiếu 07-0005 chưa có trên máy này."


def test_search_finds_people_requests_numbers_and_commands(counter):
    numbered(counter, "gks 1x2")
    groups = {hit.group for hit in counter.areas.home.search("hoang son")}
    assert {"person", "request", "number"} <= groups
    assert [hit.title for hit in counter.areas.home.search("1776/2026")] == ["1776/2026"]
    assert counter.areas.home.search("chot quy")[0].target == "cash"
    assert counter.areas.home.search("so dang dung")[0].target == "arrival"
    assert counter.areas.home.search("su co")[0].target == "tickets"
    assert counter.areas.home.search("") == ()
    assert counter.areas.home.search("khongcoai") == ()


def test_a_receipt_leads_to_its_request(counter):
    request = take_in(counter).request
    from counter_app.domain.codes import parse_provisional

    code = parse_provisional(counter.state(request).code).receipt_digits
    assert [hit.subject for hit in counter.areas.home.search(code)] == [request]


def test_people_are_sorted_by_given_name(counter):
    for place, name in enumerate(("LÒ VĂN PÓ", "LÒ THỊ ÁNH", "LÒ A BẮC")):
        take_in(counter, who=person(name, f"01208600{place:04d}"))
    people = [hit.title for hit in counter.areas.home.search("lò") if hit.group == "person"]
    assert people == ["LÒ THỊ ÁNH", "LÒ A BẮC", "LÒ VĂN PÓ"]


def test_home_counts_and_orders_the_day(counter):
    take_in(counter, who=person("TẬP HUẤN A", "012086006901"))
    numbered(counter, confirm=True)
    counter.sign_in(CLERK)
    view = counter.areas.home.home()
    assert {tile.code: tile.value for tile in view.tiles} == {
        "overdue": "0", "due_today": "1", "ready": "1", "taken": "2", "on_time": "100,0%",
    }  # fmt: skip
    assert [(row.name, row.state) for row in view.rows] == [
        ("TẬP HUẤN A", "submitted"), ("HOÀNG VĂN SƠN", "ready"),
    ]  # fmt: skip
    assert view.rows[0].due_second.startswith("Còn 9 giờ")
    assert view.rows[0].due_kind == "warn"
    assert {tab[0]: tab[2] for tab in view.tabs if tab[2]} == {"todo": 2, "ready": 1}
    assert [row.name for row in counter.areas.home.home("ready").rows] == ["HOÀNG VĂN SƠN"]
    assert counter.areas.home.home("overdue").rows == ()


def test_overdue_is_counted_in_working_days(counter):
    take_in(counter)
    counter.clock.forward(hours=24 * 3)
    counter.sign_in(CLERK)
    row = counter.areas.home.home("overdue").rows[0]
    assert (row.due_second, row.due_kind, row.code_second) == ("Quá hạn 1 ngày", "bad", "20/11")
    assert counter.areas.home.badges()["home"] == 1


def test_the_side_card_is_calm_for_a_day_and_amber_after_it(counter):
    take_in(counter)
    side = counter.areas.home.home().side
    assert side.level == "info"
    assert side.words == "Đã lưu trên máy này, sẽ tự gửi khi có mạng."
    assert side.waiting > 0
    assert side.numbers_at == "tại máy này"
    counter.clock.forward(hours=50)
    counter.sign_in(CLERK)
    late = counter.areas.home.home().side
    assert late.level == "warn"
    assert late.title.startswith("Đã 2 ngày chưa gửi được")


def test_the_side_card_says_since_when_the_line_is_down(counter):
    take_in(counter)
    home = counter.areas.home
    since = counter.clock.now() - 149 * 60_000
    assert not home.home().side.down
    home.down_since = lambda: since
    side = home.home().side
    assert side.title == f"Mất mạng từ {vn_datetime(since):%H:%M}, vẫn làm việc bình thường"
    assert side.words == f"{side.waiting} mục đã lưu trên máy này, sẽ tự gửi khi có mạng."
    assert (side.down, side.level) == (True, "info")
    counter.clock.forward(hours=20)
    counter.sign_in(CLERK)
    assert f"từ {vn_datetime(since):%H:%M} {short_date(vn_datetime(since).date())}," in home.home().side.title
    counter.clock.forward(hours=30)
    counter.sign_in(CLERK)
    late = home.home().side
    assert (late.level, late.down) == ("warn", True)
    assert late.title.startswith("Đã 2 ngày chưa gửi được"), "age is said, not the line"


def test_badges_show_only_what_this_person_can_act_on(counter):
    take_in(counter)
    assert "signing" in counter.areas.home.badges() or counter.areas.home.badges() == {}
    counter.sign_in(SIGNER)
    assert counter.areas.home.badges()["signing"] == 1
    counter.areas.session.lock()
    assert counter.areas.home.badges() == {}


def test_a_draft_and_a_failed_print_are_reminders(counter):
    from counter_app.storage.this_pc import device
    from tests.support.counter import form

    with counter.store.write() as connection:
        device.put_setting(connection, "printer.strip", "")
    take_in(counter)
    counter.areas.copies.save_draft(form("gks"), 0)
    words = [text for _, text in counter.areas.home.home().reminders]
    assert words == ["1 bản in đang chờ", "1 nháp dở dang"]
