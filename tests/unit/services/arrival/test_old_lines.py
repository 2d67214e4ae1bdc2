"""A year's earlier lines come in from a file: dry run, two persons, pieces, minutes, and the books agree."""

from __future__ import annotations

import os

import pypdfium2
import pytest

from counter_app.domain.certification.lines.annulment import AnnulmentAct, annul_line
from counter_app.domain.certification.lines.correction import Correction, correct_line
from counter_app.domain.errors import DomainError
from counter_app.domain.registers.spans import Span, overlap
from counter_app.services.arrival import writing
from counter_app.services.ports.arrival import LINES, LetIn
from counter_app.services.ports.register_years import YearForm
from counter_app.services.registers import month as month_module
from tests.support.counter import CHAIRMAN, PASSWORD, REGISTRAR, SIGNER, give
from tests.unit.services.arrival.files_of_old_books import HEAD, book, line
from tests.unit.services.test_registers_and_cash import numbered, refused

WORDS = "Sổ giấy quyển 03/2026, lưu tại Trung tâm"


def read(counter, path):
    counter.sign_in(REGISTRAR)
    return counter.areas.arrival.read_file(path, LINES)


def chosen(file) -> tuple[str, ...]:
    return tuple(column.role for column in file.columns)


def let_in(counter, file, **more) -> LetIn:
    given = {"words": WORDS, "second": counter.officials[SIGNER], "second_secret": PASSWORD, **more}
    return LetIn(file, chosen(file), **given)


def write_all(counter, path):
    """Everything; the last progress."""
    file = read(counter, path)
    progress = counter.areas.arrival.begin(let_in(counter, file))
    while not progress.is_complete:
        progress = counter.areas.arrival.write_piece(progress.arrival)
    return progress


def test_columns_are_proposed_from_the_headings_wherever_they_stand(counter, tmp_path):
    file = read(counter, book(tmp_path, line(1)))
    assert chosen(file) == ("number", "day", "name", "original", "signatory", "copies", "fee", "remarks")
    assert file.columns[3].heading == "Tên bản chính"
    assert file.columns[3].examples == ("Giấy khai sinh",)


def test_a_dry_run_names_every_wrong_cell_by_its_line_and_writes_nothing(counter, tmp_path):
    rows = (
        line(5), line(5), line(1776), line(7, "31/02/2026"), line(8, "05/06/2025"), line(9, copies=""),
        line(10, name=""), line(11, fee="bốn nghìn"), line(12, "21/11/2026"),
    )  # fmt: skip
    file = read(counter, book(tmp_path, *rows))
    before = counter.store.author
    dry = counter.areas.arrival.look(file, chosen(file))
    assert [(one.line, one.words) for one in dry.faults] == [
        (4, "số 05 có 2 dòng"),
        (5, "số 05 có 2 dòng"),
        (6, "số 1776 không thuộc sổ cũ: máy cấp từ số 1776"),
        (7, "ngày “31/02/2026” không đọc được"),
        (8, "ngày không thuộc năm 2026"),
        (9, "số lượng “” không đọc được"),
        (10, "chưa có họ tên"),
        (11, "số tiền “bốn nghìn” không đọc được"),
        (12, "ngày sau hôm nay"),
    ]
    refused("arrival.faults", counter.areas.arrival.begin, let_in(counter, file))
    assert counter.areas.arrival.unfinished() == ()
    assert counter.store.author == before


def test_lines_stand_in_the_book_marked_as_old_and_the_year_counts_them(counter, tmp_path):
    numbered(counter, 2)
    struck = line(1774, name="", paper="", copies="", fee="", note="Số gạch: viết nhầm")
    done = write_all(counter, book(tmp_path, line(1773, "02/11/2026"), struck, line(1775, "03/11/2026")))
    assert done.words == "Đã ghi 3 dòng từ sổ cũ “so-2026.csv”. Đã in biên bản."
    month = counter.areas.registers.month(2026, 11)
    assert [(row.number, row.state) for row in month.rows] == [
        (1773, "signed"), (1775, "signed"), (1776, "signed"), (1777, "signed"),
    ]  # fmt: skip
    assert month.rows[0].note == "Từ sổ cũ"
    march = counter.areas.registers.month(2026, 3)
    assert (march.rows[0].state, march.rows[0].note) == ("struck", "Số gạch: viết nhầm; Từ sổ cũ")
    (card,) = counter.areas.registers.years()
    assert "thiếu" not in " ".join(card.open_items)
    assert card.total.replace("\xa0", " ") == (
        "5 số = 4 đã ký + 1 gạch; 8 bản sao; 16.000 đ; trong đó 3 dòng từ sổ cũ"
    )


def test_what_the_file_leaves_out_is_said_and_is_no_hole(counter, tmp_path):
    file = read(
        counter, book(tmp_path, line(1, "05/01/2026"), line(1760, "02/11/2026"), line(1775, "19/11/2026"))
    )
    dry = counter.areas.arrival.look(file, chosen(file))
    assert dry.faults == ()
    assert dry.notes == ("1772 số của sổ cũ không có trong tệp, chỉ còn ở sổ giấy: 2-1759, 1761-1774.",)
    write_all(counter, file.path)
    numbered(counter, 1)
    counter.clock.forward(hours=24 * 10)
    counter.sign_in(REGISTRAR)
    assert counter.areas.registers.month(2026, 11).blocked == ""


def test_after_a_kill_between_pieces_it_goes_on_where_it_stopped(counter, tmp_path, monkeypatch):
    monkeypatch.setitem(writing.PIECE, LINES, 3)
    file = read(counter, book(tmp_path, *(line(number) for number in range(1, 9))))
    begun = counter.areas.arrival.begin(let_in(counter, file))
    assert counter.areas.arrival.write_piece(begun.arrival).written == 3
    counter.reopen()
    counter.sign_in(REGISTRAR)
    (left,) = counter.areas.arrival.unfinished()
    assert (left.written, left.planned, left.here) == (3, 8, True)
    while not left.is_complete:
        left = counter.areas.arrival.write_piece(left.arrival)
    assert [row.number for row in counter.areas.registers.month(2026, 3).rows] == list(range(1, 9))
    assert counter.areas.arrival.unfinished() == ()
    assert counter.work.kept_files("arrivals").names() == ()


def test_a_kill_behind_the_last_row_leaves_no_rows_of_citizens_on_the_disk(counter, tmp_path, monkeypatch):
    file = read(counter, book(tmp_path, line(3)))
    begun = counter.areas.arrival.begin(let_in(counter, file))
    with monkeypatch.context() as patched:
        patched.setattr(writing.Writing, "_ended", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            counter.areas.arrival.write_piece(begun.arrival)
    kept = counter.work.kept_files("arrivals")
    assert len(kept.names()) == 1
    counter.reopen()
    counter.sign_in(REGISTRAR)
    assert counter.areas.arrival.unfinished() == ()
    assert kept.names() == ()


def test_rows_that_no_entry_names_go_after_a_week(counter, tmp_path):
    file = read(counter, book(tmp_path, line(3)))
    refused("arrival.words", counter.areas.arrival.begin, let_in(counter, file, words=" "))
    kept = counter.work.kept_files("arrivals")
    counter.areas.arrival.unfinished()
    assert len(kept.names()) == 1
    for path in kept.folder.iterdir():
        old = counter.work.now() // 1000 - 8 * 86_400
        os.utime(path, (old, old))
    counter.areas.arrival.unfinished()
    assert kept.names() == ()


def test_rows_that_went_with_a_disk_come_back_with_the_very_file(counter, tmp_path, monkeypatch):
    monkeypatch.setitem(writing.PIECE, LINES, 1)
    path = book(tmp_path, line(3), line(4), line(5))
    begun = counter.areas.arrival.begin(let_in(counter, read(counter, path)))
    counter.areas.arrival.write_piece(begun.arrival)
    kept = counter.work.kept_files("arrivals")
    kept.drop(*kept.names())
    refused("arrival.rows_gone", counter.areas.arrival.write_piece, begun.arrival)
    other = read(counter, book(tmp_path, line(3), line(4), name="khac.csv"))
    refused("arrival.faults", counter.areas.arrival.begin, let_in(counter, other))

    file = read(counter, path)
    dry = counter.areas.arrival.look(file, chosen(file))
    assert (dry.faults, "ghi tiếp" in dry.notes[0]) == ((), True)
    left = counter.areas.arrival.begin(let_in(counter, file))
    assert (left.arrival, left.written, left.here) == (begun.arrival, 1, True)
    while not left.is_complete:
        left = counter.areas.arrival.write_piece(left.arrival)
    assert [row.number for row in counter.areas.registers.month(2026, 3).rows] == [3, 4, 5]


def test_the_same_file_is_let_in_once(counter, tmp_path):
    path = book(tmp_path, line(3))
    write_all(counter, path)
    file = read(counter, path)
    dry = counter.areas.arrival.look(file, chosen(file))
    assert [one.words for one in dry.faults] == ["số 03 đã có trên máy"]


def test_a_file_that_was_begun_is_not_begun_again(counter, tmp_path):
    file = read(counter, book(tmp_path, line(3)))
    counter.areas.arrival.begin(let_in(counter, file))
    refused("arrival.again", counter.areas.arrival.begin, let_in(counter, file))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"second": None}, "second.missing"),
        ({"second_secret": "sai mật khẩu"}, "password.wrong"),
        ({"words": " "}, "arrival.words"),
    ],
)
def test_two_persons_and_a_ground_stand_behind_a_file(counter, tmp_path, more, code):
    file = read(counter, book(tmp_path, line(3)))
    refused(code, counter.areas.arrival.begin, let_in(counter, file, **more))
    assert counter.areas.arrival.unfinished() == ()


def test_the_person_at_the_counter_is_not_his_own_second(counter, tmp_path):
    counter.sign_in(CHAIRMAN)
    file = counter.areas.arrival.read_file(book(tmp_path, line(3)), LINES)
    own = let_in(counter, file, second=counter.officials[CHAIRMAN])
    refused("second.same_person", counter.areas.arrival.begin, own)


def test_a_choice_of_columns_is_kept_for_the_next_file(counter, tmp_path):
    head = HEAD.replace("Tên bản chính", "Tài liệu").replace("Lệ phí", "Thu")
    file = read(counter, book(tmp_path, line(3), head=head))
    assert chosen(file)[3] == chosen(file)[6] == ""
    assert counter.areas.arrival.look(file, chosen(file)).lacking == ("Tên giấy tờ",)
    roles = tuple("original" if at == 3 else role for at, role in enumerate(chosen(file)))
    form = LetIn(file, roles, WORDS, counter.officials[SIGNER], PASSWORD)
    counter.areas.arrival.begin(form)
    assert chosen(read(counter, book(tmp_path, line(4), head=head)))[3] == "original"


def test_old_lines_reach_the_sibling_and_are_annulled_and_corrected_like_any(counters, tmp_path):
    one = counters(1)
    two = counters(2, founder=one)
    write_all(one, book(tmp_path, line(3), line(4)))
    give(one, two)
    two.sign_in(REGISTRAR)
    assert [row.number for row in two.areas.registers.month(2026, 3).rows] == [3, 4]
    told = two.areas.registers.history(two.areas.registers.month(2026, 3).rows[0].line)
    assert "Chép từ sổ cũ số 03/2026" in told[0]
    two.sign_in(REGISTRAR)
    with pytest.raises(DomainError) as caught:
        two.areas.arrival.begin(let_in(two, read(two, book(tmp_path, line(7)))))
    assert caught.value.code == "pen.elsewhere"


def test_minutes_come_out_as_a_paper(counter, tmp_path):
    write_all(counter, book(tmp_path, line(3), line(4)))
    assert any(path.name.startswith("arrival_minutes") for path in counter.papers())


def test_an_old_line_is_annulled_and_put_right_like_any_other(counter, tmp_path):
    write_all(counter, book(tmp_path, line(3), line(4)))
    first, other = (row.line for row in counter.areas.registers.month(2026, 3).rows)
    act = AnnulmentAct("12/QĐ-UBND", 20261120, "cấp sai")
    today = counter.work.day()
    desk = counter.areas.desk
    person, second = desk.require(), desk.second(counter.officials[SIGNER], PASSWORD)
    counter.store.append(annul_line(counter.state(first), act, today, person, second), desk.act(sealed=True))
    wrong = Correction(4, "Giấy chứng sinh", "ghi nhầm tên giấy")
    counter.store.append(correct_line(counter.state(other), wrong, person, second), desk.act(sealed=True))
    month = counter.areas.registers.month(2026, 3)
    assert [row.state for row in month.rows] == ["annulled", "signed"]
    assert "12/QĐ-UBND" in month.rows[0].note
    assert "Giấy chứng sinh" in month.rows[1].note


def test_a_rebuild_makes_the_same_books(counter, tmp_path):
    write_all(counter, book(tmp_path, line(3), line(4)))
    numbered(counter, 1)
    counter.sign_in(REGISTRAR)
    before = [counter.areas.registers.month(2026, month) for month in (3, 11)]
    with counter.store.write() as connection:
        counter.store.readings.rebuild(connection)
    assert [counter.areas.registers.month(2026, month) for month in (3, 11)] == before
    assert counter.areas.arrival.unfinished() == ()


def test_the_year_with_an_old_part_is_closed_and_its_sheet_says_where_the_rest_stands(counter, tmp_path):
    numbered(counter, 1)
    write_all(counter, book(tmp_path, line(3), line(1775, "19/11/2026")))
    counter.clock.forward(hours=24 * 41)
    counter.sign_in(REGISTRAR)
    for month in (3, 11):
        assert "Đã khóa sổ" in counter.areas.registers.close_month(2026, month, PASSWORD)
    form = YearForm("copy", 2026, PASSWORD, counter.officials[SIGNER], PASSWORD)
    assert "Đã khóa sổ năm 2026" in counter.areas.registers.close_year(form)
    (paper,) = [path for path in counter.papers() if path.name.startswith("year_closing")]
    text = " ".join(pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range().split())
    assert "từ số 03 đến số 1776" in text
    assert "2 dòng đã chép từ sổ cũ" in text
    assert "1.773 số còn lại chỉ ghi trong sổ giấy" in text


def test_a_hole_of_this_register_is_still_a_hole_beside_old_lines():
    """What lies from the register's first number on is asked for, whatever the old book holds."""
    rows = [1, 2, 1775, 1776, 1778]
    assert overlap(month_module._holes(rows), 1776, 1778) == (Span(1777, 1777),)
