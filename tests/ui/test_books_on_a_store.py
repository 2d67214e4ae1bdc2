"""Pen, register and receipts on a real counter: a power cut from sheet to book, money undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.ui.screens.contract import ScreenEntry
from counter_app.ui.screens.pen import ENTRY as PEN
from counter_app.ui.screens.receipts import ENTRY as RECEIPTS
from counter_app.ui.screens.registers import ENTRY as REGISTERS
from tests.support.counter import CLERK, PASSWORD, PIN, REGISTRAR, SIGNER, Counter, make_counter
from tests.support.fakes.exchange import FakeExchange
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, give_pin, press
from tests.ui.test_desks_on_a_store import book, taken_in

ACTS = (KEY.Key_4, CTRL)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """The founding counter with a book of fifty receipts."""
    made = make_counter(tmp_path, receipt_book=True)
    yield made
    made.close()


@pytest.fixture
def desks(themed: QApplication) -> Iterator[list[Desk]]:
    """Whoever sits there is gone at the end."""
    made: list[Desk] = []
    yield made
    for desk in made:
        assert desk.errors == []
        desk.close()


def sit(app: QApplication, counter: Counter, desks: list[Desk], entry: ScreenEntry, login: str) -> Desk:
    """Somebody signs in; the one before leaves."""
    while desks:
        desks.pop().close()
    areas = counter.areas
    session = areas.session.sign_in(counter.officials[login], PASSWORD)
    ports: dict[str, Any] = {
        "pen": areas.pen, "signing": areas.signing, "copies": areas.copies, "cash": areas.cash,
        "registers": areas.registers, "session": areas.session, "exchange": FakeExchange(),
    }  # fmt: skip
    desks.append(Desk(app, entry, ports, session.permissions).show())
    return desks[-1]


def second(desk: Desk, counter: Counter, fields: Any, login: str = SIGNER) -> None:
    """The second person is chosen and gives his password."""
    officials = [one.official for one in fields.people]
    fields.picker.setCurrentIndex(officials.index(counter.officials[login]))
    fields.secret.edit.setFocus()
    desk.robot.type(PASSWORD)


def act(desk: Desk, code: str) -> None:
    """One of the acts with the pen."""
    codes = [one.code for one in desk.view.parts.overview.rows.rows()]
    press(desk, ACTS, KEY.Key_Home, *(KEY.Key_Down,) * codes.index(code), KEY.Key_Return)


def test_a_power_cut_from_the_sheet_to_the_book(
    themed: QApplication, counter: Counter, desks: list[Desk]
) -> None:
    slips = taken_in(counter, 2)
    desk = sit(themed, counter, desks, PEN, REGISTRAR)
    act(desk, "to_paper")
    desk.robot.type("5")
    second(desk, counter, desk.view.parts.to_paper.two)
    press(desk, KEY.Key_F9)
    assert "5 số in sẵn" in bar(desk)
    act(desk, "back")
    desk.robot.type("1777")
    second(desk, counter, desk.view.parts.back.two)
    press(desk, KEY.Key_F9)
    assert "1776-1777" in bar(desk)
    desk = sit(themed, counter, desks, PEN, SIGNER)
    act(desk, "enter")
    press(desk, KEY.Key_Return)
    desk.robot.type("20/11/2026")
    desk.view.parts.enter.table.setFocus()
    press(desk, KEY.Key_End, KEY.Key_Space, KEY.Key_Home, KEY.Key_Space, KEY.Key_F9)
    give_pin(desk, PIN)
    assert book(counter) == [(1776, "numbered"), (1777, "numbered")]
    assert counter.register is not None
    (first,) = counter.areas.pen.line_of_number(counter.register, 1776)
    assert "TẬP HUẤN A B" in first.name.upper(), "the order of the sheet, not of the queue"
    assert len(slips) == 2


def test_a_signed_line_is_annulled_and_stays(
    themed: QApplication, counter: Counter, desks: list[Desk]
) -> None:
    taken_in(counter, 1)
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    if pen.paper_witness_needed or pen.date_confirmation_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN)
    waiting = tuple(row.request for row in counter.areas.signing.pile())
    counter.areas.signing.confirm(counter.areas.signing.number(waiting, PIN).lot, None)
    desk = sit(themed, counter, desks, REGISTERS, REGISTRAR)
    press(desk, KEY.Key_R)
    for text in ("12/QĐ-UBND", "20/11/2026", "Bản chính giả"):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    second(desk, counter, desk.view.annulling._card.two)
    press(desk, KEY.Key_F9)
    assert book(counter) == [(1776, "annulled")]
    assert not desk.view.rows.cell(0, 2).struck  # decision 022: the line stays readable
    assert desk.view.rows.cell(0, 0).badge is not None or "huỷ" in desk.view.rows.cell(0, 7).text.lower()
    assert "12/QĐ-UBND" in desk.view.rows.cell(0, 7).text


def test_a_receipt_is_voided_and_its_book_put_away(
    themed: QApplication, counter: Counter, desks: list[Desk]
) -> None:
    taken_in(counter, 1)
    desk = sit(themed, counter, desks, RECEIPTS, CLERK)
    desk.robot.type("1")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type("Thu nhầm")
    second(desk, counter, desk.view.parts.undo.two)
    press(desk, KEY.Key_F9)
    assert counter.areas.pen.receipts("1")[0].void
    press(desk, (KEY.Key_3, CTRL), KEY.Key_Return)
    desk.robot.type("Phiếu nộp 3")
    press(desk, KEY.Key_F9)
    assert "AA-26P" in bar(desk)
    assert counter.areas.cash.books()[0].outcome == "returned"
