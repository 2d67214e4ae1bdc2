"""The pen moves: into a file, out of one, to paper and back, what was written there is entered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.domain.errors import DomainError
from counter_app.services.ports.exchange import FilePlace
from counter_app.ui import i18n
from counter_app.ui.screens.pen import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.exchange import FakeExchange
from tests.support.fakes.pen import (
    ELSEWHERE,
    HERE,
    ON_PAPER,
    OTHERS,
    PEOPLE,
    PIN,
    REGISTER,
    SECRET,
    TO_ENTER,
    FakePen,
)  # fmt: skip
from tests.support.fakes.signing import FakeSigning, slip
from tests.ui import robot
from tests.ui.desk import SIGNATORIES, SIGNER, Desk
from tests.ui.screen_checks import CTRL, KEY, bar, colours, give_pin, nameless, press, scan, too_big

Seat = Callable[..., Desk]
TO_ACTS = (KEY.Key_4, CTRL)
SHIFT = Qt.KeyboardModifier.ShiftModifier
STICK = FilePlace("/media/usb", "KINGSTON", True, True, ("/media/usb/00000-quay03.mcx",))
OUTBOX = FilePlace("/srv/goi", "goi", False, True, ("/srv/goi/cu.mcx",))
LEADER = SIGNER | {"two_persons_first"}


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits a leader down before fake ports; ``files`` and ``signing`` may be given."""
    desks: list[Desk] = []

    def sit(
        port: FakePen, *, files: Any = None, signing: Any = None, may: frozenset[str] = LEADER,
        height: int = 768, scale: float = 1.0, name: str = "light",
    ) -> Desk:  # fmt: skip
        if (scale, name) != (1.0, "light"):
            themes.apply(themed, Theme(name, scale))
        ports = {
            "pen": port, "exchange": files or FakeExchange(found=(OUTBOX, STICK)),
            "signing": signing or FakeSigning(),
        }  # fmt: skip
        desks.append(Desk(themed, ENTRY, ports, may, "QUẦY-01"))
        return desks[-1].show(1366, height)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def open_act(desk: Desk, code: str) -> None:
    """Ctrl+4, down to the act, Enter."""
    codes = [act.code for act in desk.view.parts.overview.rows.rows()]
    press(desk, TO_ACTS, KEY.Key_Home, *(KEY.Key_Down,) * codes.index(code), KEY.Key_Return)
    assert desk.view.parts.form is desk.view.parts.by_act[code]


def acts(desk: Desk) -> list[str]:
    return [act.code for act in desk.view.parts.overview.rows.rows()]


@pytest.mark.parametrize(
    ("card", "codes"),
    [
        (HERE, ["pass", "to_paper"]),
        (TO_ENTER, ["enter", "pass", "to_paper"]),
        (ON_PAPER, ["back", "recover"]),
        (ELSEWHERE, ["take", "recover", "fetch"]),
        (replace(HERE, closed=True), []),
    ],
)
def test_each_place_of_the_pen_has_its_ways_on(seat: Seat, card: Any, codes: list[str]) -> None:
    assert acts(seat(FakePen((card,)))) == codes


def test_without_a_register_a_file_may_still_bring_it(seat: Seat) -> None:
    assert acts(seat(FakePen(()))) == ["take"]


def test_who_may_not_number_sees_no_act_and_why(seat: Seat) -> None:
    desk = seat(FakePen((HERE,)), may=frozenset({"registers"}))
    assert acts(desk) == []
    assert "Không có quyền" in desk.view.parts.overview.stack.currentWidget().accessibleName()
    press(desk, TO_ACTS, KEY.Key_Return, KEY.Key_F9)
    assert desk.view.parts.form is None


def test_a_recovery_is_for_the_first_of_two_persons(seat: Seat) -> None:
    assert acts(seat(FakePen((ELSEWHERE,)), may=SIGNER)) == ["take", "fetch"]


# --- files ---


def test_the_pen_goes_into_a_file_for_the_chosen_counter(seat: Seat) -> None:
    desk = seat(port := FakePen((HERE,)))
    open_act(desk, "pass")
    form = desk.view.parts.passing
    assert form.folder.text() == "/media/usb", "a stick comes first"
    assert desk.view.parts.commit.words() == "Chuyển quyền cho QUẦY-02"
    press(desk, KEY.Key_Down)
    assert desk.view.parts.commit.words() == "Chuyển quyền cho BÀN KÝ"
    assert port.calls == []
    press(desk, KEY.Key_F9)
    assert "Mang tệp đến BÀN KÝ" in bar(desk)
    press(desk, KEY.Key_F9)
    assert port.calls == [("pass", 3, "/media/usb", REGISTER)]
    assert desk.view.parts.holder._badge.words() == "Ở máy khác"
    assert acts(desk) == ["take", "recover", "fetch"]


def test_two_presses_of_f9_in_one_breath_pass_the_pen_once(seat: Seat) -> None:
    desk = seat(port := FakePen((HERE,)))
    open_act(desk, "pass")
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert len(port.calls) == 1


def test_a_folder_that_cannot_be_written_is_named_and_the_pen_stays(seat: Seat) -> None:
    refusal = DomainError("Không ghi được tệp vào nơi đã chọn.", field="folder", code="export.none")
    desk = seat(port := FakePen((HERE,), refuses=refusal))
    open_act(desk, "pass")
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert "Không ghi được" in desk.view.parts.passing.folder.error()
    assert desk.view.parts.form is desk.view.parts.passing


def test_a_folder_typed_by_hand_outlives_a_new_stick(seat: Seat) -> None:
    files = FakeExchange(found=(OUTBOX,))
    desk = seat(FakePen((HERE,)), files=files)
    open_act(desk, "pass")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.view.parts.passing.folder.fill("")
    desk.robot.type("/srv/chung")
    files.found = (OUTBOX, STICK)
    press(desk, KEY.Key_F5)
    assert desk.view.parts.passing.folder.text() == "/srv/chung"


def test_the_pen_went_although_the_file_failed_and_the_page_says_where_it_is(seat: Seat) -> None:
    class Half(FakePen):
        def pass_pen_to_file(self, counter: int, folder: str, register: Any = None) -> str:
            self.all_cards = (replace(HERE, here=False, holder="QUẦY-02"),)
            raise DomainError("Không ghi được tệp gói.", "Đĩa đầy.", "Xuất lại.", code="file.write")

    desk = seat(Half((HERE,)))
    open_act(desk, "pass")
    press(desk, KEY.Key_F9)
    assert "Không ghi được tệp gói" in bar(desk)
    assert desk.view.parts.holder._holder.text() == "QUẦY-02"
    assert desk.view.parts.form is None


def test_where_no_other_counter_is_known_words_say_so(seat: Seat) -> None:
    desk = seat(FakePen((HERE,), others=()))
    press(desk, TO_ACTS, KEY.Key_Return)
    assert desk.view.parts.form is None
    assert "Chưa biết máy nào khác" in bar(desk)


def test_the_pen_arrives_in_a_file(seat: Seat) -> None:
    port = FakePen((ELSEWHERE,))

    class Bringing(FakeExchange):
        def import_file(self, path: str) -> Any:
            port.all_cards = (HERE,)
            return super().import_file(path)

    files = Bringing(found=(OUTBOX, STICK))
    desk = seat(port, files=files)
    open_act(desk, "take")
    assert desk.view.parts.taking.path.text() == "/media/usb/00000-quay03.mcx"
    press(desk, KEY.Key_F9)
    assert files.calls == [("import", "/media/usb/00000-quay03.mcx")]
    assert bar(desk) == "Đã nhập 3 mục. Có xác nhận mới của tỉnh. Quyền cấp số ở máy này."
    assert desk.view.parts.holder._badge.words() == "Tại máy này"


def test_a_file_without_the_pen_says_where_it_still_is(seat: Seat) -> None:
    desk = seat(FakePen((ELSEWHERE,)))
    open_act(desk, "take")
    press(desk, KEY.Key_F9)
    assert bar(desk).endswith("Quyền cấp số vẫn ở BÀN KÝ.")


def test_a_wrong_file_is_refused_at_its_field(seat: Seat) -> None:
    refusal = DomainError("Gói bị hỏng.", field="file", code="file.damaged")
    desk = seat(FakePen((ELSEWHERE,)), files=FakeExchange(found=(), refuse_file=refusal))
    open_act(desk, "take")
    press(desk, KEY.Key_F9)
    assert desk.view.parts.taking.path.error() == "Ô này chưa nhập."
    desk.robot.type("/media/usb/x.mcx")
    press(desk, KEY.Key_F9)
    assert "Gói bị hỏng" in desk.view.parts.taking.path.error()


# --- paper ---


def test_two_persons_send_the_pen_to_paper(seat: Seat) -> None:
    desk = seat(port := FakePen((HERE,)))
    open_act(desk, "to_paper")
    desk.robot.type("nhiều")
    press(desk, KEY.Key_F9)
    form = desk.view.parts.to_paper
    assert form.number.error() == "Chỉ nhập số."
    assert form.two.secret.error()
    assert form.two.secret.edit.echoMode() == QLineEdit.EchoMode.Password
    desk.robot.type("20")
    press(desk, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    desk.robot.type(SECRET)
    assert port.calls == []
    press(desk, KEY.Key_F9)
    assert port.calls == [("to_paper", REGISTER, 20, PEOPLE[1].official)]
    assert "20 số in sẵn" in bar(desk)
    assert desk.view.parts.holder._badge.words() == "Ở sổ giấy"
    assert acts(desk) == ["back", "recover"]
    assert form.two.secret.text() == ""


def test_a_wrong_secret_stands_at_its_field(seat: Seat) -> None:
    desk = seat(port := FakePen((HERE,)))
    open_act(desk, "to_paper")
    desk.robot.type("20")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type("sai")
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert "Mật khẩu" in desk.view.parts.to_paper.two.secret.error()
    assert desk.view.parts.to_paper.number.text() == "20"


def test_the_pen_comes_back_with_the_last_number_used(seat: Seat) -> None:
    desk = seat(port := FakePen((ON_PAPER,)))
    open_act(desk, "back")
    assert "1842–1861" in desk.view.parts.back._words.text()
    desk.robot.type("1844")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    assert port.calls == [("back", REGISTER, 1844, PEOPLE[0].official)]
    assert "1842-1844" in desk.view.parts.holder._open.text()
    assert acts(desk)[0] == "enter"


def test_without_a_second_person_nothing_is_asked(seat: Seat) -> None:
    desk = seat(port := FakePen((HERE,), people=()))
    open_act(desk, "to_paper")
    desk.robot.type("5")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert "người thứ hai" in bar(desk)


def entering(desk: Desk) -> Any:
    open_act(desk, "enter")
    return desk.view.parts.enter


def test_slips_bear_the_numbers_in_the_order_they_were_ticked(seat: Seat) -> None:
    desk = seat(port := FakePen((TO_ENTER,)))
    form = entering(desk)
    assert form.first.text() == "1842"
    press(desk, KEY.Key_Return)
    desk.robot.type("20/11/2026")
    press(desk, KEY.Key_Return, KEY.Key_Return)
    assert form.table.hasFocus()
    seventh, fifth = form.slips.rows()[6], form.slips.rows()[4]
    press(desk, KEY.Key_End, KEY.Key_Space, *(KEY.Key_Home, *(KEY.Key_Down,) * 4), KEY.Key_Space)
    assert form.slips.numbers_of(seventh.request) == "1842"
    assert form.slips.numbers_of(fifth.request) == "1843–1844"
    assert desk.view.parts.commit.words() == "Nhập số 1842–1844"
    press(desk, KEY.Key_F9)
    assert port.calls == []
    give_pin(desk, "111111")
    assert port.calls == []
    give_pin(desk, PIN)
    assert port.calls == [("enter", (seventh.request, fifth.request), 1842, "20/11/2026", None)]
    assert "1842–1844" in bar(desk)
    assert acts(desk) == ["pass", "to_paper"]


def test_a_scanned_slip_is_next_and_unticking_moves_the_others_up(seat: Seat) -> None:
    desk = seat(port := FakePen((TO_ENTER,)))
    form = entering(desk)
    scan(desk, slip(6))
    scan(desk, slip(4))
    scan(desk, slip(6))
    rows = form.slips.rows()
    assert form.slips.order == [rows[6].request, rows[4].request], "a second scan changes nothing"
    form.table.setFocus()
    form.table.go_to(6)
    press(desk, KEY.Key_Space)
    assert form.slips.numbers_of(rows[4].request) == "1842–1843"
    scan(desk, "033900021261120001820")
    assert "không chờ số" in bar(desk)
    assert port.calls == []


def test_who_signed_on_paper_can_be_named(seat: Seat) -> None:
    desk = seat(port := FakePen((TO_ENTER,)))
    form = entering(desk)
    press(desk, KEY.Key_Return)
    desk.robot.type("20/11/2026")
    press(desk, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return, KEY.Key_End, KEY.Key_Space, KEY.Key_F9)
    give_pin(desk, PIN)
    assert port.calls[0][-1] == SIGNATORIES[0].official
    assert form.slips.order == []


def test_nothing_ticked_or_no_day_asks_for_no_pin(seat: Seat) -> None:
    desk = seat(port := FakePen((TO_ENTER,)))
    form = entering(desk)
    press(desk, KEY.Key_F9)
    assert form.day.error()
    press(desk, KEY.Key_Return)
    form.day.fill("20/11/2026")
    press(desk, KEY.Key_F9)
    assert "thứ tự trên tờ sổ" in bar(desk)
    assert not desk.window.dialog.is_open()
    assert port.calls == []


def test_a_number_not_on_the_sheets_stands_at_its_field(seat: Seat) -> None:
    refusal = DomainError("Các số 1850-1850 không có trên giấy.", field="number", code="paper.not_used")
    desk = seat(FakePen((TO_ENTER,), refuses=refusal))
    form = entering(desk)
    form.day.fill("20/11/2026")
    form.first.fill("1850")
    scan(desk, slip(6))
    press(desk, KEY.Key_F9)
    give_pin(desk, PIN)
    assert "không có trên giấy" in form.first.error()
    assert len(form.slips.order) == 1


def test_nothing_waits_says_where_slips_are_taken_in(seat: Seat) -> None:
    desk = seat(FakePen((TO_ENTER,)), signing=FakeSigning(rows=[]))
    form = entering(desk)
    assert "F4" in form.stack.currentWidget().accessibleName()


# --- whatever the form ---

FORMS = [(HERE, "pass"), (HERE, "to_paper"), (ON_PAPER, "back"), (TO_ENTER, "enter"), (ELSEWHERE, "take")]


@pytest.mark.parametrize(("card", "code"), FORMS)
def test_scans_and_enter_commit_nothing_and_escape_keeps_what_was_typed(
    seat: Seat, card: Any, code: str
) -> None:
    desk = seat(port := FakePen((card,)))
    open_act(desk, code)
    form = desk.view.parts.form
    for field in dict.fromkeys(form.fields.values()):
        field.edit.setFocus()
        scan(desk, "033900021261120001820")
        press(desk, KEY.Key_Return, (KEY.Key_Return, SHIFT))
    first = next(iter(form.fields.values()))
    first.fill("17")
    press(desk, KEY.Key_Escape)
    assert desk.view.parts.form is None
    press(desk, KEY.Key_F9)
    assert port.calls == []
    assert first.text() == "17"


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize(("card", "code"), FORMS)
def test_each_form_fits_and_nothing_is_squeezed(seat: Seat, card: Any, code: str, scale: float) -> None:
    desk = seat(FakePen((card,)), height=697, scale=scale)
    open_act(desk, code)
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("card", "code"), FORMS)
def test_each_form_is_painted_in_every_theme_and_named(seat: Seat, card: Any, code: str, name: str) -> None:
    desk = seat(FakePen((card,)), name=name)
    open_act(desk, code)
    assert colours(desk) > 6
    assert nameless(desk.view) == []


def test_the_pen_that_leaves_meanwhile_takes_its_form_away(seat: Seat) -> None:
    desk = seat(port := FakePen((HERE,)))
    open_act(desk, "to_paper")
    port.all_cards = (ELSEWHERE,)
    desk.view.on_changed(frozenset({"registers"}))
    desk.settle()
    assert desk.view.parts.form is None


def test_english_of_the_moves(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(FakePen((HERE,)))
    open_act(desk, "pass")
    assert desk.view.parts.commit.words() == f"Pass the pen to {OTHERS[0].name}"


def test_the_pen_is_asked_for_over_the_lan_without_a_form(seat: Seat) -> None:
    desk = seat(port := FakePen())
    press(desk, TO_ACTS, KEY.Key_Home, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    assert port.calls == [("fetch", REGISTER)]
    assert desk.view.model.page.card.here
