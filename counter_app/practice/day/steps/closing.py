"""The end of the day: cash counted, what is open listed, a verified backup, the screen covered."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.cli.app import main as command
from counter_app.domain.money.day_closing import NOTES
from counter_app.practice import people
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.practice.day.steps.the_pile import give_pin
from counter_app.services.ports.technician import BROKEN
from counter_app.ui.formatting import money

CLOCK = "clock"
"""Self-test of the date: a scripted day keeps its own, the province's PC has today's."""
CASH, BACKUP = "cash", "backup"


def notes_of(amount: int) -> tuple[tuple[int, int], ...]:
    """An amount in as few notes as can be: (note, how many) in the order of the count."""
    counted = []
    for note in NOTES:
        pieces, amount = divmod(amount, note)
        counted.append((note, pieces))
    return tuple(counted)


def the_day(stage: Stage) -> None:
    """The cashier counts what there must be; the sheet lists what stays open."""
    stage.at(17, 0)
    seat, program = sign_in(stage, people.CLERK, FIRST), stage.program(FIRST)
    day = program.cash.day()
    equal(day.problems, (), "việc chặn chốt quỹ")
    seat.open_by_search("chot quy", CASH)
    for _, pieces in notes_of(day.expected):
        if pieces:
            seat.type(str(pieces))
        seat.enter()
    equal(seat.view.model.difference(), 0, "lệch quỹ")
    stage.picture(seat, "chot-quy")
    seat.commit()
    give_pin(seat)
    stage.say(f"Chốt quỹ ngày {money(day.expected)}: “{seat.bar()}”")
    check(program.cash.day().closed, f"ngày chưa chốt: “{seat.bar()}”")
    stage.say(f"Còn mở: {'; '.join(day.open_items) or 'không còn việc gì'}.")


def backup_and_verify(stage: Stage) -> None:
    """The technician's self-test, then a backup that is opened, checked and restored into a copy."""
    stage.at(17, 10)
    seat, technician = sign_in(stage, people.TECHNICIAN, FIRST), stage.program(FIRST).technician
    seat.press(Qt.Key.Key_F2)
    rows = seat.view.model.rows
    broken = [row.title for row in rows if row.verdict == BROKEN and row.code != CLOCK]
    equal((len(rows) > 5, broken), (True, []), "tự kiểm tra")
    wrong = any(row.code == CLOCK and row.verdict == BROKEN for row in rows)
    clock = " (trừ ngày giờ: kịch bản có ngày riêng, tỉnh đã ghi ngày của máy thật)" if wrong else ""
    stage.picture(seat, "tu-kiem-tra")
    stage.say(f"Tự kiểm tra: {len(rows)} mục, không mục nào hỏng{clock}.")
    place = [row.code for row in rows].index(BACKUP)
    seat.press(Qt.Key.Key_Home)
    for _ in range(place):
        seat.press(Qt.Key.Key_Down)
    seat.enter()
    equal(seat.screen(), "backups", "Enter ở dòng sao lưu mở trang sao lưu")
    before = len(technician.backups())
    seat.commit()
    made = technician.backups()
    equal((len(made), made[0].verified), (before + 1, True), "bản sao lưu mới, đã kiểm tra")
    said = seat.bar()
    seat.press(Qt.Key.Key_Home)
    seat.enter()
    outcome = seat.view.outcome.accessibleName()
    check("đạt" in outcome, f"khôi phục thử: “{outcome}”")
    stage.picture(seat, "sao-luu")
    stage.say(f"“{said}” {outcome}")
    for settings in stage.world.settings:
        code = command(["--home", str(settings.paths.home), "verify"])
        equal(code, 0, f"commune-counter verify tại {settings.paths.home.name}")
    stage.say("Lệnh verify: trang, chuỗi và chữ ký của cả hai kho đều đúng.")


def sign_out(stage: Stage) -> None:
    """Everybody leaves; the screens are covered and nobody's key stays open."""
    stage.at(17, 15)
    for counter in (FIRST, DESK):
        seat = stage.seat(counter)
        if not seat.window.is_covered():
            seat.press(Qt.Key.Key_F12)
        seat.until(seat.window.is_covered, "màn hình khóa")
        equal(stage.program(counter).areas.desk.person, None, "người còn ngồi ở quầy")
    stage.picture(stage.seat(FIRST), "het-ngay")
    stage.say("Hết ngày: cả hai quầy đã khóa màn hình.")
