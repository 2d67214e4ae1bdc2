"""The hub about heads: only to a device of the unit, only what is covered, never a change."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from counter_app.storage.journals.proved_heads import ProvedHeads
from sync.client.proof import EQUAL, FileAsker, LineAsker, NotAnswered, Proof, prove
from sync.hub.heads import heads_file, reading_digests, unit_standing
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.protocol.meeting.exchange import MAGIC
from sync.protocol.meeting.heads import unpack_heads_answer
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import OtherUnit
from tests.unit.hub.commune import Commune


def asked(hub: Hub, counter: Commune, key: object = None, unit: str = "") -> LineAsker:
    return LineAsker(
        hub.exchange, unit or counter.unit, counter.port().journal, key or counter.device_key,  # type: ignore[arg-type]
        hub.public_key, counter.clock,
    )  # fmt: skip


def proved(hub: Hub, counter: Commune) -> Proof:
    with counter.store.read() as connection:
        held = ProvedHeads(connection)
    return prove(held, asked(hub, counter))


def test_after_an_exchange_both_hold_the_same(hub: Hub, counter: Commune) -> None:
    counter.sync()
    hub.read()
    counter.sync()
    found = proved(hub, counter)
    assert (found.verdict, found.ours, found.theirs) == (EQUAL, 0, 0)
    assert found.compared > 5


def test_nobody_elses_question_is_answered(hub: Hub, counters) -> None:
    mine, other = counters(), counters()
    mine.sync()
    with pytest.raises(NotAnswered) as refused:
        asked(hub, mine, other.device_key)(())
    assert refused.value.code == "not-authentic"
    with pytest.raises(NotAnswered) as refused:
        asked(hub, other)(())
    assert refused.value.code == "sender-unknown", "an exchange enrols, a question does not"
    with pytest.raises(NotAnswered) as refused:
        asked(hub, mine, unit="03390")(())
    assert refused.value.code == "other-unit"


def test_a_revoked_pc_learns_nothing_more(hub: Hub, counter: Commune) -> None:
    counter.sync()
    hub.revoke(counter.port().journal, reason="mất máy")
    with pytest.raises(NotAnswered) as refused:
        asked(hub, counter)(())
    assert refused.value.code == "grant-withdrawn"


def test_digests_wait_for_the_reader(hub: Hub, counter: Commune) -> None:
    counter.engine.until_idle()
    with hub.database.read() as connection:
        assert reading_digests(connection, counter.unit) == ()
    hub.read()
    with hub.database.read() as connection:
        assert [name for name, _ in reading_digests(connection, counter.unit)] == [
            "lines",
            "requests",
            "dossiers",
        ]


def test_the_file_holds_every_head_made_anew(hub: Hub, counter: Commune) -> None:
    counter.sync()
    hub.read()
    counter.sync()
    with hub.database.read() as connection:
        data = heads_file(connection, hub.keys, counter.unit, 5)
        total = len(connection.execute(select(schema.entries.c.key)).all())
    whole = unpack_heads_answer(data, counter.unit, hub.public_key, 10_000)
    assert len(whole.heads) == total
    with counter.store.read() as connection:
        held = ProvedHeads(connection)
    assert prove(held, FileAsker(data, counter.unit, hub.public_key)).verdict == EQUAL
    with hub.database.read() as connection, pytest.raises(OtherUnit):
        heads_file(connection, hub.keys, "03390", 5)


def test_a_place_beyond_what_is_held_is_left_out(hub: Hub, counter: Commune) -> None:
    counter.sync()
    journal = counter.port().journal
    answer = asked(hub, counter)([EntryId(journal, 1), EntryId(journal, 9_999), EntryId(77, 1)])
    assert [(one.journal, one.seq) for one in answer.heads] == [(journal, 1)]


def test_garbage_that_begins_like_a_question_is_refused_and_changes_nothing(
    hub: Hub, counter: Commune
) -> None:
    counter.sync()
    before = hub.journals_held(counter.unit)
    for data in (b"CCH", b"CCH\x01", b"CCH\x02abc", b"CCH\x01" + bytes(40), b"CCH" + bytes(70_000)):
        answer = hub.exchange(data)
        assert not answer.startswith(MAGIC)
        assert unpack_heads_answer(answer, counter.unit, hub.public_key).refused
    assert hub.journals_held(counter.unit) == before


def test_a_unit_stands_in_words(hub: Hub, counter: Commune) -> None:
    counter.sync()
    hub.read()
    with hub.database.read() as connection:
        told = unit_standing(connection, counter.unit)
        assert not told["unread"]
        assert len(told["journals"]) == 3
        with pytest.raises(OtherUnit):
            unit_standing(connection, "03390")
