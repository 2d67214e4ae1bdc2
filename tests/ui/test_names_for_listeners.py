"""A walk through every screen in every state: whatever takes keys has a name, and every list speaks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView, QWidget

from counter_app.ui.widgets.lists.table import CellModel
from counter_app.ui.widgets.notice import Notice
from tests.support.pictures.scenes import LOADING, Scene, scenes
from tests.support.pictures.stage import Stage

WALKED = [scene for scene in scenes() if scene.state != LOADING and scene.screen != "signin"]
KINDS = (QAbstractButton, QLineEdit, QTableView, QComboBox)


def takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def name_of(widget: QWidget) -> str:
    """A button's own text is its name when it has no other."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def nameless(stage: Stage) -> list[str]:
    """Kinds and object names of what a screen reader could not call by a name."""
    found = [one for one in stage.window.findChildren(QWidget) if isinstance(one, KINDS) and takes_keys(one)]
    return [f"{type(one).__name__} {one.objectName()}" for one in found if not name_of(one).strip()]


def dumb_rows(stage: Stage) -> list[str]:
    """Lists with a row, or a row with a mark only, that says nothing."""
    silent = []
    for table in stage.window.findChildren(QTableView):
        model = table.model()
        if not isinstance(model, CellModel) or not table.isVisible():
            continue
        for row in range(min(model.rowCount(), 30)):
            if not str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) or "").strip():
                silent.append(f"{table.accessibleName()} row {row}")
            for column in range(model.columnCount()):
                spec = model.cell(row, column)
                if spec.icon is not None and not spec.spoken():
                    silent.append(
                        f"{table.accessibleName()} row {row} column {column}: an icon without words"
                    )
    return silent


@pytest.mark.parametrize("scene", WALKED, ids=lambda scene: scene.name)
def test_everything_that_takes_keys_has_a_name(themed: QApplication, scene: Scene) -> None:
    stage = Stage(themed, scene.person, scene.ready_ports(), may_act=scene.may_act)
    try:
        stage.show(scene.screen, scene.argument, (1366, 697))
        stage.settle()
        if scene.act is not None:
            scene.act(stage)
            stage.settle()
        assert nameless(stage) == []
        assert dumb_rows(stage) == []
        said = [one for one in stage.window.findChildren(Notice) if one.isVisible()]
        assert all(one.accessibleName() for one in said)
    finally:
        stage.close()


def test_the_walk_hears_a_button_without_a_name(themed: QApplication) -> None:
    scene = next(one for one in WALKED if one.name == "home-day")
    stage = Stage(themed, scene.person, scene.ready_ports())
    stage.show(scene.screen, scene.argument, (1366, 697))
    stage.settle()
    stage.view().tiles["overdue"].setAccessibleName("")
    assert nameless(stage) == ["KpiTile kit"]
    stage.close()
