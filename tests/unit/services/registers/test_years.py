"""The year of a register: what keeps it open, its closing by two persons, its book, the next year."""

from __future__ import annotations

import gc
from datetime import datetime
from pathlib import Path

import pypdf
import pytest

from counter_app.domain.dates import vn_instant
from counter_app.printing.forms import year_book
from counter_app.services.ports.register_years import BookProgress, YearForm
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    TECHNICIAN,
    Counter,
    give,
)
from tests.unit.services.pen.office import FIRST, day, recover, refused

LAST = FIRST + 2


def at(counter: Counter, text: str, login: str = REGISTRAR) -> None:
    """The clock stands at a local time and somebody sits down."""
    counter.clock.at = vn_instant(datetime.fromisoformat(text))
    counter.sign_in(login)


def year_form(counter: Counter, second: str = SIGNER, **more) -> YearForm:
    given = {"kind": "copy", "year": 2026, "pin": PIN, "second": counter.officials[second]}
    return YearForm(**{**given, "second_secret": PASSWORD, **more})


def words_of(counter: Counter, pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())


@pytest.fixture
def year(counter):
    """Three numbers in November, one of them struck, confirmed; the month not closed."""
    lot = day(counter, 3)
    counter.areas.signing.strike(counter.areas.signing.lot_lines(lot.lot)[1].line, "differs", "mờ dấu")
    counter.areas.signing.confirm(lot.lot, None)
    return counter


@pytest.fixture
def bound(year):
    """November is bound on its last working day; the registrar sits there on 31/12."""
    at(year, "2026-11-30 16:30")
    year.areas.registers.close_month(2026, 11, PIN)
    at(year, "2026-12-31 16:55")
    return year


def test_a_year_is_closed_by_two_persons_and_its_paper_says_the_total_in_words(bound):
    before = set(bound.papers())
    said = bound.areas.registers.close_year(year_form(bound))
    assert said == ("Đã khóa sổ năm 2026 đến hết ngày 31/12/2026. Đã in trang khóa sổ và biên bản.")
    assert bound.state(bound.register).closed
    (paper,) = set(bound.papers()) - before
    told = words_of(bound, paper)
    assert "3 số, từ số 1776 đến số 1778 (bằng chữ: ba số), gồm 2 đã ký + 1 gạch" in told
    assert "Các số từ 01 đến 1775 ghi trong sổ giấy" in told
    assert "(bằng chữ: tám nghìn đồng)" in told
    assert "Khóa sổ ngày 31 tháng 12 năm 2026" in told
    assert "BIÊN BẢN KHÓA SỔ CHỨNG THỰC NĂM 2026" in told
    assert "1777 Số gạch Bản sao khác bản chính: mờ dấu" in told
    assert "Lò Thị Hoa (tập huấn)" in told
    assert "Vàng Văn Thăng (tập huấn)" in told
    refused("register.closed", bound.areas.registers.close_year, year_form(bound))
    (card,) = bound.areas.registers.years()
    assert card.closed
    assert card.open_items == ()


def test_closed_after_new_year_the_book_still_bears_the_last_day(bound):
    at(bound, "2027-01-04 08:10")
    before = set(bound.papers())
    bound.areas.registers.close_year(year_form(bound))
    (paper,) = set(bound.papers()) - before
    told = words_of(bound, paper)
    assert "Khóa sổ ngày 31 tháng 12 năm 2026" in told
    assert "Lập lúc 08 giờ 10 phút, ngày 04 tháng 01 năm 2027" in told


def test_each_open_thing_is_named_before_anybody_tries(year):
    day(year, 1)
    at(year, "2026-12-30 10:00")
    (card,) = year.areas.registers.years()
    assert card.open_items == (
        "chưa đến ngày 31/12/2026", "tháng 11 chưa khóa", "1 số chưa xác nhận ký",
    )  # fmt: skip
    error = refused("closing.blocked", year.areas.registers.close_year, year_form(year))
    for item in card.open_items:
        assert item in error.title
    assert not year.state(year.register).closed


def test_a_hole_and_a_silent_strike_in_the_store_are_found(bound):
    def store_says(sql: str) -> None:
        with bound.store.write() as connection:
            connection.exec_driver_sql(sql)

    store_says(f"UPDATE lines SET remarks = '' WHERE number = {FIRST + 1}")
    (card,) = bound.areas.registers.years()
    assert card.open_items == (f"số gạch {FIRST + 1} chưa có lý do",)
    store_says(f"DELETE FROM lines WHERE number = {LAST}")
    (card,) = bound.areas.registers.years()
    assert f"thiếu dòng của số {LAST}" in card.open_items, "the last number too, where no line follows"
    refused("closing.blocked", bound.areas.registers.close_year, year_form(bound))


def test_the_second_person_is_another_with_the_right_and_the_secret(bound):
    close = bound.areas.registers.close_year
    refused("second.same_person", close, year_form(bound, REGISTRAR))
    refused("role.not_allowed", close, year_form(bound, CLERK))
    refused("password.wrong", close, year_form(bound, second_secret="sai mật khẩu"))
    refused("pin.wrong", close, year_form(bound, pin="000000"))
    bound.sign_in(CLERK)
    refused("role.not_allowed", close, year_form(bound))
    bound.sign_in(TECHNICIAN)
    refused("role.not_allowed", bound.areas.registers.years)
    refused("role.not_allowed", bound.areas.registers.export_year, 2026)
    assert not bound.state(bound.register).closed
    bound.sign_in(REGISTRAR)
    seconds = {one.official for one in bound.areas.registers.closing_seconds()}
    assert seconds == {bound.officials[SIGNER], bound.officials[CHAIRMAN]}


def test_the_yearly_book_has_cover_months_notes_and_closing_sheet(bound):
    path = Path(bound.areas.registers.export_year(2026))
    told = words_of(bound, path)
    assert "CHƯA KHÓA SỔ NĂM" in told
    assert "TRANG KHÓA SỔ" not in told
    line = bound.areas.registers.month(2026, 11).rows[0].line
    bound.areas.registers.note(line, "Đã thu hồi một bản sao")
    bound.areas.registers.close_year(year_form(bound))
    told = words_of(bound, Path(bound.areas.registers.export_year(2026)))
    assert told.index("NĂM 2026") < told.index("Tháng 11 năm 2026") < told.index("GHI CHÚ BỔ SUNG")
    assert told.index("GHI CHÚ BỔ SUNG SAU") < told.index("TRANG KHÓA SỔ")
    assert "Đã khóa sổ đến hết ngày 31 tháng 12 năm 2026" in told
    assert "CHƯA IN" in told
    assert "Đã thu hồi một bản sao" in told


def test_the_book_tells_how_far_it_is_and_stops_without_leaving_a_file(bound):
    registers, progress = bound.areas.registers, BookProgress()
    path = Path(registers.export_year(2026, progress=progress))
    assert (progress.done, progress.total) == (2, 2), "reading, and one month"
    path.unlink()
    progress = BookProgress(stopped=True)
    refused("export.stopped", registers.export_year, 2026, "copy", progress)
    assert (path.exists(), progress.done) == (False, 1)
    assert not list(path.parent.glob("*.part"))


def test_the_collector_rests_while_a_book_is_written_and_works_again_even_when_stopped(bound, monkeypatch):
    seen = []
    drawn = year_book.render
    monkeypatch.setattr(year_book, "render", lambda *given: seen.append(gc.isenabled()) or drawn(*given))
    bound.areas.registers.export_year(2026)
    assert (seen, gc.isenabled()) == ([False], True)
    refused("export.stopped", bound.areas.registers.export_year, 2026, "copy", BookProgress(stopped=True))
    assert gc.isenabled()


def test_the_next_year_opens_in_december_where_the_pen_is_and_both_stand_side_by_side(bound, counters):
    at(bound, "2026-11-30 17:00")
    registers = bound.areas.registers
    assert registers.years()[0].next_why_not.startswith("Sổ năm 2027 mở được từ tháng 12")
    refused("register.too_early", registers.open_next_year, 2026)
    at(bound, "2026-12-01 08:00")
    other = counters(2, founder=bound)
    at(other, "2026-12-01 08:00")
    refused("pen.elsewhere", other.areas.registers.open_next_year, 2026)
    assert registers.years()[0].next_why_not == ""
    assert registers.open_next_year(2026) == (
        "Đã mở sổ SCT/BS năm 2027, bắt đầu từ số 01; cấp số từ ngày 01/01/2027."
    )
    refused("register.exists", registers.open_next_year, 2026)
    cards = registers.years()
    assert [(card.year, card.first, card.last, card.closed) for card in cards] == [
        (2027, 1, 0, False), (2026, FIRST, LAST, False),
    ]  # fmt: skip
    give(bound, other)
    other.sign_in(REGISTRAR)
    assert [card.year for card in other.areas.registers.years()] == [2027, 2026]


def test_numbers_settled_one_by_one_stand_in_the_minutes_and_in_the_closing(counters):
    one = counters(1)
    lot = day(one, 1)
    one.areas.signing.confirm(lot.lot, None)
    two = counters(2, founder=one)
    unseen = day(one, 1)
    recover(two, unseen.last)
    left = [one.number for one in two.areas.pen.unknown_numbers(two.register)]
    refused("settled.none", two.areas.registers.print_settlement, 2026, two.officials[SIGNER])
    for number in left:
        two.areas.pen.settle_void(two.register, number, f"BB {number}/2026")
    refused("second.same_person", two.areas.registers.print_settlement, 2026, two.officials[REGISTRAR])
    before = set(two.papers())
    said = two.areas.registers.print_settlement(2026, two.officials[SIGNER])
    assert said == "Đã in biên bản giải quyết số chưa rõ."
    (paper,) = set(two.papers()) - before
    told = words_of(two, paper)
    assert "BIÊN BẢN GIẢI QUYẾT SỐ CHỨNG THỰC CHƯA RÕ" in told
    assert all(f"{number} Hủy số BB {number}/2026" in told for number in left)
    lot = day(two, 1)
    two.areas.signing.confirm(lot.lot, None)
    at(two, "2026-11-30 16:30")
    two.areas.registers.close_month(2026, 11, PIN)
    at(two, "2026-12-31 16:30")
    before = set(two.papers())
    two.areas.registers.close_year(year_form(two))
    (paper,) = set(two.papers()) - before
    told = words_of(two, paper)
    assert f"2 đã ký + {len(left)} hủy số theo biên bản" in told
    assert f"{left[0]} Hủy số BB {left[0]}/2026" in told


def test_the_years_card_adds_up(year):
    year.sign_in(REGISTRAR)
    (card,) = year.areas.registers.years()
    assert card.total.replace("\xa0", " ") == "3 số = 2 đã ký + 1 gạch; 4 bản sao; 8.000 đ"
    assert [(m.month, m.first, m.last, m.numbers, m.closed) for m in card.months] == [
        (11, FIRST, LAST, 3, False)
    ]
    assert (card.holder, card.books, card.unprinted, card.settled) == ("QUẦY-01", "03", 0, 0)
