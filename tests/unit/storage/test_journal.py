"""Own entries: parents, heads, chain, checkpoints; what the fold calls heads is what the next act names."""

from __future__ import annotations

import pytest

from counter_app.domain.folding.registry import fold_subject, read_fact
from counter_app.storage.engine import fresh_key
from counter_app.storage.journals import journal
from counter_app.storage.journals.appending import SealMissing
from counter_app.storage.readings import upkeep
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from sync.protocol.journals.chain import first_head, follow
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId
from tests.unit.storage.test_exchange_store import give
from tests.unit.storage.world import Counter


def heads_as_folded(counter: Counter) -> dict[EntryId, tuple[EntryId, ...]]:
    """For each subject of an aggregate: heads by the fold of its entries."""
    with counter.store.read() as connection:
        keys = connection.exec_driver_sql("SELECT DISTINCT subject FROM entry_subjects").scalars().all()
        subjects = [EntryId.from_key(key) for key in keys]
        folds = [
            fold_subject(subject, map(read_fact, journal.entries_of(connection, subject)))
            for subject in subjects
        ]
        return {folded.subject: folded.heads for folded in folds if folded.state is not None}


def test_heads_are_those_of_the_fold_here_and_at_the_sibling(counters):
    one, two = counters(1), counters(2)
    register = one.busy_day()
    give(one, two)
    for counter in (one, two):
        expected = heads_as_folded(counter)
        assert len(expected) > 15
        with counter.store.read() as connection:
            assert {subject: journal.heads_of(connection, subject) for subject in expected} == expected
    with one.store.read() as connection:
        assert len(journal.heads_of(connection, register)) == 1


def test_a_pile_advances_the_register_and_never_folds_it_anew(counter, monkeypatch):
    """What keeps the 24,000th number as cheap as the 24th."""
    register, delegation = counter.register(), counter.delegation()
    counter.number(register, delegation, [counter.request() for _ in range(3)])
    asked = [counter.request() for _ in range(3)]
    folded = []
    honest = upkeep.facts_of

    def watched(connection, subjects):
        folded.extend(subjects)
        return honest(connection, subjects)

    monkeypatch.setattr(upkeep, "facts_of", watched)
    counter.confirm(counter.number(register, delegation, asked))
    assert register not in folded


def test_the_chain_follows_from_the_first_head(counter):
    counter.busy_day(3)
    with counter.store.read() as connection:
        held = journal.position(connection, counter.journal)
        entries = list(journal.entries_between(connection, counter.journal, 1, held.seq))
    assert follow(first_head(counter.journal), 0, entries)[-1] == held.head


def test_64_uncovered_entries_are_signed_without_being_asked(counter):
    counter.act([counter.request_draft("Một", (1,)) for _ in range(64)])
    with counter.store.read() as connection:
        held = journal.position(connection, counter.journal)
    assert held.covered == held.seq


def test_a_sealed_act_without_a_key_writes_nothing(counter):
    official, counter.official = counter.official, None
    with pytest.raises(SealMissing):
        counter.register()
    counter.official = official
    with counter.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM registers").scalar() == 0


def test_nothing_is_written_before_enrolment(tmp_path, counter):
    store = Store.create(tmp_path / "new.db", fresh_key())
    with pytest.raises(StoreError) as refused:
        store.append([Draft(350, (SELF,), b"\x90")], counter.circumstances())
    assert refused.value.code == "store.no_journal"
    store.close()
