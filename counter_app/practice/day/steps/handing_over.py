"""Copies handed over: the slip scanned, F9, once."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.practice.day.citizens import SON, citizen
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import FIRST, Stage


def by_scan(stage: Stage) -> None:
    """Two people come with their slips; what they were given cannot be given again."""
    stage.at(15, 20)
    seat, program = stage.seat(FIRST), stage.program(FIRST)
    waiting = len(program.handover.waiting())
    seat.press(Qt.Key.Key_F6)
    for who in (SON, citizen(3)):
        _, code = stage.slips[who.number]
        seat.scan(code)
        leaving = len(seat.view.model.leaving())
        check(leaving, f"không có kết quả nào của {who.name} để trả")
        if who is SON:
            stage.picture(seat, "tra-ket-qua")
        seat.commit()
        check(seat.bar(), "thanh báo sau khi trả")
        stage.say(f"{who.name} nhận kết quả: “{seat.bar()}”")
        ((view,),) = (program.handover.find(code),)
        check(not any(line.ready for line in view.lines), f"{who.name}: kết quả đã trả vẫn trả được lần nữa")
    equal(len(program.handover.waiting()), waiting - 2, "hồ sơ chờ trả")
