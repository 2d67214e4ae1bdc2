"""Results leave: one by the slip, one by the card of a person who lost his."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.dossiers.state import Stage as At
from counter_app.practice import people
from counter_app.practice.day.citizens import FATHER, citizen
from counter_app.practice.day.dossiers.hands import state_of_dossier
from counter_app.practice.day.dossiers.taking_in import LOST, WITNESSED
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import FIRST, Stage
from counter_app.practice.day.steps.signing_in import sign_in


def by_slip(stage: Stage) -> None:
    """F6, the slip, F9; what left cannot leave again."""
    stage.at(15, 30)
    seat = sign_in(stage, people.CLERK, FIRST)
    seat.press(Qt.Key.Key_F6)
    _, code = stage.dossiers[WITNESSED]
    seat.scan(code)
    equal(len(seat.view.model.leaving_results()), 1, "kết quả để trả")
    check(not seat.view.lost.isChecked(), "có giấy hẹn thì không ghi mất giấy hẹn")
    stage.picture(seat, "tra-ket-qua-ho-so")
    seat.commit()
    equal(state_of_dossier(stage, WITNESSED).stage, At.RETURNED, f"hồ sơ đã trả (“{seat.bar()}”)")
    stage.say(f"{FATHER.name} nhận Giấy khai sinh: “{seat.bar()}”")
    seat.scan(code)
    equal(seat.view.model.leaving_results(), (), "kết quả đã trả không trả lần nữa")
    seat.press(Qt.Key.Key_Escape)


def slip_lost(stage: Stage) -> None:
    """The card instead of the slip: found, and the journal says that the slip was lost."""
    seat, who = stage.seat(FIRST), citizen(42)
    seat.scan(who.card)
    equal(len(seat.view.model.leaving_results()), 1, f"kết quả của {who.name}")
    check(seat.view.lost.isChecked(), "quét thẻ phải tự ghi mất giấy hẹn")
    seat.commit()
    state = state_of_dossier(stage, LOST)
    equal(state.stage, At.RETURNED, f"trích lục đã trả (“{seat.bar()}”)")
    seat.press(Qt.Key.Key_F2)
    stage.say(f"{who.name} mất giấy hẹn, tìm theo thẻ: “{seat.bar()}”")
