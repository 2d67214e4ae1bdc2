"""The technician's pages by keys: the list and its cures, printers, backups, scanner, enrolment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.technician import GOOD, BackupPlace
from counter_app.ui import i18n
from counter_app.ui.screens import rail_for
from counter_app.ui.screens.contract import ScreenEntry
from counter_app.ui.screens.technician import ENTRY, OWN
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes import technician as fake
from tests.support.fakes.digital import FakeDigital
from tests.support.fakes.printing import FakePapers
from tests.support.fakes.settings import FakeSettings
from tests.support.fakes.technician import FakeTechnician
from tests.ui.desk import Desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
HANDS = frozenset({"technician", "manage_devices"})
EYES = frozenset({"technician", "read_devices"})
PAGE = {entry.name: entry for entry in OWN}
ENTRIES = (*OWN, ENTRY)
PRINTERS = ("HP LaserJet 1020", "XP-80")
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(page: str, port: FakeTechnician, permissions: frozenset[str] = HANDS, **papers: Any) -> Desk:
        ports = {
            "technician": port, "papers": FakePapers(names=papers.get("printers", PRINTERS)),
            "settings": FakeSettings(), "digital": FakeDigital(),
        }  # fmt: skip
        desks.append(Desk(themed, PAGE[page], ports, permissions))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.robot.key(key, modifier)
    desk.settle()


# --- who sees what ---


def names(entries: tuple[ScreenEntry, ...]) -> list[str]:
    return [entry.title for entry in entries]


def test_a_technician_has_a_rail_of_pages_and_a_leader_one_line(themed: QApplication) -> None:
    own = rail_for(ENTRIES, frozenset({"technician"}), frozenset({roles.TECHNICIAN}))
    assert names(own) == [
        "Tự kiểm tra",
        "Máy in",
        "Máy quét",
        "Thẻ ký số",
        "Mạng nội bộ",
        "Đường truyền tỉnh",
        "Sao lưu, khôi phục",
        "Đăng ký, thay máy",
    ]
    assert names(rail_for(ENTRIES, frozenset({"technician"}), frozenset({roles.DIRECTOR}))) == [
        "Kỹ thuật viên"
    ]
    assert rail_for(ENTRIES, frozenset({"home"}), frozenset({roles.INTAKE})) == ()


# --- the self-test ---


def test_the_list_says_what_is_wrong_and_its_cure(seat: Seat) -> None:
    desk = seat("technician", FakeTechnician())
    assert desk.view.band.accessibleName().startswith(
        "Máy này làm việc được. 2 điều cần xem trước khi bàn giao."
    )
    press(desk, KEY.Key_Down)
    assert desk.view._title.text() == "Ngày giờ"
    assert desk.view._remedy.accessibleName() == "Cách chữa Chỉnh lại giờ của máy."


def test_offline_is_no_fault_of_the_pc(seat: Seat) -> None:
    healthy = tuple(row if row.code == "hub" else replace(row, verdict=GOOD) for row in fake.CHECKS)
    desk = seat("technician", FakeTechnician(healthy))
    assert desk.view.band.property("kind") == "ok"


def test_something_broken_is_said_first(seat: Seat) -> None:
    desk = seat("technician", FakeTechnician(fake.BROKEN_STORE))
    assert desk.view.band.property("kind") == "bad"
    assert "3 điều" in desk.view.band.accessibleName()


def test_f5_runs_again_and_keeps_the_line(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("technician", port)
    press(desk, KEY.Key_Down)
    port.rows = fake.ALL_GOOD
    press(desk, KEY.Key_F5)
    assert port.tests == 2
    assert desk.view.table.current_row() == 1
    assert desk.view.band.property("kind") == "ok"


def test_f9_prints_the_minutes_once_and_nothing_else_does(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("technician", port)
    press(desk, KEY.Key_Down)
    press(desk, KEY.Key_Return)
    desk.robot.burst("0339000212611200018")
    desk.settle()
    assert port.calls == []
    press(desk, KEY.Key_F9)
    assert port.calls == [("acceptance",)]
    assert desk.window.bar.words() == "Đã in biên bản nghiệm thu."


def test_enter_leads_to_the_page_that_mends_it(seat: Seat) -> None:
    desk = seat("technician", FakeTechnician())
    opened: list[str] = []
    desk.window.open_screen = lambda name, argument=None: opened.append(name)  # type: ignore[method-assign]
    for _ in range(5):
        press(desk, KEY.Key_Down)
    press(desk, KEY.Key_Return)
    assert opened == ["printers"]


def test_ctrl_enter_mends_the_current_line_once_and_tests_again(seat: Seat) -> None:
    port = FakeTechnician(fake.TO_MEND)
    desk = seat("technician", port)
    assert desk.view.mend_button.isVisible()
    assert desk.view.mend_button.words() == "Sao lưu ngay"
    desk.robot.key(KEY.Key_Return, CTRL)
    desk.robot.key(KEY.Key_Return, CTRL)
    desk.settle()
    assert port.calls == [("mend", "backup")]
    assert port.tests == 2
    assert desk.window.bar.words() == "Đã sao lưu 148,2 MB."
    press(desk, KEY.Key_Down)
    assert not desk.view.mend_button.isVisible()
    press(desk, KEY.Key_Return, CTRL)
    assert port.calls == [("mend", "backup")], "a line without an act has none"


def test_a_mend_that_fails_is_told_and_may_be_tried_again(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = FakeTechnician(fake.TO_MEND)
    desk = seat("technician", port)

    def fails(_: str) -> str:
        raise DomainError("Đĩa đã đầy.", "", "Giải phóng chỗ.", code="disk.full")

    with monkeypatch.context() as held:
        held.setattr(port, "mend", fails)
        press(desk, KEY.Key_Return, CTRL)
    assert "Đĩa đã đầy." in desk.window.bar.words()
    press(desk, KEY.Key_Return, CTRL)
    assert port.calls == [("mend", "backup")]


def test_what_does_not_apply_stands_last_and_what_could_not_be_looked_at_wants_a_look(seat: Seat) -> None:
    desk = seat("technician", FakeTechnician(fake.TO_MEND))
    assert [row.code for row in desk.view.model.rows] == ["backup", "lan", "store", "proxy"]
    assert desk.view.band.accessibleName().startswith("Máy này làm việc được. 2 điều cần xem")
    assert desk.view.rows.row_words(1).endswith("Không rõ")
    assert desk.view.rows.row_words(3).endswith("Không áp dụng")


def test_ctrl_e_writes_the_results_into_the_chosen_folder(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("technician", port)
    press(desk, KEY.Key_E, CTRL)
    (dialog,) = desk.view.findChildren(QFileDialog)
    dialog.fileSelected.emit("/media/usb")
    dialog.close()
    desk.settle()
    assert port.calls == [("results", "/media/usb")]
    assert desk.window.bar.words() == "Đã ghi doctor/03390-quay02-20261120.json."


def test_who_only_looks_mends_and_writes_nothing(seat: Seat) -> None:
    port = FakeTechnician(fake.TO_MEND)
    desk = seat("technician", port, EYES)
    for key in (KEY.Key_Return, KEY.Key_E):
        press(desk, key, CTRL)
    assert not desk.view.mend_button.isVisible()
    assert desk.view.findChildren(QFileDialog) == []
    assert port.calls == []


def test_who_only_looks_cannot_act(seat: Seat) -> None:
    port = FakeTechnician()
    for page in ("technician", "printers", "backups"):
        desk = seat(page, port, EYES)
        for key, modifier in ((KEY.Key_F9, None), (KEY.Key_P, CTRL), (KEY.Key_Return, None)):
            press(desk, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert not desk.view.commit.isVisible()
    assert port.calls == []


def test_a_test_that_cannot_run_says_why(seat: Seat) -> None:
    desk = seat("technician", FakeTechnician(broken=DomainError("Kho đang bận.", remedy="Nhấn F5.")))
    assert desk.view.stack.currentWidget().accessibleName() == "Kho đang bận. Nhấn F5."


def test_changed_printers_make_the_list_run_again(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("technician", port)
    desk.view.on_changed(frozenset({"money"}))
    desk.settle()
    assert port.tests == 1
    desk.view.on_changed(frozenset({"printers"}))
    desk.settle()
    assert port.tests == 2


# --- the scanner ---


def test_a_scan_on_the_page_passes_and_is_kept(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("scanner", port)
    desk.view.test.recorder.clock = lambda _event: desk.robot.now
    desk.robot.burst(fake.DIGITS)
    desk.settle()
    assert desk.view.test.badge.words() == "Đạt"
    assert port.calls == [("scanner",)]


def test_the_scanners_line_of_the_self_test_carries_the_test(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("technician", port)
    assert desk.view.test.isVisible()
    desk.view.test.recorder.clock = lambda _event: desk.robot.now
    desk.robot.burst(fake.DIGITS)
    desk.settle()
    assert port.calls == [("scanner",)]
    assert port.tests == 2


def test_a_slow_scanner_is_told_what_to_set(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("scanner", port)
    for place, sign in enumerate(fake.DIGITS):
        event = QKeyEvent(QEvent.Type.KeyPress, ord(sign), Qt.KeyboardModifier.NoModifier, sign)
        event.setTimestamp(1000 + place * 60)
        QApplication.sendEvent(desk.view, event)
    desk.view.test.recorder.end_run()
    desk.settle()
    assert desk.view.test.notice.accessibleName().startswith("Máy quét gõ quá chậm")
    assert port.calls == []


def test_composed_text_is_noticed(seat: Seat) -> None:
    desk = seat("scanner", FakeTechnician())
    composed = QInputMethodEvent("", [])
    composed.setCommitString("MOT CUA CÂP XA - TRANG THU")
    for _ in range(6):
        QApplication.sendEvent(desk.view, composed)
    desk.view.test.recorder.end_run()
    assert desk.view.test._values["method"].text() == "đang bật"
    assert desk.view.test.badge.words() == "Cần xem"


def test_keys_are_heard_only_while_the_test_is_seen(seat: Seat) -> None:
    desk = seat("technician", FakeTechnician())
    press(desk, KEY.Key_Down)
    assert not desk.view.test.isVisible()
    desk.robot.burst(fake.DIGITS)
    desk.settle()
    assert desk.view.test.recorder._keys == []
    assert desk.view.test.badge.words() == "Chưa thử"


def test_ctrl_p_prints_the_test_page_on_the_first_printer(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("scanner", port)
    press(desk, KEY.Key_P, CTRL)
    assert port.calls == [("test_page", "HP LaserJet 1020")]
    assert desk.window.bar.words() == "Đã in trang thử."


# --- printers ---


def test_the_strip_gets_its_printer_by_keys(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("printers", port)
    for _ in range(3):
        press(desk, KEY.Key_Down)
    press(desk, KEY.Key_Return)
    press(desk, KEY.Key_Down)
    assert desk.view.name.text() == "XP-80"
    assert "phiếu 80 mm" in desk.view.effect.text()
    press(desk, KEY.Key_F9)
    assert port.calls == [("choose", "strip", "XP-80")]
    assert "Đã chọn" in desk.view.role_rows.row_words(3)


def test_a_sheet_that_uses_the_a4_printer_says_so(seat: Seat) -> None:
    desk = seat("printers", FakeTechnician())
    assert "dùng máy in giấy A4" in desk.view.role_rows.row_words(1)
    assert "dùng máy in giấy A4" not in desk.view.role_rows.row_words(0)


def test_without_a_printer_a_name_is_needed(seat: Seat) -> None:
    port = FakeTechnician(roles=[replace(fake.ROLES[3])])
    desk = seat("printers", port, printers=())
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert desk.view.name.error() == "Chọn một máy in."
    desk.robot.type("folder:/tmp/giay")
    press(desk, KEY.Key_F9)
    assert port.calls == [("choose", "strip", "folder:/tmp/giay")]


def test_ctrl_p_tries_the_printer_that_is_named(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("printers", port)
    press(desk, KEY.Key_Return)
    press(desk, KEY.Key_Down)
    press(desk, KEY.Key_P, CTRL)
    assert port.calls == [("test_page", "XP-80")]


# --- backups ---


def test_f9_backs_up_and_shows_it(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("backups", port)
    press(desk, KEY.Key_F9)
    assert port.calls == [("back_up",)]
    assert len(desk.view.rows.rows()) == 4
    assert desk.window.bar.words() == "Đã sao lưu 148,2 MB, 215 tệp kèm, đã mở lại và kiểm tra."


def test_the_list_tells_the_files_of_each_backup(seat: Seat) -> None:
    desk = seat("backups", FakeTechnician())
    words = [desk.view.rows.row_words(row) for row in range(3)]
    assert "214" in words[0]
    assert "96,4 MB" in words[0]
    assert "2 hỏng" in words[1]
    assert words[1].endswith("Thiếu tệp"), "a backup that lacks files is not called good"
    assert desk.view.place.accessibleName() == "Nơi sao lưu: /srv/luu Còn trống 41,0 GB."


def test_a_place_beside_the_store_and_one_that_failed_are_told(seat: Seat) -> None:
    port = FakeTechnician(at_place=BackupPlace("/home/luu", False, True, 9_000_000))
    desk = seat("backups", port)
    assert desk.view.place.property("kind") == "warn"
    port.at_place = BackupPlace("/media/usb", True, False, 0, "Không thấy nơi lưu bản sao lưu.")
    press(desk, KEY.Key_F5)
    assert desk.view.place.accessibleName() == "Nơi sao lưu: /media/usb Không thấy nơi lưu bản sao lưu."
    assert desk.view.place.property("kind") == "bad"


def test_another_place_is_chosen(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("backups", port)
    press(desk, KEY.Key_O, CTRL)
    (dialog,) = desk.view.findChildren(QFileDialog)
    dialog.fileSelected.emit("/media/usb")
    dialog.close()
    desk.settle()
    assert port.calls == [("place", "/media/usb")]
    assert desk.window.bar.words() == "Sao lưu ghi vào nơi này từ nay."
    assert "/media/usb" in desk.view.place.accessibleName()


def test_enter_tries_the_current_backup(seat: Seat) -> None:
    port = FakeTechnician()
    desk = seat("backups", port)
    press(desk, KEY.Key_Down)
    press(desk, KEY.Key_Return)
    assert port.calls == [("try", fake.BACKUPS[1].path)]
    assert desk.view.outcome.accessibleName().startswith("Khôi phục thử: đạt")


def test_a_damaged_backup_is_told_in_words(seat: Seat) -> None:
    bad = DomainError("Bản sao lưu hỏng.", "Chuỗi nhật ký đứt.", "Dùng bản trước đó.")
    desk = seat("backups", FakeTechnician(bad_backup=bad))
    press(desk, KEY.Key_Return)
    assert desk.view.outcome.accessibleName() == ("Bản sao lưu hỏng. Chuỗi nhật ký đứt. Dùng bản trước đó.")
    assert desk.view.outcome.property("kind") == "bad"


def test_an_unproved_backup_is_not_called_good(seat: Seat) -> None:
    desk = seat("backups", FakeTechnician())
    words = [desk.view.rows.row_words(row) for row in range(3)]
    assert ["Chưa kiểm tra" in row.split(", ")[-1] for row in words] == [False, False, True]


def test_no_backup_says_the_key(seat: Seat) -> None:
    desk = seat("backups", FakeTechnician(saved=[]))
    assert "F9" in desk.view.stack.currentWidget().accessibleName()
    assert not desk.view.try_button.isEnabled()


# --- enrolment ---


def test_who_this_pc_is(seat: Seat) -> None:
    desk = seat("enrolment", FakeTechnician())
    shown = {code: value.text() for code, value in desk.view.values.items()}
    assert shown == {
        "unit": "Xã Bình Lư (00000)", "counter": "QUẦY-02", "device": "2", "life": "1",
        "hub": "https://tinh.tap-huan.test:8443", "since": "02/11/2026",
    }  # fmt: skip
    assert desk.view.spare.property("kind") == "ok"


def test_no_spare_grants_is_a_warning(seat: Seat) -> None:
    desk = seat("enrolment", FakeTechnician(enrolled=replace(fake.ENROLLED, spare_grants=0)))
    assert desk.view.spare.property("kind") == "warn"


# --- all pages ---


@pytest.mark.parametrize("page", PAGE)
def test_a_burst_and_enter_write_nothing(seat: Seat, page: str) -> None:
    port = FakeTechnician()
    desk = seat(page, port)
    for field in [one for one in desk.window.findChildren(QLineEdit) if one.isVisible()]:
        field.setFocus()
        text = field.text()
        desk.robot.burst("0339000212611200018")
        press(desk, KEY.Key_Return)
        desk.settle()
        assert field.text() == text
    assert [call for call in port.calls if call[0] != "scanner"] == []


@pytest.mark.parametrize("page", PAGE)
@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.0), ("high_contrast", 1.3)])
def test_it_fits_the_small_screen_in_each_theme(
    seat: Seat, themed: QApplication, page: str, theme: str, scale: float
) -> None:
    themes.apply(themed, Theme(theme, scale))
    desk = seat(page, FakeTechnician())
    desk.show(1366, 697)
    least = desk.window.minimumSizeHint()
    picture = desk.window.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(230, 1360, 11) for y in range(80, 600, 13)}
    themes.apply(themed, Theme())
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
    assert len(colours) > 2


@pytest.mark.parametrize("page", PAGE)
def test_english_is_spoken(seat: Seat, themed: QApplication, page: str) -> None:
    i18n.use_language("en")
    title = seat(page, FakeTechnician()).view.title()
    i18n.use_language("vi")
    assert title.isascii()
