"""The page of officials by keys: whom a form speaks of, what F9 gives to the port, where a refusal stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.officials import ENDED, SUSPENDED, ChangeForm, EndActForm, NewPasswordForm
from counter_app.ui.screens.people import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.founding import FakeFounding
from tests.support.fakes.session import OfflineLine
from tests.ui.desk import Desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NEW, PIN = "mot cau moi 2026", "246810"
THANG, KIEN = EntryId(257, 6), EntryId(257, 8)


class Head:
    """The head before the page."""

    def __init__(self, app: QApplication) -> None:
        self.port = FakeFounding()
        ports = {"founding": self.port, "officials": self.port, "exchange": OfflineLine()}
        self.desk = Desk(app, ENTRY, ports, frozenset({"manage_people"})).show()
        self.view = self.desk.view

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self.desk.robot.key(key, modifier)
        self.desk.settle()

    def type(self, *texts: str) -> None:
        """One field after another, Enter between them."""
        for text in texts:
            self.desk.robot.type(text)
            self.key(KEY.Key_Return)

    def choose(self, official: EntryId) -> None:
        place = [one.official for one in self.view.model.rows].index(official)
        self.view.table.go_to(place)
        self.desk.settle()

    def bar(self) -> str:
        return str(self.desk.window.bar.words())


@pytest.fixture
def head(themed: QApplication) -> Iterator[Head]:
    made = Head(themed)
    yield made
    assert made.desk.errors == []
    made.desk.close()


def test_everybody_is_listed_and_the_stopped_and_the_replaced_are_told_apart(head: Head) -> None:
    words = {
        row.official: head.view.rows.cell(place, 2).badge[0] if head.view.rows.cell(place, 2).badge else ""
        for place, row in enumerate(head.view.model.rows)
    }
    assert words[KIEN] == "Đã dừng"
    assert words[THANG] == ""
    second = [head.view.rows.cell(place, 1).second for place in range(len(head.view.model.rows))]
    assert "mật khẩu đã thay ở máy khác" in second
    assert "chưa có tài khoản ở máy này" in second


def test_a_change_starts_from_what_is_and_carries_the_ground(head: Head) -> None:
    head.choose(THANG)
    head.key(KEY.Key_3, CTRL)
    assert head.view.change.title_line.text() == "Phó Chủ tịch"
    head.view.change.standing.choose(SUSPENDED)
    head.type("Đi học sáu tháng")
    head.key(KEY.Key_F9)
    wanted = ChangeForm(THANG, "Phó Chủ tịch", ("director", "signatory"), SUSPENDED, "Đi học sáu tháng")
    assert head.port.forms == [wanted]
    assert head.bar() == "Đã tạm dừng tài khoản của Vàng Văn Thăng."


def test_a_stopped_account_is_not_resumed_by_a_mere_change_of_title(head: Head) -> None:
    head.choose(KIEN)
    head.key(KEY.Key_3, CTRL)
    head.key(KEY.Key_F9)
    assert head.port.forms[0].standing == SUSPENDED


def test_choosing_how_it_stands_leads_to_the_ground(head: Head) -> None:
    head.choose(THANG)
    head.key(KEY.Key_3, CTRL)
    head.view.change.standing.choose(ENDED)
    assert head.view.change.ground.edit.hasFocus()


def test_a_forgotten_password_is_typed_twice_and_confirmed_by_the_head(head: Head) -> None:
    head.choose(THANG)
    head.key(KEY.Key_4, CTRL)
    head.type(NEW, NEW, "Quên", PIN)
    head.key(KEY.Key_F9)
    assert head.port.forms == [NewPasswordForm(THANG, NEW, NEW, "Quên", PIN)]
    assert head.view.password.new.text() == "", "no password stays on the screen"


def test_what_was_typed_for_one_is_not_given_to_another(head: Head) -> None:
    head.choose(THANG)
    head.key(KEY.Key_4, CTRL)
    head.type(NEW, NEW)
    head.choose(KIEN)
    assert head.view.password.new.text() == ""
    assert "Lò Văn Kiên" in head.view.password.who.text()


def test_news_from_elsewhere_takes_nothing_away_that_is_being_typed(head: Head) -> None:
    head.choose(THANG)
    head.key(KEY.Key_4, CTRL)
    head.type(NEW, NEW)
    head.view.on_changed(frozenset({"received"}))
    head.desk.settle()
    assert head.view.password.new.text() == NEW


@pytest.mark.parametrize(
    ("field", "shown"), [("new", "new"), ("repeated", "repeated"), ("ground", "ground"), ("pin", "secret"),
                         ("password", "secret")],
)  # fmt: skip
def test_a_refusal_stands_at_its_field(head: Head, field: str, shown: str) -> None:
    head.port.refuse = DomainError("Chưa được.", field=field, code="x.y", title_en="no")
    head.choose(THANG)
    head.key(KEY.Key_4, CTRL)
    head.key(KEY.Key_F9)
    assert "Chưa được" in getattr(head.view.password, shown).error()


def test_an_error_of_no_field_is_said_in_the_bar(head: Head) -> None:
    head.port.refuse = DomainError("Không thể tự đổi quyền.", field="roles", code="x.y", title_en="no")
    head.choose(THANG)
    head.key(KEY.Key_3, CTRL)
    head.key(KEY.Key_F9)
    assert "Không thể tự đổi quyền" in head.bar()


def test_an_act_ends_from_its_list(head: Head) -> None:
    head.view.table.setFocus()
    head.key(KEY.Key_2)
    assert head.view.acts.hasFocus()
    assert head.view.commit.words() == "Kết thúc văn bản"
    head.key(KEY.Key_Down)
    assert "01/QĐ" in head.view.end_act.which.text()
    head.view.end_act.on.fill("21/11/2026")
    head.view.end_act.ground.fill("Thu hồi")
    head.key(KEY.Key_F9)
    assert head.port.forms == [EndActForm(EntryId(257, 21), 20261121, "Thu hồi")]
    assert head.bar() == "Đã kết thúc văn bản số 01/QĐ."


def test_a_day_that_is_none_goes_nowhere(head: Head) -> None:
    head.view.tabs.choose("acts")
    head.view.end_act.on.fill("mai")
    head.key(KEY.Key_F9)
    assert head.port.forms == []
    assert head.view.end_act.on.error()


def test_from_december_on_the_page_names_what_ends_with_the_year(head: Head) -> None:
    assert not head.view.ending.isVisible()
    head.port.december = True
    head.view.model.read()
    head.desk.settle()
    assert head.view.ending.isVisible()
    assert "1 văn bản" in head.view.ending._title.text()
    assert "47/QĐ-UBND (Vàng Văn Thăng, 31/12/2026)" in head.view.ending._words.text()


def test_a_file_of_accounts_is_chosen_by_its_number_and_f9(head: Head) -> None:
    head.key(KEY.Key_O, CTRL)
    assert head.desk.window.dialog.is_open()
    head.key(KEY.Key_1)
    head.key(KEY.Key_F9)
    ((what, path),) = head.port.forms
    assert what == "read"
    assert path.endswith(".mca")
    assert head.bar().startswith("Đã nhận 5 tài khoản")


def test_single_keys_and_enter_commit_nothing(head: Head) -> None:
    for form in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4):
        head.key(form, CTRL)
        for key in (KEY.Key_Return, KEY.Key_Space, KEY.Key_R):
            head.key(key)
    assert head.port.forms == []


@pytest.mark.parametrize("look", [Theme(), Theme("dark"), Theme("high_contrast"), Theme("light", 1.3)])
@pytest.mark.parametrize("form", [KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4])
def test_every_form_fits_a_small_screen(themed: QApplication, look: Theme, form: Qt.Key) -> None:
    themes.apply(themed, look)
    head = Head(themed)
    head.key(form, CTRL)
    hint = head.desk.window.minimumSizeHint()
    head.desk.close()
    themes.apply(themed, Theme())
    assert hint.width() <= 1366
    assert hint.height() <= 697
