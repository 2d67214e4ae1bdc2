"""Before the day: two counters under grants, the register goes on from the paper book, the line goes."""

from __future__ import annotations

from counter_app.practice import people, seeding
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.services.ports.exchange import OFFLINE


def two_counters(stage: Stage) -> None:
    """Both PCs were enrolled from provisioning files (``PracticeWorld.create``); each knows who it is."""
    for counter, name in ((FIRST, "QUẦY-01"), (DESK, "BÀN KÝ")):
        enrolled = stage.program(counter).technician.enrolment()
        equal(enrolled.counter, name, "tên quầy ghi danh")
        check(enrolled.spare_grants > 0, "thiếu giấy phép dự phòng")
        stage.by_service(f"Kỹ thuật viên ghi danh {name} bằng tệp cấp phép của tỉnh, đời {enrolled.life}.")


def opening_balance(stage: Stage) -> None:
    """1,775 numbers stand in the paper book: the registrar and, with his password, the deputy."""
    program = stage.program(FIRST)
    stage.world.founded.register = seeding.open_register(program, stage.world.founded, seeding.LAST_ON_PAPER)
    stage.world.settle()
    equal(program.signing.pen().last_number, seeding.LAST_ON_PAPER, "số cuối theo sổ giấy")
    check(program.signing.pen().here, "quyền cấp số phải ở QUẦY-01")
    stage.by_service("Hai người mở sổ SCT/BS tiếp theo số 1775 của sổ giấy.")


def line_goes(stage: Stage) -> None:
    """The province cannot be reached from now on; nobody at the counter has to do anything."""
    stage.at(7, 30)
    stage.line_down()
    said = stage.program(FIRST).exchange.try_now()
    check(said.startswith("Chưa nối được tỉnh"), f"đường truyền phải mất, thấy “{said}”")
    equal(stage.program(FIRST).exchange.pill().kind, OFFLINE, "dấu đồng bộ")
    stage.say("Mất đường truyền. Quầy vẫn làm việc bình thường.")
    check(people.CLERK in stage.world.founded.officials, "thiếu tài khoản")
