"""When PCs were met: together, seldom, never at the cost of an exchange; and what the fleet tells of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from sync.hub.clock import note_word
from sync.hub.contacts import EVERY_MS, Contact
from sync.hub.hub import Hub
from sync.hub.reading.fleet import QUIET_MS, DeviceView, fleet
from sync.hub.tables import schema
from sync.hub.tables.officials import contacts
from sync.protocol.naming.ids import journal_of
from tests.support.invariants import rows as counter_rows
from tests.sync.scenarios.office import Office
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.pages.conftest import Client
from tests.unit.hub.pages.test_pages import sign_in, text_of
from tests.unit.hub.test_exchange import rows

UNIT = "00000"
IN_73_YEARS = 73 * 365 * 86_400_000


def devices(hub: Hub, clock: Clock) -> list[DeviceView]:
    hub.contacts.write()
    with hub.database.read() as connection:
        return list(fleet(connection, [UNIT], clock()))


def test_a_pc_with_a_grant_that_never_came(hub: Hub, clock: Clock) -> None:
    hub.add_grant(UNIT, "QUẦY-09")
    (shown,) = devices(hub, clock)
    assert (shown.name, shown.life, shown.met_at, shown.state) == ("QUẦY-09", 0, 0, "never")


class SlowClock(Clock):
    """A PC's clock, 700 s behind the hub's."""

    def __init__(self, hubs: Clock) -> None:
        self.at = hubs.at - 700_000


def test_clock_contact_and_position_of_a_pc_that_came(
    hub: Hub, clock: Clock, counter: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.busy_day(3)
    clock.at += 700_000
    slow = SlowClock(clock)
    monkeypatch.setattr(counter, "clock", slow)
    counter.engine = counter.new_engine()
    counter.sync()
    (shown,) = devices(hub, clock)
    assert (shown.life, shown.met_at, shown.offset, shown.state) == (1, clock.at, 700_000, "clock")
    ((seq,),) = counter_rows(
        counter.store, f"SELECT seq FROM journal_heads WHERE journal = {counter.journal}"
    )
    assert (shown.held, shown.unsent) == (seq, 0)


@pytest.mark.parametrize(("passed", "state"), [(QUIET_MS, "ok"), (QUIET_MS + 1, "quiet")])
def test_a_pc_not_met_for_a_day_is_told(
    hub: Hub, clock: Clock, counter: Commune, passed: int, state: str
) -> None:
    counter.sync()
    clock.at += passed
    assert [shown.state for shown in devices(hub, clock)] == [state]


def contact(clock: Clock, journal: int = journal_of(7, 1), claimed: int = 5, held: int = 5) -> Contact:
    return Contact(journal, UNIT, clock(), clock(), claimed, held)


def test_idle_exchanges_write_now_and_then(hub: Hub, clock: Clock, counted: Callable[[], int]) -> None:
    for _ in range(100):
        hub.contacts.met(contact(clock))
        clock.at += EVERY_MS // 50
    assert counted() == 2
    hub.contacts.write()
    assert rows(hub, contacts)[0][2] == clock.at - EVERY_MS // 50


@pytest.fixture
def counted(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many writing transactions contacts took."""
    made: list[int] = []
    write = hub.database.write

    def counting(*given: object, **more: object):
        made.append(1)
        return write(*given, **more)

    monkeypatch.setattr(hub.database, "write", counting)
    return lambda: len(made)


def test_what_a_pc_kept_is_told_with_its_age_until_it_came(hub: Hub, clock: Clock) -> None:
    begun = clock()
    for later, claimed, since in (
        (0, 9, begun),
        (60_000, 12, begun),
        (120_000, 5, 0),
        (180_000, 6, begun + 180_000),
    ):
        clock.at = begun + later
        hub.contacts.met(contact(clock, claimed=claimed))
        hub.contacts.write()
        assert rows(hub, contacts)[0][-1] == since


def test_a_later_life_takes_the_place_of_an_earlier(hub: Hub, clock: Clock) -> None:
    for journal in (journal_of(6, 1), journal_of(7, 1), journal_of(7, 2), journal_of(8, 1)):
        hub.contacts.met(contact(clock, journal))
        hub.contacts.write()
    assert [row[0] for row in rows(hub, contacts)] == [journal_of(6, 1), journal_of(7, 2), journal_of(8, 1)]


def test_another_worker_that_met_it_later_is_believed(hub: Hub, clock: Clock) -> None:
    old = contact(clock)
    clock.at += 60_000
    hub.contacts.met(contact(clock))
    hub.contacts.write()
    hub.contacts.met(old)
    hub.contacts.write()
    assert rows(hub, contacts)[0][2] == clock()


def test_a_busy_database_costs_no_device_its_exchange(
    hub: Hub, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object):
        raise OperationalError("busy", {}, Exception())

    with monkeypatch.context() as patched:
        patched.setattr(hub.database, "write", busy)
        hub.contacts.met(contact(clock))
        with pytest.raises(OperationalError):
            hub.contacts.write()
    hub.contacts.write()
    assert len(rows(hub, contacts)) == 1


@pytest.mark.parametrize(
    ("back", "told"), [(60_000, False), (3_600_001, True), (73 * 365 * 86_400_000, True)]
)
def test_a_contact_under_a_wrong_clock_gives_way_to_the_next_and_another_workers_does_not(
    hub: Hub, back: int, told: bool
) -> None:
    """An hour apart no two workers are: the earlier moment is then the later contact."""
    journal = journal_of(7, 1)
    for at in (4_070_908_800_000, 4_070_908_800_000 - back):
        hub.contacts.met(Contact(journal, UNIT, at, at, 5, 5))
        hub.contacts.write()
    with hub.database.read() as connection:
        (kept,) = connection.execute(contacts.select().with_only_columns(contacts.c.met_at)).scalars()
    assert (kept == 4_070_908_800_000 - back) is told


def test_a_clock_that_went_back_behind_a_signed_word_is_said_on_the_page(
    client: Client, office: Office
) -> None:
    sign_in(client)
    assert "Đồng hồ của tỉnh đang chậm" not in text_of(client.get("/fleet"))
    with office.hub.database.write() as connection:
        note_word(connection, office.hub.now() + 3 * 86_400_000)
    try:
        shown = " ".join(text_of(client.get("/fleet")).split())
        assert "Đồng hồ của tỉnh đang chậm 3 ngày so với lời tỉnh đã ký" in shown
        assert "commune-hub life" in shown
        assert "The province's clock stands 3 days before a word" in " ".join(
            text_of(client.get("/fleet?lang=en")).split()
        )
    finally:
        with office.hub.database.write() as connection:
            connection.execute(schema.settings.delete().where(schema.settings.c.name == "word-latest"))
