"""A unit's file on the first page: the number is typed, never guessed; the steps are seen as they go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.enrolment import DONE, FAILED, LOOK, NOW, FoundFile
from counter_app.storage.store_errors import StoreError
from counter_app.ui import i18n
from counter_app.ui.screens.enrolment.progress import ProgressCard
from counter_app.ui.screens.enrolment.seats import SeatsBox
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.founding import ARRIVED, GOOD, SEATS, STICK, UNITS, FakeEnrolment
from tests.ui import robot
from tests.ui.screen_checks import KEY, nameless
from tests.ui.test_first_pages import Technician

Start = Callable[..., tuple[Technician, FakeEnrolment]]
WHOLE = (FoundFile(UNITS, "03390.mcp", "USB USB-KT", True),)
TAKEN = DomainError(
    "Quầy số 2 đã dùng cho máy khác.", "", "Gõ số khác.", "counter", code="enrol.seat-taken",
    title_en="Counter 2 is another PC's.", remedy_en="Type another number.",
)  # fmt: skip


@pytest.fixture
def bare(themed: QApplication) -> Iterator[Start]:
    """A page over a made-up stick with a unit's file."""
    made: list[Technician] = []

    def start(files: tuple[FoundFile, ...] = WHOLE) -> tuple[Technician, FakeEnrolment]:
        port = FakeEnrolment(files=files)

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


def enrolled(port: FakeEnrolment) -> list[tuple[str, ...]]:
    """What was used up: file, passphrase, number."""
    return [one[1:] for one in port.asked if one[0] == "enrol"]


def types(at: Technician, number: str) -> None:
    """Over whatever stands in the field."""
    at.page.seats.number.edit.setFocus()
    at.page.seats.number.edit.selectAll()
    at.type(number)


def test_f9_without_a_number_asks_for_it_and_uses_nothing_up(bare: Start) -> None:
    at, port = bare()
    assert at.page.seats.isVisible()
    assert at.page.seats.number.text() == ""
    assert at.page.holds.text("counter") == "–"
    at.key(KEY.Key_F9)
    assert at.page.seats.number.error() == "Gõ số của một quầy trong danh sách."
    assert at.page.seats.number.edit.hasFocus()
    assert enrolled(port) == []


@pytest.mark.parametrize("number", ["9", "0", "hai", "²", "-2", "1"])
def test_what_is_no_free_seat_is_said_before_anything_is_done(bare: Start, number: str) -> None:
    at, port = bare()
    types(at, number)
    at.key(KEY.Key_F9)
    said = at.page.seats.number.error()
    assert ("PC-TIEP-NHAN" if number == "1" else "danh sách") in said
    assert enrolled(port) == []


def test_the_card_shows_the_counter_of_the_number_and_f9_takes_it(bare: Start) -> None:
    at, port = bare()
    types(at, "4")
    assert at.page.holds.text("counter") == "LƯU ĐỘNG-01 · 04"
    assert at.page.holds.text("device") == "44"
    at.key(KEY.Key_F9)
    assert enrolled(port) == [(UNITS, "", "4")]
    assert at.programs == [port.program]


def test_enter_leads_from_the_path_to_the_number(bare: Start) -> None:
    at, _port = bare()
    at.page.files.path_field.edit.setFocus()
    at.key(KEY.Key_Return)
    assert at.page.seats.number.edit.hasFocus()


def test_a_number_typed_for_one_file_does_not_stand_for_the_next(bare: Start) -> None:
    one = FoundFile(GOOD, "03390-1.mcp", "USB USB-KT", True)
    at, port = bare((*WHOLE, one))
    types(at, "2")
    at.page.files.table.setFocus()
    at.key(KEY.Key_Down)
    assert at.page.files.path() == GOOD
    assert not at.page.seats.isVisible()
    assert at.page.seats.number.text() == ""
    at.key(KEY.Key_F9)
    assert enrolled(port) == [(GOOD, "")]


def test_a_step_to_look_at_keeps_the_page_until_f9(bare: Start) -> None:
    at, port = bare()
    port.told = ARRIVED
    types(at, "2")
    at.key(KEY.Key_F9)
    page = at.page
    assert at.programs == []
    assert page.progress.isVisible()
    assert [one.state for one in page.progress.steps()].count(LOOK) == 1
    assert (page.title(), page.commit.words()) == ("Máy này là QUẦY-02", "Đi tiếp")
    assert [hint.keys for hint in page.legend()] == ["F9"]
    before = list(port.asked)
    at.key(KEY.Key_F5)
    assert port.asked == before, "there is nothing more to look for"
    at.key(KEY.Key_F9)
    assert at.programs == [port.program]


def test_when_every_step_is_done_the_counter_opens_by_itself(bare: Start) -> None:
    at, port = bare()
    port.told = tuple(replace(one, state=DONE) for one in ARRIVED)
    types(at, "2")
    at.key(KEY.Key_F9)
    assert at.programs == [port.program]


def test_a_refusal_of_the_seat_comes_back_to_the_number(bare: Start) -> None:
    """Another PC took it since the list was read."""
    at, port = bare()
    port.refuse = TAKEN
    types(at, "2")
    at.key(KEY.Key_F9)
    assert TAKEN.title in at.words()
    assert at.page.seats.isVisible()
    port.refuse = None
    types(at, "3")
    at.key(KEY.Key_F9)
    assert enrolled(port)[-1] == (UNITS, "", "3")


def test_a_refusal_of_the_disk_leaves_the_steps_and_f9_tries_again(bare: Start) -> None:
    at, port = bare()
    port.refuse = StoreError("store.in_use")
    port.told = (*ARRIVED[:1], replace(ARRIVED[1], state=FAILED, words="Đĩa đầy."))
    types(at, "2")
    at.key(KEY.Key_F9)
    assert at.page.progress.isVisible()
    assert at.page.progress.steps()[1].words == "Đĩa đầy."
    port.refuse, port.told = None, ()
    at.key(KEY.Key_F9)
    assert at.programs == [port.program]


def test_each_step_says_its_state_to_who_cannot_see_it(themed: QApplication) -> None:
    card = ProgressCard()
    states = (DONE, NOW, LOOK, FAILED, "waiting", DONE)
    card.show_steps([replace(one, state=state) for one, state in zip(ARRIVED, states, strict=True)])
    names = [line.accessibleName() for line in card._lines.values()]
    for name, word in zip(
        names, ("xong", "đang làm", "cần xem", "không được", "chưa đến", "xong"), strict=True
    ):
        assert f": {word}." in name


def test_the_seats_say_who_has_them(themed: QApplication) -> None:
    box = SeatsBox()
    box.show_seats(SEATS)
    rows = [box._rows.itemAt(place).widget().accessibleName() for place in range(4)]
    assert rows[0] == "1 · QUẦY-01, đã dùng: PC-TIEP-NHAN, 20/11/2026"
    assert rows[3] == "4 · LƯU ĐỘNG-01 (lưu động), còn trống"
    box.show_seats(SEATS[:1])
    assert (box.chosen(), box.complain()) == (None, False), "one seat: nothing is asked"


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_fits_with_seats_and_with_steps(
    themed: QApplication, bare: Start, scale: float, language: str
) -> None:
    themes.apply(themed, Theme("light", scale))
    i18n.use_language(language)  # type: ignore[arg-type]
    at, port = bare()
    port.told = ARRIVED
    for act in ("", "9", "2"):
        if act:
            types(at, act)
            at.key(KEY.Key_F9)
        least = at.window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
        assert robot.squeezed(at.page) == []
        assert nameless(at.page) == []


def test_scans_and_enter_use_nothing_up(bare: Start) -> None:
    at, port = bare()
    at.page.seats.number.edit.setFocus()
    at.application.scan("9990002611200001")
    at.key(Qt.Key.Key_Return)
    said: Any = enrolled(port)
    assert said == []
    assert STICK in at.page.files.path()
