"""Ký số by keys: F9 signs what is ready, Esc stops, a pulled token and a wrong PIN are told in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from counter_app.ui.screens import rail_for
from counter_app.ui.screens.signing import DIGITAL_ENTRY
from counter_app.ui.screens.signing.digital_rows import WaitingModel
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.digital import OTHER_TOKEN, PERSON, PIN, TOKEN_PIN, UNIT, FakeDigital
from tests.support.fakes.signing import ELSEWHERE, HERE, FakeSigning
from tests.ui.desk import CLERK, SIGNER, Desk

KEY = Qt.Key
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeDigital, desk: FakeSigning | None = None, may: frozenset[str] = SIGNER) -> Desk:
        ports = {"digital": port, "signing": desk or FakeSigning()}
        desks.append(Desk(themed, DIGITAL_ENTRY, ports, may))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def commit(desk: Desk, token_pin: str = TOKEN_PIN, pin: str = PIN) -> None:
    """The token's PIN, F9, and the counter's PIN in the dialog."""
    desk.view.token.pin.edit.setText(token_pin)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    give_pin(desk, pin)


def give_pin(desk: Desk, pin: str = PIN) -> None:
    """Types the counter's PIN into the dialog that stands."""
    desk.robot.type(pin)
    desk.robot.key(KEY.Key_Return)
    desk.settle()


def words(desk: Desk) -> str:
    return desk.window.bar.words()


def test_f9_signs_every_file_that_has_its_scan(seat: Seat) -> None:
    port = FakeDigital()
    desk = seat(port)
    assert desk.view.token.sign.words() == "Ký số 6"
    commit(desk)
    assert port.calls == [("sign", 6, TOKEN_PIN, None)]
    assert words(desk) == "Đã ký số 6 tệp."
    assert [one.requester for one in desk.view.waiting.rows.rows()] == ["Tẩn A Ửng"]
    assert desk.view.token.pin.edit.text() == ""


def test_without_a_token_f9_looks_again_and_says_what_to_do(seat: Seat) -> None:
    port = FakeDigital(no_token="token.absent")
    desk = seat(port)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert words(desk).startswith("Chưa thấy thẻ ký số.")
    assert "Cắm thẻ rồi nhấn F9." in words(desk)
    assert port.calls == []
    port.no_token = ""
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert desk.view.token.chosen_person() == PERSON


def test_the_tokens_pin_is_asked_first(seat: Seat) -> None:
    port = FakeDigital()
    desk = seat(port)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert desk.view.token.pin.error() == "Nhập PIN của thẻ."
    assert desk.view.token.pin.edit.echoMode() is QLineEdit.EchoMode.Password
    assert port.calls == []


def test_a_pulled_token_leaves_the_rest_and_keeps_its_number(seat: Seat) -> None:
    port = FakeDigital(pulled_at=4)
    desk = seat(port)
    commit(desk)
    assert words(desk) == "Ký được 4 trong 6. 2 chưa ký: thẻ ký số bị rút."
    rows = desk.view.waiting.rows
    assert [one.number for one in rows.rows()] == ["17/2026", "", ""]
    assert rows.cell(0, 2).second.startswith("Thẻ ký số bị rút.")
    port.pulled_at = -1
    commit(desk)
    assert port.calls[-1] == ("sign", 2, TOKEN_PIN, None)
    assert [one.requester for one in rows.rows()] == ["Tẩn A Ửng"]


def test_a_wrong_token_pin_is_told_at_its_field(seat: Seat) -> None:
    port = FakeDigital(pin_fault="pin.wrong_final")
    desk = seat(port)
    commit(desk, token_pin="1111")
    assert "chỉ còn một lần" in desk.view.token.pin.error()
    assert len(desk.view.waiting.rows.rows()) == 7


def test_a_wrong_counter_pin_asks_again_and_signs_nothing(seat: Seat) -> None:
    port = FakeDigital()
    desk = seat(port)
    commit(desk, pin="000000")
    assert port.calls == []
    give_pin(desk)
    assert port.calls == [("sign", 6, TOKEN_PIN, None)]


def test_a_lot_runs_beside_the_screen_and_esc_stops_it(seat: Seat, themed: QApplication) -> None:
    port = FakeDigital(go_on=threading.Event())
    desk = seat(port)
    desk.view.token.pin.edit.setText(TOKEN_PIN)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    desk.robot.type(PIN)
    desk.robot.key(KEY.Key_Return)
    themed.processEvents()
    assert desk.view.model.busy
    assert desk.view.token.stop.isVisibleTo(desk.view)
    assert not desk.view.token.sign.isEnabled()
    desk.robot.key(KEY.Key_F9)  # a second press is nothing
    desk.robot.key(KEY.Key_Escape)
    assert port.go_on is not None
    port.go_on.set()
    desk.settle()
    assert "đã dừng theo yêu cầu" in words(desk)
    assert len(port.calls) == 1
    assert not desk.view.token.stop.isVisibleTo(desk.view)


def test_the_organisation_signs_after_him_and_has_a_pin_of_its_own(seat: Seat) -> None:
    port = FakeDigital(found=(PERSON, OTHER_TOKEN))
    desk = seat(port)
    token = desk.view.token
    assert not token.second.isVisibleTo(desk.view)
    token.organisation.setCurrentIndex(2)
    assert token.second.isVisibleTo(desk.view)
    token.second.edit.setText("77777777")
    commit(desk)
    assert port.calls == [("sign", 6, TOKEN_PIN, "77777777")]


def test_a_certificate_that_ends_soon_says_so(seat: Seat) -> None:
    desk = seat(FakeDigital())
    assert desk.view.token.about.text() == PERSON.warning
    plain = seat(FakeDigital(found=(UNIT,)))
    assert plain.view.token.about.text() == "Số 5a01f3c3 · đến 01/06/2027 · còn 193 ngày"


@pytest.mark.parametrize("status", [ELSEWHERE, HERE])
def test_who_may_not_sign_is_told_why(seat: Seat, status: object) -> None:
    port = FakeDigital()
    desk = seat(port, FakeSigning(status=status), CLERK)  # type: ignore[arg-type]
    commit(desk)
    assert port.calls == []
    assert not desk.view.token.sign.isEnabled()
    assert words(desk)


def test_the_paper_is_looked_at_before_the_first_number(seat: Seat) -> None:
    port = FakeDigital()
    signing = FakeSigning(status=replace(HERE, paper_witness_needed=True))
    desk = seat(port, signing)
    desk.view.token.pin.edit.setText(TOKEN_PIN)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    desk.robot.type("1841")
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    give_pin(desk)
    assert signing.calls[0][0] == "witness"
    assert port.calls == []


def test_a_scan_is_chosen_for_the_file_under_the_bar(seat: Seat) -> None:
    port = FakeDigital()
    desk = seat(port)
    desk.view.waiting.table.go_to(6)
    desk.robot.key(KEY.Key_O, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = desk.view.findChildren(QFileDialog)
    dialog.fileSelected.emit("/quet/a.pdf")
    dialog.reject()
    desk.settle()
    assert port.calls == [("attach", port.files[6].request, "/quet/a.pdf")]
    assert desk.view.token.sign.words() == "Ký số 7"


def test_a_numbered_file_does_not_go_back_to_the_clerk(seat: Seat) -> None:
    port = FakeDigital()
    port.files[0] = replace(port.files[0], number="12/2026")
    signing = FakeSigning()
    desk = seat(port, signing)
    desk.view.waiting.table.setFocus()
    desk.robot.key(KEY.Key_R)
    desk.settle()
    assert words(desk) == "Tệp này đã có số 12/2026: ký tiếp, hoặc gạch số."
    assert signing.calls == []


def test_signed_files_are_looked_at_and_stamped(seat: Seat) -> None:
    port = FakeDigital()
    desk = seat(port)
    desk.view.signed.table.setFocus()
    desk.robot.key(KEY.Key_Return)
    desk.settle()
    shown = [one.text() for one in desk.window.findChildren(QLabel) if "Dấu thời gian 2" in one.text()]
    assert len(shown) == 2
    desk.view.signed.stamp.click()
    desk.settle()
    assert port.calls == [("look", port.rows[0].line), ("stamp", port.rows[0].line)]


def test_signed_files_that_are_here_go_into_a_folder(seat: Seat) -> None:
    port = FakeDigital()
    desk = seat(port)
    desk.robot.key(KEY.Key_E, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = desk.view.findChildren(QFileDialog)
    dialog.fileSelected.emit("/giao")
    dialog.reject()
    desk.settle()
    here = tuple(row.line for row in port.rows if row.path)
    assert len(here) == 2
    assert port.calls == [("export", here, "/giao")]


def test_a_scan_of_another_length_stands_out() -> None:
    rows = WaitingModel(lambda _file: "")
    file = FakeDigital().files[1]
    rows.show_rows([file, replace(file, scan_pages=file.pages + 1), replace(file, scan_pages=0)])
    assert [rows.cell(n, 3).badge for n in range(3)] == [
        ("2 trang", "ok", "file-check"), ("3 trang", "warn", "file-check"), ("Chưa có", "warn", "scan"),
    ]  # fmt: skip


def test_the_page_stands_on_no_rail() -> None:
    assert rail_for((DIGITAL_ENTRY,), SIGNER) == ()


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_it_fits_the_smallest_screen(seat: Seat, themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    for port in (FakeDigital(), FakeDigital(no_token="token.absent", files=[], rows=[])):
        desk = seat(port)
        desk.window.resize(1366, 697)
        least = desk.window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 697) == (True, True), least


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_paints_it(seat: Seat, themed: QApplication, theme: str) -> None:
    themes.apply(themed, Theme(theme))
    picture = seat(FakeDigital()).window.grab().toImage()
    assert len({picture.pixelColor(x, 300).name() for x in range(0, picture.width(), 7)}) > 3
