"""A dossier another page sends to intake: its answer begun there, the way back, a draft never lost by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.intake import ASK, REFUSE, IntakeForm
from counter_app.ui.screens.intake import ENTRY, entry
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.screens.intake.view_model import IntakeModel
from tests.support.fakes.intake import PORTAL, FakeIntake, birth_form, online
from tests.support.fakes.printing import FakePapers
from tests.ui.desk import MORNING, Desk
from tests.ui.hands import Hands, heard
from tests.ui.screen_checks import KEY, press

RIGHTS = frozenset({"intake", "take_in", "take_money"})
Make = Callable[..., Desk]


@pytest.fixture
def make(themed: QApplication) -> Iterator[Make]:
    """A desk whose intake page was sent a dossier; ``opened`` notes where it leads."""
    made: list[Desk] = []

    def build(port: FakeIntake, back: str = "online", answer: str = "") -> Desk:
        desk = Desk(themed, ENTRY, {"intake": port}, RIGHTS, "QUẦY-02").show()
        made.append(desk)
        real = desk.window.open_screen

        def note(name: str, argument: object = None) -> None:
            desk.opened.append((name, argument))
            if name == "intake":
                real(name, argument)

        desk.window.open_screen = note  # type: ignore[method-assign]
        desk.window.open_screen("intake", Opened(PORTAL, back, answer))
        desk.settle()
        desk.opened.clear()
        return desk

    yield build
    for desk in made:
        assert desk.errors == []
        desk.close()


def test_b_in_the_list_arrives_with_form_02_begun_and_nothing_written(make: Make) -> None:
    desk = make(port := online(), answer=ASK)
    assert desk.view.model.form.outcome == ASK
    assert desk.view.papers.table.hasFocus()
    assert port.commits == []


def test_r_in_the_list_arrives_at_its_reason_and_escape_gives_the_papers_the_keys(make: Make) -> None:
    desk = make(port := online(), answer=REFUSE)
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_Escape)
    assert not desk.window.dialog.is_open()
    assert desk.view.papers.table.hasFocus()
    assert (desk.view.model.form.outcome, port.commits) == ("", [])


def test_an_answer_is_begun_once(make: Make) -> None:
    desk = make(online(), answer=ASK)
    press(desk, KEY.Key_B)
    assert desk.view.model.form.outcome == ""
    desk.view.on_changed(frozenset({"dossiers"}))
    desk.settle()
    assert desk.view.model.form.outcome == "", "reading again must not ask again"


def test_a_paper_is_asked_for_again_by_space_and_its_words_come_next(make: Make) -> None:
    desk = make(port := online(), answer=ASK)
    here = desk.view.papers.table.current_row()
    press(desk, KEY.Key_Space)
    line = desk.view.papers.current()
    assert (desk.view.papers.table.current_row(), line.missing) == (here, True)
    press(desk, KEY.Key_Tab)
    assert desk.view.papers.words.edit.hasFocus()
    desk.robot.type("anh mo")
    press(desk, KEY.Key_F9)
    (sent,) = port.commits
    assert (sent.outcome, entry.state_of(sent, line.row)) == (ASK, entry.MISSING)
    assert entry.asked_words(sent, line.row) == "anh mo"


def test_papers_unticked_to_be_asked_for_stand_again_when_b_is_taken_back(make: Make) -> None:
    desk = make(online(), answer=ASK)
    before = portal_ticks()
    press(desk, KEY.Key_Space)
    assert desk.view.model.form.ticks != before
    press(desk, KEY.Key_B)
    assert (desk.view.model.form.outcome, desk.view.model.form.ticks) == ("", before)


def portal_ticks() -> tuple[object, ...]:
    """The ticks the portal sent."""
    return online().waiting[PORTAL].ticks


def test_without_b_space_leaves_what_was_filed_as_it_is(make: Make) -> None:
    desk = make(online())
    before = desk.view.model.form.ticks
    press(desk, KEY.Key_Space)
    assert desk.view.model.form.ticks == before


@pytest.mark.parametrize("back", ["online", "home", "dossiers"])
def test_f9_and_escape_lead_back_to_the_list_it_came_from(make: Make, back: str) -> None:
    desk = make(port := online(), back)
    press(desk, KEY.Key_Escape)
    assert desk.opened == [(back, None)]
    desk.opened.clear()
    press(desk, KEY.Key_F9)
    assert len(port.commits) == 1
    assert desk.opened == [(back, None)]


def test_the_button_later_leads_back_too(make: Make) -> None:
    desk = make(online())
    desk.robot.click(desk.view.later_button)
    assert desk.opened == [("online", None)]


def test_the_chosen_procedure_is_named_though_the_portal_typed_nothing(make: Make) -> None:
    port = online()
    port.waiting[PORTAL] = replace(port.waiting[PORTAL], procedure_text="")
    desk = make(port)
    assert desk.view.procedure.edit.text() == desk.view.model.view.procedure.title


def test_a_rate_that_is_not_known_can_be_typed_for_an_online_dossier(make: Make) -> None:
    desk = make(online())
    gaps = desk.view.procedure.gaps
    assert not gaps.amount.edit.isReadOnly()
    assert desk.view.procedure.edit.isReadOnly(), "what was filed stays as it is"


def model_over(port: FakeIntake) -> tuple[IntakeModel, Hands]:
    """The page's model, its answers held back."""
    hands = Hands(held=True)
    return IntakeModel(port, FakePapers(), hands.background(), lambda: MORNING), hands


def test_a_draft_that_comes_after_the_dossier_goes_first_and_says_so(themed: QApplication) -> None:
    port = online()
    port.kept = draft = birth_form()
    model, hands = model_over(port)
    said = heard(model.kept)
    model.open()
    slow = hands.waiting.pop()
    model.open_dossier(PORTAL)
    hands.let_go()
    assert model.form.dossier == PORTAL
    slow.answer()
    assert (model.form, len(said)) == (draft, 1)


def test_a_dossier_put_aside_takes_no_draft_with_it(themed: QApplication) -> None:
    port = online()
    model, hands = model_over(port)
    model.open_dossier(PORTAL)
    hands.let_go()
    port.kept = kept = birth_form()
    model.put_dossier_aside()
    hands.let_go()
    assert model.form == IntakeForm()
    assert port.kept == kept
