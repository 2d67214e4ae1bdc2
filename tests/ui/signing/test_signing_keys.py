"""The signing desk as a person works it: by keys and scans, with the acts that reach the store counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from counter_app.services.ports.home import ScanResult
from counter_app.services.ports.signing import Banner
from counter_app.ui.screens.signing import DESK_ENTRY
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.home import FakeHome
from tests.support.fakes.printing import FakePapers
from tests.support.fakes.signing import (
    ACT,
    ELSEWHERE,
    HERE,
    PIN,
    FakeSigning,
    long_pile,
    request_id,
    slip,
)
from tests.ui.desk import CLERK, SIGNATORIES, SIGNER, Desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits somebody down before a fake port; everything is taken down afterwards."""
    desks: list[Desk] = []

    def sit(
        port: FakeSigning, permissions: frozenset[str] = SIGNER, papers: FakePapers | None = None
    ) -> Desk:
        ports: dict[str, Any] = {"signing": port, "papers": papers or FakePapers(), "home": FakeHome()}
        desks.append(Desk(themed, DESK_ENTRY, ports, permissions))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()


def press(desk: Desk, *keys: Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]) -> int:
    """Presses keys one after another and waits; returns how many."""
    for key in keys:
        plain, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        desk.robot.key(plain, modifier)
        desk.settle()
    return len(keys)


def give_pin(desk: Desk, pin: str = PIN) -> None:
    """Types a PIN into the dialog that stands and presses Enter."""
    assert desk.window.dialog.is_open()
    desk.robot.type(pin)
    press(desk, KEY.Key_Return)


def bar(desk: Desk) -> str:
    """What the bottom bar says."""
    return desk.window.bar.words()


ALL = (KEY.Key_A, CTRL)
LOT = (KEY.Key_Return, CTRL)
TO_INK = (KEY.Key_4, CTRL)
TO_PILE = (KEY.Key_2, CTRL)


def test_forty_slips_numbered_and_confirmed_in_ten_keys_a_pin_and_scans(seat: Seat) -> None:
    port = FakeSigning(rows=long_pile(40), lot_rows=[], lines={})
    desk = seat(port)
    keys = press(desk, KEY.Key_F7, ALL, LOT)
    give_pin(desk)
    keys += 1  # Enter after the six digits
    assert port.calls == [("number", tuple(request_id(place) for place in range(40)))]
    for place in range(40):
        desk.robot.burst(slip(place))
        desk.settle()
    keys += press(desk, KEY.Key_F9)
    assert keys <= 10
    (_, confirmed) = port.calls
    assert confirmed[0] == "confirm"
    assert len(confirmed[2]) == 40
    assert port.lots() == ()


def test_ctrl_a_ticks_only_what_is_complete(seat: Seat) -> None:
    desk = seat(FakeSigning())
    press(desk, ALL)
    assert desk.view.model.ticked == {request_id(place) for place in (1, 2, 4, 5, 6)}
    assert desk.view.pile.number.words() == "Cấp số, in 93 lời chứng"


def test_space_ticks_and_goes_on_but_not_a_slip_that_goes_alone(seat: Seat) -> None:
    desk = seat(FakeSigning())
    press(desk, KEY.Key_Space)
    assert desk.view.model.ticked == set()
    assert "cấp số riêng" in bar(desk)
    press(desk, KEY.Key_Down, KEY.Key_Space, KEY.Key_Space)
    assert desk.view.model.ticked == {request_id(1), request_id(2)}
    press(desk, KEY.Key_Space)
    assert "còn thiếu" in bar(desk)


def test_ctrl_enter_without_a_tick_asks_for_none(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, LOT)
    assert not desk.window.dialog.is_open()
    assert "Chưa chọn phiếu nào" in bar(desk)
    assert port.calls == []


def test_a_slip_to_look_at_is_opened_first_and_numbered_alone(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, KEY.Key_F9)
    assert not desk.window.dialog.is_open()
    assert desk.view.detail.look.isVisible()
    press(desk, KEY.Key_Return)
    assert desk.view.detail.number.isVisible()
    press(desk, KEY.Key_F9)
    give_pin(desk)
    assert port.calls == [("number", (request_id(0),))]


def test_an_incomplete_slip_gets_no_number_even_when_opened(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return, KEY.Key_F9)
    assert not desk.window.dialog.is_open()
    assert "còn thiếu" in bar(desk)
    assert port.calls == []


def test_its_slip_opens_what_needs_a_look_and_ticks_what_is_complete(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, KEY.Key_End)
    desk.robot.burst(slip(0))
    desk.settle()
    assert desk.view.pile.current().request == request_id(0)
    assert desk.view.model.opened == {request_id(0)}
    desk.robot.burst(slip(4))
    desk.settle()
    assert desk.view.model.ticked == {request_id(4)}
    assert port.calls == []


def test_a_strange_code_is_said_to_be_strange(seat: Seat) -> None:
    desk = seat(FakeSigning())
    desk.robot.burst("98765432109876543210")
    desk.settle()
    assert "không có trong xấp" in bar(desk)


@pytest.mark.parametrize(
    ("kind", "words", "told", "opened"),
    [
        ("dossier", "Hồ sơ 01-0028.", "Hồ sơ 01-0028.", ["dossier"]),
        ("request", "Phiếu 01-0002.", "Phiếu 01-0002. Mã vừa quét không có trong xấp", []),
    ],
)
def test_a_slip_that_is_not_of_this_desk_is_opened_or_named(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, kind: str, words: str, told: str, opened: list[str]
) -> None:
    desk = seat(port := FakeSigning())
    press(desk, ALL)
    ticked = set(desk.view.model.ticked)
    found = ScanResult(kind, "0" * 20, words, EntryId(513, 77))
    monkeypatch.setattr(desk.view.context.program.home, "scan", lambda _code: found)
    went: list[tuple[str, object]] = []
    monkeypatch.setattr(desk.window, "open_screen", lambda name, argument: went.append((name, argument)))
    desk.robot.burst("98765432109876543210")
    desk.settle()
    assert bar(desk).startswith(told)
    assert went == [(name, found) for name in opened]
    assert desk.view.model.ticked == ticked
    assert port.calls == []


def test_a_citizens_card_is_left_to_the_shell(seat: Seat) -> None:
    desk = seat(FakeSigning())
    unclaimed: list[str] = []
    desk.window.scan_unclaimed.connect(unclaimed.append)
    desk.robot.burst("012086006812||HOANG VAN SON|14031986|Nam|Binh Lu|01012022")
    desk.settle()
    assert len(unclaimed) == 1


def test_a_wrong_pin_numbers_nothing_and_asks_again_with_the_tries_left(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, ALL, LOT)
    give_pin(desk, "111222")
    assert port.calls == []
    assert desk.window.dialog.is_open()
    give_pin(desk)
    assert [call[0] for call in port.calls] == ["number"]


def test_escape_from_the_pin_numbers_nothing_and_keeps_the_ticks(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, ALL, LOT, KEY.Key_Escape)
    assert port.calls == []
    assert len(desk.view.model.ticked) == 5


def test_the_paper_witness_stands_before_the_first_number(seat: Seat) -> None:
    status = replace(HERE, paper_witness_needed=True, date_confirmation_needed=True)
    desk = seat(port := FakeSigning(status=status))
    press(desk, ALL, LOT)
    assert not desk.window.dialog.is_open()
    assert desk.window.drawer.is_open()
    press(desk, KEY.Key_F9)
    assert port.calls == []
    desk.robot.type("1841")
    press(desk, KEY.Key_Return)
    assert not desk.window.dialog.is_open()
    press(desk, KEY.Key_F9)
    give_pin(desk)
    assert port.calls == [("witness", 1841)]
    give_pin(desk)
    assert [call[0] for call in port.calls] == ["witness", "number"]
    assert not desk.window.drawer.is_open()


def test_a_witness_the_rules_refuse_is_told_at_its_field(seat: Seat) -> None:
    status = replace(HERE, paper_witness_needed=True)
    desk = seat(port := FakeSigning(status=status, wrong_witness=True))
    press(desk, ALL, LOT)
    desk.robot.type("1900")
    press(desk, KEY.Key_F9)
    give_pin(desk)
    assert port.calls == []
    assert "lớn hơn số máy biết" in desk.view.numbering._witness.number.error()


def test_escape_leaves_the_witness_and_f9_means_this_slip_again(seat: Seat) -> None:
    desk = seat(port := FakeSigning(status=replace(HERE, paper_witness_needed=True)))
    press(desk, ALL, LOT, KEY.Key_Escape)
    assert not desk.window.drawer.is_open()
    press(desk, KEY.Key_F9)
    assert "Enter để mở" in bar(desk)
    assert port.calls == []


def test_where_the_pen_is_elsewhere_nothing_is_numbered_and_words_say_where(seat: Seat) -> None:
    desk = seat(port := FakeSigning(status=ELSEWHERE))
    assert desk.view.parts.elsewhere.isVisible()
    assert not desk.view.pile.number.isEnabled()
    press(desk, ALL, LOT)
    assert not desk.window.dialog.is_open()
    assert "BÀN KÝ" in bar(desk)
    assert port.calls == []


def test_without_the_right_the_pile_is_read_only_but_ink_is_confirmed(seat: Seat) -> None:
    desk = seat(port := FakeSigning(), CLERK)
    press(desk, ALL, LOT)
    assert "Không có quyền cấp số" in bar(desk)
    press(desk, TO_INK, KEY.Key_F9)
    assert [call[0] for call in port.calls] == ["confirm"]


def test_r_gives_a_slip_back_with_the_reason_of_its_digit(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, KEY.Key_Down, KEY.Key_R, KEY.Key_3)
    assert port.calls == []
    press(desk, KEY.Key_F9)
    assert port.calls == [("return", request_id(1), "fee", "")]


def test_f9_with_none_ticked_confirms_the_whole_lot(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    lot = port.lot_rows[0].lot
    press(desk, TO_INK, KEY.Key_F9)
    assert port.calls == [("confirm", lot, None)]


def test_f9_records_only_the_ticked_lines(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, TO_INK, KEY.Key_Space, KEY.Key_Space, KEY.Key_F9)
    (call,) = port.calls
    assert [one.seq for one in call[2]] == [1000 + 1837, 1000 + 1838]


def test_an_unsigned_paper_is_struck_and_keeps_its_line(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, TO_INK, KEY.Key_R, KEY.Key_1, KEY.Key_F9)
    (call,) = port.calls
    assert (call[0], call[1].seq, call[2]) == ("strike", 2837, "pages")
    shown = [line.number for line in desk.view.lines.rows.rows() if line.state == "struck"]
    assert shown == [1837]
    assert desk.view.lines.rows.cell(9, 1).struck


def test_a_struck_or_signed_line_is_not_struck_again(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, TO_INK, KEY.Key_Home, KEY.Key_R)
    assert not desk.window.dialog.is_open()
    assert "không còn chờ ký" in bar(desk)
    assert port.calls == []


def test_escape_goes_from_ink_to_the_pile(seat: Seat) -> None:
    desk = seat(FakeSigning())
    press(desk, TO_INK)
    assert desk.view.lines.isVisible()
    press(desk, KEY.Key_Escape)
    assert desk.view.detail.isVisible()
    assert desk.view.pile.table.hasFocus()


def test_ctrl_4_with_nothing_at_the_signatory_says_so_and_f9_stays_harmless(seat: Seat) -> None:
    desk = seat(port := FakeSigning(lot_rows=[], lines={}))
    press(desk, TO_INK)
    assert "Không có số nào chờ" in bar(desk)
    press(desk, KEY.Key_F9)
    assert port.calls == []


def test_failed_texts_open_the_dialog_and_the_numbers_stand(seat: Seat) -> None:
    papers = FakePapers(failing={71})
    desk = seat(port := FakeSigning(), papers=papers)
    press(desk, ALL, LOT)
    give_pin(desk)
    assert [call[0] for call in port.calls] == ["number"]
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_Escape)
    assert papers.calls == []


def test_p_prints_the_texts_again_with_a_reason(seat: Seat) -> None:
    papers = FakePapers()
    desk = seat(FakeSigning(), papers=papers)
    press(desk, ALL, LOT)
    give_pin(desk)
    press(desk, KEY.Key_P, KEY.Key_2, KEY.Key_F9)
    assert papers.calls == [("reprint", 71, "Bản in mờ")]


def test_tabs_by_digit_give_up_the_ticks_of_the_other_queue(seat: Seat) -> None:
    desk = seat(FakeSigning())
    press(desk, ALL, KEY.Key_2)
    assert desk.view.model.kind == "signature"
    assert desk.view.model.ticked == set()


def test_ctrl_dot_goes_to_what_needs_a_person(seat: Seat) -> None:
    desk = seat(FakeSigning())
    press(desk, (KEY.Key_Period, CTRL))
    assert desk.view.pile.current().request == request_id(3)
    press(desk, (KEY.Key_Period, CTRL))
    assert desk.view.pile.current().request == request_id(0)


def every_input(window: QWidget) -> list[QWidget]:
    """All that can take keys on the screen now."""
    wanted = [w for w in window.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    return [w for w in wanted if w.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(w, QLineEdit)]


@pytest.mark.parametrize("suffix", [KEY.Key_Return, KEY.Key_Tab, None])
def test_a_burst_into_anything_commits_nothing(seat: Seat, suffix: Qt.Key | None) -> None:
    desk = seat(port := FakeSigning())
    press(desk, ALL)
    for widget in every_input(desk.window):
        widget.setFocus()
        desk.robot.burst(slip(6), suffix)
        desk.settle()
        assert not desk.window.dialog.is_open(), widget
    press(desk, TO_INK)
    for widget in every_input(desk.window):
        widget.setFocus()
        desk.robot.burst("04711991234567890123", suffix)
        desk.settle()
    assert port.calls == []


def test_enter_and_escape_commit_nothing_in_either_part(seat: Seat) -> None:
    desk = seat(port := FakeSigning())
    press(desk, ALL, KEY.Key_Return, KEY.Key_Escape, TO_INK, KEY.Key_Space, KEY.Key_Return, KEY.Key_Escape)
    assert port.calls == []


def test_the_legend_names_the_keys_of_the_part(seat: Seat) -> None:
    desk = seat(FakeSigning())
    assert "Ctrl Enter" in [hint.keys for hint in desk.view.legend()]
    press(desk, TO_INK)
    assert "Ctrl Enter" not in [hint.keys for hint in desk.view.legend()]


def test_an_act_that_ends_soon_turns_the_banner_amber(seat: Seat) -> None:
    desk = seat(FakeSigning(act=Banner(ACT, "Quyết định còn 6 ngày.")))
    assert desk.view.parts.banner.property("kind") == "warn"
    desk = seat(FakeSigning())
    assert desk.view.parts.banner.property("kind") == "conf"


def test_a_list_that_cannot_be_read_says_why_and_f5_reads_again(seat: Seat) -> None:
    port = FakeSigning(trouble=RuntimeError("hỏng"))
    desk = seat(port)
    assert not desk.view.pile.table.isVisible()
    port.trouble = None
    press(desk, KEY.Key_F5)
    assert desk.view.pile.table.isVisible()


def test_after_the_last_slip_is_numbered_ctrl_4_still_works(seat: Seat) -> None:
    desk = seat(port := FakeSigning(rows=long_pile(1), lot_rows=[], lines={}))
    press(desk, ALL, LOT)
    give_pin(desk)
    assert desk.view.pile.rows.rows() == ()
    press(desk, TO_INK, KEY.Key_F9)
    assert [call[0] for call in port.calls] == ["number", "confirm"]


def test_slips_for_different_people_ask_who_signs_the_lot(seat: Seat) -> None:
    desk = seat(port := FakeSigning(differing=True))
    press(desk, ALL, LOT)
    give_pin(desk)
    assert port.calls == []
    press(desk, KEY.Key_2, KEY.Key_F9)
    give_pin(desk)
    ((name, requests, signatory),) = port.calls
    assert (name, len(requests), signatory) == ("number", 5, SIGNATORIES[1].official)


def test_leaving_the_question_who_signs_numbers_nothing(seat: Seat) -> None:
    desk = seat(port := FakeSigning(differing=True))
    press(desk, ALL, LOT)
    give_pin(desk)
    press(desk, KEY.Key_Escape)
    assert port.calls == []
    assert len(desk.view.model.ticked) == 5


GROUP_SLIP = "000001261120001805"


def test_a_groups_slip_ticks_everybody_of_it_who_is_complete(seat: Seat) -> None:
    port = FakeSigning()
    everybody = tuple(row.request for row in port.rows[:4])
    complete = {row.request for row in port.rows[:4] if row.check == "complete"}
    assert 0 < len(complete) < 4, "the pile must hold both kinds"
    port.groups = {GROUP_SLIP: everybody}
    desk = seat(port)
    desk.robot.burst(GROUP_SLIP)
    desk.settle()
    assert desk.view.model.ticked == complete
    words = desk.window.bar.words()
    assert f"đã chọn {len(complete)} phiếu Đủ" in words
    assert f"Còn {4 - len(complete)} phiếu" in words
    assert port.calls == []


def test_a_groups_slip_leaves_other_ticks_and_numbers_nothing(seat: Seat) -> None:
    port = FakeSigning()
    complete = [row.request for row in port.rows if row.check == "complete"]
    port.groups = {GROUP_SLIP: (complete[-1],)}
    desk = seat(port)
    desk.view.model.turn(complete[0], True)
    desk.robot.burst(GROUP_SLIP)
    desk.settle()
    assert desk.view.model.ticked == {complete[0], complete[-1]}
    assert port.calls == []
