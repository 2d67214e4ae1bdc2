"""The page of tickets: F9 sends what was typed once, answers stand there, what is typed outlives the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.tickets import TicketForm, TicketsView
from counter_app.ui.screens.technician import TICKETS, tickets
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import Button
from tests.support.fakes.tickets import FakeTickets
from tests.ui.desk import Desk
from tests.ui.screen_checks import nameless

KEY = Qt.Key
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeTickets) -> Desk:
        desks.append(Desk(themed, TICKETS, {"tickets": port}))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def press(desk: Desk, *keys: Qt.Key) -> None:
    for key in keys:
        desk.robot.key(key)
    desk.settle()


def test_tickets_answers_and_requests_stand_there(seat: Seat) -> None:
    view = seat(FakeTickets()).view
    badges = [view.rows.cell(n, 1).badge[0] for n in range(3)]
    assert badges == ["Đã trả lời", "Chờ trả lời", "Đã khép"]
    assert "SC-1-1-204 · QUẦY-01" in view.rows.cell(0, 0).second
    assert "chiều nay có người xuống" in view.detail.text()
    assert view.afar_card.isVisible()
    assert [view.afar.cell(n, 1).badge[0] for n in range(2)] == ["Chờ lúc rảnh", "Đã trả lời tỉnh"]
    assert "0213 000 000" in view.support.text()
    assert nameless(view) == []


def test_another_row_shows_its_words(seat: Seat) -> None:
    desk = seat(FakeTickets())
    desk.view.table.go_to(1)
    desk.settle()
    assert desk.view.detail.text() == "không thấy tỉnh từ sáng"


def test_f9_alone_sends_what_was_typed(seat: Seat) -> None:
    port = FakeTickets()
    desk = seat(port)
    desk.view.on_shown("copies")
    desk.settle()
    desk.robot.type("in biên lai")
    press(desk, KEY.Key_Return)
    desk.robot.type("giấy kẹt")
    press(desk, KEY.Key_Return)
    assert [call[0] for call in port.calls if call[0] == "open"] == []
    press(desk, KEY.Key_F9)
    assert ("open", TicketForm("copies", "in biên lai\ngiấy kẹt")) in port.calls
    assert desk.window.bar.words() == "Đã ghi phiếu SC-1-1-300."
    assert (desk.view.doing.text(), desk.view.happened.text()) == ("", "")
    assert desk.view.commit.isEnabled()


def test_two_f9_are_one_ticket(seat: Seat) -> None:
    port = FakeTickets()
    desk = seat(port)
    desk.view.happened.fill("x")
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert sum(call[0] == "open" for call in port.calls) == 1


def test_a_refusal_stands_at_the_field_and_the_words_stay(seat: Seat) -> None:
    fault = DomainError(
        "Có số định danh.", remedy="Bỏ số đó đi.", field="words", code="ticket.personal", title_en="No."
    )
    desk = seat(FakeTickets(refused=fault))
    desk.view.happened.fill("012086006812")
    press(desk, KEY.Key_F9)
    assert "Bỏ số đó đi." in desk.view.happened.error()
    assert desk.view.happened.text() == "012086006812"
    assert desk.view.commit.isEnabled()


def test_what_is_typed_is_kept_when_the_page_goes_and_stands_there_again(seat: Seat) -> None:
    port = FakeTickets()
    desk = seat(port)
    desk.robot.type("đang in")
    desk.view.on_hidden()
    desk.settle()
    assert ("draft", TicketForm("", "đang in")) in port.calls
    again = seat(port)
    assert again.view.doing.text() == "đang in"


def test_a_bundle_goes_into_the_chosen_folder(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    port = FakeTickets(TicketsView())
    desk = seat(port)
    monkeypatch.setattr(tickets.QFileDialog, "getExistingDirectory", lambda *_: "")
    desk.view.bundle.click()
    desk.settle()
    assert port.calls == []
    monkeypatch.setattr(tickets.QFileDialog, "getExistingDirectory", lambda *_: "/usb")
    desk.view.bundle.click()
    desk.settle()
    assert port.calls == [("bundle", "/usb")]
    assert desk.window.bar.words() == "Gói chẩn đoán nằm ở /usb/chan-doan.zip"


def test_news_are_read_and_a_failing_store_has_words(seat: Seat) -> None:
    port = FakeTickets()
    desk = seat(port)
    port.shown = TicketsView()
    desk.view.on_changed(frozenset({"copies"}))
    desk.settle()
    assert desk.view.rows.rowCount() == 3
    desk.view.on_changed(frozenset({"tickets"}))
    desk.settle()
    assert desk.view.rows.rowCount() == 0
    assert not desk.view.detail_card.isVisible()
    port.broken = DomainError("Kho đang bận.", remedy="Nhấn F5.", code="x", title_en="Busy.")
    press(desk, KEY.Key_F5)
    assert desk.errors == []


def test_the_help_of_any_page_leads_here(seat: Seat) -> None:
    desk = seat(FakeTickets())
    press(desk, KEY.Key_F1)
    words = [one.words() for one in desk.window.drawer.findChildren(Button)]
    assert "Báo sự cố" not in words, "not from this page itself"


def test_the_help_names_the_page_it_came_from(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = seat(FakeTickets())
    opened: list[tuple[str, object]] = []
    monkeypatch.setattr(
        desk.window, "open_screen", lambda name, argument=None: opened.append((name, argument))
    )
    monkeypatch.setattr(desk.window, "_current", "copies")
    monkeypatch.setitem(desk.window._views, "copies", desk.view)
    press(desk, KEY.Key_F1)
    (button,) = [one for one in desk.window.drawer.findChildren(Button) if one.words() == "Báo sự cố"]
    button.click()
    assert opened == [("tickets", "copies")]
