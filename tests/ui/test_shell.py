"""The frame: rail of the role, keys of the shell, one bar, one drawer, one dialog, room on a small screen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QWidget

from counter_app.domain.errors import DomainError
from counter_app.services.ports import exchange
from counter_app.ui import i18n
from counter_app.ui.actions import Action
from counter_app.ui.screens import rail_for
from counter_app.ui.screens.contract import BarAction, KeyHint, PrintChoice, ScreenEntry
from counter_app.ui.shell.rail import Rail, RailItem
from counter_app.ui.shell.topbar import PillState, pill_state
from counter_app.ui.shell.window import Window
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.text import label
from tests.ui.robot import Robot, squeezed
from tests.ui.samples import ENTRIES, SampleCopies, SampleHome, build_window

ROOT = Path(__file__).resolve().parents[2]
Desk = tuple[Window, Robot]


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    window = build_window()
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    robot = Robot(themed, window)
    yield window, robot
    robot.leave()
    window.close()
    window.deleteLater()


def click(window: Window, words: str) -> None:
    """Clicks the visible button with these words."""
    found = [b for b in window.findChildren(Button) if b.words() == words and b.isVisible()]
    assert len(found) == 1, words
    found[0].click()


# --- room ---


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("name", ["home", "copies"])
def test_fits_the_small_screen(themed: QApplication, theme: str, scale: float, name: str) -> None:
    themes.apply(themed, Theme(theme, scale))
    window = build_window(practice=False)
    window.resize(1366, 697)
    window.show()
    window.open_screen(name)
    themed.processEvents()
    least = window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
    assert (window.width(), window.height()) == (1366, 697)
    assert window.rail.is_narrow() is (scale > 1.15)
    assert squeezed(window) == []
    window.close()
    themes.apply(themed, Theme())


def test_the_rail_collapses_on_a_narrow_window(desk: Desk) -> None:
    window, _ = desk
    assert not window.rail.is_narrow()
    window.resize(1279, 768)
    assert window.rail.is_narrow()
    item = window.findChildren(RailItem)[0]
    assert item.toolTip() == "Bàn làm việc (F2)"
    window.resize(1280, 768)
    assert not window.rail.is_narrow()


# --- rail ---


def entry(
    name: str, permission: str = "", roles: frozenset[str] = frozenset(), on_rail: bool = True
) -> ScreenEntry:
    return ScreenEntry(name, name, permission, "", "home", SampleHome, roles=roles, on_rail=on_rail)


def test_the_rail_is_built_from_the_role() -> None:
    entries = (
        entry("home"),
        entry("submit", "sign.submit", frozenset({"intake"})),
        entry("sign", "sign.lot"),
        entry("signin", on_rail=False),
    )
    clerk = rail_for(entries, frozenset({"sign.submit"}), frozenset({"intake"}))
    signer = rail_for(entries, frozenset({"sign.lot", "sign.submit"}), frozenset({"signer"}))
    assert [one.name for one in clerk] == ["home", "submit"]
    assert [one.name for one in signer] == ["home", "sign"]


def test_badges_are_said_aloud_and_vanish_at_zero(desk: Desk) -> None:
    window, _ = desk
    items = {item.entry.name: item for item in window.findChildren(RailItem)}
    assert items["signing"].accessibleName() == "Trình ký: 6 việc (F7)"
    assert items["online"].accessibleName() == "Trực tuyến chờ tiếp nhận: 5 việc"
    window.show_badges({})
    assert items["signing"].accessibleName() == "Trình ký (F7)"


def test_a_screen_without_a_line_leaves_none_lit(desk: Desk) -> None:
    rail = desk[0].rail

    def lit() -> list[str]:
        return [name for name, item in rail._items.items() if item.isChecked()]

    before = lit()
    assert len(before) == 1
    rail.show_current("check")
    assert lit() == []
    rail.show_current(before[0])
    assert lit() == before


@pytest.mark.parametrize("scale", [1.15, 1.3, 1.5])
def test_a_badge_stands_beside_the_icon_on_a_narrow_rail(themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    rail = Rail()
    rail.show_entries((entry("home"),))
    rail.set_narrow(True)
    rail.resize(rail.width(), 300)
    item = rail._items["home"]
    item.resize(rail.width() - 20, 44)
    theme = themes.current()
    icon_ends = item.icon_left() + theme.size(20)
    badge_begins = item.width() - painting.count_width(theme, "9")
    themes.apply(themed, Theme())
    assert badge_begins >= icon_ends - theme.size(20) // 4, "at most a corner of the icon is covered"


def test_a_click_on_the_rail_opens_and_marks(desk: Desk) -> None:
    window, robot = desk
    items = {item.entry.name: item for item in window.findChildren(RailItem)}
    robot.click(items["copies"])
    assert window.current_name() == "copies"
    assert items["copies"].isChecked()
    assert not items["home"].isChecked()


def test_screens_are_loaded_when_first_shown_and_once(themed: QApplication) -> None:
    loads: list[str] = []

    def loading(one: ScreenEntry) -> ScreenEntry:
        def load(context: object) -> object:
            loads.append(one.name)
            return one.load(context)  # type: ignore[arg-type]

        return replace(one, load=load)  # type: ignore[arg-type]

    window = build_window()
    entries = [loading(one) for one in ENTRIES]
    context = window._context
    assert context is not None
    window.start(entries, entries, context)
    assert loads == ["home"]
    for name in ("copies", "home", "copies", "nothing"):
        window.open_screen(name, "x")
    assert loads == ["home", "copies"]
    assert window.current_name() == "copies"


def test_the_screen_gets_its_argument_and_news(desk: Desk) -> None:
    window, _ = desk
    window.open_screen("home", 42)
    view = window.current_view()
    assert isinstance(view, SampleHome)
    assert view.done[-1] == "shown 42"
    window.screens_changed(frozenset({"registers", "copies"}))
    assert view.done[-1] == "changed ['copies', 'registers']"


def test_entries_import_no_widgets() -> None:
    code = (
        "import sys, counter_app.ui.screens as s; "
        "bad = [m for m in sys.modules if m.startswith('counter_app.ui.screens.') and m.endswith('.view')]; "
        "print(bad, 'PySide6.QtWidgets' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"


# --- top bar and legend ---


def test_title_small_words_and_legend_follow_the_screen(desk: Desk) -> None:
    window, _ = desk
    window.open_screen("copies")
    assert window.top.title() == "Chứng thực bản sao"
    hints = window.legend.hints()
    assert hints[-1] == KeyHint("F1", "Trợ giúp")
    assert KeyHint("F9", "Lưu và in") in hints


def test_a_short_legend_keeps_the_commit_key(desk: Desk) -> None:
    window, _ = desk
    window.open_screen("copies")
    hints = window.legend._hints
    keys = [hint.keys for hint in hints.fitting(260)]
    assert keys[-2:] == ["F9", "F1"]
    assert len(keys) < len(window.legend.hints())


@pytest.mark.parametrize(
    ("kind", "look"),
    [(exchange.SYNCED, "ok"), (exchange.SENDING, "primary"), (exchange.SLOW, "primary"),
     (exchange.OFFLINE, "wait"), (exchange.UNKNOWN, "wait"), (exchange.OLD, "warn"), ("of tomorrow", "wait")],
)  # fmt: skip
def test_only_synced_is_green_and_offline_is_calm(kind: str, look: str) -> None:
    assert pill_state(exchange.Pill(kind, "chữ", 0)).kind == look


def test_tasks_are_counted_apart_and_hidden_at_none(desk: Desk) -> None:
    window, _ = desk
    assert window.top.tasks.state() == PillState("3 việc chờ xử lý", "bad", "alert-triangle")
    window.top.show_tasks(0)
    assert window.top.tasks.isHidden()


# --- keys of the shell ---


def test_ctrl_k_goes_to_the_box_and_esc_comes_back(desk: Desk) -> None:
    window, robot = desk
    window.open_screen("copies")
    robot.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top.search.hasFocus()
    robot.key(Qt.Key.Key_Escape)
    assert not window.top.search.hasFocus()
    assert window.current_name() == "copies"


def test_esc_is_later_and_goes_home_last(desk: Desk) -> None:
    window, robot = desk
    window.open_screen("copies")
    window.open_panel("Xem trước", label("…"))
    robot.key(Qt.Key.Key_Escape)
    assert (window.drawer.is_open(), window.current_name()) == (False, "copies")
    robot.key(Qt.Key.Key_Escape)
    assert window.current_name() == "home"
    robot.key(Qt.Key.Key_Escape)
    assert window.current_name() == "home"


def test_f1_opens_help_with_the_keys_and_closes_it(desk: Desk) -> None:
    window, robot = desk
    window.open_screen("copies")
    focus = robot.focus()
    robot.key(Qt.Key.Key_F1)
    assert window.drawer.title() == "Trợ giúp: Chứng thực bản sao"
    words = {one.text() for one in window.drawer.findChildren(type(label()))}
    assert {"F9", "Lưu và in"} <= words
    robot.key(Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert not window.drawer.is_open()
    assert robot.focus() is focus


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)],
)
def test_lock_closes_a_standing_dialog(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    window, robot = desk
    asked: list[bool] = []
    window.lock_asked.connect(lambda: asked.append(True))
    robot.key(key, modifier)
    assert asked == [True]
    window.ask_pin("PIN", "", lambda _pin: None)
    window.lock()
    assert not window.dialog.is_open()


def test_a_question_cut_off_by_the_lock_leaves_no_red_words_to_the_next_person(desk: Desk) -> None:
    window, _robot = desk
    window.open_screen("copies")
    cut_off = DomainError("Chưa có người đăng nhập.", code="session.none")
    logged: list[object] = []
    window.error_shown.connect(logged.append)
    assert window._context is not None
    window.cover(SampleCopies(window._context))
    window.show_error(cut_off)
    assert (window.bar.words(), logged) == ("", [])
    window.show_error(DomainError("Đĩa đã đầy.", code="disk.full"))
    assert "Đĩa đã đầy" in window.bar.words()
    window.bar.put_away()
    window.uncover()
    window.show_error(cut_off)
    assert "Chưa có người đăng nhập" in window.bar.words(), "without a cover it is true news"


def test_a_cover_takes_all_keys_and_scans(desk: Desk) -> None:
    window, robot = desk
    window.open_screen("copies")
    behind = window.current_view()
    assert isinstance(behind, SampleCopies)
    assert window._context is not None
    cover = SampleCopies(window._context)
    window.cover(cover)
    robot.key(Qt.Key.Key_F9)
    robot.key(Qt.Key.Key_F2)
    robot.burst("0339000212611200018")
    assert (cover.commits, behind.commits) == (1, 0)
    assert (cover.scans, behind.scans) == (["0339000212611200018"], [])
    window.uncover()
    assert not window.is_covered()
    assert window.current_view() is behind


# --- bar ---


def test_the_bar_tells_a_fact_and_print_again_has_a_key(desk: Desk) -> None:
    window, robot = desk
    again: list[int] = []
    window.open_screen("home")
    window.tell("Đã in phiếu 02-0017", (BarAction("In lại", lambda: again.append(1), "P"),))
    assert window.bar.words() == "Đã in phiếu 02-0017"
    robot.key(Qt.Key.Key_P)
    assert again == [1]
    assert window.bar.words() == ""
    robot.key(Qt.Key.Key_P)
    assert again == [1]


def test_undo_stands_until_it_is_used_or_replaced(desk: Desk) -> None:
    window, robot = desk
    undone: list[str] = []
    window.open_screen("copies")
    window.tell_undo("Đã xóa dòng 3", lambda: undone.append("3"))
    robot.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    robot.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["3"]
    window.tell_undo("Đã xóa dòng 4", lambda: undone.append("4"))
    window.tell("Đã lưu 02-0018")
    assert not window.bar.undo()
    window.tell_undo("Đã xóa dòng 5", lambda: undone.append("5"))
    window.bar._timer.timeout.emit()
    assert not window.bar.undo()
    assert undone == ["3"]


def test_an_error_speaks_for_itself_and_stays(desk: Desk) -> None:
    window, robot = desk
    heard: list[BaseException] = []
    window.error_shown.connect(heard.append)
    error = DomainError("Ổ đĩa đầy.", "Chưa lưu được.", "Dọn chỗ rồi nhấn F9.", title_en="Disk full.")
    window.show_error(error)
    assert window.bar.words() == "Ổ đĩa đầy. Chưa lưu được. Dọn chỗ rồi nhấn F9."
    assert not window.bar._timer.isActive()
    i18n.use_language("en")
    window.show_error(error)
    assert window.bar.words() == "Disk full."
    i18n.use_language("vi")
    window.show_error(KeyError("secret of a citizen"))
    assert "secret" not in window.bar.words()
    assert len(heard) == 3
    robot.key(Qt.Key.Key_Escape)
    assert window.bar.words() == ""


def test_progress_offers_to_stop(desk: Desk) -> None:
    window, _ = desk
    stopped: list[int] = []
    window.bar.tell_progress("Đang xuất 2.140 dòng", 0.4, lambda: stopped.append(1))
    click(window, "Dừng")
    assert stopped == [1]


# --- the one dialog ---


def test_pin_reason_discard_and_print_never_stand_together(desk: Desk) -> None:
    window, robot = desk
    window.open_screen("copies")
    focus = robot.focus()
    window.ask_pin("Cấp số", "5 phiếu", lambda _pin: None)
    window.ask_discard("Xóa dòng 3 (học bạ, 52.000 đ)?", "", "Xóa dòng 3", lambda: None)
    frames = [w for w in window.dialog.findChildren(QWidget) if w.objectName() == "dialog" and w.isVisible()]
    assert len(frames) == 1
    robot.key(Qt.Key.Key_Escape)
    assert not window.dialog.is_open()
    assert robot.focus() is focus


def test_a_pin_is_given_by_typing_and_enter(desk: Desk) -> None:
    window, robot = desk
    given: list[str] = []
    window.ask_pin("Cấp số, in 93 lời chứng", "5 phiếu", given.append)
    robot.type("135790")
    assert given == []
    robot.key(Qt.Key.Key_Return)
    assert given == ["135790"]
    assert not window.dialog.is_open()


REASONS = (("pages", "Sai số trang"), ("original", "Không đối chiếu bản chính"), ("fee", "Sai phí"))


def test_a_reason_by_its_number_and_f9(desk: Desk) -> None:
    window, robot = desk
    given: list[tuple[str, str]] = []
    window.open_screen("copies")
    view = window.current_view()
    assert isinstance(view, SampleCopies)
    window.ask_reason("Trả lại", REASONS, lambda code, text: given.append((code, text)))
    robot.key(Qt.Key.Key_F9)
    assert given == []
    assert window.dialog.is_open()
    window.dialog.findChildren(QRadioButton)[0].setFocus()
    robot.type("3")
    robot.key(Qt.Key.Key_F9)
    assert given == [("fee", "")]
    assert view.commits == 0


def test_a_reason_in_own_words(desk: Desk) -> None:
    window, robot = desk
    given: list[tuple[str, str]] = []
    window.ask_reason("Trả lại", REASONS, lambda code, text: given.append((code, text)))
    window.dialog.findChildren(QLineEdit)[0].setFocus()
    robot.type("thiếu trang 2")
    robot.key(Qt.Key.Key_F9)
    assert given == [("", "thiếu trang 2")]


def test_enter_does_not_discard(desk: Desk) -> None:
    window, robot = desk
    done: list[str] = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F9):
        window.ask_discard("Xóa dòng 3?", "", "Xóa dòng 3", lambda: done.append("deleted"))
        robot.key(key)
    assert done == ["deleted"]
    assert not window.dialog.is_open()


def test_tab_stays_in_the_dialog(desk: Desk) -> None:
    window, robot = desk
    window.ask_reason("Trả lại", REASONS, lambda _code, _text: None)
    for _ in range(12):
        robot.key(Qt.Key.Key_Tab)
        assert window.dialog.isAncestorOf(robot.focus())


def test_a_failed_print_has_three_ways_out(desk: Desk) -> None:
    window, _ = desk
    taken: list[str] = []
    for words in ("In lại", "Chọn máy khác", "Để sau"):
        choice = PrintChoice(
            lambda: taken.append("again"), lambda: taken.append("other"), lambda: taken.append("later")
        )
        window.print_failed("Máy in HP-QUAY2 không trả lời. Hồ sơ đã lưu.", choice)
        click(window, words)
        assert not window.dialog.is_open()
    assert taken == ["again", "other", "later"]


# --- practice, names ---


def test_practice_is_seen_and_real_work_is_not_marked(themed: QApplication) -> None:
    real, practice = build_window(), build_window(practice=True)
    assert real._practice.isHidden()
    assert not practice._practice.isHidden()


def test_everything_that_takes_focus_has_a_name(desk: Desk) -> None:
    window, _ = desk
    for name in ("home", "copies", "states"):
        window.open_screen(name)
        for widget in window.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                said = widget.accessibleName() or getattr(widget, "text", str)()
                assert said, f"{name}: {type(widget).__name__} {widget.objectName()}"


def test_esc_goes_to_the_first_of_the_rail_not_of_all_that_may_be_opened(themed: QApplication) -> None:
    window = build_window()
    context = window._context
    assert context is not None
    by_name = {one.name: one for one in ENTRIES}
    window.start((by_name["copies"], by_name["home"]), (by_name["home"], by_name["copies"]), context)
    window.open_screen("copies")
    window.takes_action(Action.ESCAPE)
    assert window.current_name() == "home"


def test_the_bar_leaves_the_column_of_the_buttons_free(desk: Desk) -> None:
    window, _ = desk
    window.resize(1366, 768)
    window.show()
    window.bar.tell("Đã lưu 02-0018, đã in phiếu.")
    assert window.bar.x() == window._screens.x() + 20
    assert window.bar.geometry().right() < window.width() - 392
