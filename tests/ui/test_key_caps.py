"""Key caps stand only on buttons of the part that has focus (ux.md 2.1): the rule."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.widgets.button import COMMIT, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.parts import PartCaps


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
