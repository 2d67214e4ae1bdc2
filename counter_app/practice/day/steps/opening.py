"""Before the day: the register goes on from the paper book, the line goes."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.practice import people, seeding
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.signing_in import sign_in
from counter_app.services.ports.exchange import OFFLINE
from counter_app.storage.queries.registers import register_of

REGISTERS = "registers"


def opening_balance(stage: Stage) -> None:
    """1,775 numbers stand in the paper book: the registrar and, with his password, the deputy."""
    stage.at(7, 10)
    seat, program = sign_in(stage, people.REGISTRAR), stage.program(FIRST)
    _type_the_opening(stage, seat)
    with program.opened.store.read() as connection:
        row = register_of(connection, "copy", program.areas.work.today().year)
    check(row is not None, "sổ chưa mở")
    stage.world.founded.register = None if row is None else row.id
    stage.world.settle()
    equal(program.signing.pen().last_number, seeding.LAST_ON_PAPER, "số cuối theo sổ giấy")
    check(program.signing.pen().here, "quyền cấp số phải ở QUẦY-01")


def _type_the_opening(stage: Stage, seat: Seat) -> None:
    """Ctrl+O on the page of the registers: book, last number, ground, the second person, his password."""
    seat.open_by_search("so va bao cao", REGISTERS)
    seat.press(Qt.Key.Key_O, CTRL)
    panel = seat.view.opening.panel
    check(panel is not None and panel.isVisible(), "Ctrl+O phải mở phần mở sổ")
    for typed in (str(seeding.BOOK_ON_PAPER), str(seeding.LAST_ON_PAPER), "Chuyển từ sổ giấy, có biên bản"):
        seat.type(typed)
        seat.enter()
    wanted = stage.world.founded.officials[people.SIGNER]
    place = [one.official for one in panel._people].index(wanted)
    for _ in range(abs(place - panel.second.currentIndex())):
        seat.press(Qt.Key.Key_Down if place > panel.second.currentIndex() else Qt.Key.Key_Up)
    seat.enter()
    seat.type(people.PASSWORD)
    stage.picture(seat, "mo-so")
    seat.commit()
    check("Đã mở sổ" in seat.bar(), f"thanh báo khi mở sổ: “{seat.bar()}”")
    stage.say(f"Hai người mở sổ tiếp theo số {seeding.LAST_ON_PAPER} của sổ giấy: “{seat.bar()}”")


def line_goes(stage: Stage) -> None:
    """The province cannot be reached from now on; nobody at the counter has to do anything."""
    stage.at(7, 30)
    stage.line_down()
    for counter in (FIRST, DESK):
        exchange = stage.program(counter).exchange
        said = exchange.try_now()
        check(said.startswith("Chưa nối được tỉnh"), f"đường truyền phải mất, thấy “{said}”")
        equal(exchange.pill().kind, OFFLINE, "dấu đồng bộ")
    stage.say("Mất đường truyền. Quầy vẫn làm việc bình thường.")
