"""A dossier through hands: handed on, an opinion, a draft, the result; a new date under the head's PIN."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.dossiers.state import Stage as At
from counter_app.practice import people
from counter_app.practice.day.dossiers.hands import do, open_page, page_of, state_of_dossier
from counter_app.practice.day.dossiers.taking_in import EXTENDED, LOST, WITNESSED
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.stage import FIRST, Stage
from counter_app.practice.day.steps.founding import STAFF
from counter_app.practice.day.steps.signing_in import sign_in

RESULT = ("Giấy chứng nhận", "Giấy khai sinh", "118/2026", "20/11/2026", "Giàng A Chiến (tập huấn)")
EXTRACT = ("Giấy chứng nhận", "Trích lục", "402/TL", "20/11/2026", "Vàng Văn Thăng (tập huấn)")
NEW_DATE = "27/11/2026"
"""A working week later than the date on form 01."""


def handed_on(stage: Stage) -> None:
    """The registrar takes it, hands it on to the head by name, who takes it and writes an opinion."""
    stage.at(15, 21)
    seat = sign_in(stage, people.REGISTRAR, FIRST)
    open_page(stage, seat, WITNESSED)
    do(seat, "take", "")
    do(seat, "forward", STAFF[people.CHAIRMAN].name, "Xin ý kiến về văn bản của người làm chứng")
    equal(page_of(stage, WITNESSED).place != "", True, "nơi đang giữ hồ sơ")
    seat = sign_in(stage, people.CHAIRMAN, FIRST)
    open_page(stage, seat, WITNESSED)
    do(seat, "take", "")
    do(seat, "opinion", "Đủ căn cứ, đăng ký khai sinh")
    do(seat, "forward", STAFF[people.REGISTRAR].name, "")
    stage.picture(seat, "ho-so-qua-tay")
    state = state_of_dossier(stage, WITNESSED)
    equal(state.stage, At.PROCESSING, "hồ sơ đang xử lý")
    stage.say(f"Hồ sơ khai sinh qua tay {STAFF[people.CHAIRMAN].name}: “{seat.bar()}”")


def drafted_and_decided(stage: Stage) -> None:
    """The registrar submits the draft and, once it is signed, records number, date and signer."""
    stage.at(15, 24)
    seat = sign_in(stage, people.REGISTRAR, FIRST)
    open_page(stage, seat, WITNESSED)
    do(seat, "take", "")
    do(seat, "draft", "Giấy khai sinh")
    equal(state_of_dossier(stage, WITNESSED).stage, At.AWAITING_DECISION, "dự thảo chờ ký")
    do(seat, "result", *RESULT)
    equal(state_of_dossier(stage, WITNESSED).stage, At.DONE, "hồ sơ có kết quả")
    stage.say(f"Kết quả khai sinh số {RESULT[2]}: “{seat.bar()}”")
    open_page(stage, seat, LOST)
    do(seat, "take", "")
    do(seat, "result", *EXTRACT)
    equal(state_of_dossier(stage, LOST).stage, At.DONE, "trích lục có kết quả")


def extended(stage: Stage) -> None:
    """The deputy head apologises: one new date, his PIN, form 04."""
    stage.at(15, 27)
    seat = sign_in(stage, people.SIGNER, FIRST)
    open_page(stage, seat, EXTENDED)
    before, papers = page_of(stage, EXTENDED).due, set(stage.papers(FIRST))
    stage.picture(seat, "hen-lai")
    do(seat, "extend", NEW_DATE, "Chờ xác minh nơi cư trú trước đây", pin=True)
    state, view = state_of_dossier(stage, EXTENDED), page_of(stage, EXTENDED)
    check(state.form("04") is not None, "phải có thư xin lỗi, hẹn lại")
    check(len(set(stage.papers(FIRST)) - papers) == 1, "thư xin lỗi phải được in")
    check(view.due != before and "27/11" in view.due, f"hạn mới: {view.due}")
    again = [offer.why_not for offer in view.acts if offer.code == "extend"]
    check(again and all(again), "chỉ được hẹn lại một lần")
    seat.press(Qt.Key.Key_F2)
    stage.say(f"{STAFF[people.SIGNER].name} xin lỗi và hẹn lại, thay {before}: {view.due}.")
