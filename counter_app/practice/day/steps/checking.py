"""A copy's QR shown at another counter: not sent yet, then valid; struck and altered ones are told apart."""

from __future__ import annotations

from counter_app.practice import people
from counter_app.practice.day.failures import equal
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.by_hand import carry, export
from counter_app.practice.day.steps.signing_in import sign_in

CHECK = "check"


def verdict(stage: Stage, seat: Seat, text: str, counter: int = FIRST) -> tuple[str, str]:
    """Kind and title of what the counter says of a scanned copy."""
    found = stage.program(counter).home.check_copy(text)
    seat.scan(text)
    equal(seat.screen(), CHECK, "màn hình mở khi quét mã bản sao")
    return found.kind, found.title


def altered(text: str) -> str:
    """The code with one character of its signature changed."""
    place = len(text) - 9
    other = "A" if text[place] != "A" else "B"
    return f"{text[:place]}{other}{text[place + 1 :]}"


def copies_shown(stage: Stage) -> None:
    """The same copy before and after the signing desk's file has come; then a struck and a bent one."""
    stage.at(14, 50)
    seat = sign_in(stage, people.CLERK, FIRST)
    kind, title = verdict(stage, seat, stage.copy_codes[0])
    equal(kind, "not_sent", "mã của số chưa về QUẦY-01")
    stage.say(f"Quét bản sao tại QUẦY-01 khi chưa có tệp: “{title}”")
    files = export(stage, stage.seat(DESK), DESK)
    carry(stage, files, FIRST)
    first, bent, last = stage.copy_codes[0], altered(stage.copy_codes[1]), stage.copy_codes[-1]
    for text, wanted in ((first, "valid"), (last, "struck"), (bent, "altered")):
        kind, title = verdict(stage, seat, text)
        equal(kind, wanted, "kết quả kiểm tra bản sao")
        stage.say(f"Quét bản sao: “{title}”")
        if seat.screen() == CHECK:
            stage.picture(seat, f"kiem-tra-{wanted}")
