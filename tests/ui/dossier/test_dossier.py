"""The dossier's page as a handler works it: by keys alone, F9 commits once, who waits is never late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.dossiers import ActField, ActForm, ActOffer, DossierView
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.ui import i18n
from counter_app.ui.screens.dossier import ENTRY
from counter_app.ui.screens.dossier.act_form import ActFormCard, TickLine
from counter_app.ui.screens.dossier.detail import wide_words
from counter_app.ui.screens.dossier.page import FORMS, HISTORY, OTHER
from counter_app.ui.screens.dossier.rows import fact_rows, paper_badge
from counter_app.ui.screens.dossier.view_model import Asked, DossierModel, taken_back
from counter_app.ui.screens.intake.entry import Opened
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.dossiers import PIN, FakeDossiers
from tests.ui.desk import CLERK, Desk
from tests.ui.hands import Hands, heard
from tests.ui.screen_checks import CTRL, KEY, bar, give_pin, nameless, press, scan, takes_keys, too_big

Seat = Callable[..., Desk]
HANDLER = CLERK | {"work_on_dossier"}
TO_ACTS, TO_FORM, WHY = (KEY.Key_2, CTRL), (KEY.Key_3, CTRL), (KEY.Key_T, CTRL)
LATE_WORDS = ("quá hạn", "trễ hạn", "overdue", "late")


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits a handler down before a dossier."""
    desks: list[Desk] = []

    def sit(
        port: FakeDossiers, dossier: EntryId | None = None, scale: float = 1.0, name: str = "light"
    ) -> Desk:
        if (scale, name) != (1.0, "light"):
            themes.apply(themed, Theme(name, scale))
        desk = Desk(themed, ENTRY, {"dossiers": port}, HANDLER, "QUẦY-02").show()
        desks.append(desk)
        desk.window.open_screen("dossier", dossier or port.day.deciding)
        desk.settle()
        return desk

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def spoken(desk: Desk) -> str:
    """Every word of the page a person can read or hear, all five lists included."""
    parts = desk.view.parts
    rows = [model.row_words(row) for model in parts.models.values() for row in range(model.rowCount())]
    head = (parts.head.due.text(), parts.head.due_second.text(), parts.head.badge.words())
    return " ".join((*rows, *head)).casefold()


def test_the_history_is_the_dossiers_own_entries_newest_last(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    titles = [row.title for row in desk.view.parts.models[HISTORY].rows()]
    assert titles == [
        "Nộp hồ sơ",
        "Tiếp nhận, hẹn trả",
        "Chuyển xử lý",
        "Nhận xử lý",
        "Ghi ý kiến",
        "Trình dự thảo",
    ]
    assert desk.view.parts.tables[HISTORY].current_row() == 5


def test_an_opinion_is_written_by_keys_alone(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, TO_ACTS, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    desk.robot.type("Đủ điều kiện")
    assert port.forms == []
    press(desk, KEY.Key_F9)
    assert port.forms == [ActForm(port.day.deciding, "opinion", {"opinion": "Đủ điều kiện"})]
    assert desk.view.parts.models[HISTORY].rows()[-1].words == "Đủ điều kiện"
    assert desk.view.parts.form is None
    assert bar(desk) == "Đã ghi."


def test_a_letter_opens_its_act_only_in_the_list_of_acts(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    desk.robot.type("y")
    desk.settle()
    assert desk.view.parts.form is None
    press(desk, TO_ACTS)
    desk.robot.type("y")
    desk.settle()
    assert desk.view.parts.form.offer.code == "opinion"
    desk.robot.type("y")
    assert desk.view.parts.form.fields["opinion"].text() == "y"


def test_r_asks_the_reason_and_nothing_is_written_without_one(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_R, KEY.Key_F9)
    assert desk.view.parts.form.offer.code == "withdraw"
    assert desk.view.parts.form.fields["reason"].error() == "Ô này chưa nhập."
    assert port.forms == []
    desk.robot.type("Người nộp xin rút")
    press(desk, KEY.Key_F9)
    assert port.forms == [ActForm(port.day.deciding, "withdraw", {"reason": "Người nộp xin rút"})]


def test_escape_keeps_what_was_typed_and_the_act_finds_it_again(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_R)
    desk.robot.type("Xin rút")
    press(desk, KEY.Key_Escape)
    assert desk.view.parts.form is None
    press(desk, KEY.Key_R)
    assert desk.view.parts.form.fields["reason"].text() == "Xin rút"
    desk.window.open_screen("dossier", port.day.in_work)
    desk.settle()
    press(desk, KEY.Key_R)
    assert desk.view.parts.form.fields["reason"].text() == "", "another dossier's words may not stay"


def test_a_sealed_act_asks_the_pin_after_f9_and_again_when_it_is_wrong(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, TO_ACTS)
    desk.robot.type("h")
    desk.settle()
    desk.robot.type("30/11/2026 17:00")
    press(desk, KEY.Key_Return)
    desk.robot.type("Chờ xác minh")
    press(desk, KEY.Key_F9)
    assert port.forms == []
    give_pin(desk, "000000")
    assert desk.window.dialog.is_open(), "a wrong PIN is asked again"
    give_pin(desk, PIN)
    (form,) = port.forms
    assert (form.act, form.pin) == ("extend", PIN)
    assert form.values == {"due": "30/11/2026 17:00", "reason": "Chờ xác minh"}


def test_a_choice_must_be_made_and_travels_as_its_code(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, TO_ACTS, KEY.Key_Down, KEY.Key_Return, KEY.Key_F9)
    assert desk.view.parts.form.choices["to"].error() == "Chọn một mục."
    press(desk, KEY.Key_Down, KEY.Key_Down, KEY.Key_F9)
    assert [form.values["to"] for form in port.forms] == ["78"]


def test_money_travels_as_plain_digits(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, TO_ACTS)
    desk.robot.type("m")
    desk.settle()
    desk.robot.type("8000")
    press(desk, KEY.Key_Return)
    desk.robot.type("Nghị quyết")
    press(desk, KEY.Key_F9)
    assert port.forms[0].values == {"fee": "8000", "reason": "Nghị quyết"}


def test_online_f9_accepts_without_a_form_and_b_and_r_open_theirs(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), port.day.online)
    press(desk, KEY.Key_B)
    assert desk.view.parts.form.offer.code == "ask"
    press(desk, KEY.Key_Escape, KEY.Key_F9)
    assert [form.act for form in port.forms] == ["accept"]
    assert desk.view.model.page.state == "accepted"


def test_f9_without_a_form_writes_nothing_and_says_what_to_do(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_F9)
    assert port.forms == []
    assert "Ctrl+2" in bar(desk)


def test_two_presses_of_f9_commit_once(themed: QApplication) -> None:
    port, hands = FakeDossiers(), Hands(held=True)
    model = DossierModel(port, hands.background())
    model.open(port.day.deciding)
    hands.let_go()
    offer = model.offer("opinion")
    assert offer is not None
    model.act(offer, {"opinion": "Đủ"})
    model.act(offer, {"opinion": "Đủ"})
    hands.let_go()
    assert len(port.forms) == 1


def test_the_answer_for_a_dossier_left_meanwhile_is_not_shown(themed: QApplication) -> None:
    port, hands = FakeDossiers(), Hands(held=True)
    model = DossierModel(port, hands.background())
    model.open(port.day.late)
    first = hands.waiting.pop()
    model.open(port.day.online)
    hands.let_go()
    first.answer()
    assert model.page is not None
    assert model.page.dossier == port.day.online


def test_an_act_not_possible_is_grey_with_its_reason_and_opens_nothing(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), port.day.waiting)
    assert "Hồ sơ đang chờ dân" in desk.view.parts.act_rows.row_words(2)
    assert desk.view.parts.act_rows.cell(2, 0).colour == "text3"
    press(desk, TO_ACTS, KEY.Key_End, KEY.Key_Return)
    assert desk.view.parts.form is None
    assert "chưa có hạn để gia hạn" in bar(desk)
    assert port.forms == []


def test_no_waiting_dossier_ever_shows_overdue_words(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), port.day.waiting)
    assert desk.view.parts.head.due.text() == "Chờ dân bổ sung"
    assert not [words for words in LATE_WORDS if words in spoken(desk)]
    desk.window.open_screen("dossier", port.day.late)
    desk.settle()
    assert "quá hạn 4 ngày" in spoken(desk), "the net catches what it is for"


def test_fields_go_to_the_clipboard_one_by_one(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    press(desk, KEY.Key_5, KEY.Key_Space)
    assert QGuiApplication.clipboard().text() == "Vàng Thị Dở"
    press(desk, KEY.Key_Space)
    assert QGuiApplication.clipboard().text() == "CCCD …2218"
    assert [desk.view.parts.models[OTHER].cell(row, 0).words for row in range(3)] == [
        "đã chép", "đã chép", "chưa chép",
    ]  # fmt: skip
    assert "Còn 2 ô" in bar(desk)


def test_number_and_date_come_back_into_the_results_form(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_5)
    QGuiApplication.clipboard().setText("Số: 112/2026 ngày 20/11/2026")
    press(desk, KEY.Key_Return)
    assert port.forms == []
    desk.view.parts.form.fields["signer"].fill("Giàng A Chiến")
    press(desk, KEY.Key_F9)
    assert port.forms[0].values == {"number": "112/2026", "date": "20/11/2026", "signer": "Giàng A Chiến"}


@pytest.mark.parametrize(
    ("copied", "found"),
    [
        ("Số: 112/2026 ngày 20/11/2026", {"number": "112/2026", "date": "20/11/2026"}),
        ("112/QĐ-UBND\t20.11.2026", {"number": "112/QĐ-UBND", "date": "20/11/2026"}),
        ("20/11/2026", {"date": "20/11/2026"}),
        ("Số 45", {"number": "45"}),
        ("Nguyễn Thị Thảo", {}),
        ("", {}),
    ],
)
def test_a_date_is_never_taken_for_a_number(copied: str, found: dict[str, str]) -> None:
    assert taken_back(copied) == found


def test_printing_again_asks_its_reason(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_4, KEY.Key_P)
    assert desk.view.parts.tabs.current() == FORMS
    assert port.prints == []
    press(desk, KEY.Key_2, KEY.Key_F9)
    assert port.prints == [(port.day.deciding, "01", "Bản in mờ")]


def test_why_the_date_is_told_step_by_step(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    press(desk, WHY)
    rows = [row.value for row in fact_rows(desk.view.model.page) if row.label in ("1", "2", "3")]
    assert rows == list(desk.view.model.page.why_due)
    assert desk.window.drawer.isVisible()


def test_read_only_says_why_and_offers_nothing(seat: Seat) -> None:
    desk = seat(FakeDossiers(read_only="Chưa đủ dữ liệu"))
    assert desk.view.parts.read_only.accessibleName() == "Chưa đủ dữ liệu"
    assert desk.view.parts.read_only.isVisible()
    assert desk.view.parts.act_rows.rowCount() == 0


def test_an_act_that_does_not_count_is_struck_and_says_so(seat: Seat) -> None:
    port = FakeDossiers()
    rows = port.look(port.day.deciding).timeline
    port.changes = {"timeline": (*rows[:-1], replace(rows[-1], contested="Đã có kết quả khác."))}
    desk = seat(port)
    cell = desk.view.parts.models[HISTORY].cell(5, 1)
    assert (cell.struck, cell.second, cell.second_colour) == (True, "Đã có kết quả khác.", "bad")


def test_what_the_rules_refuse_stands_at_its_field_and_keeps_the_words(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(refuses=DomainError("Ghi ý kiến rõ hơn.", field="opinion")))
    press(desk, TO_ACTS)
    desk.robot.type("y")
    desk.settle()
    desk.robot.type("Đủ")
    press(desk, KEY.Key_F9)
    assert desk.view.parts.form.fields["opinion"].error() == "Ghi ý kiến rõ hơn."
    assert desk.view.parts.form.fields["opinion"].text() == "Đủ"
    port.refuses = None
    press(desk, KEY.Key_F9)
    assert len(port.forms) == 1


def test_a_refusal_without_a_field_stands_in_the_bar(seat: Seat) -> None:
    desk = seat(FakeDossiers(refuses=DomainError("Hồ sơ đã kết thúc.")))
    press(desk, TO_ACTS)
    desk.robot.type("y")
    desk.settle()
    desk.robot.type("Đủ")
    press(desk, KEY.Key_F9)
    assert "Hồ sơ đã kết thúc." in bar(desk)
    assert desk.view.parts.form is not None


def test_a_form_whose_act_is_gone_closes_and_says_so(seat: Seat) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_R)
    port.read_only = "Chỉ xem: cần bản mới để xử lý tiếp"
    desk.view.on_changed(frozenset({"dossiers"}))
    desk.settle()
    assert desk.view.parts.form is None
    assert "không làm được nữa" in bar(desk)


def test_a_dossier_not_here_says_so_and_f5_tries_again(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(trouble=DomainError("Hồ sơ chưa tải về máy này.")))
    stack = desk.view.parts.history_stack
    assert stack.currentWidget() is not desk.view.parts.tables[HISTORY]
    port.trouble = None
    press(desk, KEY.Key_F5)
    assert stack.currentWidget() is desk.view.parts.tables[HISTORY]


@pytest.mark.parametrize("suffix", [KEY.Key_Return, KEY.Key_Tab, None])
def test_a_burst_into_any_field_writes_nothing(seat: Seat, suffix: Qt.Key | None) -> None:
    desk = seat(port := FakeDossiers())
    press(desk, KEY.Key_R)
    for widget in takes_keys(desk.window):
        widget.setFocus()
        scan(desk, "03390002126112000062", suffix)
    assert port.forms == []


def test_a_scan_fills_the_field_that_waits_for_one(themed: QApplication) -> None:
    form = ActFormCard(
        ActOffer("x", "Nhận giấy", "scan", (ActField("code", "Mã bưu gửi", "scan", True),)), {}
    )
    assert form.take_scan("EA123456789VN") is True
    assert form.values() == {"code": "EA123456789VN"}
    plain = ActFormCard(ActOffer("x", "Ghi", "notes", (ActField("words", "Ý kiến"),)), {})
    assert plain.take_scan("EA123456789VN") is False


def test_a_pin_field_is_hidden_and_never_kept(themed: QApplication) -> None:
    offer = ActOffer("x", "Ghi", "notes", (ActField("pin", "PIN", "pin", True), ActField("on", "Đủ", "tick")))
    form = ActFormCard(offer, {})
    form.fill({"pin": "135790", "on": "1", "unknown": "x"})
    assert form.values() == {"pin": "135790", "on": "1"}
    assert form.values(secrets=False) == {"on": "1"}


@pytest.mark.parametrize("argument", ["scan", "hit", "asked"])
def test_scan_search_and_queue_open_it(seat: Seat, argument: str) -> None:
    desk = seat(port := FakeDossiers())
    wanted = port.day.late
    given = {
        "scan": ScanResult("dossier", "x", "", wanted),
        "hit": SearchHit("dossier", "Giàng A Páo", "", "dossier", wanted),
        "asked": Asked(wanted, "dossiers"),
    }[argument]
    desk.window.open_screen("dossier", given)
    desk.settle()
    assert desk.view.model.page.dossier == wanted
    opened: list[str] = []
    desk.window.open_screen = lambda name, argument=None: opened.append(name)  # type: ignore[method-assign]
    assert desk.view.on_escape() is (argument != "scan")
    assert opened == {"scan": [], "hit": ["search"], "asked": ["dossiers"]}[argument]


@pytest.mark.parametrize("look", [Theme(name) for name in THEMES] + [Theme("light", 1.3)])
def test_it_fits_and_everything_has_a_name(seat: Seat, look: Theme) -> None:
    desk = seat(FakeDossiers(), None, look.scale, look.name)
    press(desk, KEY.Key_R)
    assert too_big(desk) == ""
    assert nameless(desk.view) == []


def test_english_is_whole(themed: QApplication, seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(FakeDossiers())
    assert desk.view.parts.tabs._tabs[0].words == "History"
    assert too_big(desk) == ""


def test_every_state_of_a_paper_has_a_word_of_its_own(themed: QApplication) -> None:
    states = ("brought", "missing", "looked_up", "differs", "queued", "at_return", "not_applicable", "newer")
    assert len({paper_badge(state)[0] for state in states}) == len(states)


def test_the_model_hears_of_a_changed_dossier_only_once_per_read(themed: QApplication) -> None:
    port, hands = FakeDossiers(), Hands()
    model = DossierModel(port, hands.background())
    seen = heard(model.changed)
    model.read()
    assert seen == []
    model.open(port.day.late)
    assert len(seen) == 1
    assert isinstance(model.page, DossierView)


LONG = "Giàng A Chiến (tập huấn), " + "xin ý kiến về văn bản của người làm chứng và giấy cam đoan " * 4


def long_history(port: FakeDossiers) -> None:
    """The third line says more than any cell holds."""
    rows = port.look(port.day.deciding).timeline
    port.changes = {"timeline": (*rows[:2], replace(rows[2], words=LONG), *rows[3:])}


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_hour_stands_above_its_day_and_neither_is_cut(seat: Seat, scale: float) -> None:
    desk = seat(FakeDossiers(), None, scale)
    model, table = desk.view.parts.models[HISTORY], desk.view.parts.tables[HISTORY]
    cells = [model.cell(row, 0) for row in range(model.rowCount())]
    assert (cells[0].text, cells[0].second) == ("09:05", "17/11/2026")
    assert all(wide_words(cell) <= table.columnWidth(0) - 20 for cell in cells)


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_words_too_long_for_their_cell_stand_whole_below_the_list(seat: Seat, scale: float) -> None:
    long_history(port := FakeDossiers())
    desk = seat(port, None, scale)
    detail = desk.view.parts.details[HISTORY]
    assert detail.strip.isVisible()
    press(desk, KEY.Key_Home)
    high = detail.strip.height()
    press(desk, KEY.Key_Down, KEY.Key_Down)
    assert detail.text.text() == f"Chuyển xử lý: {LONG}"
    assert detail.strip.height() == high, "the list stands still while the bar moves"
    assert too_big(desk) == ""


def test_no_strip_stands_where_every_cell_is_whole(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    assert not desk.view.parts.details[HISTORY].strip.isVisible()


def test_the_strip_goes_when_the_next_dossier_has_room(seat: Seat) -> None:
    long_history(port := FakeDossiers())
    desk = seat(port)
    port.changes = {}
    desk.window.open_screen("dossier", port.day.late)
    desk.settle()
    assert not desk.view.parts.details[HISTORY].strip.isVisible()


def test_what_is_possible_stands_before_what_is_not_and_the_reason_below(seat: Seat) -> None:
    port = FakeDossiers()
    acts = port.look(port.day.deciding).acts
    refused = replace(acts[0], why_not="Công chức tư pháp - hộ tịch chỉ giải quyết hồ sơ hộ tịch.", fields=())
    port.changes = {"acts": (refused, *acts[1:])}
    desk = seat(port)
    rows = desk.view.parts.act_rows.rows()
    assert [row.code for row in rows] == [*(row.code for row in acts[1:]), acts[0].code]
    assert desk.view.parts.act_rows.cell(len(rows) - 1, 0).icon == ("lock", "text3")
    press(desk, TO_ACTS, KEY.Key_End)
    assert desk.view.parts.acts_detail.text.text() == refused.why_not
    press(desk, KEY.Key_Home)
    assert desk.view.parts.acts_detail.text.text() == "Enter hoặc phím C mở việc này."


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_fourteen_acts_stand_in_the_list_without_scrolling_at_697(seat: Seat, scale: float) -> None:
    port = FakeDossiers()
    one = port.look(port.day.deciding).acts[0]
    port.changes = {"acts": tuple(replace(one, code=f"a{n}", label=f"Việc thứ {n}") for n in range(14))}
    desk = seat(port, None, scale)
    desk.window.resize(1366, 697)
    desk.settle()
    acts = desk.view.parts.acts
    hidden = acts.verticalScrollBar().maximum()
    assert hidden == 0 or scale > 1, "at 100 % every act is in sight"
    press(desk, TO_ACTS, KEY.Key_End)
    last = acts.visualRect(acts.currentIndex())
    assert acts.viewport().rect().contains(last), "what is below the edge comes with the bar"


def test_after_an_act_the_bar_stands_on_the_first_act_of_the_new_list(seat: Seat) -> None:
    port = FakeDossiers()
    desk = seat(port, port.day.online)
    press(desk, TO_ACTS, KEY.Key_End, KEY.Key_F9)
    assert [form.act for form in port.forms] == ["accept"]
    assert desk.view.parts.acts.current_row() == 0
    assert desk.view.parts.acts.hasFocus()


def test_papers_of_form_02_are_ticked_one_by_one_by_keys(seat: Seat) -> None:
    names = (
        "Giấy chứng sinh; trường hợp không có thì văn bản của người làm chứng xác nhận việc sinh",
        "Tờ khai",
    )
    fields = tuple(ActField(f"paper:{row}", name, "tick") for row, name in enumerate(names))
    offer = ActOffer(
        "bring", "Nhận giấy bổ sung", "paperclip", (*fields, ActField("all", "Đã đủ", "tick")), "N"
    )
    port = FakeDossiers(changes={"acts": (offer,)})
    desk = seat(port, port.day.waiting)
    press(desk, TO_ACTS, KEY.Key_Return)
    form = desk.view.parts.form
    assert form.ticks["paper:0"].accessibleName() == names[0]
    press(desk, KEY.Key_Return)
    assert form.ticks["paper:1"].hasFocus()
    form.ticks["paper:1"].click()
    press(desk, KEY.Key_F9)
    assert [sent.values for sent in port.forms] == [{"paper:0": "", "paper:1": "1", "all": ""}]


def test_a_click_on_the_words_of_a_paper_ticks_it(themed: QApplication) -> None:
    line = TickLine(ActField("paper:0", "Giấy chứng sinh", "tick"))
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.tick.isChecked()


def test_ctrl_o_leads_who_takes_in_from_a_waiting_dossier_to_the_intake_page(seat: Seat) -> None:
    desk = seat(port := FakeDossiers(), port.day.waiting)
    opened: list[tuple[str, object]] = []
    press(desk, (KEY.Key_O, CTRL))
    assert "không chờ" in bar(desk), "without the right nothing opens"
    desk.view.context = replace(
        desk.view.context, session=replace(desk.view.context.session, permissions=HANDLER | {"intake"})
    )
    desk.window.open_screen = lambda name, argument=None: opened.append((name, argument))  # type: ignore[method-assign]
    press(desk, (KEY.Key_O, CTRL))
    assert opened == [("intake", Opened(port.day.waiting, "dossier"))]


def test_the_last_field_copied_says_that_all_went_over(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    press(desk, KEY.Key_5, *[KEY.Key_Space] * 4)
    assert bar(desk) == "Đã chép Điện thoại, đủ mọi ô."


def test_number_and_date_taken_back_leave_the_keys_at_the_first_field_still_empty(seat: Seat) -> None:
    desk = seat(FakeDossiers())
    press(desk, KEY.Key_5)
    QGuiApplication.clipboard().setText("Số: 112/2026 ngày 20/11/2026")
    press(desk, KEY.Key_Return)
    assert desk.view.parts.form.fields["signer"].edit.hasFocus()
    assert "112/2026" in bar(desk)
