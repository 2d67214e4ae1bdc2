"""Scenario 7: a request and its person carried between two units by the province."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from counter_app.domain.organisation.readable import NO_SEAL, Judge
from counter_app.domain.questions.decisions import ask
from sync.hub.checking.making import listed_units
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.journals.entry import Draft, Facts, write_entry
from sync.protocol.journals.system_kinds import Carried, DeviceRevoked, Redacted, SystemKind, carry
from sync.protocol.naming.ids import SELF, EntryId
from tests.support.invariants import hub_apart, hub_broken, rows, stale
from tests.unit.hub.commune import Clock, Commune

HERE, THERE = "03390", "03388"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(tmp_path: Path, clock: Clock) -> Iterator[Hub]:
    with Hub.open(tmp_path / "hub", practice=False, now=clock, durable=False) as opened:
        opened.add_unit(HERE, "Xã Bình Lư")
        opened.add_unit(THERE, "Phường Đoàn Kết")
        yield opened


@pytest.fixture
def pc(hub: Hub, tmp_path: Path, clock: Clock) -> Iterator[Callable[[str], Commune]]:
    made: list[Commune] = []

    def new(unit: str) -> Commune:
        made.append(Commune(hub, tmp_path, unit, clock, len(made) + 1))
        return made[-1]

    yield new
    for one in made:
        one.close()


def shared_request(pc: Commune) -> tuple[EntryId, EntryId]:
    """A person, and a request that names that person."""
    person = pc.person()
    request = msgspec.structs.replace(pc.request_draft("Nguyễn Thị Đào", (1,)), subjects=(SELF, person))
    return person, pc.act([request]).entries[0].id


def state(pc: Commune, subject: EntryId) -> object:
    with pc.store.read() as connection:
        return pc.store.readings.state(connection, subject).state


def envelopes(hub: Hub) -> list[EntryId]:
    with hub.database.read() as connection:
        sql = schema.entries.select().where(schema.entries.c.kind == int(SystemKind.CARRIED))
        return [decode_body(Carried, row.body).entry for row in connection.execute(sql)]


def test_both_units_fold_a_shared_request_alike_and_each_entry_travels_once(hub, pc) -> None:
    here, here_too, there = pc(HERE), pc(HERE), pc(THERE)
    person, request = shared_request(here)
    private = here.request("Người khác")
    for _ in range(2):
        for each in (here, here_too, there):
            each.sync()
    hub.share(request, THERE)
    hub.read()
    there.sync()
    assert state(there, request) == state(here, request)
    assert state(there, person) == state(here, person)
    assert state(there, private) is None, "what was not shared is not told"
    # Both write on it while the line is down: concurrent acts, kept both, read alike after they met.
    there.act([draft(c.RequestReturned("mend", "Thiếu trang 2"), request)])
    here_too.act([draft(c.RequestReturned("mend", "Không rõ tên"), request)])
    for _ in range(3):
        for each in (there, here, here_too):
            each.sync()
    assert state(here, request) == state(here_too, request) == state(there, request)
    carried = envelopes(hub)
    assert len(carried) == len(set(carried)) == 4
    assert private not in carried
    for each in (here, here_too, there):
        assert stale(each.store) == []
        assert hub_apart(hub, each.unit, each.store) == []
    assert hub_broken(hub) == []
    # A unit's vector knows its own journals only: the inner entry is held in its envelope.
    assert here.journal not in there.port().vector().positions
    assert rows(there.store, f"SELECT count(*) FROM entries WHERE journal = {here.journal}") == [(0,)]


def test_the_province_asks_both_units_about_a_shared_request_and_its_readers_come_to_rest(hub, pc) -> None:
    """What the province wrote for one unit is not carried to the other: reminding of it went on for ever."""
    here, there = pc(HERE), pc(THERE)
    _, request = shared_request(here)
    for each in (here, there):
        each.sync()
    hub.share(request, THERE)
    hub.read()
    there.sync()
    turns = 0

    def counted(unit: str):
        nonlocal turns
        turns += 1
        assert turns < 50, "the readers remind each other without end"
        return real(unit)

    real, hub._turn = hub._turn, counted
    for unit in (HERE, THERE):
        hub.append(unit, ask(request, request, "fee-differs", "fee", "Vì sao?"))
    here.act([draft(c.RequestReturned("mend", "Thiếu trang 2"), request)])
    here.sync()
    hub.read()
    there.sync()
    assert hub.unread() == 0
    assert state(there, request) == state(here, request)


def test_a_pc_that_was_taken_over_carries_no_words_of_others_and_revokes_nobody(hub, pc) -> None:
    """``Carried`` and ``DeviceRevoked`` in a counter's own journal are kept, passed on and not read."""
    here, here_too, there = pc(HERE), pc(HERE), pc(THERE)
    for each in (here, here_too, there):
        each.sync()
    mine = here.request("Người thật")
    forged = write_entry(
        EntryId(there.journal, 900),
        Facts(here.at, 100, 1, 0, None, None, (EntryId(there.journal, 900),)),
        b"\x90",
    )
    revoked = DeviceRevoked(here_too.journal, 1, "không")
    subjects = (EntryId(here_too.journal, 1),)
    here.act([
        Draft(SystemKind.CARRIED, (mine,), encode_body(carry(forged))),
        Draft(SystemKind.DEVICE_REVOKED, subjects, encode_body(revoked)),
        Draft(SystemKind.JOURNAL_OPENED, (SELF,), b"\x91\x01"),
    ])  # fmt: skip
    for each in (here, here_too, here, here_too):
        each.sync()
    for each in (here, here_too):
        assert rows(each.store, "SELECT count(*) FROM carried") == [(0,)]
        assert rows(each.store, "SELECT DISTINCT reason FROM set_aside") == [("not-theirs",)]
        assert stale(each.store) == []
    assert hub_apart(hub, HERE, here.store) == []
    with hub.database.read() as connection:
        assert connection.execute(schema.carried.select()).all() == []
        listed = {one.journal: one.revoked_on for unit in listed_units(connection) for one in unit.devices}
    assert listed[here_too.journal] == 0, "the public list calls nobody revoked on a counter's word"
    hub.revoke(here.journal, reason="mất máy")  # its second opening, which is none, is in nobody's way
    hub.read()


def test_an_order_to_redact_needs_an_officials_own_seal(hub, pc) -> None:
    """Any bytes in the place of a seal emptied an entry once."""
    here, here_too = pc(HERE), pc(HERE)
    person = here.person()
    for each in (here, here_too):
        each.sync()
    order = Draft(SystemKind.REDACTED, (person,), encode_body(Redacted(person, "court", "QĐ 1/2026")))
    here_too.act([order])
    for each in (here_too, here, here_too):
        each.sync()
    for each in (here, here_too):
        assert rows(
            each.store, f"SELECT count(*) FROM entries WHERE key = {person.key} AND body IS NULL"
        ) == [(0,)]
    judge = Judge({})
    facts = Facts(1, int(SystemKind.REDACTED), 1, 0, None, None, (person,))
    entry = write_entry(EntryId(here_too.journal, 9), facts, order.body, bytes(64))
    assert judge.judge(entry) == NO_SEAL


def test_sharing_that_ended_carries_nothing_more_and_takes_nothing_back(hub, pc) -> None:
    here, there = pc(HERE), pc(THERE)
    _, request = shared_request(here)
    here.sync()
    there.sync()
    hub.share(request, THERE)
    hub.read()
    there.sync()
    held = state(there, request)
    hub.end_sharing(request, THERE)
    here.act([draft(c.RequestReturned("mend", "Thiếu trang 2"), request)])
    for each in (here, there, here, there):
        each.sync()
    assert state(there, request) == held != state(here, request)
