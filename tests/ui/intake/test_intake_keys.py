"""A dossier taken in as a clerk does it: by cards, keys and F9 alone (``ux.md`` 4.3, 8)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import KnownPerson
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.services.ports.intake import ACCEPT, ASK, REFUSE, IntakeForm
from counter_app.ui.screens.intake import ENTRY
from tests.support.fakes.intake import (
    BIRTH,
    BIRTH_AGAIN,
    CARD,
    GROUNDS,
    OTHER_CARD,
    OTHER_PERSON,
    PERSON,
    PORTAL,
    TWIN,
    FakeIntake,
    birth_form,
    full_form,
    online,
    paid_form,
    sample,
    unknown_form,
    wrong_form,
)
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, press, scan

RIGHTS = frozenset({"intake", "take_in", "take_money"})
ALT = Qt.KeyboardModifier.AltModifier
SEEN = (KEY.Key_Return, ALT)
Make = Callable[..., Desk]


@pytest.fixture
def make(themed: QApplication) -> Iterator[Make]:
    """A desk with the intake screen over the port given."""
    made: list[Desk] = []

    def build(port: FakeIntake | None = None, rights: frozenset[str] = RIGHTS) -> Desk:
        desk = Desk(themed, ENTRY, {"intake": port or FakeIntake()}, rights, "QUẦY-02").show()
        made.append(desk)
        return desk

    yield build
    for desk in made:
        desk.close()


def port_of(desk: Desk) -> FakeIntake:
    port: FakeIntake = desk.view.context.program.intake
    return port


def form_of(desk: Desk) -> IntakeForm:
    form: IntakeForm = desk.view.model.form
    return form


def choose(desk: Desk, letters: str) -> int:
    """Types a procedure's letters and Enter: how many keys."""
    press(desk, (KEY.Key_2, CTRL))
    desk.robot.type(letters)
    desk.settle()
    return 1 + len(letters) + press(desk, KEY.Key_Return)


def states(desk: Desk) -> dict[int, str]:
    return {tick.row: tick.state for tick in form_of(desk).ticks}


# --- the way of a birth ---


def test_a_birth_takes_two_scans_and_few_keys(make: Make) -> None:
    desk = make()
    keys = 1  # F3
    scan(desk, CARD)
    scan(desk, OTHER_CARD)
    desk.robot.type("ks")
    desk.settle()
    keys += 2 + press(desk, KEY.Key_Return)
    keys += press(desk, KEY.Key_Space, KEY.Key_Space, KEY.Key_Space, KEY.Key_T)
    keys += press(desk, KEY.Key_F9)
    assert keys <= 130
    (form,) = port_of(desk).commits
    assert form.outcome == ACCEPT
    assert (form.party.name, form.party.birth) == (PERSON.name, PERSON.birth)
    assert [(one.role, one.id_number) for one in form.companions] == [("spouse", OTHER_PERSON.id_number)]
    assert form.procedure == BIRTH
    assert {tick.row: tick.state for tick in form.ticks} == {
        6: "brought", 3: "brought", 5: "brought", 4: "looked_up"
    }  # fmt: skip
    assert bar(desk).startswith("Đã lưu 02-0018, đã in giấy tiếp nhận và hẹn")
    assert desk.errors == []


def test_a_missing_paper_prints_the_request_for_it(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    choose(desk, "ks")
    press(desk, KEY.Key_Space, KEY.Key_Down, KEY.Key_Space, KEY.Key_T)
    assert desk.view.commit.words() == "Lưu, in phiếu bổ sung"
    assert desk.view.slip.due.text() == "khi đủ giấy tờ"
    assert "Giấy chứng sinh" in desk.view.lacks.accessibleName()
    press(desk, KEY.Key_F9)
    assert [form.outcome for form in port_of(desk).commits] == [ASK]
    assert "phiếu bổ sung" in bar(desk)


def test_after_f9_the_page_waits_for_the_next_person(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    press(desk, KEY.Key_F9, KEY.Key_F9)
    assert len(port_of(desk).commits) == 1
    view = desk.view
    assert view.party.identity.text() == view.party.name.text() == view.procedure.edit.text() == ""
    assert view.papers.model.rowCount() == 0
    assert desk.robot.focus() is view.party.identity.edit
    assert port_of(desk).kept is None
    assert "02-0018" in view.subtitle()


def test_two_presses_of_f9_in_one_breath_commit_once(make: Make) -> None:
    port = FakeIntake(kept=full_form())
    gate = threading.Event()
    port.before_commit = lambda: gate.wait(5) and None
    desk = make(port)
    desk.robot.press_now(KEY.Key_F9)
    desk.robot.press_now(KEY.Key_F9)
    gate.set()
    desk.settle()
    assert len(port.commits) == 1


def test_no_key_changes_the_form_while_f9_runs(make: Make) -> None:
    port = FakeIntake(kept=full_form())
    gate = threading.Event()
    port.before_commit = lambda: gate.wait(5) and None
    desk = make(port)
    desk.view.papers.start()
    desk.robot.press_now(KEY.Key_F9)
    for _ in range(200):
        desk.app.processEvents()
    desk.view.papers.table.setFocus()
    desk.robot.key(KEY.Key_Space)
    assert desk.view.model.form == full_form()
    gate.set()
    desk.settle()
    assert [replace(form, outcome="") for form in port.commits] == [full_form()]


# --- nothing commits but F9 ---


def test_a_burst_with_enter_commits_nothing_in_any_field(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    view = desk.view
    view.party.open_phone()
    targets = [
        *(field.edit for field in (*view.party.cells, *view.party.more)), view.procedure.edit,
        view.papers.table, view.slip.exemption, view.slip.given.edit, view.commit, view.later_button,
    ]  # fmt: skip
    for target in targets:
        target.setFocus()
        scan(desk, "0339000212611200182")
        scan(desk, "CARD0912345", KEY.Key_Tab)
    assert port_of(desk).commits == []
    assert form_of(desk) == full_form()


def test_enter_and_escape_write_nothing_anywhere(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    for field in desk.view.party.cells:
        field.edit.setFocus()
        press(desk, KEY.Key_Return, KEY.Key_Escape)
    desk.view.papers.table.setFocus()
    press(desk, *([KEY.Key_Return] * 12))
    assert port_of(desk).commits == []


def test_enter_walks_the_page_in_reading_order(make: Make) -> None:
    desk = make()
    view = desk.view
    passed = []
    for _ in range(5):
        passed.append(desk.robot.focus())
        press(desk, KEY.Key_Return)
    assert passed == [field.edit for field in view.party.cells]
    assert desk.robot.focus() is view.procedure.edit


def test_enter_in_the_list_goes_on_and_leaves_at_its_end(make: Make) -> None:
    desk = make(FakeIntake(kept=paid_form()))
    desk.view.papers.start()
    rows = desk.view.papers.model.rowCount()
    folds = sum(1 for line in desk.view.papers.model.rows() if line.kind == "fold")
    press(desk, *([KEY.Key_Return] * (rows + folds * 12)))
    assert desk.robot.focus() is not desk.view.papers.table


def test_ctrl_1_to_4_jump_to_the_parts(make: Make) -> None:
    desk = make(FakeIntake(kept=paid_form()))
    view = desk.view
    places = [view.party.identity.edit, view.procedure.edit, view.papers.table, view.slip.given.edit]
    for key, place in zip((KEY.Key_4, KEY.Key_3, KEY.Key_2, KEY.Key_1), reversed(places), strict=True):
        press(desk, (key, CTRL))
        assert desk.robot.focus() is place


# --- people ---


def test_a_card_fills_and_flashes_and_the_keys_stand_at_the_procedure(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    party = desk.view.party
    assert party.identity.text() == "012 198 004 471"
    assert party.name.edit.property("flash") is True
    assert party.from_card.isVisible()
    assert desk.robot.focus() is desk.view.procedure.edit


def test_the_second_card_may_still_be_the_applicant(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    scan(desk, OTHER_CARD)
    assert "Vợ hoặc chồng" in bar(desk)
    desk.view.model.make_party(0)
    desk.settle()
    assert form_of(desk).party.id_number == OTHER_PERSON.id_number
    assert form_of(desk).companions == ()
    press(desk, (KEY.Key_Z, CTRL))
    assert form_of(desk).party.id_number == PERSON.id_number


def test_a_card_in_a_companions_row_fills_that_row(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    desk.view.party.add_proxy.click()
    desk.settle()
    assert desk.robot.focus() is desk.view.party.companions.rows[0].number.edit
    scan(desk, OTHER_CARD)
    (one,) = form_of(desk).companions
    assert (one.role, one.name) == ("representative", OTHER_PERSON.name)


def test_the_same_card_twice_makes_no_second_person(make: Make) -> None:
    desk = make()
    for code in (CARD, OTHER_CARD, CARD, OTHER_CARD):
        scan(desk, code)
    assert len(form_of(desk).companions) == 1


def test_a_damaged_card_changes_nothing_and_says_so(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    scan(desk, CARD.replace("02091998", ""))
    assert form_of(desk) == full_form()


def test_a_known_number_fills_what_is_empty(make: Make) -> None:
    port = FakeIntake()
    port.known_people[OTHER_PERSON.id_number] = KnownPerson(OTHER_PERSON, 3, ())
    desk = make(port)
    desk.robot.type(OTHER_PERSON.id_number)
    press(desk, KEY.Key_Return)
    assert desk.view.party.name.text() == OTHER_PERSON.name
    assert desk.view.party.again.text() == "3 hồ sơ trước đây"


def test_a_year_a_single_name_and_no_phone_are_no_faults(make: Make) -> None:
    desk = make()
    desk.robot.type("012086006813")
    press(desk, KEY.Key_Return)
    desk.robot.type("SỬU")
    press(desk, KEY.Key_Return)
    desk.robot.type("1951")
    press(desk, KEY.Key_Return)
    choose(desk, "ks")
    press(desk, KEY.Key_Space, KEY.Key_Space, KEY.Key_Space, KEY.Key_T, KEY.Key_F9)
    (form,) = port_of(desk).commits
    assert (form.party.name, form.party.birth, form.party.phone) == ("SỬU", "1951", "")


def test_a_commune_is_picked_without_diacritics(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    desk.view.party.place.setFocus()
    desk.robot.type("ta leng")
    desk.settle()
    assert desk.view.party.place.is_open()
    press(desk, KEY.Key_Return)
    party = form_of(desk).party
    assert party.unit_text.startswith("Xã Tả Lèng")
    assert len(party.unit) == 5
    assert "phi địa giới" in desk.view.party.routed.text()
    assert desk.robot.focus() is desk.view.procedure.edit


def test_letters_over_a_picked_commune_make_it_free_text_again(make: Make) -> None:
    desk = make(sample())
    desk.view.party.place.setFocus()
    desk.robot.type("x")
    desk.settle()
    assert form_of(desk).party.unit == ""
    press(desk, KEY.Key_Escape, KEY.Key_F9)
    assert port_of(desk).commits == []
    assert desk.view.party.unit.error().startswith("Chưa chọn được xã.")


def test_a_fingerprint_brings_the_row_of_its_witness(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    desk.view.party.fingerprint.click()
    desk.settle()
    assert form_of(desk).cannot_sign == "fingerprint"
    assert desk.robot.focus() is desk.view.party.companions.rows[0].number.edit
    press(desk, KEY.Key_F9)
    row = desk.view.party.companions.rows[0]
    assert row.name.error() == "Nhập họ tên người làm chứng."
    row.name.edit.setFocus()
    desk.robot.type("LÒ THỊ MAY")
    press(desk, KEY.Key_Return, KEY.Key_F9)
    assert port_of(desk).commits[0].companions[0].name == "LÒ THỊ MAY"


def test_a_removed_companion_comes_back(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    scan(desk, OTHER_CARD)
    desk.view.party.companions.rows[0].cross.click()
    desk.settle()
    assert form_of(desk).companions == ()
    press(desk, (KEY.Key_Z, CTRL))
    assert [one.name for one in form_of(desk).companions] == [OTHER_PERSON.name]


def test_an_organisation_names_who_comes_for_it(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    view = desk.view
    view.party.kind.choose("organisation")
    desk.settle()
    assert view.party.birth.isHidden()
    assert view.party.identity.words() == "Mã số"
    press(desk, KEY.Key_F9)
    assert port_of(desk).commits == []
    assert "người đại diện" in view.notice.accessibleName() or view.party.identity.error()


def test_post_asks_the_postmark(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    assert desk.view.party.arrived.isHidden()
    desk.view.party.channel.choose("post")
    desk.settle()
    assert desk.view.party.arrived.isVisible()
    desk.view.party.arrived.edit.setFocus()
    desk.robot.type("19/11")
    press(desk, KEY.Key_Return)
    assert (form_of(desk).channel, form_of(desk).arrived) == ("post", "19/11")


# --- procedures ---


def test_letters_find_and_enter_takes_the_first(make: Make) -> None:
    desk = make()
    choose(desk, "ks")
    assert form_of(desk).procedure == BIRTH
    assert desk.view.procedure.edit.text() == "Đăng ký khai sinh"
    assert desk.robot.focus() is desk.view.papers.table


def test_enter_before_the_answer_counts_for_it(make: Make) -> None:
    desk = make()
    press(desk, (KEY.Key_2, CTRL))
    desk.robot.type("ks")
    desk.robot.key(KEY.Key_Return)  # no turn of the loop for the workers in between
    desk.settle()
    assert form_of(desk).procedure == BIRTH


def test_arrows_choose_another(make: Make) -> None:
    desk = make()
    press(desk, (KEY.Key_2, CTRL))
    desk.robot.type("khai sinh")
    desk.settle()
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert form_of(desk).procedure == BIRTH_AGAIN


def test_without_letters_the_last_used_are_offered(make: Make) -> None:
    desk = make()
    press(desk, (KEY.Key_2, CTRL))
    offered = [hit.code for hit in desk.view.procedure.model.rows()]
    assert offered == list(FakeIntake().used)


def test_nothing_found_shows_the_nearest_and_takes_none_by_itself(make: Make) -> None:
    desk = make()
    press(desk, (KEY.Key_2, CTRL))
    desk.robot.type("khai sihn")
    desk.settle()
    assert desk.view.procedure.near.text().startswith("Không thấy “khai sihn”. Gần đúng:")
    press(desk, KEY.Key_Return)
    assert form_of(desk).procedure == ""


def test_letters_that_chose_nothing_give_way_to_what_stands(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    press(desk, (KEY.Key_2, CTRL))
    desk.robot.type("ket hon")
    desk.settle()
    press(desk, (KEY.Key_1, CTRL))
    assert desk.view.procedure.edit.text() == "Đăng ký lại khai sinh"
    assert form_of(desk).procedure == BIRTH_AGAIN


def test_what_the_catalogue_lacks_is_typed_with_its_ground(make: Make) -> None:
    desk = make(FakeIntake(kept=unknown_form()))
    view = desk.view
    assert view.slip.due.text() == "chưa có hạn"
    assert view.slip.fee.text() == "chưa có mức"
    press(desk, (KEY.Key_2, CTRL), KEY.Key_Return)
    assert desk.robot.focus() is view.procedure.gaps.value.edit
    desk.robot.type("5")
    desk.settle()
    press(desk, KEY.Key_F9)
    assert port_of(desk).commits == []
    assert view.procedure.gaps.limit_ground.error() == "Thời hạn do quầy nhập cần căn cứ."
    view.procedure.gaps.limit_ground.edit.setFocus()
    desk.robot.type("QĐ 12")
    desk.settle()
    assert view.slip.due.text() == "17:00 30/11/2026"
    press(desk, SEEN, KEY.Key_F9)
    (form,) = port_of(desk).commits
    assert (form.limit_value, form.limit_unit, form.limit_ground) == ("5", "working_day", "QĐ 12")
    assert form.fee == ""


def test_an_unknown_limit_is_never_nought(make: Make) -> None:
    desk = make(FakeIntake(kept=unknown_form()))
    press(desk, SEEN, SEEN, KEY.Key_F9)
    (form,) = port_of(desk).commits
    assert (form.limit_value, form.fee, form.seen) == ("", "", ("limit.unknown", "fee.unknown"))


def test_another_procedure_forgets_the_ticks_of_the_old_one(make: Make) -> None:
    desk = make(sample())
    assert states(desk) != {}
    choose(desk, "ket hon")
    assert states(desk) == {}
    assert form_of(desk).procedure == "1.000894"


# --- papers ---


def test_space_turns_a_paper_and_goes_on(make: Make) -> None:
    desk = make()
    choose(desk, "ks")
    table = desk.view.papers.table
    press(desk, KEY.Key_Space)
    assert (states(desk), table.current_row()) == ({6: "brought"}, 1)
    press(desk, KEY.Key_Up, KEY.Key_Space)
    assert states(desk) == {}


def test_t_looks_up_only_where_data_may_stand_instead(make: Make) -> None:
    desk = make()
    choose(desk, "ks")
    desk.view.papers.go_to(3)
    press(desk, KEY.Key_T)
    assert states(desk) == {}
    desk.view.papers.go_to(4)
    seen = []
    for _ in range(4):
        press(desk, KEY.Key_T)
        seen.append(states(desk).get(4, "missing"))
    assert seen == ["looked_up", "queued", "differs", "missing"]


def test_a_condition_is_folded_until_it_applies(make: Make) -> None:
    desk = make()
    choose(desk, "ks")
    papers = desk.view.papers
    before = papers.model.rowCount()
    papers.table.go_to(before - 1)
    assert papers.current().kind == "fold"
    press(desk, KEY.Key_Return)
    assert papers.model.rowCount() == before + 3
    press(desk, KEY.Key_Down, KEY.Key_Space)
    assert len(form_of(desk).cases) == 1
    assert papers.model.rowCount() == before + 4
    press(desk, KEY.Key_Space)
    assert form_of(desk).cases == ()


def test_b_asks_for_papers_with_words_and_b_again_does_not(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    view = desk.view
    view.papers.start()
    press(desk, KEY.Key_Space, KEY.Key_Up)
    view.papers.table.go_to(0)
    press(desk, KEY.Key_B)
    assert view.commit.words() == "Lưu, in phiếu bổ sung"
    line = view.papers.current()
    view.papers.words.edit.setFocus()
    desk.robot.type("bản rõ hơn")
    press(desk, KEY.Key_Return)
    if line.missing:
        assert form_of(desk).asked_words == ((line.row, "bản rõ hơn"),)
    press(desk, KEY.Key_B)
    assert form_of(desk).outcome == ""


def test_r_refuses_with_a_ground_and_only_f9_writes(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    desk.view.papers.start()
    press(desk, KEY.Key_R)
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_2, KEY.Key_F9)
    assert port_of(desk).commits == []
    assert desk.view.commit.words() == "Lưu, in phiếu từ chối"
    assert desk.view.slip.due.text() == "không hẹn"
    press(desk, KEY.Key_F9)
    (form,) = port_of(desk).commits
    assert (form.outcome, form.ground, form.reason) == (REFUSE, *GROUNDS[1])


def test_letters_are_typed_and_do_nothing_in_a_text(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    desk.view.party.name.edit.setFocus()
    desk.view.party.name.edit.end(False)
    desk.robot.type("rbt")
    desk.settle()
    assert not desk.window.dialog.is_open()
    assert form_of(desk).party.name.endswith("rbt")
    assert form_of(desk).outcome == ""


# --- notices, problems, money ---


def test_an_open_dossier_of_the_same_kind_is_named(make: Make) -> None:
    port = FakeIntake(kept=full_form(), open_dossiers={(OTHER_PERSON.id_number, BIRTH_AGAIN): TWIN})
    desk = make(port)
    assert "Đã có hồ sơ 01-0011" in desk.view.notice.accessibleName()
    press(desk, KEY.Key_F9)
    assert port.commits == []
    asked: list[tuple[str, object]] = []
    desk.window.open_screen = lambda name, argument=None: asked.append((name, argument))  # type: ignore[method-assign]
    press(desk, (KEY.Key_O, CTRL))
    assert asked == [("dossier", TWIN)]
    press(desk, SEEN, KEY.Key_F9)
    assert port.commits[0].seen == ("dossier.twin",)


def test_ctrl_period_walks_the_places_to_mend(make: Make) -> None:
    desk = make(FakeIntake(kept=wrong_form()))
    view = desk.view
    press(desk, KEY.Key_F9)
    assert port_of(desk).commits == []
    assert desk.robot.focus() is view.party.identity.edit
    assert "6 chỗ cần sửa" in view.hint.text()
    places = []
    for _ in range(5):
        press(desk, (KEY.Key_Period, CTRL))
        places.append(desk.robot.focus())
    witness, interpreter = view.party.companions.rows
    assert places[:4] == [
        view.party.name.edit, view.party.birth.edit, view.party.unit.edit, witness.name.edit
    ]  # fmt: skip
    assert interpreter.detail.error() == "Ghi tiếng được phiên dịch."


def test_no_cell_is_red_before_it_was_left(make: Make) -> None:
    desk = make()
    desk.robot.type("0120")
    desk.settle()
    assert desk.view.party.identity.error() == ""
    press(desk, KEY.Key_Return)
    choose(desk, "ks")
    assert desk.view.party.identity.error() == "Số căn cước phải có 12 chữ số, hiện có 4."
    assert desk.view.party.name.error() == ""


def test_money_given_and_given_back(make: Make) -> None:
    desk = make(FakeIntake(kept=replace(paid_form(), given="")))
    view = desk.view
    total = view.model.view.total
    press(desk, (KEY.Key_4, CTRL))
    desk.robot.type(str(total + 50_000))
    desk.settle()
    assert (view.slip.change_words.text(), view.slip.change.text()) == ("Tiền trả lại", "50.000\u00a0đ")
    press(desk, (KEY.Key_M, CTRL))
    assert form_of(desk).pay == "return"
    assert not view.slip.given.isVisible()


def test_an_exemption_needs_its_reason_and_frees(make: Make) -> None:
    desk = make(FakeIntake(kept=paid_form()))
    desk.view.slip.exemption.setFocus()
    press(desk, KEY.Key_Down, KEY.Key_Down)
    desk.settle()
    assert form_of(desk).exemption == "poor"
    assert desk.view.slip.fee.text() == "Miễn lệ phí"


def test_why_this_date_step_by_step(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()))
    assert desk.view.slip.due.text() == "17:00 30/11/2026"
    assert "24/11/2026 nghỉ" in desk.view.slip.why.text()
    press(desk, (KEY.Key_T, CTRL))
    assert desk.window.drawer.isVisible()


def test_a_store_that_refuses_keeps_the_form(make: Make) -> None:
    port = FakeIntake(kept=full_form(), refuse_commit=DomainError("Sổ đã khóa.", code="book.closed"))
    desk = make(port)
    press(desk, KEY.Key_F9)
    assert (port.commits, form_of(desk)) == ([], full_form())
    assert "Sổ đã khóa." in bar(desk)
    port.refuse_commit = None
    press(desk, KEY.Key_F9)
    assert len(port.commits) == 1


# --- drafts, dossiers opened here, rights ---


def test_every_key_is_in_the_draft(make: Make) -> None:
    desk = make()
    desk.robot.type("0120")
    desk.settle()
    assert port_of(desk).kept is not None
    assert port_of(desk).kept.party.id_number == "0120"


def test_a_draft_is_back_and_can_be_dropped(make: Make) -> None:
    desk = make(sample())
    assert form_of(desk) == birth_form()
    desk.view.party.drop.click()
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_F9)
    assert form_of(desk) == IntakeForm()
    assert port_of(desk).kept is None


@pytest.fixture
def opened(make: Make) -> Desk:
    """The online dossier, opened."""
    desk = make(online())
    desk.view.on_shown(PORTAL)
    desk.settle()
    return desk


def test_an_online_dossier_is_read_only_and_accepted_by_f9(opened: Desk) -> None:
    view = opened.view
    assert view.online_banner.isVisible()
    assert view.party.name.edit.isReadOnly()
    assert opened.robot.focus() is view.papers.table
    press(opened, KEY.Key_Space)
    assert set(states(opened).values()) == {"at_return"}
    assert view.commit.words() == "Tiếp nhận, in giấy hẹn"
    press(opened, KEY.Key_F9)
    (form,) = port_of(opened).commits
    assert (form.dossier, form.outcome) == (PORTAL, ACCEPT)


def test_an_online_dossier_is_asked_or_refused(opened: Desk) -> None:
    press(opened, KEY.Key_B)
    assert opened.view.commit.words() == "Lưu, in phiếu bổ sung"
    press(opened, KEY.Key_B, KEY.Key_R, KEY.Key_1, KEY.Key_F9, KEY.Key_F9)
    (form,) = port_of(opened).commits
    assert (form.outcome, form.ground) == (REFUSE, "not_competent")


def test_a_dossier_that_was_looked_at_leaves_no_draft(opened: Desk) -> None:
    opened.view.on_hidden()
    opened.settle()
    assert form_of(opened) == IntakeForm()
    assert port_of(opened).commits == []


def test_a_draft_is_not_thrown_away_for_a_dossier(make: Make) -> None:
    port = online()
    port.kept = full_form()
    desk = make(port)
    desk.view.on_shown(PORTAL)
    desk.settle()
    assert form_of(desk) == full_form()
    assert "Còn nháp" in bar(desk)


def test_a_card_or_a_name_may_be_handed_over(make: Make) -> None:
    desk = make()
    desk.view.on_shown(SearchHit("person", "Hoàng Thị Sển", "Sinh năm 1951", "intake"))
    desk.settle()
    assert form_of(desk).party.name == "Hoàng Thị Sển"
    desk.view.on_shown(ScanResult("card", CARD, ""))
    desk.settle()
    assert form_of(desk).party.name == PERSON.name


def test_a_procedure_found_elsewhere_is_taken_with_enter(make: Make) -> None:
    desk = make()
    desk.view.on_shown(SearchHit("procedure", "Đăng ký lại khai sinh", "Hộ tịch", "intake"))
    desk.settle()
    assert form_of(desk).procedure == ""
    press(desk, KEY.Key_Return)
    assert form_of(desk).procedure == BIRTH_AGAIN


def test_without_the_right_nothing_can_be_written(make: Make) -> None:
    desk = make(FakeIntake(kept=full_form()), frozenset({"intake"}))
    scan(desk, CARD)
    desk.view.papers.table.setFocus()
    press(desk, KEY.Key_Space, KEY.Key_B, KEY.Key_R, KEY.Key_F9)
    assert form_of(desk) == full_form()
    assert port_of(desk).commits == []
    assert not desk.view.commit.isEnabled()
