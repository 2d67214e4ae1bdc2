"""The page of the exchange as a person works it: figures, questions, files; only F9 commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea

from counter_app.domain.errors import DomainError
from counter_app.services.ports import exchange as ports
from counter_app.ui import i18n
from counter_app.ui.screens.sync import ENTRY, words
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes import exchange as fake
from tests.support.fakes.exchange import FakeExchange
from tests.ui.desk import CLERK, Desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TECHNICIAN = frozenset({"sync", "technician"})
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeExchange, permissions: frozenset[str] = CLERK) -> Desk:
        desks.append(Desk(themed, ENTRY, {"exchange": port}, permissions))
        desks[-1].show()
        return desks[-1]

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.robot.key(key, modifier)
    desk.settle()


def acts(port: FakeExchange) -> list[tuple[object, ...]]:
    """What was written: everything but looking at the line."""
    return [call for call in port.calls if call[0] != "try"]


# --- figures and words ---


def test_saved_is_received_and_waiting_on_the_page(seat: Seat) -> None:
    desk = seat(FakeExchange())
    parts = desk.view.parts

    def shown(figure: object) -> int:
        return int(figure.value().replace(".", ""))  # type: ignore[attr-defined]

    assert shown(parts.saved) == shown(parts.received) + shown(parts.waiting) == 1204
    assert shown(parts.tasks) == 3


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (fake.OFFLINE, "wait", "Ngoại tuyến từ 08:12. Không mất dữ liệu; sẽ tự gửi khi có mạng."),
        (fake.SYNCED, "ok", "Mọi mục đã có ở tỉnh. Lần cuối 09:41."),
        (fake.SENDING, "primary", "Đang gửi 6/14"),
        (fake.OLD, "warn", "Đã 2 ngày chưa gửi được 214 mục."),
        (fake.FIRST_START, "wait", "Chưa hỏi được tỉnh từ khi mở chương trình."),
    ],
)
def test_the_band_says_how_it_stands(
    themed: QApplication, status: ports.SyncStatus, kind: str, says: str
) -> None:
    band = words.band(status, fake.MORNING)
    assert (band.kind, band.title) == (kind, says)


def test_only_what_the_province_acknowledged_is_green(themed: QApplication) -> None:
    kinds = (ports.SYNCED, ports.SENDING, ports.OFFLINE, ports.SLOW, ports.OLD, ports.UNKNOWN)
    greens = [
        kind
        for kind in kinds
        if words.band(replace(fake.OFFLINE, pill=ports.Pill(kind, "x", 0)), fake.MORNING).kind == "ok"
    ]
    assert greens == [ports.SYNCED]


def test_the_band_tells_the_time_the_rest_will_take(themed: QApplication) -> None:
    said = words.band(fake.OFFLINE, fake.MORNING).words
    assert said == ("Tự thử lại lúc 10:43. Gửi hết cần khoảng 4 phút (1,8 MB) với đường truyền lần trước.")
    assert words.band(fake.FIRST_START, fake.MORNING).words == "Cần gửi 1,8 MB."


@pytest.mark.parametrize(
    ("ms", "says"),
    [(0, ""), (30_000, "1 phút"), (59 * 60_000, "59 phút"), (130 * 60_000, "2 giờ 10 phút"),
     (23 * 3_600_000, "23 giờ 0 phút"), (49 * 3_600_000, "2 ngày")],
)  # fmt: skip
def test_age_in_words(themed: QApplication, ms: int, says: str) -> None:
    assert words.age(ms) == says


@pytest.mark.parametrize(("number", "says"), [(1, "1 KB"), (1001, "2 KB"), (1_800_000, "1,8 MB")])
def test_size_in_words(number: int, says: str) -> None:
    assert words.size(number) == says


def test_a_time_of_another_day_names_its_day() -> None:
    assert words.since(fake.at(8, 5), fake.MORNING) == "08:05"
    assert words.since(fake.at(8, 5, 1), fake.MORNING) == "19/11 08:05"


# --- questions ---


def test_the_first_question_stands_in_the_panel_with_both_values(seat: Seat) -> None:
    desk = seat(FakeExchange())
    panel = desk.view.panel
    assert panel.field.words() == "Số căn cước, đính chính thành"
    assert panel.value() == "012 198 004 471"
    assert panel.commit.isVisible()


def test_f9_corrects_once_and_the_next_question_follows(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_Return)
    assert desk.view.panel.field.edit.hasFocus()
    press(desk, KEY.Key_F9)
    assert acts(port) == [("correct", 2015, "012 198 004 471")]
    assert desk.window.bar.words() == "Đã lưu đính chính, gửi tỉnh."
    assert desk.view.parts.tasks.value() == "2"
    assert desk.view.parts.asked.hasFocus()
    press(desk, KEY.Key_F9)
    assert len(acts(port)) == 1, "the second question cannot be corrected here"


def test_an_empty_correction_is_not_sent(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    desk.view.panel.field.fill("")
    press(desk, KEY.Key_F9)
    assert acts(port) == []
    assert desk.view.panel.field.error() == "Nhập giá trị đúng."
    assert desk.view.panel.field.edit.hasFocus()


def test_a_refused_value_is_told_at_the_field(seat: Seat) -> None:
    port = FakeExchange(refuse_value=DomainError("Số căn cước phải có 12 chữ số.", field="value"))
    desk = seat(port)
    press(desk, KEY.Key_F9)
    assert desk.view.panel.field.error() == "Số căn cước phải có 12 chữ số."
    assert desk.view.panel.value() == "012 198 004 471"


def test_explaining_takes_a_reason_and_words(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_T, CTRL)
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_1)
    press(desk, KEY.Key_Tab)
    desk.robot.type("ban chinh")
    press(desk, KEY.Key_F9)
    assert acts(port) == [("explain", 2015, "Đúng theo giấy tờ đã xuất trình: ban chinh")]


def test_asking_back_takes_free_words(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_H, CTRL)
    press(desk, KEY.Key_Tab)
    desk.robot.type("hoi gi")
    press(desk, KEY.Key_F9)
    assert acts(port) == [("ask_back", 2015, "hoi gi")]


def test_an_unknown_code_offers_to_ask_back_and_nothing_to_correct(seat: Seat) -> None:
    desk = seat(FakeExchange())
    press(desk, KEY.Key_Down)
    press(desk, KEY.Key_Down)
    panel = desk.view.panel
    assert "number.strange" in panel._notice.accessibleName()
    assert not panel.commit.isVisible()
    assert not panel.field.isVisible()
    assert panel.ask_back.isVisible()


def test_next_task_goes_round_the_questions(seat: Seat) -> None:
    desk = seat(FakeExchange())
    rows = []
    for _ in range(4):
        rows.append(desk.view.parts.asked.current_row())
        press(desk, KEY.Key_Period, CTRL)
    assert rows == [0, 1, 2, 0]


def test_who_may_not_answer_reads_only(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port, TECHNICIAN)
    assert not desk.view.panel.commit.isVisible()
    for key, modifier in ((KEY.Key_F9, None), (KEY.Key_T, CTRL), (KEY.Key_H, CTRL)):
        press(desk, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert not desk.window.dialog.is_open()
    assert acts(port) == []


# --- the line and files ---


def test_f5_asks_the_line_and_says_what_came(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_F5)
    assert port.calls == [("try",)]
    assert desk.window.bar.words().startswith("Chưa nối được tỉnh.")


def test_a_bundle_is_written_to_the_stick_by_two_keys(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_E, CTRL)
    assert desk.window.drawer.is_open()
    press(desk, KEY.Key_F9)
    assert acts(port) == [("export", "/media/usb/KINGSTON")]
    assert not desk.window.drawer.is_open()
    assert desk.window.bar.words() == "Đã xuất gói gửi tỉnh: 14 mục, 46 KB."


def test_another_folder_is_chosen_by_arrows(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_E, CTRL)
    press(desk, KEY.Key_Down)
    press(desk, KEY.Key_F9)
    assert acts(port) == [("export", "/outbox/quay")]


def test_a_bundle_on_the_stick_is_read_by_two_keys(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_O, CTRL)
    press(desk, KEY.Key_F9)
    assert acts(port) == [("import", "/media/usb/KINGSTON/00000-quay01.mcx")]
    assert desk.window.bar.words() == "Đã nhập 3 mục. Có xác nhận mới của tỉnh."


def test_a_bundle_is_looked_into_before_it_is_taken(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_O, CTRL)
    card = desk.view.file_panel.contents
    assert card.isVisible()
    assert card.words() == (
        "Gói của: QUẦY-01", "Đơn vị: Xã Bình Lư (03390)", "Mục mới nhất: 20/11 10:32",
        "Mục mới của QUẦY-01: 42", "Mục mới của tỉnh: 3", "Tỉnh: có xác nhận mới",
    )  # fmt: skip
    press(desk, KEY.Key_Escape)
    assert not desk.window.drawer.is_open()
    assert acts(port) == []


@pytest.mark.parametrize(
    ("verdict", "title", "gap"),
    [
        (ports.PART, "Chỉ nhập được một phần của gói.", True),
        (ports.BLOCKED, "Chưa nhập được mục nào của gói.", True),
        (ports.NOTHING_NEW, "Gói này không có mục nào mới.", False),
    ],
)
def test_a_bundle_with_a_gap_or_nothing_new_says_so_and_what_helps(
    seat: Seat, verdict: str, title: str, gap: bool
) -> None:
    seen = fake.PART_FILE if gap else replace(fake.WHOLE_FILE, brings=(), word=False)
    desk = seat(FakeExchange(seen=replace(seen, verdict=verdict)))
    press(desk, KEY.Key_O, CTRL)
    card = desk.view.file_panel.contents
    said = card.verdict.accessibleName()
    assert title in said
    assert ("nhập vào QUẦY-01" in said) is gap
    assert ("Mục còn thiếu: 5 mục (118-122) của QUẦY-01" in card.words()) is gap


def test_another_path_hides_what_was_seen_of_the_first(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    press(desk, KEY.Key_O, CTRL)
    panel = desk.view.file_panel
    panel.path_field.edit.setFocus()
    panel.path_field.edit.setText("/tmp/b.mcx")
    assert not panel.contents.isVisible()
    press(desk, KEY.Key_F9)
    assert (panel.contents.isVisible(), acts(port)) == (True, []), "the first F9 only shows"
    press(desk, KEY.Key_F9)
    assert acts(port) == [("import", "/tmp/b.mcx")]


def test_an_answer_about_a_file_no_longer_chosen_is_dropped(seat: Seat) -> None:
    desk = seat(FakeExchange())
    press(desk, KEY.Key_O, CTRL)
    panel = desk.view.file_panel
    panel.path_field.edit.setText("/tmp/b.mcx")
    desk.view.model.file_seen.emit("/tmp/other.mcx", fake.WHOLE_FILE)
    assert (panel.seen_path, panel.contents.isVisible()) == ("", False)


def test_a_refused_bundle_says_why_in_the_panel(seat: Seat) -> None:
    port = FakeExchange(refuse_file=DomainError("Gói bị cụt.", field="file", code="file.cut-short"))
    desk = seat(port)
    press(desk, KEY.Key_O, CTRL)
    press(desk, KEY.Key_F9)
    assert desk.window.drawer.is_open()
    assert desk.view.file_panel.path_field.error() == "Gói bị cụt."


def test_without_a_stick_a_path_is_typed(seat: Seat) -> None:
    port = FakeExchange(found=())
    desk = seat(port)
    press(desk, KEY.Key_O, CTRL)
    press(desk, KEY.Key_F9)
    assert desk.view.file_panel.path_field.error() == "Chọn tệp gói."
    assert desk.view.file_panel.path_field.edit.hasFocus()
    desk.robot.type("/tmp/a.mcx")
    press(desk, KEY.Key_F9)
    assert acts(port) == []
    press(desk, KEY.Key_F9)
    assert acts(port) == [("import", "/tmp/a.mcx")]


def test_f9_with_the_drawer_shut_never_writes_a_file(seat: Seat) -> None:
    port = FakeExchange(asked=[])
    desk = seat(port)
    press(desk, KEY.Key_E, CTRL)
    press(desk, KEY.Key_Escape)
    press(desk, KEY.Key_F9)
    assert acts(port) == []


# --- lists, states, keys ---


def test_the_lists_change_by_digits(seat: Seat) -> None:
    desk = seat(FakeExchange())
    assert len(desk.view.parts.items_model.rows()) == 14
    press(desk, KEY.Key_2)
    assert len(desk.view.parts.items_model.rows()) == 6
    assert "Tỉnh nhận 08:11" in desk.view.parts.items_model.row_words(0)
    press(desk, KEY.Key_1)
    assert "Chờ gửi" in desk.view.parts.items_model.row_words(0)


def test_nothing_waiting_says_so(seat: Seat) -> None:
    desk = seat(FakeExchange(fake.SYNCED, [], []))
    stack = desk.view.parts.stack
    assert stack.currentWidget().accessibleName() == "Mọi mục đã có ở tỉnh. Lần cuối 09:41."
    assert not desk.view.parts.asked.isVisible()
    assert desk.view.panel._empty.isVisible()


def test_a_list_that_cannot_be_read_says_why_and_offers_f5(seat: Seat) -> None:
    port = FakeExchange(broken=DomainError("Không đọc được kho dữ liệu.", remedy="Nhấn F5."))
    desk = seat(port)
    assert desk.view.parts.stack.currentWidget().accessibleName() == "Không đọc được kho dữ liệu. Nhấn F5."
    port.broken = None
    desk.view.on_changed(frozenset({"sync"}))
    desk.settle()
    assert len(desk.view.parts.items_model.rows()) == 14


def test_typing_in_the_field_survives_what_arrives(seat: Seat) -> None:
    desk = seat(FakeExchange())
    press(desk, KEY.Key_Return)
    desk.robot.type("9")
    typed = desk.view.panel.value()
    desk.view.on_changed(frozenset({"sync"}))
    desk.settle()
    assert desk.view.panel.value() == typed
    assert desk.view.panel.field.edit.hasFocus()


@pytest.mark.parametrize("opens", ["", "export", "import"])
def test_a_burst_and_enter_commit_nothing_in_any_field(seat: Seat, opens: str) -> None:
    port = FakeExchange()
    desk = seat(port)
    if opens:
        press(desk, KEY.Key_E if opens == "export" else KEY.Key_O, CTRL)
    fields = [one for one in desk.window.findChildren(QLineEdit) if one.isVisible()]
    assert len(fields) == (3 if opens else 2)
    for widget in (*fields, desk.view.parts.asked, desk.view.parts.items):
        widget.setFocus()
        text = widget.text() if isinstance(widget, QLineEdit) else ""
        desk.robot.burst("0339000212611200018")
        press(desk, KEY.Key_Return)
        if isinstance(widget, QLineEdit):
            assert widget.text() == text
    assert acts(port) == []


def test_esc_goes_from_the_field_to_the_list(seat: Seat) -> None:
    desk = seat(FakeExchange())
    press(desk, KEY.Key_Return)
    press(desk, KEY.Key_Escape)
    assert desk.view.parts.asked.hasFocus()


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("status", [fake.OFFLINE, fake.SYNCED, fake.OLD])
def test_it_fits_the_small_screen(
    seat: Seat, themed: QApplication, scale: float, status: ports.SyncStatus
) -> None:
    themes.apply(themed, Theme("light", scale))
    desk = seat(FakeExchange(status))
    desk.show(1366, 697)
    least = desk.window.minimumSizeHint()
    themes.apply(themed, Theme())
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_it_is_painted_in_each_theme(seat: Seat, themed: QApplication, theme: str) -> None:
    themes.apply(themed, Theme(theme))
    desk = seat(FakeExchange())
    picture = desk.window.grab().toImage()
    colours = {
        picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)
    }
    themes.apply(themed, Theme())
    assert len(colours) > 8


def test_english_is_spoken(seat: Seat, themed: QApplication) -> None:
    i18n.use_language("en")
    desk = seat(FakeExchange())
    assert desk.view.title() == "Exchange with the province"
    assert desk.view.panel.field.words() == "Số căn cước, corrected to"
    i18n.use_language("vi")


def test_a_question_never_makes_the_window_higher_than_its_screen(themed: QApplication) -> None:
    themes.apply(themed, Theme("light", 1.3))
    desk = Desk(themed, ENTRY, {"exchange": FakeExchange()}, CLERK).show(1366, 697)
    try:
        assert desk.window.height() == 697
        area = desk.view.panel.findChild(QScrollArea)
        both = desk.view.panel._both
        assert both.mapTo(area.widget(), both.rect().bottomLeft()).y() <= area.viewport().height()
    finally:
        desk.close()
        themes.apply(themed, Theme())


def test_money_is_asked_with_its_dots(seat: Seat) -> None:
    desk = seat(FakeExchange())
    panel = desk.view.panel
    view = replace(
        fake.FakeExchange().question(desk.view.model.asked[0].entry), fields=(("Phí (đồng)", "6000", "5000"),)
    )
    panel.show_question(None, view)
    said = [one.text() for one in panel._both.findChildren(QLabel)]
    assert "6.000\u00a0đ" in said
    assert "5.000\u00a0đ" in said
    assert panel.value() == "5000"


# --- files ---


def test_files_under_way_are_counted_and_none_are_not_spoken_of(seat: Seat) -> None:
    desk = seat(FakeExchange())
    assert desk.view.parts.files.text() == "Tệp: 31 đã gửi, 2 chờ"
    assert words.files(replace(fake.OFFLINE, files_sent=0, files_waiting=0)) == ""
    assert words.files(replace(fake.OFFLINE, files_sent=1_204, files_waiting=0)) == "Tệp: 1.204 đã gửi, 0 chờ"


# --- siblings on the LAN ---


def test_siblings_are_named_with_what_they_lack_and_a_blocked_port(seat: Seat) -> None:
    desk = seat(FakeExchange(replace(fake.OFFLINE, lan_trouble="Cổng 7443 bị chặn.")))
    shown = desk.view.parts.siblings
    assert shown.isVisibleTo(desk.view)
    assert shown.text() == (
        "Mạng nội bộ: QUẦY-01 · 10:24, đủ  |  BÀN KÝ · mất liên lạc từ 09:10, thiếu 3 mục"
        "   Cổng 7443 bị chặn."
    )


def test_without_a_lan_nothing_is_said_of_it(seat: Seat) -> None:
    desk = seat(FakeExchange(replace(fake.OFFLINE, neighbours=())))
    assert not desk.view.parts.siblings.isVisibleTo(desk.view)


# --- compared with the province ---


def test_a_difference_is_red_whatever_the_line_says(themed: QApplication) -> None:
    for pill in (ports.SYNCED, ports.SENDING, ports.OFFLINE, ports.SLOW, ports.OLD, ports.UNKNOWN):
        band = words.band(replace(fake.APART, pill=ports.Pill(pill, "x", 0)), fake.MORNING)
        assert (band.kind, band.title) == ("bad", fake.APART.proof.words)
        assert "commune-hub verify --unit" in band.words


def test_green_names_the_comparison_it_rests_on_and_none_before_the_first(themed: QApplication) -> None:
    assert words.band(fake.SYNCED, fake.MORNING).words == "Khớp với tỉnh lúc 02:10 · 1.190 mục"
    never = replace(fake.SYNCED, proof=ports.ProofView(words="Chưa đối chiếu từng mục với tỉnh."))
    assert words.band(never, fake.MORNING).words == "Chưa đối chiếu từng mục với tỉnh."


def test_ctrl_d_compares_once_and_tells(seat: Seat) -> None:
    port = FakeExchange()
    desk = seat(port)
    assert desk.view.parts.proof.text() == "Khớp với tỉnh lúc 02:10 · 1.190 mục"
    press(desk, KEY.Key_D, CTRL)
    assert port.calls.count(("compare",)) == 1
