"""Queues as a handler reads them: what presses first, who waits never late, Enter opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.session.permissions import permissions_of
from counter_app.ui import i18n
from counter_app.ui.screens import ENTRIES, rail_for
from counter_app.ui.screens.contract import ScreenEntry
from counter_app.ui.screens.dossier.view_model import Asked
from counter_app.ui.screens.dossiers import ENTRY, ONLINE_ENTRY
from counter_app.ui.screens.dossiers.view_model import QueueReader
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.dossiers import FakeDossiers
from tests.ui.desk import CLERK, Desk
from tests.ui.hands import Hands
from tests.ui.screen_checks import KEY, nameless, press, scan, too_big
from tests.unit.domain.folding.writing import official

Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """A desk with one of both lists."""
    desks: list[Desk] = []

    def sit(port: FakeDossiers, entry: ScreenEntry = ENTRY, permissions: frozenset[str] = CLERK) -> Desk:
        desk = Desk(themed, entry, {"dossiers": port}, permissions, "QUẦY-02").show()
        desks.append(desk)
        desk.opened = []

        def note(name: str, argument: object = None) -> None:
            desk.opened.append((name, argument))

        desk.window.open_screen = note  # type: ignore[method-assign]
        return desk

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def words(desk: Desk) -> list[str]:
    """Each row as a screen reader says it."""
    return [desk.view.rows.row_words(row).casefold() for row in range(desk.view.rows.rowCount())]


def test_what_is_late_stands_first_and_is_red(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    due = desk.view.rows.cell(0, 3)
    assert (due.second, due.second_colour, due.weight) == ("Quá hạn 4 ngày", "bad", 600)


def test_each_digit_reads_its_tab(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    for key in (KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5, KEY.Key_6):
        press(desk, key)
    assert port.asked == ["mine", "unit", "waiting", "deciding", "late", "online"]


def test_no_waiting_dossier_shows_overdue_words_in_any_tab(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    late = 0
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5):
        press(desk, key)
        for said in words(desk):
            late += "quá hạn" in said
            assert not ("chờ dân" in said and "quá hạn" in said), said
    assert late, "the net caught nothing at all"


def test_the_tab_of_late_ones_has_no_one_who_waits(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    press(desk, KEY.Key_5)
    assert [row.state for row in desk.view.rows.rows()] == ["in_work"]


def test_counts_stand_at_their_tabs(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    assert [tab.count for tab in desk.view.tabs._tabs] == ["3", "7", "1", "1", "1", "1"]


def test_enter_opens_the_page_and_knows_the_way_back(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert desk.opened == [("dossier", Asked(port.day.in_work, "dossiers"))]


def test_who_takes_in_meets_an_online_dossier_on_the_intake_page(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), ONLINE_ENTRY, CLERK | {"intake"})
    press(desk, KEY.Key_Return)
    assert desk.opened == [("intake", port.day.online)]
    handler = seat(port, ONLINE_ENTRY)
    press(handler, KEY.Key_Return)
    assert handler.opened == [("dossier", Asked(port.day.online, "online"))]


def test_nothing_is_committed_here(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_F9)
    scan(desk, "03390002126112000062")
    assert port.forms == []


def test_the_online_list_has_its_own_clock_and_empty_words(seat: Seat) -> None:
    desk = seat(FakeDossiers(), ONLINE_ENTRY)
    assert desk.view.rows.columns[3].words == "Hạn tiếp nhận"
    assert desk.view.rows.cell(0, 3).second == "Còn 5 giờ 4 phút"
    none = seat(FakeDossiers(empty=True), ONLINE_ENTRY)
    assert none.view.empty.accessibleName() == "Không có hồ sơ trực tuyến chờ. Lần hỏi cuối 08:11."


def test_each_empty_tab_says_what_it_is_and_the_digits_go_on_working(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(empty=True))
    said = []
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5, KEY.Key_6):
        press(desk, key)
        assert desk.view.stack.currentWidget() is desk.view.empty
        said.append(desk.view.empty.accessibleName())
    assert port.asked == ["mine", "unit", "waiting", "deciding", "late", "online"]
    assert len(set(said)) == 6
    port.empty = False
    press(desk, KEY.Key_1)
    assert desk.view.table.hasFocus(), "the keys come back to the list"


def test_what_cannot_be_read_says_so_and_f5_tries_again(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(trouble=DomainError("Không đọc được.")))
    assert desk.view.stack.currentWidget() not in (desk.view.table, desk.view.empty)
    port.trouble = None
    press(desk, KEY.Key_F5)
    assert desk.view.stack.currentWidget() is desk.view.table


def test_the_bar_stays_on_its_dossier_when_the_list_is_read_again(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_Down)
    desk.view.on_changed(frozenset({"dossiers"}))
    desk.settle()
    assert desk.view.rows.rows()[desk.view.table.current_row()].dossier == port.day.in_work


def test_an_answer_for_another_tab_is_not_shown(themed: QApplication) -> None:
    port, hands = FakeDossiers(), Hands(held=True)
    model = QueueReader(port, hands.background())
    model.read()
    first = hands.waiting.pop()
    model.choose("late")
    hands.let_go()
    first.answer()
    assert model.page is not None
    assert len(model.page.rows) == 1


@pytest.mark.parametrize("entry", [ENTRY, ONLINE_ENTRY])
@pytest.mark.parametrize("look", [Theme(name) for name in THEMES] + [Theme("light", 1.3)])
def test_it_fits_and_everything_has_a_name(
    themed: QApplication, seat: Seat, look: Theme, entry: ScreenEntry
) -> None:
    themes.apply(themed, look)
    desk = seat(FakeDossiers(), entry)
    assert too_big(desk) == ""
    assert nameless(desk.view) == []
    assert all(words(desk))


def test_the_rail_shows_each_role_its_lists() -> None:
    def names(role: str) -> set[str]:
        permissions = permissions_of(official(1, role))
        return {entry.name for entry in rail_for(ENTRIES, permissions, frozenset({role}))}

    assert {"online", "dossiers"} & names(roles.INTAKE) == {"online"}
    assert "dossiers" in names(roles.HANDLER)
    assert not {"online", "dossiers", "dossier"} & names(roles.TECHNICIAN)
    assert "dossier" not in names(roles.HANDLER), "a page is opened from a list, not from the rail"
