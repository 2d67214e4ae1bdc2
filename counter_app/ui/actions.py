"""The one key map (ux.md 2.1): canonical keys become an ``Action``; no screen binds keys of its own.

F9 is the only commit. Single letters and Space act only in lists, never with a modifier and never while a
text has focus or an input method composes. What a list of a screen does not use goes on as an ordinary key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QKeyCombination, Qt

_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_K = Qt.Key


class Action(StrEnum):
    """What a key means. The screen in front receives all but the shell's own."""

    HELP = "help"
    SEARCH = "search"
    NEXT_TASK = "next_task"
    REFRESH = "refresh"
    LOCK = "lock"
    SIGN_OUT = "sign_out"
    ESCAPE = "escape"
    COMMIT = "commit"
    PREVIEW = "preview"
    PART_1 = "part_1"
    PART_2 = "part_2"
    PART_3 = "part_3"
    PART_4 = "part_4"
    DUPLICATE_ROW = "duplicate_row"
    DELETE_ROW = "delete_row"
    UNDO = "undo"
    SEEN = "seen"
    EXPLAIN = "explain"
    ASK_BACK = "ask_back"
    PAY_WHEN = "pay_when"
    REUSE_ROWS = "reuse_rows"
    SCHOOL_LOT = "school_lot"
    SIGNERS = "signers"
    OPEN_EXISTING = "open_existing"
    EXPORT = "export"
    # Lists only, without text focus:
    TICK_ALL = "tick_all"
    COMMIT_TICKED = "commit_ticked"
    TICK = "tick"
    OPEN = "open"
    TAB_1 = "tab_1"
    TAB_2 = "tab_2"
    TAB_3 = "tab_3"
    TAB_4 = "tab_4"
    TAB_5 = "tab_5"
    TAB_6 = "tab_6"
    TAB_7 = "tab_7"
    GIVE_BACK = "give_back"
    PRINT_AGAIN = "print_again"
    ASK_SUPPLEMENT = "ask_supplement"
    SCAN_PAPER = "scan_paper"
    LOOK_UP = "look_up"


@dataclass(frozen=True, slots=True)
class Binding:
    """One key of the map: the action, the cap shown to people, and whether it needs list focus."""

    action: Action
    key: Qt.Key
    modifier: Qt.KeyboardModifier = _NONE
    cap: str = ""
    in_lists: bool = False


KEY_MAP: tuple[Binding, ...] = (
    Binding(Action.HELP, _K.Key_F1, cap="F1"),
    Binding(Action.HELP, _K.Key_Slash, _CTRL, "Ctrl /"),
    Binding(Action.REFRESH, _K.Key_F5, cap="F5"),
    Binding(Action.COMMIT, _K.Key_F9, cap="F9"),
    Binding(Action.LOCK, _K.Key_F12, cap="F12"),
    Binding(Action.LOCK, _K.Key_L, _CTRL, "Ctrl L"),
    Binding(Action.SIGN_OUT, _K.Key_F12, _SHIFT, "Shift F12"),
    Binding(Action.SEARCH, _K.Key_K, _CTRL, "Ctrl K"),
    Binding(Action.NEXT_TASK, _K.Key_Period, _CTRL, "Ctrl ."),
    Binding(Action.ESCAPE, _K.Key_Escape, cap="Esc"),
    Binding(Action.PREVIEW, _K.Key_P, _CTRL, "Ctrl P"),
    Binding(Action.PART_1, _K.Key_1, _CTRL, "Ctrl 1"),
    Binding(Action.PART_2, _K.Key_2, _CTRL, "Ctrl 2"),
    Binding(Action.PART_3, _K.Key_3, _CTRL, "Ctrl 3"),
    Binding(Action.PART_4, _K.Key_4, _CTRL, "Ctrl 4"),
    Binding(Action.DUPLICATE_ROW, _K.Key_D, _CTRL, "Ctrl D"),
    Binding(Action.DELETE_ROW, _K.Key_Minus, _CTRL, "Ctrl −"),
    Binding(Action.UNDO, _K.Key_Z, _CTRL, "Ctrl Z"),
    Binding(Action.SEEN, _K.Key_Return, _ALT, "Alt Enter"),
    Binding(Action.EXPLAIN, _K.Key_T, _CTRL, "Ctrl T"),
    Binding(Action.ASK_BACK, _K.Key_H, _CTRL, "Ctrl H"),
    Binding(Action.PAY_WHEN, _K.Key_M, _CTRL, "Ctrl M"),
    Binding(Action.REUSE_ROWS, _K.Key_R, _CTRL, "Ctrl R"),
    Binding(Action.SCHOOL_LOT, _K.Key_B, _CTRL, "Ctrl B"),
    Binding(Action.SIGNERS, _K.Key_G, _CTRL, "Ctrl G"),
    Binding(Action.OPEN_EXISTING, _K.Key_O, _CTRL, "Ctrl O"),
    Binding(Action.EXPORT, _K.Key_E, _CTRL, "Ctrl E"),
    Binding(Action.TICK_ALL, _K.Key_A, _CTRL, "Ctrl A", in_lists=True),
    Binding(Action.COMMIT_TICKED, _K.Key_Return, _CTRL, "Ctrl Enter", in_lists=True),
    Binding(Action.TICK, _K.Key_Space, cap="Space", in_lists=True),
    Binding(Action.OPEN, _K.Key_Return, cap="Enter", in_lists=True),
    Binding(Action.TAB_1, _K.Key_1, cap="1", in_lists=True),
    Binding(Action.TAB_2, _K.Key_2, cap="2", in_lists=True),
    Binding(Action.TAB_3, _K.Key_3, cap="3", in_lists=True),
    Binding(Action.TAB_4, _K.Key_4, cap="4", in_lists=True),
    Binding(Action.TAB_5, _K.Key_5, cap="5", in_lists=True),
    Binding(Action.TAB_6, _K.Key_6, cap="6", in_lists=True),
    Binding(Action.TAB_7, _K.Key_7, cap="7", in_lists=True),
    Binding(Action.GIVE_BACK, _K.Key_R, cap="R", in_lists=True),
    Binding(Action.PRINT_AGAIN, _K.Key_P, cap="P", in_lists=True),
    Binding(Action.ASK_SUPPLEMENT, _K.Key_B, cap="B", in_lists=True),
    Binding(Action.SCAN_PAPER, _K.Key_Q, cap="Q", in_lists=True),
    Binding(Action.LOOK_UP, _K.Key_T, cap="T", in_lists=True),
)

SCREEN_KEYS: dict[Qt.Key, str] = {
    _K.Key_F2: "F2", _K.Key_F3: "F3", _K.Key_F4: "F4",
    _K.Key_F6: "F6", _K.Key_F7: "F7", _K.Key_F8: "F8",
}  # fmt: skip
"""Keys that bring a screen to the front; which one, the rail of the role says."""

_LETTERS = frozenset(
    {Action.GIVE_BACK, Action.PRINT_AGAIN, Action.ASK_SUPPLEMENT, Action.SCAN_PAPER, Action.LOOK_UP}
)


def _canonical(key: int, modifiers: Qt.KeyboardModifier) -> tuple[int, Qt.KeyboardModifier]:
    """Keypad Enter is Enter, keypad digits are digits, Ctrl+keypad minus is Ctrl+minus."""
    key = int(_K.Key_Return) if key == _K.Key_Enter else key
    return key, modifiers & ~_KEYPAD


def action_for(combination: QKeyCombination, *, in_list: bool, letter_keys: bool = True) -> Action | None:
    """The meaning of a key press, or None when the key belongs to the focused widget.

    ``in_list``: focus is in a list, not in a text. ``letter_keys``: the setting that switches single
    letters off (WCAG 2.1.4).
    """
    key, modifiers = _canonical(int(combination.key()), combination.keyboardModifiers())
    for binding in KEY_MAP:
        if int(binding.key) != key or binding.modifier != modifiers:
            continue
        if binding.in_lists and not in_list:
            continue
        if binding.action in _LETTERS and not letter_keys:
            continue
        return binding.action
    return None


def screen_key(combination: QKeyCombination) -> str:
    """``"F4"`` for a plain screen key, ``""`` otherwise."""
    if combination.keyboardModifiers() & ~_KEYPAD:
        return ""
    return SCREEN_KEYS.get(combination.key(), "")


def cap_of(action: Action) -> str:
    """The key as shown on a cap: the first binding of the action."""
    return next(binding.cap for binding in KEY_MAP if binding.action is action)
