"""Search by keys: typing, arrows, groups, opening; a card finds its person, a slip is the shell's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.home import SearchHit
from counter_app.ui import i18n
from counter_app.ui.screens.search import ENTRY
from counter_app.ui.screens.search.rows import counts, in_group
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.copies import CARD
from tests.support.fakes.home import FakeHome
from tests.ui.desk import Desk
from tests.ui.screen_checks import KEY, bar, colours, nameless, press, scan, too_big

HITS = (
    SearchHit("person", "Hoàng Văn Sơn", "Bản Nà Khan (tập huấn)", "copies", EntryId(1, 2)),
    SearchHit("person", "HOÀNG THỊ ẨM", "Bản Hon (tập huấn)", "copies", EntryId(1, 3)),
    SearchHit("request", "Hoàng Văn Sơn", "02-0017 · Học bạ", "handover", EntryId(1, 4)),
    SearchHit("number", "1838/2026 Hoàng Văn Sơn", "Học bạ · 2 bản", "registers", EntryId(1, 6)),
    SearchHit("command", "Chứng thực bản sao", "F4", "copies"),
)
ACTS = ("20/11 10:24 tiếp nhận", "20/11 11:02 cấp số 1838")


class Asked(FakeHome):
    """Remembers what was searched for, and finds nothing for ``không``."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.hits = HITS
        self.broken = False

    def search(self, text: str, limit: int = 30) -> tuple[SearchHit, ...]:
        self.texts.append(text)
        if self.broken:
            raise OSError("tập huấn")
        return () if text == "không" else super().search(text, limit)


class History:
    """Registers that know one line."""

    def __init__(self) -> None:
        self.lines: list[EntryId] = []

    def history(self, line: EntryId) -> tuple[str, ...]:
        self.lines.append(line)
        return ACTS


Make = Callable[[], Desk]


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    """The search page; ``opened`` notes which screens were asked for."""
    made = Desk(themed, ENTRY, {"home": Asked(), "registers": History()}, frozenset({"search"})).show()
    made.window.open_screen = lambda name, argument=None: made.opened.append((name, argument))  # type: ignore[method-assign]
    yield made
    made.close()


def port_of(desk: Desk) -> Any:
    return desk.view.context.program.home


def find(desk: Desk, text: str) -> None:
    """Types and waits for the answer of the whole text."""
    desk.robot.type(text)
    desk.view.model.search()
    desk.settle()


def words_of_page(desk: Desk) -> str:
    return str(desk.view.stack.currentWidget().accessibleName())


def test_typing_finds_and_enter_opens_the_current_hit(desk: Desk) -> None:
    find(desk, "hoang")
    assert port_of(desk).texts[-1] == "hoang"
    press(desk, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    assert desk.opened == [("handover", HITS[2])]
    assert desk.robot.focus() is desk.view.box.edit


def test_arrows_stop_at_both_ends(desk: Desk) -> None:
    find(desk, "hoang")
    press(desk, KEY.Key_Up)
    assert desk.view.table.current_row() == 0
    press(desk, *([KEY.Key_Down] * 9))
    assert desk.view.table.current_row() == len(HITS) - 1


def test_a_quick_person_asks_once(desk: Desk) -> None:
    desk.robot.type("hoang")
    assert port_of(desk).texts == []
    desk.view.model.search()
    desk.settle()
    assert port_of(desk).texts == ["hoang"]


def test_enter_waits_for_the_answer_to_what_stands_there(desk: Desk) -> None:
    find(desk, "hoang")
    gate = threading.Event()
    port = port_of(desk)
    before = port.search
    port.search = lambda text, limit=30: (gate.wait(10), before(text, limit))[1]
    desk.robot.type(" son")
    desk.view.model.search()
    desk.robot.key(KEY.Key_Return)
    assert desk.opened == []
    gate.set()
    desk.settle()
    press(desk, KEY.Key_Return)
    assert desk.opened == [("copies", HITS[0])]


def test_the_line_of_a_number_tells_its_acts(desk: Desk) -> None:
    find(desk, "1838")
    press(desk, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
    registers: History = desk.view.context.program.registers
    assert registers.lines == [HITS[3].subject]
    shown = [desk.view.history.itemAt(i).widget() for i in range(desk.view.history.count())]
    texts = [one.text() for one in shown if hasattr(one, "text")]
    assert texts == [HITS[3].title, HITS[3].second_line, *ACTS]
    press(desk, KEY.Key_Up)
    assert desk.view.history.itemAt(0).widget().text() == HITS[2].title
    assert registers.lines == [HITS[3].subject]


def test_an_answer_that_comes_after_the_box_was_emptied_is_not_shown(desk: Desk) -> None:
    gate = threading.Event()
    port = port_of(desk)
    before = port.search
    port.search = lambda text, limit=30: (gate.wait(10), before(text, limit))[1]
    desk.robot.type("hoang")
    desk.view.model.search()
    desk.robot.key(KEY.Key_Escape)
    gate.set()
    desk.settle()
    assert desk.view.rows.rows() == []


def test_acts_of_a_line_left_meanwhile_are_not_shown(desk: Desk) -> None:
    find(desk, "hoang")
    gate = threading.Event()
    registers: Any = desk.view.context.program.registers
    before = registers.history
    registers.history = lambda line: (gate.wait(10), before(line))[1]
    desk.view.table.go_to(3)
    desk.view.table.go_to(2)
    gate.set()
    desk.settle()
    assert desk.view.history.count() == 2
    assert desk.view.history.itemAt(0).widget().text() == HITS[2].title


def test_groups_by_digits_in_the_list_and_by_letters_in_the_box(desk: Desk) -> None:
    find(desk, "hoang")
    desk.view.table.setFocus()
    press(desk, KEY.Key_4)
    assert [hit.group for hit in desk.view.rows.rows()] == ["number"]
    press(desk, KEY.Key_1, KEY.Key_Return)
    assert desk.opened == [("copies", HITS[0])]
    desk.view.box.edit.setFocus()
    desk.robot.type("4")
    assert desk.view.tabs.current() == "all"
    assert desk.view.box.text() == "hoang4"


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    assert words_of_page(desk).startswith("Gõ vài chữ để tìm")
    find(desk, "không")
    assert words_of_page(desk) == "Không thấy. Thử bỏ bớt chữ, hoặc quét CCCD."
    press(desk, KEY.Key_Return)
    assert desk.opened == []


def test_escape_empties_the_box_before_it_leaves(desk: Desk) -> None:
    find(desk, "hoang")
    press(desk, KEY.Key_Escape)
    assert desk.view.box.text() == ""
    assert len(desk.view.rows.rows()) == 0
    assert desk.view.on_escape() is False


def test_a_card_finds_its_person(desk: Desk) -> None:
    scan(desk, CARD)
    assert port_of(desk).texts == ["012086006812"]
    assert desk.view.box.text() == "012086006812"
    assert desk.opened == []


def test_a_slip_is_left_to_the_shell(desk: Desk) -> None:
    heard: list[str] = []
    desk.window.scan_unclaimed.connect(heard.append)
    scan(desk, "0339000212611200182")
    assert heard == ["0339000212611200182"]
    assert desk.view.box.text() == ""


def test_a_hit_without_a_page_of_its_own_is_told(desk: Desk) -> None:
    port_of(desk).hits = (
        SearchHit("request", "Lý A Vảng", "Phiếu từ chối 02-0019", "search", EntryId(1, 9)),
    )
    find(desk, "ly")
    press(desk, KEY.Key_Return)
    assert desk.opened == []
    assert bar(desk) == "Phiếu từ chối 02-0019"


def test_a_hit_of_the_top_box_is_looked_for_here(desk: Desk) -> None:
    desk.view.on_shown(HITS[0])
    desk.settle()
    assert port_of(desk).texts == ["Hoàng Văn Sơn"]


def test_reading_that_fails_offers_to_try_again(desk: Desk) -> None:
    port = port_of(desk)
    port.broken = True
    find(desk, "hoang")
    assert "Có lỗi của chương trình." in words_of_page(desk)
    port.broken = False
    press(desk, KEY.Key_F5)
    assert len(desk.view.rows.rows()) == len(HITS)


def test_what_changed_is_found_again(desk: Desk) -> None:
    find(desk, "hoang")
    desk.view.on_changed(frozenset({"requests"}))
    desk.settle()
    assert port_of(desk).texts == ["hoang", "hoang"]


def test_f9_does_nothing_here(desk: Desk) -> None:
    find(desk, "hoang")
    press(desk, KEY.Key_F9)
    assert desk.opened == []
    assert desk.errors == []


def test_groups_are_counted_and_named_once(desk: Desk) -> None:
    assert counts(HITS) == {"all": 5, "person": 2, "request": 1, "number": 1, "procedure": 0, "command": 1}
    assert counts(()) == {"all": 0, "person": 0, "request": 0, "number": 0, "procedure": 0, "command": 0}
    assert in_group(HITS, "request") == [HITS[2]]
    find(desk, "hoang")
    names = [desk.view.rows.cell(row, 0).text for row in range(len(HITS))]
    assert names == ["Người", "", "Hồ sơ", "Số chứng thực", "Lệnh"]
    assert "Người" in desk.view.rows.row_words(1)


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("name", THEMES)
def test_it_fits_and_is_painted(themed: QApplication, name: str, scale: float) -> None:
    themes.apply(themed, Theme(name, scale))
    made = Desk(themed, ENTRY, {"home": Asked(), "registers": History()}, frozenset({"search"}))
    try:
        made.show()
        find(made, "hoang")
        assert too_big(made) == ""
        assert colours(made) > 4
        assert nameless(made.view) == []
    finally:
        made.close()
        themes.apply(themed, Theme())


def test_english(themed: QApplication) -> None:
    i18n.use_language("en")
    made = Desk(themed, ENTRY, {"home": Asked(), "registers": History()}, frozenset({"search"})).show()
    assert made.view.title() == "Search"
    made.close()
