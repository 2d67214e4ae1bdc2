"""The page of the first officials: two persons once, refusals at their field, what comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from counter_app.domain.errors import DomainError
from counter_app.services.ports.founding import ADMIT, FOUND
from counter_app.ui import i18n
from counter_app.ui.screens.founding import ENTRY
from counter_app.ui.screens.founding.view import FoundingView
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.founding import FakeFounding
from tests.support.fakes.session import OfflineLine
from tests.ui import robot
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, nameless, press, scan, takes_keys

HERE_KEY, ELSEWHERE_KEY = (KEY.Key_1, CTRL), (KEY.Key_2, CTRL)
PASSWORD, PIN = "mot cau dai 2026", "246810"


class Line(OfflineLine):
    """A province that answers or not; bundles that are told."""

    def __init__(self) -> None:
        self.tried, self.taken = 0, list[str]()
        self.refuse: Exception | None = None

    def try_now(self) -> str:
        self.tried += 1
        if self.refuse is not None:
            raise self.refuse
        return "Đã nhận 5 mục."

    def import_file(self, path: str) -> Any:
        self.taken.append(path)
        return SimpleNamespace(sentence="Đã nhận 3 cán bộ.")


class Pc:
    """The page as a PC's number one shows it."""

    def __init__(self, app: QApplication, stage: str = FOUND, number: int = 1) -> None:
        self.port, self.line = FakeFounding(stage), Line()
        ports = {"founding": self.port, "exchange": self.line}
        self.desk = Desk(app, ENTRY, ports, frozenset())
        context = self.desk.view.context
        counter = replace(context.counter, founding=stage, counter_number=number)
        self.view = FoundingView(replace(context, counter=counter))
        self.desk.window.cover(self.view)
        self.desk.show(1366, 697)

    def words(self) -> str:
        return str(self.view.told.accessibleName())

    def type(self, *texts: str) -> None:
        for text in texts:
            self.desk.robot.type(text)
            press(self.desk, KEY.Key_Return)

    def both(self) -> None:
        """Head, technician, decision."""
        self.type("Giàng A Chiến", "Chủ tịch", "", "", PIN, PASSWORD, PASSWORD)
        self.type("Lê Quốc Hùng", "", "", PIN, PASSWORD, PASSWORD, "01/QĐ-UBND", "01/07/2026")


@pytest.fixture
def pcs(themed: QApplication) -> Iterator[Any]:
    made: list[Pc] = []

    def start(*state: Any, **more: Any) -> Pc:
        made.append(Pc(themed, *state, **more))
        return made[-1]

    yield start
    for one in made:
        assert one.desk.errors == []
        one.desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def test_two_persons_and_their_decision_go_out_as_typed_and_once(pcs: Any) -> None:
    pc = pcs()
    pc.both()
    assert pc.port.forms == []
    pc.desk.robot.key(KEY.Key_F9)
    pc.desk.robot.key(KEY.Key_F9)
    pc.desk.settle()
    (form,) = pc.port.forms
    assert (form.head.name, form.head.roles, form.head.login) == ("Giàng A Chiến", ("chairman",), "chienga")
    assert (form.technician.title_line, form.technician.roles) == ("Kỹ thuật viên", ("technician",))
    assert (form.act_number, form.act_day) == ("01/QĐ-UBND", 20260701)
    assert (form.head.password, form.technician.pin) == (PASSWORD, PIN)


@pytest.mark.parametrize(
    "field",
    ["head.name", "head.password", "technician.login", "technician.repeated", "act_number", "act_day"],
)
def test_a_refusal_stands_at_its_field_with_the_focus(pcs: Any, field: str) -> None:
    pc = pcs()
    pc.both()
    pc.port.refuse = DomainError("Chưa được.", field=field, code="x.y")
    press(pc.desk, KEY.Key_F9)
    shown: Any = pc.view.found
    for name in field.split("."):
        shown = getattr(shown, name)
    assert "Chưa được" in shown.error()
    assert shown.edit.hasFocus()
    assert "Chưa được" in pc.words()
    pc.port.refuse = None
    press(pc.desk, KEY.Key_F9)
    assert shown.error() == ""
    assert len(pc.port.forms) == 2


def test_a_refusal_of_no_field_is_said_above(pcs: Any) -> None:
    pc = pcs()
    pc.both()
    pc.port.refuse = DomainError("Vai trò chưa đúng.", "", "Chọn lại.", "head.roles", code="founding.head")
    press(pc.desk, KEY.Key_F9)
    assert "Vai trò chưa đúng." in pc.words()
    assert "Chọn lại." in pc.words()
    assert pc.view.found.head.name.text() == "Giàng A Chiến"


def test_secrets_are_never_shown(pcs: Any) -> None:
    found = pcs().view.found
    fields = [
        one for card in (found.head, found.technician) for one in (card.password, card.repeated, card.pin)
    ]
    assert {field.edit.echoMode() for field in fields} == {QLineEdit.EchoMode.Password}


def test_officials_that_arrive_while_two_persons_type_stop_the_founding(pcs: Any) -> None:
    pc = pcs()
    pc.both()
    pc.port.now = replace(pc.port.now, stage=ADMIT, officials=5)
    pc.view.on_changed(frozenset({"received"}))
    pc.desk.settle()
    assert "Đã biết 5 cán bộ" in pc.words()
    press(pc.desk, HERE_KEY)
    assert pc.view.tabs.current() == "elsewhere", "nobody founds a unit that has its people"
    press(pc.desk, KEY.Key_F9)
    assert [form for form in pc.port.forms if not isinstance(form, tuple)] == []


def test_news_takes_nothing_away_that_is_being_typed(pcs: Any) -> None:
    pc = pcs()
    pc.type("Giàng A Chiến", "Chủ tịch")
    pc.view.on_changed(frozenset({"received"}))
    pc.desk.settle()
    assert pc.view.found.head.name.text() == "Giàng A Chiến"
    assert pc.view.tabs.current() == "here"


def test_turning_the_page_and_back_keeps_what_was_typed(pcs: Any) -> None:
    pc = pcs()
    pc.type("Giàng A Chiến")
    press(pc.desk, ELSEWHERE_KEY)
    assert pc.view.receive.isVisible()
    press(pc.desk, HERE_KEY)
    assert pc.view.found.head.name.text() == "Giàng A Chiến"
    assert pc.view.found.head.name.edit.hasFocus()


# --- people come from elsewhere ---


def test_f5_asks_the_province_once_and_says_what_came(pcs: Any) -> None:
    pc = pcs(ADMIT)
    press(pc.desk, KEY.Key_F5)
    assert pc.line.tried == 1
    assert "Đã nhận 5 mục." in pc.words()
    assert "chưa ai có tài khoản" in pc.words(), "what is missing still is said too"


def test_f5_on_the_founding_half_asks_nobody(pcs: Any) -> None:
    pc = pcs()
    press(pc.desk, KEY.Key_F5)
    assert pc.line.tried == 0


def test_a_line_that_is_down_is_said_with_what_to_do(pcs: Any) -> None:
    pc = pcs(ADMIT)
    pc.line.refuse = DomainError("Chưa nối được tỉnh.", "", "Nhập gói .mcx.", code="exchange.offline")
    press(pc.desk, KEY.Key_F5)
    assert "Chưa nối được tỉnh." in pc.words()
    assert "Nhập gói .mcx." in pc.words()
    pc.line.refuse = None
    press(pc.desk, KEY.Key_F5)
    assert pc.line.tried == 2


def test_a_bundle_and_a_file_of_accounts_go_their_own_ways(pcs: Any) -> None:
    pc = pcs(ADMIT)
    accounts, bundle = (one.path for one in pc.port.brought)
    pc.view.receive.files.path_field.fill(bundle)
    press(pc.desk, KEY.Key_F9)
    assert (pc.line.taken, pc.port.forms) == ([bundle], [])
    assert "3 cán bộ" in pc.words()
    pc.view.receive.files.path_field.fill(accounts.upper())
    press(pc.desk, KEY.Key_F9)
    assert pc.port.forms == [("read", accounts.upper())]
    assert "Đã nhận 5 tài khoản" in pc.words()


def test_without_a_file_f9_says_what_to_plug_in(pcs: Any) -> None:
    pc = pcs(ADMIT)
    pc.port.brought = ()
    pc.view.receive.files.path_field.fill("")
    pc.view.model.read()
    pc.desk.settle()
    press(pc.desk, KEY.Key_F9)
    assert pc.port.forms == []
    assert "USB" in pc.words()


def test_only_the_first_counter_begins_on_the_founding_half(pcs: Any) -> None:
    assert pcs().view.tabs.current() == "here"
    assert pcs(number=3).view.tabs.current() == "elsewhere"


# --- whatever the half ---


@pytest.mark.parametrize("half", [HERE_KEY, ELSEWHERE_KEY])
def test_scans_enter_and_escape_commit_nothing(pcs: Any, half: Any) -> None:
    pc = pcs()
    press(pc.desk, half)
    for widget in takes_keys(pc.view):
        if isinstance(widget, QPushButton):
            continue
        widget.setFocus()
        scan(pc.desk, "9990002611200001")
        press(pc.desk, KEY.Key_Escape)
    assert (pc.port.forms, pc.line.taken) == ([], [])


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("half", [HERE_KEY, ELSEWHERE_KEY])
def test_each_half_fits_and_all_has_a_name(themed: QApplication, pcs: Any, half: Any, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    pc = pcs()
    press(pc.desk, half)
    least = pc.desk.window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
    assert robot.squeezed(pc.view) == []
    assert nameless(pc.view) == []


def test_the_field_in_hand_is_seen_at_130_percent(themed: QApplication, pcs: Any) -> None:
    themes.apply(themed, Theme("light", 1.3))
    pc = pcs()
    pc.view.found.act_day.edit.setFocus()
    pc.desk.settle()
    assert not pc.view.found.act_day.edit.visibleRegion().isEmpty()


def test_enter_walks_both_persons_and_back(pcs: Any) -> None:
    pc = pcs()
    assert pc.view.found.head.name.edit.hasFocus()
    press(pc.desk, *[KEY.Key_Return] * 7)
    assert pc.view.found.technician.name.edit.hasFocus()
    press(pc.desk, (KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier))
    assert pc.view.found.head.repeated.edit.hasFocus()


def test_english_of_both_halves(pcs: Any) -> None:
    i18n.use_language("en")
    view = pcs().view
    said = [view.found.commit.words(), view.receive.commit.words(), *(hint.words for hint in view.legend())]
    said += [field.words() for field in view.found.head.fields().values()]
    assert [words for words in said if not words.isascii()] == []
