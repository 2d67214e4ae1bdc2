"""Every list scrolled (``quality.md``): ``python -m benchmarks.bench_scroll --pages 40``.

Each screen with a list is built as the pictures build it, its rows repeated to ``--rows``, and the list is
scrolled page after page; each page is painted whole at once. Lists differ in rows and columns, so that the
figure beside the limit is what 66 cells of that list take. Processor time of the main thread, offscreen
raster painting; the longest page holds the main thread.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from counter_app.ui.application import qt_application
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.lists.table import CellModel, TableView
from tests.support.pictures.scenes import DAY, Scene, scenes
from tests.support.pictures.shooting import COVERS
from tests.support.pictures.stage import Stage

CELLS, MOST_MS, HELD_MS = 66, 25.0, 50.0
SIZE = (1366, 697)


class Painted(NamedTuple):
    """A list: its name, cells on a page, ms of each page ascending (the first paint left out)."""

    name: str
    cells: int
    pages: tuple[float, ...]

    @property
    def of_66(self) -> float:
        """Median ms that 66 cells take."""
        return statistics.median(self.pages) * CELLS / self.cells


def lists_of(app: QApplication, scene: Scene, rows: int, pages: int) -> Iterator[Painted]:
    """Every list of a scene that shows rows, scrolled."""
    stage = Stage(app, scene.person, scene.ready_ports(), may_act=scene.may_act, practice=scene.practice)
    try:
        stage.show(scene.screen, scene.argument, SIZE)
        stage.settle()
        for table in stage.view().findChildren(TableView):
            model = table.model()
            if isinstance(model, CellModel) and model.rows() and table.isVisible():
                yield scrolled(
                    f"{scene.screen}: {table.accessibleName() or 'list'}", table, model, rows, pages
                )
    finally:
        stage.close()


def scrolled(name: str, table: TableView, model: CellModel, rows: int, pages: int) -> Painted:
    """``table`` with its rows repeated to ``rows``, painted at each of ``pages`` places."""
    held: list[Any] = list(model.rows())
    model.show_rows((held * (rows // len(held) + 1))[:rows])
    table.go_to(rows - 1)
    bar, view = table.verticalScrollBar(), table.viewport()
    taken = []
    for place in range(pages + 1):
        bar.setValue(bar.maximum() * place // pages)
        start = time.thread_time()
        view.repaint()
        taken.append((time.thread_time() - start) * 1e3)
    height = table.verticalHeader().defaultSectionSize()
    shown = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    return Painted(name, max(1, round(view.height() / height * len(shown))), tuple(sorted(taken[1:])))


def row(painted: Painted) -> bool:
    """Print a list; whether its 66 cells meet the limit and no page holds the main thread."""
    middle, worst = statistics.median(painted.pages), painted.pages[-1]
    met = painted.of_66 < MOST_MS and worst <= HELD_MS
    print(
        f"{painted.name[:48]:<50}{painted.cells:5d} cells {middle:7.2f} ms, worst {worst:6.2f}"
        f"   {CELLS} cells {painted.of_66:6.2f} ms   < {MOST_MS:.0f} ms {'met' if met else 'MISSED'}",
        flush=True,
    )
    return met


def measure(rows: int, pages: int, only: str = "") -> list[Painted]:
    """Print the table of every list (of screens whose name begins with ``only``)."""
    app = qt_application()
    themes.apply(app, Theme())
    found: dict[str, Painted] = {}
    for scene in scenes():
        if scene.state == DAY and scene.screen not in COVERS and scene.screen.startswith(only):
            for painted in lists_of(app, scene, rows, pages):
                found.setdefault(painted.name, painted)
    missed = [painted.name for painted in found.values() if not row(painted)]
    print(f"{len(found)} lists of {rows:,} rows; missed: {missed or 'none'}")
    return list(found.values())


def main() -> int:
    """Measure and print; a miss is a figure, not a break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--pages", type=int, default=40)
    chosen = parser.parse_args()
    measure(chosen.rows, chosen.pages)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
