"""The pile of 27: three go one by one, 24 are numbered in one act, and the texts lie in pile order."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.practice import people, seeding
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.paper_eyes import codes_on
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import DESK, Stage
from counter_app.practice.day.steps.taking_in import COMPLETE_SLIPS, FIVE_ROWS, TO_LOOK_AT
from counter_app.services.ports.signing import COMPLETE, NEEDS_LOOK
from sync.protocol.journals.copy_code import read_copy_code

ORIGINALS = COMPLETE_SLIPS - 1 + len(FIVE_ROWS)


def number(seat: Seat, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    """The keys that ask for numbers, the witness where it is asked, and the PIN."""
    for key, modifiers in keys:
        seat.press(key, modifiers)
    if seat.window.drawer.is_open():
        if seat.view.model.desk.pen.paper_witness_needed:
            seat.type(str(seat.view.model.desk.pen.last_number))
        seat.commit()
        give_pin(seat)
    give_pin(seat)


def give_pin(seat: Seat) -> None:
    """Six digits and Enter into the dialog that stands."""
    check(seat.window.dialog.is_open(), f"phải hỏi PIN, thanh báo “{seat.bar()}”")
    seat.type(people.PIN)
    seat.enter()


def codes_of_copies(stage: Stage, counter: int, before: set[object]) -> list[str]:
    """QR codes of the certification texts printed since, in the order of the sheets."""
    texts = [
        text
        for paper in stage.papers(counter)
        if paper not in before
        for text in codes_on(paper)
        if classify_scan(text).kind is ScanKind.COPY_QR
    ]
    return list(dict.fromkeys(texts))


def one_act(stage: Stage) -> None:
    """Ctrl+A takes the 24 complete slips, Ctrl+Enter and the PIN number them under the recorded act."""
    stage.at(13, 35)
    seat, program = stage.seat(DESK), stage.program(DESK)
    seat.press(Qt.Key.Key_F7)
    rows = seat.view.model.desk.rows
    verdicts = [row.check for row in rows]
    equal(
        (verdicts.count(COMPLETE), verdicts.count(NEEDS_LOOK)), (COMPLETE_SLIPS, TO_LOOK_AT),
        "phiếu Đủ và Cần xem",
    )  # fmt: skip
    check(seeding.ACT_NUMBER in seat.view.model.desk.banner.act, "băng trên phải nêu văn bản phân công")
    before: set[object] = set(stage.papers(DESK))
    seat.press(Qt.Key.Key_A, CTRL)
    stage.picture(seat, "ban-ky")
    number(seat, (Qt.Key.Key_Return, CTRL))
    (lot,) = program.signing.lots()
    lines = program.signing.lot_lines(lot.lot)
    first = seeding.LAST_ON_PAPER + 1
    equal([line.number for line in lines], list(range(first, first + ORIGINALS)), "số của lô")
    in_pile = [row.request for row in rows if row.check == COMPLETE]
    equal(list(dict.fromkeys(line.request for line in lines)), in_pile, "thứ tự số theo xấp")
    check(f"{first}–{first + ORIGINALS - 1}" in seat.bar(), f"thanh báo: “{seat.bar()}”")
    stage.copy_codes = codes_of_copies(stage, DESK, before)
    printed = [read_copy_code(text).code.number for text in stage.copy_codes]
    equal(printed, [line.number for line in lines], "thứ tự lời chứng in ra")
    stage.say(f"24 phiếu, {ORIGINALS} bản chính trong một lần: {seat.bar()}")


def unsigned_and_confirmed(stage: Stage) -> None:
    """One text comes back unsigned and is struck; the rest is confirmed by scanning the stubs."""
    stage.at(14, 30)
    seat, program = stage.seat(DESK), stage.program(DESK)
    seat.press(Qt.Key.Key_4, CTRL)
    seat.press(Qt.Key.Key_End)
    struck = seat.view.lines.current()
    seat.press(Qt.Key.Key_R)
    check(seat.window.dialog.is_open(), "gạch số phải hỏi lý do")
    seat.type("1")
    seat.commit()
    stage.say(f"Số {struck.number} không được ký, gạch số: “{seat.bar()}”")
    here = {line.request for lot in program.signing.lots() for line in program.signing.lot_lines(lot.lot)}
    for request, code in stage.slips.values():
        if request in here and request != struck.request:
            seat.scan(code)
    stage.picture(seat, "da-ky")
    equal(len(seat.view.model.inked), ORIGINALS - 1, "số đã đánh dấu là đã ký")
    seat.commit()
    equal(program.signing.lots(), (), "xấp còn ở người ký")
    month = program.registers.month(2026, 11)
    states = [row.state for row in month.rows]
    equal((states.count("signed"), states.count("struck")), (ORIGINALS - 1, 1), "sổ tháng 11")
    stage.struck = struck.number
    stage.say(f"Xác nhận đã ký {ORIGINALS - 1} số bằng quét: “{seat.bar()}”")
