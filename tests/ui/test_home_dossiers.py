"""Home with dossiers: the tabs of the design, where Enter leads, who waits is never late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.home import SearchHit
from counter_app.ui import i18n
from counter_app.ui.screens.dossier.view_model import Asked
from counter_app.ui.screens.home import ENTRY
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.screens.search.rows import HitsModel, counts, in_group
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.fields.choices import TabStrip
from tests.support.fakes.home import FakeHome, dossier_rows
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import KEY, nameless, press, too_big

Seat = Callable[..., Desk]
ROWS = dossier_rows()


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """A clerk at home; ``opened`` notes which screens were asked for."""
    desks: list[Desk] = []

    def sit(port: FakeHome, permissions: frozenset[str] = CLERK | {"intake"}) -> Desk:
        desk = Desk(themed, ENTRY, {"home": port}, permissions, "QUẦY-02").show()
        desks.append(desk)

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


def shown(strip: TabStrip) -> list[str]:
    """The words of the tabs that can be seen."""
    return [tab.words for tab in strip._tabs if tab.isVisible()]


def test_the_tabs_are_those_of_the_design(seat: Seat) -> None:
    desk = seat(FakeHome(ROWS, dossiers=True))
    assert shown(desk.view.tabs) == [
        "Việc cần làm", "Trực tuyến chờ tiếp nhận", "Quá hạn", "Chờ dân bổ sung", "Chờ trả",
    ]  # fmt: skip


def test_the_digits_follow_what_is_shown(seat: Seat) -> None:
    desk = seat(port := FakeHome(ROWS, dossiers=True))
    press(desk, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5)
    assert port.asked == ["todo", "online", "overdue", "supplement", "ready"]


def test_without_dossiers_home_is_that_of_the_copies_counter(seat: Seat) -> None:
    desk = seat(FakeHome(), CLERK)
    assert shown(desk.view.tabs) == ["Việc cần làm", "Quá hạn", "Bàn ký trả lại", "Chờ trả"]


def test_enter_leads_a_dossier_to_its_page_an_online_one_to_intake_and_copies_to_their_desk(
    seat: Seat,
) -> None:
    desk = seat(FakeHome(ROWS, dossiers=True))
    for row in range(len(ROWS)):
        desk.view.table.go_to(row)
        press(desk, KEY.Key_Return)
    opened = dict(zip(ROWS, desk.opened, strict=True))
    for row, (name, argument) in opened.items():
        ways = {"dossier": Asked(row.subject, "home"), "intake": Opened(row.subject, "home")}
        assert (name, argument) == (row.target or "signing", ways.get(row.target, row.subject))
    assert {name for name, _ in desk.opened} == {"dossier", "intake", "signing"}


def test_no_waiting_dossier_shows_overdue_words(seat: Seat) -> None:
    desk = seat(FakeHome(ROWS, dossiers=True))
    said = [desk.view.rows.row_words(row).casefold() for row in range(len(ROWS))]
    assert any("quá hạn" in words for words in said), "the net catches what it is for"
    assert not [words for words in said if "chờ dân bổ sung" in words and "quá hạn" in words]


def test_empty_tabs_say_what_they_are_and_which_key_begins(seat: Seat) -> None:
    desk = seat(FakeHome((), dossiers=True))
    assert "Nhấn F3 để tiếp nhận hồ sơ." in desk.view.empty.accessibleName()
    press(desk, KEY.Key_2)
    assert desk.view.empty.accessibleName() == "Không có hồ sơ trực tuyến chờ. Lần hỏi cuối 08:11."
    press(desk, KEY.Key_4)
    assert desk.view.empty.accessibleName() == "Không có hồ sơ nào chờ dân bổ sung."


@pytest.mark.parametrize("look", [Theme(), Theme("dark"), Theme("high_contrast"), Theme("light", 1.3)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_fits_in_every_look_and_language(
    themed: QApplication, seat: Seat, look: Theme, language: str
) -> None:
    themes.apply(themed, look)
    i18n.use_language("en" if language == "en" else "vi")
    desk = seat(FakeHome(ROWS, dossiers=True))
    assert too_big(desk) == ""
    assert nameless(desk.view) == []


def test_a_tab_in_front_stays_though_it_is_not_given_any_more(themed: QApplication) -> None:
    strip = TabStrip((("a", "A"), ("b", "B"), ("c", "C")))
    strip.show()
    strip.choose("b")
    strip.show_codes(("a", "c"))
    assert shown(strip) == ["A", "B", "C"]
    strip.choose("c")
    strip.show_codes(("a", "c"))
    assert shown(strip) == ["A", "C"]
    assert strip.choose(1) is True
    assert strip.current() == "c"
    assert strip.choose(2) is False
    strip.close()


def test_search_names_dossiers_and_requests_once_and_has_procedures(themed: QApplication) -> None:
    request = SearchHit("request", "SÙNG THỊ DÍ", "Giấy khai sinh", "handover")
    dossier = replace(request, group="dossier", target="dossier")
    procedure = SearchHit("procedure", "Đăng ký khai sinh", "Hộ tịch", "intake")
    hits = (dossier, request, procedure)
    assert counts(hits) == {"all": 3, "person": 0, "request": 2, "number": 0, "procedure": 1, "command": 0}
    assert in_group(hits, "request") == [dossier, request]
    model = HitsModel()
    model.show_rows(hits)
    assert [model.cell(row, 0).text for row in range(3)] == ["Hồ sơ", "", "Thủ tục"]
