"""Exchanges of real counters with a real hub: enrolled, repeated, reordered, forged, forked, refused."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.storage.store import Store
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.vector import Vector, make_vector
from sync.protocol.journals.entry import read_entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.meeting.exchange import ExchangeRequest, pack_request, unpack_answer, unpack_request
from sync.protocol.naming.ids import EntryId, journal_of, unit_journal
from sync.protocol.naming.keys import SigningKey
from tests.unit.hub.commune import Commune
from tests.unit.storage.test_exchange_store import clone

UNIT = "00000"
BIG = 2**30
NOTHING = make_vector({})


def rows(hub: Hub, table) -> list[tuple]:
    with hub.database.read() as connection:
        return [tuple(row) for row in connection.execute(table.select())]


def held(hub: Hub) -> list[tuple]:
    return sorted(row[:10] for row in rows(hub, schema.entries))


def sealed(hub: Hub) -> list[tuple]:
    """(key, seal) of every entry the hub holds."""
    with hub.database.read() as connection:
        found = connection.execute(schema.entries.select())
        return [(row.key, bytes(row.seal)) for row in found]


def ask(
    counter: Commune,
    *runs: Run,
    vector: Vector = NOTHING,
    want: int = 0,
    unit: str = UNIT,
    key=None,
    journal=0,
):
    """One hand-made request; the answer, verified."""
    journal = journal or counter.journal
    bundle = pack_bundle(Bundle(unit, journal, runs)) if runs else b""
    request = ExchangeRequest(unit, journal, counter.at, want, vector, bundle)
    data = pack_request(request, key or counter.device_key, counter.hub.public_key)
    answer = unpack_answer(counter.hub.exchange(data), unit, vector)
    if answer.word is not None:
        answer.word.verify(counter.hub.public_key)
    return answer


def pieces(counter: Commune, first: int = 1) -> list[Run]:
    port = counter.port()
    port.hand_over()
    return list(port.pieces_from({counter.journal: first}, BIG))


def bent(run: Run) -> Run:
    """The run with one bit of its last body changed."""
    last = run.entries[-1]
    body = last.body[:-1] + bytes([last.body[-1] ^ 1])
    return msgspec.structs.replace(
        run, entries=(*run.entries[:-1], read_entry(last.id, last.facts_bytes, body, last.seal))
    )


def test_a_counter_enrols_by_its_first_exchange_and_all_is_at_the_province(hub, counter):
    counter.busy_day()
    outcomes = counter.sync()
    assert {one.code for one in outcomes} == {"done"}
    word = counter.port().last_word()
    assert word.received == counter.port().vector()
    assert word.received.positions[counter.journal] == 23
    assert word.backed_up.positions == {}


def test_an_idle_exchange_is_one_small_request_and_writes_nothing(hub, counter):
    counter.sync()
    before, calls = held(hub), counter.line.calls
    (outcome,) = counter.engine.until_idle()
    assert counter.line.calls == calls + 1
    assert outcome.bytes_out + outcome.bytes_in < 260
    assert held(hub) == before


def test_two_counters_meet_at_the_hub(hub, counters):
    one, two = counters(), counters()
    one.busy_day()
    for counter in (one, two, one, two, one):
        counter.sync()
    assert one.port().vector() == two.port().vector() == hub.word(UNIT).received


def test_a_repeated_request_changes_nothing(hub, counter):
    counter.busy_day()
    counter.sync()
    first = held(hub)
    answer = ask(counter, *pieces(counter))
    assert (answer.parked, held(hub)) == ((), first)
    hub.read()
    assert hub.trouble(UNIT).parked == ()


def test_a_replayed_request_is_harmless_and_a_bent_one_refused(hub, counter):
    counter.request()
    counter.engine.exchange()
    said, before = counter.line.last, held(hub)
    asked = unpack_request(said).request
    again = unpack_answer(hub.exchange(said), UNIT, asked.vector, asked.at)
    assert not again.refused
    for place in (10, len(said) // 2, len(said) - 1):
        broken = said[:place] + bytes([said[place] ^ 1]) + said[place + 1 :]
        assert unpack_answer(hub.exchange(broken), UNIT, make_vector({}), asked.at).refused
    assert held(hub) == before


def test_pieces_in_any_order_wait_for_their_gap(hub, counter):
    ends = []
    for place in range(3):
        counter.request(f"Vàng A Tập {place}")
        counter.port().hand_over()
        ends.append(counter.port().vector().positions[counter.journal])
    parts = []
    for first, last in zip([1, *(end + 1 for end in ends)], ends, strict=False):
        found = counter.port().pieces_from({counter.journal: first}, 1)[0]
        count = last - first + 1
        parts.append(msgspec.structs.replace(found, entries=found.entries[:count], checkpoints=()))
    whole = pieces(counter)[0]
    with counter.store.read() as connection:
        from counter_app.storage.journals import journal

        points = journal.checkpoints_between(connection, counter.journal, 1, 2**32 - 1)
    from sync.protocol.carrying.run import RunCheckpoint

    parts = [
        msgspec.structs.replace(
            part,
            checkpoints=tuple(RunCheckpoint(p.seq, p.signature) for p in points if p.seq == part.last_seq),
        )
        for part in parts
    ]
    assert [part.entries for part in parts] != [whole.entries]
    ask(counter, parts[0])
    late = ask(counter, parts[2])
    assert [one.code for one in late.parked] == ["chain-broken"]
    assert late.word.received.positions[counter.journal] == ends[0]
    ask(counter, parts[1])
    done = ask(counter, parts[2])
    assert done.parked == ()
    assert done.word.received.positions[counter.journal] == ends[2]


def test_a_changed_byte_is_refused_parked_and_the_rest_of_the_bundle_taken(hub, counters):
    one, two = counters(), counters()
    one.request()
    two.request()
    (good,), (bad,) = pieces(two), pieces(one)
    answer = ask(two, bent(bad), good)
    assert [(p.entry.journal, p.code) for p in answer.parked] == [(one.journal, "not-authentic")]
    assert one.journal not in answer.word.received.positions
    assert answer.word.received.positions[two.journal] == good.last_seq
    assert hub.trouble(UNIT).parked == ((one.journal, 1, "not-authentic"),)


def unsealed(run: Run, entry: EntryId) -> Run:
    """``run`` with a bit of that entry's seal changed: no head tells of it."""
    turned = [
        one.sealed_by(bytes([one.seal[0] ^ 1]) + one.seal[1:]) if one.id == entry else one
        for one in run.entries
    ]
    return msgspec.structs.replace(run, entries=tuple(turned))


def test_a_bent_seal_is_parked_asked_for_again_and_the_right_one_read(hub, counters):
    one, two = counters(), counters()
    register = one.register()
    two.request()
    (good,), (run,) = pieces(two), pieces(one)
    answer = ask(two, unsealed(run, register), good)
    assert [(p.entry, p.code) for p in answer.parked] == [(register, "seal-damaged")]
    assert one.journal not in answer.word.received.positions, "the author sends it again"
    assert answer.word.received.positions[two.journal] == good.last_seq
    assert ask(one, run).parked == ()
    hub.read()
    assert [row[0] for row in rows(hub, schema.register_rows)] == [register.key]
    assert rows(hub, schema.set_aside) == []
    seals = [entry.seal for entry in run.entries if entry.id == register]
    assert [seal for at, seal in sealed(hub) if at == register.key] == seals


def test_a_relay_may_bring_the_same_bent_seal_often_and_it_is_never_its_authors_own(hub, counters):
    one, two = counters(), counters()
    register = one.register()
    two.request()
    (run,) = pieces(one)
    ask(two, *pieces(two))
    for _ in range(3):
        assert [p.code for p in ask(two, unsealed(run, register)).parked] == ["seal-damaged"]
    assert ask(two, run).parked == ()
    hub.read()
    assert [row[0] for row in rows(hub, schema.register_rows)] == [register.key]


def test_the_same_bent_seal_twice_from_its_author_is_kept_and_not_read(hub, counters):
    one = counters()
    register = one.register()
    (run,) = pieces(one)
    for expected in ["seal-damaged"], []:
        assert [p.code for p in ask(one, unsealed(run, register)).parked] == expected
    hub.read()
    assert rows(hub, schema.register_rows) == []
    assert [row[1] for row in rows(hub, schema.set_aside)] == ["seal"]


def test_an_uncovered_tail_is_kept_apart_until_a_signature_covers_it(hub, counter):
    counter.request()
    (run,) = pieces(counter)
    open_end = msgspec.structs.replace(run, checkpoints=())
    assert counter.journal not in ask(counter, open_end).word.received.positions
    first = counter.port().vector().positions[counter.journal]
    ask(counter, run)
    counter.request("Sau")
    (more,) = pieces(counter, first + 1)
    answer = ask(counter, msgspec.structs.replace(more, checkpoints=()))
    assert answer.word.received.positions[counter.journal] == first
    assert hub.trouble(UNIT).tails == len(more.entries)
    ask(counter, more)
    assert hub.trouble(UNIT).tails == 0
    assert hub.word(UNIT).received.positions[counter.journal] == more.last_seq


def test_a_known_position_with_other_bytes_is_a_fork_and_the_first_branch_stays(hub, counter, tmp_path):
    counter.sync()
    twin = clone(counter, tmp_path)
    counter.request("Một")
    twin.request("Hai")
    counter.engine.until_idle()
    hub.read()
    before = held(hub)
    twin_port = twin.port()
    twin_port.hand_over()
    runs = twin_port.pieces_from({twin.journal: 1}, BIG)
    for _ in range(2):
        answer = ask(counter, *runs)
        assert (
            answer.word.received.positions[counter.journal]
            == counter.port().vector().positions[counter.journal]
        )
    told = [row for row in rows(hub, schema.entries) if row[4] == SystemKind.FORK_FOUND]
    assert len(told) == 1
    assert hub.trouble(UNIT).stray > 0
    assert set(before) <= set(held(hub))
    assert hub.kpi(UNIT, 20261120).requests == 1
    twin.store.close()


def test_a_forked_vector_is_answered_with_heads(hub, counter):
    counter.sync()
    mine = counter.port().vector()
    answer = ask(counter, vector=Vector(mine.positions, b"otherwis"))
    assert {one.journal: one.seq for one in answer.heads} == mine.positions


def test_a_stranger_an_unknown_journal_and_a_wrong_key_are_refused(hub, counter):
    counter.request()
    runs = pieces(counter)
    assert ask(counter).refused == "sender-unknown"
    assert ask(counter, *runs, key=SigningKey.fresh()).refused == "not-authentic"
    assert ask(counter, journal=unit_journal(UNIT)).refused == "sender-unknown"
    assert ask(counter, *runs, unit="03390").refused == "other-unit"
    assert held(hub) == [row for row in held(hub) if row[1] != counter.journal]


def test_a_counter_of_another_unit_gets_and_brings_nothing_here(real, counters):
    one, other = counters("03390", real), counters("03388", real)
    one.request()
    one.sync()
    other.sync()
    assert ask(other, unit="03390").refused == "other-unit"
    answer = ask(other, *pieces(one), unit="03388")
    assert [p.code for p in answer.parked] == ["other-unit"]
    assert one.journal not in answer.word.received.positions
    assert other.journal not in real.word("03390").received.positions


def test_a_withdrawn_grant_enrols_nobody(hub, counters):
    one, two = counters(), counters()
    two.sync()
    hub.revoke(two.journal, 1, "mất máy")
    spare = counters()
    with hub.database.write() as connection:
        connection.execute(
            schema.grants.update().where(schema.grants.c.device == one.granted.device).values(withdrawn=1)
        )
    assert ask(one, *pieces(one)).refused == "grant-withdrawn"
    assert spare.sync()[0].code == "done"


def test_practice_and_real_never_meet(hub, real, counters, tmp_path):
    practice, actual = counters(), counters("03390", real)
    practice.line.hub, actual.line.hub = real, hub
    assert practice.engine.exchange().refusal == "other-unit"
    assert actual.engine.exchange().refusal == "other-unit"
    # Even a practice grant that names a real unit ends at the key.
    forged = pieces(practice)
    answer = ask(actual, *forged, unit="03390")
    assert answer.refused in ("sender-unknown", "hub-unknown", "other-unit")
    with pytest.raises(ValueError, match="practice"):
        hub.add_unit("03390", "Xã Bình Lư")
    with pytest.raises(ValueError, match="real"):
        real.add_unit(UNIT, "tập huấn")


def test_a_next_life_follows_its_first_in_one_bundle(hub, counter):
    from sync.protocol.naming.grants import JournalOpened, certify_next_life
    from sync.protocol.naming.unit_keys import ExchangeKey

    counter.request()
    first = pieces(counter)
    key = SigningKey.fresh()
    body = JournalOpened(
        counter.province.grant(counter.granted.device),
        key.public,
        ExchangeKey.fresh().public,
        2,
        first[-1].last_seq,
        2,
    )
    body = certify_next_life(counter.device_key, body)
    second = begun(journal_of(counter.granted.device, 2), key, body)
    answer = ask(counter, *first, second, key=key, journal=second.journal)
    assert (answer.refused, answer.parked) == ("", ())
    assert answer.word.received.positions[second.journal] == 1


def begun(journal: int, key: SigningKey, body) -> Run:
    """The run that opens ``journal``."""
    from sync.protocol.carrying.run import make_run
    from sync.protocol.journals.chain import first_head, next_head
    from sync.protocol.journals.checkpoint import sign_checkpoint
    from sync.protocol.journals.codec import encode_body
    from sync.protocol.journals.entry import Draft, write_entry
    from sync.protocol.naming.ids import SELF

    own = EntryId(journal, 1)
    facts = Draft(SystemKind.JOURNAL_OPENED, (own,), b"").facts(1, None, None)
    entry = write_entry(own, facts, encode_body(body))
    head = next_head(first_head(journal), entry.header_hash)
    assert SELF.is_placeholder
    return make_run(first_head(journal), [entry], [sign_checkpoint(key, journal, 1, head)])


def test_a_device_gets_no_more_than_it_wants_and_is_told_of_more(hub, counters):
    one, two = counters(), counters()
    one.busy_day(30)
    one.sync()
    two.engine.exchange()
    nothing = ask(two)
    assert (nothing.bundle, nothing.more) == (b"", True)
    little = ask(two, want=1_000)
    assert little.more
    assert len(little.bundle) < 6_000
    outcomes = two.engine.until_idle()
    assert outcomes[-1].more is False
    assert two.port().vector() == hub.word(UNIT).received


def test_a_request_with_an_unreadable_store_behind_it_still_answers(hub, counter):
    """A store opened again goes on where it stopped."""
    counter.request()
    counter.sync()
    author = counter.store.author
    counter.store.close()
    counter.store = Store.open(counter.path, counter.key)
    counter.store.enrolled(author)
    counter.engine = counter.new_engine()
    counter.request("Sau khi mở lại")
    assert counter.sync()[0].sent_entries == 1
    assert hub.word(UNIT).received == counter.port().vector()
