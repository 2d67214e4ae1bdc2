"""The desk opened on one request: its row, its number that waits for ink, another queue, or words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.signing import PileRow, QueueTab
from counter_app.ui.screens.signing import DESK_ENTRY
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.signing import FakeSigning, day_pile, long_pile, request_id
from tests.ui.desk import Desk
from tests.ui.screen_checks import bar

Open = Callable[..., Desk]


@dataclass
class TwoQueues(FakeSigning):
    """A pile of signatures beside the pile of copies."""

    signatures: list[PileRow] = field(default_factory=list)

    def tabs(self) -> tuple[QueueTab, ...]:
        return (
            QueueTab("copy", "Chứng thực bản sao", len(self.rows)),
            QueueTab("signature", "Chữ ký", len(self.signatures)),
        )

    def pile(self, kind: str = "copy") -> tuple[PileRow, ...]:
        return tuple(self.signatures) if kind == "signature" else tuple(self.rows)


@pytest.fixture
def opened(themed: QApplication) -> Iterator[Open]:
    desks: list[Desk] = []

    def go(request: EntryId, port: FakeSigning | None = None) -> Desk:
        desks.append(Desk(themed, DESK_ENTRY, {"signing": port or FakeSigning()}))
        desks[-1].show()
        desks[-1].window.open_screen(DESK_ENTRY.name, request)
        desks[-1].settle()
        return desks[-1]

    yield go
    for desk in desks:
        assert desk.errors == []
        desk.close()


def test_a_waiting_request_has_the_bar_and_its_papers_at_the_right(opened: Open) -> None:
    desk = opened(request_id(4))
    assert desk.view.pile.current().request == request_id(4)
    assert desk.view.pile.table.hasFocus()
    assert desk.view.model.detail.request == request_id(4)


def test_row_three_hundred_of_a_long_pile_is_found(opened: Open) -> None:
    desk = opened(request_id(300), FakeSigning(rows=long_pile(400)))
    assert desk.view.pile.current().request == request_id(300)


def test_a_numbered_request_leads_to_its_number_that_waits_for_ink(opened: Open) -> None:
    port = FakeSigning()
    line = next(one for lines in port.lines.values() for one in lines if one.number == 1839)
    desk = opened(line.request, port)
    assert desk.view.lines.current().number == 1839
    assert desk.view.lines.table.hasFocus()


def test_a_request_of_another_queue_brings_its_queue_along(opened: Open) -> None:
    stranger = day_pile()[0]
    signatures = long_pile(3)
    rows = [row for row in day_pile() if row.request not in {one.request for one in signatures}]
    desk = opened(signatures[1].request, TwoQueues(rows=rows, signatures=signatures))
    assert desk.view.model.kind == "signature"
    assert desk.view.pile.current().request == signatures[1].request != stranger.request


def test_a_request_that_is_nowhere_is_told_once(opened: Open) -> None:
    desk = opened(EntryId(1, 9_999))
    assert bar(desk) == "Phiếu này không còn chờ cấp số hay chờ xác nhận đã ký."
    desk.window.bar.put_away()
    desk.view.model.read()
    desk.settle()
    assert bar(desk) == ""


def test_reading_again_does_not_pull_the_bar_back(opened: Open) -> None:
    desk = opened(request_id(4))
    desk.view.pile.go_to(request_id(1))
    desk.view.model.read()
    desk.settle()
    assert desk.view.pile.current().request == request_id(1)


def test_the_first_open_number_of_a_lot_stands_where_what_follows_is_seen(themed: QApplication) -> None:
    desk = Desk(themed, DESK_ENTRY, {"signing": FakeSigning()}).show(1366, 768)
    desk.window.open_screen(DESK_ENTRY.name, 4)
    desk.settle()
    table = desk.view.lines.table
    last = table.visualRect(desk.view.lines.rows.index(13, 0))
    assert desk.view.lines.current().number == 1837
    assert last.bottom() <= table.viewport().height()
    desk.close()
