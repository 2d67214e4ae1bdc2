"""The parts of the copies page by themselves: order of problems, the typed cell, money, signatory, picker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.copies import (
    INFO,
    LOOK,
    STOP,
    KnownPerson,
    MoneyLine,
    Notice,
    PaperKind,
    RequestForm,
    RequestView,
    RowForm,
    TextPreview,
)
from counter_app.ui.background import Background
from counter_app.ui.screens.copies import problems
from counter_app.ui.screens.copies.form_model import LATER, FormModel, Read
from counter_app.ui.screens.copies.papers_card import PapersCard
from counter_app.ui.screens.copies.person_card import PersonCard
from counter_app.ui.screens.copies.side_cards import MoneyCard, TextCard, Yielding
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label
from tests.support.fakes.copies import EARLIER, PERSON, SIGNERS, FakeCopies

KEY = Qt.Key
NUMBER = Notice(STOP, "requester.identity", "Nhập số.", "", -1, "id_number")
NAME = Notice(STOP, "name.empty", "Nhập tên.", "", -1, "name")
NO_PAPERS = Notice(STOP, problems.NO_PAPERS, "Chưa có giấy tờ nào.", "", -1)
UNREAD = Notice(STOP, "row.pattern", "Chưa hiểu dòng.", "", 1)
UNTICKED = Notice(STOP, problems.NOT_COMPARED, "Chưa đối chiếu.", "", 0, "compared")
EXPIRED = Notice(LOOK, "card.expired", "Thẻ hết hạn.", "", 2, "paper")
SHORT = Notice(LOOK, "money.short", "Còn thiếu.", "", -1, "given")
AGAIN = Notice(INFO, "person.again", "Lần thứ 3.", "", -1, "id_number")
EMPTY_TEXT = TextPreview((), 0, "overlay")


def model_with(*notices: Notice, rows: int = 3, tried: bool = False) -> FormModel:
    """A form of so many rows that was read with these notices."""
    model = FormModel(FakeCopies(), Background(lambda _error: None), lambda: 0)
    model.form = RequestForm(PERSON, tuple(RowForm(f"gks 1x{n + 1}") for n in range(rows)))
    view = RequestView((), (), 0, 0, 0, notices, rows, 0, "", False)
    model._read = Read(model.form, view, EMPTY_TEXT, "")
    model.tried = tried
    return model


def test_problems_stand_in_the_order_of_the_page(themed: QApplication) -> None:
    model = model_with(SHORT, EXPIRED, UNTICKED, AGAIN, NUMBER, UNREAD)
    assert problems.problems(model) == [NUMBER, UNTICKED, UNREAD, EXPIRED, SHORT]


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ((-1, ""), NUMBER), ((-1, "id_number"), NAME), ((-1, "name"), UNTICKED), ((0, ""), UNREAD),
        ((1, ""), EXPIRED), ((2, ""), SHORT),
    ],
)  # fmt: skip
def test_the_next_problem_is_the_one_behind(place: tuple[int, str], target: Notice) -> None:
    assert problems.after([NUMBER, NAME, UNTICKED, UNREAD, EXPIRED, SHORT], place) == target


def test_behind_the_last_problem_comes_the_first() -> None:
    assert problems.after([UNTICKED, EXPIRED], (2, "")) == UNTICKED
    assert problems.after([NUMBER], (-1, "id_number")) == NUMBER


def test_what_f9_alone_may_call_wrong_waits_for_f9(themed: QApplication) -> None:
    found = (NO_PAPERS, UNTICKED, UNREAD, EXPIRED, NUMBER, AGAIN)
    assert problems.to_show(model_with(*found), None) == [UNREAD, EXPIRED]
    assert problems.to_show(model_with(*found, tried=True), None) == [NO_PAPERS, UNTICKED, UNREAD, EXPIRED]


def test_the_current_rows_notice_comes_first(themed: QApplication) -> None:
    model = model_with(UNREAD, EXPIRED)
    assert problems.to_show(model, 2)[0] == EXPIRED
    assert problems.to_show(model, 1)[0] == UNREAD


def test_notices_of_rows_that_are_gone_are_not_told(themed: QApplication) -> None:
    assert model_with(EXPIRED, NUMBER, rows=2).notices(STOP, LOOK) == (NUMBER,)


@pytest.fixture
def papers(themed: QApplication) -> Iterator[PapersCard]:
    """The list with three rows."""
    card = PapersCard()
    card.resize(784, 420)
    form = RequestForm(PERSON, (RowForm("gks 1x4"), RowForm("hb 24x2p"), RowForm("??")))
    card.show_rows(form, FakeCopies().view(form), form)
    card.show()
    card.activateWindow()
    themed.processEvents()
    yield card
    card.close()
    card.deleteLater()


def test_the_typed_cell_lies_over_its_row(papers: PapersCard) -> None:
    papers.open_row(1)
    rect = papers.table.visualRect(papers.model.index(papers.model.place_of(1), 1))
    assert rect.top() <= papers.editor.geometry().center().y() <= rect.bottom()
    assert papers.editor.text() == "hb 24x2p"
    papers.resize(784, 300)
    assert papers.editor.isVisible()


def test_the_line_to_type_in_is_the_last(papers: PapersCard) -> None:
    papers.open_row(99)
    assert papers.editor.row() == 3
    assert papers.editor.text() == ""
    assert papers.table.current_row() == papers.model.rowCount() - 1


def test_arrows_leave_the_cell_for_the_rows_around(papers: PapersCard) -> None:
    written: list[tuple[int, str]] = []
    papers.written.connect(lambda row, text: written.append((row, text)))
    papers.open_row(1)
    QTest.keyClick(papers.editor, KEY.Key_Up)
    assert not papers.editor.is_open()
    assert papers.current_original() == 0
    papers.open_row(1)
    QTest.keyClick(papers.editor, KEY.Key_Down)
    assert papers.current_original() == 2
    assert written == [(1, "hb 24x2p"), (1, "hb 24x2p")]


def test_space_opens_what_cannot_be_ticked(papers: PapersCard) -> None:
    asked: list[int] = []
    papers.tick_asked.connect(asked.append)
    papers.go_to_tick(2)
    papers.tick()
    assert papers.editor.row() == 2
    papers.go_to_tick(0)
    papers.tick()
    assert asked == [0]


def test_a_click_ticks_an_original_and_no_photocopy(papers: PapersCard) -> None:
    asked: list[int] = []
    papers.tick_asked.connect(asked.append)
    for place in range(papers.model.rowCount()):
        spot = papers.table.visualRect(papers.model.index(place, 7)).center()
        QTest.mouseClick(papers.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [0, 1, 2]


def test_a_locked_list_opens_nothing(papers: PapersCard) -> None:
    papers.open_row(0)
    papers.set_locked(True)
    assert not papers.editor.is_open()
    papers.open_row(0)
    assert not papers.editor.is_open()
    assert not papers.refuse_button.isEnabled()


def test_kinds_are_offered_only_while_words_are_typed(papers: PapersCard) -> None:
    kinds = tuple(PaperKind(f"k{n}", f"Giấy {n}") for n in range(8))
    editor = papers.editor
    papers.open_last()
    editor.setText("ck k")
    editor.show_kinds(kinds)
    assert editor.offer.isVisible()
    assert editor.offer.model.rowCount() == 5
    assert editor.offer.current() == ""
    QTest.keyClick(editor, KEY.Key_Down)
    assert editor.offer.current() == "k0"
    editor._take("k3")
    assert editor.text() == "ck k3 "
    editor.setText("k3 2")
    editor.show_kinds(kinds)
    assert not editor.offer.isVisible()


def test_a_registers_name_without_a_number_stays_whole(papers: PapersCard) -> None:
    papers.show_book("Chưa mở sổ SCT/BS", "")
    assert (papers.book.text(), papers.book_number.text()) == ("Chưa mở sổ SCT/BS", "")
    assert not papers.place.isVisible()


def test_money_that_is_paid_later_asks_for_none(themed: QApplication) -> None:
    card = MoneyCard()
    view = RequestView((), (MoneyLine("Phí · 4 bản", 8000),), 8000, 10_000, 2000, (), 1, 4, "", True)
    card.show_money(RequestForm(given="10"), view)
    assert (card.total.text(), card.change.text()) == ("8.000\u00a0đ", "2.000\u00a0đ")
    assert [words.text() for words, _ in card._lines if not words.isHidden()] == ["Phí · 4 bản"]
    card.show_money(RequestForm(pay=LATER), replace(view, change=0))
    assert card.change.text() == "–"
    assert not card.given.isEnabled()
    assert card.when.current() == LATER
    card.deleteLater()


def test_a_short_sum_is_red_and_says_so(themed: QApplication) -> None:
    card = MoneyCard()
    card.show_money(RequestForm(given="5"), RequestView((), (), 8000, 5000, -3000, (), 1, 4, "", False))
    assert (card.change_words.text(), card.change.text()) == ("Còn thiếu", "3.000\u00a0đ")
    assert card.change.property("colour") == "bad"
    card.deleteLater()


def test_the_text_is_shown_as_it_prints(themed: QApplication) -> None:
    card = TextCard()
    card.show_text(TextPreview(("CHỨNG THỰC", "Ngày …", "Vàng Văn Thăng"), 4, "stamp"))
    shown = [one for one in card._lines if not one.isHidden()]
    assert [one.text() for one in shown] == ["CHỨNG THỰC", "Ngày …", "Vàng Văn Thăng"]
    assert [one.property("role") for one in shown] == ["caption_strong", "caption", "caption_strong"]
    assert card.medium.text() == "4 lời chứng · đóng dấu tay"
    card.show_text(None)
    assert card.medium.text() == ""
    card.show_signatories(SIGNERS, RequestForm(signatory=SIGNERS[1].official))
    assert card.signatory.currentIndex() == 1
    card.deleteLater()


def test_parts_give_way_one_by_one(themed: QApplication) -> None:
    first, second = label("một"), label("hai")
    box = Yielding(first, second)
    need = second.sizeHint().height() + 4
    shown = []
    for room in (10 * need, need, need - 1):
        box.fit(room)
        shown.append((not first.isHidden(), not second.isHidden()))
    assert shown == [(True, True), (False, True), (False, False)]
    assert box.minimumSizeHint().height() == 0
    box.deleteLater()


def test_a_persons_words_follow_what_is_known(themed: QApplication) -> None:
    card = PersonCard()
    card.show_known(KnownPerson(PERSON, 2, ("hb 24x2",), earlier=EARLIER), "Lần thứ 3 trong năm.")
    assert card.again.text() == "Lần thứ 3 trong năm. Lấy lại dòng cũ"
    card.show_known(KnownPerson(PERSON, 0, ()), "")
    assert card.again.isHidden()
    assert card.cap.isHidden()
    card.fill(PERSON, from_card=True)
    assert card.identity.text() == "012 086 006 812"
    assert not card.from_card.isHidden()
    card.show_faults((NUMBER, NAME), all_of_them=False)
    assert (card.identity.error(), card.birth.error()) == ("Nhập số.", "")
    card.deleteLater()


def test_the_wheel_changes_no_choice(themed: QApplication) -> None:
    picker, picked = Picker("Trình ai ký"), list[int]()
    picker.picked.connect(picked.append)
    picker.show_choices(("một", "hai"), 0)
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(picker, wheel)
    assert picker.currentIndex() == 0
    picker.show_choices(("một", "hai"), 7)
    assert picker.currentIndex() == -1
    assert picked == []
    QTest.keyClick(picker, KEY.Key_Down)
    assert picked == [0]
    picker.deleteLater()
