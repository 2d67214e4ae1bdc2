"""Taking in: a card scanned, rows typed, cash counted, one strip printed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.practice.day.citizens import SON, Citizen, citizen, with_old_card
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.paper_eyes import codes_on
from counter_app.practice.day.robot import ALT
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import FIRST, Stage
from counter_app.services.ports.copies import LOOK
from counter_app.ui.formatting import money

FIVE_ROWS = ("bang 1x3", "hb 24x2", "gks 1x4", "syll 2x3", "cccd 2x5")
"""6,000 + 52,000 + 8,000 + 12,000 + 20,000 = 98,000 đ by the law's table."""
TOTAL, GIVEN, CHANGE = 98_000, "100", 2_000
ROUTINE = ("gks 1x2", "bang 1x1", "hb 12x1", "syll 2x2")
COMPLETE_SLIPS, TO_LOOK_AT = 24, 3


def card_and_rows(seat: Seat, who: Citizen, *rows: str) -> None:
    """F4, the card, each row with Enter and the tick with Space."""
    if seat.screen() != "copies":
        seat.press(Qt.Key.Key_F4)
    seat.scan(who.card)
    for row in rows:
        seat.type(row)
        seat.enter()
        seat.press(Qt.Key.Key_Space)


def save(stage: Stage, seat: Seat, who: Citizen, counter: int = FIRST) -> str:
    """F9; what the bar says, what the strip shows a scanner and what the store holds belong together."""
    before = set(stage.papers(counter))
    seat.commit()
    seat.until(lambda: not seat.view.model.busy, "lưu phiếu")
    seat.settle()
    code: str = seat.view.model.last_code
    check(code and code in seat.bar(), f"thanh báo phải nêu mã phiếu, thấy “{seat.bar()}”")
    printed = set(stage.papers(counter)) - before
    digits = {
        text for paper in printed for text in codes_on(paper) if classify_scan(text).kind is ScanKind.REQUEST
    }
    equal(len(digits), 1, f"mã vạch của phiếu trên {sorted(paper.name for paper in printed)}")
    digit_code = digits.pop()
    request = stage.program(counter).signing.request_of_code(digit_code)
    check(request is not None, f"không thấy phiếu {digit_code} trong kho")
    assert request is not None
    stage.slips.setdefault(who.number, (request, digit_code))
    return code


def five_originals(stage: Stage) -> None:
    """98,000 đ for five originals; 100 given, 2,000 back; nothing is numbered."""
    stage.at(7, 40)
    seat = stage.seat(FIRST)
    card_and_rows(seat, SON, *FIVE_ROWS)
    seat.enter()
    seat.type(GIVEN)
    view = seat.view.model.view
    equal((view.total, view.change), (TOTAL, CHANGE), "phải thu và tiền trả lại")
    shown = (seat.view.money.total.text(), seat.view.money.change.text())
    equal(shown, (money(TOTAL), money(CHANGE)), "số tiền trên màn hình")
    stage.picture(seat, "chung-thuc")
    code = save(stage, seat, SON)
    stage.say(f"{SON.name}: 5 bản chính, thu 98.000 đ, nhận 100.000 đ, trả lại 2.000 đ. Phiếu {code}.")


def the_morning(stage: Stage) -> None:
    """The other slips of the pile: 23 that are complete, and three whose card has run out: the clerk
    looks (Alt+Enter), and the signatory will have to."""
    stage.at(8, 0)
    seat = stage.seat(FIRST)
    for place in range(COMPLETE_SLIPS - 1):
        who = citizen(place)
        card_and_rows(seat, who, ROUTINE[place % len(ROUTINE)])
        save(stage, seat, who)
    for place in range(TO_LOOK_AT):
        who = with_old_card(place)
        card_and_rows(seat, who, "cccd 2x1")
        check("hết hạn" in _amber(seat), "màn hình phải báo thẻ căn cước hết hạn")
        seat.press(Qt.Key.Key_Return, ALT)
        save(stage, seat, who)
    waiting = len(stage.program(FIRST).signing.pile())
    equal(waiting, COMPLETE_SLIPS + TO_LOOK_AT, "phiếu chờ cấp số")
    keys = f"{seat.robot.keys} phím, {seat.robot.scans} lần quét"
    stage.say(f"Đã nhận {waiting} phiếu tại QUẦY-01 ({keys}).")


def _amber(seat: Seat) -> str:
    """What the screen wants to be looked at."""
    return " ".join(notice.title for notice in seat.view.model.notices(LOOK))
