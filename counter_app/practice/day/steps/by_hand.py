"""Files carried by hand between the two counters: written at one, read at the other, nothing else passes."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt

from counter_app.practice import people
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.practice.day.steps.signing_in import PLACES, sign_in
from counter_app.ui.screens.pen.acts import PASS, TAKE

SYNC, WORDS = "sync", "dong bo"
PEN = "pen"


def outbox(stage: Stage, counter: int) -> Path:
    """Where a counter writes and finds bundles when no stick is plugged in."""
    return stage.world.settings[counter].paths.outbox


def export(stage: Stage, seat: Seat, counter: int) -> list[Path]:
    """Ctrl+E and F9 on the page of the exchange; returns the files written."""
    folder = outbox(stage, counter)
    before = set(folder.glob("*.mcx"))
    seat.open_by_search(WORDS, SYNC)
    seat.press(Qt.Key.Key_E, CTRL)
    seat.view.file_panel.path_field.edit.selectAll()
    check(str(folder) == seat.view.file_panel.path(), f"nơi ghi gói: {seat.view.file_panel.path()}")
    seat.commit()
    check("Đã xuất gói" in seat.bar(), f"thanh báo sau khi xuất: “{seat.bar()}”")
    written = sorted(set(folder.glob("*.mcx")) - before)
    check(written, "chưa có tệp gói nào được ghi")
    return written


def carry(stage: Stage, files: list[Path], counter: int) -> None:
    """A person takes the stick to the other PC and pulls nothing out before F9 has read it."""
    folder = outbox(stage, counter)
    folder.mkdir(parents=True, exist_ok=True)
    brought = [Path(shutil.copy(one, folder / one.name)) for one in files]
    seat = stage.seat(counter)
    seat.open_by_search(WORDS, SYNC)
    seat.press(Qt.Key.Key_O, CTRL)
    seat.until(lambda: bool(seat.view.file_panel.path()), "gói trong danh sách")
    check(seat.view.file_panel.path() in map(str, brought), f"gói chọn sẵn: {seat.view.file_panel.path()}")
    stage.picture(seat, "nhap-goi")
    seat.commit()
    check(seat.bar() and "chưa" not in seat.bar().lower(), f"thanh báo sau khi nhập: “{seat.bar()}”")
    stage.say(f"{PLACES[counter]} nhập gói: “{seat.bar()}”")
    for one in brought:
        one.unlink()


def noon(stage: Stage) -> None:
    """QUẦY-01 sends its requests by file; the signing desk then shows the pile of 27, without the pen."""
    stage.at(11, 40)
    files = export(stage, stage.seat(FIRST), FIRST)
    seat = sign_in(stage, people.SIGNER, DESK)
    carry(stage, files, DESK)
    seat.press(Qt.Key.Key_F7)
    equal(len(seat.view.model.desk.rows), len(stage.slips), "phiếu trên bàn ký")
    check(not seat.view.model.desk.pen.here, "quyền cấp số chưa được ở BÀN KÝ")
    check(
        "QUẦY-01" in seat.view.parts.elsewhere.accessibleName() or seat.view._why_not(), "phải nói nơi cấp số"
    )
    stage.say(f"Bàn ký có {len(stage.slips)} phiếu; {seat.view._why_not()}")


def open_act(seat: Seat, code: str) -> None:
    """Ctrl+4 on the pen's page, down to one of the acts of this place, Enter."""
    seat.press(Qt.Key.Key_4, CTRL)
    seat.press(Qt.Key.Key_Home)
    codes = [act.code for act in seat.view.parts.overview.rows.rows()]
    check(code in codes, f"việc {code!r} phải có khi quyền ở đây, có {codes}")
    for _ in range(codes.index(code)):
        seat.press(Qt.Key.Key_Down)
    seat.enter()
    check(seat.view.parts.form is seat.view.parts.by_act[code], f"Enter phải mở phần {code!r}")


def the_pen(stage: Stage) -> None:
    """The pen goes into a file for the signing desk: from then on QUẦY-01 cannot number."""
    stage.at(11, 55)
    seat, folder = sign_in(stage, people.SIGNER, FIRST), outbox(stage, FIRST)
    before = set(folder.glob("*.mcx"))
    seat.open_by_search("quyen cap so", PEN)
    open_act(seat, PASS)
    form = seat.view.parts.passing
    number = stage.program(DESK).session.counter().counter_number
    check(form.chosen().number == number, f"máy nhận quyền: {form.chosen()}")
    check(form.folder.text() == str(folder), f"nơi ghi tệp: {form.folder.text()}")
    stage.picture(seat, "chuyen-quyen")
    seat.commit()
    stage.say(f"QUẦY-01 chuyển quyền cấp số cho BÀN KÝ: “{seat.bar()}”")
    (file,) = set(folder.glob("*.mcx")) - before
    check(not stage.program(FIRST).signing.pen().here, "QUẦY-01 vẫn giữ quyền cấp số")
    sign_in(stage, people.SIGNER, DESK)
    take_pen(stage, file)
    check(stage.program(DESK).signing.pen().here, "BÀN KÝ chưa giữ quyền cấp số")


def take_pen(stage: Stage, file: Path) -> None:
    """The stick lies at the signing desk; its page of the pen reads the file."""
    folder, seat = outbox(stage, DESK), stage.seat(DESK)
    brought = Path(shutil.copy(file, folder / file.name))
    seat.open_by_search("quyen cap so", PEN)
    open_act(seat, TAKE)
    seat.until(lambda: bool(seat.view.parts.taking.path.text()), "tệp trong danh sách")
    equal(seat.view.parts.taking.path.text(), str(brought), "tệp chọn sẵn")
    stage.picture(seat, "nhan-quyen")
    seat.commit()
    check(seat.bar().endswith("Quyền cấp số ở máy này."), f"thanh báo sau khi nhận: “{seat.bar()}”")
    stage.say(f"BÀN KÝ nhận quyền: “{seat.bar()}”")
    brought.unlink()
