"""Scenario 10: a counter whose program is older than an entry it holds."""

from __future__ import annotations

import pytest

from counter_app.domain.certification.entries import AppointmentExtended
from counter_app.domain.drafting import draft
from counter_app.domain.folding.readable import READABLE
from counter_app.domain.kinds import BY_BODY
from counter_app.storage.store import Store
from sync.protocol.journals.entry import MUST_UNDERSTAND, Draft
from sync.protocol.naming.ids import SELF
from tests.support.counter import give
from tests.support.invariants import contents, hub_contents, newer, rows, stale, unknown_kept
from tests.sync.scenarios.office import Office

KIND = BY_BODY[AppointmentExtended].number


def test_an_unknown_kind_survives_the_round_trip_through_everybody(office: Office) -> None:
    one, two, three = office.pc(1), office.pc(2), office.pc(3)
    office.settle()
    request = office.take_in(one)
    acted = one.store.append(
        [
            Draft(60_000, (SELF,), b"\x92\x01\xa3new", version=3, flags=MUST_UNDERSTAND),
            Draft(60_001, (request,), b"\x91\xc3", version=1),
        ],
        one.areas.desk.act(),
    )
    written = {entry.id: entry.body for entry in acted.entries}
    give(one, two)
    give(two, three)  # by stick, through a PC that does not understand it
    office.settle()
    for pc in (one, two, three):
        assert unknown_kept(pc.store, written) == []
        assert newer(pc.store) == set(written)
    held = hub_contents(office.hub)
    assert all(held[at][1] == body for at, body in written.items())
    assert office.faults() == []


def test_after_the_upgrade_the_old_reader_reads_what_it_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    request = office.take_in(one)
    office.settle()
    due = one.state(request).due_at
    one.store.append(
        [draft(AppointmentExtended(due + 86_400_000, "many", False), request)], one.areas.desk.act()
    )
    with monkeypatch.context() as old:
        old.delitem(READABLE, KIND)
        give(one, two)
        with two.store.read() as connection:
            folded = two.store.readings.state(connection, request)
        assert folded.frozen, "a kind that must be understood: the request is read-only here"
        assert folded.state.due_at == due
        assert rows(two.store, f"SELECT frozen FROM requests WHERE id = {request.key}") == [(1,)]
        assert stale(two.store) == []
    with two.store.write() as connection:  # the new program rebuilds its readings at its first start
        two.store.readings.rebuild(connection)
    assert two.state(request).due_at == due + 86_400_000
    office.settle()
    assert office.faults() == []


def test_an_old_program_loses_nothing_of_a_longer_body(office: Office) -> None:
    """A later version appends a field: exact bytes are kept and passed on, the known fields are read."""
    one, two = office.pc(1), office.pc(2)
    office.settle()
    request = office.take_in(one)
    from sync.protocol.journals.codec import decode, encode, encode_body

    longer = encode([*decode(list, encode_body(AppointmentExtended(one.clock.at, "many", False))), "mới"])
    entry = one.store.append(
        [Draft(KIND, (request,), longer, version=1, flags=MUST_UNDERSTAND)], one.areas.desk.act()
    ).entries[0]
    office.settle()
    assert contents(two.store)[entry.id.journal, entry.id.seq][1] == longer
    assert isinstance(two.store, Store)
    assert office.faults() == []
