"""The board equals the counters: two counters at work, one hub, the same figures and the same rows behind."""

from __future__ import annotations

import pytest

from counter_app.services.ports.home import HomeView
from counter_app.storage.queries import arrivals
from sync.hub.hub import Hub
from sync.hub.reading import board as boards
from sync.hub.reading import reader
from sync.hub.reading.board import UnitBoard
from sync.hub.reading.figures import AGES, FIGURES, PILES, Moment
from sync.hub.reading.kpi import VERSION
from sync.hub.tables import kpi
from tests.support import invariants
from tests.support.counter import CLERK, UNIT
from tests.sync.scenarios.office import Office
from tests.unit.hub.test_exchange import rows

DAY = 20261120


def moment(office: Office, day: int = DAY) -> Moment:
    return Moment(office.clock.at, day)


def board_of(hub: Hub, when: Moment) -> UnitBoard:
    hub.contacts.write()
    with hub.database.read() as connection:
        (found,) = boards.board(connection, [UNIT], when)
    return found


def homes(office: Office) -> list[HomeView]:
    """Each counter's own home page."""
    found = []
    for pc in office.running:
        pc.sign_in(CLERK)
        found.append(pc.areas.home.home())
    return found


def test_every_figure_is_the_counters_own(office: Office) -> None:
    shown = board_of(office.hub, moment(office))
    views = homes(office)
    for view in views:
        tiles = {tile.code: tile.value for tile in view.tiles}
        tabs = {code: count for code, _, count in view.tabs}
        assert str(shown.overdue) == tiles["overdue"] == str(tabs["overdue"])
        assert (str(shown.due_today), str(shown.ready)) == (tiles["due_today"], tiles["ready"])
        assert (shown.online, shown.waiting_citizen) == (tabs["online"], tabs["supplement"])
        assert shown.sent_back == tabs["returned"]
        assert tiles["on_time"] == f"{shown.on_time * 100 / shown.settled:.1f}%".replace(".", ",")
    taken = [int(tile.value) for view in views for tile in view.tiles if tile.code == "taken"]
    assert shown.received == sum(taken) == 11
    for pc in office.running:
        with pc.store.read() as connection:
            pending = arrivals.pending(connection)
        assert (shown.figure("waits_for_number"), shown.figure("at_signer")) == (
            pending.requests,
            pending.lines,
        )


def test_the_day_has_something_in_every_figure(office: Office) -> None:
    """Else the equality above would hold for a board that shows nothing."""
    shown = board_of(office.hub, moment(office))
    seen = {code: shown.figure(code) for code in FIGURES if shown.figure(code)}
    assert set(FIGURES) - set(seen) == {"due_today", "late"}


@pytest.mark.parametrize("code", FIGURES)
def test_a_figure_has_as_many_rows_as_it_says(office: Office, code: str) -> None:
    shown = board_of(office.hub, moment(office))
    with office.hub.database.read() as connection:
        found = boards.rows(connection, UNIT, code, moment(office))
    assert found.total == len(found.rows) == shown.figure(code)


@pytest.mark.parametrize("code", PILES)
def test_the_ages_of_a_pile_add_up_and_open_their_own_rows(office: Office, code: str) -> None:
    monday = Moment(office.clock.at + 3 * 24 * 3_600_000, 20261123)
    piles = {when: getattr(board_of(office.hub, when), code) for when in (moment(office), monday)}
    total = board_of(office.hub, monday).figure(code)
    assert piles[moment(office)] == (total, 0, 0, 0)
    assert piles[monday] == (0, 0, total, 0)
    for age in range(len(AGES)):
        with office.hub.database.read() as connection:
            found = boards.rows(connection, UNIT, code, monday, age)
        assert found.total == piles[monday][age]


def test_rows_name_no_citizen(office: Office) -> None:
    with office.hub.database.read() as connection:
        told = str([boards.rows(connection, UNIT, code, moment(office)) for code in FIGURES])
    for name in invariants.rows(
        office.running[0].store, "SELECT name FROM requests UNION SELECT name FROM dossiers"
    ):
        assert name[0] not in told


def test_another_day_counts_nothing_received_and_an_earlier_month_nothing_settled(office: Office) -> None:
    later, before = (
        board_of(office.hub, moment(office, 20261121)),
        board_of(office.hub, moment(office, 20261031)),
    )
    assert (later.received, later.settled) == (0, 4)
    assert (before.received, before.settled, before.overdue) == (0, 0, 5)


def tables(hub: Hub) -> dict[str, list[tuple[object, ...]]]:
    return {table.name: sorted(rows(hub, table)) for table in kpi.READINGS}


def test_made_again_is_as_it_was_live(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    live = tables(office.hub)
    assert all(live.values())
    monkeypatch.setattr("sync.hub.reading.reader.BATCH", 3)
    office.hub.rebuild(UNIT)
    assert tables(office.hub) == live


def test_a_newer_program_makes_them_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    live = tables(office.hub)
    with office.hub.database.write() as connection:
        connection.execute(kpi.kpi_days.update().values(received=99))
    for version, wrong in ((VERSION, True), (f"{VERSION}+1", False)):
        monkeypatch.setattr("sync.hub.reading.kpi.VERSION", version)
        with office.hub.database.write() as connection:
            reader.forget_older(connection)
        office.hub.read()
        assert (tables(office.hub) != live) is wrong


def test_contacts_tell_when_each_pc_was_met_and_what_it_kept(office: Office) -> None:
    shown = board_of(office.hub, moment(office))
    assert (shown.devices, shown.met_at, shown.unsent) == (2, office.clock.at, 0)
