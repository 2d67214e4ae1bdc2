"""How the signing desk looks: it fits, every theme paints, six states are drawn, everything has a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView

from counter_app.services.ports.signing import Banner
from counter_app.ui import i18n
from counter_app.ui.screens import rail_for
from counter_app.ui.screens.signing import DESK_ENTRY, ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.signing import ACT, ELSEWHERE, HERE, FakeSigning, day_pile, long_pile
from tests.ui.desk import CLERK, SIGNER, Desk


@pytest.fixture(autouse=True)
def light_again(themed: QApplication) -> Iterator[None]:
    """The theme of the other tests."""
    yield
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def states() -> dict[str, tuple[FakeSigning, frozenset[str]]]:
    """The states this screen can be in; offline and asked change only the frame around it."""
    soon = Banner(ACT, "Quyết định còn 6 ngày.")
    return {
        "full": (FakeSigning(), SIGNER),
        "empty": (FakeSigning(rows=[], lot_rows=[], lines={}), SIGNER),
        "error": (FakeSigning(trouble=RuntimeError("đĩa hỏng")), SIGNER),
        "read-only": (FakeSigning(status=ELSEWHERE, act=soon), CLERK),
        "witness": (FakeSigning(status=replace(HERE, paper_witness_needed=True)), SIGNER),
        "long": (FakeSigning(rows=long_pile(400)), SIGNER),
    }


@pytest.mark.parametrize("state", sorted(states()))
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_fits_the_smallest_screen(themed: QApplication, state: str, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    port, permissions = states()[state]
    desk = Desk(themed, DESK_ENTRY, {"signing": port}, permissions).show(1366, 697)
    least = desk.window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
    desk.close()


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_paints_every_state(themed: QApplication, theme: str) -> None:
    themes.apply(themed, Theme(theme))
    for port, permissions in states().values():
        desk = Desk(themed, DESK_ENTRY, {"signing": port}, permissions).show()
        picture = desk.window.grab().toImage()
        colours = {picture.pixelColor(x, y).name() for x in range(220, 1360, 7) for y in range(60, 730, 7)}
        assert len(colours) > 4
        desk.close()


def test_the_empty_desk_says_what_fills_it(themed: QApplication) -> None:
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning(rows=[])}).show()
    words = desk.view.pile._empty.accessibleName()
    assert "Không còn phiếu chờ cấp số." in words
    assert "5 số" in words
    desk.close()


def test_everything_that_takes_focus_has_a_name(themed: QApplication) -> None:
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning()}).show()
    for kind in (QAbstractButton, QLineEdit, QTableView):
        for widget in desk.view.findChildren(kind):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), widget
    desk.close()


def test_a_row_is_read_out_whole(themed: QApplication) -> None:
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning()}).show()
    spoken = desk.view.pile.rows.row_words(0)
    for part in ("Hoàng Văn Sơn", "12 bản sao", "16 phút", "Cần xem"):
        assert part in spoken
    struck = desk.view.lines.rows.row_words(13)
    assert "1841" in struck
    desk.close()


def test_an_overdue_slip_is_red(themed: QApplication) -> None:
    late = replace(day_pile()[1], overdue=True)
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning(rows=[late])}).show()
    assert desk.view.pile.rows.cell(0, 3).second_colour == "bad"
    desk.close()


def test_no_number_is_shown_before_it_is_born(themed: QApplication) -> None:
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning(lot_rows=[], lines={})}).show()
    shown = " ".join(label.text() for label in desk.window.findChildren(QLabel))
    cells = " ".join(desk.view.pile.rows.row_words(row) for row in range(7))
    assert "1842" not in shown + cells
    desk.close()


def test_the_page_is_whole_in_english(themed: QApplication) -> None:
    i18n.use_language("en")
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning()}).show()
    assert desk.view.title() == "Signing desk"
    assert desk.view.pile.number.words() == "Number, print texts"
    assert desk.window.minimumSizeHint().width() <= 1366
    desk.close()


def test_arrows_down_a_long_pile_hold_nobody_up(themed: QApplication, stall_guard: object) -> None:
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning(rows=long_pile(200))}).show()
    stall_guard.watching = True  # type: ignore[attr-defined]
    for _ in range(25):
        desk.robot.key(Qt.Key.Key_Down)
        desk.settle()
    stall_guard.watching = False  # type: ignore[attr-defined]
    assert desk.view.pile.table.current_row() == 25
    desk.close()


def test_signatories_have_the_desk_first_and_once() -> None:
    both = (DESK_ENTRY, ENTRY)
    assert rail_for(both, SIGNER, frozenset({"signatory"})) == (DESK_ENTRY,)
    assert rail_for(both, CLERK, frozenset({"intake"})) == (ENTRY,)
    assert rail_for(both, frozenset(), frozenset({"signatory"})) == ()
