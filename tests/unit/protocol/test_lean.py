"""A bundle packed against what both sides hold: smaller, exact, refused by whoever holds otherwise."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.carrying import lean
from sync.protocol.carrying.bundle import Bundle, pack_bundle, unpack_bundle
from sync.protocol.carrying.dictionaries import GENERATION, SHIPPED, newest_dictionary
from sync.protocol.carrying.lean import LEAN, TIGHT, Past, fits, is_lean, pack_lean, unpack_lean
from sync.protocol.carrying.run import Run, RunCheckpoint
from sync.protocol.journals.chain import first_head, follow, short
from sync.protocol.journals.entry import Entry, resolve, write_entry
from sync.protocol.naming.ids import EntryId, journal_of
from sync.protocol.refusals import DictionaryUnknown, Malformed, NewerFormat, Refusal
from tests.unit.tools.test_train_dictionary import UNSEEN
from tools.made_up_records import record

UNIT = "03390"
JOURNAL = journal_of(7, 1)
BOOK = EntryId(JOURNAL, 1)
AT = 1_795_134_600_000


def journal(records: int) -> list[Entry]:
    """A counter's journal from seq 1 on, two entries a record."""
    chance, made = Random(3), list[Entry]()
    for serial in range(records):
        place, at = EntryId(JOURNAL, len(made) + 1), AT + serial * 90_000
        drafts = resolve(record(UNSEEN, chance, serial, at, 20261120, BOOK), place)
        for offset, one in enumerate(drafts):
            entry = EntryId(JOURNAL, place.seq + offset)
            made.append(write_entry(entry, one.facts(at, BOOK, None), one.body))
    return made


ENTRIES = journal(40)
HEADS = follow(first_head(JOURNAL), 0, ENTRIES)


def run(first: int, last: int) -> Run:
    point = RunCheckpoint(last, Random(last).randbytes(64))
    return Run(JOURNAL, first, short(HEADS[first - 2]), tuple(ENTRIES[first - 1 : last]), (point,))


def past(first: int, last: int) -> Past | None:
    return Past(HEADS[last - 1], ENTRIES[first - 1 : last]) if 1 <= first <= last <= len(ENTRIES) else None


def before(first: int, count: int = 60) -> Past:
    found = past(max(1, first - count), first - 1)
    assert found is not None
    return found


def test_a_record_comes_back_as_it_was_and_costs_a_third_less() -> None:
    new = run(79, 80)
    packed = pack_lean(new, before(79))
    assert is_lean(packed)
    assert unpack_lean(packed, UNIT, JOURNAL, past) == Bundle(UNIT, JOURNAL, (new,))
    # 64 bytes of each are the signature, which nothing makes smaller
    common = len(pack_bundle(Bundle(UNIT, JOURNAL, (new,)), newest_dictionary()))
    assert len(packed) - 64 < (common - 64) * 2 / 3


@pytest.mark.parametrize("count", [1, 3, 60])
def test_any_length_of_past_will_do(count: int) -> None:
    packed = pack_lean(run(79, 80), before(79, count))
    assert unpack_lean(packed, UNIT, JOURNAL, past).runs == (run(79, 80),)


def test_a_redacted_entry_in_the_past_is_part_of_it() -> None:
    gone = [ENTRIES[0], ENTRIES[1].without_body(), *ENTRIES[2:4]]
    packed = pack_lean(run(5, 6), Past(HEADS[3], gone))
    assert unpack_lean(packed, UNIT, JOURNAL, lambda *_: Past(HEADS[3], gone)).runs == (run(5, 6),)
    with pytest.raises(DictionaryUnknown):
        unpack_lean(packed, UNIT, JOURNAL, past)


def test_whoever_holds_another_past_or_none_says_so_before_reading() -> None:
    packed = pack_lean(run(79, 80), before(79))
    with pytest.raises(DictionaryUnknown):
        unpack_lean(packed, UNIT, JOURNAL, lambda *_: None)
    with pytest.raises(DictionaryUnknown):  # the same entries under another head: somebody forked before them
        unpack_lean(packed, UNIT, JOURNAL, lambda first, last: Past(bytes(32), ENTRIES[first - 1 : last]))
    other = [*ENTRIES[18:77], write_entry(EntryId(JOURNAL, 78), ENTRIES[77].facts, b"\x91\x01")]
    with pytest.raises(DictionaryUnknown):
        unpack_lean(packed, UNIT, JOURNAL, lambda *_: Past(HEADS[77], other))


def test_a_trained_dictionary_the_reader_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack_lean(run(79, 80), before(79), GENERATION)
    monkeypatch.setattr(lean, "SHIPPED", SHIPPED[: GENERATION - 1])
    with pytest.raises(DictionaryUnknown, match="dictionary number"):
        unpack_lean(packed, UNIT, JOURNAL, past)


def test_an_older_generation_is_read() -> None:
    packed = pack_lean(run(79, 80), before(79), 1)
    assert unpack_lean(packed, UNIT, JOURNAL, past).runs == (run(79, 80),)


def test_files_and_the_lan_do_not_know_this_form() -> None:
    with pytest.raises(NewerFormat):
        unpack_bundle(pack_lean(run(79, 80), before(79)))


def test_what_travels_lean() -> None:
    assert fits(run(79, 80))
    assert not fits(run(40, 80))  # many entries
    assert not fits(Run(JOURNAL, 1, b"", tuple(ENTRIES[:2]), (RunCheckpoint(2, bytes(64)),)))  # no past
    assert not fits(msgspec.structs.replace(run(79, 80), checkpoints=()))  # a tail
    with pytest.raises(ValueError, match="ends where"):
        pack_lean(run(79, 80), before(77))


@given(bit=st.integers(8 * 5, len(pack_lean(run(79, 80), before(79))) * 8 - 1))
def test_a_flipped_bit_is_refused_or_changes_what_signatures_cover(bit: int) -> None:
    whole = pack_lean(run(79, 80), before(79))
    data = bytearray(whole)
    data[bit // 8] ^= 1 << bit % 8
    try:
        read = unpack_lean(bytes(data), UNIT, JOURNAL, past)
    except Refusal:
        return
    # What differs is what verifying compares; or zstd has two ways to write one thing.
    assert read.runs[0] != run(79, 80) or read == Bundle(UNIT, JOURNAL, (run(79, 80),))


@given(tail=st.binary(max_size=200))
def test_noise_is_refused(tail: bytes) -> None:
    for cut in (5, 8, 12, 90):
        with pytest.raises(Refusal):
            unpack_lean(pack_lean(run(79, 80), before(79))[:cut] + tail, UNIT, JOURNAL, past)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack_lean(run(79, 80), before(79))
    monkeypatch.setattr(lean, "MAX_LEAN_BYTES", 100)
    with pytest.raises(Malformed, match="too long"):
        unpack_lean(packed, UNIT, JOURNAL, past)


def test_the_method_is_the_third() -> None:
    assert pack_lean(run(79, 80), before(79))[:5] == b"CCB\x01" + bytes([LEAN])


def tight(first: int, last: int, count: int = 60) -> bytes:
    return pack_lean(run(first, last), before(first, count), tight=True)


@pytest.mark.parametrize("count", [1, 60])
def test_a_tight_bundle_is_nine_bytes_less_and_comes_back(count: int) -> None:
    packed = tight(79, 80, count)
    assert packed[:5] == b"CCB\x01" + bytes([TIGHT])
    assert is_lean(packed)
    assert len(packed) == len(pack_lean(run(79, 80), before(79, count))) - 9
    assert unpack_lean(packed, UNIT, JOURNAL, past) == Bundle(UNIT, JOURNAL, (run(79, 80),))


def test_a_tight_past_may_be_longer_than_a_lean_one() -> None:
    entries = journal(110)
    heads = follow(first_head(JOURNAL), 0, entries)
    new = Run(JOURNAL, 211, short(heads[209]), tuple(entries[210:212]), (RunCheckpoint(212, bytes(64)),))
    packed = pack_lean(new, Past(heads[209], entries[10:210]), tight=True)

    def held(first: int, last: int) -> Past:
        return Past(heads[last - 1], entries[first - 1 : last])

    assert packed[7] == 200
    assert unpack_lean(packed, UNIT, JOURNAL, held).runs == (new,)


def test_what_does_not_compress_is_lean_and_not_tight() -> None:
    noise = Random(5).randbytes(400)
    facts = ENTRIES[4].facts
    entry = write_entry(EntryId(JOURNAL, 79), facts, noise)
    new = Run(JOURNAL, 79, short(HEADS[77]), (entry,), (RunCheckpoint(79, bytes(64)),))
    packed = pack_lean(new, Past(HEADS[77], ENTRIES[:78]), tight=True)
    if packed[4] == LEAN:
        assert packed[6] <= lean.MOST_PAST
    assert unpack_lean(packed, UNIT, JOURNAL, past).runs == (new,)


@given(bit=st.integers(8 * 5, len(tight(79, 80)) * 8 - 1))
def test_a_flipped_bit_of_a_tight_bundle_is_refused_or_shows(bit: int) -> None:
    data = bytearray(tight(79, 80))
    data[bit // 8] ^= 1 << bit % 8
    try:
        read = unpack_lean(bytes(data), UNIT, JOURNAL, past)
    except Refusal:
        return
    assert read.runs != (run(79, 80),)


def test_a_tight_block_that_is_too_long_or_gone_is_refused() -> None:
    for data in (tight(79, 80)[:78], tight(79, 80) + bytes(2**16), tight(79, 80)[:-1], tight(79, 80) + b"x"):
        with pytest.raises(Refusal):
            unpack_lean(data, UNIT, JOURNAL, past)
