"""Forms of the officials' page: what each F9 carries, once; what a refusal, news or another row leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.entries import ASSIGNED, AUTHORISED
from counter_app.services.ports.exchange import FilePlace
from counter_app.services.ports.founding import AccountView, CarriedAccounts, DelegationForm, OfficialForm
from counter_app.services.ports.officials import WORKING, ActView, ChangeForm
from counter_app.ui import i18n
from counter_app.ui.screens.people import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.founding import STICK, FakeFounding
from tests.support.fakes.session import OfflineLine
from tests.ui import robot
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, nameless, press, scan, takes_keys, too_big

CHIEN, THANG, MAI = EntryId(257, 2), EntryId(257, 6), EntryId(257, 7)
NEW, PIN = "mot cau moi 2026", "246810"
FORMS = {"new": KEY.Key_1, "act": KEY.Key_2, "change": KEY.Key_3, "password": KEY.Key_4}


class Unit(FakeFounding):
    """Lists that a test may change behind the page."""

    def __init__(self) -> None:
        super().__init__()
        self.listed: tuple[AccountView, ...] | None = None
        self.recorded: tuple[ActView, ...] | None = None
        self.trouble: Exception | None = None
        self.carried = 5

    def officials(self) -> tuple[AccountView, ...]:
        if self.trouble is not None:
            raise self.trouble
        return super().officials() if self.listed is None else self.listed

    def acts(self) -> tuple[ActView, ...]:
        return super().acts() if self.recorded is None else self.recorded

    def read_accounts(self, path: str) -> CarriedAccounts:
        return replace(super().read_accounts(path), count=self.carried)


class Sticks(OfflineLine):
    """A stick that can be read only, and one that can be written."""

    def places(self) -> tuple[FilePlace, ...]:
        return (
            FilePlace("/media/kt/CHI-DOC", "CHI-DOC", True, False),
            FilePlace(STICK, "USB-KT", True, True),
        )


Seat = Callable[..., Desk]


@pytest.fixture
def unit() -> Unit:
    return Unit()


@pytest.fixture
def seat(themed: QApplication, unit: Unit) -> Iterator[Seat]:
    """The head before the page."""
    desks: list[Desk] = []

    def sit(height: int = 768) -> Desk:
        ports = {"founding": unit, "officials": unit, "exchange": Sticks()}
        desks.append(Desk(themed, ENTRY, ports, frozenset({"manage_people"})).show(1366, height))
        return desks[-1]

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def choose(desk: Desk, official: EntryId) -> None:
    desk.view.table.go_to([one.official for one in desk.view.model.rows].index(official))
    desk.settle()


def type_fields(desk: Desk, *texts: str) -> None:
    """One field after another, Enter between them; "" leaves a field as it is."""
    for text in texts:
        desk.robot.type(text)
        press(desk, KEY.Key_Return)


def turn(desk: Desk, form: str, official: EntryId | None = None) -> None:
    if official is not None:
        choose(desk, official)
    press(desk, (FORMS[form], CTRL))


def type_act(desk: Desk, number: str = "48/QĐ-UBND", until: str = "31/12/2026") -> None:
    """Number, day, basis, prefix, title, from, to."""
    turn(desk, "act", THANG)
    type_fields(desk, number, "19/11/2026", "", "", "", "20/11/2026", until)


def type_person(desk: Desk) -> None:
    type_fields(desk, "Sùng A Páo", "Công chức một cửa", "", "", "", PIN, NEW, NEW)


# --- a new official ---


def test_a_new_official_is_typed_without_his_account_name_and_recorded_once(seat: Seat, unit: Unit) -> None:
    desk = seat()
    assert desk.view.person.name.edit.hasFocus()
    type_person(desk)
    assert unit.forms == []
    press(desk, KEY.Key_F9)
    assert unit.forms == [
        OfficialForm("Sùng A Páo", "Công chức một cửa", ("intake",), "paosa", NEW, NEW, PIN)
    ]
    assert bar(desk) == "Đã thêm Sùng A Páo."
    assert all(field.text() == "" for field in desk.view.person.fields().values())
    assert desk.view.person.name.edit.hasFocus(), "the next one may be typed"


def test_two_roles_are_chosen_by_arrows(seat: Seat, unit: Unit) -> None:
    desk = seat()
    type_fields(desk, "Sùng A Páo", "Công chức một cửa")
    press(desk, KEY.Key_Down, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return, KEY.Key_F9)
    assert unit.forms[0].roles == ("cashier", "intake")
    press(desk, KEY.Key_F9)
    assert desk.view.person.more.currentIndex() == 0, "the next one begins with one role"


def test_an_account_name_typed_by_hand_is_not_proposed_over(seat: Seat) -> None:
    desk = seat()
    desk.view.person.login.fill("pao")
    type_fields(desk, "Sùng A Páo")
    assert desk.view.person.login.text() == "pao"


def test_a_taken_account_name_stands_at_its_field_and_all_else_stays(seat: Seat, unit: Unit) -> None:
    desk = seat()
    unit.refuse = DomainError(
        "Tên đăng nhập “paosa” đã có người dùng.", field="login", code="official.login_taken"
    )
    type_person(desk)
    press(desk, KEY.Key_F9)
    person = desk.view.person
    assert "đã có người dùng" in person.login.error()
    assert person.login.edit.hasFocus()
    assert (person.name.text(), person.password.edit.text()) == ("Sùng A Páo", NEW)
    unit.refuse = None
    press(desk, KEY.Key_F9)
    assert person.login.error() == ""


def test_secrets_are_never_shown(seat: Seat) -> None:
    view = seat().view
    secrets = (
        view.person.password, view.person.repeated, view.person.pin,
        view.password.new, view.password.repeated, view.password.secret,
    )  # fmt: skip
    assert {field.edit.echoMode() for field in secrets} == {QLineEdit.EchoMode.Password}


def test_a_password_keeps_its_spaces(seat: Seat, unit: Unit) -> None:
    desk = seat()
    turn(desk, "password", THANG)
    type_fields(desk, f" {NEW} ", f" {NEW} ", "Quên", PIN)
    press(desk, KEY.Key_F9)
    assert (unit.forms[0].password, unit.forms[0].repeated) == (f" {NEW} ", f" {NEW} ")


# --- acts that let somebody sign ---


def test_a_written_act_is_copied_from_its_paper(seat: Seat, unit: Unit) -> None:
    desk = seat()
    type_act(desk)
    assert "Vàng Văn Thăng" in desk.view.act.who.text()
    press(desk, KEY.Key_F9)
    act = desk.view.act
    assert unit.forms == [
        DelegationForm(THANG, "48/QĐ-UBND", 20261119, ASSIGNED, unit.forms[0].prefix, "Phó Chủ tịch",
                       ("copy",), 20261120, 20261231)
    ]  # fmt: skip
    assert bar(desk) == "Đã ghi văn bản số 48/QĐ-UBND."
    assert act.act_number.text() == ""


def test_an_act_may_be_without_end_by_authorisation_and_for_signatures(seat: Seat, unit: Unit) -> None:
    desk = seat()
    turn(desk, "act", THANG)
    type_fields(desk, "48/QĐ-UBND", "19/11/2026")
    press(desk, KEY.Key_Down, KEY.Key_Return)
    type_fields(desk, "", "", "20/11/2026", "")
    press(desk, KEY.Key_Space, KEY.Key_Tab, KEY.Key_Space, KEY.Key_F9)
    form = unit.forms[0]
    assert (form.basis, form.valid_to, form.scope) == (AUTHORISED, 0, ("signature",))


@pytest.mark.parametrize("field", ["act_day", "valid_from", "valid_to"])
def test_a_day_that_is_none_stands_at_its_field(seat: Seat, unit: Unit, field: str) -> None:
    desk = seat()
    type_act(desk)
    getattr(desk.view.act, field).fill("hôm nay")
    press(desk, KEY.Key_F9)
    assert getattr(desk.view.act, field).error() == "Ghi ngày như 01/07/2026."
    assert getattr(desk.view.act, field).edit.hasFocus()
    assert unit.forms == []


def test_the_next_act_of_the_same_official_is_proposed_his_title_again(seat: Seat) -> None:
    desk = seat()
    type_act(desk)
    press(desk, KEY.Key_F9)
    assert desk.view.act.signs_as.text() == "Phó Chủ tịch"


# --- changes ---


def test_roles_that_two_pickers_cannot_show_are_kept(seat: Seat, unit: Unit) -> None:
    many = ("intake", "cashier", "registrar", "of_another_version")
    unit.listed = (AccountView(MAI, "Lù Thị Mai", "Công chức", many, "mai", True),)
    desk = seat()
    turn(desk, "change", MAI)
    desk.view.change.ground.fill("QĐ 15/QĐ-UBND")
    press(desk, KEY.Key_F9)
    assert set(unit.forms[0].roles) == set(many)
    assert unit.forms[0].roles[:2] == ("intake", "cashier")


def test_a_stopped_account_is_resumed_by_choosing_so(seat: Seat, unit: Unit) -> None:
    desk = seat()
    stopped = next(one for one in desk.view.model.rows if not one.active)
    turn(desk, "change", stopped.official)
    desk.view.change.standing.choose(WORKING)
    type_fields(desk, "Đi làm lại")
    press(desk, KEY.Key_F9)
    wanted = ChangeForm(stopped.official, stopped.title_line, stopped.roles, WORKING, "Đi làm lại")
    assert unit.forms == [wanted]
    assert bar(desk) == "Đã ghi thay đổi của Lò Văn Kiên."


def test_a_missing_ground_keeps_the_choice(seat: Seat, unit: Unit) -> None:
    desk = seat()
    unit.refuse = DomainError("Chưa ghi căn cứ.", field="ground", code="official.ground")
    turn(desk, "change", MAI)
    desk.view.change.title_line.fill("Văn thư")
    press(desk, KEY.Key_F9)
    change = desk.view.change
    assert "Chưa ghi căn cứ" in change.ground.error()
    assert change.ground.edit.hasFocus()
    assert change.title_line.text() == "Văn thư"


# --- once, whatever the fingers do ---


@pytest.mark.parametrize("form", [*FORMS, "end"])
def test_two_presses_of_f9_in_one_breath_commit_once(seat: Seat, unit: Unit, form: str) -> None:
    desk = seat()
    if form == "new":
        type_person(desk)
    elif form == "act":
        type_act(desk)
    elif form == "end":
        desk.view.tabs.choose("acts")
        desk.view.end_act.ground.fill("Thu hồi")
    else:
        turn(desk, form, THANG)
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert len(unit.forms) == 1


def test_after_a_refusal_f9_commits_again(seat: Seat, unit: Unit) -> None:
    desk = seat()
    unit.refuse = DomainError("Chưa được.", code="x.y")
    turn(desk, "change", MAI)
    press(desk, KEY.Key_F9)
    assert "Chưa được" in bar(desk)
    unit.refuse = None
    press(desk, KEY.Key_F9)
    assert len(unit.forms) == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_scan_and_enter_into_every_field_commit_nothing(seat: Seat, unit: Unit, form: str) -> None:
    desk = seat()
    turn(desk, form, THANG)
    for widget in takes_keys(desk.view):
        widget.setFocus()
        scan(desk, "033900021261120001820")
        assert unit.forms == [], widget.accessibleName()
    assert not desk.window.dialog.is_open()


# --- news from elsewhere, other rows, coming back ---


def test_the_first_act_that_arrives_takes_nothing_away_that_is_being_typed(seat: Seat, unit: Unit) -> None:
    unit.recorded = ()
    desk = seat()
    turn(desk, "change", THANG)
    desk.view.change.ground.fill("Đi học")
    unit.recorded = FakeFounding().acts()
    desk.window.screens_changed(frozenset({"received"}))
    desk.settle()
    assert len(desk.view.model.acts) == 4
    assert desk.view.change.ground.text() == "Đi học"


def test_an_official_who_arrives_above_moves_no_form_to_somebody_else(seat: Seat, unit: Unit) -> None:
    desk = seat()
    turn(desk, "password", THANG)
    type_fields(desk, NEW, NEW)
    came = AccountView(EntryId(513, 9), "Chảo Láo Tả", "Công chức", ("intake",), "ta", False)
    unit.listed = (came, *FakeFounding().officials())
    desk.window.screens_changed(frozenset({"received"}))
    desk.settle()
    press(desk, KEY.Key_F9)
    assert unit.forms[0].official == THANG
    assert unit.forms[0].password == NEW


def test_an_official_who_is_gone_takes_his_password_with_him(seat: Seat, unit: Unit) -> None:
    desk = seat()
    turn(desk, "password", THANG)
    type_fields(desk, NEW, NEW)
    unit.listed = tuple(one for one in FakeFounding().officials() if one.official != THANG)
    desk.window.screens_changed(frozenset({"people"}))
    desk.settle()
    assert desk.view.password.new.text() == ""
    assert "Vàng Văn Thăng" not in desk.view.password.who.text()


def test_another_row_proposes_another_title(seat: Seat) -> None:
    desk = seat()
    turn(desk, "act", THANG)
    desk.view.table.setFocus()
    press(desk, KEY.Key_Home)
    assert desk.view.act.signs_as.text() == "Chủ tịch"
    assert "Giàng A Chiến" in desk.view.act.who.text()


@pytest.mark.parametrize(
    ("form", "field"), [("act", "act_number"), ("change", "title_line"), ("password", "new")]
)
def test_who_comes_back_to_the_page_finds_the_focus_in_the_form_that_stands(
    seat: Seat, form: str, field: str
) -> None:
    desk = seat()
    turn(desk, form, THANG)
    desk.view.table.setFocus()
    desk.window.open_screen("people")
    desk.settle()
    assert getattr(getattr(desk.view, form), field).edit.hasFocus()


# --- accounts on a stick ---


def test_accounts_go_to_the_first_stick_that_can_be_written(seat: Seat, unit: Unit) -> None:
    desk = seat()
    press(desk, (KEY.Key_E, CTRL))
    assert unit.forms == [("write", STICK)]
    assert bar(desk) == f"Đã ghi 3 tài khoản vào {STICK}/00000-tai-khoan.mca."


def test_a_file_without_news_says_so(seat: Seat, unit: Unit) -> None:
    desk = seat()
    unit.carried = 0
    press(desk, (KEY.Key_O, CTRL), KEY.Key_1, KEY.Key_F9)
    assert bar(desk) == "Tệp không có tài khoản nào mới cho máy này."


def test_only_files_of_accounts_are_offered(seat: Seat, unit: Unit) -> None:
    desk = seat()
    found: list[tuple[str, ...]] = []
    desk.view.model.files_read.connect(lambda files: found.append(tuple(one.name for one in files)))
    press(desk, (KEY.Key_O, CTRL))
    assert found == [("00000-tai-khoan-20261120-0705.mca",)]
    press(desk, KEY.Key_Escape)
    assert unit.forms == []


# --- the page ---


def test_a_page_that_cannot_be_read_says_why_and_f5_reads_again(seat: Seat, unit: Unit) -> None:
    unit.trouble = DomainError("Không đọc được kho dữ liệu.", remedy="Nhấn F5.", code="store.read")
    desk = seat()
    assert "Không đọc được" in bar(desk)
    unit.trouble = None
    press(desk, KEY.Key_F5)
    assert desk.view.table.isVisible()


def test_no_act_yet_is_said(seat: Seat, unit: Unit) -> None:
    unit.recorded = ()
    desk = seat()
    desk.view.tabs.choose("acts")
    assert "Chưa ghi văn bản giao ký nào." in desk.view.act_stack.currentWidget().accessibleName()
    press(desk, KEY.Key_F9)
    assert unit.forms == []


def test_a_row_says_who_he_is_what_he_does_and_how_he_stands(seat: Seat) -> None:
    desk = seat()
    rows = desk.view.rows
    gone = [one.official for one in desk.view.model.rows].index(EntryId(257, 8))
    heard = " ".join(
        str(rows.data(rows.index(gone, column), Qt.ItemDataRole.AccessibleTextRole)) for column in range(3)
    )
    for words in ("Lò Văn Kiên", "Công chức một cửa", "chưa có tài khoản ở máy này", "Đã dừng"):
        assert words in heard


def test_acts_say_their_term_their_scope_and_how_they_stand(seat: Seat, unit: Unit) -> None:
    unit.december = True
    rows = seat().view.act_rows
    assert [rows.cell(place, 2).badge[0] for place in range(4)] == [
        "Hết năm", "Còn hiệu lực", "Chưa đến ngày", "Đã kết thúc",
    ]  # fmt: skip
    assert [rows.cell(place, 1).text for place in range(2)] == [
        "01/01/2026 – 31/12/2026", "từ 01/07/2026, không hạn",
    ]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_takes_focus_has_a_name(seat: Seat, form: str) -> None:
    desk = seat()
    turn(desk, form, THANG)
    assert nameless(desk.view) == []


def test_the_longest_form_is_not_squeezed_at_130_percent_and_shows_the_field_in_hand(
    themed: QApplication, seat: Seat
) -> None:
    themes.apply(themed, Theme("light", 1.3))
    desk = seat(697)
    type_person(desk)
    desk.view.person.repeated.edit.setFocus()
    desk.settle()
    assert too_big(desk) == ""
    assert robot.squeezed(desk.view) == []
    edit = desk.view.person.repeated.edit
    assert not edit.visibleRegion().isEmpty()


def test_english_is_complete_on_the_page(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat()
    vietnamese = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
    said = [desk.view.title(), *desk.view.help_lines(), *(hint.words for hint in desk.view.legend())]
    said += [widget.accessibleName() for widget in takes_keys(desk.view)]
    assert [words for words in said if vietnamese & set(words.casefold())] == []


# --- one form while another is half typed ---


def test_turning_to_another_form_and_back_keeps_what_was_typed(seat: Seat) -> None:
    desk = seat()
    turn(desk, "act", THANG)
    desk.robot.type("48/QĐ-UBND")
    turn(desk, "change")
    desk.view.change.ground.edit.setFocus()
    desk.robot.type("QĐ 15")
    turn(desk, "act")
    assert desk.view.act.act_number.text() == "48/QĐ-UBND"
    turn(desk, "change")
    assert desk.view.change.ground.text() == "QĐ 15"


def test_a_password_does_not_wait_behind_another_form(seat: Seat) -> None:
    desk = seat()
    turn(desk, "password", THANG)
    type_fields(desk, NEW, NEW)
    turn(desk, "act")
    turn(desk, "password")
    assert [field.edit.text() for field in (desk.view.password.new, desk.view.password.repeated)] == ["", ""]


@pytest.mark.parametrize("half", ["act", "change"])
def test_an_act_on_the_same_official_leaves_the_other_form_alone(seat: Seat, unit: Unit, half: str) -> None:
    desk = seat()
    view = desk.view
    turn(desk, half, THANG)
    field = view.act.act_number if half == "act" else view.change.ground
    field.edit.setFocus()
    desk.robot.type("48/QĐ")
    turn(desk, "password")
    type_fields(desk, NEW, NEW, "quên mật khẩu")
    desk.robot.type(PIN)
    press(desk, KEY.Key_F9)
    assert bar(desk).startswith("Đã thay mật khẩu")
    assert view.password.ground.text() == ""
    assert field.text() == "48/QĐ"


def test_a_changed_title_is_proposed_in_an_act_not_begun(seat: Seat, unit: Unit) -> None:
    desk = seat()
    turn(desk, "change", THANG)
    before = unit.officials()
    title = "Phó Chủ tịch thường trực"
    unit.listed = tuple(replace(one, title_line=title) if one.official == THANG else one for one in before)
    view = desk.view
    view.change.title_line.edit.setFocus()
    view.change.title_line.edit.selectAll()
    desk.robot.type(title)
    view.change.ground.edit.setFocus()
    desk.robot.type("QĐ 15")
    press(desk, KEY.Key_F9)
    assert view.change.ground.text() == ""
    assert view.act.signs_as.text() == title


def test_the_same_lists_read_again_are_not_drawn_again(seat: Seat) -> None:
    desk = seat()
    resets: list[int] = []
    for model in (desk.view.rows, desk.view.act_rows):
        model.modelReset.connect(lambda: resets.append(1))
    desk.view.on_changed(frozenset({"people"}))
    desk.settle()
    assert resets == []
