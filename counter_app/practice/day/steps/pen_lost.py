"""The pen PC dies: the register is recovered, numbers in between are unknown; the dead PC returns."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.registers.spans import size, spans_text
from counter_app.domain.registers.state import RegisterState
from counter_app.practice import people
from counter_app.practice.day.citizens import citizen
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.by_hand import PEN, carry, export, open_act
from counter_app.practice.day.steps.checking import verdict
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.practice.day.steps.taking_in import TO_LOOK_AT, card_and_rows, save
from counter_app.practice.day.steps.the_pile import codes_of_copies, number
from counter_app.ui.screens.pen.acts import RECOVER

GROUND = "Máy BÀN KÝ hỏng lúc 15:40, biên bản số 01/BB ngày 20/11/2026"
MINUTES = "02/BB, 20/11/2026"
LATE = 60
"""Place of the citizen who comes after the recovery."""


def register(stage: Stage, counter: int) -> RegisterState:
    """The copies register as a counter holds it."""
    program = stage.program(counter)
    with program.opened.store.read() as connection:
        subject = stage.world.founded.register
        assert subject is not None
        state: RegisterState = program.areas.work.state(connection, subject)
    return state


def numbered_then_dies(stage: Stage) -> None:
    """One slip is looked at and numbered alone; then the signing desk's PC does not start any more."""
    stage.at(15, 35)
    seat = sign_in(stage, people.SIGNER, DESK)
    before: set[object] = set(stage.papers(DESK))
    seat.press(Qt.Key.Key_F7)
    seat.press(Qt.Key.Key_Home)
    seat.press(Qt.Key.Key_Return)
    number(seat, (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier))
    (lot,) = stage.program(DESK).signing.lots()
    (line,) = stage.program(DESK).signing.lot_lines(lot.lot)
    stage.lost_number = line.number
    (stage.lost_code,) = codes_of_copies(stage, DESK, before)
    stage.say(f"Phiếu Cần xem đầu tiên được xem và cấp số riêng: {seat.bar()}")
    stage.at(15, 40)
    stage.close_seat(DESK)
    stage.program(DESK).close()
    stage.say("Máy BÀN KÝ hỏng. Số vừa cấp chưa ra khỏi máy.")


def recovered(stage: Stage) -> None:
    """Two persons take the pen over at QUẦY-01; what the dead PC may have given is unknown, not void."""
    stage.at(16, 0)
    seat = sign_in(stage, people.REGISTRAR, FIRST)
    known = register(stage, FIRST)
    seat.open_by_search("quyen cap so", PEN)
    open_act(seat, RECOVER)
    form = seat.view.parts.recovery
    seat.type(str(known.last_number))
    seat.enter()
    seat.type(str(TO_LOOK_AT))
    seat.enter()
    seat.enter()
    seat.type(GROUND)
    seat.enter()
    officials = [one.official for one in form.two.people]
    step = officials.index(stage.world.founded.officials[people.SIGNER]) - form.two.picker.currentIndex()
    for _ in range(abs(step)):
        seat.press(Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
    seat.enter()
    seat.type(people.PASSWORD)
    stage.picture(seat, "khoi-phuc")
    seat.commit()
    said, state = seat.bar(), register(stage, FIRST)
    resume = known.last_number + TO_LOOK_AT + known.largest_lot + 1
    equal(state.next_number, resume, f"số tiếp tục sau khôi phục (thanh báo “{said}”)")
    equal(size(state.unknown), resume - known.last_number - 1, "số chưa rõ")
    equal(len(seat.view.model.page.unknown), size(state.unknown), "số chưa rõ trên màn hình")
    stage.say(f"Hai người khôi phục quyền cấp số: “{said}” Chưa rõ: {spans_text(state.unknown)}.")
    kind, title = verdict(stage, seat, stage.lost_code)
    equal(kind, "recovering", "mã của số chưa rõ")
    stage.say(f"Quét bản sao mang số {stage.lost_number}: “{title}”")


def work_goes_on(stage: Stage) -> None:
    """A new slip gets the first number after the range."""
    stage.at(16, 15)
    seat = sign_in(stage, people.CLERK, FIRST)
    card_and_rows(seat, citizen(LATE), "gks 1x1")
    save(stage, seat, citizen(LATE))
    seat = sign_in(stage, people.SIGNER, FIRST)
    resume = register(stage, FIRST).next_number
    seat.press(Qt.Key.Key_F7)
    seat.press(Qt.Key.Key_A, CTRL)
    number(seat, (Qt.Key.Key_Return, CTRL))
    (lot,) = stage.program(FIRST).signing.lots()
    (line,) = stage.program(FIRST).signing.lot_lines(lot.lot)
    equal(line.number, resume, "số đầu tiên sau khôi phục")
    seat.press(Qt.Key.Key_4, CTRL)
    seat.scan(stage.slips[citizen(LATE).number][1])
    seat.commit()
    equal(stage.program(FIRST).signing.lots(), (), "xấp còn ở người ký")
    stage.say(f"QUẦY-01 cấp số tiếp: {resume}, đã ký.")


def dead_one_returns(stage: Stage) -> None:
    """Repaired, the old PC's file settles its number by itself; it learns that the pen is elsewhere."""
    stage.at(16, 30)
    stage.world.start(DESK)
    seat = sign_in(stage, people.SIGNER, DESK)
    before = size(register(stage, FIRST).unknown)
    carry(stage, export(stage, seat, DESK), FIRST)
    state = register(stage, FIRST)
    equal(size(state.unknown), before - 1, "số chưa rõ sau khi máy cũ trở lại")
    kind, title = verdict(stage, stage.seat(FIRST), stage.lost_code)
    equal(kind, "unconfirmed", "mã của số đã rõ")
    stage.say(f"Máy cũ trở lại, số {stage.lost_number} đã rõ: “{title}”")
    carry(stage, export(stage, stage.seat(FIRST), FIRST), DESK)
    check(not stage.program(DESK).signing.pen().here, "máy cũ không còn quyền cấp số")
    seat.press(Qt.Key.Key_F7)
    seat.press(Qt.Key.Key_4, CTRL)
    seat.commit()
    equal(stage.program(DESK).signing.lots(), (), "số của máy cũ còn chờ ký")
    stage.say(f"Số {stage.lost_number} được xác nhận đã ký tại BÀN KÝ: “{seat.bar()}”")


def never_used(stage: Stage) -> None:
    """What the returned PC never gave is voided with minutes, number by number."""
    stage.at(16, 40)
    seat = sign_in(stage, people.REGISTRAR, FIRST)
    seat.open_by_search("quyen cap so", PEN)
    left = size(register(stage, FIRST).unknown)
    settle = seat.view.parts.settle
    seat.press(Qt.Key.Key_2, CTRL)
    seat.enter()
    check(seat.view.parts.form is settle, f"Enter phải mở phần xác định số, thanh báo “{seat.bar()}”")
    seat.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    seat.press(Qt.Key.Key_Right)
    check(settle.voids(), "phím → phải chọn Hủy số")
    seat.press(Qt.Key.Key_4, CTRL)
    seat.type(MINUTES)
    stage.picture(seat, "huy-so-chua-ro")
    seat.commit()
    for _ in range(left - 1):
        seat.enter()
        seat.commit()
    state = register(stage, FIRST)
    equal(state.unknown, (), f"số chưa rõ còn lại (thanh báo “{seat.bar()}”)")
    equal(state.voided, left, "số đã hủy theo biên bản")
    stage.say(f"{left} số máy cũ chưa dùng được hủy từng số theo biên bản: “{seat.bar()}”")
