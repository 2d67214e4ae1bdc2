"""Two bare PCs become counters on their first pages; the unit is founded and its people recorded by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.composition.enrolling import Enrolling
from counter_app.practice import people, seeding
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.signing_in import PLACES, sign_in
from counter_app.services.session.accounts import NewOfficial
from counter_app.ui.screens.founding.view import FoundingView
from counter_app.ui.screens.people.view import CHOICES
from counter_app.ui.screens.signin.view import SignInView

STAFF = {new.login: new for new in people.STAFF}
ACT_DAY = "01/01/2026"


def first_counter(stage: Stage) -> None:
    """QUẦY-01: a stick, F9; then the Chairman and the technician found the unit together."""
    seat = enrol(stage, FIRST)
    check(isinstance(seat.cover, FoundingView), "sau ghi danh phải hỏi cán bộ đầu tiên")
    head, technician = STAFF[people.CHAIRMAN], STAFF[people.TECHNICIAN]
    seat.press(Qt.Key.Key_1, CTRL)
    _type(seat, head.name, head.title_line, "", head.login, head.pin, head.password, head.password)
    _type(seat, technician.name, technician.title_line, technician.login, technician.pin)
    _type(seat, technician.password, technician.password, seeding.ACT_NUMBER, ACT_DAY)
    stage.picture(seat, "lap-don-vi")
    seat.commit()
    seat.until(lambda: isinstance(seat.cover, SignInView), f"lập đơn vị ({seat.cover.title()})")
    _remember(stage)
    stage.say(f"Lập đơn vị tại QUẦY-01: {head.name} và {technician.name}, QĐ số {seeding.ACT_NUMBER}.")


def its_people(stage: Stage) -> None:
    """The Chairman adds the others, each typing his own password, and records the act for the deputy."""
    seat = sign_in(stage, people.CHAIRMAN)
    seat.open_by_search("can bo", "people")
    for login in (people.SIGNER, people.REGISTRAR, people.CLERK):
        _type_official(seat, STAFF[login])
        seat.commit()
        check("Đã thêm" in seat.bar(), f"thanh báo khi thêm cán bộ: “{seat.bar()}”")
    _remember(stage)
    wanted = stage.world.founded.officials[people.SIGNER]
    place = [row.official for row in seat.view.model.rows].index(wanted)
    seat.view.table.go_to(place)
    seat.press(Qt.Key.Key_2, CTRL)
    _type(seat, seeding.ACT_NUMBER, ACT_DAY, "", "", "Phó Chủ tịch", ACT_DAY, "31/12/2026")
    for _matter in ("signature", "transaction", "translator"):  # as the ticks stand; copies are ticked
        seat.enter()
        seat.press(Qt.Key.Key_Space)
    stage.picture(seat, "can-bo")
    seat.commit()
    check("Đã ghi văn bản" in seat.bar(), f"thanh báo khi ghi văn bản: “{seat.bar()}”")
    seat.press(Qt.Key.Key_E, CTRL)
    check("tài khoản" in seat.bar(), f"thanh báo khi ghi tệp tài khoản: “{seat.bar()}”")
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F5)
    stage.say(f"Chủ tịch thêm {len(STAFF) - 2} cán bộ, ghi phân công ký, ghi tệp tài khoản ra USB.")


def second_counter(stage: Stage) -> None:
    """BÀN KÝ: its own file; officials come by exchange, accounts from the stick."""
    seat = enrol(stage, DESK)
    seat.press(Qt.Key.Key_F5)
    seat.until(lambda: stage.program(DESK).founding.stage().officials == len(STAFF), "danh sách cán bộ")
    outbox = stage.world.settings[FIRST].paths.outbox
    (file,) = outbox.glob("*.mca")
    seat.settle()
    seat.cover.receive.files.path_field.edit.setFocus()
    seat.cover.receive.files.path_field.edit.selectAll()
    seat.type(str(file))
    stage.picture(seat, "nhan-tai-khoan")
    seat.commit()
    seat.until(lambda: isinstance(seat.cover, SignInView), "trang đăng nhập của BÀN KÝ")
    file.unlink()
    for login in STAFF:
        _sets_pin(stage, login)
    stage.say("Mỗi người đăng nhập BÀN KÝ bằng mật khẩu và đặt PIN của mình.")
    stage.world.settle()


def _sets_pin(stage: Stage, login: str) -> None:
    """The first password at this PC: the page offers a PIN, typed twice."""
    sign_in(stage, login, DESK, sets_pin=True)


def enrol(stage: Stage, counter: int) -> Seat:
    """The technician's stick, what it holds, F9; returns the seat before the counter's window."""
    name = PLACES[counter]
    stick = stage.world.folder / "usb"
    stick.mkdir(exist_ok=True)
    settings, file = stage.world.bare_pc(name)
    (stick / f"{name}.mcp").write_bytes(file)
    for other in stage.seats.values():
        other.leave()
    seat = Seat(Enrolling(settings, beside=(), sticks=(stick,)))
    seat.until(lambda: seat.cover.holds.text("counter").startswith(name), "tệp cấp phát")
    stage.picture(seat, "ghi-danh")
    seat.commit()
    seat.until(lambda: isinstance(seat.cover, FoundingView), f"ghi danh {name}")
    stage.world.join(settings, seat.program)
    stage.seats[counter] = seat
    seat.settle()
    check(not list(stick.iterdir()), "tệp cấp phát phải bị xóa sau khi dùng")
    enrolled = seat.program.technician.enrolment()
    equal(enrolled.counter, name, "tên quầy ghi danh")
    check(enrolled.spare_grants > 0, "thiếu giấy phép dự phòng")
    stage.say(f"Kỹ thuật viên ghi danh {name} bằng tệp cấp phát trên USB, đời {enrolled.life}.")
    return seat


def _type_official(seat: Seat, new: NewOfficial) -> None:
    """The card of a new official: roles by the arrows, everything else typed."""
    _type(seat, new.name, new.title_line)
    for place, role in enumerate(new.roles[:2]):
        steps = CHOICES.index(role) + place
        picker = seat.view.person.more if place else seat.view.person.role
        for _ in range(abs(steps - picker.currentIndex())):
            seat.press(Qt.Key.Key_Down if steps > picker.currentIndex() else Qt.Key.Key_Up)
        seat.enter()
    if len(new.roles) == 1:
        seat.enter()
    _type(seat, new.login, new.pin, new.password, new.password)


def _type(seat: Seat, *texts: str) -> None:
    """One field after another, Enter between them."""
    for text in texts:
        if text:
            seat.type(text)
        seat.enter()


def _remember(stage: Stage) -> None:
    """Who works here now, for the steps that follow."""
    for one in stage.program(FIRST).founding.accounts():
        stage.world.founded.officials[one.login] = one.official
