"""The scrolling measurement on one screen: pages are painted, cells counted, misses told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPaintEvent

from benchmarks import bench_scroll
from benchmarks.bench_scroll import Painted
from counter_app.ui.widgets.lists.table import TableView


def test_the_lists_of_a_screen_are_scrolled(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    original = TableView.paintEvent

    def paint(table: TableView, event: QPaintEvent) -> None:
        painted.append(table.verticalScrollBar().value())
        original(table, event)

    monkeypatch.setattr(TableView, "paintEvent", paint)
    (found,) = bench_scroll.measure(300, 5, only="registers")
    assert len(found.pages) == 5
    assert found.cells > 30
    assert list(found.pages) == sorted(found.pages)
    assert found.pages[0] > 0
    assert len(set(painted)) >= 6  # each page was painted at another place
    assert "1 lists of 300 rows" in capsys.readouterr().out


def test_66_cells_are_counted_from_what_a_page_holds() -> None:
    assert Painted("a list", 33, (4.0, 5.0, 9.0)).of_66 == 10.0


@pytest.mark.parametrize(
    ("pages", "met"), [((20.0, 24.0, 24.9), True), ((20.0, 25.0, 26.0), False), ((1.0, 1.0, 51.0), False)]
)
def test_a_slow_page_or_one_that_holds_the_main_thread_is_a_miss(
    pages: tuple[float, ...], met: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench_scroll.row(Painted("a list", 66, pages)) is met
    assert ("MISSED" in capsys.readouterr().out) is not met
