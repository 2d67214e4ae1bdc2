"""The pen desk while the unit works on: bars, drafts and forms when news comes; two fast fingers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import Double
from counter_app.ui import i18n
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.pen import (
    DOUBLE,
    ELSEWHERE,
    HERE,
    KEPT,
    ON_PAPER,
    OTHER,
    PEOPLE,
    RECOVERED,
    SECRET,
    UNKNOWN,
    FakePen,
    recovered,
)
from tests.ui.desk import Desk
from tests.ui.pen.test_pen_moves import Seat, acts, open_act, seat
from tests.ui.screen_checks import CTRL, KEY, bar, press, scan, takes_keys

__all__ = ["seat"]
UNKNOWN_KEY, DOUBLES_KEY, FORM_KEY = (KEY.Key_2, CTRL), (KEY.Key_3, CTRL), (KEY.Key_4, CTRL)
ALONE = replace(RECOVERED, doubles=2)
SECOND = Double(
    1829, (replace(KEPT, line=EntryId(513, 41)), replace(OTHER, line=EntryId(769, 52))),
)  # fmt: skip


def news(desk: Desk, *areas: str) -> None:
    """Something was received or done elsewhere."""
    desk.window.screens_changed(frozenset(areas or ("received",)))
    desk.settle()


def open_number(desk: Desk, downs: int = 0) -> Any:
    """The form of the first unknown number, or one further down."""
    press(desk, UNKNOWN_KEY, *[KEY.Key_Down] * downs, KEY.Key_Return)
    return desk.view.parts.settle


def rebuilt(desk: Desk) -> Any:
    """All columns of a number filled in."""
    card = open_number(desk)
    values = {
        "evidence": "Phiếu 01-0002", "name": "Lò Văn Tập Huấn", "original_name": "Học bạ", "copies": "2",
        "fee": "4000", "day": "20/11/2026", "signatory": "Vàng Văn Thăng",
    }  # fmt: skip
    for name, value in values.items():
        card.fields[name].fill(value)
    return card


# --- news ---


def test_news_keeps_the_bar_on_its_double(seat: Seat) -> None:
    port = FakePen((ALONE,), (), (DOUBLE,))
    desk = seat(port)
    press(desk, DOUBLES_KEY, KEY.Key_Down)
    port.twice = (SECOND, DOUBLE)
    news(desk, "registers")
    press(desk, KEY.Key_Return)
    row = desk.view.parts.ruling.row
    assert (row.double.number, row.line.line) == (1830, OTHER.line)


def test_news_keeps_the_bar_on_its_number_when_one_above_was_settled(seat: Seat) -> None:
    port = recovered()
    desk = seat(port)
    press(desk, UNKNOWN_KEY, *[KEY.Key_Down] * 3)
    port.unknown = UNKNOWN[1:]
    news(desk)
    press(desk, KEY.Key_Return)
    assert desk.view.parts.settle.number == UNKNOWN[3].number


def test_news_keeps_a_half_typed_number(seat: Seat) -> None:
    port = recovered()
    desk = seat(port)
    card = rebuilt(desk)
    port.unknown = UNKNOWN[:4]
    news(desk)
    assert desk.view.parts.form is card
    assert (card.number, card.evidence.text(), card.copies.text()) == (1842, "Phiếu 01-0002", "2")
    press(desk, KEY.Key_F9)
    assert [(call[0], call[1].number) for call in port.calls] == [("rebuilt", 1842)]


def test_the_second_person_chosen_stays_when_the_list_turns(seat: Seat) -> None:
    port = FakePen((HERE,))
    desk = seat(port)
    open_act(desk, "to_paper")
    desk.robot.type("20")
    press(desk, KEY.Key_Return, KEY.Key_Down)
    port.people = (PEOPLE[0], replace(PEOPLE[0], official=EntryId(257, 4)), PEOPLE[1])
    news(desk)
    press(desk, KEY.Key_Return)
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    assert port.calls == [("to_paper", HERE.register, 20, PEOPLE[1].official)]


def test_the_pen_that_came_back_from_paper_meanwhile_closes_the_form_and_offers_what_is_next(
    seat: Seat,
) -> None:
    port = FakePen((ON_PAPER,))
    desk = seat(port)
    open_act(desk, "back")
    port.all_cards = (HERE,)
    news(desk)
    assert desk.view.parts.form is None
    assert acts(desk) == ["pass", "to_paper"]
    press(desk, KEY.Key_F9)
    assert port.calls == []


def test_other_news_reads_nothing(seat: Seat) -> None:
    port = FakePen((HERE,))
    desk = seat(port)
    port.all_cards = (ELSEWHERE,)
    news(desk, "money")
    assert desk.view.model.page.card == HERE


# --- drafts and coming back ---


def test_who_comes_back_stands_in_the_form_he_left(seat: Seat) -> None:
    desk = seat(recovered())
    card = rebuilt(desk)
    desk.view.parts.unknown.setFocus()
    desk.window.open_screen("pen")
    desk.settle()
    assert desk.view.parts.form is card
    assert card.evidence.edit.hasFocus()
    assert card.name.text() == "Lò Văn Tập Huấn"


def test_another_number_begins_empty_the_same_goes_on(seat: Seat) -> None:
    desk = seat(recovered())
    card = rebuilt(desk)
    press(desk, KEY.Key_Escape)
    assert open_number(desk).name.text() == "Lò Văn Tập Huấn"
    press(desk, KEY.Key_Escape)
    assert open_number(desk, 1).name.text() == ""
    assert "1843" in card.title_label.text()


def test_a_refused_number_keeps_its_columns(seat: Seat) -> None:
    port = recovered()
    desk = seat(port)
    card = rebuilt(desk)
    card.day.fill("32/11/2026")
    press(desk, KEY.Key_F9)
    assert "32/11/2026" in card.day.error()
    assert card.day.edit.hasFocus()
    assert card.signatory.text() == "Vàng Văn Thăng"
    card.day.fill("20/11/2026")
    press(desk, KEY.Key_F9)
    assert [call[0] for call in port.calls] == ["rebuilt"]
    assert card.day.error() == ""


# --- once ---


@pytest.mark.parametrize("what", ["rebuild", "void", "rule"])
def test_two_presses_of_f9_in_one_breath_settle_once(seat: Seat, what: str) -> None:
    port = recovered()
    desk = seat(port)
    if what == "rule":
        press(desk, DOUBLES_KEY, KEY.Key_Return)
        desk.view.parts.ruling.ground.fill("Sổ giấy trang 12")
    else:
        card = rebuilt(desk)
        if what == "void":
            card.how.choose("void")
            card.minutes.fill("04/BB, 20/11/2026")
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert len(port.calls) == 1


def test_two_presses_of_f9_recover_once(seat: Seat) -> None:
    port = FakePen((ELSEWHERE,))
    desk = seat(port)
    open_act(desk, "recover")
    card = desk.view.parts.recovery
    for field, text in (
        (card.highest, "1841"),
        (card.waiting, "6"),
        (card.ground, "Máy hỏng"),
        (card.secret, SECRET),
    ):
        field.fill(text)
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert [call[0] for call in port.calls] == ["recover"]
    assert card.secret.text() == "", "the next recovery asks its own second person"


def test_after_a_refusal_the_same_f9_works_again(seat: Seat) -> None:
    port = FakePen((HERE,), refuses=DomainError("Không ghi được tệp.", code="file.write"))
    desk = seat(port)
    open_act(desk, "to_paper")
    form = desk.view.parts.to_paper
    form.number.fill("20")
    form.two.secret.fill(SECRET)
    press(desk, KEY.Key_F9)
    assert "Không ghi được tệp" in bar(desk)
    port.refuses = None
    press(desk, KEY.Key_F9)
    assert [call[0] for call in port.calls] == ["to_paper"]


# --- refusals before anything is asked ---


@pytest.mark.parametrize("copies", ["0", "hai", "-1", "2,5"])
def test_copies_are_a_whole_number_of_at_least_one(seat: Seat, copies: str) -> None:
    port = recovered()
    desk = seat(port)
    card = rebuilt(desk)
    card.copies.fill(copies)
    press(desk, KEY.Key_F9)
    assert card.copies.error() == "Chỉ nhập số."
    assert card.copies.edit.hasFocus()
    assert port.calls == []


def test_a_void_asks_for_its_minutes_alone(seat: Seat) -> None:
    port = recovered()
    desk = seat(port)
    card = open_number(desk)
    card.how.choose("void")
    press(desk, KEY.Key_F9)
    assert card.minutes.error()
    assert not any(field.isVisible() for field in (card.evidence, card.name, card.fee))
    card.how.choose("rebuild")
    assert not card.minutes.isVisible()
    assert desk.view.parts.commit.words() == "Ghi số 1842"
    assert port.calls == []


def test_a_ruling_without_a_ground_is_no_ruling(seat: Seat) -> None:
    port = recovered()
    desk = seat(port)
    press(desk, DOUBLES_KEY, KEY.Key_Return, KEY.Key_F9)
    assert desk.view.parts.ruling.ground.error()
    assert port.calls == []


def test_f9_without_a_form_says_what_to_do(seat: Seat) -> None:
    port = recovered()
    desk = seat(port)
    press(desk, KEY.Key_F9)
    assert "Ctrl+4" in bar(desk)
    assert port.calls == []


@pytest.mark.parametrize("suffix", [KEY.Key_Return, KEY.Key_Tab, None])
def test_a_scan_wherever_the_focus_stands_settles_nothing(seat: Seat, suffix: Qt.Key | None) -> None:
    port = recovered()
    desk = seat(port)
    card = rebuilt(desk)
    for widget in takes_keys(desk.view):
        widget.setFocus()
        scan(desk, "033900021261120001820", suffix)
    assert port.calls == []
    assert (card.number, card.evidence.text(), card.day.text()) == (1842, "Phiếu 01-0002", "20/11/2026")


# --- what is heard, English ---


def test_a_listener_hears_which_lines_bear_the_number_and_whose_they_are(seat: Seat) -> None:
    rows = seat(recovered()).view.parts.double_rows
    heard = [
        " ".join(
            str(rows.data(rows.index(row, column), Qt.ItemDataRole.AccessibleTextRole))
            for column in range(rows.columnCount())
        )
        for row in range(2)
    ]
    for words, line in zip(heard, (KEPT, OTHER), strict=True):
        assert "1830" in words
        assert line.name in words


def test_the_forms_errors_are_english_too(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(recovered())
    card = open_number(desk)
    press(desk, KEY.Key_F9)
    said = [field.words() + field.error() for field in card.fields.values()] + [card.commit_words()]
    assert [words for words in said if not words.isascii()] == []
