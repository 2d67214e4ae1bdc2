"""A bare PC as a technician meets it: a stick, F9, two persons, sign-in; refusals in words; real stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.composition import compose
from counter_app.composition.enrolling import Enrolling
from counter_app.composition.running import RunningProgram
from counter_app.practice import province
from counter_app.services.ports.enrolment import KNOWN_PASSPHRASE, NEW_PASSPHRASE, PcState
from counter_app.settings import Settings
from counter_app.storage.store_errors import StoreError
from counter_app.ui.application import Application
from counter_app.ui.screens.enrolment.view import EnrolmentView
from counter_app.ui.screens.founding.found_panel import day_typed
from counter_app.ui.screens.founding.view import FoundingView
from counter_app.ui.screens.people.view import PeopleView
from counter_app.ui.screens.signin.view import SignInView
from tests.support.authority import pem
from tests.support.fakes.founding import BAD, CLOSED, GOOD, PASSPHRASE, FakeEnrolment
from tests.support.pictures.stage import until_idle
from tests.unit.services.founding.conftest import FORM, HEAD, PASSWORD, PIN, TECHNICIAN, settings_of

KEY, CTRL, PLAIN = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Technician:
    """Somebody at the keyboard of a PC whose program was just started."""

    def __init__(self, app: QApplication, port: Any, load: Callable[[], Any]) -> None:
        self.at = 1000.0
        self.errors: list[BaseException] = []
        self.programs: list[Any] = []
        self.application = Application(app, key_clock=lambda _event: self.at)
        self.window = self.application.window
        self.window.error_shown.connect(self.errors.append)
        self.application.offer_enrolment(lambda: port, self.came_in)
        self.window.resize(1366, 697)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.application.background.run_query(load, self.came_in, self.application.funnel)
        self.settle()

    def came_in(self, program: Any) -> None:
        self.programs.append(program)
        if isinstance(program, RunningProgram):
            self.application.attach(program)

    def settle(self) -> None:
        until_idle(self.application.background)

    def until(self, holds: Callable[[], bool]) -> None:
        """Until what a worker told has reached the page."""
        for _ in range(1_500):
            if holds():
                return
            QTest.qWait(20)
            self.settle()
        raise AssertionError(self.words())

    @property
    def page(self) -> Any:
        return self.window._cover if self.window.is_covered() else self.window.current_view()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self.at += 200
        target: QWidget = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        self.at += 200
        self.application.keyboard.settle()
        self.settle()

    def type(self, text: str) -> None:
        """A person's pace; what no English keyboard has goes in as an input method brings it."""
        for character in text:
            self.at += 200
            self.application.keyboard.settle()
            key = ord(character.upper()) if character.isascii() else 0
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                target = QApplication.focusWidget() or self.window
                QApplication.sendEvent(target, QKeyEvent(kind, key, PLAIN, character))
        self.at += 200
        self.application.keyboard.settle()
        self.settle()

    def fill(self, *texts: str) -> None:
        """One field after another, Enter between them."""
        for text in texts:
            if text:
                self.type(text)
            self.key(KEY.Key_Return)

    def words(self) -> str:
        """What the page tells."""
        return str(self.page.told.accessibleName())

    def close(self) -> None:
        assert self.application.close()
        self.window.close()
        self.window.deleteLater()
        for program in self.programs:
            if isinstance(program, RunningProgram):
                program.close()


@pytest.fixture
def hub_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tinh"
    province.found(folder)
    return folder


class Pcs:
    """Bare PCs with one stick that goes from one to the other."""

    def __init__(self, app: QApplication, folder: Path, hub_folder: Path) -> None:
        self.app, self.folder, self.hub_folder = app, folder, hub_folder
        self.stick = folder / "USB"
        self.stick.mkdir()
        self.open: list[Technician] = []

    def settings(self, name: str) -> Settings:
        return settings_of(self.folder / name)

    def provision(self, name: str) -> Path:
        file = self.stick / f"{name}.mcp"
        file.write_bytes(province.provision(self.hub_folder, name, "https://127.0.0.1:1", pem()))
        return file

    def start(self, name: str) -> Technician:
        settings = self.settings(name)
        port = Enrolling(settings, beside=(), sticks=(self.stick,))
        self.open.append(Technician(self.app, port, lambda: compose(settings)))
        return self.open[-1]

    def leave(self) -> None:
        while self.open:
            self.open.pop().close()


@pytest.fixture
def pcs(themed: QApplication, tmp_path: Path, hub_folder: Path) -> Iterator[Pcs]:
    made = Pcs(themed, tmp_path, hub_folder)
    yield made
    made.leave()


@pytest.fixture
def bare(themed: QApplication) -> Iterator[Callable[..., tuple[Technician, FakeEnrolment]]]:
    """A page over made-up files; no store anywhere."""
    made: list[Technician] = []

    def start(state: PcState | None = None, **more: Any) -> tuple[Technician, FakeEnrolment]:
        port = FakeEnrolment(state, **more)

        def load() -> None:
            raise StoreError("store.no_journal")

        made.append(Technician(themed, port, load))
        return made[-1], port

    yield start
    for one in made:
        one.close()


def type_founding(at: Technician) -> None:
    """Both persons and the decision, by keyboard alone."""
    at.fill(HEAD.name, HEAD.title_line, "", "", PIN, PASSWORD, PASSWORD)
    at.fill(TECHNICIAN.name, "", "", PIN, PASSWORD, PASSWORD, FORM.act_number, "01/07/2026")


def test_a_bare_pc_becomes_a_counter_and_its_unit_is_founded_by_keyboard_alone(pcs: Pcs) -> None:
    file = pcs.provision("QUẦY-01")
    at = pcs.start("QUẦY-01")
    assert isinstance(at.page, EnrolmentView)
    assert (at.page.holds.text("counter"), at.page.holds.text("unit")) == ("QUẦY-01 · 01", "00000")
    assert "TẬP HUẤN" in at.page.holds.text("kind")
    assert not pcs.settings("QUẦY-01").paths.home.exists(), "nothing is done before F9"
    at.key(KEY.Key_F9)
    assert isinstance(at.page, FoundingView)
    assert not file.exists()
    type_founding(at)
    assert at.page.found.head.login.text() == "huangact"
    at.key(KEY.Key_F9)
    assert isinstance(at.page, SignInView), at.words()
    at.settle()
    assert [one.name for one in at.page.model.people()] == [HEAD.name, TECHNICIAN.name]
    at.type(PASSWORD)
    at.key(KEY.Key_Return)
    assert not at.window.is_covered()


def test_the_head_adds_a_clerk_and_a_second_pc_gets_everybody_by_stick(pcs: Pcs) -> None:
    pcs.provision("QUẦY-01")
    first = pcs.start("QUẦY-01")
    first.key(KEY.Key_F9)
    head = first.programs[0].founding.found(FORM)
    first.window.signed_in(first.programs[0].session.sign_in(head, PASSWORD))
    first.window.open_screen("people")
    first.settle()
    assert isinstance(first.page, PeopleView)
    first.fill("Lù Thị Mai (tập huấn)", "Công chức một cửa", "", "", "mai", PIN, PASSWORD, PASSWORD)
    first.key(KEY.Key_F9)
    assert "Đã thêm Lù Thị Mai" in first.window.bar.words()
    first.key(KEY.Key_2, CTRL)
    first.fill("47/QĐ-UBND", "03/11/2026", "", "", "Chủ tịch", "03/11/2026", "31/12/2026")
    first.key(KEY.Key_F9)
    assert "47/QĐ-UBND" in first.window.bar.words()
    assert first.page.model.rows[0].act == "47/QĐ-UBND"
    first.programs[0].exchange.export_file(str(pcs.stick))
    first.programs[0].founding.write_accounts(str(pcs.stick))
    pcs.leave()

    pcs.provision("BÀN KÝ")
    second = pcs.start("BÀN KÝ")
    second.key(KEY.Key_F9)
    assert isinstance(second.page, FoundingView)
    second.programs[0].founding.sticks = (pcs.stick,)
    second.page.model.read()
    second.settle()
    assert second.page.receive.files.path().endswith(".mca")
    second.key(KEY.Key_F9)
    assert "Chưa nhận được danh sách cán bộ" in second.words()
    second.key(KEY.Key_Down)
    assert second.page.receive.files.path().endswith(".mcx")
    second.key(KEY.Key_F9)
    second.until(lambda: "3 cán bộ" in second.words())
    second.key(KEY.Key_Up)
    second.key(KEY.Key_F9)
    assert isinstance(second.page, SignInView), second.words()
    second.settle()
    second.type(PASSWORD)
    second.key(KEY.Key_Return)
    assert second.page.pin.isVisible(), "accounts come without their PIN: it is of one PC"
    second.type(PIN)
    second.key(KEY.Key_Return)
    second.type(PIN)
    second.key(KEY.Key_F9)
    assert not second.window.is_covered()
    second.programs[0].session.check_pin(PIN)


def test_a_cut_between_enrolment_and_founding_goes_on_at_the_founding(pcs: Pcs) -> None:
    pcs.provision("QUẦY-01")
    at = pcs.start("QUẦY-01")
    at.key(KEY.Key_F9)
    pcs.leave()
    again = pcs.start("QUẦY-01")
    assert isinstance(again.page, FoundingView)


def test_what_is_wrong_is_said_at_its_field(pcs: Pcs) -> None:
    pcs.provision("QUẦY-01")
    at = pcs.start("QUẦY-01")
    at.key(KEY.Key_F9)
    at.key(KEY.Key_F9)
    assert at.page.found.act_day.error() == "Ghi ngày như 01/07/2026."
    at.fill("01/07/2026")
    at.key(KEY.Key_F9)
    assert at.page.found.head.name.error().startswith("Chưa ghi họ tên.")
    assert QApplication.focusWidget() is at.page.found.head.name.edit
    assert isinstance(at.page, FoundingView)


def test_a_counter_that_is_not_the_first_is_warned_before_it_founds(pcs: Pcs, hub_folder: Path) -> None:
    pcs.provision("QUẦY-01")
    pcs.provision("QUẦY-08")
    (pcs.stick / "QUẦY-01.mcp").unlink()
    at = pcs.start("QUẦY-08")
    at.key(KEY.Key_F9)
    assert not at.page._here()
    at.key(KEY.Key_1, CTRL)
    assert "không phải quầy số 1" in at.words()


def test_a_refused_file_is_said_and_another_may_be_chosen(bare: Callable[..., Any]) -> None:
    at, port = bare()
    at.key(KEY.Key_Down)
    assert at.page.files.path() == BAD
    assert "Giấy cấp phát đã hết hạn" in at.words()
    assert at.page.holds.text("unit") == "–"
    at.key(KEY.Key_F9)
    assert not [one for one in port.asked if one[0] == "enrol"], "what was refused is not enrolled"
    at.key(KEY.Key_Up)
    assert at.page.holds.text("unit") == "03390 · Xã Bình Lư"
    at.key(KEY.Key_F9)
    assert ("enrol", GOOD, "") in port.asked
    assert at.programs == [port.program]


def test_a_scan_or_enter_enrols_nothing(bare: Callable[..., Any]) -> None:
    at, port = bare()
    at.application.scan("9990002611200001")
    at.key(KEY.Key_Return)
    at.key(KEY.Key_Escape)
    assert {one[0] for one in port.asked} == {"look"}


def test_a_refusal_at_the_last_moment_leaves_the_page(bare: Callable[..., Any]) -> None:
    at, port = bare()
    port.refuse = CLOSED
    at.key(KEY.Key_F9)
    assert "hết hạn" in at.words()
    port.refuse = None
    at.key(KEY.Key_F9)
    assert at.programs == [port.program]


def test_a_pc_without_a_secret_store_wants_a_phrase_twice(bare: Callable[..., Any]) -> None:
    at, port = bare(PcState(False, NEW_PASSPHRASE, False))
    at.key(KEY.Key_F9)
    assert at.page.first.error()
    at.type("ngắn")
    at.key(KEY.Key_F9)
    assert at.page.first.error()
    at.page.first.fill(PASSPHRASE)
    at.key(KEY.Key_F9)
    assert at.page.again.error()
    assert not [one for one in port.asked if one[0] == "enrol"]
    at.page.again.fill(PASSPHRASE)
    at.key(KEY.Key_F9)
    assert ("enrol", GOOD, PASSPHRASE) in port.asked


def test_an_enrolled_pc_opens_with_its_phrase(bare: Callable[..., Any]) -> None:
    at, port = bare(PcState(True, KNOWN_PASSPHRASE, False))
    assert at.page.title() == "Mở máy của quầy"
    at.type("x")
    at.key(KEY.Key_F9)
    assert ("open", "x") in port.asked
    assert at.programs == [port.program]


def test_a_phrase_for_a_store_that_was_cut_short_leads_to_enrolment(bare: Callable[..., Any]) -> None:
    at, port = bare(PcState(True, KNOWN_PASSPHRASE, False))
    port.refuse_open = StoreError("store.no_journal")
    at.type("x")
    at.key(KEY.Key_F9)
    assert at.page.title() == "Máy này chưa là quầy nào"
    port.refuse_open = None
    at.key(KEY.Key_F9)
    assert ("enrol", GOOD, "x") in port.asked


def test_a_file_that_stays_on_the_stick_is_named(bare: Callable[..., Any]) -> None:
    at, port = bare()
    port.left = "03390-1.mcp"
    at.page.model.enrolled.connect(lambda _result: at.errors.append(RuntimeError(at.words())))
    at.key(KEY.Key_F9)
    assert "03390-1.mcp" in str(at.errors[-1])


def test_other_faults_still_have_a_page_of_their_own(themed: QApplication) -> None:
    def load() -> None:
        raise StoreError("store.damaged")

    at = Technician(themed, FakeEnrolment(), load)
    assert not isinstance(at.page, EnrolmentView)
    at.close()


@pytest.mark.parametrize(
    ("text", "day"),
    [("01/07/2026", 20260701), ("1.7.2026", 20260701), ("31/02/2026", 20260231), ("7/2026", 0), ("", 0)],
)
def test_days_are_read_as_people_write_them(text: str, day: int) -> None:
    assert day_typed(text) == day


def test_practice_settings_are_what_the_tests_say() -> None:
    assert replace(settings_of(Path("x")), practice=True).practice
