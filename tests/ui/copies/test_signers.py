"""Who signs a row, typed by keys and read from cards alone (``ux.md`` 4.4, NĐ 23/2015 arts. 9, 10, 24)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.copies import KnownPerson, PersonForm, SignerForm, SigningForm
from counter_app.ui.screens.copies import ENTRY
from counter_app.ui.screens.copies.signers.panel import SignersPanel
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.copies import CARD, OTHER_CARD, OTHER_PERSON, PERSON, FakeCopies
from tests.ui.desk import Desk
from tests.ui.robot import squeezed
from tests.ui.screen_checks import CTRL, KEY, bar, nameless, press, scan, too_big

RIGHTS = frozenset({"copies", "take_in", "take_money"})
SIGNERS_KEY = (KEY.Key_G, CTRL)
SECOND = SignerForm(OTHER_PERSON.name, OTHER_PERSON.id_number, "cccd", 0, False, OTHER_PERSON.address)
FIRST = SignerForm(PERSON.name, PERSON.id_number, "cccd", 0, False, PERSON.address)
Make = Callable[..., Desk]


@pytest.fixture
def make(themed: QApplication) -> Iterator[Make]:
    """A desk with the page; the requester's card is read."""
    made: list[Desk] = []

    def build(port: FakeCopies | None = None) -> Desk:
        desk = Desk(themed, ENTRY, {"copies": port or FakeCopies()}, RIGHTS, "QUẦY-02").show()
        made.append(desk)
        scan(desk, CARD)
        return desk

    yield build
    for desk in made:
        desk.close()


def write(desk: Desk, text: str) -> None:
    """Types a row and closes it with Enter."""
    desk.robot.type(text)
    press(desk, KEY.Key_Return)


def panel_of(desk: Desk) -> SignersPanel:
    found = desk.window.findChildren(SignersPanel)
    assert [one for one in found if one.isVisible()] == found[-1:], "the drawer of signers stands open"
    return found[-1]


def is_open(desk: Desk) -> bool:
    return any(one.isVisible() for one in desk.window.findChildren(SignersPanel))


def signing(desk: Desk, row: int = 0) -> SigningForm:
    form: SigningForm = desk.view.model.form.rows[row].signing
    return form


def test_a_signature_of_the_requester_asks_nothing_more(make: Make) -> None:
    desk = make()
    write(desk, "ck syll 1")
    assert not is_open(desk)
    press(desk, KEY.Key_Space, KEY.Key_F9)
    (form,) = desk.view.context.program.copies.commits
    assert form.rows[0].signing == SigningForm()


def test_the_parties_of_a_deal_are_read_from_their_cards(make: Make) -> None:
    desk = make()
    write(desk, "gd hdmb 2")
    panel = panel_of(desk)
    assert [one.person().who.name for one in panel.blocks] == [PERSON.name, ""]
    scan(desk, OTHER_CARD)
    assert desk.view.model.form.person == PERSON, "the requester stays who he is"
    assert signing(desk).signers == (FIRST, SECOND)
    assert desk.robot.focus() is panel.blocks[2].number.edit
    # An empty number, then hour and place without a word: Enter leads out, to the tick.
    press(desk, *[KEY.Key_Return] * 4)
    assert not is_open(desk)
    assert desk.robot.focus() is desk.view.papers.table
    press(desk, KEY.Key_Space)
    assert desk.view.model.form.rows[0].compared_at
    press(desk, KEY.Key_F9)
    (form,) = desk.view.context.program.copies.commits
    assert form.rows[0].signing.signers == (FIRST, SECOND)
    assert desk.errors == []


def test_a_witness_is_typed_with_keys_alone(make: Make) -> None:
    port = FakeCopies(known_people={OTHER_PERSON.id_number: KnownPerson(OTHER_PERSON, 1, ())})
    desk = make(port)
    write(desk, "ck syll 1")
    press(desk, SIGNERS_KEY)
    panel = panel_of(desk)
    assert desk.robot.focus() is panel.blocks[1].number.edit
    desk.robot.type(OTHER_PERSON.id_number)
    press(desk, KEY.Key_Return, KEY.Key_Down)
    assert panel.blocks[1].name.text() == OTHER_PERSON.name, "known here: nobody types the name"
    found = signing(desk)
    assert found.signers == ()
    assert found.witness is not None
    assert found.witness.id_number == OTHER_PERSON.id_number
    assert not panel.blocks[1].finger.isVisible(), "a witness signs nothing that is certified"


def test_the_requesters_fingerprint_is_one_tick(make: Make) -> None:
    desk = make()
    write(desk, "ck syll 1")
    press(desk, SIGNERS_KEY)
    panel = panel_of(desk)
    panel.blocks[0].finger.setFocus()
    press(desk, KEY.Key_Space)
    assert signing(desk) == SigningForm(fingerprint=True)


def test_a_translators_row_asks_for_the_languages(make: Make) -> None:
    desk = make()
    write(desk, "ckd gks 1")
    panel = panel_of(desk)
    assert panel.languages.isVisible()
    assert "tiếng" in panel.fault.text()
    press(desk, KEY.Key_Return)
    assert desk.robot.focus() is panel.languages.edit
    desk.robot.type("anh - viet")
    desk.settle()
    assert signing(desk).languages == "anh - viet"
    assert panel.fault.text() == ""


def test_hour_place_and_reason_outside_the_office(make: Make) -> None:
    desk = make()
    write(desk, "ck syll 1")
    press(desk, SIGNERS_KEY, KEY.Key_Return)
    panel = panel_of(desk)
    assert desk.robot.focus() is panel.time.edit
    desk.robot.type("1430")
    press(desk, KEY.Key_Return)
    desk.robot.type("ban Na Khan")
    press(desk, KEY.Key_Return, KEY.Key_Down)
    found = signing(desk)
    assert (found.outside_time, found.outside_place, found.outside_ground) == ("1430", "ban Na Khan", "frail")


def test_another_answer_takes_the_tick_away(make: Make) -> None:
    desk = make()
    write(desk, "ck syll 1")
    press(desk, KEY.Key_Space)
    assert desk.view.model.form.rows[0].compared_at
    desk.view.papers.go_to_tick(0)
    press(desk, SIGNERS_KEY)
    scan(desk, OTHER_CARD)
    assert desk.view.model.form.rows[0].compared_at == 0


def test_esc_loses_nothing_and_asks_nothing(make: Make) -> None:
    desk = make()
    write(desk, "ckd gks 1")
    press(desk, KEY.Key_Return)
    desk.robot.type("anh - viet")
    press(desk, KEY.Key_Escape)
    assert not desk.window.dialog.is_open()
    assert not is_open(desk)
    assert signing(desk).languages == "anh - viet"


def test_a_copy_has_no_signers_which_is_said(make: Make) -> None:
    desk = make()
    write(desk, "hb 24x2")
    press(desk, SIGNERS_KEY)
    assert not is_open(desk)
    assert "bản sao" in bar(desk)


def test_f9_leads_to_the_drawer_that_mends_the_row(make: Make) -> None:
    desk = make()
    write(desk, "ckd gks 1")
    press(desk, KEY.Key_Escape, KEY.Key_Space, KEY.Key_F9)
    assert desk.view.context.program.copies.commits == []
    assert panel_of(desk).row == 0


def test_what_was_typed_stays_with_another_number_of_papers(make: Make) -> None:
    desk = make()
    write(desk, "gd hdmb 2")
    scan(desk, OTHER_CARD)
    press(desk, KEY.Key_Escape)
    desk.view.model.write_row(0, "gd hdmb 3")
    assert signing(desk).signers == (FIRST, SECOND)
    desk.view.model.write_row(0, "hb 24x2")
    assert signing(desk) == SigningForm(), "a copy keeps nobody"


def test_a_refused_signature_offers_the_grounds_of_its_own_article(make: Make) -> None:
    desk = make()
    write(desk, "ck syll 1")
    press(desk, KEY.Key_R)
    assert desk.window.dialog.is_open()
    desk.robot.type("1")
    press(desk, KEY.Key_F9)
    (form,) = desk.view.context.program.copies.refusals
    assert (form.matter, form.ground) == ("signature", "not_lucid")


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.0), ("light", 1.3)])
def test_the_drawer_is_whole_and_every_part_has_a_name(
    themed: QApplication, make: Make, theme: str, scale: float
) -> None:
    themes.apply(themed, Theme(theme, scale))
    desk = make()
    write(desk, "gd hdmb 2")
    panel = panel_of(desk)
    assert nameless(panel) == []
    assert too_big(desk) == ""
    assert squeezed(panel) == []
    assert panel.width() <= panel.parentWidget().width()


def test_a_person_of_one_word_without_a_card_signs(make: Make) -> None:
    desk = make()
    desk.view.model.set_person(PersonForm())
    desk.settle()
    write(desk, "ck syll 1")
    press(desk, SIGNERS_KEY)
    panel = panel_of(desk)
    assert len(panel.blocks) == 1, "nobody is invented"
    desk.robot.type("113456789")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type("PAO")
    desk.settle()
    (one,) = signing(desk).signers
    assert (one.name, one.id_kind) == ("PAO", "cmnd")


def test_the_text_goes_under_the_signature_where_the_sheet_has_room(make: Make) -> None:
    desk = make()
    write(desk, "ck syll 1")
    press(desk, SIGNERS_KEY)
    panel = panel_of(desk)
    assert panel.text.choice.currentIndex() == 0, "the unit prints pages"
    assert not panel.text.sheet.isVisible()
    panel.text.choice.setFocus()
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert desk.robot.focus() is panel.text.top.edit
    desk.robot.type("150")
    desk.settle()
    assert (signing(desk).text_on, signing(desk).text_top) == ("under", "150")
    assert panel.text.sheet.isVisible()
    assert panel.text.words.text() == "Lời chứng từ 150 đến 246 mm tính từ mép trên."
    desk.robot.type("0")
    desk.settle()
    assert "không đủ chỗ" in panel.text.words.text()
    assert panel.text.sheet.accessibleName() == panel.text.words.text()


def test_a_deal_has_no_choice_of_where_its_text_stands(make: Make) -> None:
    desk = make()
    write(desk, "gd hdmb 2")
    assert not panel_of(desk).text.isVisible()


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.3)])
def test_the_drawn_sheet_fits_the_drawer(themed: QApplication, make: Make, theme: str, scale: float) -> None:
    themes.apply(themed, Theme(theme, scale))
    desk = make()
    write(desk, "ck syll 1")
    press(desk, SIGNERS_KEY)
    panel = panel_of(desk)
    panel.text.choice.setFocus()
    press(desk, KEY.Key_Down, KEY.Key_Return)
    desk.robot.type("170")
    desk.settle()
    assert nameless(panel) == []
    assert too_big(desk) == ""
    assert squeezed(panel) == []
    if folder := os.environ.get("SHEET_PICTURES"):
        desk.window.grab().save(f"{folder}/sheet-{theme}.png")
