"""Keys and scans: a burst commits nothing and leaves nothing behind; typing arrives; the map is the map."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QWidget

from counter_app.ui.actions import KEY_MAP, SCREEN_KEYS, Action, action_for, cap_of
from counter_app.ui.shell.window import Window
from counter_app.ui.wedge import RepeatedScans, Stroke, code_of, is_burst, wait_ms
from counter_app.ui.widgets.fields.pin import PinBox
from counter_app.ui.widgets.lists.table import TableView
from tests.ui.robot import Robot
from tests.ui.samples import SampleCopies, SampleHome, build_window

CODE = "0339000212611200018"
Desk = tuple[Window, Robot]


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    window = build_window()
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    robot = Robot(themed, window)
    yield window, robot
    robot.leave()
    window.close()
    window.deleteLater()


def copies(window: Window) -> SampleCopies:
    window.open_screen("copies")
    view = window.current_view()
    assert isinstance(view, SampleCopies)
    return view


def home(window: Window) -> SampleHome:
    window.open_screen("home")
    view = window.current_view()
    assert isinstance(view, SampleHome)
    view.done.clear()
    return view


def strokes(text: str, gaps: list[float]) -> list[Stroke[None]]:
    at, made = 0.0, []
    for character, gap in zip(text, gaps, strict=True):
        at += gap
        made.append(Stroke(character, at, None))
    return made


def test_keys_waited_for_when_the_window_goes_are_dropped(themed: QApplication) -> None:
    """A scan in the last moment before the window closes: its timer finds nobody, and says nothing."""
    window = build_window()
    window.show()
    robot = Robot(themed, window)
    for character in CODE:
        robot.now += 8.0
        QTest.keyClick(window, Qt.Key(ord(character)))
    robot.leave()
    window.close()
    shiboken6.delete(window)
    robot.keyboard.settle()


# --- the rule of the burst ---


@pytest.mark.parametrize(
    ("text", "gap", "burst"),
    [
        ("012345", 8, True),
        ("01234", 8, False),  # five keys
        ("012345", 34, True),
        ("012345", 36, False),  # a fast typist
        ("000111", 8, False),  # two different characters
        ("001122", 8, False),  # three
        ("001223", 8, True),  # four
        ("nguyen thi dao", 70, False),
    ],
)
def test_what_is_a_burst(text: str, gap: float, burst: bool) -> None:
    assert is_burst(strokes(text, [gap] * len(text))) is burst


def test_the_median_forgives_a_stutter() -> None:
    assert is_burst(strokes("01234567", [8, 8, 70, 8, 8, 8, 60, 8]))
    assert not is_burst(strokes("01234567", [8, 70, 70, 70, 8, 60, 60, 8]))


def test_control_prefixes_do_not_count_and_are_stripped() -> None:
    prefixed = strokes("\x02\x1d012345", [8] * 8)
    assert is_burst(prefixed)
    assert code_of(prefixed) == "012345"
    assert not is_burst(strokes("\x02\x1d\x1d0123", [8] * 7))


def test_three_fast_keys_are_waited_for_longer() -> None:
    assert wait_ms(strokes("01", [8, 8])) == 40
    assert wait_ms(strokes("012", [8, 8, 8])) == 80
    assert wait_ms(strokes("012", [8, 120, 120])) == 40


def test_the_same_code_within_300_ms_is_one_scan() -> None:
    repeats = RepeatedScans()
    assert not repeats.is_repeat("1", 0)
    assert repeats.is_repeat("1", 299)
    assert not repeats.is_repeat("1", 600)
    assert not repeats.is_repeat("2", 610)


# --- bursts on the screens ---


def test_a_burst_reaches_the_screen_whole_and_commits_nothing(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    robot.burst(CODE)
    assert view.scans == [CODE]
    assert view.commits == 0


@pytest.mark.parametrize("suffix", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, None])
def test_a_burst_into_every_field_leaves_all_as_it_was(desk: Desk, suffix: Qt.Key | None) -> None:
    window, robot = desk
    view = copies(window)
    places = [w for w in view.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(places) > 10
    for scanned, place in enumerate(places, start=1):
        before = [line.text() for line in view.findChildren(QLineEdit)]
        place.setFocus()
        focus = robot.focus()
        robot.burst(f"{CODE}{scanned}", suffix)
        assert [line.text() for line in view.findChildren(QLineEdit)] == before
        assert view.scans[-1] == f"{CODE}{scanned}"
        assert robot.focus() is focus
    assert view.commits == 0
    assert not window.dialog.is_open()


def test_a_burst_into_a_list_presses_no_letter_and_no_tab(desk: Desk) -> None:
    window, robot = desk
    view = home(window)
    robot.burst("1RPBQ 12345")
    assert view.done == []


def test_a_burst_does_not_fill_the_pin_box(desk: Desk) -> None:
    window, robot = desk
    given: list[str] = []
    pin = window.dialog.ask_pin("Cấp số", "", given.append)
    assert isinstance(pin, PinBox)
    robot.burst("1234567890")
    robot.key(Qt.Key.Key_Return)
    assert given == []
    assert window.dialog.is_open()


def test_a_scan_while_a_dialog_stands_opens_nothing(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    window.ask_reason("Trả lại", (("a", "Sai phí"),), lambda _code, _text: None)
    robot.burst(CODE)
    assert view.scans == []
    assert window.dialog.is_open()


def test_a_scan_nobody_takes_is_looked_up(desk: Desk) -> None:
    window, robot = desk
    home(window)
    codes: list[str] = []
    window.scan_unclaimed.connect(codes.append)
    robot.burst("\x02" + CODE)
    assert codes == [CODE]


def test_a_slow_start_is_taken_back_out_of_the_field(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    view.name.edit.setFocus()
    view.name.edit.setText("VÀNG")
    robot.burst("0123456789", gaps=[8, 60, 8, 8, 8, 8, 8, 8, 8, 8])
    assert view.scans == ["0123456789"]
    assert view.name.edit.text() == "VÀNG"


def test_an_enter_that_comes_late_is_still_the_scanners(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    focus = robot.focus()
    robot.burst(CODE, None)
    robot.now -= 900  # 100 ms after the last key
    robot.press_now(Qt.Key.Key_Return)
    assert view.scans == [CODE]
    assert robot.focus() is focus
    robot.press_now(Qt.Key.Key_Return)
    assert robot.focus() is view.name.edit


def test_the_same_scan_twice_is_told_once(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    robot.burst(CODE)
    robot.now -= 900
    robot.burst(CODE)
    assert view.scans == [CODE]
    robot.burst(CODE)
    assert view.scans == [CODE, CODE]


def test_a_held_key_is_no_scanner(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    view.name.edit.clear()
    view.name.edit.setFocus()
    robot.hold_down(Qt.Key.Key_A, "a", 12)
    assert view.scans == []
    assert view.name.edit.text() == "a" * 12


# --- typing ---


def test_what_a_person_types_arrives_in_order(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    view.name.edit.clear()
    view.name.edit.setFocus()
    robot.type("Lý Thị Ẩm 1951")
    assert view.name.text() == "Lý Thị Ẩm 1951"
    assert view.scans == []


def test_a_fast_typist_is_no_scanner(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    view.name.edit.clear()
    view.name.edit.setFocus()
    robot.type("hoang van son", gap=45)
    assert view.name.text() == "hoang van son"
    assert view.scans == []


def test_a_tap_shorter_than_the_wait_presses_the_button_once(desk: Desk) -> None:
    """The press is held back to see whether a burst begins; its release must not overtake it."""
    window, robot = desk
    box, pressed = QCheckBox("bản sao", copies(window)), list[bool]()
    box.toggled.connect(pressed.append)
    box.show()
    box.setFocus()
    robot.key(Qt.Key.Key_Space)
    assert (box.isChecked(), box.isDown()) == (True, False)
    robot.press_now(Qt.Key.Key_Space)
    robot.press_now(Qt.Key.Key_Space)
    robot.keyboard.settle()
    assert pressed == [True, False, True]


def test_corrections_keep_their_place_among_letters(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    view.name.edit.clear()
    view.name.edit.setFocus()
    robot.type("ab")
    robot.key(Qt.Key.Key_Backspace)
    robot.type("c")
    assert view.name.text() == "ac"


def test_enter_goes_to_the_next_field_and_commits_nothing(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    robot.key(Qt.Key.Key_Return)
    assert view.name.edit.hasFocus()
    robot.key(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert view.birth.edit.hasFocus()
    robot.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.name.edit.hasFocus()
    assert view.commits == 0


def test_f9_commits_once_and_nothing_else_does(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    for binding in KEY_MAP:
        if binding.action not in (Action.COMMIT, Action.LOCK):
            view.identity.edit.setFocus()
            robot.key(binding.key, binding.modifier)
            window.dialog.close_dialog()
            window.drawer.close_panel()
            window.open_screen("copies")
    assert view.commits == 0
    robot.key(Qt.Key.Key_F9)
    assert view.commits == 1


# --- the map ---


def meaning(
    key: Qt.Key, modifier: Qt.KeyboardModifier, *, in_list: bool, letters: bool = True
) -> Action | None:
    return action_for(QKeyCombination(modifier, key), in_list=in_list, letter_keys=letters)


def test_no_key_means_two_things() -> None:
    pairs = [(binding.key, binding.modifier) for binding in KEY_MAP]
    assert len(pairs) == len(set(pairs))
    assert not {binding.key for binding in KEY_MAP} & set(SCREEN_KEYS)
    assert Qt.Key.Key_F10 not in {binding.key for binding in KEY_MAP}


def test_no_combination_an_input_method_uses() -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    assert [b.key for b in KEY_MAP if b.modifier & shift] == [Qt.Key.Key_F12]  # no letter, no Ctrl
    assert not [b for b in KEY_MAP if b.modifier & shift and b.modifier & Qt.KeyboardModifier.ControlModifier]
    assert meaning(Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier, in_list=True) is None


def test_letters_mean_something_in_lists_alone_and_never_with_a_modifier() -> None:
    none, ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    assert meaning(Qt.Key.Key_R, none, in_list=True) is Action.GIVE_BACK
    assert meaning(Qt.Key.Key_R, none, in_list=False) is None
    assert meaning(Qt.Key.Key_R, none, in_list=True, letters=False) is None
    assert meaning(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier, in_list=True) is None
    assert meaning(Qt.Key.Key_A, ctrl, in_list=False) is None
    assert meaning(Qt.Key.Key_A, ctrl, in_list=True) is Action.TICK_ALL


def test_the_keypad_counts_as_the_keys() -> None:
    pad = Qt.KeyboardModifier.KeypadModifier
    assert meaning(Qt.Key.Key_Enter, pad, in_list=True) is Action.OPEN
    assert (
        meaning(Qt.Key.Key_Minus, pad | Qt.KeyboardModifier.ControlModifier, in_list=False)
        is Action.DELETE_ROW
    )


def test_caps_are_what_people_read() -> None:
    assert cap_of(Action.COMMIT) == "F9"
    assert cap_of(Action.COMMIT_TICKED) == "Ctrl Enter"
    assert all(binding.cap for binding in KEY_MAP)


def test_list_keys_reach_the_screen_only_from_a_list(desk: Desk) -> None:
    window, robot = desk
    view = home(window)
    view.table.setFocus()
    robot.key(Qt.Key.Key_R)
    robot.key(Qt.Key.Key_1)
    assert view.done == ["give_back", "tab_1"]
    window.top.search.setFocus()
    robot.type("r1")
    assert view.done == ["give_back", "tab_1"]
    assert window.top.search.text() == "r1"


def test_nothing_is_mapped_while_an_input_method_composes(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    view.name.edit.setFocus()
    robot.compose("ngu")
    robot.key(Qt.Key.Key_F9)
    assert view.commits == 0
    robot.compose("")
    robot.key(Qt.Key.Key_F9)
    assert view.commits == 1


def test_screen_keys_follow_the_rail(desk: Desk) -> None:
    window, robot = desk
    robot.key(Qt.Key.Key_F4)
    assert window.current_name() == "copies"
    robot.key(Qt.Key.Key_F2)
    assert window.current_name() == "home"
    window.ask_pin("PIN", "", lambda _pin: None)
    robot.key(Qt.Key.Key_F4)
    assert window.current_name() == "home"


def test_whole_flow_without_a_mouse_shows_where_focus_is(desk: Desk) -> None:
    window, robot = desk
    view = copies(window)
    seen: list[QWidget] = []
    for _ in range(14):
        focus = robot.focus()
        assert isinstance(focus, QLineEdit | TableView | QAbstractButton | PinBox)
        assert view.isAncestorOf(focus)
        seen.append(focus)
        robot.key(Qt.Key.Key_Tab)
    assert len(set(map(id, seen))) >= 8
