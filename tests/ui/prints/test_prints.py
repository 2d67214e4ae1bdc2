"""Prints that wait: printed by F9, elsewhere by P, dropped by R with a reason; the record stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.ui import i18n
from counter_app.ui.screens.prints import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes import prints as fake
from tests.support.fakes.prints import FakePrints
from tests.ui.desk import Desk

KEY = Qt.Key
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakePrints) -> Desk:
        desks.append(Desk(themed, ENTRY, {"papers": port}, frozenset({"home"})))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()


@pytest.fixture(scope="module")
def png() -> bytes:
    return fake.page()


def press(desk: Desk, *keys: Qt.Key) -> None:
    for key in keys:
        desk.robot.key(key)
        desk.settle()


def test_f9_prints_the_current_job_and_it_leaves_the_list(seat: Seat) -> None:
    port = FakePrints()
    desk = seat(port)
    press(desk, KEY.Key_Down, KEY.Key_F9)
    assert port.calls == [("print", 8, "")]
    assert [job.job for job in desk.view.model.jobs] == [7, 9]
    assert desk.window.bar.words() == "Đã in Phiếu 02-0017."


def test_a_printer_that_stays_silent_keeps_the_job_and_says_so(seat: Seat) -> None:
    port = FakePrints()
    desk = seat(port)
    press(desk, KEY.Key_F9)
    assert desk.window.bar.words() == fake.SILENT
    assert len(desk.view.model.jobs) == 3
    assert fake.SILENT in desk.view.trouble.accessibleName()


def test_another_printer_by_p_and_its_digit(seat: Seat) -> None:
    port = FakePrints()
    desk = seat(port)
    press(desk, KEY.Key_P, KEY.Key_2, KEY.Key_F9)
    assert port.calls == [("print", 7, "CANON-BANKY")]
    assert [job.job for job in desk.view.model.jobs] == [8, 9]


def test_r_drops_with_a_reason_and_names_what_stays(seat: Seat) -> None:
    port = FakePrints()
    desk = seat(port)
    press(desk, KEY.Key_R)
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_2, KEY.Key_F9)
    assert port.calls == [("drop", 7, "Đã in ở máy khác")]
    assert desk.window.bar.words().endswith("Hồ sơ vẫn còn nguyên.")


def test_dropping_without_a_reason_drops_nothing(seat: Seat) -> None:
    port = FakePrints()
    desk = seat(port)
    press(desk, KEY.Key_R, KEY.Key_F9)
    assert port.calls == []
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_Escape)
    assert len(desk.view.model.jobs) == 3


def test_the_page_of_the_current_job_is_seen(seat: Seat, png: bytes) -> None:
    desk = seat(FakePrints(png=png))
    assert desk.view.preview.has_page()
    assert desk.view.preview.accessibleName() == "Trang 1 của Lời chứng 1815/2026 đến 1823/2026"
    press(desk, KEY.Key_Down)
    assert desk.view.preview.accessibleName() == "Trang 1 của Phiếu 02-0017"


def test_a_page_that_cannot_be_drawn_says_so(seat: Seat) -> None:
    desk = seat(FakePrints(png=b"no picture"))
    assert not desk.view.preview.has_page()
    assert desk.view.preview.accessibleName() == "Không xem được bản in này."


def test_nothing_waits(seat: Seat) -> None:
    port = FakePrints(jobs=[])
    desk = seat(port)
    assert desk.view.stack.currentWidget().accessibleName().startswith("Không có bản in nào đang chờ.")
    assert not desk.view.commit.isEnabled()
    press(desk, KEY.Key_F9, KEY.Key_P, KEY.Key_R)
    assert port.calls == []
    assert not desk.window.dialog.is_open()


def test_a_list_that_cannot_be_read_says_why(seat: Seat) -> None:
    desk = seat(FakePrints(broken=DomainError("Kho đang bận.", remedy="Nhấn F5.")))
    assert desk.view.stack.currentWidget().accessibleName() == "Kho đang bận. Nhấn F5."


def test_what_failed_elsewhere_appears_by_itself(seat: Seat) -> None:
    port = FakePrints(jobs=[])
    desk = seat(port)
    port.jobs.extend(fake.JOBS)
    desk.view.on_changed(frozenset({"money"}))
    desk.settle()
    assert desk.view.model.jobs == ()
    desk.view.on_changed(frozenset({"prints"}))
    desk.settle()
    assert len(desk.view.model.jobs) == 3


def test_a_burst_and_enter_print_nothing(seat: Seat) -> None:
    port = FakePrints()
    desk = seat(port)
    desk.robot.burst("0339000212611200018")
    press(desk, KEY.Key_Return, KEY.Key_Space)
    assert port.calls == []


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.3), ("high_contrast", 1.3)])
def test_it_fits_the_small_screen(
    seat: Seat, themed: QApplication, theme: str, scale: float, png: bytes
) -> None:
    themes.apply(themed, Theme(theme, scale))
    desk = seat(FakePrints(png=png))
    least = desk.show(1366, 697).window.minimumSizeHint()
    desk.window.grab()
    themes.apply(themed, Theme())
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least


def test_english_is_spoken(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(FakePrints())
    assert desk.view.title() == "Waiting prints"
    i18n.use_language("vi")


def test_nothing_can_be_printed_before_a_job_stands_there(themed: QApplication) -> None:
    desk = Desk(themed, ENTRY, {"papers": FakePrints()}, frozenset({"home"}))
    buttons = (desk.view.commit, desk.view.other, desk.view.drop)
    assert [one.isEnabled() for one in buttons] == [False] * 3
    desk.show()
    assert [one.isEnabled() for one in buttons] == [True] * 3
    desk.close()
