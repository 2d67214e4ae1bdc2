"""Who looked at data: the list, how far back, a broken chain, words for every way, both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports import reads
from counter_app.services.session.permissions import SCREENS
from counter_app.ui.screens.reads import ENTRY
from counter_app.ui.screens.reads.rows import way
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.reads import FakeReads
from tests.ui.desk import Desk

Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeReads) -> Desk:
        desks.append(Desk(themed, ENTRY, {"reads": port}, frozenset({"reads"})))
        return desks[-1].show()

    yield sit
    for desk in desks:
        desk.close()
    themes.apply(themed, Theme())


def texts(desk: Desk) -> list[str]:
    return [one.text() for one in desk.view.findChildren(QLabel) if one.isVisible()]


def test_rows_say_who_what_when_and_whose_by_code(seat: Seat) -> None:
    desk = seat(FakeReads())
    model = desk.view.rows
    assert model.rowCount() == 3
    assert [model.cell(0, column).text for column in (1, 2, 3)] == ["Lù Thị Mai", "Mở phiếu", "02-0018"]
    assert (model.cell(1, 3).text, model.cell(1, 3).second) == ("02-0017, 02-0016", "12 mục")
    assert model.cell(2, 1).text == "Không ai đăng nhập"


def test_keys_choose_how_far_back_and_f5_reads_again(seat: Seat) -> None:
    port = FakeReads()
    desk = seat(port)
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_F5):
        QTest.keyClick(desk.view.table, key)
        desk.settle()
    assert port.asked == [1, 7, 31, 31]


def test_a_row_taken_out_is_said_in_red(seat: Seat) -> None:
    assert seat(FakeReads(whole=False)).view.broken.isVisible()
    assert not seat(FakeReads()).view.broken.isVisible()


def test_nobody_looked(seat: Seat) -> None:
    assert "Chưa ai xem dữ liệu." in texts(seat(FakeReads(found=())))


def test_a_refusal_is_shown_in_words(seat: Seat) -> None:
    error = DomainError("Vai trò này không có quyền.", code="role.none", title_en="Not allowed.")
    assert "Vai trò này không có quyền." in texts(seat(FakeReads(error=error)))


def test_every_way_has_words_and_an_unknown_one_is_shown_as_it_is() -> None:
    assert [code for code in reads.WAYS if way(code)[0] == code] == []
    assert way("newer")[0] == "newer"


def test_heads_and_inspectors_get_the_page_and_nobody_else() -> None:
    (act,) = SCREENS["reads"]
    allowed = {role for role in roles.ROLES if roles.grade((role,), act)}
    assert allowed == {roles.INSPECTOR, roles.DIRECTOR, roles.DEPUTY_DIRECTOR, roles.CHAIRMAN}
