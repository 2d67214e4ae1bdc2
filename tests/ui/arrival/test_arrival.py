"""The page of arrival by keys: figures in one act, a file looked at before it is let in, a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.errors import DomainError
from counter_app.services.ports.arrival import RegisterOpening, RowFault
from counter_app.ui.screens.arrival import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.arrival import FakeArrival
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, nameless, press, too_big

Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeArrival, *, files: bool = False) -> Desk:
        desks.append(Desk(themed, ENTRY, {"arrival": port}, frozenset({"close_books"})))
        desk = desks[-1].show()
        if files:
            press(desk, (KEY.Key_2, CTRL))
        return desk

    yield sit
    for desk in desks:
        desk.close()
    themes.apply(themed, Theme())


def texts(desk: Desk) -> str:
    return "\n".join(one.text() for one in desk.view.findChildren(QLabel) if one.isVisible())


def chosen_file(desk: Desk) -> None:
    desk.view.take_file("/tmp/so-2026.xlsx")
    desk.settle()


def fill_figures(desk: Desk) -> None:
    card = desk.view.figures
    card.registers[0].last.fill("212")
    card.registers[0].book.fill("1")
    card.form_number.fill("640")
    card.cash.fill("350.000")
    card.words.fill("Sổ giấy đang dùng")
    card.two.secret.fill("246810")


def test_what_is_open_is_said_and_the_rest_is_asked(seat: Seat) -> None:
    desk = seat(FakeArrival())
    assert "SCT/BS: đã mở, máy cấp từ số 1776" in texts(desk)
    assert [row.known.kind for row in desk.view.figures.registers] == [
        "signature", "translator", "transaction", "electronic",
    ]  # fmt: skip


def test_f9_takes_all_figures_in_one_act_and_empty_rows_open_nothing(seat: Seat) -> None:
    port = FakeArrival()
    desk = seat(port)
    fill_figures(desk)
    press(desk, KEY.Key_F9)
    (form,) = port.forms
    assert form.registers == (RegisterOpening("signature", 212, 1),)
    assert (form.receipts, form.last_form, form.cash, form.second) == (None, 640, 350_000, EntryId(1, 11))
    assert "Đã in biên bản" in bar(desk)
    assert desk.view.figures.two.typed() == ""


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("form_number", "", "Ô này chưa nhập."),
        ("form_number", "sáu", "Chỉ nhập số."),
        ("words", "", "Ô này chưa nhập."),
    ],
)
def test_a_field_that_is_wrong_stops_f9_and_says_so(seat: Seat, field: str, typed: str, words: str) -> None:
    port = FakeArrival()
    desk = seat(port)
    fill_figures(desk)
    getattr(desk.view.figures, field).fill(typed)
    press(desk, KEY.Key_F9)
    assert port.forms == []
    assert getattr(desk.view.figures, field).error() == words


def test_half_a_register_or_half_a_receipt_book_is_not_taken(seat: Seat) -> None:
    port = FakeArrival()
    desk = seat(port)
    fill_figures(desk)
    desk.view.figures.registers[1].last.fill("9")
    desk.view.figures.symbol.fill("AA-26P")
    press(desk, KEY.Key_F9)
    assert port.forms == []
    assert desk.view.figures.registers[1].book.error()
    assert desk.view.figures.final.error()


def test_a_refusal_stands_at_its_field(seat: Seat) -> None:
    port = FakeArrival()
    port.refusal = DomainError("Số cuối chưa đúng.", field="last_form", code="arrival.last_form")
    desk = seat(port)
    fill_figures(desk)
    press(desk, KEY.Key_F9)
    assert desk.view.figures.form_number.error() == "Số cuối chưa đúng."


def test_a_counter_that_has_its_figures_takes_no_others(seat: Seat) -> None:
    port = FakeArrival(taken=True)
    desk = seat(port)
    fill_figures(desk)
    press(desk, KEY.Key_F9)
    assert port.forms == []


def test_a_file_is_looked_at_and_nothing_is_written_before_f9(seat: Seat) -> None:
    port = FakeArrival()
    desk = seat(port, files=True)
    chosen_file(desk)
    assert "3 dòng, số 01–03; 6 bản; 12.000 đ" in texts(desk)
    assert "so-2026.xlsx: 3 dòng" in texts(desk)
    assert [picker.currentText() for picker in desk.view.files.pickers][:2] == [
        "Số chứng thực",
        "Ngày chứng thực",
    ]
    assert port.let_in == []


def test_a_column_that_is_chosen_is_taken_from_where_it_stood(seat: Seat) -> None:
    port = FakeArrival()
    desk = seat(port, files=True)
    chosen_file(desk)
    desk.view.model.choose(6, "copies")
    desk.settle()
    assert port.looked[-1] == ("number", "day", "name", "original", "signatory", "", "copies", "remarks")
    assert desk.view.files.pickers[5].currentText() == "Bỏ qua"
    desk.view.model.choose(6, "")
    desk.settle()
    assert "Chọn cột cho: Số bản." in texts(desk)
    assert not desk.view.files.commit.isEnabled()


def test_faults_are_listed_by_their_line_and_f9_waits(seat: Seat) -> None:
    port = FakeArrival()
    port.faults = (RowFault(5, "Ngày chứng thực", "ngày “31/02” không đọc được"),)
    desk = seat(port, files=True)
    chosen_file(desk)
    model = desk.view.files.faults
    assert [model.cell(0, column).text for column in range(3)] == [
        "5", "Ngày chứng thực", "ngày “31/02” không đọc được",
    ]  # fmt: skip
    press(desk, KEY.Key_F9)
    assert port.let_in == []


def test_f9_lets_the_file_in_and_writes_piece_after_piece(seat: Seat) -> None:
    port = FakeArrival()
    desk = seat(port, files=True)
    chosen_file(desk)
    desk.view.files.words.fill("Sổ giấy quyển 03")
    desk.view.files.two.secret.fill("246810")
    press(desk, KEY.Key_F9)
    assert port.written == 3
    assert port.let_in[0].words == "Sổ giấy quyển 03"
    assert "Đã ghi 3 dòng" in bar(desk)
    assert desk.view.files.two.typed() == ""


def test_without_a_ground_and_a_second_secret_nothing_is_let_in(seat: Seat) -> None:
    port = FakeArrival()
    desk = seat(port, files=True)
    chosen_file(desk)
    press(desk, KEY.Key_F9)
    assert port.let_in == []
    assert desk.view.files.words.error()


def test_a_stop_between_two_pieces_leaves_the_rest_for_f9(seat: Seat) -> None:
    port = FakeArrival()
    desk = seat(port, files=True)
    model = desk.view.model
    model.moved.connect(model.stop)
    chosen_file(desk)
    desk.view.files.words.fill("Sổ giấy quyển 03")
    desk.view.files.two.secret.fill("246810")
    press(desk, KEY.Key_F9)
    model.moved.disconnect(model.stop)
    assert port.written < 3
    assert "F9 ghi tiếp" in texts(desk)
    press(desk, KEY.Key_F9)
    assert port.written == 3


def test_after_a_restart_f9_goes_on_and_asks_nobody_again(seat: Seat) -> None:
    port = FakeArrival(left=2)
    desk = seat(port, files=True)
    assert "“so-2026.xlsx” dừng ở 1 trong 3 dòng. F9 ghi tiếp." in texts(desk)
    assert not desk.view.files.two.secret.isVisible()
    press(desk, KEY.Key_F9)
    assert port.written == 3


def test_escape_puts_the_file_aside(seat: Seat) -> None:
    desk = seat(FakeArrival(), files=True)
    chosen_file(desk)
    press(desk, KEY.Key_Escape)
    assert desk.view.model.file is None
    assert "Chưa chọn tệp." in texts(desk)


@pytest.mark.parametrize("files", [False, True])
def test_both_halves_fit_the_smallest_window_and_have_names(seat: Seat, files: bool) -> None:
    desk = seat(FakeArrival(), files=files)
    if files:
        chosen_file(desk)
    assert too_big(desk) == ""
    assert nameless(desk.view) == []


def test_with_large_text_f9_stays_in_sight_and_the_field_typed_into_too(
    seat: Seat, themed: QApplication
) -> None:
    themes.apply(themed, Theme(scale=1.3))
    desk = seat(FakeArrival())
    desk.window.resize(1366, 697)
    desk.settle()
    assert (desk.window.width(), desk.window.height()) == (1366, 697)
    figures = desk.view.figures
    for seen in (figures.two.secret.edit, figures.form_number.edit):
        seen.setFocus()
        desk.settle()
        shown = seen.visibleRegion().boundingRect()
        assert shown.height() == seen.height(), seen.accessibleName()
    assert figures.commit.visibleRegion().boundingRect().height() == figures.commit.height()
