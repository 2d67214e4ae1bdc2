"""The copies page as it is seen: room, states, themes, words for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import RequestForm, RowForm
from counter_app.ui import i18n
from counter_app.ui.screens.copies import ENTRY
from counter_app.ui.screens.copies.rows import ENTRY as ENTRY_LINE
from counter_app.ui.screens.copies.rows import FAULTY, PENDING, PHOTOCOPY, PapersModel, lines_of
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.copies import AT, PERSON, FakeCopies, sample
from tests.ui.desk import Desk
from tests.ui.screen_checks import KEY, colours, nameless, press, takes_keys, too_big, walk

RIGHTS = frozenset({"copies", "take_in", "take_money"})


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    """The sample of the picture."""
    made = Desk(themed, ENTRY, {"copies": sample()}, RIGHTS, "QUẦY-02").show()
    yield made
    made.close()


class Broken(FakeCopies):
    """A store that cannot be read."""

    def load_draft(self) -> RequestForm | None:
        raise DomainError("Chưa đọc được nháp.", remedy="Nhấn F5 để thử lại.")


def cells(model: PapersModel, row: int) -> list[str]:
    return [model.cell(row, column).spoken() for column in range(len(model.columns))]


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("port", [sample, FakeCopies])
def test_it_fits_a_small_screen(themed: QApplication, scale: float, port: type[FakeCopies]) -> None:
    themes.apply(themed, Theme("light", scale))
    made = Desk(themed, ENTRY, {"copies": port()}, RIGHTS).show(1366, 697)
    try:
        assert too_big(made) == ""
        view = made.view
        for part in (view.person, view.money, view.text, view.commit, view.later_button):
            assert part.height() >= part.minimumSizeHint().height()
            assert view.rect().contains(
                part.geometry().translated(part.parent().mapTo(view, part.pos()) - part.pos())
            )
    finally:
        made.close()
        themes.apply(themed, Theme())


@pytest.mark.parametrize("name", THEMES)
def test_it_is_painted_in_every_theme(themed: QApplication, name: str) -> None:
    themes.apply(themed, Theme(name))
    made = Desk(themed, ENTRY, {"copies": sample()}, RIGHTS).show()
    try:
        assert colours(made) > 6
    finally:
        made.close()
        themes.apply(themed, Theme())


def test_the_text_gives_way_before_anything_that_acts(themed: QApplication) -> None:
    high = Desk(themed, ENTRY, {"copies": sample()}, RIGHTS).show(1366, 768)
    assert high.view.text.stamp.isVisible()
    high.window.resize(1366, 640)
    high.settle()
    assert not high.view.text.stamp.isVisible()
    assert high.view.commit.isVisible()
    high.close()


def test_rows_look_like_the_picture(desk: Desk) -> None:
    model = desk.view.papers.model
    assert cells(model, 0)[:2] == ["1", "Bằng tốt nghiệp Số hiệu A 0451278"]
    assert cells(model, 1)[1:] == [
        "Học bạ hb 24x2p", "Bản sao", "24", "2", "26.000\u00a0đ", "52.000\u00a0đ", "đã đối chiếu đã chọn",
    ]  # fmt: skip
    photo = cells(model, 2)
    assert (photo[0], photo[2], photo[5]) == ("", "Photo", "500\u00a0đ/trang")
    assert photo[7] == ""
    assert cells(model, 4)[2] == "Chữ ký"
    assert model.line(6).kind == ENTRY_LINE
    assert model.place_of(2) == 3
    assert "chưa đối chiếu" in model.row_words(5)


def test_lines_do_not_wait_for_the_answer() -> None:
    port = sample()
    form = port.draft
    assert form is not None
    view = port.view(form)
    changed = RequestForm(PERSON, (RowForm("gks 1x9"), *form.rows[1:], RowForm("zz")))
    kinds = [line.kind for line in lines_of(changed, view, form)]
    assert kinds[0] == PENDING
    assert kinds[1:3] == ["copy", PHOTOCOPY]
    assert kinds[-2:] == [PENDING, ENTRY_LINE]


def test_a_row_not_understood_says_so_in_its_place() -> None:
    port = FakeCopies()
    form = RequestForm(PERSON, (RowForm("??", compared_at=AT),))
    (line, _entry) = lines_of(form, port.view(form), form)
    assert line.kind == FAULTY
    assert "Chưa hiểu dòng" in line.second


def test_empty_says_what_to_do(themed: QApplication) -> None:
    made = Desk(themed, ENTRY, {"copies": FakeCopies()}, RIGHTS).show()
    assert "Quét thẻ căn cước để bắt đầu" in made.view.notice.accessibleName()
    assert not made.view.person.from_card.isVisible()
    assert made.view.money.total.text() == "0\u00a0đ"
    made.close()


def test_a_draft_that_cannot_be_read_is_told_with_a_way_out(themed: QApplication) -> None:
    made = Desk(themed, ENTRY, {"copies": Broken()}, RIGHTS).show()
    panel = made.view.papers.stack.currentWidget()
    assert "Chưa đọc được nháp." in panel.accessibleName()
    made.close()


def test_nobody_to_sign_is_said_and_does_not_stop_entry(themed: QApplication) -> None:
    port = FakeCopies(signers=())
    made = Desk(themed, ENTRY, {"copies": port}, RIGHTS).show()
    assert "Chưa có ai được phân công" in made.view.text.warning.text()
    assert not made.view.text.signatory.isEnabled()
    made.close()


def test_the_choice_of_signatory_is_kept_and_warned_about(desk: Desk) -> None:
    text = desk.view.text
    assert text.signatory.currentText() == "Vàng Văn Thăng — Phó Chủ tịch"
    assert text.queue.text().endswith("7")
    text.signatory.setCurrentIndex(1)
    text.signatory.activated.emit(1)
    desk.settle()
    assert desk.view.model.form.signatory == desk.view.model.signatories[1].official
    assert text.warning.text() == "Quyết định 47/QĐ-UBND hết hạn sau 6 ngày."


def test_everything_has_a_name(desk: Desk) -> None:
    assert nameless(desk.view) == []
    desk.view.papers.open_last()
    assert nameless(desk.view) == []


def test_tab_goes_in_reading_order(desk: Desk) -> None:
    view = desk.view
    view.person.identity.edit.setFocus()
    path = walk(desk, 13)
    order = [
        view.person.name.edit, view.person.birth.edit, view.person.home.edit, view.papers.table,
        view.papers.refuse_button, view.money.given.edit, view.text.signatory, view.commit,
        view.preview_button, view.later_button, view.person.drop,
    ]  # fmt: skip
    assert [one for one in path if one in order] == order
    assert set(path) <= set(takes_keys(view))


def test_nothing_but_f9_presses_the_button(desk: Desk) -> None:
    desk.view.commit.setFocus()
    press(desk, KEY.Key_Return)
    port: FakeCopies = desk.view.context.program.copies
    assert port.commits == []


def test_english_is_whole(themed: QApplication) -> None:
    i18n.use_language("en")
    made = Desk(themed, ENTRY, {"copies": sample()}, RIGHTS).show()
    assert made.view.title() == "Certify copies"
    assert made.view.papers.model.headerData(1, Qt.Orientation.Horizontal) == "Paper"
    assert all("đ" not in hint.words for hint in made.view.legend())
    made.close()


def test_no_number_is_shown_before_it_is_born(desk: Desk) -> None:
    assert desk.view.papers.book_number.text() == "03/2026-SCT/BS"
    assert desk.view.papers.place.words() == "cấp số tại BÀN KÝ"
    words = [line.text() for line in desk.view.text._lines]
    assert words[1] == "Số chứng thực: ……  Quyển số: 03/2026-SCT/BS"


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_no_words_of_the_row_peek_out_below_the_cell_being_typed(themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    made = Desk(themed, ENTRY, {"copies": FakeCopies()}, RIGHTS).show(1366, 697)
    try:
        papers = made.view.papers
        papers.open_last()
        made.robot.type("zzz")
        press(made, KEY.Key_Return)
        assert papers.model.line(0).kind == FAULTY
        papers.open_row(0)
        made.settle()
        box = papers.table.visualRect(papers.model.index(0, 1))
        assert papers.editor.geometry().top() - box.top() <= 2
        assert box.bottom() - papers.editor.geometry().bottom() <= 2
    finally:
        made.close()
        themes.apply(themed, Theme())


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_with_the_practice_band_it_still_fits_a_small_screen(themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    made = Desk(themed, ENTRY, {"copies": sample()}, RIGHTS).show(1366, 697)
    try:
        made.window._practice.setVisible(True)
        made.settle()
        assert too_big(made) == ""
        assert made.window.height() == 697
    finally:
        made.close()
        themes.apply(themed, Theme())


def test_the_text_comes_and_goes_with_the_room_a_fee_line_leaves(themed: QApplication) -> None:
    """Another line in the money card alone: nobody draws the whole form again."""
    made = Desk(themed, ENTRY, {"copies": FakeCopies()}, RIGHTS).show(1366, 697)
    try:
        view = made.view
        view.papers.open_last()
        made.robot.type("gks 1x4")
        press(made, KEY.Key_Return, KEY.Key_Space)
        words, amount = view.money._lines[1]
        spare = 690
        while not view.text.stamp.isVisible():
            spare += 4
            assert spare < 790
            made.window.resize(1366, spare)
            made.settle()
        for part in (words, amount):
            part.setText("1.000 đ")
            part.setVisible(True)
        made.settle()
        assert not view.text.stamp.isVisible(), "no room beside a second line"
        for part in (words, amount):
            part.setVisible(False)
        made.settle()
        assert view.text.stamp.isVisible(), "and room again"
    finally:
        made.close()
