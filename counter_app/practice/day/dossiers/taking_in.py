"""Dossiers of the morning: a birth that lacks a paper, one with money, one refused."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.dossiers.state import Stage as At
from counter_app.practice import people
from counter_app.practice.day.citizens import FATHER, MOTHER, citizen
from counter_app.practice.day.dossiers.hands import (
    DOSSIER,
    card_and_procedure,
    choose,
    do,
    page_of,
    press_button,
    save,
    state_of_dossier,
    tab_to,
    tick,
)
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import FIRST, Stage
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.ui.formatting import money
from counter_app.ui.screens.intake import entry
from counter_app.ui.screens.intake.companions import ROLES

BIRTH, UNMARRIED, EXTRACT = "1.001193", "1.004873", "2.000635"
BIRTH_NOTE = 3
"""Giấy chứng sinh in the list of the birth's papers."""
CHILD = "HOÀNG TẬP HUẤN MAI"
EXTRACT_FEE = 8_000
"""Lệ phí of a copy of an extract in the catalogue's data."""
WITNESSED, EXTENDED, LOST = "khai sinh", "tình trạng hôn nhân", "trích lục"
REFUSED, ONLINE = "từ chối", "trực tuyến"


def birth_by_two_cards(stage: Stage) -> None:
    """Father's and mother's cards, the child typed; the birth note is missing: F9 prints form 02."""
    stage.at(10, 25)
    seat = sign_in(stage, people.CLERK, FIRST) if stage.seat(FIRST).window.is_covered() else stage.seat(FIRST)
    keys, scans = seat.robot.keys, seat.robot.scans
    seat.press(Qt.Key.Key_F3)
    seat.scan(FATHER.card)
    seat.scan(MOTHER.card)
    type_child(seat)
    choose(seat, "ks", BIRTH)
    tick(seat, BIRTH_NOTE)
    check("chứng sinh" in seat.view.lacks.accessibleName(), "màn hình phải nêu giấy chứng sinh còn thiếu")
    stage.picture(seat, "khai-sinh-thieu-giay")
    save(stage, seat, WITNESSED)
    state = state_of_dossier(stage, WITNESSED)
    equal((state.stage, len(state.asked)), (At.WAITING_CITIZEN, 1), "hồ sơ khai sinh chờ dân bổ sung")
    beside = {one.role: one.name for one in state.companions}
    equal(beside, {"spouse": MOTHER.name, "child": CHILD}, "mẹ và con trong hồ sơ")
    view = page_of(stage, WITNESSED)
    equal((view.due, "hạn" in view.due_second.casefold()), ("", False), "hồ sơ chờ dân không có hạn")
    pressed = f"{seat.robot.keys - keys} phím, {seat.robot.scans - scans} lần quét"
    stage.say(f"Khai sinh cho {CHILD}: thiếu giấy chứng sinh ({pressed}). “{seat.bar()}”")


def type_child(seat: Seat) -> None:
    """A row beside the party, turned into the child, the name typed."""
    party = seat.view.party
    tab_to(seat, party.add_beside, "nút thêm người đi cùng")
    rows = len(party.companions.rows)
    press_button(seat)
    equal(len(party.companions.rows), rows + 1, "hàng người đi cùng")
    row = party.companions.rows[-1]
    seat.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(ROLES.index(entry.CHILD) - row.role.currentIndex()):
        seat.press(Qt.Key.Key_Down)
    equal(row.companion().role, entry.CHILD, "vai trò của hàng thứ hai")
    seat.enter()
    seat.enter()
    seat.type(CHILD)
    seat.enter()


def witness_statement(stage: Stage) -> None:
    """The slip is scanned, the witness's statement ticked instead of the note: form 01 comes."""
    stage.at(11, 0)
    seat = stage.seat(FIRST)
    _, code = stage.dossiers[WITNESSED]
    seat.press(Qt.Key.Key_F2)
    seat.scan(code)
    equal(seat.screen(), DOSSIER, f"quét phiếu mở hồ sơ (thanh báo “{seat.bar()}”)")
    do(seat, "bring", "1")
    state = state_of_dossier(stage, WITNESSED)
    equal(state.stage, At.ACCEPTED, "hồ sơ đã tiếp nhận sau khi đủ giấy")
    check(state.form("01") is not None, "phải có giấy tiếp nhận và hẹn")
    check(page_of(stage, WITNESSED).due, "hồ sơ đã tiếp nhận phải có hạn")
    stage.say(f"Có văn bản của người làm chứng: “{seat.bar()}”")


def three_days(stage: Stage) -> None:
    """A procedure with a limit of three working days; its rate is not in the catalogue, it is typed."""
    stage.at(11, 5)
    seat = stage.seat(FIRST)
    card_and_procedure(seat, citizen(41), "tthn", UNMARRIED)
    gaps = seat.view.procedure.gaps
    if gaps.amount.isVisible():
        gaps.amount.edit.setFocus()
        seat.type("0")
        seat.enter()
        seat.type("Nghị quyết HĐND tỉnh (tập huấn)")
        seat.enter()
    tick(seat)
    save(stage, seat, EXTENDED)
    equal(state_of_dossier(stage, EXTENDED).stage, At.ACCEPTED, "hồ sơ tình trạng hôn nhân")
    stage.say(f"{citizen(41).name}: hẹn {page_of(stage, EXTENDED).due}.")


def extract_with_money(stage: Stage) -> None:
    """A copy of an extract: 8,000 đ taken with form 01."""
    stage.at(11, 12)
    seat = stage.seat(FIRST)
    card_and_procedure(seat, citizen(42), "tl", EXTRACT)
    tick(seat)
    equal(seat.view.model.view.total, EXTRACT_FEE, "lệ phí trích lục")
    save(stage, seat, LOST)
    equal(state_of_dossier(stage, LOST).to_pay, 0, "còn phải thu")
    stage.say(f"{citizen(42).name}: trích lục, đã thu {money(EXTRACT_FEE)}.")


def refused(stage: Stage) -> None:
    """R, the ground, F9: form 03, and no date."""
    stage.at(11, 20)
    seat = stage.seat(FIRST)
    card_and_procedure(seat, citizen(43), "kh", "1.000894")
    seat.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    seat.press(Qt.Key.Key_R)
    check(seat.window.dialog.is_open(), f"R phải hỏi căn cứ, thanh báo “{seat.bar()}”")
    seat.type("1")
    seat.commit()
    stage.picture(seat, "tu-choi-ho-so")
    save(stage, seat, REFUSED)
    state = state_of_dossier(stage, REFUSED)
    equal((state.stage, state.form("03") is not None), (At.REFUSED, True), "hồ sơ bị từ chối")
    stage.say(f"{citizen(43).name}: từ chối tiếp nhận, có phiếu mẫu 03. “{seat.bar()}”")
