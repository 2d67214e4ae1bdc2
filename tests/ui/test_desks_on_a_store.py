"""Signing desk, return desk, register and cash day on a real store: keys and scans in, committed facts out.

The screens' own tests sit before fakes; here nothing is pretended but printer and clock. What is asked of the
store is asked of the store, never of the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.certification.entries import PAY_AT_RETURN
from counter_app.domain.money.day_closing import NOTES
from counter_app.services.ports.session import Session
from counter_app.ui.screens import cash, handover, registers, signing
from counter_app.ui.screens.contract import ScreenEntry
from sync.protocol.naming.ids import EntryId
from tests.support.counter import (
    CLERK,
    LAST_ON_PAPER,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    Counter,
    give,
    make_counter,
    person,
    take_in,
)
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, give_pin, press, scan

FIRST = LAST_ON_PAPER + 1
ALL, LOT, TO_INK = (KEY.Key_A, CTRL), (KEY.Key_Return, CTRL), (KEY.Key_4, CTRL)
Sit = Callable[[ScreenEntry, str], Desk]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """The founding counter; it holds the pen after 1775 numbers on paper."""
    made = make_counter(tmp_path, receipt_book=True)
    yield made
    made.close()


@pytest.fixture
def sit(themed: QApplication, counter: Counter) -> Iterator[Sit]:
    """``sit(entry, login)``: somebody signs in with his password and has this one screen before him."""
    desks: list[Desk] = []

    def down(entry: ScreenEntry, login: str) -> Desk:
        while desks:
            _leave(desks.pop())
        desks.append(before(themed, counter, entry, login))
        return desks[-1]

    yield down
    while desks:
        _leave(desks.pop())


def before(app: QApplication, counter: Counter, entry: ScreenEntry, login: str) -> Desk:
    """A desk over the counter's own areas, told of its changes as the program tells them."""
    areas = counter.areas
    session: Session = areas.session.sign_in(counter.officials[login], PASSWORD)
    ports: dict[str, Any] = {
        "signing": areas.signing,
        "handover": areas.handover,
        "registers": areas.registers,
        "pen": areas.pen,
        "cash": areas.cash,
        "copies": areas.copies,
        "papers": areas.papers,
        "session": areas.session,
    }
    desk = Desk(app, entry, ports, session.permissions)
    return desk.show()


def _leave(desk: Desk) -> None:
    assert desk.errors == []
    desk.close()


def taken_in(counter: Counter, count: int, *rows: str, **more: object) -> list[EntryId]:
    """Requests of different people, committed by the clerk."""
    counter.sign_in(CLERK)
    names = [f"TẬP HUẤN {'ABCDEFGHIJ'[n // 10]} {'ABCDEFGHIJ'[n % 10]}" for n in range(count)]
    return [
        take_in(counter, *(rows or ("gks 1x2",)), who=person(name, f"0120860070{n:02d}"), **more).request
        for n, name in enumerate(names)
    ]


def code_of(counter: Counter, request: EntryId) -> str:
    """The digits on the slip."""
    return str(counter.state(request).code)


def book(counter: Counter) -> list[tuple[int, str]]:
    """(number, state) of every line of the register, as the store has them."""
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT number, state FROM lines ORDER BY number")
        return [(row[0], row[1]) for row in rows]


def entries(counter: Counter) -> int:
    """How many entries the journal holds."""
    with counter.store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM entries").scalar() or 0)


def witness(desk: Desk, last: int = LAST_ON_PAPER) -> None:
    """The paper's last number before the first numbering after a start, then the PIN of the lot."""
    assert desk.window.drawer.is_open()
    desk.robot.type(str(last))
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)


def numbered(desk: Desk) -> None:
    """The whole pile, witness included."""
    press(desk, ALL, LOT)
    witness(desk)
    give_pin(desk, PIN)


# --- the signing desk ---


def test_a_pile_is_numbered_after_the_witness_and_confirmed_by_scans(counter: Counter, sit: Sit) -> None:
    asked = taken_in(counter, 12)
    desk = sit(signing.DESK_ENTRY, SIGNER)
    assert len(desk.view.pile.rows.rows()) == 12
    numbered(desk)
    assert book(counter) == [(FIRST + n, "numbered") for n in range(12)]
    for request in asked[:5]:
        scan(desk, code_of(counter, request))
    assert {state for _number, state in book(counter)} == {"numbered"}
    press(desk, KEY.Key_F9)
    assert [state for _number, state in book(counter)] == ["signed"] * 5 + ["numbered"] * 7
    press(desk, KEY.Key_F9)
    assert {state for _number, state in book(counter)} == {"signed"}


def test_the_texts_come_out_of_the_printer_once(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 3)
    before_lot = len(counter.papers())
    numbered(sit(signing.DESK_ENTRY, SIGNER))
    assert len(counter.papers()) == before_lot + 1


def test_a_witness_that_differs_from_the_store_numbers_nothing(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 2)
    desk = sit(signing.DESK_ENTRY, SIGNER)
    held = entries(counter)
    press(desk, ALL, LOT)
    witness(desk, LAST_ON_PAPER + 9)
    assert desk.window.drawer.is_open()
    assert desk.view.numbering._witness.number.error() or bar(desk)
    assert (book(counter), entries(counter)) == ([], held)


def test_three_wrong_pins_number_nothing_and_the_right_one_does(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 2)
    desk = sit(signing.DESK_ENTRY, SIGNER)
    press(desk, ALL, LOT)
    witness(desk)
    for _ in range(3):
        give_pin(desk, "135791")
        assert book(counter) == []
    give_pin(desk, PIN)
    assert len(book(counter)) == 2


def test_one_comes_back_unsigned_and_keeps_its_place(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 3)
    desk = sit(signing.DESK_ENTRY, SIGNER)
    numbered(desk)
    press(desk, TO_INK, KEY.Key_Down, KEY.Key_R, KEY.Key_1, KEY.Key_F9)
    press(desk, KEY.Key_F9)
    assert book(counter) == [(FIRST, "signed"), (FIRST + 1, "struck"), (FIRST + 2, "signed")]
    page = counter.areas.registers.month(2026, 11)
    assert page.rows[1].note


def test_a_slip_given_back_leaves_the_pile_without_a_number(counter: Counter, sit: Sit) -> None:
    asked = taken_in(counter, 2)
    desk = sit(signing.DESK_ENTRY, SIGNER)
    first = desk.view.pile.current().request
    press(desk, KEY.Key_R, KEY.Key_1, KEY.Key_F9)
    assert counter.state(first).is_returned
    assert [row.request for row in desk.view.pile.rows.rows()] == [one for one in asked if one != first]
    assert book(counter) == []


def test_a_double_is_looked_at_and_numbered_alone(counter: Counter, sit: Sit) -> None:
    counter.sign_in(CLERK)
    same = [take_in(counter, "gks 1x2", who=person()).request for _ in range(2)]
    desk = sit(signing.DESK_ENTRY, SIGNER)
    looks = [row for row in desk.view.pile.rows.rows() if row.check == "look"]
    assert looks
    press(desk, ALL)
    assert desk.view.model.ticked == set(same) - {row.request for row in looks}
    desk.view.pile.go_to(looks[0].request)
    press(desk, KEY.Key_F9)
    assert book(counter) == []
    press(desk, KEY.Key_Return, KEY.Key_F9)
    witness(desk)
    give_pin(desk, PIN)
    assert book(counter) == [(FIRST, "numbered")]


def test_without_the_pen_the_other_counter_reads_and_confirms_nothing(
    themed: QApplication, counter: Counter, tmp_path: Path
) -> None:
    taken_in(counter, 1)
    other = make_counter(tmp_path / "second", 2, founder=counter)
    give(counter, other)
    desk = before(themed, other, signing.DESK_ENTRY, SIGNER)
    press(desk, ALL, LOT)
    assert not desk.window.dialog.is_open()
    assert "QUẦY-01" in bar(desk)
    assert book(other) == []
    _leave(desk)
    other.close()


def test_the_act_stands_in_the_banner_and_a_clerk_numbers_nothing(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 1)
    desk = sit(signing.DESK_ENTRY, SIGNER)
    assert "47/QĐ-UBND" in desk.view.parts.banner.accessibleName()
    desk = sit(signing.ENTRY, REGISTRAR)
    assert not desk.view.parts.banner.isVisible()


# --- the return desk ---


def signed(counter: Counter, sit: Sit) -> None:
    """Numbers and ink for everything that waits."""
    desk = sit(signing.DESK_ENTRY, SIGNER)
    numbered(desk)
    press(desk, TO_INK, KEY.Key_F9)


def test_a_slip_and_f9_hand_the_copies_over_once(counter: Counter, sit: Sit) -> None:
    (request,) = taken_in(counter, 1)
    signed(counter, sit)
    desk = sit(handover.ENTRY, CLERK)
    assert len(desk.view.drawer.rows.rows()) == 1
    scan(desk, code_of(counter, request))
    press(desk, KEY.Key_F9)
    assert counter.state(request).handed_over_at
    held = entries(counter)
    scan(desk, code_of(counter, request))
    assert "Đã trả lúc" in desk.view.notice.accessibleName()
    press(desk, KEY.Key_F9)
    assert entries(counter) == held


def test_what_waits_for_ink_cannot_leave(counter: Counter, sit: Sit) -> None:
    (request,) = taken_in(counter, 1)
    numbered(sit(signing.DESK_ENTRY, SIGNER))
    desk = sit(handover.ENTRY, CLERK)
    scan(desk, code_of(counter, request))
    assert f"Số {FIRST} chưa xác nhận đã ký" in desk.view.notice.accessibleName()
    press(desk, KEY.Key_F9)
    assert not counter.state(request).handed_over_at


def test_what_is_still_to_pay_is_taken_with_the_copies(counter: Counter, sit: Sit) -> None:
    (request,) = taken_in(counter, 1, "gks 1x3", pay=PAY_AT_RETURN)
    assert counter.state(request).to_pay == 6_000
    signed(counter, sit)
    desk = sit(handover.ENTRY, CLERK)
    scan(desk, code_of(counter, request))
    press(desk, (KEY.Key_4, CTRL))
    desk.robot.type("5")
    press(desk, KEY.Key_F9)
    assert counter.state(request).to_pay == 6_000
    desk.view.pay.given.edit.clear()
    desk.robot.type("10")
    press(desk, KEY.Key_F9)
    assert counter.state(request).to_pay == 0
    assert counter.state(request).handed_over_at
    assert "đã thu 6.000" in bar(desk)


def test_somebody_else_is_written_down(counter: Counter, sit: Sit) -> None:
    (request,) = taken_in(counter, 1)
    signed(counter, sit)
    desk = sit(handover.ENTRY, CLERK)
    scan(desk, code_of(counter, request))
    press(desk, (KEY.Key_3, CTRL), KEY.Key_Right)
    scan(desk, "012085004471||Giang A Pao|02031985|Nam|Ban Na Khan|01012021")
    press(desk, KEY.Key_F9)
    assert counter.state(request).receiver == "GIANG A PAO"


# --- the register ---


def test_the_register_shows_what_the_desk_did(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 4)
    desk = sit(signing.DESK_ENTRY, SIGNER)
    numbered(desk)
    press(desk, TO_INK, KEY.Key_Space, KEY.Key_F9)
    desk = sit(registers.ENTRY, REGISTRAR)
    shown = [(row.number, row.state) for row in desk.view.rows.rows()]
    assert shown == book(counter)
    assert desk.view.book.sums()[1].startswith("4 số = 1 đã ký + 3 chưa xác nhận")
    press(desk, KEY.Key_F9)
    assert "chưa khóa được" in bar(desk)
    press(desk, KEY.Key_Return)
    acts = [one.text() for one in desk.window.drawer.findChildren(QLabel)]
    assert any(f"Cấp số {FIRST}" in text for text in acts)


def test_excel_and_pdf_of_the_month_are_on_the_disk(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 2)
    signed(counter, sit)
    desk = sit(registers.ENTRY, REGISTRAR)
    press(desk, (KEY.Key_E, CTRL), (KEY.Key_P, CTRL))
    names = sorted(path.name for path in counter.work.papers_folder.glob("so-copy-2026-11.*"))
    assert names == ["so-copy-2026-11.pdf", "so-copy-2026-11.xlsx"]


def test_a_month_is_closed_when_it_is_over(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 2)
    signed(counter, sit)
    counter.clock.forward(hours=24 * 10)
    desk = sit(registers.ENTRY, REGISTRAR)
    assert "bước 1" in desk.view.closing.words()
    press(desk, KEY.Key_F9, KEY.Key_F9)
    give_pin(desk, PIN)
    assert counter.areas.registers.month(2026, 11).closed
    assert "đã khóa" in desk.view.closing.words()


def test_the_first_page_of_a_register_is_opened_by_two(themed: QApplication, tmp_path: Path) -> None:
    made = make_counter(tmp_path, register=False)
    desk = before(themed, made, registers.ENTRY, REGISTRAR)
    assert desk.view.begin.isVisible()
    press(desk, (KEY.Key_O, CTRL))
    second = desk.view.opening.panel.second
    names = [second.itemText(place) for place in range(second.count())]
    place = next(i for i, name in enumerate(names) if name.startswith("Vàng Văn Thăng"))
    for text in ("3", "1775", "So giay den 19/11"):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    desk.view.opening.panel.second.setCurrentIndex(place)
    press(desk, KEY.Key_Return)
    desk.robot.type(PASSWORD)
    press(desk, KEY.Key_F9)
    assert "Đã mở sổ" in bar(desk)
    made.sign_in(SIGNER)
    assert made.areas.signing.pen().last_number == 1775
    _leave(desk)
    made.close()


def test_a_second_person_with_a_wrong_password_opens_nothing(themed: QApplication, tmp_path: Path) -> None:
    made = make_counter(tmp_path, register=False)
    desk = before(themed, made, registers.ENTRY, REGISTRAR)
    held = entries(made)
    press(desk, (KEY.Key_O, CTRL))
    for text in ("3", "1775", "bb", ""):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    desk.robot.type("sai mat khau")
    press(desk, KEY.Key_F9)
    assert desk.view.opening.panel.secret.error()
    assert entries(made) == held
    _leave(desk)
    made.close()


# --- the cash day ---


def pieces_of(total: int) -> list[str]:
    """The notes of a sum, from the biggest down, as they are typed."""
    typed = []
    for note in NOTES:
        count, total = divmod(total, note)
        typed.append(str(count) if count else "")
    assert total == 0
    return typed


def test_the_day_is_closed_to_the_dong(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 3, "gks 1x3")
    signed(counter, sit)
    desk = sit(cash.ENTRY, CLERK)
    assert desk.view.model.day.expected == 18_000
    for text in pieces_of(18_000):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert counter.areas.cash.day().closed
    assert "Đã chốt ngày 20/11" in bar(desk)


def test_numbers_without_ink_stop_the_day(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 1)
    numbered(sit(signing.DESK_ENTRY, SIGNER))
    desk = sit(cash.ENTRY, CLERK)
    press(desk, KEY.Key_F9)
    assert "chưa xác nhận đã ký" in bar(desk)
    assert not desk.window.dialog.is_open()
    assert not counter.areas.cash.day().closed


def test_a_difference_is_written_with_its_reason(counter: Counter, sit: Sit) -> None:
    taken_in(counter, 1, "gks 1x3")
    signed(counter, sit)
    desk = sit(cash.ENTRY, CLERK)
    for text in pieces_of(5_000):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    assert desk.view.reason.edit.hasFocus()
    desk.robot.type("tra thua 1000")
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT expected, counted_total, reason FROM cash_days").fetchall()
    assert [tuple(row) for row in rows] == [(6_000, 5_000, "tra thua 1000")]
