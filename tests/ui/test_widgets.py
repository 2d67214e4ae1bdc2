"""The widgets as a person meets them: by keys, by what they say, by what they never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.button import Button, WideButton, commit_button
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.fields.choices import Segmented, TabStrip, Tick
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.fields.pin import PinBox
from counter_app.ui.widgets.lists.badge import Badge, check_badge, record_badge
from counter_app.ui.widgets.lists.states import ListStack, ReadOnly, StatePanel, read_only_words
from counter_app.ui.widgets.lists.table import FETCH, CellModel, CellSpec, Column, TableView
from counter_app.ui.widgets.notice import LOOK, STOP, KpiTile, Notice
from counter_app.ui.widgets.text import ElidedLabel, label

pytestmark = pytest.mark.usefixtures("themed")


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    QTest.qWaitForWindowActive(widget)
    return widget


ALIVE: list[QWidget] = []
"""Holders of the running test: pytest-qt keeps weak references only."""


@pytest.fixture(autouse=True)
def forget_holders() -> Iterator[None]:
    yield
    ALIVE.clear()


def form(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    holder = QWidget()
    ALIVE.append(holder)
    row = QHBoxLayout(holder)
    for widget in widgets:
        row.addWidget(widget)
    return shown(qtbot, holder)


# --- buttons ---


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.5])
def test_a_button_is_as_wide_as_what_it_says(qapp: QApplication, scale: float) -> None:
    themes.apply(qapp, Theme("light", scale))
    short, words = Button("Lưu"), "Cấp số, in 93 lời chứng"
    made = Button(words, "printer", "Ctrl Enter", "primary")
    theme = themes.current()
    needed = (
        painting.text_width(theme.font("body", 600), words)
        + painting.cap_width(theme, "Ctrl Enter")
        + theme.size(17)
    )
    assert made.minimumSizeHint().width() > needed
    assert short.minimumSizeHint().width() < made.minimumSizeHint().width()
    themes.apply(qapp, Theme())


def test_a_button_says_its_key_and_is_never_the_default(qtbot: QtBot) -> None:
    clicks: list[str] = []
    made = commit_button("Lưu, in phiếu", on_click=lambda: clicks.append("in"))
    shown(qtbot, made)
    assert made.accessibleName() == "Lưu, in phiếu (F9)"
    assert not made.isDefault()
    assert not made.autoDefault()
    made.show_words("Lưu, in phiếu từ chối", "ban")
    assert made.words() == "Lưu, in phiếu từ chối"
    made.click()
    made.disable_because("Còn 2 chỗ cần sửa")
    made.click()
    assert clicks == ["in"]
    assert made.toolTip() == "Còn 2 chỗ cần sửa"


def test_a_hidden_cap_moves_nothing(qtbot: QtBot) -> None:
    made = Button("Xem trước", "eye", "Ctrl P")
    shown(qtbot, made)
    width, with_cap = made.width(), made.grab().toImage()
    made.show_cap(False)
    assert made.width() == width
    assert made.grab().toImage() != with_cap


def test_a_wide_button_names_both_lines(qtbot: QtBot) -> None:
    made = WideButton("Trả kết quả", "Quét mã trên giấy hẹn", "package-export", "F6")
    assert made.accessibleName() == "Trả kết quả. Quét mã trên giấy hẹn (F6)"
    assert made.minimumSizeHint() == made.sizeHint()


# --- badges, notices, tiles ---


def test_badges_speak_and_carry_the_colour_of_their_kind(qtbot: QtBot) -> None:
    made = record_badge("questioned")
    shown(qtbot, made)
    assert made.accessibleName() == "Tỉnh hỏi lại"
    ground = made.grab().toImage().pixelColor(made.width() - 12, 4)
    assert ground == QColor(Theme().hex("bad_soft"))
    assert check_badge("missing").words() == "Thiếu"
    badge = Badge("1")
    before = badge.sizeHint().width()
    badge.show_state("nhiều chữ hơn", "ok", "checks")
    assert badge.sizeHint().width() > before


def test_a_notice_changes_level(qtbot: QtBot) -> None:
    made = Notice("Dòng 3: thẻ hết hạn", "Kiểm tra rồi nhấn Alt+Enter", LOOK)
    shown(qtbot, made)
    assert made.property("kind") == "warn"
    made.show_words("Dòng 2: chưa đối chiếu", level=STOP)
    assert made.property("kind") == "bad"
    assert made.accessibleName() == "Dòng 2: chưa đối chiếu"


def test_a_long_notice_grows_in_height_not_in_width(qtbot: QtBot) -> None:
    words = "Vẫn được chứng thực nếu bản chính không bị tẩy xóa. " * 8
    made = Notice("Dòng 3", words, LOOK)
    assert made.minimumSizeHint().width() < 200
    assert made.minimumSizeHint().height() < 90
    assert made.heightForWidth(300) > made.heightForWidth(900) > 40


def test_a_tile_filters_and_explains(qtbot: QtBot) -> None:
    clicks: list[int] = []
    tile = KpiTile("Quá hạn", "alarm", "bad", "Hẹn trả trước lúc này", lambda: clicks.append(1))
    shown(qtbot, tile)
    tile.show_value("3")
    tile.click()
    assert clicks == [1]
    assert tile.accessibleName() == "Quá hạn: 3"
    assert tile.toolTip() == "Hẹn trả trước lúc này"


# --- inputs ---


def test_an_error_is_colour_icon_and_words_and_keeps_the_text(qtbot: QtBot) -> None:
    field = Field("Số căn cước", required=True)
    shown(qtbot, field)
    field.fill("01208600681")
    field.show_error("Số căn cước phải có 12 chữ số, hiện có 11.")
    assert field.text() == "01208600681"
    assert field.edit.property("state") == "error"
    assert field.edit.accessibleDescription() == "Số căn cước phải có 12 chữ số, hiện có 11."
    field.show_error("")
    assert field.edit.property("state") == ""
    assert field.error() == ""


def test_a_value_from_the_card_flashes_only_where_it_changed(qtbot: QtBot) -> None:
    field = Field("Họ và tên")
    shown(qtbot, field)
    field.fill("LÝ THỊ ẨM", from_qr=True)
    assert field.edit.property("flash") is True
    field._timer.timeout.emit()
    assert field.edit.property("flash") is False
    field.fill("LÝ THỊ ẨM", from_qr=True)
    assert field.edit.property("flash") is False


def test_a_long_address_shows_its_head(qtbot: QtBot) -> None:
    field = Field("Nơi cư trú")
    field.fill("Bản Nà Khan, xã Bình Lư, tỉnh Lai Châu " * 3)
    assert field.edit.cursorPosition() == 0


def test_text_is_composed_when_read() -> None:
    field = Field("Họ và tên")
    field.fill(" Nguye\u0302\u0303n ")
    assert field.text() == "Nguyễn"


def test_leaving_a_field_is_told(qtbot: QtBot) -> None:
    one, two = Field("Một"), Field("Hai")
    form(qtbot, one, two)
    left: list[str] = []
    one.left.connect(lambda: left.append("one"))
    one.edit.setFocus()
    two.edit.setFocus()
    assert left == ["one"]


@pytest.mark.parametrize(
    ("typed", "amount", "shown_as"),
    [("100", 100_000, "100.000"), ("150.000", 150_000, "150.000"), ("5000", 5000, "5.000"), ("", None, ""),
     ("abc", None, "abc"), ("0", 0, "0")],
)  # fmt: skip
def test_money_as_the_clerk_types_it(qtbot: QtBot, typed: str, amount: int | None, shown_as: str) -> None:
    money, other = MoneyField("Tiền nhận"), Field("Khác")
    form(qtbot, money, other)
    money.edit.setFocus()
    QTest.keyClicks(money.edit, typed)
    assert money.amount() == amount
    other.edit.setFocus()
    assert money.edit.text() == shown_as
    assert money.amount() == amount


def test_small_sums_stay_small_where_thousands_are_not_meant() -> None:
    money = MoneyField("Đơn giá", shorthand=False)
    money.fill("500")
    assert money.amount() == 500


def test_the_pin_is_six_digits_and_is_never_text(qtbot: QtBot) -> None:
    pin = PinBox()
    shown(qtbot, pin)
    pin.setFocus()
    given: list[str] = []
    pin.entered.connect(given.append)
    QTest.keyClicks(pin, "12a3")
    QTest.keyClick(pin, Qt.Key.Key_Return)
    assert given == []
    QTest.keyClick(pin, Qt.Key.Key_Backspace)
    QTest.keyClicks(pin, "94567")
    QTest.keyClick(pin, Qt.Key.Key_Enter)
    assert given == ["129456"]
    assert "129456" not in pin.accessibleDescription() + pin.accessibleName()
    pin.clear(wrong=True)
    assert pin.property("state") == "error"
    QTest.keyClicks(pin, "1")
    assert pin.property("state") == ""


def test_a_pin_may_be_pasted_whole_only(qtbot: QtBot, qapp: QApplication) -> None:
    pin = PinBox(at_once=True)
    shown(qtbot, pin)
    given: list[str] = []
    pin.entered.connect(given.append)
    for text in ("12345", "12345a", "654321"):
        qapp.clipboard().setText(text)
        QTest.keyClick(pin, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(pin, Qt.Key.Key_Return)
    assert given == ["654321"]


# --- choices ---


def test_a_segmented_control_by_keys(qtbot: QtBot) -> None:
    chosen: list[str] = []
    made = Segmented((("now", "Thu ngay"), ("later", "Thu khi trả")))
    shown(qtbot, made)
    made.chosen.connect(chosen.append)
    first = made.findChildren(QPushButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert made.current() == "later"
    made.choose_next()
    assert made.current() == "now"
    assert chosen == ["later", "now"]
    made.choose("later", quiet=True)
    assert chosen == ["later", "now"]
    with pytest.raises(ValueError, match="list"):
        made.choose("never")


def test_tabs_with_counts_and_keys(qtbot: QtBot) -> None:
    chosen: list[str] = []
    tabs = TabStrip((("todo", "Việc cần làm"), ("late", "Quá hạn")))
    shown(qtbot, tabs)
    tabs.chosen.connect(chosen.append)
    tabs.show_counts({"todo": 24, "late": 0}, {"late": "bad"})
    assert tabs.choose(1)
    assert not tabs.choose(4)
    assert (tabs.current(), chosen) == ("late", ["late"])
    assert [one.accessibleName() for one in tabs.findChildren(QPushButton)] == [
        "Việc cần làm 24",
        "Quá hạn 0",
    ]


def test_a_tick_by_space_and_by_any_click(qtbot: QtBot) -> None:
    tick = Tick("Đã đọc lại cho người nhận nghe")
    shown(qtbot, tick)
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(tick.width() - 5, 5))
    assert not tick.isChecked()


# --- the order of a form ---


def test_enter_skips_what_cannot_be_filled(qtbot: QtBot) -> None:
    ended: list[bool] = []
    fields = [Field(str(number)) for number in range(5)]
    form(qtbot, *fields)
    fields[1].set_read_only(True)
    fields[2].setEnabled(False)
    fields[3].edit.hide()
    chain = FocusChain(fields, on_end=lambda: ended.append(True))
    chain.start()
    assert fields[0].edit.hasFocus()
    QTest.keyClick(fields[0].edit, Qt.Key.Key_Return)
    assert fields[4].edit.hasFocus()
    QTest.keyClick(fields[4].edit, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert ended == [True]
    QTest.keyClick(fields[4].edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert fields[0].edit.hasFocus()


def test_enter_in_longer_text_is_a_new_line(qtbot: QtBot) -> None:
    text, after = QPlainTextEdit(), Field("Sau")
    form(qtbot, text, after)
    FocusChain((text, after), parent=text)
    text.setFocus()
    QTest.keyClicks(text, "a")
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "a\n"
    assert text.hasFocus()


def test_enter_never_presses_the_commit_button(qtbot: QtBot) -> None:
    pressed: list[str] = []
    commit = commit_button("Lưu, in phiếu", on_click=lambda: pressed.append("commit"))
    plain = Button("Xem trước", on_click=lambda: pressed.append("preview"))
    form(qtbot, commit, plain)
    FocusChain((commit, plain), parent=commit)
    commit.setFocus()
    QTest.keyClick(commit, Qt.Key.Key_Return)
    assert pressed == []
    assert plain.hasFocus()
    QTest.keyClick(plain, Qt.Key.Key_Return)
    assert pressed == ["preview"]


def test_the_first_error_gets_focus(qtbot: QtBot) -> None:
    one, two = Field("Một"), Field("Hai")
    form(qtbot, one, two)
    chain = FocusChain((one, two))
    assert chain.first_error() is None
    two.show_error("Nhập họ và tên như trên giấy tờ.")
    assert chain.first_error() is two.edit
    assert two.edit.hasFocus()


# --- lists ---


class Numbers(CellModel):
    """A tick, a number, a badge."""

    def __init__(self, rows: Sequence[Any]) -> None:
        super().__init__((Column("", 40), Column("Số", right=True), Column("Trạng thái", 120)))
        self.show_rows(rows)

    def cell(self, row: int, column: int) -> CellSpec:
        if column == 0:
            return CellSpec(tick=row in self.ticked, row_kind="sel" if row in self.ticked else "")
        if column == 1:
            return CellSpec(str(self.rows()[row]), "20/11", align="right", tooltip="số của sổ")
        return CellSpec(badge=("Đủ", "ok", "checks"))


def test_the_model_keeps_qts_promises(qapp: QApplication) -> None:
    model = Numbers(list(range(450)))
    ModelTester(None).check(model)  # type: ignore[no-untyped-call]
    model.show_rows(list(range(30)))
    model.tick(3)
    model.show_rows([])


def test_rows_come_in_pieces() -> None:
    model = Numbers(list(range(450)))
    counts = [model.rowCount()]
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
        counts.append(model.rowCount())
    assert counts == [FETCH, 2 * FETCH, 450]


def test_a_screen_reader_hears_the_whole_row() -> None:
    model = Numbers([1842])
    heard = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "chưa chọn, 1842 20/11, Đủ"
    model.tick(0)
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("đã chọn")
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "số của sổ"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Số"


def test_ticking_goes_on_to_the_next_row_and_respects_who_may_not(qtbot: QtBot) -> None:
    model = Numbers([1, 2, 3])
    table = TableView(model, "normal", "Số")
    shown(qtbot, table)
    assert table.current_row() == 0
    assert table.tick_current()
    assert table.tick_current(lambda row: row != 1) is False
    assert (model.ticked, table.current_row()) == ({0}, 1)
    model.show_rows([])
    assert model.ticked == set()
    assert not table.tick_current()


def test_a_click_on_the_tick_is_told(qtbot: QtBot) -> None:
    model = Numbers([1, 2, 3])
    table = TableView(model)
    shown(qtbot, table)
    clicked: list[int] = []
    table.tick_clicked.connect(clicked.append)
    for column in (0, 1):
        middle = table.visualRect(model.index(2, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert clicked == [2]


def test_current_and_ticked_look_different(qtbot: QtBot) -> None:
    model = Numbers([1, 2, 3])
    table = TableView(model)
    table.resize(500, 300)
    shown(qtbot, table)
    model.tick(1)

    def colour(row: int, x: int) -> QColor:
        rect = table.visualRect(model.index(row, 0))
        return table.viewport().grab().toImage().pixelColor(x, rect.center().y())

    theme = Theme()
    assert colour(0, 1) == theme.colour("primary")
    assert colour(0, 30) == theme.colour("surface")
    assert colour(1, 1) == theme.colour("row_sel")
    assert colour(2, 1) == theme.colour("surface")


def test_a_struck_row_is_struck_and_says_why(qtbot: QtBot) -> None:
    class Struck(Numbers):
        def cell(self, row: int, column: int) -> CellSpec:
            return CellSpec("1801", struck=True, row_kind="bad")

    table = TableView(Struck([1]))
    table.resize(400, 200)
    shown(qtbot, table)
    table.setCurrentIndex(table.model().index(-1, -1))
    image = table.viewport().grab().toImage()
    assert image.pixelColor(200, 6) == QColor(Theme().hex("bad_soft"))


def test_row_heights_follow_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    table = TableView(Numbers([1]), "two_line")
    assert table.rowHeight(0) == 48
    themes.apply(qapp, Theme("light", 1.3))
    table.apply_sizes()
    assert table.rowHeight(0) > 52
    themes.apply(qapp, Theme())


def test_a_thousand_rows_are_painted_without_holding_the_thread(qtbot: QtBot, stall_guard: Any) -> None:
    table = TableView(Numbers(list(range(10_000))))
    table.resize(900, 600)
    shown(qtbot, table)
    table.grab()
    stall_guard.turn()
    stall_guard.watching = True
    for row in range(0, 180, 20):
        table.go_to(row)
        stall_guard.turn()
    stall_guard.watching = False


# --- states ---


def test_a_quick_answer_shows_no_skeleton(qtbot: QtBot) -> None:
    table, empty = QWidget(), StatePanel("Chưa có việc nào đến hạn.", "Nhấn F3")
    stack = ListStack(table, empty)
    shown(qtbot, stack)
    stack.loading()
    stack.loaded(3)
    assert stack.currentWidget() is table
    stack.loaded(0)
    assert stack.currentWidget() is empty
    stack.loading()
    stack._timer.timeout.emit()
    assert stack.currentWidget().accessibleName() == "Đang đọc dữ liệu"


def test_a_failed_list_offers_the_way_out(qtbot: QtBot) -> None:
    again: list[int] = []
    stack = ListStack(QWidget(), QWidget())
    shown(qtbot, stack)
    stack.failed("Chưa đọc được.", "Ổ đĩa đầy.", lambda: again.append(1))
    stack.failed("Chưa đọc được.", "Ổ đĩa đầy.", lambda: again.append(2))
    stack.currentWidget().findChildren(Button)[0].click()
    assert again == [2]
    stack.loaded(1)
    assert stack.currentIndex() == 0


def test_words_of_records_that_can_only_be_looked_at() -> None:
    assert read_only_words(ReadOnly.NEWER) == "Chỉ xem: cần bản mới để xử lý tiếp"
    assert read_only_words(ReadOnly.INCOMPLETE) == "Chưa đủ dữ liệu"
    assert read_only_words(ReadOnly.NO_RIGHT, "ký chứng thực") == "Không có quyền ký chứng thực"


# --- boxes and words ---


def test_a_card_without_title_has_no_head() -> None:
    with pytest.raises(ValueError, match="head"):
        Card().add_to_head(QWidget())


def test_a_card_holds_what_it_is_given(qtbot: QtBot) -> None:
    card = Card("Thu tiền", "3")
    card.add(line(label("Phải thu", "strong"), label("124.000 đ", "display")))
    card.add_to_head(Badge("1"))
    card.add_foot(label("10 dòng"))
    shown(qtbot, card)
    assert card.title_label is not None
    assert card.title_label.text() == "Thu tiền"
    assert card.sizeHint().height() > 80


def test_an_elided_label_keeps_its_whole_text_in_the_tooltip(qtbot: QtBot) -> None:
    words = "13 lời chứng · in lên trang cuối"
    made = ElidedLabel(words, "caption")
    made.resize(60, 20)
    shown(qtbot, made)
    made.resize(60, 20)
    made.grab()
    assert made.toolTip() == words
    made.resize(600, 20)
    made.grab()
    assert made.toolTip() == ""


def test_markup_in_a_name_is_shown_as_text() -> None:
    assert label("<b>Lý</b>").textFormat() is Qt.TextFormat.PlainText


def test_words_of_two_lines_push_down_and_never_cover_the_input(themed: QApplication) -> None:
    row = QWidget()
    layout = QHBoxLayout(row)
    narrow, beside = Field("Họ và tên"), Field("Ngày sinh")
    narrow.setFixedWidth(150)
    layout.addWidget(narrow)
    layout.addWidget(beside)
    row.show()
    narrow.show_error("Nhập họ và tên như trên giấy tờ của người yêu cầu chứng thực.")
    themed.processEvents()
    error = narrow.findChildren(QLabel)[-1]
    assert error.y() >= narrow.edit.y() + narrow.edit.height()
    assert error.height() > error.fontMetrics().lineSpacing()
    assert beside.edit.y() == narrow.edit.y()
    row.deleteLater()


def test_a_hidden_field_and_a_field_in_a_hidden_part_are_passed_over(themed: QApplication) -> None:
    """The input itself is never hidden: its ``Field`` is, or the part the field stands in."""
    window = QWidget()
    column = QVBoxLayout(window)
    part = QWidget()
    inner = QVBoxLayout(part)
    fields = [Field(words) for words in ("Họ tên", "Địa chỉ", "Điện thoại", "Ghi chú")]
    for field in (fields[0], fields[1], fields[3]):
        column.addWidget(field)
    inner.addWidget(fields[2])
    column.addWidget(part)
    chain = FocusChain(fields, parent=window)
    window.show()
    QTest.qWaitForWindowActive(window)
    fields[1].hide(), part.hide()
    chain.start()
    QTest.keyClick(fields[0].edit, Qt.Key.Key_Return)
    assert fields[3].edit.hasFocus()
    fields[1].show()
    chain.start()
    QTest.keyClick(fields[0].edit, Qt.Key.Key_Return)
    assert fields[1].edit.hasFocus()
    window.close()
