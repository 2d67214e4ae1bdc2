"""The window on a real store and a real hub: people sign in, every screen opens, settings and files work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.copies import Committed
from counter_app.ui import i18n
from counter_app.ui.application import Application, build_application
from counter_app.ui.screens import ENTRIES
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from sync.protocol.journals.system_kinds import SystemKind
from tests.support.pictures.stage import until_idle
from tests.support.practice import practice_world, take_in

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PERSONS = (people.CLERK, people.SIGNER, people.CHAIRMAN, people.REGISTRAR, people.TECHNICIAN)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path_factory.mktemp("xa"), counters=2) as made:
        yield made


@pytest.fixture(scope="module")
def taken(world: PracticeWorld) -> Committed:
    """A request of the clerk, waiting for its number."""
    return take_in(world, "bang 1x3", "hb 24x2")


class Seat:
    """The window of the first counter; a person's keys are pressed one by one."""

    def __init__(self, app: QApplication, world: PracticeWorld) -> None:
        self.app, self.world, self.errors = app, world, list[BaseException]()
        self.at = 1000.0
        self.program = world.programs[0]
        self.application: Application = build_application(self.program, key_clock=lambda _event: self.at)
        self.window = self.application.window
        self.window.error_shown.connect(self.errors.append)
        self.window.resize(1366, 697)
        self.window.show()
        self.settle()  # offscreen, a window asked to the front before the sign-in covers it never comes
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def settle(self) -> None:
        until_idle(self.application.background)

    def sit_down(self, login: str) -> None:
        session = self.program.session.sign_in(self.world.founded.officials[login], people.PASSWORD)
        self.window.signed_in(session)
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.at += 200
        target: QWidget = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        self.at += 200
        self.application.keyboard.settle()
        self.settle()

    def written(self) -> list[tuple[int, int]]:
        """Entries of this counter's own journal: number and kind.

        What an exchange brings is not ours, and the clock's difference that an exchange notes is no act.
        """
        work = self.program.areas.work
        with work.store.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT key & 4294967295, kind FROM entries WHERE key >> 32 = ? ORDER BY key", (work.journal,)
            )
            return [(int(number), int(kind)) for number, kind in rows if kind != SystemKind.CLOCK_SEEN]

    def close(self) -> None:
        assert self.application.close()
        self.window.close()
        self.window.deleteLater()


@pytest.fixture
def seat(themed: QApplication, world: PracticeWorld, taken: Committed) -> Iterator[Seat]:
    made = Seat(themed, world)
    yield made
    made.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())
    assert made.errors == []


def test_sign_in_stands_over_the_frame_before_anybody_sits(seat: Seat) -> None:
    assert seat.window.is_covered()
    assert seat.window.current_view() is None


@pytest.mark.parametrize("login", PERSONS)
def test_every_screen_of_every_role_opens_and_fits(seat: Seat, login: str) -> None:
    seat.sit_down(login)
    names = [entry.name for entry in ENTRIES if entry.name in seat.application._allowed]
    assert names
    for name in dict.fromkeys(names):
        seat.window.open_screen(name)
        seat.settle()
        assert seat.window.current_name() == name
        assert seat.window.top.title()
        assert seat.window.current_view().help_lines(), name  # type: ignore[union-attr]
        least = seat.window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 697) == (True, True), (name, least)


@pytest.mark.parametrize("login", PERSONS)
def test_a_burst_and_enter_anywhere_write_nothing(seat: Seat, login: str) -> None:
    seat.sit_down(login)
    before = seat.written()
    for name in sorted(seat.application._allowed - {"scanner"}):
        seat.window.open_screen(name)
        seat.settle()
        for character in "9990002611200001":
            seat.at += 8
            QTest.keyClicks(QApplication.focusWidget() or seat.window, character)
        seat.at += 8
        QTest.keyClick(QApplication.focusWidget() or seat.window, KEY.Key_Return)
        seat.settle()
        seat.key(KEY.Key_Return)
        seat.window.dialog.close_dialog()
        seat.window.drawer.close_panel()
    seat.window.bar.put_away()
    assert seat.written()[len(before) :] == []
    seat.errors.clear()


def test_the_count_sees_what_is_written_here_and_not_what_an_exchange_brings(seat: Seat) -> None:
    """The province's answer may come while somebody types: other counters' entries are saved here then."""
    before, saved = seat.written(), seat.program.exchange.status().saved
    take_in(seat.world, "gks 1x1", counter=1)
    for program in (*reversed(seat.world.programs), seat.program):
        program.exchange.try_now()
    assert seat.program.exchange.status().saved > saved
    assert seat.written() == before
    take_in(seat.world, "gks 1x1")
    assert len(seat.written()) > len(before)


def test_a_slip_scanned_at_home_opens_its_request(seat: Seat, taken: Committed) -> None:
    seat.sit_down(people.CLERK)
    seat.window.open_screen("home")
    seat.settle()
    with seat.program.areas.work.store.read() as connection:
        slip = seat.program.areas.work.state(connection, taken.request).code
    seat.application.scan(slip)
    seat.settle()
    assert seat.window.current_name() == "handover"
    view = seat.window.current_view()
    assert [one.request for one in view.model.found] == [taken.request]  # type: ignore[union-attr]


def test_a_card_scanned_anywhere_begins_a_request(seat: Seat) -> None:
    seat.sit_down(people.CLERK)
    seat.window.open_screen("sync")
    seat.settle()
    seat.application.scan("012186001234|051777666|LÒ THỊ ẨM|02091986|Nữ|Bản Hon (tập huấn)|10052021")
    seat.settle()
    assert seat.window.current_name() == "copies"
    assert seat.window.current_view().person.name.text() == "LÒ THỊ ẨM"  # type: ignore[union-attr]


def test_settings_kept_by_f9_are_in_force_and_come_back(seat: Seat) -> None:
    seat.sit_down(people.CLERK)
    seat.window.open_screen("settings")
    seat.settle()
    view = seat.window.current_view()
    view.theme.choose("dark")  # type: ignore[union-attr]
    view.scale.choose("115")  # type: ignore[union-attr]
    seat.key(KEY.Key_F9)
    assert themes.current() == Theme("dark", 1.15)
    assert seat.program.settings.pc().theme == "dark"
    view.theme.choose("light")  # type: ignore[union-attr]
    view.scale.choose("100")  # type: ignore[union-attr]
    seat.key(KEY.Key_F9)
    assert themes.current() == Theme()


def test_another_language_is_spoken_at_once_and_stays_on_the_screen(seat: Seat) -> None:
    seat.sit_down(people.CLERK)
    seat.window.open_screen("settings")
    seat.settle()
    for language, title in (("en", "Settings"), ("vi", "Cài đặt")):
        seat.window.current_view().language.choose(language)  # type: ignore[union-attr]
        seat.key(KEY.Key_F9)
        assert seat.window.current_name() == "settings"
        assert seat.window.top.title() == title


def test_the_line_and_the_figures_agree_after_f5(seat: Seat) -> None:
    seat.sit_down(people.CLERK)
    seat.window.open_screen("sync")
    seat.settle()
    seat.key(KEY.Key_F5)
    status = seat.program.exchange.status()
    assert status.waiting == 0
    view = seat.window.current_view()
    assert view.parts.saved.value() == view.parts.received.value()  # type: ignore[union-attr]
    seat.application._tick()
    seat.settle()
    assert seat.window.top.sync.state().kind == "ok"


def test_a_bundle_goes_out_by_keys_and_is_read_at_the_other_counter(seat: Seat, tmp_path: Path) -> None:
    seat.sit_down(people.CLERK)
    for program in seat.world.programs:  # both know what the province had before
        program.exchange.try_now()
    take_in(seat.world, "gks 1x2")
    seat.window.open_screen("sync")
    seat.settle()
    seat.key(KEY.Key_E, CTRL)
    panel = seat.window.current_view().file_panel  # type: ignore[union-attr]
    panel.path_field.fill(str(tmp_path))
    seat.key(KEY.Key_F9)
    written = sorted(tmp_path.glob("*.mcx"))
    assert len(written) == 1
    read = seat.world.programs[1].exchange.import_file(str(written[0]))
    assert read.applied
    assert read.entries > 0, read.sentence


def test_the_technician_backs_up_and_chooses_a_printer(seat: Seat, tmp_path: Path) -> None:
    seat.sit_down(people.TECHNICIAN)
    assert seat.window.current_name() == "technician"
    seat.window.open_screen("backups")
    seat.settle()
    seat.key(KEY.Key_F9)
    assert seat.program.technician.backups()[0].verified
    seat.window.open_screen("printers")
    seat.settle()
    seat.window.current_view().name.fill(f"folder:{tmp_path}")  # type: ignore[union-attr]
    seat.key(KEY.Key_F9)
    assert seat.program.technician.printer_roles()[0].shown == "thư mục PDF"
    seat.key(KEY.Key_P, CTRL)
    assert list(tmp_path.glob("*.pdf"))


def test_locking_keeps_the_draft_and_another_person_does_not_see_it(seat: Seat) -> None:
    seat.sit_down(people.CLERK)
    seat.window.open_screen("copies")
    seat.settle()
    clerk_view = seat.window.current_view()
    seat.key(KEY.Key_F12)
    assert seat.window.is_covered()
    seat.sit_down(people.REGISTRAR)
    assert seat.window.current_view() is not clerk_view
    assert seat.window.current_name() == "home"
