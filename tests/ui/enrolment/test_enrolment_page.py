"""A bare PC's first page: which file F9 takes, what a later stick changes, what is said and heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.services.ports.enrolment import KNOWN_PASSPHRASE, NEW_PASSPHRASE, FoundFile, PcState
from counter_app.storage.store_errors import StoreError
from counter_app.ui import i18n
from counter_app.ui.screens.enrolment.holds import HoldsCard
from counter_app.ui.screens.enrolment.view import EnrolmentView
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.founding import BAD, CLOSED, GOOD, PASSPHRASE, SHOWN, STICK, FakeEnrolment
from tests.ui import robot
from tests.ui.hands import Hands
from tests.ui.screen_checks import KEY, nameless, takes_keys
from tests.ui.test_first_pages import Technician

Start = Callable[..., tuple[Technician, FakeEnrolment]]
NEW, KNOWN = PcState(False, NEW_PASSPHRASE, False), PcState(True, KNOWN_PASSPHRASE, False)
OTHER = f"{STICK}/khac/03390-7.mcp"


@pytest.fixture
def bare(themed: QApplication) -> Iterator[Start]:
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
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def enrolled(port: FakeEnrolment) -> list[str]:
    """Paths of the files that were used up."""
    return [one[1] for one in port.asked if one[0] == "enrol"]


def test_a_path_typed_over_the_shown_file_is_looked_at_before_it_is_enrolled(bare: Start) -> None:
    """The card speaks of the file chosen before: F9 must not use that one up for what stands in the field."""
    at, port = bare()
    at.page.files.path_field.edit.setFocus()
    at.page.files.path_field.edit.selectAll()
    at.type(OTHER)
    at.key(KEY.Key_F9)
    assert enrolled(port) == []
    assert ("look", OTHER) in port.asked


def test_two_presses_of_f9_in_one_breath_enrol_once(bare: Start) -> None:
    at, port = bare()
    at.application.keyboard.settle()
    at.page.on_commit()
    at.page.on_commit()
    at.settle()
    assert enrolled(port) == [GOOD]
    assert at.programs == [port.program]


def test_without_any_file_the_page_says_what_to_plug_in_and_f5_finds_it(bare: Start) -> None:
    at, port = bare(files=())
    assert "Cắm USB" in at.words()
    assert at.page.files.path_field.edit.hasFocus(), "a path may be typed at once"
    at.key(KEY.Key_F9)
    assert enrolled(port) == []
    port.files = (FoundFile(GOOD, "03390-1.mcp", "USB USB-KT", True),)
    at.key(KEY.Key_F5)
    assert at.page.files.path() == GOOD
    at.key(KEY.Key_F9)
    assert enrolled(port) == [GOOD]


def test_a_path_typed_by_hand_outlives_a_stick_that_comes_later(bare: Start) -> None:
    at, port = bare(files=())
    at.type(GOOD)
    at.key(KEY.Key_Tab)
    assert at.page.holds.text("unit") == "03390 · Xã Bình Lư"
    port.files = (FoundFile(BAD, "03384-2.mcp", "USB USB-KT", True),)
    at.key(KEY.Key_F5)
    assert at.page.files.path() == GOOD


def test_the_file_that_was_chosen_stays_when_the_list_is_read_again(bare: Start) -> None:
    """A list read again in the background once turned F9 to the first file."""
    first, second = (FoundFile(path, path[-10:], "USB USB-KT", True) for path in (OTHER, GOOD))
    at, port = bare(files=(first, second))
    at.key(KEY.Key_Down)
    assert at.page.files.path() == GOOD
    at.page.files.show_files((first, second))
    at.settle()
    assert at.page.files.path() == GOOD
    at.key(KEY.Key_F9)
    assert enrolled(port) == [GOOD]


def test_a_chosen_file_that_is_gone_gives_way_to_the_first(bare: Start) -> None:
    first, second = (FoundFile(path, path[-10:], "USB USB-KT", True) for path in (OTHER, GOOD))
    at, _ = bare(files=(first, second))
    at.key(KEY.Key_Down)
    at.page.files.show_files((first,))
    assert at.page.files.path() == OTHER


def test_a_stick_taken_out_leaves_the_typed_words_and_enrols_nothing_by_itself(bare: Start) -> None:
    at, port = bare()
    port.files = ()
    at.key(KEY.Key_F5)
    assert enrolled(port) == []
    assert "Chưa thấy tệp nào." in at.page.files._stack.currentWidget().accessibleName()


def test_the_phrase_twice_and_long_enough(bare: Start) -> None:
    at, port = bare(NEW)
    page = at.page
    assert page.first.edit.echoMode() == page.again.edit.echoMode() == QLineEdit.EchoMode.Password
    page.first.fill(PASSPHRASE)
    page.again.fill(PASSPHRASE + "x")
    at.key(KEY.Key_F9)
    assert page.again.error() == "Hai lần nhập không giống nhau."
    assert page.again.edit.hasFocus()
    assert (page.first.error(), enrolled(port)) == ("", [])


def test_a_wrong_phrase_is_said_and_may_be_typed_again(bare: Start) -> None:
    at, port = bare(KNOWN)
    at.key(KEY.Key_F9)
    assert at.page.first.error() == "Nhập mật khẩu."
    assert not [one for one in port.asked if one[0] == "open"]
    port.refuse_open = CLOSED
    at.type("x")
    at.key(KEY.Key_F9)
    assert CLOSED.title in at.words()
    assert at.page.title() == "Mở máy của quầy"
    port.refuse_open = None
    at.key(KEY.Key_F9)
    assert at.programs == [port.program]


def test_an_enrolled_pc_shows_no_files_and_a_bare_one_no_phrase(bare: Start) -> None:
    known, _ = bare(KNOWN)
    assert not known.page.files.isVisible()
    assert not known.page.again.isVisible()
    assert known.page.commit.words() == "Mở kho"
    fresh, _ = bare()
    assert not fresh.page.first.isVisible()
    assert fresh.page.commit.words() == "Ghi danh máy này"


def test_what_a_file_holds_is_said_with_its_gaps(themed: QApplication) -> None:
    card = HoldsCard()
    card.show_provision(
        replace(SHOWN, unit_name="", province="", hub_url="", valid_until=2**60, practice=True)
    )
    assert card.text("unit") == "03390"
    assert card.text("province") == "–"
    assert card.text("hub") == "chưa nối tỉnh (dùng tệp)"
    assert card.text("until") == "không hạn"
    assert "TẬP HUẤN" in card.text("kind")
    assert {value.accessibleName() for value in card.values.values()} >= {"03390", "không hạn"}
    card.show_provision(None)
    assert {card.text(code) for code in card.values} == {"–"}


@pytest.mark.parametrize("state", [None, NEW, KNOWN])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_it_fits_is_not_squeezed_and_all_has_a_name(
    themed: QApplication, bare: Start, state: PcState | None, scale: float
) -> None:
    themes.apply(themed, Theme("light", scale))
    at, _port = bare(state)
    least = at.window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
    assert robot.squeezed(at.page) == []
    assert nameless(at.page) == []


def test_scans_into_every_field_leave_them_as_they_are(bare: Start) -> None:
    at, port = bare(NEW)
    for widget in takes_keys(at.page):
        widget.setFocus()
        at.application.scan("9990002611200001")
        at.key(KEY.Key_Return)
    assert enrolled(port) == []


def test_enter_walks_from_the_path_to_the_phrase_and_back(bare: Start) -> None:
    at, _port = bare(NEW)
    at.page.files.path_field.edit.setFocus()
    at.key(KEY.Key_Return)
    assert at.page.first.edit.hasFocus()
    at.key(KEY.Key_Return)
    assert at.page.again.edit.hasFocus()
    at.key(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert at.page.first.edit.hasFocus()


def test_english_of_the_page_and_its_refusals(themed: QApplication) -> None:
    i18n.use_language("en")
    page = EnrolmentView(FakeEnrolment(NEW), Hands().background(), lambda _program: None)
    page.on_shown(None)
    page.on_commit()
    said = [page.title(), page.first.words() + page.first.error(), page.again.words(), page.commit.words()]
    page.model.look(BAD)
    said.append(page.told.accessibleName())
    i18n.use_language("vi")
    assert "has expired" in said[-1]
    assert [words for words in said if not words.replace("“", "").isascii()] == []
