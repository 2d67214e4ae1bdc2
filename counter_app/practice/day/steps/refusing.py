"""A torn original may not be certified: R, the ground, F9, and a written refusal for the citizen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.practice.day.citizens import citizen
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import FIRST, Stage
from counter_app.practice.day.steps.taking_in import card_and_rows

TORN = "nát"
"""A word of NĐ 23/2015 art. 22's ground for papers damaged beyond reading."""


def torn_original(stage: Stage) -> None:
    """No number, no fee, no slip: the refusal with its ground is all that is written."""
    stage.at(10, 20)
    seat = stage.seat(FIRST)
    program = stage.program(FIRST)
    waiting, printed = len(program.signing.pile()), set(stage.papers(FIRST))
    card_and_rows(seat, citizen(50), "bang 1x1")
    seat.press(Qt.Key.Key_Up)
    grounds = [ground.words for ground in seat.view.model.around.grounds["copy"]]
    place = next((at for at, words in enumerate(grounds, 1) if TORN in words), 0)
    check(place, f"không thấy căn cứ từ chối “{TORN}” trong {grounds}")
    seat.press(Qt.Key.Key_R)
    check(seat.window.dialog.is_open(), "phải hỏi căn cứ từ chối")
    seat.type(str(place))
    stage.picture(seat, "tu-choi")
    seat.commit()
    equal(len(seat.view.model.form.rows), 0, "dòng bị từ chối còn trong danh sách")
    equal(len(program.signing.pile()), waiting, "phiếu chờ cấp số sau khi từ chối")
    refusal = set(stage.papers(FIRST)) - printed
    equal(len(refusal), 1, "phiếu từ chối đã in")
    stage.say(f"Bản chính rách nát bị từ chối: {grounds[place - 1]} Thanh báo: “{seat.bar()}”")
