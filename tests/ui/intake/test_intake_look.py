"""The intake page as it is seen: room, states, themes, words for a screen reader, English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from counter_app.domain.errors import DomainError
from counter_app.services.ports.intake import IntakeForm
from counter_app.ui import i18n
from counter_app.ui.screens import ENTRIES, rail_for
from counter_app.ui.screens.intake import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.intake import (
    FakeIntake,
    full_form,
    paid_form,
    sample,
    unknown_form,
    wrong_form,
)
from tests.ui.desk import Desk
from tests.ui.robot import squeezed
from tests.ui.screen_checks import CTRL, KEY, colours, nameless, press, takes_keys, too_big

RIGHTS = frozenset({"intake", "take_in", "take_money"})
FORMS = {"full": full_form, "paid": paid_form, "unknown": unknown_form, "wrong": wrong_form}


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    """The sample of the picture."""
    made = Desk(themed, ENTRY, {"intake": sample()}, RIGHTS, "QUẦY-02").show()
    yield made
    made.close()


class Broken(FakeIntake):
    """A store that cannot be read."""

    def draft(self) -> IntakeForm | None:
        raise DomainError("Chưa đọc được nháp.", remedy="Nhấn F5 để thử lại.")


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("form", FORMS)
def test_it_fits_a_small_screen(themed: QApplication, scale: float, form: str) -> None:
    themes.apply(themed, Theme("light", scale))
    made = Desk(themed, ENTRY, {"intake": FakeIntake(kept=FORMS[form]())}, RIGHTS).show(1366, 697)
    try:
        press(made, KEY.Key_F9) if form == "wrong" else None
        assert too_big(made) == ""
        view = made.view
        for part in (view.commit, view.later_button):
            assert part.isVisible()
            assert part.mapTo(view, part.rect().bottomLeft()).y() <= view.height()
        for area in (view.main_area, view.side_area):
            assert area.widget().width() <= area.viewport().width(), "nothing is cut at the right"
        assert squeezed(view) == []
    finally:
        made.close()
        themes.apply(themed, Theme())


@pytest.mark.parametrize("name", THEMES)
def test_it_is_painted_in_every_theme(themed: QApplication, name: str) -> None:
    themes.apply(themed, Theme(name))
    made = Desk(themed, ENTRY, {"intake": sample()}, RIGHTS).show()
    try:
        assert colours(made) > 6
    finally:
        made.close()
        themes.apply(themed, Theme())


def test_empty_says_what_to_do(themed: QApplication) -> None:
    made = Desk(themed, ENTRY, {"intake": FakeIntake()}, RIGHTS).show()
    assert "Quét thẻ căn cước" in made.view.notice.accessibleName()
    assert made.view.papers.empty.isVisible()
    assert "Chọn thủ tục" in made.view.papers.empty.accessibleName()
    made.close()


def test_a_procedure_without_papers_says_so(themed: QApplication) -> None:
    made = Desk(themed, ENTRY, {"intake": FakeIntake(kept=unknown_form())}, RIGHTS).show()
    assert "chưa có giấy tờ nào" in made.view.papers.empty.accessibleName()
    made.close()


def test_a_store_that_cannot_be_read_offers_a_way(themed: QApplication) -> None:
    port = Broken()
    made = Desk(themed, ENTRY, {"intake": port}, RIGHTS).show()
    stack = made.view.papers.stack
    assert stack.currentWidget().accessibleName().startswith("Chưa đọc được nháp.")
    made.close()


def test_read_only_says_which_right_lacks(themed: QApplication) -> None:
    made = Desk(themed, ENTRY, {"intake": sample()}, frozenset({"intake"})).show()
    assert not made.view.commit.isEnabled()
    assert "tiếp nhận" in made.view.commit.toolTip()
    made.close()


def test_everything_that_takes_keys_has_a_name(desk: Desk) -> None:
    desk.view.party.open_phone()
    desk.view.party.add_beside.click()
    desk.settle()
    assert nameless(desk.view) == []
    pickers = [one for one in takes_keys(desk.view) if isinstance(one, QComboBox)]
    assert pickers
    assert all(one.accessibleName() for one in pickers)


def test_cells_of_two_companions_have_different_names(desk: Desk) -> None:
    desk.view.party.add_beside.click()
    desk.view.party.add_proxy.click()
    desk.settle()
    names = [field.edit.accessibleName() for row in desk.view.party.companions.rows for field in row.fields]
    assert len(names) == len(set(names))


def test_no_number_is_shown_before_it_is_born(desk: Desk) -> None:
    code = desk.view.slip.code.text()
    assert code.startswith("03-")
    assert not any(character.isdigit() for character in code[3:])


@pytest.mark.parametrize(("outcome", "number"), [("accept", "CT04"), ("ask", "CT05"), ("refuse", "CT06")])
def test_residence_has_the_polices_own_forms(desk: Desk, outcome: str, number: str) -> None:
    slip, model = desk.view.slip, desk.view.model
    slip.show_form(model.form, replace(model.view, outcome=outcome, form_set="residence"), 0)
    assert slip.form_badge.words() == f"mẫu {number}"


def test_the_slip_says_what_the_outcome_prints(desk: Desk) -> None:
    slip = desk.view.slip
    assert slip.form_badge.words() == "mẫu 02"
    assert slip.received.text() == "20/11/2026 10:41"
    desk.view.papers.go_to(3)
    press(desk, KEY.Key_Space)
    assert slip.form_badge.words() == "mẫu 01"
    assert slip.due.text() != "khi đủ giấy tờ"


def test_the_keys_shown_are_those_of_the_part(desk: Desk) -> None:
    assert "Space" not in [hint.keys for hint in desk.view.legend()]
    press(desk, (KEY.Key_3, CTRL))
    assert {"Space", "T", "B", "R"} <= {hint.keys for hint in desk.view.legend()}
    assert len(desk.view.help_lines()) == 5


def test_what_has_the_focus_is_in_sight(themed: QApplication) -> None:
    made = Desk(themed, ENTRY, {"intake": FakeIntake(kept=paid_form())}, RIGHTS).show(1366, 697)
    view = made.view
    for key in (KEY.Key_3, KEY.Key_1, KEY.Key_2, KEY.Key_4):
        press(made, (key, CTRL))
        focus = QApplication.focusWidget()
        assert focus is not None
        assert not focus.visibleRegion().isEmpty()
    view.papers.start()
    for _ in range(view.papers.model.rowCount() - 1):
        press(made, KEY.Key_Return)
        rect = view.papers.table.visualRect(view.papers.table.currentIndex())
        assert view.papers.table.viewport().visibleRegion().intersects(rect)
    made.close()


def test_english_is_complete_on_the_page(themed: QApplication) -> None:
    i18n.use_language("en")
    made = Desk(themed, ENTRY, {"intake": FakeIntake()}, RIGHTS).show()
    try:
        assert made.view.title() == "Take in a dossier"
        assert made.view.commit.words() == "Save, print receipt and appointment"
        vietnamese = set("ăâđêôơưĂÂĐÊÔƠƯ")
        said = [one.accessibleName() for one in takes_keys(made.view)]
        assert [one for one in said if vietnamese & set(one)] == []
    finally:
        made.close()


def test_it_stands_on_the_rail_under_f3() -> None:
    rail = rail_for(ENTRIES, frozenset({"home", "intake", "copies"}))
    names = [entry.name for entry in rail]
    assert names.index("home") < names.index("intake") < names.index("copies")
    assert next(entry for entry in rail if entry.name == "intake").shortcut == "F3"
    assert "intake" not in [entry.name for entry in rail_for(ENTRIES, frozenset({"home"}))]


def test_tab_goes_in_reading_order(desk: Desk) -> None:
    view = desk.view
    view.party.identity.edit.setFocus(Qt.FocusReason.TabFocusReason)
    passed = []
    for _ in range(6):
        passed.append(QApplication.focusWidget())
        desk.robot.key(KEY.Key_Tab)
    assert passed == [*(field.edit for field in view.party.cells), view.procedure.edit]
