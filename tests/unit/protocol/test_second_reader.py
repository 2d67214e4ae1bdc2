"""The page ``docs/format.md`` is enough to read what the product writes."""

from __future__ import annotations

from hypothesis import given

from sync.protocol.carrying.run import Run
from sync.protocol.carrying.run_columns import pack_run
from sync.protocol.journals.chain import follow
from tests.unit.protocol import strategies as some
from tests.unit.protocol.examples import GOLDEN
from tests.unit.protocol.second_reader import Bytes, heads_of, read_run


@given(some.runs())
def test_both_readers_see_the_same_entries_and_heads(given_run: tuple[Run, bytes]) -> None:
    run, before = given_run
    out = bytearray()
    pack_run(out, run)
    data = Bytes(bytes(out))
    journal, first, short, lines, points = read_run(data)
    assert data.at == len(out)
    assert (journal, first, short) == (run.journal, run.first_seq, run.before)
    seen = [(line.facts, line.body, line.digest, line.seal) for line in lines]
    assert seen == [(one.facts_bytes, one.body, one.digest, one.seal) for one in run.entries]
    assert points == {point.seq: point.signature for point in run.checkpoints}
    assert heads_of(journal, first, before, lines) == follow(before, first - 1, run.entries)


def test_the_released_run_is_read_by_the_page_alone() -> None:
    data = Bytes(bytes.fromhex((GOLDEN / "run.hex").read_text("ascii")))
    journal, first, _, lines, points = read_run(data)
    head = bytes.fromhex((GOLDEN / "head-0.hex").read_text("ascii"))
    last = heads_of(journal, first, head, lines)[-1]
    assert last.hex() == (GOLDEN / "head-3.hex").read_text("ascii").strip()
    assert points[3].hex() == (GOLDEN / "checkpoint-3.hex").read_text("ascii").strip()
