"""A school brings 24 pupils: its list pasted, a wrong line mended, one F9, one slip that opens them all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from counter_app.practice import people
from counter_app.practice.day.citizens import citizen
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.robot import ALT, CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import FIRST, Stage
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.practice.day.steps.the_pile import number
from counter_app.ui.formatting import money

PUPILS, FIRST_PUPIL = 24, 200
NAME, BEARER = "Trường PTDTBT Bình Lư (tập huấn)", "Trần Thị Giáo"
BEARER_ID = "012190000200"
"""Without it nobody may take the whole lot: the return desk asks who receives."""
PAPERS = "hb 24x1, gks 1x2"
FEE = 26_000 + 2 * 2_000
"""24 pages once, one page twice (TT 226/2016 art. 4)."""
WRONG, LOST_ZERO = 6, 11
"""Places on the list: a day that no calendar has, a number whose first 0 the spreadsheet dropped."""
GIVEN, CHANGE = "1000000", 1_000_000 - PUPILS * FEE
GROUPS = "groups"


def _number(place: int) -> str:
    """A practice identity number: province 012, a boy born 2012."""
    return f"012212{FIRST_PUPIL + place:06d}"


def the_list() -> str:
    """The cells as the school's spreadsheet puts them on the clipboard."""
    rows = ["STT\tHọ và tên\tSố định danh\tNgày sinh\tLớp"]
    for place in range(PUPILS):
        digits = _number(place)[1:] if place == LOST_ZERO else _number(place)
        birth = "31/02/2012" if place == WRONG else "15/09/2012"
        name = citizen(FIRST_PUPIL + place).name.title()
        rows.append(f"{place + 1}\t{name}\t{digits}\t{birth}\t{6 + place % 4}A")
    return "\n".join(rows) + "\n"


def pasted_and_written(stage: Stage) -> None:
    """F4, Ctrl+B: who brings it, the papers, Ctrl+V; F9 refuses until both lines are put right."""
    stage.at(16, 42)
    seat = sign_in(stage, people.CLERK, FIRST)
    seat.press(Qt.Key.Key_F4)
    seat.press(Qt.Key.Key_B, CTRL)
    equal(seat.screen(), GROUPS, "Ctrl+B mở trang nhóm")
    for text in (NAME, BEARER, BEARER_ID, "", PAPERS):
        seat.type(text)
        seat.enter()
    QGuiApplication.clipboard().setText(the_list())
    seat.press(Qt.Key.Key_V, CTRL)
    equal(len(seat.view.model.form.people), PUPILS, "người đọc được từ các ô vừa dán")
    for _ in range(PUPILS):
        seat.press(Qt.Key.Key_Space)
    before = len(stage.program(FIRST).groups.recent())
    seat.commit()
    equal(len(stage.program(FIRST).groups.recent()), before, "F9 không ghi khi còn dòng sai")
    _mend(seat)
    stage.picture(seat, "nhom-truong")
    seat.press(Qt.Key.Key_3, CTRL)
    seat.type(GIVEN)
    equal(seat.view.money.change.text(), money(CHANGE), "tiền trả lại trên màn hình")
    seat.commit()
    seat.until(lambda: not seat.view.model.writing.busy, "ghi nhóm")
    (group,) = stage.program(FIRST).groups.recent()
    equal((group.taken, group.complete, group.to_pay), (PUPILS, True, 0), "nhóm đã ghi")
    equal(group.amount, PUPILS * FEE, "tiền của nhóm")
    stage.group = group.group
    stage.say(f"{NAME} mang {PUPILS} học sinh: dán danh sách, sửa 2 dòng. “{seat.bar()}”")


def _mend(seat: Seat) -> None:
    """Ctrl+. goes to what is wrong: the day is typed again, the zero is looked at."""
    states = seat.view.model.state_of
    equal((states(WRONG), states(LOST_ZERO)), ("stop", "look"), "hai dòng phải được báo")
    seat.view.table.setFocus()
    seat.press(Qt.Key.Key_Home)
    seat.press(Qt.Key.Key_Period, CTRL)
    seat.enter()
    check("31/02/2012" in seat.view.person.fields["birth"].error(), "ô ngày sinh phải nói vì sao sai")
    seat.type("15092012")
    seat.press(Qt.Key.Key_Escape)  # puts away what F9 said
    seat.press(Qt.Key.Key_Escape)
    seat.press(Qt.Key.Key_Period, CTRL)
    seat.press(Qt.Key.Key_Return, ALT)
    equal((states(WRONG), states(LOST_ZERO)), ("ready", "ready"), "hai dòng sau khi sửa")


def numbered_by_its_slip(stage: Stage) -> None:
    """The signatory scans the group's slip: everybody of it is ticked, one act numbers them."""
    stage.at(16, 44)
    seat, program = sign_in(stage, people.SIGNER, FIRST), stage.program(FIRST)
    seat.press(Qt.Key.Key_F7)
    seat.scan(_code(stage))
    members = {member.request for member in program.groups.members(stage.group)}
    equal(seat.view.model.ticked, members, "phiếu được chọn khi quét phiếu nhóm")
    number(seat, (Qt.Key.Key_Return, CTRL))
    lots = [program.signing.lot_lines(lot.lot) for lot in program.signing.lots()]
    ours = [lines for lines in lots if {line.request for line in lines} == members]
    equal([len(lines) for lines in ours], [2 * PUPILS], "nhóm đi trong một lô")
    seat.press(Qt.Key.Key_4, CTRL)
    seat.scan(_code(stage))
    equal(len(seat.view.model.inked), 2 * PUPILS, "số được đánh dấu đã ký khi quét phiếu nhóm")
    seat.commit()
    stages = {member.stage for member in program.groups.members(stage.group)}
    equal(stages, {"signed"}, "kết quả của nhóm sau khi ký")
    stage.say(f"Quét phiếu nhóm ở bàn ký: {2 * PUPILS} số trong một lần, đã ký.")


def handed_over_by_its_slip(stage: Stage) -> None:
    """One scan at F6, F9: all leave with the teacher."""
    stage.at(16, 46)
    seat, program = sign_in(stage, people.CLERK, FIRST), stage.program(FIRST)
    seat.press(Qt.Key.Key_F6)
    seat.scan(_code(stage))
    stage.picture(seat, "tra-nhom")
    seat.commit()
    stages = {member.stage for member in program.groups.members(stage.group)}
    equal(stages, {"handed_over"}, "kết quả của nhóm")
    stage.say(f"{BEARER} quét phiếu nhóm, nhận kết quả của {PUPILS} học sinh.")


def _code(stage: Stage) -> str:
    """Digits of the group's slip, read off the printed paper."""
    from counter_app.domain.codes import ScanKind, classify_scan
    from counter_app.practice.day.paper_eyes import codes_on

    slips = [paper for paper in stage.papers(FIRST) if paper.name.startswith("group_list")]
    (code,) = {text for text in codes_on(slips[-1]) if classify_scan(text).kind is ScanKind.REQUEST}
    return code
