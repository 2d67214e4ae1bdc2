"""The end of the day: cash counted, what is open listed, a verified backup, the screen covered."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.cli.app import main as command
from counter_app.practice import people
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.services.ports.papers import DayForm

CLOCK = "clock"
"""Self-test of the date: a scripted day keeps its own, the province's PC has today's."""
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)


def notes_of(amount: int) -> tuple[tuple[int, int], ...]:
    """An amount in as few notes as can be: (note, how many)."""
    counted = []
    for note in NOTES:
        pieces, amount = divmod(amount, note)
        if pieces:
            counted.append((note, pieces))
    return tuple(counted)


def the_day(stage: Stage) -> None:
    """The cashier counts what there must be; the sheet lists what stays open."""
    stage.at(17, 0)
    sign_in(stage, people.CLERK, FIRST)
    program = stage.program(FIRST)
    day = program.cash.day()
    equal(day.problems, (), "việc chặn chốt quỹ")
    said = program.cash.close_day(DayForm(notes_of(day.expected)), people.PIN)
    check(program.cash.day().closed, "ngày chưa chốt")
    open_items = "; ".join(day.open_items) or "không còn việc gì mở"
    stage.by_service(f"Chốt quỹ ngày {day.expected} đ: {said} Còn mở: {open_items}.")


def backup_and_verify(stage: Stage) -> None:
    """The technician's backup is opened, checked and restored into a copy."""
    stage.at(17, 10)
    sign_in(stage, people.TECHNICIAN, FIRST)
    technician = stage.program(FIRST).technician
    backup = technician.back_up()
    check(backup.verified, backup.words)
    words = technician.try_restore(backup.path)
    broken = [row.title for row in technician.self_test() if row.verdict == "broken" and row.code != CLOCK]
    equal(broken, [], "tự kiểm tra")
    for settings in stage.world.settings:
        code = command(["--home", str(settings.paths.home), "verify"])
        equal(code, 0, f"commune-counter verify tại {settings.paths.home.name}")
    stage.say("Lệnh verify: trang, chuỗi và chữ ký của cả hai kho đều đúng.")
    stage.by_service(f"Sao lưu đã kiểm tra: {backup.words} {words}")


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
