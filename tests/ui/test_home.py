"""Home as a clerk meets it: what is urgent, where Enter leads, what a missing line says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.storage.store_errors import StoreError
from counter_app.ui.errors import words_of
from counter_app.ui.screens.home import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.lists.delegate import CellSpec
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.home import ROWS, FakeHome
from tests.ui.desk import CLERK, Desk


class Home:
    """The page at a desk; ``opened`` notes which screens were asked for."""

    def __init__(self, app: QApplication, port: FakeHome | None = None) -> None:
        self.port = port or FakeHome()
        self.desk = Desk(app, ENTRY, {"home": self.port}, CLERK, "QUẦY-02").show()
        self.view = self.desk.view
        self.opened: list[tuple[str, object]] = []
        self.desk.window.open_screen = self._note  # type: ignore[method-assign]

    def _note(self, name: str, argument: object = None) -> None:
        self.opened.append((name, argument))

    def key(self, key: Qt.Key) -> None:
        self.desk.robot.key(key)
        self.desk.settle()

    def cells(self, row: int) -> list[CellSpec]:
        return [self.view.rows.cell(row, column) for column in range(6)]


@pytest.fixture
def home(themed: QApplication) -> Iterator[Home]:
    made = Home(themed)
    yield made
    made.desk.close()


def test_an_overdue_slip_is_red_and_says_by_how_much(home: Home) -> None:
    promise = home.cells(0)[3]
    assert (promise.second, promise.second_colour) == ("Quá hạn 1 ngày", "bad")


def test_where_the_data_is_has_words_for_a_screen_reader(home: Home) -> None:
    assert [home.cells(row)[5].words for row in range(4)] == [
        "chưa ở tỉnh",
        "tỉnh đã nhận",
        "chưa ở tỉnh",
        "tỉnh hỏi lại",
    ]


@pytest.mark.parametrize(("row", "screen"), [(0, "signing"), (1, "copies"), (2, "signing"), (3, "handover")])
def test_enter_opens_the_screen_where_the_next_step_is_done(home: Home, row: int, screen: str) -> None:
    for _ in range(row):
        home.key(Qt.Key.Key_Down)
    home.key(Qt.Key.Key_Return)
    assert home.opened == [(screen, ROWS[row].subject)]


def test_digits_change_the_group_and_it_is_read(home: Home) -> None:
    home.key(Qt.Key.Key_4)
    assert home.port.asked[-1] == "ready"
    home.key(Qt.Key.Key_2)
    assert home.port.asked[-1] == "overdue"


def test_a_tile_filters(home: Home) -> None:
    home.desk.robot.click(home.view.tiles["ready"])
    home.desk.settle()
    assert home.port.asked[-1] == "ready"


def test_something_committed_elsewhere_is_read_and_the_bar_stays_on_its_row(home: Home) -> None:
    home.key(Qt.Key.Key_Down)
    home.key(Qt.Key.Key_Down)
    home.port.rows = (ROWS[2], ROWS[0])
    home.view.on_changed(frozenset({"requests"}))
    home.desk.settle()
    assert home.view.rows.rows()[home.view.table.current_row()].subject == EntryId(1, 12)


def test_nothing_to_do_says_which_key_begins(themed: QApplication) -> None:
    empty = Home(themed, FakeHome(rows=()))
    assert empty.view.stack.currentWidget() is empty.view.empty
    assert "F4" in empty.view.empty.accessibleName()
    empty.desk.close()


def test_a_page_that_cannot_be_read_says_why_and_offers_to_try_again(themed: QApplication) -> None:
    port = FakeHome()
    port.failure = StoreError("store.damaged")
    broken = Home(themed, port)
    assert broken.view.stack.currentWidget() not in (broken.view.table, broken.view.empty)
    port.failure = None
    broken.view.model.read()
    broken.desk.settle()
    assert broken.view.stack.currentWidget() is broken.view.table
    broken.desk.close()


def test_f9_enter_and_a_burst_write_nothing_here(home: Home) -> None:
    for key in (Qt.Key.Key_F9, Qt.Key.Key_Return):
        home.key(key)
    home.desk.robot.burst("0339000212611200018")
    assert set(home.port.asked) == {"todo"}


@pytest.mark.parametrize("look", [Theme(), Theme("dark"), Theme("high_contrast"), Theme("light", 1.3)])
def test_it_fits_a_small_screen_in_every_look(themed: QApplication, look: Theme) -> None:
    themes.apply(themed, look)
    made = Home(themed)
    hint = made.desk.window.minimumSizeHint()
    made.desk.close()
    themes.apply(themed, Theme())
    assert hint.width() <= 1366
    assert hint.height() <= 697


def test_nothing_read_shows_no_figure_that_could_be_taken_for_one(themed: QApplication) -> None:
    port = FakeHome()
    port.failure = StoreError("store.damaged")
    home = Home(themed, port)
    card = home.view.sync
    assert card._title.text() == words_of(StoreError("store.damaged")).title
    assert not card._known.isVisible()
    port.failure = None
    home.key(Qt.Key.Key_F5)
    assert card._known.isVisible()
    assert (card._title.text(), card._waiting.text()) == ("Mất mạng từ 08:12, vẫn làm việc bình thường", "14")
    home.desk.close()


def test_at_130_percent_no_word_of_the_side_is_cut(themed: QApplication) -> None:
    themes.apply(themed, Theme("light", 1.3))
    home = Home(themed)
    home.desk.window.resize(1366, 697)
    home.desk.settle()
    try:
        for words in (home.view.sync._title, home.view.sync._words):
            assert words.height() >= words.heightForWidth(words.width())
        table = home.view.table
        for row in range(4):
            for column in (2, 4):
                spec = home.view.rows.cell(row, column)
                room = table.columnWidth(column) - 20
                theme = themes.current()
                if spec.badge is None:
                    assert painting.text_width(theme.font("body"), spec.text) <= room, spec.text
                else:
                    assert painting.pill_width(theme, spec.badge[0], spec.badge[2]) <= room + 10
    finally:
        home.desk.close()
        themes.apply(themed, Theme())


def test_a_supervisor_sees_the_day_in_five_figures_and_a_clerk_does_not(themed: QApplication) -> None:
    port = FakeHome()
    home = Home(themed, port)
    assert not home.view.today.isVisible()
    port.supervised = True
    home.view.model.read()
    home.desk.settle()
    card = home.view.today
    assert card.isVisible()
    shown = [(name.text(), value.text()) for name, value in card._values.values()]
    assert shown == [(figure.label, figure.value) for figure in port.figures]
    name, value = card._values["expected"]
    assert "104" in value.toolTip()
    assert name.toolTip() == value.toolTip()
    assert value.accessibleName() == "Dự kiến đến 16:00: 96"
    home.desk.close()
