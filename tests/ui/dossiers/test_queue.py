"""Queues as a handler reads them: what presses first, who waits never late, Enter opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.dossiers import DossierView
from counter_app.services.ports.intake import ASK, REFUSE
from counter_app.services.session.permissions import permissions_of
from counter_app.ui import i18n
from counter_app.ui.screens import ENTRIES, rail_for
from counter_app.ui.screens.contract import ScreenEntry
from counter_app.ui.screens.dossier.rows import paper_badge
from counter_app.ui.screens.dossier.view_model import Asked
from counter_app.ui.screens.dossiers import ENTRY, ONLINE_ENTRY
from counter_app.ui.screens.dossiers.rows import QueueModel
from counter_app.ui.screens.dossiers.view_model import PreviewReader, QueueReader
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.dossiers import FakeDossiers
from tests.ui.desk import CLERK, Desk
from tests.ui.hands import Hands, heard
from tests.ui.screen_checks import CTRL, KEY, bar, nameless, press, scan, too_big
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
    assert shown_tabs(desk) == {"Của tôi": "3", "Của đơn vị": "7", "Chờ dân bổ sung": "1", "Chờ ký": "1",
                                "Quá hạn": "1", "Trực tuyến": "1"}  # fmt: skip


def shown_tabs(desk: Desk) -> dict[str, str]:
    """Words and counts of the tabs that stand."""
    return {tab.words: tab.count for tab in desk.view.tabs._tabs if not tab.isHidden()}


def test_who_has_fields_of_work_has_a_tab_for_them_and_digits_follow_what_stands(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(has_fields=True))
    assert list(shown_tabs(desk))[:3] == ["Của tôi", "Lĩnh vực của tôi", "Của đơn vị"]
    press(desk, KEY.Key_2, KEY.Key_3)
    assert port.asked == ["mine", "fields", "unit"]
    assert "1–7" in [hint.keys for hint in desk.view.legend()]
    press(desk, KEY.Key_7)
    assert len(port.asked) == 4, "the seventh tab has its digit"


def test_enter_opens_the_page_and_knows_the_way_back(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert desk.opened == [("dossier", Asked(port.day.in_work, "dossiers"))]


def test_who_takes_in_meets_an_online_dossier_on_the_intake_page(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), ONLINE_ENTRY, CLERK | {"intake"})
    press(desk, KEY.Key_Return)
    assert desk.opened == [("intake", Opened(port.day.online, "online"))]
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


def preview_says(desk: Desk) -> str:
    """What the preview tells a reader who cannot see it."""
    name: str = desk.view.preview.accessibleName()
    return name


def test_the_online_list_previews_the_dossier_under_the_bar_with_its_papers(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), ONLINE_ENTRY)
    view = port.look(port.day.online)
    assert preview_says(desk) == f"{view.title}. {len(view.papers)} giấy tờ gửi kèm"
    badges = [f"{paper.name}, {paper_badge(paper.state)[0]}" for paper in view.papers]
    assert desk.view.preview.papers() == badges
    assert badges


def test_no_dossier_no_preview_and_no_ways_on(seat: Seat) -> None:
    desk = seat(FakeDossiers(empty=True), ONLINE_ENTRY)
    assert preview_says(desk) == ""
    assert not any(button.isVisible() for button in desk.view.preview.buttons)
    press(desk, KEY.Key_B, KEY.Key_R, KEY.Key_Return)
    assert desk.opened == []


@pytest.mark.parametrize(("key", "answer"), [(KEY.Key_B, ASK), (KEY.Key_R, REFUSE), (KEY.Key_Return, "")])
def test_b_and_r_open_the_dossier_with_that_answer_and_commit_nothing(
    seat: Seat, key: Qt.Key, answer: str
) -> None:
    desk = seat(port := FakeDossiers(), ONLINE_ENTRY, CLERK | {"intake"})
    press(desk, key)
    assert desk.opened == [("intake", Opened(port.day.online, "online", answer))]
    assert port.forms == []


def test_the_buttons_of_the_preview_show_their_keys_and_do_what_the_keys_do(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), ONLINE_ENTRY, CLERK | {"intake"})
    assert all(button.has_cap() for button in desk.view.preview.buttons)
    for button in desk.view.preview.buttons:
        desk.robot.click(button)
    answers = [argument.answer for _, argument in desk.opened if isinstance(argument, Opened)]
    assert answers == ["", ASK, REFUSE]
    assert port.forms == []


def test_a_dossier_that_cannot_be_shown_says_why_in_the_preview(seat: Seat) -> None:
    port = FakeDossiers()
    port.look = _not_here  # type: ignore[method-assign]
    desk = seat(port, ONLINE_ENTRY)
    assert "Chưa tải về máy này." in preview_says(desk)
    assert desk.view.rows.rowCount() == 1, "the list itself is whole"


def _not_here(_dossier: EntryId) -> DossierView:
    raise DomainError("Chưa tải về máy này.")


def test_a_preview_the_bar_has_left_is_not_shown(themed: QApplication) -> None:
    port, hands = FakeDossiers(), Hands(held=True)
    reader = PreviewReader(port, hands.background())
    seen = heard(reader.changed)
    reader.show(port.day.online)
    first = hands.waiting.pop()
    reader.show(port.day.late)
    hands.let_go()
    first.answer()
    assert [view.dossier for (view,) in seen] == [port.day.late]
    reader.show(None)
    assert seen[-1] == (None,)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("02-0018", "02-0018"), ("000.00.00.H35-261120-0007", "…1120-0007"), ("…00017", "…00017")],
)
def test_a_portals_long_code_is_shown_by_its_end_and_spoken_whole(
    themed: QApplication, code: str, shown: str
) -> None:
    port = FakeDossiers()
    model = QueueModel()
    model.show_rows([replace(port.online().rows[0], code=code)])
    assert (model.cell(0, 0).text, model.cell(0, 0).tooltip) == (shown, code)
    assert code in model.row_words(0)


def test_a_list_that_emptied_while_another_page_was_in_front_still_takes_the_keys(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    desk.view.table.clearFocus()
    port.empty = True
    desk.view.on_changed(frozenset({"dossiers"}))
    desk.settle()
    desk.view.on_shown(None)
    desk.settle()
    assert desk.view.empty.hasFocus()
    press(desk, KEY.Key_2)
    assert port.asked[-1] == "unit", "digits reach the tabs"


def test_the_tracking_register_is_written_by_keys_and_its_place_told(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, (KEY.Key_P, CTRL))
    assert bar(desk) == "Đã ghi so-theo-doi.pdf vào giay."
    press(desk, (KEY.Key_E, CTRL))
    assert bar(desk) == "Đã ghi so-theo-doi.xlsx vào giay."
    assert port.registers == [False, True]


def test_a_register_that_cannot_be_written_is_told_in_words(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    port.trouble = DomainError("Không ghi được tệp.", code="export.disk")
    press(desk, (KEY.Key_P, CTRL))
    assert port.registers == []
    assert "Không ghi được tệp." in bar(desk)
