"""The fleet page's row about the national portal: counts and what to do, no code of a dossier."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.hub.portal import queue
from sync.hub.portal.plan import Order
from sync.hub.portal.service import LAST
from sync.hub.tables import portal as tables
from sync.hub.tables import schema
from tests.sync.scenarios.office import Office
from tests.unit.hub.pages.conftest import Client
from tests.unit.hub.pages.test_pages import sign_in, text_of


@pytest.fixture
def queued(office: Office) -> Iterator[None]:
    """Two told, one waiting, one for a person."""
    hub = office.hub
    orders = (
        Order(1, "00000", "done"), Order(2, "00000", "done"), Order(3, "00000", "waiting"),
        Order(4, "00000", "dead", code="H35-CHIM-HOANG-YEN", fault="field", detail="ChuHoSo"),
    )  # fmt: skip
    with hub.database.write() as connection:
        queue.keep_setting(connection, queue.SWITCH, "on")
        queue.keep_setting(connection, LAST, f"{hub.now()} ")
        for order in orders:
            queue.keep(connection, order)
    yield
    with hub.database.write() as connection:
        connection.execute(tables.orders.delete())
        connection.execute(schema.settings.delete().where(schema.settings.c.name.like("portal%")))


def test_without_a_portal_there_is_no_row(client: Client) -> None:
    sign_in(client)
    assert "Cổng Dịch vụ công" not in text_of(client.get("/fleet"))


def test_the_row_counts_and_says_what_to_do(client: Client, queued: None) -> None:
    sign_in(client)
    shown = " ".join(text_of(client.get("/fleet")).split())
    assert "Cổng Dịch vụ công quốc gia đang thông" in shown
    assert "đã gửi đủ 2 · chờ gửi 1 · cần người xem 1" in shown
    assert "Thiếu trường Cổng bắt buộc" in shown
    assert "HOANG-YEN" not in shown
    assert "A field that the portal requires" in text_of(client.get("/fleet?lang=en"))
