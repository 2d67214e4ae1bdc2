"""Tickets: draft, bundle, entry in an order no kill breaks; requests from afar by their PC alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.tickets import decisions
from counter_app.domain.tickets.entries import (
    AnsweredFromAfar,
    AskedFromAfar,
    BundleNamed,
    StandingSaid,
    TicketAnswered,
    TicketOpened,
)
from counter_app.domain.tickets.state import AfarState
from counter_app.errors import OutsideError
from counter_app.paths import Paths
from counter_app.printing.preview import page_count
from counter_app.services.attachments.queue import AttachmentQueue
from counter_app.services.exchange.pill import LineFacts
from counter_app.services.ports.technician import CheckRow
from counter_app.services.ports.tickets import TicketForm
from counter_app.services.technician.backups import Backups
from counter_app.services.technician.tickets import afar as module
from counter_app.services.technician.tickets.afar import TOLD_ON, AfarDesk
from counter_app.services.technician.tickets.news import ticket_news
from counter_app.services.technician.tickets.port import FOLDER, TicketsArea
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import attachments as table
from counter_app.storage.this_pc import device
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.ids import SELF, EntryId, device_of
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.counter import Counter, make_counter, take_in

ROWS = (
    CheckRow("store", "database", "Kho dữ liệu", "good", "nguyên vẹn"),
    CheckRow("printers", "printer", "Máy in", "look", "chưa chọn"),
)
FORM = TicketForm("copies", "Máy in kẹt giấy khi in lời chứng")
DAY = 86_400_000


class Killed(BaseException):
    """The process ends here."""


@dataclass
class FakeLine:
    """How the line stands."""

    facts: LineFacts = field(default_factory=LineFacts)


@dataclass
class Ticks:
    """Milliseconds of this run, moved by hand."""

    now: int = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """A founded counter, closed: each test works on a copy of its folder."""
    made = make_counter(tmp_path_factory.mktemp("quay"), register=False)
    made.close()
    return made


@pytest.fixture
def counter(founded: Counter, tmp_path: Path) -> Iterator[Counter]:
    folder = Path(shutil.copytree(founded.folder, tmp_path / "pc"))
    store = Store.open(folder / founded.store.path.name, founded.store_key)
    made = replace(founded, folder=folder, clock=copy(founded.clock), store=store).reopen()
    made.sign_in("mai")
    yield made
    made.close()


def area_of(counter: Counter, doctor: Callable[[], tuple[CheckRow, ...]] = lambda: ROWS) -> TicketsArea:
    saved = Backups(counter.work, Paths(counter.folder))
    return TicketsArea(counter.work, counter.areas.desk, FakeLine(), saved, doctor)  # type: ignore[arg-type]


@pytest.fixture
def area(counter: Counter) -> TicketsArea:
    return area_of(counter)


def bodies(counter: Counter, kind: type[Any], number: int) -> list[Any]:
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT body FROM entries WHERE kind = ? ORDER BY key", (number,))
        return [decode_body(kind, bytes(row[0])) for row in rows]


def kept(counter: Counter) -> tuple[str, ...]:
    return counter.work.kept_files(FOLDER).names()


def test_a_ticket_names_a_bundle_that_lies_on_the_disk(counter: Counter, area: TicketsArea) -> None:
    area.keep_draft(FORM)
    assert area.view().draft == FORM
    done = area.open_ticket(FORM)
    (body,) = bodies(counter, TicketOpened, 540)
    assert done.number.startswith("SC-1-1-")
    assert done.number in done.words
    assert kept(counter) == (body.bundle.digest.hex(),)
    data = counter.work.kept_files(FOLDER).get(body.bundle.digest.hex())
    assert data is not None
    assert (len(data), data[:2]) == (body.bundle.size, b"PK")
    assert [(one.check, one.verdict) for one in body.standing.checks] == [
        ("store", "good"),
        ("printers", "look"),
    ]
    assert body.standing.free_mb > 0
    (shown,) = area.view().tickets
    assert (shown.number, shown.status, shown.words) == (done.number, "open", FORM.words)
    assert area.view().draft is None


def test_offline_the_number_and_whom_to_call_stand_on_paper(counter: Counter, area: TicketsArea) -> None:
    with counter.store.write() as connection:
        device.put_setting(connection, "support.words", "Hỗ trợ tập huấn 0213 000 000")
    done = area.open_ticket(FORM)
    assert Path(done.slip).name == f"bao-su-co-{done.number}.pdf"
    assert page_count(Path(done.slip).read_bytes()) == 1
    assert area.view().support == "Hỗ trợ tập huấn 0213 000 000"
    area.line.facts = LineFacts(asked=True, code="done")  # type: ignore[misc]
    assert area.open_ticket(FORM).slip == ""


def test_a_ticket_that_a_stick_brought_says_that_its_bundle_is_still_here(
    counter: Counter, area: TicketsArea, monkeypatch: pytest.MonkeyPatch
) -> None:
    area.open_ticket(FORM)
    digest = bytes.fromhex(kept(counter)[0])
    assert area.view().tickets[0].where == "chờ gửi"
    monkeypatch.setattr("counter_app.storage.queries.exchange.is_received", lambda *_: True)
    behind = "đã ở tỉnh, gói chẩn đoán còn ở máy này"
    assert area.view().tickets[0].where == behind
    queue = AttachmentQueue(counter.work, dict)
    assert queue.look() == 1
    assert area.view().tickets[0].where == behind
    queue.sent(digest)
    assert area.view().tickets[0].where == "đã ở tỉnh"


@pytest.mark.parametrize("words", ["", "Số 012086006812 không in"])
def test_a_refused_ticket_costs_no_work(counter: Counter, words: str) -> None:
    area = area_of(counter, lambda: pytest.fail("the self-test ran"))
    with pytest.raises(DomainError):
        area.open_ticket(TicketForm("copies", words))
    assert kept(counter) == ()


def test_nobody_signed_in_opens_no_ticket(counter: Counter, area: TicketsArea) -> None:
    counter.areas.session.sign_out()
    with pytest.raises(DomainError) as refused:
        area.open_ticket(FORM)
    assert refused.value.code == "session.none"


@pytest.mark.parametrize("where", ["doctor", "bundle", "act", "after"])
def test_killed_anywhere_nothing_is_lost_and_nothing_doubled(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def die(*_: object, **__: object) -> Any:
        raise Killed

    area = area_of(counter)
    if where == "doctor":
        area.doctor = die
    elif where == "bundle":
        monkeypatch.setattr(TicketsArea, "keep_bundle", die)
    elif where == "act":
        monkeypatch.setattr(type(counter.store), "act", die)
    else:
        monkeypatch.setattr(TicketsArea, "_done", die)
    with pytest.raises(Killed):
        area.open_ticket(FORM)
    monkeypatch.undo()
    counter.reopen()
    counter.sign_in("mai")
    again = area_of(counter)
    found = again.view()
    if where == "after":
        assert (len(found.tickets), found.draft) == (1, None)
    else:
        assert (found.tickets, found.draft) == ((), FORM)
        again.open_ticket(found.draft)
    assert len(again.view().tickets) == len(bodies(counter, TicketOpened, 540)) == 1
    (body,) = bodies(counter, TicketOpened, 540)
    assert body.bundle.digest.hex() in kept(counter)


def test_a_full_disk_costs_the_bundle_not_the_ticket(
    counter: Counter, area: TicketsArea, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("counter_app.storage.this_pc.kept_files.KeptFiles.put", full)
    monkeypatch.setattr("counter_app.services.technician.tickets.port.print_slip", full)
    done = area.open_ticket(FORM)
    (body,) = bodies(counter, TicketOpened, 540)
    assert body.bundle == BundleNamed()
    assert "Chưa kèm được gói chẩn đoán" in done.words
    monkeypatch.setattr("counter_app.services.technician.diagnostics.bundle.write_flushed", full)
    with pytest.raises(OutsideError) as refused:
        area.write_bundle("")
    assert refused.value.code == "bundle.place"


def test_the_bundle_waits_to_be_sent_like_any_file(counter: Counter, area: TicketsArea) -> None:
    area.open_ticket(FORM)
    (body,) = bodies(counter, TicketOpened, 540)
    unit = counter.work.place.unit
    queue = AttachmentQueue(counter.work, lambda: {1: UnitKey(unit, 1, bytes(32))})
    waiting = queue.next_out()
    assert waiting is not None
    assert waiting.digest == body.bundle.digest
    with counter.store.read() as connection:
        found = table.find(connection, body.bundle.digest, table.OUT)
    assert found is not None
    assert found.folder == FOLDER


# Requests from afar; the province's entries are put into the store as an exchange would bring them.


def asked(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, wish: str, device_number: int = 0, **more: Any
) -> EntryId:
    """A request; the province's journal is played by this PC's own, whose kind is read all the same here."""
    now = counter.clock.now()
    number = device_number or device_of(counter.work.journal)
    body = AskedFromAfar(number, wish, "xem giúp", more.get("until", now + DAY))
    monkeypatch.setattr("counter_app.domain.organisation.readable.PROVINCE_ALONE", frozenset())
    return counter.store.append([draft(body, SELF)], counter.areas.desk.act()).entries[0].id


@pytest.fixture
def ticks() -> Ticks:
    return Ticks(1_000_000)


@pytest.fixture
def desk(area: TicketsArea, ticks: Ticks) -> AfarDesk:
    made = AfarDesk(area, ticks)
    with area.work.store.write() as connection:
        device.put_setting(connection, TOLD_ON, "20261120")
    return made


def state(counter: Counter, request: EntryId) -> AfarState:
    found = counter.state(request)
    assert isinstance(found, AfarState)
    return found


def test_it_waits_until_nobody_is_at_work(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(counter, monkeypatch, "doctor")
    with counter.store.read() as connection:
        (told,) = ticket_news(connection, counter.work, counter.work.now())
    assert "chạy tự kiểm tra" in told[1]
    (row,) = desk.tickets.view().afar
    assert (row.waits, row.why) == (True, "xem giúp")
    assert not desk.turn()
    ticks.now += 59_000
    counter.work.changed("copies")
    ticks.now += 59_000
    counter.work.changed("sync", "received")
    assert not desk.turn()
    ticks.now += 2_000
    assert desk.turn()
    found = state(counter, request)
    assert (found.status, found.items) == ("done", 2)
    assert found.standing is not None
    assert not desk.turn()
    assert len(bodies(counter, AnsweredFromAfar, 543)) == 1


def quiet(desk: AfarDesk, ticks: Ticks) -> None:
    ticks.now += 61_000
    for _ in range(10):
        desk.turn()


@pytest.mark.parametrize(
    ("wish", "outcome"), [("bundle", "done"), ("catalogue", "done"), ("reboot; rm -rf /", "unknown")]
)
def test_each_wish_is_answered_once(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch, wish: str, outcome: str
) -> None:
    request = asked(counter, monkeypatch, wish)
    quiet(desk, ticks)
    found = state(counter, request)
    assert found.status == outcome
    assert len(bodies(counter, AnsweredFromAfar, 543)) == 1
    assert (found.bundle.digest.hex() in kept(counter)) == (wish == "bundle")
    (row,) = desk.tickets.view().afar
    assert not row.waits
    assert ("Không hiểu" in row.outcome) == (outcome == "unknown")


def test_a_lapsed_request_is_not_done(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(counter, monkeypatch, "bundle", until=5)
    quiet(desk, ticks)
    assert (state(counter, request).status, kept(counter)) == ("lapsed", ())


def test_what_another_pc_was_asked_is_left_alone(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(counter, monkeypatch, "doctor", 77)
    quiet(desk, ticks)
    assert state(counter, request).is_open
    assert bodies(counter, AnsweredFromAfar, 543) == []


def test_planted_fault_a_pc_that_does_what_another_was_asked(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of what waits is the guard: without it the other's request is carried out here."""
    asked(counter, monkeypatch, "doctor", 77)
    monkeypatch.setattr(module, "device_of", lambda _: 77)
    monkeypatch.setattr(decisions, "is_for", lambda *_: True)
    quiet(desk, ticks)
    assert len(bodies(counter, AnsweredFromAfar, 543)) >= 1


def test_a_bug_in_a_check_is_answered_and_not_asked_again(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []

    def broken() -> tuple[CheckRow, ...]:
        runs.append(1)
        raise RuntimeError("a bug")

    desk.tickets.doctor = broken
    request = asked(counter, monkeypatch, "doctor")
    quiet(desk, ticks)
    assert (state(counter, request).status, state(counter, request).code) == ("failed", "RuntimeError")
    assert len(runs) == 1


def test_killed_before_the_answer_it_is_done_again_and_answered_once(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(counter, monkeypatch, "bundle")
    ticks.now += 61_000
    with monkeypatch.context() as patched:
        patched.setattr(AfarDesk, "_answer", _die)
        with pytest.raises(Killed):
            desk.turn()
    assert len(kept(counter)) == 1
    counter.reopen()
    counter.sign_in("mai")
    again = AfarDesk(area_of(counter), ticks)
    quiet(again, ticks)
    assert state(counter, request).status == "done"
    assert len(bodies(counter, AnsweredFromAfar, 543)) == 1


def _die(*_: object) -> None:
    raise Killed


def test_a_store_that_refuses_is_asked_again_later(
    counter: Counter, desk: AfarDesk, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(counter, monkeypatch, "doctor")
    ticks.now += 61_000
    with monkeypatch.context() as patched:
        patched.setattr(AfarDesk, "_answer", _full)
        assert not desk.turn()
    assert desk.turn()
    assert state(counter, request).status == "done"


def _full(*_: object) -> None:
    raise StoreError("store.full")


def test_once_a_day_and_not_on_the_first_the_pc_says_how_it_stands(
    counter: Counter, area: TicketsArea
) -> None:
    ticks = Ticks(1_000_000)
    desk = AfarDesk(area, ticks)
    quiet(desk, ticks)
    assert bodies(counter, StandingSaid, 544) == []
    counter.clock.at += DAY
    quiet(desk, ticks)
    quiet(desk, ticks)
    (said,) = bodies(counter, StandingSaid, 544)
    assert len(said.standing.checks) == 2


def test_the_answer_of_the_province_is_told_at_home_for_a_while(
    counter: Counter, area: TicketsArea, monkeypatch: pytest.MonkeyPatch
) -> None:
    area.open_ticket(FORM)
    with counter.store.read() as connection:
        assert ticket_news(connection, counter.work, counter.work.now()) == []
        ticket = EntryId.from_key(connection.exec_driver_sql("SELECT id FROM tickets").scalar())
    monkeypatch.setattr("counter_app.domain.organisation.readable.PROVINCE_ALONE", frozenset())
    monkeypatch.setattr("counter_app.domain.tickets.aggregates.is_province", lambda _: True)
    answer = draft(TicketAnswered("Đã gửi trục mực", False), ticket)
    counter.store.append([answer], counter.areas.desk.act())
    with counter.store.read() as connection:
        (told,) = ticket_news(connection, counter.work, counter.work.now())
        assert ticket_news(connection, counter.work, counter.work.now() + 4 * DAY) == []
    assert "SC-1-1-" in told[1]
    (shown,) = area.view().tickets
    assert [words for _, words in shown.answers] == ["Đã gửi trục mực"]


def test_work_goes_on_beside_an_open_request(
    counter: Counter, desk: AfarDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(counter, monkeypatch, "doctor")
    assert take_in(counter)
