"""Lists keep their place and share their room; the row says whether the keys are in its list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView

COLUMNS = (
    Column("Mã", 80),
    Column("Người", 100, grow=3),
    Column("Nội dung", 120, grow=1),
    Column("Đơn giá", 90, roomy=True),
)


class Rows(CellModel):
    """Numbers; with ``ticks`` the first column has boxes."""

    def __init__(self, count: int, *, ticks: bool = False) -> None:
        super().__init__(COLUMNS)
        self.ticks = ticks
        self.show_rows(range(count))

    def cell(self, row: int, column: int) -> CellSpec:
        return CellSpec(f"{row}", tick=False if self.ticks and column == 0 else None)


class Stand:
    """A list above another thing that can hold the keys."""

    def __init__(self, model: Rows, *, fill: bool = True, held: bool = False, width: int = 700) -> None:
        self.window = QWidget()
        self.table = TableView(model, "normal", "Danh sách", fill_current=fill, fill_held=held)
        self.other = Button("Khác")
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self.other)
        self.window.resize(width, 420)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def picture(self) -> QImage:
        """The list as it is painted now."""
        QApplication.processEvents()
        return self.table.viewport().grab().toImage()

    def ground(self, row: int) -> str:
        """Colour of a row's middle, away from text."""
        rect = self.table.visualRect(self.table.model().index(row, 1))
        return self.picture().pixelColor(rect.right() - 6, rect.center().y()).name()

    def edge(self, row: int) -> str:
        """Colour of a row's upper edge, where the ring is."""
        rect = self.table.visualRect(self.table.model().index(row, 1))
        return self.picture().pixelColor(rect.center().x(), rect.top() + 1).name()


@pytest.fixture(autouse=True)
def light_again(themed: QApplication) -> Iterator[None]:
    yield
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def colour(role: str) -> str:
    return themes.current().colour(role).name()


def widths(table: TableView) -> list[int]:
    return [table.columnWidth(index) for index in range(len(COLUMNS))]


def test_columns_that_grow_share_what_is_left_and_leave_no_gap(themed: QApplication) -> None:
    stand = Stand(Rows(3))
    room = stand.table.viewport().width()
    code, person, what, price = widths(stand.table)
    assert (code, price) == (80, 90)
    assert code + person + what + price == room
    assert abs((person - 100) - 3 * (what - 120)) <= 3


def test_a_narrow_list_keeps_the_least_widths(themed: QApplication) -> None:
    stand = Stand(Rows(3), width=300)
    assert widths(stand.table) == [80, 100, 120, 90]


def test_big_text_gives_up_the_roomy_column_for_the_names(themed: QApplication) -> None:
    themes.apply(themed, Theme("light", 1.3))
    stand = Stand(Rows(3))
    assert stand.table.isColumnHidden(3)
    shown = [stand.table.columnWidth(index) for index in range(3)]
    assert sum(shown) == stand.table.viewport().width()
    themes.apply(themed, Theme())
    stand.table.apply_sizes()
    assert not stand.table.isColumnHidden(3)


def test_the_bar_goes_to_a_row_that_was_not_fetched_yet(themed: QApplication) -> None:
    stand = Stand(Rows(2_000))
    stand.table.go_to(1_500)
    assert stand.table.current_row() == 1_500
    stand.table.go_to(2_000)
    assert stand.table.current_row() == 1_500


def test_a_list_read_again_stays_scrolled_where_it_was(themed: QApplication) -> None:
    model = Rows(100)
    stand = Stand(model)
    stand.table.go_to(40, at_top=True)
    bar = stand.table.verticalScrollBar()
    before = bar.value()
    assert before > 0
    stand.picture()
    model.show_rows(range(100))
    stand.table.go_to(41)
    assert bar.value() == before


def test_a_row_out_of_sight_is_shown_all_the_same(themed: QApplication) -> None:
    model = Rows(100)
    stand = Stand(model)
    stand.table.go_to(40, at_top=True)
    model.show_rows(range(100))
    stand.table.go_to(2)
    top = stand.table.visualRect(model.index(2, 0)).top()
    assert 0 <= top < stand.table.viewport().height()


def test_what_was_scrolled_is_forgotten_once_the_new_rows_were_seen(themed: QApplication) -> None:
    model = Rows(100)
    stand = Stand(model)
    stand.table.go_to(40, at_top=True)
    model.show_rows(range(100))
    stand.picture()
    stand.table.go_to(3)
    assert stand.table.verticalScrollBar().value() <= 3 * stand.table.rowHeight(0)


def test_the_second_list_of_a_page_is_filled_only_while_it_has_the_keys(themed: QApplication) -> None:
    stand = Stand(Rows(5), fill=False, held=True)
    stand.other.setFocus()
    assert stand.ground(0) == colour("surface")
    stand.table.setFocus()
    assert stand.ground(0) == colour("row_sel")
    stand.other.setFocus()
    assert stand.ground(0) == colour("surface")


def test_the_ring_of_a_list_with_ticks_goes_with_the_keys(themed: QApplication) -> None:
    stand = Stand(Rows(5, ticks=True))
    stand.table.setFocus()
    assert stand.edge(0) == colour("focus")
    stand.other.setFocus()
    assert stand.edge(0) != colour("focus")
    assert stand.picture().pixelColor(1, 10).name() == colour("primary")  # the bar stays


def test_a_list_that_never_fills_stays_plain(themed: QApplication) -> None:
    stand = Stand(Rows(5), fill=False)
    stand.table.setFocus()
    assert stand.ground(0) == colour("surface")


def ink(button: Button) -> tuple[int, int]:
    """First and last column of pixels that differ from the button's ground."""
    picture = button.grab().toImage()
    middle = range(9, picture.height() - 9)
    ground = picture.pixelColor(8, picture.height() // 2)
    columns = [
        x for x in range(6, picture.width() - 6) if any(picture.pixelColor(x, y) != ground for y in middle)
    ]
    return columns[0], columns[-1]


@pytest.mark.parametrize("cap", [True, False])
def test_words_stand_in_the_middle_with_and_without_their_cap(themed: QApplication, cap: bool) -> None:
    button = Button("Gạch số ...", "ban", "R")
    button.resize(220, 36)
    wide = button.sizeHint().width()
    button.show_cap(cap)
    assert button.sizeHint().width() == wide
    first, last = ink(button)
    assert abs(first - (button.width() - 1 - last)) <= 6
