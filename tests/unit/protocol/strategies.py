"""Hypothesis strategies for the format: ids, facts, entries, whole runs."""

from __future__ import annotations

from hypothesis import strategies as st

from sync.protocol.carrying.run import Run, make_run
from sync.protocol.journals.chain import first_head, follow
from sync.protocol.journals.checkpoint import sign_checkpoint
from sync.protocol.journals.codec import encode
from sync.protocol.journals.entry import Entry, Facts, read_entry, write_entry
from sync.protocol.naming.ids import MAX_JOURNAL, MAX_SEQ, EntryId
from tests.unit.protocol.examples import COUNTER, JOURNAL

ids = st.builds(EntryId, st.integers(1, MAX_JOURNAL), st.integers(1, MAX_SEQ))
near_ids = st.builds(EntryId, st.sampled_from([JOURNAL, JOURNAL + 1, 2**30]), st.integers(1, 200))
facts = st.builds(
    Facts,
    at=st.one_of(st.integers(1_795_000_000_000, 1_796_000_000_000), st.integers(0, 2**63 - 1)),
    kind=st.integers(1, 65_535).filter(lambda kind: kind != 4),
    version=st.integers(1, 255),
    flags=st.integers(0, 2**31 - 1),
    actor=st.none() | ids,
    post=st.none() | near_ids,
    subjects=st.lists(st.one_of(near_ids, ids), min_size=1, max_size=4).map(tuple),
    after=st.lists(st.one_of(near_ids, ids), max_size=5).map(tuple),
)
bodies = st.binary(max_size=200)


@st.composite
def foreign_facts(draw: st.DrawFn) -> bytes:
    """Facts of a later version: unknown trailing fields, or numbers not in their shortest form."""
    known = draw(facts)
    values = [known.at, known.kind, known.version, known.flags, known.actor, known.post, known.subjects]
    tail = draw(st.lists(st.one_of(st.integers(0, 99), st.text(max_size=9)), min_size=1, max_size=3))
    return encode([*values, known.after, *tail])


@st.composite
def entries(draw: st.DrawFn, journal: int = JOURNAL, most: int = 12) -> list[Entry]:
    """Consecutive entries of one journal: plain, sealed, redacted, of a later version."""
    seq = draw(st.integers(1, 150))
    made = []
    for number in range(draw(st.integers(1, most))):
        place = EntryId(journal, seq + number)
        body = draw(bodies)
        if draw(st.integers(0, 4)):
            entry = write_entry(place, draw(facts), body)
        else:
            entry = read_entry(place, draw(foreign_facts()), body)
        if draw(st.integers(0, 5)) == 0:
            entry = entry.sealed_by(bytes(64))
        made.append(entry.without_body() if draw(st.integers(0, 9)) == 0 else entry)
    return made


@st.composite
def runs(draw: st.DrawFn) -> tuple[Run, bytes]:
    """A run with up to three checkpoints, and the whole head before it."""
    chosen = draw(entries())
    before = first_head(JOURNAL) if chosen[0].id.seq == 1 else draw(st.binary(min_size=32, max_size=32))
    heads = follow(before, chosen[0].id.seq - 1, chosen)
    marks = draw(st.sets(st.integers(0, len(chosen) - 1), max_size=3))
    points = [sign_checkpoint(COUNTER, JOURNAL, chosen[mark].id.seq, heads[mark]) for mark in marks]
    return make_run(before, chosen, points), before
