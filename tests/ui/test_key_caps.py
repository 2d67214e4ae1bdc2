"""Key caps stand only on buttons of the part that has focus (ux.md 2.1): the rule, and a walk of screens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.widgets.button import COMMIT, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.parts import PartCaps, part_of
from tests.support.pictures.scenes import LOADING, Scene, scenes
from tests.support.pictures.stage import Stage

WALKED = [scene for scene in scenes() if scene.state != LOADING and scene.screen != "signin"]


class Page(QWidget):
    """Two cards with a field and a button each, one card of words, one button outside."""

    def __init__(self) -> None:
        super().__init__()
        self.part_caps = PartCaps(self)
        row = QHBoxLayout(self)
        self.fields = (QLineEdit(), QLineEdit())
        self.inside = (Button("Trả lại", keys="R"), Button("Gạch số", keys="R"))
        self.cards = (Card("Xấp"), Card("Lô"))
        for card, field, button in zip(self.cards, self.fields, self.inside, strict=True):
            card.add(field)
            card.add(button)
            row.addWidget(card)
        self.words = Card("Tin")
        self.told = Button("Thử ngay", keys="F5")
        self.words.add(self.told)
        self.outside = Button("Xem trước", keys="Ctrl P")
        self.commit = Button("Lưu", keys="F9", kind=COMMIT)
        self.cards[1].add(self.commit)
        for widget in (self.words, self.outside):
            row.addWidget(widget)


@pytest.fixture
def page(themed: QApplication, qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    return page


def go(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def test_the_cap_goes_with_the_focus(page: Page, qtbot: QtBot) -> None:
    for here in (0, 1, 0):
        go(qtbot, page.fields[here])
        assert [button.has_cap() for button in page.inside] == [here == 0, here == 1]


def test_what_belongs_to_the_page_keeps_its_cap(page: Page, qtbot: QtBot) -> None:
    for field in page.fields:
        go(qtbot, field)
        assert page.outside.has_cap()
        assert page.told.has_cap()  # a card without a place for focus is no part
        assert page.commit.has_cap()  # F9 commits from everywhere


def test_focus_that_leaves_the_page_changes_nothing(page: Page, qtbot: QtBot) -> None:
    go(qtbot, page.fields[1])
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    go(qtbot, other)
    assert [button.has_cap() for button in page.inside] == [False, True]


def test_a_part_that_went_away_holds_no_cap(page: Page, qtbot: QtBot) -> None:
    go(qtbot, page.fields[1])
    page.cards[1].hide()
    assert page.inside[0].has_cap()


def test_a_disabled_button_has_none_and_a_page_may_decide(page: Page, qtbot: QtBot) -> None:
    go(qtbot, page.fields[0])
    page.inside[0].disable_because("chưa có phiếu")
    page.inside[1].show_cap(True)
    assert [button.has_cap() for button in page.inside] == [False, True]


def test_the_cap_is_painted_or_not(page: Page, qtbot: QtBot) -> None:
    """Pixels: the same button with and without focus in its part."""
    go(qtbot, page.fields[0])
    shown = page.inside[0].grab().toImage()
    go(qtbot, page.fields[1])
    gone = page.inside[0].grab().toImage()
    assert shown.size() == gone.size()  # nothing jumps
    assert ink(shown) > ink(gone)


def ink(image) -> int:  # type: ignore[no-untyped-def]
    """How many points are not of the ground's colour."""
    ground = QColor(image.pixel(image.width() // 2, 4)).rgb()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(1 for x, y in points if image.pixel(x, y) != ground)


# --- the walk ---


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


@pytest.mark.parametrize("scene", WALKED, ids=lambda scene: scene.name)
def test_no_screen_shows_the_keys_of_another_part(themed: QApplication, scene: Scene) -> None:
    stage = Stage(themed, scene.person, scene.ready_ports(), may_act=scene.may_act)
    try:
        stage.show(scene.screen, scene.argument, (1366, 697))
        stage.settle()
        if scene.act is not None:
            scene.act(stage)
            stage.settle()
        assert strangers(stage, themed.focusWidget()) == []
    finally:
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
