"""Bundles between two real stores: repeated, cut, forged, forked - nothing lost, nothing doubled."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.registers.entries import BookOpened
from counter_app.storage.journals import journal, verdicts
from counter_app.storage.journals.verdicts import SealNotTheirs
from counter_app.storage.readings.upkeep import digests
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.store_port import WritingStopped
from sync.protocol.carrying.vector import lacking, sign_vector
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft, read_entry
from sync.protocol.journals.system_kinds import DeviceRevoked, Redacted, SystemKind, carry
from sync.protocol.naming.ids import EntryId, unit_journal
from sync.protocol.naming.keys import SigningKey
from sync.protocol.refusals import OtherUnit
from tests.unit.storage.test_readings import rebuilt_differs, rows
from tests.unit.storage.world import UNIT, Counter, Sealer, opening

BIG = 2**30


def give(giver, taker):
    """One direction of an exchange, everything the taker lacks; returns what became of it."""
    source, target = giver.port(), taker.port()
    source.hand_over()
    pieces = source.pieces_from(lacking(source.vector(), target.vector()), BIG)
    return target.ingest(Bundle(UNIT, giver.journal, tuple(pieces)))


def contents(counter) -> dict[str, str]:
    with counter.store.read() as connection:
        return digests(connection)


def test_two_counters_become_equal_and_stay_so(counters):
    one, two = counters(1), counters(2)
    one.busy_day()
    two.request("Giàng Thị Tập Huấn")
    assert give(one, two).applied > 10
    assert give(two, one).parked == ()
    assert contents(one) == contents(two)
    assert one.port().vector() == two.port().vector()
    assert rebuilt_differs(two.store) == ()


def test_the_same_bundle_again_changes_nothing(counters):
    one, two = counters(1), counters(2)
    one.busy_day()
    source = one.port()
    source.hand_over()
    bundle = Bundle(UNIT, one.journal, tuple(source.pieces_from({one.journal: 1}, BIG)))
    two.port().ingest(bundle)
    before = contents(two)
    again = two.port().ingest(bundle)
    assert (again.applied, again.parked, again.forked) == (0, (), ())
    assert contents(two) == before


def test_pieces_in_any_order_end_in_the_same_readings(counters):
    one, two, three = counters(1), counters(2), counters(3)
    for place in range(5):
        one.request(f"Vàng A Tập {place}")
        one.port().hand_over()
    pieces = []
    for seq in range(1, journal_seq(one) + 1, 1):
        found = one.port().pieces_from({one.journal: seq}, 1)
        pieces += [piece for piece in found if piece.first_seq == seq]
    for piece in pieces:
        two.port().ingest(Bundle(UNIT, one.journal, (piece,)))
    three.port().ingest(Bundle(UNIT, one.journal, tuple(reversed(pieces))))
    for taker in (two, three):
        assert rows(taker.store, "SELECT count(*) FROM requests") == [(5,)]
        assert rebuilt_differs(taker.store) == ()


def journal_seq(counter) -> int:
    with counter.store.read() as connection:
        return journal.position(connection, counter.journal).seq


def test_a_hole_is_refused_and_the_rest_of_the_bundle_is_taken(counters):
    one, two, three = counters(1), counters(2), counters(3)
    one.request()
    one.port().hand_over()
    two.request()
    two.port().hand_over()
    behind = one.port().pieces_from({one.journal: 2}, BIG)
    good = two.port().pieces_from({two.journal: 1}, BIG)
    result = three.port().ingest(Bundle(UNIT, one.journal, (*behind, *good)))
    assert result.parked == ((EntryId(one.journal, 2), "chain-broken"),)
    assert rows(three.store, "SELECT count(*) FROM requests") == [(1,)]
    assert rows(three.store, "SELECT code FROM parked") == [("chain-broken",)]


def test_a_changed_byte_is_refused_and_leaves_no_trace_in_the_journal(counters):
    one, two = counters(1), counters(2)
    one.request()
    one.port().hand_over()
    (run,) = one.port().pieces_from({one.journal: 1}, BIG)
    last = run.entries[-1]
    bent = read_entry(last.id, last.facts_bytes, last.body[:-1] + bytes([last.body[-1] ^ 1]), last.seal)
    forged = msgspec.structs.replace(run, entries=(*run.entries[:-1], bent))
    assert two.port().ingest(Bundle(UNIT, one.journal, (forged,))).parked[0][1] == "not-authentic"
    assert one.journal not in two.port().vector().positions


def test_an_unsigned_second_content_is_no_fork(counters):
    """A forger must not be able to stop two honest PCs."""
    one, two = counters(1), counters(2)
    one.request()
    give(one, two)
    (run,) = one.port().pieces_from({one.journal: 1}, BIG)
    last = run.entries[-1]
    bent = read_entry(last.id, last.facts_bytes, last.body[:-1] + bytes([last.body[-1] ^ 1]), last.seal)
    forged = msgspec.structs.replace(run, entries=(*run.entries[:-1], bent))
    result = two.port().ingest(Bundle(UNIT, one.journal, (forged,)))
    assert result.forked == ()
    assert rows(two.store, "SELECT count(*) FROM stray") == [(0,)]


def clone(counter: Counter, tmp_path) -> Counter:
    """A copy of the PC as it is now, that goes on writing."""
    copy = object.__new__(Counter)
    copy.__dict__.update(counter.__dict__)
    counter.store.fold_wal()
    copy.path = tmp_path / "copy.db"
    copy.path.write_bytes(counter.path.read_bytes())
    copy.store = Store.open(copy.path, counter.key)
    copy.store.enrolled(counter.store.author)
    return copy


def test_a_fork_is_found_at_a_third_pc_and_both_branches_survive(counters, tmp_path):
    one, three = counters(1), counters(3)
    twin = clone(one, tmp_path)
    one.request("Một")
    twin.request("Hai")
    give(one, three)
    twin.port().hand_over()
    pieces = twin.port().pieces_from({one.journal: 1}, BIG)
    result = three.port().ingest(Bundle(UNIT, one.journal, tuple(pieces)))
    assert result.forked == (one.journal,)
    assert rows(three.store, "SELECT name FROM requests") == [("Một",)]
    assert rows(three.store, "SELECT journal FROM stray") == [(one.journal,)]
    found = rows(three.store, f"SELECT count(*) FROM entries WHERE kind = {int(SystemKind.FORK_FOUND)}")
    three.port().ingest(Bundle(UNIT, one.journal, tuple(pieces)))
    assert (
        found
        == [(1,)]
        == rows(three.store, f"SELECT count(*) FROM entries WHERE kind = {int(SystemKind.FORK_FOUND)}")
    )
    twin.store.close()


def test_the_forked_pc_stops_writing_also_after_a_restart(counters, tmp_path):
    one = counters(1)
    twin = clone(one, tmp_path)
    one.request("Một")
    twin.request("Hai")
    twin.port().hand_over()
    pieces = twin.port().pieces_from({one.journal: 1}, BIG)
    one.port().ingest(Bundle(UNIT, one.journal, tuple(pieces)))
    author = one.store._author
    for _ in range(2):
        with pytest.raises(StoreError) as stopped:
            one.request("Ba")
        assert stopped.value.code == "store.stopped"
        assert isinstance(stopped.value, WritingStopped), "an exchange ends quietly on it"
        one.store.close()
        one.store = Store.open(one.path, one.key)
        one.store.enrolled(author)
    twin.store.close()


def test_a_cold_copy_learns_that_its_original_went_on(counters, tmp_path):
    one, two = counters(1), counters(2)
    old = clone(one, tmp_path)
    one.request("Sau khi chép")
    give(one, two)
    result = old.port().ingest(
        Bundle(UNIT, two.journal, tuple(two.port().pieces_from({one.journal: 1}, BIG)))
    )
    assert [code for _, code in result.parked] == ["own-journal"]
    with pytest.raises(StoreError, match="stopped"):
        old.request("Bản sao")
    old.store.close()


def test_a_bundle_for_another_unit_is_refused_whole(counter):
    with pytest.raises(OtherUnit):
        counter.port().ingest(Bundle("03390", 5, ()))


def province_journal(counters, province, device: int = 9) -> Counter:
    """The province's journal of the unit, kept by a store of its own for the test."""
    hub = counters(device, official=False)
    hub.journal = unit_journal(UNIT)
    from counter_app.storage.journals.appending import Author

    hub.store.enrolled(Author(hub.journal, province.key))
    hub.act([opening(b"", province.key)])
    return hub


def send(hub, taker):
    hub.port().hand_over()
    pieces = hub.port().pieces_from(
        {hub.journal: taker.port().vector().positions.get(hub.journal, 0) + 1}, BIG
    )
    return taker.port().ingest(Bundle(UNIT, hub.journal, tuple(pieces)))


def test_later_entries_of_a_revoked_pc_are_kept_and_not_read(counters, province):
    hub, one, two = province_journal(counters, province), counters(1), counters(2)
    one.request("Trước")
    last = journal_seq(one)
    one.request("Sau")
    give(one, two)
    body = DeviceRevoked(one.journal, last, "mất máy")
    hub.act([Draft(SystemKind.DEVICE_REVOKED, (EntryId(one.journal, 1),), encode_body(body))])
    assert send(hub, two).parked == ()
    assert rows(two.store, f"SELECT name FROM requests WHERE journal = {one.journal}") == [("Trước",)]
    one.request("Sau nữa")
    give(one, two)
    assert rows(two.store, f"SELECT name FROM requests WHERE journal = {one.journal}") == [("Trước",)]
    assert two.port().vector().positions[one.journal] == journal_seq(one)
    assert rebuilt_differs(two.store) == ()


def test_a_number_that_no_province_has_is_set_aside_and_the_rest_of_the_bundle_is_taken(counters, province):
    """One bit of the journal's number bent on the way; found by the simulator, seed 6000018."""
    hub, one, two = province_journal(counters, province), counters(1), counters(2)
    one.request()
    for giver in (hub, one):
        giver.port().hand_over()
    (run, *_) = hub.port().pieces_from({hub.journal: 1}, BIG)
    number = hub.journal | 0x2000_0000
    bent = [
        read_entry(EntryId(number, entry.id.seq), entry.facts_bytes, entry.body, entry.seal)
        for entry in run.entries
    ]
    elsewhere = msgspec.structs.replace(run, journal=number, entries=tuple(bent))
    good = one.port().pieces_from({one.journal: 1}, BIG)
    told = two.port().ingest(Bundle(UNIT, hub.journal, (elsewhere, *good)))
    assert told.parked == ((EntryId(number, 1), "malformed"),)
    assert rows(two.store, "SELECT count(*) FROM requests") == [(1,)]
    assert number not in two.port().vector().positions


def test_an_act_under_a_strangers_key_is_kept_and_not_read(counters, monkeypatch):
    one, two = counters(1), counters(2)
    register = one.register()
    one.official_key = SigningKey.fresh()
    with pytest.raises(SealNotTheirs):
        one.act([draft(BookOpened(2, 100), register)])
    monkeypatch.setattr(verdicts, "refuse_unsealed", lambda *_: None)  # a program that was tampered with
    one.act([draft(BookOpened(2, 100), register)])
    assert [code for _, code in give(one, two).parked] == ["seal-damaged"]  # asked for once more
    assert give(one, two).parked == ()
    assert rows(two.store, "SELECT book FROM registers") == [(1,)]
    assert rows(two.store, "SELECT reason FROM set_aside") == [("seal",)]
    assert rebuilt_differs(two.store) == ()


def test_an_entry_of_another_unit_is_read_under_its_own_name(counters, province):
    hub, far, two = province_journal(counters, province), counters(7), counters(2)
    request = far.request("Người xã khác")
    with far.store.read() as connection:
        inner = journal.entry_at(connection, request)
    hub.act([Draft(SystemKind.CARRIED, inner.facts.subjects, encode_body(carry(inner)))])
    send(hub, two)
    assert rows(two.store, "SELECT id, name FROM requests") == [(request.key, "Người xã khác")]
    assert far.journal not in two.port().vector().positions
    assert rebuilt_differs(two.store) == ()


def test_a_redaction_empties_body_and_readings_but_not_the_chain(counters, province):
    hub, one, two = province_journal(counters, province), counters(1), counters(2)
    person = one.person("Phải Xóa Tên")
    give(one, two)
    body = Redacted(person, "court", "QĐ 1/2026")
    hub.act([Draft(SystemKind.REDACTED, (person,), encode_body(body))])
    send(hub, two)
    assert rows(two.store, f"SELECT body FROM entries WHERE key = {person.key}") == [(None,)]
    assert rows(two.store, "SELECT count(*) FROM people") == [(0,)]
    assert rows(two.store, f"SELECT count(*) FROM documents WHERE subject = {person.key}") == [(0,)]
    assert give(one, two).parked == ()
    assert two.port().vector().positions[one.journal] == journal_seq(one)
    assert rebuilt_differs(two.store) == ()


def test_the_provinces_word_is_kept_and_an_older_one_never_replaces_it(counter, province):
    port = counter.port()
    port.hand_over()
    newer = sign_vector(province.key, UNIT, 2000, 1, port.vector(), port.vector())
    older = sign_vector(province.key, UNIT, 1000, 1, port.vector(), port.vector())
    port.keep_word(newer)
    port.keep_word(older)
    assert port.last_word() == newer
    assert rows(counter.store, "SELECT journal, received FROM hub_words") == [
        (counter.journal, journal_seq(counter))
    ]


def test_a_seal_bent_on_the_way_is_refused_and_the_right_one_read(counters):
    one, two, three = counters(1), counters(2), counters(3)
    register = one.register()
    one.port().hand_over()
    (run, *_) = one.port().pieces_from({one.journal: 1}, BIG)
    last = run.entries[-1]
    bent = last.sealed_by(bytes([last.seal[0] ^ 1]) + last.seal[1:])
    damaged = msgspec.structs.replace(run, entries=(*run.entries[:-1], bent))
    for _ in range(3):  # a relay may bring it as often as it likes
        refused = two.port().ingest(Bundle(UNIT, three.journal, (damaged,))).parked
        assert refused == ((register, "seal-damaged"),)
    assert one.journal not in two.port().vector().positions
    assert give(one, two).parked == ()
    assert rows(two.store, "SELECT id FROM registers") == [(register.key,)]
    assert rows(two.store, "SELECT reason FROM set_aside") == []
    assert rebuilt_differs(two.store) == ()


def test_a_seal_that_comes_later_is_added_once(counters):
    one, two = counters(1), counters(2)
    register = one.register()
    give(one, two)
    with one.store.read() as connection:
        entry = journal.entry_at(connection, register)
    assert entry.seal == Sealer(one.official_key).seal(entry)
    (run, *_) = one.port().pieces_from({one.journal: 1}, BIG)
    bare = tuple(e.sealed_by(b"") for e in run.entries)
    three = counters(3)
    three.port().ingest(Bundle(UNIT, one.journal, (msgspec.structs.replace(run, entries=bare),)))
    assert rows(three.store, "SELECT reason FROM set_aside") == [("seal",)]
    three.port().ingest(Bundle(UNIT, one.journal, (run,)))
    assert rows(three.store, "SELECT reason FROM set_aside") == []
    assert rows(three.store, "SELECT id FROM registers") == [(register.key,)]
