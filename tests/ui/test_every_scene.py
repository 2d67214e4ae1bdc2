"""A walk through every screen in every state, built once each: what must hold of all of them.

Nothing appears as a window of its own while a screen is built; it fits; whatever takes keys has a name and
every list speaks; key caps stand only on buttons of the part that has focus (ux.md 2.1).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from counter_app.ui.shell.window import Window
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import COMMIT, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.table import CellModel
from counter_app.ui.widgets.notice import Notice
from counter_app.ui.widgets.parts import part_of
from tests.support.pictures.scenes import LOADING, Scene, scenes
from tests.support.pictures.shooting import COVERS, bring
from tests.support.pictures.stage import Stage

WALKED = [scene for scene in scenes() if scene.state != LOADING]
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


class Doorman(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.strangers: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, Window)
        ):
            self.strangers.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def doorman(themed: QApplication) -> Iterator[Doorman]:
    made = Doorman(themed)
    yield made
    themed.removeEventFilter(made)


def cards_around(widget: QWidget) -> list[Card]:
    found, around = [], widget.parentWidget()
    while around is not None:
        if isinstance(around, Card):
            found.append(around)
        around = around.parentWidget()
    return found


def places(card: Card) -> list[QWidget]:
    """What Tab reaches in ``card`` and is no door."""
    return [
        one
        for one in card.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and (not isinstance(one, QPushButton) or one.isCheckable())
    ]


def strangers(stage: Stage, focus: QWidget | None) -> list[str]:
    """Caps of buttons in a card that could have the focus while another one has it."""
    if focus is None or not any(places(card) for card in cards_around(focus)):
        return []
    mine = next(card for card in cards_around(focus) if places(card))
    return [
        f"{button.words()} in {card.title_label.text() if card.title_label else type(card).__name__}"
        for button in stage.view().findChildren(Button)
        if button.isVisible() and button.has_cap() and button.property("kind") != COMMIT
        for card in [next((one for one in cards_around(button) if places(one)), None)]
        if card is not None and card is not mine and not one_part(card, mine)
    ]


def one_part(first: Card, second: Card) -> bool:
    """Two cards that the signing desk counts as one, which it decides itself: the lots and their lines."""
    return {type(first).__name__, type(second).__name__} == {"LotsCard", "LinesCard"}


def built(app: QApplication, scene: Scene) -> Stage:
    """The scene as its picture shows it."""
    stage = Stage(app, scene.person, scene.ready_ports(), may_act=scene.may_act)
    bring(stage, scene, (1366, 697))
    stage.settle()
    if scene.act is not None:
        scene.act(stage)
        stage.settle()
    return stage


@pytest.fixture
def light(themed: QApplication) -> Iterator[QApplication]:
    yield themed
    if themes.current() != Theme():
        themes.apply(themed, Theme())


@pytest.mark.parametrize("scene", WALKED, ids=lambda scene: scene.name)
def test_a_scene_flashes_nothing_fits_speaks_and_shows_its_own_keys(
    light: QApplication, doorman: Doorman, scene: Scene
) -> None:
    stage = built(light, scene)
    try:
        assert doorman.strangers == []
        least = stage.window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
        assert nameless(stage) == []
        assert dumb_rows(stage) == []
        said = [one for one in stage.window.findChildren(Notice) if one.isVisible()]
        assert all(one.accessibleName() for one in said)
        assert scene.screen in COVERS or strangers(stage, light.focusWidget()) == []
    finally:
        stage.close()


def test_the_doorman_sees_a_flash(themed: QApplication, doorman: Doorman) -> None:
    flashed = QWidget()
    flashed.setVisible(True)
    flashed.close()
    assert doorman.strangers == ["QWidget "]


def test_the_walk_hears_a_button_without_a_name(themed: QApplication) -> None:
    scene = next(one for one in WALKED if one.name == "home-day")
    stage = Stage(themed, scene.person, scene.ready_ports())
    stage.show(scene.screen, scene.argument, (1366, 697))
    stage.settle()
    stage.view().tiles["overdue"].setAccessibleName("")
    assert nameless(stage) == ["KpiTile kit"]
    stage.close()


def test_the_walk_sees_a_cap_of_another_part(themed: QApplication) -> None:
    scene = next(one for one in WALKED if one.name == "copies-empty")
    stage = Stage(themed, scene.person, scene.ready_ports())
    stage.show(scene.screen, scene.argument, (1366, 697))
    stage.settle()
    other = next(one for one in stage.view().findChildren(Button) if one.words().startswith("Từ chối"))
    assert part_of(other) is not None
    other.show_cap(True)
    assert len(strangers(stage, themed.focusWidget())) == 1
    stage.close()
